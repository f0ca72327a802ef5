"""The picture of how a dataset build grows: it shows what the page of figures says, and nothing else."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from bench.scaling import PICTURE, draw, points

PAGE = """
Measured 1 May 2026 on 2 shared virtual cores (a kind), 25 GB.

| dataset build, 10 M events | <= 60 s | **48 s** | a peer 26 s | 1 M 5.0 s, 2 M 10.5 s, 10 M 48.1 s | yes |
"""


def test_the_picture_shows_the_figures_of_the_row(tmp_path: Path):
    """Each size with its seconds, for the eye and for whoever hears it; more events stand further right and higher."""
    page, to = tmp_path / "page.md", tmp_path / "drawn.svg"
    page.write_text(PAGE, "utf-8")
    draw(page, to)
    drawn = ET.fromstring(to.read_text("utf-8"))
    assert drawn.attrib["aria-label"].endswith(
        "1 million events 5 s, 2 million events 10.5 s, 10 million events 48.1 s"
    )
    dots = [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in drawn.iter() if one.tag.endswith("circle")]
    assert len(dots) == 3
    assert [x for x, _ in dots] == sorted(x for x, _ in dots)
    assert [y for _, y in dots] == sorted((y for _, y in dots), reverse=True)
    words = [one.text for one in drawn.iter() if one.tag.endswith("text")]
    assert {"5 s", "10.5 s", "48.1 s", "1 M", "2 M", "10 M"} <= set(words)
    assert any("1 May 2026, 2 shared virtual cores" in (word or "") for word in words)


def test_a_page_without_the_row_draws_nothing(tmp_path: Path):
    """What was never measured has no picture."""
    page, to = tmp_path / "page.md", tmp_path / "drawn.svg"
    page.write_text("| something else | 1 M 5.0 s |", "utf-8")
    draw(page, to)
    assert points(page.read_text("utf-8")) == []
    assert not to.exists()


def test_the_docs_have_the_picture():
    """It is shown on the page of figures."""
    page = PICTURE.parent.parent / "benchmarks.md"
    assert f"assets/{PICTURE.name}" in page.read_text("utf-8")
    assert PICTURE.exists()
