"""Promises of leave: what can't be undone is done by a person's word only, now or signed before."""

from __future__ import annotations

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from byhand.agents.deeds import Deed, read
from byhand.agents.leave import Allowed, Answer, GoalLeave, RunLeave, digest, wants
from byhand.consent.allowance import make
from byhand.models.decision import Decision
from byhand.workflows.around import Around
from byhand.workflows.program import Act, Evidence, Workflow
from byhand.workflows.view import Seen, View

KEY = Ed25519PrivateKey.generate()
SAVE = Act(id="s9", verb="press", target="Save")
PROGRAM = Workflow(
    name="enter-invoice", start="https://books.example/new", steps=(SAVE,),
    targets=(Evidence(called="Save", role="button", name="Save", near="Invoice"),),
)  # fmt: skip
HERE = "https://books.example/new?draft=1"
NOW = 1_800_000_000


def allowed(limit: str = "", *, withdrawn: bool = False, program: Workflow = PROGRAM) -> Allowed:
    one = make(wants(program, SAVE, "sends", HERE), 'press "Save"', limit, NOW, 7, "abcdefghij", KEY)
    gone = {one.id} if withdrawn else set[str]()
    return Allowed([one], lambda: gone, KEY.public_key().public_bytes_raw(), lambda: NOW)


def nobody(given: Allowed, where: str = HERE, program: Workflow = PROGRAM) -> RunLeave:
    return RunLeave(program, given, None, lambda: where)


def never(limit: str) -> bool:
    raise ValueError(limit)


def test_what_was_allowed_is_done_without_asking():
    """Within its limit, which is asked of the row."""
    asked: list[str] = []
    leave = nobody(allowed("{amount} under 500"))
    assert leave.for_row(lambda limit: not asked.append(limit)).may(SAVE, "sends", 'press "Save"')
    assert asked == ["{amount} under 500"]


def test_beyond_its_limit_nobody_allowed_it():
    """Nor where the limit can't be read."""
    leave = nobody(allowed("{amount} under 500"))
    assert not leave.for_row(lambda limit: False).may(SAVE, "sends", 'press "Save"')
    assert leave.why == "it is beyond the limit of its allowance"
    assert not leave.for_row(never).may(SAVE, "sends", 'press "Save"')


@pytest.mark.parametrize(
    "change",
    [
        {"targets": (Evidence(called="Save", role="button", name="Delete all", near="Invoice"),)},
        {"targets": ()},
        {"name": "enter-order"},
    ],
)
def test_an_act_whose_target_is_another_is_another_act(change: dict[str, object]):
    """The sentence is the same, and it is still not what was allowed."""
    other = msgspec.structs.replace(PROGRAM, **change)
    assert not nobody(allowed(), program=other).for_row(never).may(SAVE, "sends", 'press "Save"')
    other = msgspec.structs.replace(PROGRAM, about="a comment more")
    assert nobody(allowed(), program=other).for_row(never).may(SAVE, "sends", 'press "Save"')


def test_another_site_risk_or_a_withdrawal_needs_a_new_word():
    """Each is looked at in the moment before the act."""
    assert not nobody(allowed(), "https://elsewhere.example/").for_row(never).may(SAVE, "sends", "")
    assert not nobody(allowed()).for_row(never).may(SAVE, "deletes", "")
    assert not nobody(allowed(withdrawn=True)).for_row(never).may(SAVE, "sends", "")


def test_the_person_is_asked_where_nothing_was_allowed():
    """With the sentence and the reason; a yes to all is for this act, this site and this run."""
    answers: list[Answer] = ["no", "yes", "yes to all"]
    asked: list[tuple[str, str]] = []

    def ask(sentence: str, risk: str, why: str) -> Answer:
        asked.append((sentence, why))
        return answers.pop(0)

    leave = RunLeave(PROGRAM, allowed(withdrawn=True), ask, lambda: HERE)
    row = leave.for_row(never)
    assert [row.may(SAVE, "sends", 'press "Save"') for _ in range(4)] == [False, True, True, True]
    assert asked == [('press "Save"', "its allowance was taken back")] * 3
    with pytest.raises(IndexError):
        row.may(SAVE, "pays", 'press "Save"')
    with pytest.raises(IndexError):
        row.may(msgspec.structs.replace(SAVE, text="x"), "sends", 'press "Save"')


def test_a_step_that_moved_is_the_same_act():
    """Its number and its checks are not what was allowed."""
    assert digest(PROGRAM, msgspec.structs.replace(SAVE, id="s2", shown=("e#1",))) == digest(PROGRAM, SAVE)


def pressed(name: str) -> Deed:
    found = read(Decision("click", 1), Around(View(HERE, "", (Seen(1, -1, "button", "button", name),))), 1)
    assert isinstance(found, Deed)
    return found


def test_a_models_act_is_asked_for_and_yes_to_all_is_to_that_very_act():
    """The same button of the same page; another one is asked for."""
    asked: list[str] = []

    def ask(sentence: str, risk: str, why: str) -> Answer:
        del risk, why
        asked.append(sentence)
        return "yes to all"

    leave = GoalLeave(Allowed([], set, b"", lambda: NOW), ask, lambda: HERE)
    assert leave.may(pressed("Delete"))
    assert leave.may(pressed("Delete"))
    assert leave.may(pressed("Delete draft"))
    assert asked == ['press "Delete"', 'press "Delete draft"']


def test_a_kind_that_was_said_yes_to_covers_no_other_kind():
    """And with nobody there the answer is no."""
    leave = GoalLeave(Allowed([], set, b"", lambda: NOW), None, lambda: HERE, frozenset({"sends"}))
    assert leave.may(pressed("Send"))
    assert not leave.may(pressed("Delete"))
    assert leave.why == "there is no allowance for it"
