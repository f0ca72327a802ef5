"""Promises of the twin: a script is done line by line, on what bears the names it says."""

from __future__ import annotations

import pytest

from byhand.agents.actuators.glancing import of_view
from byhand.models.decision import Decision, Did, Look
from byhand.models.scripted import Scripted
from byhand.workflows.view import Seen, View

SEEN = of_view(
    View("http://site.example/", "", (
        Seen(1, -1, "text", "label", "Number"), Seen(2, -1, "textbox", "input", "Number"),
        Seen(3, -1, "listitem", "li", "Bin"), Seen(4, -1, "option", "option", "USD"),
    )), 1,
)  # fmt: skip


@pytest.mark.parametrize(
    ("line", "decision"),
    [
        ('type "Number" R-7', Decision("type", 2, text="R-7")), ('click text:"Number"', Decision("click", 1)),
        ('drag "Number" to "Bin"', Decision("drag", 2, 3)), ("key Control+a", Decision("key", keys=("Control", "a"))),
        ("scroll -2", Decision("scroll", dy=-2)), ('click "Bin" ~0.25', Decision("click", 3, sure=0.25)),
        ('click "Nowhere"', Decision("done", sure=0)), ("done", Decision("done")),
    ],
)  # fmt: skip
def test_a_line_is_a_decision(line: str, decision: Decision):
    """A control before words that say the same; what is not there is no act."""
    assert Scripted(line).decide(Look("", SEEN)) == decision


def test_after_the_last_line_it_is_done():
    """It is told by the acts that were done."""
    assert Scripted('click "Bin"').decide(Look("", SEEN, (Did("click", 3),))) == Decision("done")


def test_a_line_that_is_none_is_the_tests_own_mistake():
    """And raises."""
    with pytest.raises(ValueError, match="no line of a script"):
        Scripted("dance").decide(Look("", SEEN))
