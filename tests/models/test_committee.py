"""Several decide together: what most of them are sure of is done."""

from __future__ import annotations

import pytest
import torch
from msgspec.structs import replace

from byhand.events.kinds import OBSERVER
from byhand.models.batches import Asked
from byhand.models.committee import Committee
from byhand.models.deciding import UNSURE, Deciding
from byhand.models.decision import Decision, Look
from byhand.models.network import Network, Shape
from tests.models.pages import page
from tests.models.test_deciding import SEEN, decides


class Says(Deciding):
    """One that always says the same."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(Network(Shape(width=8, layers=1)), "says v1", OBSERVER)
        self.decision = decision

    def told(self, look: Look, one: Asked) -> Decision:
        del look, one
        return self.decision


def press(node: int, sure: float, *other: Decision) -> Decision:
    return Decision("click", node, sure=sure, other=other)


def together(*said: Decision) -> Decision:
    return Committee([Says(one) for one in said], "all v1").decide(Look("Click on it.", SEEN))


def test_what_most_are_sure_of_is_done_and_the_rest_is_what_else_there_is():
    """Two that are wrong in different places do not outvote what all of them think of."""
    told = together(press(1, 0.6, press(4, 0.4)), press(2, 0.6, press(4, 0.4)), press(4, 0.9, press(1, 0.1)))
    assert (told.op, told.node) == ("click", 4)
    assert told.sure == pytest.approx((0.4 + 0.4 + 0.9) / 3)
    assert [one.node for one in told.other] == [1, 2]
    assert all(not one.other for one in told.other)


def test_a_text_is_another_act_where_it_is_another_text():
    one, other = (Decision("type", 3, text=text, sure=0.5) for text in ("Anne", "Ann"))
    assert together(one, one, other).text == "Anne"


def test_scrolling_is_one_act_whatever_the_pointer_is_over():
    """And counts once for each of them."""
    down = [
        Decision("scroll", node, dy=1.0, sure=0.5, other=(Decision("scroll", 9, dy=1.0, sure=0.4),)) for node in (1, 2)
    ]
    told = together(*down, press(4, 0.9))
    assert (told.op, told.dy) == ("scroll", 1.0)
    assert told.sure == pytest.approx(1 / 3)
    assert together(down[0], Decision("scroll", 1, dy=-1.0, sure=0.6)).dy == -1.0


def test_who_gives_no_act_counts_for_nothing():
    none = Decision("done", sure=0.0, why="answers with no act")
    assert together(none, press(4, 0.3)).node == 4
    told = together(none, press(4, 0.0))
    assert (told.op, told.sure) == ("done", 0.0)


def test_members_that_are_the_same_say_what_one_of_them_says():
    torch.set_num_threads(1)
    alone = decides()
    look = Look('Click on "Ostrich".', SEEN)
    told, one = Committee([alone, alone], "two v1").decide(look), alone.decide(look)
    assert (told.op, told.node, told.sure) == (one.op, one.node, pytest.approx(one.sure))


def test_of_an_empty_page_nothing_is_meant():
    bare = replace(
        page("text"), nodes=(), parents=(), roles=(), tags=(), names=(), states=(), holds=(), places=()
    )  # fmt: skip
    assert Committee([decides()], "one v1").decide(Look("Click.", bare)) == UNSURE
