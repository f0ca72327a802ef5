"""Screenshots: which regions with something private can still be read, and what is left of the rest.

Two sets of pictures: the annotated screenshots of ScreenLeak, and pages of our own that a real browser draws at three
scales. Four ways to come by the boxes:

    without geometry   nobody tells any box: what `vision` finds is painted (`guard image IN OUT`)
    with geometry      the boxes are told besides (`guard image --boxes`)
    the recorder's     all is painted but what the tree and the pixels together prove harmless
    a lying tree       the recorder's, with boxes shifted, or not scaled, as an app or a monitor may get them wrong

A region is readable if less than 98 % of its ink is painted, or if a recogniser that the guard does not use reads four
letters or digits in a row of it anywhere in the picture (`pictures.readable`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from byhand.errors import UsageFault
from byhand.evals.figure import Figure, wilson
from byhand.evals.pictures.pages import Drawn, draw
from byhand.events.raw import RawBox
from byhand.privacy.frames import vision
from byhand.privacy.frames.roles import CONTROLS
from byhand.privacy.frames.still import still
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.types import At

Boxes = tuple[RawBox, ...]


class Shot(NamedTuple):
    """A picture as a PNG, the boxes that are known of it, and those that hold something private."""

    name: str
    scale: float
    png: bytes
    boxes: Boxes
    private: Boxes


class _Score:
    """What one way of painting left, over many pictures."""

    def __init__(self) -> None:
        self.regions = self.by_ink = self.by_reading = self.readable = 0
        self.pictures = self.edges_kept = self.edges = self.shown = self.controls = 0
        self.changed = 0.0
        self.examples: list[str] = []


def measure(data: Path, *, read: bool = True, scales: tuple[float, ...] = (1.0, 1.5, 2.0)) -> list[Figure]:
    """Figures of all pictures that are there.

    Args:
        data: folder with `screenleak`.
        read: also read what is left with a recogniser; takes a few seconds a picture.
        scales: at which our own pages are drawn; none without Playwright and a browser.

    Raises:
        UsageFault: the extra `vision` is not installed.
    """
    if not vision.installed():
        raise UsageFault("it needs the extra vision; to install it, run: pip install 'byhand[vision]'")
    bench = _Bench(read)
    figures: list[Figure] = []
    if shots := list(screenleak(data / "screenleak")):
        figures += _figures("ScreenLeak", bench.score(shots, _without), "without geometry", 0.20, "0.30 all OCR boxes")
        figures += _figures("ScreenLeak", bench.score(shots, _with), "with geometry", 0.05, "0.60 OCR hits")
    if pages := _pages(scales):
        figures += _figures("own pages", bench.score(pages, _without), "without geometry", 0.20, "")
        figures += _figures("own pages", bench.score(pages, _with), "with geometry", 0.05, "")
        figures += _figures("own pages", bench.score(pages, _recorder), "the recorder's", 0.05, "")
        figures += _figures("own pages", bench.score(pages, _lying), "a lying tree", 0.05, "")
    return figures


def screenleak(folder: Path) -> Iterator[Shot]:
    """The annotated screenshots; a tree would know of each private text, so those are the boxes."""
    notes = folder / "image_annotations_dev.jsonl"
    for line in notes.read_text(encoding="utf-8").splitlines() if notes.exists() else ():
        note = json.loads(line)
        boxes = tuple(RawBox(0, 0, "static", span["text"], *span["bbox"]) for span in note["spans"])
        picture = folder / "image" / f"{note['id']}.png"
        yield Shot(note["id"], float(note["device_scale_factor"]), picture.read_bytes(), boxes, boxes)


def _pages(scales: tuple[float, ...]) -> list[Shot]:
    try:
        return [_shot(page) for page in draw(scales=scales)] if scales else []
    except Exception:  # no Playwright or no browser: the figures of our own pages are then not there
        return []


def _shot(page: Drawn) -> Shot:
    return Shot(f"{page.name} x{page.scale:g}", page.scale, page.png, page.boxes, page.private)


# ---- ways to come by boxes: (shot, finds of vision) -> what the paint is told

_Way = Callable[[Shot, Boxes], Boxes]


def _without(shot: Shot, found: Boxes) -> Boxes:
    del shot
    return found


def _with(shot: Shot, found: Boxes) -> Boxes:
    return (*shot.boxes, *found)


def _recorder(shot: Shot, found: Boxes) -> Boxes:
    del found
    return shot.boxes


def _lying(shot: Shot, found: Boxes) -> Boxes:
    """Not scaled where there is a scale, else shifted by half a line."""
    del found
    if shot.scale == 1:
        return tuple(_moved(box, 1, 9) for box in shot.boxes)
    return tuple(_moved(box, 1 / shot.scale, 0) for box in shot.boxes)


def _moved(box: RawBox, by: float, far: int) -> RawBox:
    x, y, w, h = (round(number * by) for number in (box.x, box.y, box.w, box.h))
    return RawBox(0, 0, box.role, box.name, x + far, y + far, w, h)


class _Bench:
    """Paints and looks at what is left. Finds of `vision` and what can be read are kept per picture."""

    def __init__(self, read: bool) -> None:
        self._look = vision.load(threads=2)
        self._eyes: Any = import_module("byhand.evals.pictures.readable")
        self._sight: Any = import_module("byhand.privacy.frames.vision.look")
        self._reader = self._eyes.Reader() if read else None
        self._cleaner = Cleaner()
        self._found: dict[str, Boxes] = {}

    def score(self, shots: Sequence[Shot], way: _Way) -> _Score:
        score = _Score()
        for shot in shots:
            self._one(shot, way, score)
        return score

    def _one(self, shot: Shot, way: _Way, score: _Score) -> None:
        before = self._sight.read(shot.png)
        high, wide = before.shape[:2]
        if shot.name not in self._found:
            self._found[shot.name] = self._sight.boxes(self._look.through(before), wide, high)
        boxes = way(shot, self._found[shot.name])
        rgb = still(self._sight.bgrx(before), wide, high, boxes, self._cleared, shot.scale)
        after = self._sight.picture(rgb, wide, high)
        words = self._reader.words(after) if self._reader and shot.private else ()
        for box in shot.private:
            edge = round(3 * shot.scale) if box.role == "entry" else 0  # a field's own outline is no text
            region = self._eyes.Region(box.x + edge, box.y + edge, box.w - 2 * edge, box.h - 2 * edge, box.name)
            ink = self._eyes.painted(before, after, region) < self._eyes.PAINTED
            reading = bool(box.name) and self._eyes.reads(words, box.name)
            score.regions += 1
            score.by_ink += ink
            score.by_reading += reading
            score.readable += ink or reading
            if ink or reading:
                score.examples.append(f"{shot.name}: {box.role} {box.w}x{box.h} ({'ink' if ink else 'read'})")
        score.pictures += 1
        score.changed += self._eyes.changed(before, after)
        kept, there = self._eyes.edges_kept(before, after)
        score.edges_kept, score.edges = score.edges_kept + kept, score.edges + there
        for box in shot.boxes:
            if box.role in CONTROLS and self._cleared(box):
                score.controls += 1
                score.shown += bool((before == after)[box.y : box.y + box.h, box.x : box.x + box.w].mean() > 0.99)

    def _cleared(self, box: RawBox) -> bool:
        return self._cleaner.clears(box.name, At("element", role=box.role))


def _figures(of: str, score: _Score, way: str, reach: float, best: str) -> list[Figure]:
    if not score.regions:
        return []
    low, high = wilson(score.readable, score.regions)
    note = f"{score.by_ink} by ink, {score.by_reading} by reading, in {score.pictures} pictures"
    figures = [
        Figure(
            f"{of}, {way}", "regions with something private left readable", score.readable / score.regions, "share",
            score.regions, low, high, reach, "lower", best, note, tuple(score.examples[:12]),
        ),
        Figure(
            f"{of}, {way}, painted", "pixels that are painted over", score.changed / score.pictures, "share",
            score.pictures, 0.0, 1.0, None, "lower",
        ),
    ]  # fmt: skip
    if score.edges:
        low, high = wilson(score.edges_kept, score.edges)
        figures.append(
            Figure(
                f"{of}, {way}, edges", "pixels of long edges of panels, bars and buttons that are kept",
                score.edges_kept / score.edges, "share", score.edges, low, high, None, "higher",
                note="pixels of one picture depend on each other: the interval is too narrow",
            )
        )  # fmt: skip
    if score.controls:
        low, high = wilson(score.shown, score.controls)
        figures.append(
            Figure(
                f"{of}, {way}, controls", "controls with cleared names that show their true pixels",
                score.shown / score.controls, "share", score.controls, low, high, None, "higher",
            )
        )  # fmt: skip
    return figures
