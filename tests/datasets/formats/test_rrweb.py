from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from byhand.datasets.formats.out import export
from byhand.datasets.formats.port import Recording
from byhand.datasets.formats.rrweb import RRWEB
from byhand.episodes.reduce import reduce
from byhand.episodes.types import Action
from byhand.errors import Problem
from tests.datasets.formats.samples import CUSTOMER, MORE, SAVE, act, demonstration


def read(path: Path) -> tuple[list[Recording], list[Problem]]:
    assert RRWEB.read is not None
    found = list(RRWEB.read(path))
    return [one for one in found if isinstance(one, Recording)], [one for one in found if isinstance(one, Problem)]


def tag(number: int, name: str, *children: dict[str, Any], **attributes: Any) -> dict[str, Any]:
    return {"type": 2, "id": number, "tagName": name, "attributes": attributes, "childNodes": list(children)}


PAGE: dict[str, Any] = {
    "type": 0, "id": 1, "childNodes": [tag(2, "body",
        tag(3, "button", {"type": 3, "id": 4, "textContent": "Save"}, id="save"),
        tag(5, "input", type="checkbox", **{"aria-label": "Gift"}),
        tag(6, "select", tag(7, "option", {"type": 3, "id": 8, "textContent": "France"}, value="fr"),
            **{"aria-label": "Country"}),
        tag(9, "input", **{"aria-label": "Customer"}),
    )],
}  # fmt: skip


def recording(*changes: tuple[int, dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"type": 4, "timestamp": 1000, "data": {"href": "https://u:p@x.example/a?q", "width": 800, "height": 600}},
        {"type": 2, "timestamp": 1000, "data": {"node": PAGE, "initialOffset": {"top": 0, "left": 0}}},
        *({"type": 3, "timestamp": 1000 + moment, "data": data} for moment, data in changes),
    ]


def press(moment: int, number: int) -> list[tuple[int, dict[str, Any]]]:
    return [(moment + kind, {"source": 2, "type": 1 - kind, "id": number, "x": 10, "y": 20}) for kind in (0, 1)]


def told(recorded: Recording) -> list[tuple[Any, ...]]:
    return [
        (one.op, one.target.name if one.target else "", one.text)
        for one in reduce(recorded.events).actions
        if one.op != "navigate"
    ]


def test_what_was_done_on_the_page_is_told_by_what_it_was_done_to(tmp_path: Path):
    """A press on the words of a button is a press on the button; a label of an option, not its value; typing once."""
    (tmp_path / "r.json").write_text(json.dumps(recording(
        *press(1000, 9), (1200, {"source": 5, "id": 9, "text": "J", "isChecked": False}),
        (1400, {"source": 5, "id": 9, "text": "Jane", "isChecked": False}),
        *press(3000, 5), (3010, {"source": 5, "id": 5, "text": "on", "isChecked": True}),
        (5000, {"source": 5, "id": 6, "text": "fr", "isChecked": False}), *press(7000, 4),
    )))  # fmt: skip
    (found,), problems = read(tmp_path)
    assert problems == []
    assert told(found) == [
        ("click", "Customer", ""), ("type", "Customer", "Jane"), ("check", "Gift", ""), ("select", "Country", "France"),
        ("click", "Save", ""),
    ]  # fmt: skip
    assert "u:p" not in repr(found.events)


def test_what_is_written_is_read_again(tmp_path: Path):
    """Presses and typing, by the name and the place of what they were done to."""
    actions = (act("click", CUSTOMER), act("type", CUSTOMER, text="Jane"), act("click", SAVE), act("right_click", MORE))
    export(RRWEB, [demonstration(actions, pictures=False)], tmp_path / "out")
    (found,), problems = read(tmp_path / "out")
    assert problems == []
    acts = [one for one in reduce(found.events).actions if one.op != "navigate"]
    assert [_told(one) for one in acts] == [_told(one) for one in actions]


def _told(one: Action) -> tuple[Any, ...]:
    assert one.target is not None
    return one.op, one.target.name, one.target.aria, one.text


def test_events_that_make_no_sense_are_told_with_their_line_and_the_rest_is_read(tmp_path: Path):
    """Inputs into nothing, places out of range, trees that are none."""
    good = recording(*press(5000, 3))
    bad = [
        {"type": 3, "timestamp": 2000, "data": {"source": 5, "id": 99, "text": "secret"}},
        {"type": 3, "timestamp": 2000, "data": {"source": 1, "positions": [{"x": 1e300, "y": 0, "id": 1}]}},
        {"type": 2, "timestamp": 2000, "data": {"node": 3}}, {"type": "x"},
    ]  # fmt: skip
    events = [*good[:2], *bad, *good[2:]]
    (tmp_path / "r.json").write_text("[\n" + ",\n".join(json.dumps(event) for event in events) + "\n]")
    (found,), problems = read(tmp_path)
    assert [problem.source for problem in problems] == [f"r.json:{line}" for line in (4, 5, 6, 7)]
    assert not any("secret" in problem.message for problem in problems)
    assert told(found) == [("click", "Save", "")]


def test_a_tree_that_leads_round_in_a_ring_ends(tmp_path: Path):
    """Mutations may say anything, also that a node lies in itself."""
    ring = {"source": 0, "adds": [{"parentId": 3, "node": tag(3, "i")}, {"parentId": 3, "node": tag(20, "i")}]}
    (tmp_path / "r.json").write_text(json.dumps(recording((10, ring), *press(1000, 20))))
    (found,), _ = read(tmp_path)
    assert [op for op, _, _ in told(found)] == ["click"]
