"""A box may show only if the pixels bear out what the tree says of it. Real letters, true and lying trees."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from PIL import Image, ImageDraw, ImageFont

from byhand.events.raw import RawBox
from byhand.privacy.frames.still import still

W, H = 640, 300
GROUND, INK = (250, 250, 250), (20, 24, 40)


class Word(NamedTuple):
    """A text on the screen, and the box around it."""

    text: str
    x: int
    y: int
    size: int = 15


def screen(*words: Word, scale: float = 1.0) -> Image.Image:
    made = Image.new("RGB", (round(W * scale), round(H * scale)), GROUND)
    pen = ImageDraw.Draw(made)
    for word in words:
        font = ImageFont.load_default(round(word.size * scale))
        pen.text((round(word.x * scale), round(word.y * scale)), word.text, INK, font=font)
    return made


def box(word: Word, role: str = "label", name: str = "", scale: float = 1.0, by: tuple[int, int] = (0, 0)) -> RawBox:
    """The word's true box, or that moved by so many pixels."""
    font = ImageFont.load_default(round(word.size * scale))
    a, b, c, d = font.getbbox(word.text)
    x, y = round(word.x * scale) + by[0], round(word.y * scale) + by[1]
    return RawBox(0, 0, role, name or word.text, x + int(a) - 2, y + int(b) - 3, int(c - a) + 4, int(d - b) + 6)


def shown(picture: Image.Image, *boxes: RawBox, scale: float = 1.0) -> set[tuple[int, int]]:
    """Where letters of the picture can still be seen; every name that begins with a capital is cleared."""
    rows = picture.convert("RGBA").tobytes("raw", "BGRA")
    panel = RawBox(0, 0, "panel", "", 0, 0, *picture.size)
    out = still(memoryview(rows), *picture.size, (panel, *boxes), lambda one: one.name[:1].isupper(), scale)
    wide = picture.size[0]
    before = picture.tobytes()
    dark = {at // 3 for at in range(0, len(out), 3) if before[at] < 120 and out[at : at + 3] == before[at : at + 3]}
    return {(at % wide, at // wide) for at in dark}


SAVE, JANE = Word("Save as", 60, 60), Word("Wilhelmina Achterberg", 60, 90)


@pytest.mark.parametrize("role", ["label", "heading", "list item", "table cell", "push button", "menu item"])
def test_a_cleared_text_shows(role: str):
    """A short text in a box of its own, with air around it."""
    assert shown(screen(SAVE), box(SAVE, role))


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_cleared_text_shows_on_a_scaled_monitor(scale: float):
    """The box is in device pixels, and what counts as small grows with them."""
    assert shown(screen(SAVE, scale=scale), box(SAVE, scale=scale), scale=scale)


@pytest.mark.parametrize("role", ["entry", "text", "terminal", "paragraph", "document text", "status bar", "image"])
def test_what_holds_other_peoples_words_never_shows(role: str):
    """Whatever its name is."""
    assert not shown(screen(SAVE), box(SAVE, role))


def test_a_label_within_prose_does_not_show():
    """A word in a paragraph is somebody's, though it would be a label elsewhere."""
    around = RawBox(0, 0, "paragraph", "", 40, 40, 400, 100)
    assert not shown(screen(SAVE), around, box(SAVE))


@pytest.mark.parametrize("role", ["label", "push button", "menu item", "list item"])
@pytest.mark.parametrize("far", [(0, 30), (0, 24), (9, 28), (-12, 33), (25, 30)])
def test_a_box_shifted_onto_another_text_does_not_show_it(role: str, far: tuple[int, int]):
    """A tree that lies by a line: the box of "Save as" lies over a name."""
    assert not shown(screen(SAVE, JANE), box(SAVE, role, by=far)) & area(JANE)


@pytest.mark.parametrize("role", ["label", "push button", "list item"])
@pytest.mark.parametrize("scale", [1.5, 2.0])
def test_boxes_that_were_not_scaled_show_nobodys_name(role: str, scale: float):
    """A tree in logical pixels over a screen in device pixels."""
    picture = screen(SAVE, JANE, scale=scale)
    assert not shown(picture, box(SAVE, role), box(JANE, "label", "Close"), scale=scale) & area(JANE, scale)


def test_a_box_too_small_for_its_text_does_not_show():
    """Text drawn outside of its box: the box ends in the middle of it."""
    whole = box(JANE, name="Close")
    half = RawBox(0, 0, "label", "Close", whole.x, whole.y, whole.w // 2, whole.h)
    assert not shown(screen(JANE), half)


def test_more_ink_than_the_name_needs_does_not_show():
    """A box called "Ok" around a long name."""
    for role in ("label", "push button", "link", "page tab"):
        assert not shown(screen(JANE), box(JANE, role, "Ok"))


def test_two_boxes_that_overlap_do_not_show():
    """One of the two lies, and nobody knows which."""
    one = box(SAVE, "push button")
    other = RawBox(0, 0, "push button", "Close", one.x + 20, one.y + 6, one.w, one.h)
    assert not shown(screen(SAVE), one, other)
    assert shown(screen(SAVE), one, RawBox(0, 0, "push button", "Close", one.x + one.w, one.y, 40, one.h))


def test_boxes_without_a_size_or_beyond_the_screen_show_nothing():
    """Zero, negative and cut boxes."""
    for x, y, w, h in ((60, 60, 0, 20), (-500, -500, 20, 20), (W - 10, 60, 400, 20), (60, 60, -5, 20)):
        assert not shown(screen(SAVE), RawBox(0, 0, "label", "Save as", x, y, w, h))


def test_a_word_in_lower_case_is_no_label():
    """Channels, tags and files are called so; programs begin their labels with a capital."""
    word = Word("hiring", 60, 60)
    picture = screen(word).convert("RGBA").tobytes("raw", "BGRA")
    out = still(memoryview(picture), W, H, (box(word, "static"),), lambda _: True)
    assert min(out[at] for at in range(0, len(out), 3)) > 120


def area(word: Word, scale: float = 1.0) -> set[tuple[int, int]]:
    one = box(word, scale=scale)
    return {(x, y) for x in range(one.x, one.x + one.w) for y in range(one.y, one.y + one.h)}
