"""What a run does becomes events as a person's acts do: through the guard, and told apart from theirs."""

from __future__ import annotations

from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from byhand.agents.actuators.pretend_page import Part, PretendPage
from byhand.agents.brake import Brake
from byhand.agents.journal import Journal
from byhand.agents.leave import Allowed, RunLeave
from byhand.agents.loop import run_row
from byhand.agents.outcome import Stop, Values
from byhand.agents.running import Done, Means, Row, run_table
from byhand.agents.witness import Witness
from byhand.cli import workflow_attend
from byhand.events import runs
from byhand.events.kinds import AnyEvent, Element, Mark, Page, Snapshot, Window
from byhand.events.raw import Raw
from byhand.workflows.program import Act, Evidence, Parameter, Verb, Workflow
from byhand.workflows.view import Seen, View
from tests.privacy.rig import guard
from tests.privacy.rig import run as through

POLICY = """\
version = 1
streams = ["actions", "text"]
[[apps]]
id = "chromium"
browser = true
[[apps]]
id = "expenses"
[[sites]]
origin = "http://site.example"
"""
PIN, NAME = "open office", "Zwobbel Untertann"
"""The guard would let that secret through, were it no secret."""
PROGRAM = Workflow(
    name="enter", start="http://site.example/new", sites=("http://site.example",), identity=("note",),
    parameters=(Parameter(name="note"), Parameter(name="pin", kind="secret"), Parameter(name="kind", kind="choice")),
    steps=(
        Act(id="1", verb="fill", target="Note", text="{note}"), Act(id="2", verb="fill", target="Code", text="{pin}"),
        Act(id="3", verb="choose", target="Status", text="{kind}"), Act(id="4", verb="set", target="Done", text="on"),
        Act(id="save it", verb="press", target="Save"),
    ),
    targets=(
        Evidence(called="Note", role="textbox", name="Note", selectors=("#note",)),
        Evidence(called="Code", role="textbox", name="Code"), Evidence(called="Status", role="combobox", name="Status"),
        Evidence(called="Done", role="checkbox", name="Done"), Evidence(called="Save", role="button", name="Save"),
    ),
)  # fmt: skip


def page() -> list[Part]:
    options = [Part("option", label, tag="option") for label in ("Open", "Closed")]
    return [
        Part("textbox", "Note", tag="input", selectors=("#note",)), Part("textbox", "Code", tag="input"),
        Part("combobox", "Status", tag="select", inside=options), Part("checkbox", "Done", tag="input"),
        Part("button", "Save", tag="button", does=lambda page: page.go("/done")),
    ]  # fmt: skip


def site() -> PretendPage:
    return PretendPage({"/new": page, "/done": lambda: [Part("status", f"Thank you, {PIN}")]})


def ran(
    folder: Path, tell: Any, *rows: Values, hands: PretendPage | None = None, brake: Brake | None = None
) -> list[Done]:
    """The rows, by the loop itself, heard."""
    secrets: Values = {"pin": PIN}
    hands = hands or site()
    witness = Witness(tell, PROGRAM.name, browser="chromium", secrets=secrets)
    leave = RunLeave(PROGRAM, Allowed([], set, b"", lambda: 0), None, lambda: "")
    with Journal.open(folder, count(1000).__next__) as journal:
        journal.begin(len(rows), 1)
        means = Means(
            witness.hands(hands), brake or Brake(), leave, journal, partial(run_row, clock=hands.clock),
            lambda _, __: False,
            lambda _: False, lambda _, __: "", lambda _: None, secrets, hears=witness,
        )  # fmt: skip
        return list(run_table(PROGRAM, [Row(at, cells) for at, cells in enumerate(rows, 1)], means))


def heard(folder: Path, *rows: Values, streams: tuple[str, ...] = ("actions", "text"), **more: Any) -> list[AnyEvent]:
    raws: list[Raw] = []
    ran(folder, raws.extend, *rows, **more)
    return through(guard(*streams, policy=POLICY, watches=False), raws)


def told(events: list[AnyEvent]) -> list[str]:
    lines: list[str] = []
    for one in events:
        match one:
            case Element():
                shown = " ".join(filter(None, (one.value, one.holds)))
                lines.append(f"{one.actor} {one.step or '-'} {one.verb}: {one.role} {one.name!r} {shown}".strip())
            case Mark():
                lines.append(" ".join(filter(None, (one.what, one.reason, str(one.count or ""), one.text))))
            case Page():
                lines.append(f"{one.what} {one.page}")
            case Snapshot():
                lines.append(f"list {', '.join(filter(None, one.names))}".strip())
            case _:
                lines.append(type(one).__name__.lower())
    return lines


def test_a_run_is_the_acts_of_an_agent_row_by_row(tmp_path: Path):
    """Golden: what was done to which element, the pages, what came of it. A step's own name could be anything."""
    assert told(heard(tmp_path, {"note": "done on site", "kind": "Closed"})) == [
        "task_begin enter", "window", "loaded /new",
        "list Note, Code, Status, Open, Closed, Done, Save",
        "agent 1 fill: entry 'Note' done on site 12 characters",
        "agent 2 fill: entry ''",
        "agent 3 choose: combo box 'Status' Closed",
        "agent 4 set: check box 'Done' checked",
        "agent - press: push button 'Save'",
        "moved /done", "list",
        "row unchecked 1", "task_end done",
    ]  # fmt: skip


