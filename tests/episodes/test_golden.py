"""Each rule of the reducer by an example: what was kept, three dashes, and the actions it must make of that."""

from __future__ import annotations

from pathlib import Path

import pytest

from byhand.episodes.reduce import reduce
from byhand.events.kinds import Monitor
from tests.episodes.kept import kept, told

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.txt"))
MONITORS = (Monitor("left", 0, 0, 1920, 1080, 1.0), Monitor("right", 1920, 0, 3840, 2160, 2.0))


@pytest.mark.parametrize("path", GOLDEN, ids=[path.stem for path in GOLDEN])
def test_events_become_these_actions(path: Path):
    """And no others, in this order."""
    before, _, after = path.read_text("utf-8").partition("\n---\n")
    assert [told(act) for act in reduce(kept(before), MONITORS).actions] == after.strip().splitlines()
