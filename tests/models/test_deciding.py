"""A trained network answers with acts that can be done, and says how sure it is."""

from __future__ import annotations

import functools

import pytest
import torch

from byhand.events.kinds import Snapshot
from byhand.models import labels
from byhand.models.batches import asked
from byhand.models.deciding import Deciding
from byhand.models.decision import OPS, Did, Look
from byhand.models.features import features
from byhand.models.network import Network, Shape
from byhand.models.training import Plan, Training, ready
from tests.models.pages import examples, page


@functools.cache
def decides() -> Deciding:
    torch.set_num_threads(1)
    shape = Shape(width=64, layers=2, dropout=0.0)
    one = Training(ready(examples(320)), ready(examples(48, seed=1)), Plan(epochs=10, rate=3e-3, shape=shape))
    return Deciding(one.run(lambda _: None), "tiny v1", 1)


SEEN = page("textbox Wexford; button Brimble; textbox Quandle; button Ostrich")


def test_it_presses_what_it_is_told_to():
    """A word it never saw."""
    told = decides().decide(Look('Click on "Ostrich".', SEEN))
    assert (told.op, told.node) == ("click", 4)
    assert told.sure > 0.5
    assert told.other
    assert all(one.sure <= told.sure for one in told.other)


def test_it_types_what_stands_in_the_goal_letter_by_letter():
    told = decides().decide(Look('Enter "ZiRp" into Quandle.', SEEN))
    assert (told.op, told.node, told.text) == ("type", 3, "ZiRp")


def test_what_is_disabled_is_never_pressed():
    """However likely it is."""
    dead = page("textbox Wexford; button Brimble; textbox Quandle; button Ostrich *disabled")
    assert decides().decide(Look('Click on "Ostrich".', dead)).node != 4


def test_the_same_question_has_the_same_answer():
    ask = Look('Click on "Brimble".', SEEN, (Did("click", 4, "button", "Ostrich"),))
    assert decides().decide(ask) == decides().decide(ask)


@pytest.mark.parametrize("seen", [page("text"), page("button *disabled")])
def test_where_nothing_can_be_done_it_says_done_and_how_little_it_is_sure(seen: Snapshot):
    told = decides().decide(Look("", seen))
    assert 0 <= told.sure <= 1


def test_an_untrained_network_answers_too_and_is_not_sure():
    """It is asked and says something that can be done; confidence is what stops it."""
    torch.manual_seed(0)
    told = Deciding(Network(Shape(width=32, layers=1, heads=2)), "raw", 1).decide(Look("press it", SEEN))
    assert told.sure < 0.5


def test_what_is_quoted_is_typed_without_its_marks():
    """However unsure of where it begins: a text of quotation marks is never meant."""
    for seed in range(10):
        torch.manual_seed(seed)
        network = Network(Shape(width=32, layers=1, heads=2))
        with torch.no_grad():
            network.says_op.bias[OPS.index("type")] = network.says_source.bias[labels.WORDS] = 50
        told = Deciding(network, "raw", 1).decide(Look('with ""Sed." "', page("textbox Note")))
        assert (told.op, told.text[:1]) != ("type", '"')


def test_what_is_decided_fast_is_what_was_learned():
    """The way that is quick, when nothing is learned, reads several questions of unlike length as the other does."""
    network = Network(Shape(width=32, layers=2, words=16)).eval()
    torch.nn.init.normal_(network.kin.weight)
    torch.nn.init.normal_(network.lies.weight)
    looks = [Look("press Save", page("button Save; button Other")), Look("x", page("; ".join(["link A"] * 9)))]
    both = asked([features(one) for one in looks])
    slow = network.read(both)
    with torch.inference_mode():
        fast = network.read(both)
    torch.testing.assert_close(fast.all[slow.here], slow.all[slow.here].detach())
