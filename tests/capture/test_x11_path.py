"""Where the pointer was between two questions to the server."""

from __future__ import annotations

from byhand.capture.x11.devices import Axis
from byhand.capture.x11.path import Field, places

FIELD = Field(1000, 800)
NONE = (Axis(0, 0), Axis(0, 0))


def test_positions_are_taken_as_they_are() -> None:
    """A device that tells positions: its last one is where the pointer is."""
    assert places([(10.0, 20.0), (11.0, 25.5)], (0, 0), (11, 25), NONE, FIELD, "") == (
        [(10, 20), (11, 25)],
        "positions",
    )


def test_steps_are_added_up() -> None:
    """A mouse tells steps, of one axis or of both."""
    said = [(5.0, None), (5.0, 2.0), (None, -1.0)]
    assert places(said, (100, 100), (110, 101), NONE, FIELD, "") == ([(105, 100), (110, 102), (110, 101)], "steps")


def test_steps_against_the_edge_do_not_count() -> None:
    """The pointer stays on the desktop, and comes back from the edge at once."""
    said = [(-50.0, 0.0), (-50.0, 0.0), (3.0, 0.0)]
    assert places(said, (20, 5), (3, 5), NONE, FIELD, "") == ([(0, 5), (0, 5), (3, 5)], "steps")


def test_a_tablet_has_its_own_grid() -> None:
    axes = (Axis(0, 4000), Axis(0, 1600))
    assert places([(400.0, 160.0), (800.0, 320.0)], (0, 0), (200, 160), axes, FIELD, "") == (
        [(100, 80), (200, 160)],
        "grid",
    )


def test_where_readings_agree_the_last_right_one_is_kept() -> None:
    """From 0, 0 one step and one position look alike."""
    assert places([(5.0, 5.0)], (0, 0), (5, 5), NONE, FIELD, "steps")[1] == "steps"
    assert places([(5.0, 5.0)], (0, 0), (5, 5), NONE, FIELD, "positions")[1] == "positions"


def test_a_pointer_moved_by_a_program_is_only_known_at_its_end() -> None:
    """Nothing is made up: every motion of such a batch is told where the pointer truly is."""
    assert places([(1.0, 1.0), (2.0, 2.0)], (10, 10), (500, 500), NONE, FIELD, "steps") == ([(500, 500)] * 2, "steps")
