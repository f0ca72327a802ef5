"""Promises of pictures with several models: each has its line everywhere, and a gap stays a gap."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from byhand.ui.comparison import MOST, Panel, Row, picture
from byhand.ui.paper import Figure

SVG = "{http://www.w3.org/2000/svg}"
HALF = Figure(0.5, 0.4, 0.6, 100)


def drawn(*panels: Panel, models: tuple[str, ...] = ("one", "two")) -> ET.Element:
    return ET.fromstring(picture("Models", "said", models, panels))


def lines(root: ET.Element, model: int) -> list[tuple[float, float]]:
    """Of a model's intervals: where they begin, and at which height."""
    found = root.findall(f".//{SVG}line[@class='span m{model}']")
    return [(float(one.attrib["x1"]), float(one.attrib["y1"])) for one in found]


def test_what_was_not_measured_leaves_its_line_empty():
    """The other model does not move up: its line is as far below the row's top as where both were measured."""
    both, one = (
        drawn(Panel("a", "b", "share", (Row("row", figures),))) for figures in ((HALF, HALF), (None, HALF))
    )  # fmt: skip
    assert lines(both, 1) == lines(one, 1)
    assert lines(one, 0) == []
    assert "not measured" not in one.attrib["aria-label"]  # one of both was


def test_a_gain_has_zero_in_its_middle_and_is_marked_where_it_would_be_worth_it():
    """As far to the left as to the right, however one-sided the gains are."""
    root = drawn(Panel("a", "b", "gain", (Row("row", (Figure(0.3, 0.1, 0.45, 40),)),), least=0.05, of=(1,)))
    zero = next(one for one in root.iter(f"{SVG}path") if one.attrib["class"] == "zero")
    ends = [float(one.attrib["d"][1:].split()[0]) for one in root.iter(f"{SVG}path") if "grid" in one.attrib["class"]]
    middle = float(zero.attrib["d"][1:].split()[0])
    assert middle == pytest.approx((min(ends) + max(ends)) / 2)
    assert lines(root, 1)[0][0] > middle
    (worth,) = [one for one in root.iter(f"{SVG}rect") if one.attrib["class"] == "least"]
    assert float(worth.attrib["x"]) == pytest.approx(middle)
    assert float(worth.attrib["width"]) > 0


def test_six_models_have_six_tones():
    """On light and on dark paper; no two share one."""
    names = tuple(f"m{number}" for number in range(MOST))
    root = drawn(Panel("a", "b", "share", (Row("row", (HALF,) * MOST),)), models=names)
    style = root.findtext(f"{SVG}style") or ""
    tones = [rule.split(":")[1].strip(" }") for rule in style.split("circle.m")[1:]]
    assert len(tones) == len({tone.split("}")[0] for tone in tones}) == 2 * MOST


def test_it_is_told_to_whoever_hears_it():
    root = drawn(Panel("tasks done", "b", "share", (Row("all", (HALF, None)), Row("some", (None, None)))))
    assert root.attrib["aria-label"] == "Models. tasks done. all: one 50.0 %; some: not measured."