def test_without_the_stream_text_no_text_is_kept(tmp_path: Path):
    """But that something was filled in, and how much of it."""
    fills = acts(heard(tmp_path, {"note": "done", "kind": "Closed"}, streams=("actions",)), "fill")
    assert [(one.value, one.holds) for one in fills] == [("", "4 characters"), ("", "")]


def test_neither_a_secret_nor_a_masked_name_is_in_any_event(tmp_path: Path):
    """The secret went into a field that does not look like one, and the page says it aloud afterwards."""
    events = heard(tmp_path, {"note": NAME, "kind": "Closed"})
    whole = msgspec.json.encode(events).decode()
    assert PIN not in whole
    assert "Zwobbel" not in whole
    assert "Untertann" not in whole
    assert acts(events, "fill")[0].value.startswith("<")


def test_a_row_that_stopped_and_one_that_was_not_begun(tmp_path: Path):
    """The reason's kind is told and no more; a row that was done before leaves nothing."""
    hands = PretendPage({"/new": lambda: page()[2:]})
    [*_, row, end] = told(heard(tmp_path, {"note": "a", "kind": "Closed"}, hands=hands))
    assert (row, end) == ("row stopped: missing 1", "task_end failed")
    raws: list[Raw] = []
    ran(tmp_path, raws.extend, {"note": "b", "kind": "Closed"})
    before = len(raws)
    ran(tmp_path, raws.extend, {"note": "b", "kind": "Closed"})
    assert len(raws) == before


def test_where_the_person_took_over_stands_before_the_row_s_end(tmp_path: Path):
    """With what kind of thing, and never with which."""
    brake = Brake()

    class Pulling(PretendPage):
        def act(self, verb: str, node: int, text: str = "", to: int = 0, *, agrees: str = "") -> str:
            why = super().act(verb, node, text, to, agrees=agrees)
            if len(self.did) == 2:
                brake.stop("a key")
            return why

    lines = told(heard(tmp_path, {"note": "a", "kind": "Closed"}, hands=Pulling({"/new": page}), brake=brake))
    assert lines[-4:] == ["agent 2 fill: entry ''", "takeover a key", "row stopped: person 1", "task_end failed"]


def test_on_another_site_nothing_of_it_is_kept(tmp_path: Path):
    """The guard asks where it is, as it asks a person's recorder."""

    class Elsewhere(PretendPage):
        origin = "http://other.example"

        def go(self, address: str) -> str:
            return super().go(address.replace("http://site.example", self.origin))

    kept = heard(tmp_path, {"note": "a", "kind": "Closed"}, hands=Elsewhere({"/new": page, "/done": page}))
    assert not [one for one in kept if isinstance(one, Element | Page | Snapshot)]


def test_in_a_desktop_program_the_same(tmp_path: Path):
    """It is told by its window's program, and kept where that is listed."""
    raws: list[Raw] = []
    del tmp_path
    for app in ("expenses", "another"):
        witness = Witness(raws.extend, "enter", browser="", secrets={})
        view = View(app, "", (Seen(1, -1, "textbox", name="Purpose"), Seen(2, -1, "button", name="Save")))
        witness.seen(view)
        witness.act("fill", "train to Rome", view, 0, 1, witness.now())
        witness.act("press", "", view, 1, 1, witness.now())
    kept = through(guard("actions", "text", policy=POLICY, watches=False), raws)
    assert told([one for one in kept if isinstance(one, Element)]) == [
        "agent - fill: entry 'Purpose' train to <NAME> 13 characters", "agent - press: push button 'Save'",
    ]  # fmt: skip
    assert [one.app for one in kept if isinstance(one, Window)] == ["expenses"]
    assert {one.source for one in kept if isinstance(one, Element)} == {"desktop"}


@pytest.mark.parametrize(("keys", "kept"), [("Enter", "key Enter"), ("Control+S", "key Control+S"), ("q", "key")])
def test_a_key_is_named_where_it_writes_nothing(keys: str, kept: str):
    """A letter is a piece of a text."""
    assert runs.verb(f"key {keys}") == kept


def test_the_closed_lists_are_the_words_of_the_loop():
    """A kind of stop that the guard does not know would not be kept."""
    kinds = get_args(get_type_hints(Stop)["kind"])
    assert kinds
    assert set(kinds) <= set(runs.KINDS)
    assert all(runs.verb(verb) for verb in get_args(Verb))
    assert runs.harmless("takeover", "a key") == "a key"
    assert runs.harmless("takeover", "something I saw") == runs.ELSE
    assert runs.harmless("row", "done: by Ms Miller") == ""
    assert set(workflow_attend.STYLES) == set(runs.STATES)


def acts(events: list[AnyEvent], verb: str) -> list[Element]:
    return [one for one in events if isinstance(one, Element) and one.verb == verb]
