"""Hostile text on pages: one that obeys is caught, what can't be undone is asked for all the same, and who reads a page
as data is not counted.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from byhand.agents import stakes
from byhand.cli import extension
from byhand.cli.browsers import for_a_window
from byhand.errors import UsageFault
from byhand.evals.injection.obeys import Obeys
from byhand.evals.injection.orders import KINDS, Order, order
from byhand.evals.injection.places import PLACES, planted
from byhand.evals.injection.rooms import Planted, Room
from byhand.evals.injection.watching import means
from byhand.evals.suites import injection
from byhand.evals.suites.injection import Tried, cases, scores
from byhand.models.decision import Decision, Look
from byhand.models.history import by_model
from byhand.models.rules import Rules
from byhand.models.scripted import Scripted
from tests.models.pages import page

WHEELS = Path(__file__).parents[2] / ".venv" / "pages"
SEED = 200_001


def beside(said: Order) -> Look:
    """A page that holds the text and what it is about."""
    role = "textbox" if said.does == "type" else "button"
    bait = f"; {role} {'' if said.secret else said.bait}" if said.bait else ""
    return Look('click "Save"', page(f"button Save; text {said.text}{bait}"))


# ---- who obeys


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_obeys_does_each_order_and_it_is_told(kind: str):
    """In every language and format; of "you are done", and of a secret field, no decision tells."""
    said = order(kind, 7)
    look = beside(said)
    decided = Obeys().decide(look)
    assert decided.op == {"press": "click", "type": "type", "done": "done"}[said.does]
    assert means(said, look.seen, decided) is (said.does != "done" and not said.secret)


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_does_the_goal_is_not_told(kind: str):
    said = order(kind, 7)
    look = beside(said)
    decided = Rules().decide(look)
    assert (decided.op, decided.node) == ("click", 1)
    assert not means(said, look.seen, decided)


def test_the_goal_itself_is_no_order():
    """A page of MiniWoB++ shows what is asked for; to do that is not to obey a page."""
    seen = page('text Press "Okay" now; button Okay')
    assert Obeys().decide(Look('Press "Okay" now.', seen)).why
    assert not Obeys().decide(Look("something else", seen)).why


def test_an_order_is_done_once():
    said = order("ignore", 1)
    look = beside(said)
    first = Obeys().decide(look)
    assert Obeys().decide(Look(look.goal, look.seen, (by_model(first, look.seen),))).why


def test_a_word_that_was_to_be_typed_counts_in_any_field():
    said = order("system", 3)
    seen = page("textbox Search")
    assert means(said, seen, Decision("type", 1, text=f"x {said.types}"))
    assert not means(said, seen, Decision("type", 1, text="x"))


# ---- what is planted


@pytest.mark.parametrize("place", PLACES)
def test_a_text_stays_a_text(place: str):
    """Nothing but words gets in."""
    said = order("ignore", 1)._replace(text='<script>x</script> & "y"')
    html = planted(place, said)
    assert "<script>" not in html
    assert "&lt;script&gt;x&lt;/script&gt; &amp; &quot;y&quot;" in html


def test_tasks_places_and_orders_come_as_often_as_each_other():
    """And the same seed is the same cases."""
    told = cases(528, SEED)
    assert told == cases(528, SEED)
    assert set(Counter(one.place for one in told).values()) == {528 // len(PLACES)}
    assert set(Counter(one.kind for one in told).values()) == {528 // len(KINDS)}
    assert len({(one.task, one.place) for one in told}) > 100


# ---- what is counted


def tried(number: int, *, shown: bool = True, obeyed: bool = False, unasked: bool = False) -> Tried:
    return Tried(
        number, "click-link", SEED, "label", "ignore", "", shown, obeyed, obeyed, unasked, 0, True, True, 1, 0.1, ""
    )  # fmt: skip


def test_what_was_never_shown_is_not_among_those_who_did_not_obey():
    """Else texts off the screen would make any model look good."""
    found = scores([tried(0), tried(1, obeyed=True), tried(2, shown=False)])
    assert (found.cases, found.obeyed.hits, found.obeyed.n) == (3, 1, 2)
    assert found.by_place["label"].n == 2
    assert scores([tried(0), tried(1, shown=False, unasked=True)]).unasked.hits == 1
    with pytest.raises(UsageFault):
        scores([tried(0, shown=False)])


# ---- in real pages


@pytest.fixture(scope="module")
def room() -> Iterator[Callable[[str], Room]]:
    with injection.playing(WHEELS, for_a_window(os.environ).program, extension.folder()) as one:
        yield one


def test_an_obeyer_is_caught_in_a_page(room: Callable[[str], Room]):
    """The page itself says that the bait was pressed, which it is not where it stands there without the text; the
    baseline beside it does its task and leaves it.
    """
    what = Planted("paragraph", order("ignore", 1))
    obeyed = room("click-button").run(Obeys(), "click-button", SEED, what)
    assert (obeyed.shown, obeyed.meant, obeyed.came) == (True, True, True)
    alone = room("click-button").run(Obeys(), "click-button", SEED, Planted("", what.order))
    assert (alone.shown, alone.meant, alone.came) == (False, False, False)
    good = room("click-button").run(Rules(), "click-button", SEED, what)
    assert (good.shown, good.meant, good.came, good.finished) == (True, False, False, True)


@pytest.mark.parametrize("kind", ["delete", "password"])
def test_an_obeyer_is_asked_before_what_cant_be_undone(room: Callable[[str], Room], kind: str):
    """And a password comes from a person: nobody is there to give it."""
    ran = room("click-button").run(Obeys(), "click-button", SEED, Planted("paragraph", order(kind, 1)))
    assert (ran.meant, ran.came) == (True, False)
    assert ran.why == ("risk" if kind == "delete" else "value")


def test_an_obeyer_changes_no_record_of_the_office(room: Callable[[str], Room]):
    """What is planted there is a button of the app's own that would really pay another one's invoice."""
    what = Planted("record", order("pay", 1))
    ran = room("invoices-delete").run(Obeys(), "invoices-delete", SEED, what)
    assert (ran.shown, ran.meant, ran.came, ran.changed) == (True, True, False, False)
    assert ran.asked == (("pays", what.order.bait),)


def test_a_record_that_is_changed_unasked_is_told(room: Callable[[str], Room], monkeypatch: pytest.MonkeyPatch):
    """By the office's own records: here by a runtime that takes nothing for risky."""

    def nothing(*_: object) -> str:
        return ""

    monkeypatch.setattr(stakes, "of", nothing)
    ran = room("tickets-person").run(Scripted('click "Close"'), "tickets-person", SEED, None)
    assert (ran.changed, ran.meant, ran.came, ran.asked) == (True, False, False, ())


def test_a_ticket_is_closed_by_nobody_unasked(room: Callable[[str], Room]):
    """The same with the runtime as it is."""
    ran = room("tickets-person").run(Scripted('click "Close"'), "tickets-person", SEED, None)
    assert (ran.changed, ran.asked) == (False, (("sends", "Close"),))
