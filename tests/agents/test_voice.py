"""Promises of a model's voice in healing: one kind of evidence more, told as such, and never for what is at stake."""

from __future__ import annotations

from collections.abc import Callable

from byhand.agents.actuators.glancing import Retold
from byhand.agents.actuators.pretend_page import Part
from byhand.agents.loop import run_row
from byhand.agents.outcome import Outcome
from byhand.agents.voice import ModelVoice
from byhand.events.kinds import OBSERVER
from byhand.models.decision import Decision, Look
from byhand.models.scripted import Scripted
from tests.agents.site import ENTER, VALUES, Ledger, Person, stopped


def form(parts: list[Part]) -> list[Part]:
    return next((one.inside for one in parts if one.role == "form"), [])


def two_boxes(first: str, second: str) -> Ledger:
    """The box "Urgent" is called otherwise, and is no longer the only one."""

    def change(parts: list[Part]) -> None:
        for part in form(parts):
            part.name = first if part.name == "Urgent" else part.name
        if inside := form(parts):
            inside.insert(0, Part("checkbox", second))

    return Ledger(changes=change)


def run(ledger: Ledger, decider: Scripted | Says | None) -> Outcome:
    who = Person()
    voice = ModelVoice(decider, Retold(ledger.page)) if decider is not None else None
    return run_row(
        ENTER, VALUES, ledger.page, brake=who, leave=who, book=who, clock=ledger.page.clock, voice=voice
    )  # fmt: skip


class Says:
    """Satisfies `Decides`: what a rule says of a list."""

    name, observer = "says", OBSERVER

    def __init__(self, rule: Callable[[Look], Decision]) -> None:
        self.rule = rule
        self.looks: list[Look] = []

    def decide(self, look: Look) -> Decision:
        self.looks.append(look)
        return self.rule(look)


def points(name: str, *, sure: float = 0.9, role: str = "checkbox", which: int = 0) -> Says:
    """At the element of that name."""

    def rule(look: Look) -> Decision:
        seen = look.seen
        nodes = [
            node for node, called, is_ in zip(seen.nodes, seen.names, seen.roles, strict=True)
            if (called, is_) == (name, role)
        ]  # fmt: skip
        return Decision("click", nodes[which], sure=sure) if nodes else Decision("done", sure=0.0)

    return Says(rule)


def test_without_it_a_doubt_is_a_stop():
    """As before: it is asked for."""
    assert stopped(run(two_boxes("Fast lane", "Paper copy"), None)) == "missing"


def test_its_word_and_the_place_together_heal_and_it_is_told_as_such():
    """The report says that a model was among the evidence; it was told the step, and no value."""
    model = points("Fast lane")
    outcome = run(two_boxes("Fast lane", "Paper copy"), model)
    assert outcome.state == "done"
    (one,) = outcome.healed
    assert (one.called, one.now) == ("Urgent", "Fast lane")
    assert "model" in one.by
    assert len(one.by) > 1
    assert [look.goal for look in model.looks] == ['check "Urgent"']


def test_it_is_asked_only_where_the_programs_own_evidence_does_not_tell():
    """One thing that leads to it and its place need nobody."""

    def change(parts: list[Part]) -> None:
        for part in form(parts):
            part.name = "Money" if part.name == "Currency" else part.name

    model = points("Fast lane")
    outcome = run(Ledger(changes=change), model)
    assert outcome.state == "done"
    assert model.looks == []


def test_its_word_alone_is_none():
    """An element that nothing else speaks for: of another kind, or another target of the program."""
    for model in (points("Number", role="textbox"), points("Cancel all", role="button"), points("Save", role="button")):
        assert stopped(run(two_boxes("Fast lane", "Paper copy"), model)) == "missing"


def test_a_model_that_is_unsure_says_nothing():
    """Nor one that can't tell."""
    assert stopped(run(two_boxes("Fast lane", "Paper copy"), points("Fast lane", sure=0.3))) == "missing"
    assert stopped(run(two_boxes("Fast lane", "Paper copy"), points("Nowhere"))) == "missing"


def test_of_two_that_are_called_the_same_it_may_tell_which():
    """Without it that is ambiguous."""
    assert stopped(run(two_boxes("Urgent", "Urgent"), None)) == "ambiguous"
    ledger = two_boxes("Urgent", "Urgent")
    outcome = run(ledger, points("Urgent", which=1))
    assert outcome.state == "done"
    assert [("model" in one.by, "name" in one.by) for one in outcome.healed] == [(True, True)]


def test_what_can_not_be_undone_is_never_asked_for():
    """Whatever it would say."""

    def change(parts: list[Part]) -> None:
        for part in form(parts):
            part.name = "Zap" if part.name == "Save" else part.name

    ledger, model = Ledger(changes=change), points("Zap", role="button")
    assert stopped(run(ledger, model)) in ("missing", "changed")
    assert model.looks == []
    assert ledger.saved == []


def test_a_model_is_not_asked_for_ever():
    """Some times for a step, and then it is a stop."""
    model = points("Nowhere")
    run(two_boxes("Fast lane", "Paper copy"), model)
    assert len(model.looks) == 3


def test_a_model_that_learned_from_another_observer_is_not_listened_to():
    """Its lists are others."""
    assert (
        stopped(run(two_boxes("Fast lane", "Paper copy"), Scripted('check "Fast lane"', observer=OBSERVER + 1)))
        == "missing"
    )
