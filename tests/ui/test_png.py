"""The PNG writer."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from byhand.ui.png import encode


def test_a_picture_reads_back_as_it_was_written():
    """Every pixel survives, at a size that fits no power of two."""
    rgb = bytes(i * 7 % 256 for i in range(5 * 3 * 3))
    picture = Image.open(io.BytesIO(encode(rgb, 5, 3)))
    assert picture.size == (5, 3)
    assert picture.convert("RGB").tobytes() == rgb


def test_pixels_that_do_not_fit_are_refused():
    """A wrong size is a caller's mistake."""
    with pytest.raises(ValueError, match="do not fit"):
        encode(b"\0" * 11, 2, 2)
