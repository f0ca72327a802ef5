"""Promises of examples: what corrects a model, or takes an error back, counts as much as it is told to."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import msgspec
import pytest

from byhand.datasets.formats.port import Demonstration
from byhand.episodes.types import Target
from byhand.events.kinds import Snapshot
from byhand.models.decision import OPS
from byhand.models.examples import FAILED, NEEDLESS, examples
from tests.datasets.demos import demonstration


def tagged(*tags: str) -> Demonstration:
    """A press, with these tags."""
    one = demonstration()
    first, *rest = one.episode.steps
    press = msgspec.structs.replace(first.action, op="click")
    steps = (msgspec.structs.replace(first, action=press, tags=tags), *rest)
    return replace(one, episode=msgspec.structs.replace(one.episode, steps=steps))


@pytest.mark.parametrize(
    ("tags", "weight"), [((), 1.0), (("correction",), 3.0), (("recovery",), 3.0), (("error",), None)]
)
def test_an_act_that_corrects_counts_more(tags: tuple[str, ...], weight: float | None):
    """One that was an error is not learned at all."""
    left: Counter[str] = Counter()
    [*found] = examples([tagged(*tags)], left, corrections=3.0)
    assert [one.weight for one in found] == ([] if weight is None else [weight])


def test_of_a_task_that_failed_nothing_is_learned():
    """Its acts are counted, and show what not to do."""
    one = tagged()
    left: Counter[str] = Counter()
    failed = replace(one, episode=msgspec.structs.replace(one.episode, outcome="failed"))
    assert [*examples([failed], left)] == []
    assert left == {FAILED: len(one.episode.steps)}


def scrolled(below: int, then: int) -> Demonstration:
    """A scroll so far below what is pressed then: an element of that number, or 0, the first one listed."""
    one = tagged()
    first, second, *rest = one.episode.steps
    seen = next(sight for sight in one.sights.values() if isinstance(sight, Snapshot))
    node = seen.nodes[0]
    top = seen.places[1] + below
    scrolls = Target(node=node, source="browser", area=(0, top, 2000, max(1, 2 * seen.places[3])))
    press = msgspec.structs.replace(second.action, op="click", target=Target(node=then or node, source="browser"))
    scroll = msgspec.structs.replace(first.action, op="scroll", target=scrolls, dy=1.0)
    steps = (
        msgspec.structs.replace(first, action=scroll),
        msgspec.structs.replace(second, action=press), *rest,
    )  # fmt: skip
    return replace(one, episode=msgspec.structs.replace(one.episode, steps=steps))


@pytest.mark.parametrize(("below", "needless"), [(0, True), (400, False)], ids=["in sight", "out of sight"])
def test_a_scroll_past_what_was_in_sight_is_not_learned(below: int, *, needless: bool):
    """People scroll by habit; what was done next could have been done before."""
    left: Counter[str] = Counter()
    [*_] = examples([scrolled(below, 0)], left)
    assert left[NEEDLESS] == needless


@pytest.mark.parametrize(("then", "again"), [(999, [0, 1]), (0, [0])], ids=["not listed", "listed"])
def test_what_is_sought_by_scrolling_is_scrolled_on_for(then: int, again: list[int]):
    """The page before a scroll stands for all it went past too, where what was done next was not listed; whoever is
    judged is not asked about them.
    """
    found = [*examples([scrolled(400, then)], Counter(), searching=True)]
    scrolls = [one for one in found if OPS[one.label.op] == "scroll"]
    assert [len(one.look.did) for one in scrolls] == again
    assert [one.op for one in scrolls[-1].look.did] == ["scroll"] * again[-1]
    assert len({one.look.seen for one in scrolls}) == len({one.label for one in scrolls}) == 1
    plain = [*examples([scrolled(400, then)], Counter())]
    assert [len(one.look.did) for one in plain if OPS[one.label.op] == "scroll"] == [0]


def test_the_picture_before_an_act_is_there_to_be_read():
    """Read only when it is asked for; where none was kept there is none."""
    one = demonstration()
    [first, *_] = examples([tagged()], Counter())
    frames = [each.seq for each in one.episode.steps[0].before if each.kind == "frame"]
    shown = first.picture()
    assert shown is not None
    assert shown == one.sights[max(frames)]
    without = replace(tagged(), sights={seq: each for seq, each in one.sights.items() if seq not in frames})
    assert [each.picture() for each in examples([without], Counter())] == [None]
