from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from byhand.datasets.formats.out import export
from byhand.datasets.formats.port import Recording
from byhand.datasets.formats.rrweb import RRWEB
from byhand.episodes.build import build
from byhand.episodes.reduce import reduce
from byhand.episodes.types import Action
from byhand.errors import Problem
from byhand.events.kinds import Snapshot
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


def shown(recorded: Recording) -> list[list[str]]:
    """What could be seen before each act: of each element its role, name, states and what it holds."""
    (episode,) = build("rec", recorded.events).episodes
    lists = {one.seq: one.event for one in recorded.events if isinstance(one.event, Snapshot)}
    told: list[list[str]] = []
    for step in episode.steps[1:]:  # the page was loaded first, and nothing seen before
        seen = lists[next(one.seq for one in step.before if one.kind == "snapshot")]
        rows = zip(seen.roles, seen.names, seen.states, seen.holds, strict=True)
        told.append([" ".join(part for part in row if part) for row in rows])
    return told


def test_each_act_is_seen_on_the_page_as_it_was_before_it(tmp_path: Path):
    """Of the document as mutations made it: what came, what went, what was hidden; never what is written in a field."""
    menu = tag(20, "ul", tag(21, "li", tag(22, "a", {"type": 3, "id": 23, "textContent": "Reports"}), href="#"), id="m")
    opened = {"source": 0, "adds": [{"parentId": 2, "node": menu}]}
    hidden = {"source": 0, "attributes": [{"id": 20, "attributes": {"style": "display: none"}}]}
    gone = {"source": 0, "removes": [{"parentId": 2, "id": 6}], "texts": [{"id": 4, "value": "Send"}]}
    (tmp_path / "r.json").write_text(json.dumps(recording(
        *press(1000, 9), (1200, {"source": 5, "id": 9, "text": "hunter2", "isChecked": False}),
        (2000, opened), *press(3000, 5), (3010, {"source": 5, "id": 5, "text": "on", "isChecked": True}),
        *press(5000, 22), (5100, hidden), (5200, gone), *press(7000, 4),
    )))  # fmt: skip
    (found,), problems = read(tmp_path)
    assert problems == []
    start = ["button Save", "checkbox Gift unchecked", "combobox Country 1 option", "option France"]
    typed = [*start, "textbox Customer 7 characters", "list", "listitem", "link Reports"]
    ticked = [start[0], "checkbox Gift checked checked", *typed[2:]]
    assert shown(found) == [
        [*start, "textbox Customer empty"], [*start, "textbox Customer empty"], typed, ticked,
        ["button Send", "checkbox Gift checked checked", "textbox Customer 7 characters"],
    ]  # fmt: skip
    lists = [one.event for one in found.events if isinstance(one.event, Snapshot)]
    assert not any("hunter2" in repr(one) for one in lists)
    assert {(one.observer, one.w, one.h, set(one.places) <= {0}) for one in lists} == {(0, 800, 600, True)}


def test_what_an_element_lies_in_is_told_of_an_imported_page(tmp_path: Path):
    """Two buttons of one name are told apart by their rows."""
    rows = [
        tag(n, "tr", tag(n + 1, "td", {"type": 3, "id": n + 2, "textContent": name}),
            tag(n + 3, "td", tag(n + 4, "button", {"type": 3, "id": n + 5, "textContent": "Edit"})))
        for n, name in ((30, "Ada Byron"), (40, "Alan Turing"))
    ]  # fmt: skip
    table = {"source": 0, "adds": [{"parentId": 2, "node": tag(29, "table", *rows)}]}
    (tmp_path / "r.json").write_text(json.dumps(recording((500, table), *press(1000, 44))))
    (found,), _ = read(tmp_path)
    (episode,) = build("rec", found.events).episodes
    target = episode.steps[-1].action.target
    assert target is not None
    assert (target.name, target.near) == ("Edit", "Alan Turing")


def test_a_scroll_says_what_was_scrolled(tmp_path: Path):
    """rrweb tells where to; the list that moved is its target."""
    box = {"source": 0, "adds": [{"parentId": 2, "node": tag(50, "ul", id="news")}]}
    (tmp_path / "r.json").write_text(json.dumps(recording((10, box), (900, {"source": 3, "id": 50, "x": 0, "y": 300}))))
    (found,), _ = read(tmp_path)
    act = reduce(found.events).actions[-1]
    assert act.target is not None
    assert (act.op, act.dy, act.target.tag, act.target.selectors) == ("scroll", 3, "ul", ("#news",))


def test_a_page_of_very_many_elements_is_listed_to_a_limit(tmp_path: Path):
    """How many were not looked at is told."""
    many = {"source": 0, "adds": [{"parentId": 2, "node": tag(100 + n, "button")} for n in range(2000)]}
    (tmp_path / "r.json").write_text(json.dumps(recording((10, many), *press(1000, 3))))
    (found,), _ = read(tmp_path)
    (seen,) = [one.event for one in found.events if isinstance(one.event, Snapshot)]
    assert (len(seen.nodes), seen.more > 400) == (1500, True)
