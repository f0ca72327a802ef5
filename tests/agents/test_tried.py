"""Promises of what was tried: nothing is done for ever that leads nowhere, and a search goes one way to its end."""

from __future__ import annotations

import msgspec

from byhand.agents.tried import Tried
from byhand.events.kinds import Snapshot
from byhand.models.decision import Decision
from tests.models.pages import page

PAGE = page("list Mails; text Anne; button Save")
PRESS = Decision("click", 3, sure=0.2)
DOWN, UP = Decision("scroll", 1, dy=2.0, sure=0.8, other=(PRESS,)), Decision("scroll", 1, dy=-1.0, other=(PRESS,))


def at(top: int) -> Snapshot:
    """The page where it was scrolled so far."""
    return msgspec.structs.replace(
        PAGE, places=tuple(edge - top * (at % 4 == 1) for at, edge in enumerate(PAGE.places))
    )


def rolled(tried: Tried, decision: Decision, top: int, then: int) -> None:
    tried.done(decision, at(top))
    tried.looked(at(then))


def test_what_could_not_be_done_gives_way_until_something_was():
    tried = Tried()
    press = Decision("click", 2, sure=0.9, other=(PRESS,))
    assert tried.instead(press) == press
    tried.failed(press)
    assert tried.instead(press) == PRESS
    tried.failed(PRESS)
    assert tried.instead(press) == press, "nothing else is left"
    tried.done(PRESS, PAGE)
    assert tried.instead(press) == press


def test_a_search_goes_one_way_to_its_end_and_then_the_other():
    """However the model turns round at each page it is shown."""
    tried = Tried()
    rolled(tried, DOWN, 0, 200)
    assert tried.instead(UP).dy == 1.0
    rolled(tried, DOWN, 200, 200)  # there is no more
    assert tried.instead(UP) == UP
    assert tried.instead(DOWN) == PRESS
    rolled(tried, UP, 200, 100)
    assert tried.instead(DOWN).dy == -2.0, "that end is known"


def test_what_was_nowhere_is_not_sought_for_ever():
    """Both ends were reached: the next best is done, and only then may it be sought anew."""
    tried = Tried()
    rolled(tried, DOWN, 0, 0)
    rolled(tried, UP, 0, 0)
    assert tried.instead(DOWN) == tried.instead(UP) == PRESS
    alone = Decision("scroll", 1, dy=2.0)
    assert tried.instead(alone) == alone, "nothing else is left"
    tried.done(PRESS, PAGE)
    assert tried.instead(DOWN) == DOWN


def test_a_guess_right_after_a_scroll_is_to_seek_on():
    """As far as it went before and no surer than it was; at the end of it the other way, and then the guess is what is
    left.
    """
    tried = Tried()
    rolled(tried, DOWN, 0, 200)
    assert tried.instead(PRESS) == Decision("scroll", 1, dy=2.0, sure=0.2, other=(PRESS,))
    gone = msgspec.structs.replace(at(200), nodes=(7, 8, 3))
    tried.done(DOWN, at(0))
    tried.looked(gone)
    assert tried.instead(PRESS).node == 3, "over what would be pressed, where the other is out of sight"
    sure = Decision("click", 3, sure=0.7)
    assert tried.instead(sure) == sure
    rolled(tried, DOWN, 200, 200)
    assert tried.instead(PRESS).dy == -2.0
    rolled(tried, UP, 200, 0)
    rolled(tried, UP, 0, 0)
    assert tried.instead(PRESS) == PRESS


def test_who_would_guess_and_thinks_of_scrolling_looks_around_first():
    """Until that moved nothing; not where it hardly thinks of it, and not where it is sure."""
    torn = Decision(
        "click", 3, sure=0.36, other=(Decision("click", 4, sure=0.33), msgspec.structs.replace(DOWN, sure=0.05))
    )
    tried = Tried()
    looks = tried.instead(torn)
    assert (looks.op, looks.node, looks.dy, looks.sure) == ("scroll", DOWN.node, DOWN.dy, torn.sure)
    assert looks.other == (torn,)
    rolled(tried, looks, 0, 0)
    rolled(tried, tried.instead(torn), 0, 0)
    assert tried.instead(torn) == torn, "there is nothing more either way"
    sure = msgspec.structs.replace(torn, sure=0.6)
    assert Tried().instead(sure) == sure
    hardly = msgspec.structs.replace(torn, other=(msgspec.structs.replace(DOWN, sure=0.01),))
    assert Tried().instead(hardly) == hardly


def test_after_another_act_either_way_is_free():
    tried = Tried()
    rolled(tried, DOWN, 0, 200)
    tried.done(PRESS, PAGE)
    assert tried.instead(UP) == UP
