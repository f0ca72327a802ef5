"""The line in which events wait, by itself: what it says of a moment of which nothing is kept."""

from __future__ import annotations

import pytest

from byhand.events.kinds import Mark
from byhand.privacy.rules.contexts import ANOTHER_SITE
from byhand.privacy.waiting import Line


@pytest.mark.parametrize(("done", "told"), [(True, [ANOTHER_SITE]), (False, [])])
def test_a_short_gap_is_told_only_if_something_was_done_in_it(*, done: bool, told: list[str]):
    """While a browser's page is not known yet a picture may be left out: that is no story. A press would be."""
    line = Line()
    line.away(ANOTHER_SITE, 1_000, 1_000_000_000)
    line.drop(ANOTHER_SITE, done=done)
    line.away("", 1_005, 1_005_000_000)
    assert [event.reason for event in line.taken() if isinstance(event, Mark)] == told
