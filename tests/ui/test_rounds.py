"""Promises of the picture of rounds: every version is on it with its interval and its n, also one that was not used."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET

from byhand.ui.rounds import Figure, Version, page, picture

SVG = "{http://www.w3.org/2000/svg}"
THREE = (
    Version(1, True, Figure(0.5, 0.4, 0.6, 96), Figure(40.0, 30.0, 52.0, 96)),
    Version(2, False, Figure(0.45, 0.36, 0.55, 96), Figure(44.0, 33.0, 57.0, 96)),
    Version(3, True, Figure(0.9, 0.82, 0.94, 96), Figure(5.0, 2.5, 8.0, 96), Figure(12.0, 4.0, 21.0, 7)),
)


def marks(drawn: str, sort: str) -> list[tuple[float, float, float, float]]:
    """x, y of each mark of a measure, and the ends of its interval."""
    tree = ET.fromstring(drawn)
    dots = [
        one for one in tree.iter(f"{SVG}circle") if one.get("class", "").split()[0] == sort and one.get("r") == "5.5"
    ]
    spans = [one for one in tree.iter(f"{SVG}line") if one.get("class", "").split()[1] == sort]
    return [
        (*(float(dot.get(name, "")) for name in ("cx", "cy")), *(float(span.get(name, "")) for name in ("y1", "y2")))
        for dot, span in zip(dots, spans, strict=True)
    ]  # type: ignore[misc]


def test_better_is_higher_above_and_lower_below_and_each_lies_in_its_interval():
    """Three versions from left to right."""
    drawn = picture("doer", THREE, "Twelve tasks.")
    done, need = marks(drawn, "done"), marks(drawn, "need")
    assert [x for x, *_ in done] == sorted(x for x, *_ in done)
    assert done[2][1] < done[0][1] < done[1][1]  # up is less in an SVG
    assert need[2][1] > need[0][1] > need[1][1]
    for _, y, low, high in (*done, *need):
        assert high <= y <= low
    assert len(marks(drawn, "use")) == 1


def test_what_was_not_used_is_beside_the_line():
    """It has its mark and its words, and the line goes on from what was used."""
    drawn = picture("doer", THREE, "Twelve tasks.")
    ways = re.findall(r'class="way done" points="([^"]+)"', drawn)
    assert [len(one.split()) for one in ways] == [2]
    assert drawn.count('class="done not"') == 1
    assert ">not used<" in drawn
    assert "version 2, not used: 45% of 96 tasks done" in drawn


def test_what_was_not_measured_and_what_has_no_end_is_drawn_too():
    """One version without figures, one that never acted; names are no markup."""
    odd = (Version(1, True), Version(2, True, Figure(0.0, 0.0, 0.8, 1), Figure(math.inf, 0.0, math.inf, 1)))
    drawn = page("a<b>&", odd, "Nothing yet.")
    ET.fromstring(drawn[drawn.index("<svg") : drawn.index("</svg>") + 6])
    assert "a<b>" not in drawn
    assert "not measured" in drawn
    assert "no act" in drawn
    assert "nan" not in drawn
