"""What `vision` finds in pictures of which nobody tells the boxes: everything that is not proven plain."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from byhand.privacy.frames import vision
from byhand.privacy.frames.still import still
from byhand.privacy.frames.vision import look, marks, plain

cv: Any = cv2  # its types say "any number" of every result
NAME = "Wilhelmina Achterberg 4711"


@pytest.fixture(scope="module")
def eyes() -> Any:
    return vision.load(threads=2)


def painted(eyes: Any, picture: Any) -> Any:
    """As `guard image` does it, without boxes."""
    high, wide = picture.shape[:2]
    boxes = look.boxes(eyes.through(picture), wide, high)
    return look.picture(still(look.bgrx(picture), wide, high, boxes, lambda _: False), wide, high)


def page(ground: tuple[int, int, int] = (255, 255, 255)) -> Any:
    return np.full((720, 1280, 3), ground, np.uint8)


def write(picture: Any, text: str, x: int, y: int, size: float, ink: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Draw a text; returns its box."""
    made = Image.fromarray(picture)
    pen, font = ImageDraw.Draw(made), ImageFont.load_default(size)
    pen.text((x, y), text, ink, font=font)
    picture[:] = np.asarray(made)
    a, b, c, d = pen.textbbox((x, y), text, font=font)
    return int(a), int(b), int(c), int(d)


def left(before: Any, after: Any, box: tuple[int, int, int, int]) -> float:
    """The share of a text's pixels that still stand out as they did."""
    a, b, c, d = box
    old, new = before[b:d, a:c].astype(int), after[b:d, a:c].astype(int)
    ground = before[0, 0].astype(int)
    ink = np.abs(old - ground).max(axis=2) > 8
    return float((ink & (old == new).all(axis=2)).sum() / max(1, ink.sum()))


@pytest.mark.parametrize("size", [5, 7, 9, 13, 18, 30, 60, 120])
@pytest.mark.parametrize(
    ("ground", "ink"), [((255,) * 3, (30,) * 3), ((24, 26, 30), (214, 220, 230)), ((36, 83, 166), (255,) * 3)]
)
def test_text_of_every_size_is_painted(eyes: Any, size: int, ground: tuple[int, int, int], ink: tuple[int, int, int]):
    """From a font too small to read to one that fills the screen, dark on light and light on dark."""
    picture = page(ground)
    box = write(picture, NAME, 40, 300, size, ink)
    assert left(picture, painted(eyes, picture), box) < 0.02


@pytest.mark.parametrize("contrast", [6, 10, 20, 40])
def test_faint_text_is_painted(eyes: Any, contrast: int):
    """What a person can just about see is found, and so is what they can hardly see."""
    picture = page()
    box = write(picture, NAME, 100, 300, 16, (255 - contrast, 255 - contrast, 255 - contrast))
    assert left(picture, painted(eyes, picture), box) < 0.02


def test_text_on_a_photograph_is_painted(eyes: Any):
    """Whatever lies behind it: a picture is never plain."""
    dice = np.random.default_rng(3)
    picture = cv.GaussianBlur(dice.integers(0, 255, (720, 1280, 3)).astype(np.uint8), (0, 0), 6)
    box = write(picture, NAME, 100, 300, 24, (255, 255, 255))
    assert left(picture, painted(eyes, picture), box) < 0.02


@pytest.mark.parametrize(
    "text", ["عمر الشريف ٤٧١١", "מרים לוי", "山田太郎", "Αλεξάνδρα", "👩🏽‍🚒 🏠", "|||||||||||", "1 l I | -"]
)
def test_every_script_is_painted(eyes: Any, text: str):
    """Nothing is recognised, so no script is unknown; signs of straight strokes are text too."""
    picture = page()
    box = write(picture, text, 100, 300, 18, (20, 20, 20))
    assert left(picture, painted(eyes, picture), box) < 0.02


def test_panels_and_their_edges_stay(eyes: Any):
    """The structure of a window is not text: long edges and flat grounds come out as they were."""
    picture = page((246, 248, 250))
    picture[:40] = (166, 83, 36)
    picture[40:, :240] = (230, 233, 238)
    picture[40:, 240:241] = (190, 196, 205)
    picture[200:201, 241:] = (210, 214, 220)
    assert (painted(eyes, picture) == picture).all()


def test_a_qr_code_is_painted_whole(eyes: Any):
    """Nobody can read it any more, whatever its size."""
    code = cv.QRCodeEncoder.create().encode("otpauth://totp/canary?secret=JBSWY3DPEHPK3PXP")
    for size in (2, 4, 8, 12, 16):
        drawn = cv.resize(code, None, fx=size, fy=size, interpolation=cv.INTER_NEAREST)
        picture = page()
        picture[60 : 60 + drawn.shape[0], 80 : 80 + drawn.shape[1]] = drawn[:, :, None]
        after = painted(eyes, picture)
        assert cv.QRCodeDetector().detectAndDecode(after)[0] == ""
        inside = after[70 : 50 + drawn.shape[0], 90 : 70 + drawn.shape[1]]
        assert int(inside.max()) - int(inside.min()) < 60


@pytest.mark.parametrize("bar", [1, 2, 4])
@pytest.mark.parametrize("tall", [30, 90, 300])
def test_a_bar_code_is_painted(eyes: Any, bar: int, tall: int):
    """Its bars are long straight lines; that they stand so close gives them away."""
    dice = np.random.default_rng(7)
    bits = np.repeat(dice.integers(0, 2, 95), bar)
    picture = page()
    picture[200 : 200 + tall, 100 : 100 + bits.size] = np.where(bits, 0, 255).astype(np.uint8)[None, :, None]
    after = painted(eyes, picture)
    middle = after[200 + tall // 2, 100 : 100 + bits.size, 0].astype(int)
    assert int((np.abs(np.diff(middle)) > 60).sum()) <= 2


def test_a_face_is_found_as_one():
    """By the cascades that come with OpenCV: a drawn face with eyes, brows, nose and mouth, and none on a bare page."""
    assert marks.faces(page()) == []
    for name in marks.CASCADES:
        assert not marks.cascade(name).empty()


def test_a_picture_too_small_to_prove_anything_is_painted_whole(eyes: Any):
    """Where no run of pixels can be long enough, nothing is plain."""
    picture = np.full((5, 300, 3), 200, np.uint8)
    assert [one[1:] for one in eyes.through(picture)] == [(0, 0, 300, 5)]


def test_nothing_that_is_not_plain_is_left_free():
    """Whatever the shapes: every pixel that is not proven plain lies in a box."""
    dice = np.random.default_rng(11)
    for _ in range(6):
        picture = page()
        for _ in range(60):
            x, y, w, h = (int(dice.integers(0, most)) for most in (1200, 680, 300, 60))
            cv.ellipse(picture, (x, y), (w // 2 + 1, h // 2 + 1), int(dice.integers(0, 180)), 0, 360, (0, 90, 200), 1)
        there = np.zeros(picture.shape[:2], np.uint8)
        for _, x, y, w, h in plain.find(picture):
            there[max(0, y) : y + h, max(0, x) : x + w] = 1
        assert not (plain.not_plain(picture) & (there ^ 1)).any()
