"""Promises about the scorecard: nothing measured is left out, least of all what failed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from byhand.evals.figure import Figure
from byhand.evals.run import Missed, Scores
from byhand.evals.scorecard import page, picture

GOOD = Figure("a", "zero-leak <titles>", 0.96, "share", 18, 0.8, 0.99, 0.95, "higher", "Presidio .36")
BAD = Figure("b", "planted canaries", 3, "count", 100, 1, 8, 0, "lower", note="kinds & places", examples=("url: card",))
FREE = Figure("c", "fit", 0.1, "share", 5, 0.0, 0.2, None, "lower")


def test_a_figure_that_missed_its_mark_is_drawn_like_the_others():
    """Every figure with a mark has its dot, and the picture says in words which was not reached."""
    drawn = picture([GOOD, BAD, FREE])
    root = ET.fromstring(drawn)
    assert len(root.findall(".//{http://www.w3.org/2000/svg}circle")) == 2
    assert drawn.count("not reached") == 1
    assert "1 of 2" in drawn


def test_the_page_says_what_still_leaks_and_what_was_not_measured():
    """In plain words, under the table."""
    text = page(Scores((GOOD, BAD), (Missed("frames", "there is no data for it"),)), "a machine", "today", "card.svg")
    assert "| **no** |" in text
    assert "for example: url: card" in text
    assert "frames (there is no data for it)" in text


def test_what_stands_in_a_figure_can_not_break_the_picture():
    """Words of a figure are text, never markup."""
    ET.fromstring(picture([GOOD], title='<script>"&'))
