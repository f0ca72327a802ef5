"""Frames as pieces."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from byhand.errors import VaultDamaged
from byhand.events.kinds import Frame
from byhand.privacy.frames.pixels import unpatch
from byhand.ui.replay.pieces import Pictures

from .recordings import framed


def _desktop_by_tiles(patches: list[bytes]) -> Image.Image:
    desktop = Image.new("RGB", (1280, 800))
    for patch in patches:
        for tile in unpatch(patch):
            desktop.paste(Image.frombytes("RGB", (tile.w, tile.h), tile.rgb()), (tile.x, tile.y))
    return desktop


def test_the_pieces_show_the_desktop_that_the_tiles_show():
    """Joining tiles into rectangles and pictures changes no pixel."""
    patches = [one.event.patch for one in framed() if isinstance(one.event, Frame)]
    assert len(patches) == 3
    pictures = Pictures()
    desktop = Image.new("RGB", (1280, 800))
    for patch in patches:
        for x, y, w, h, what in pictures.pieces(patch):
            if isinstance(what, str):
                desktop.paste(what, (x, y, x + w, y + h))
            else:
                desktop.paste(Image.open(io.BytesIO(base64.b64decode(pictures.base64[what]))), (x, y))
    assert desktop.tobytes() == _desktop_by_tiles(patches).tobytes()


def test_tiles_are_joined_and_a_picture_is_written_once():
    """A desktop of 260 tiles needs far fewer pieces, and the same patch twice adds no picture."""
    patch = next(one.event.patch for one in framed() if isinstance(one.event, Frame))
    pictures = Pictures()
    first = pictures.pieces(patch)
    count = len(pictures.base64)
    assert len(first) < len(unpatch(patch)) / 4
    assert pictures.pieces(patch) == first
    assert len(pictures.base64) == count


def test_a_broken_patch_is_damage():
    """Bytes that are no patch are told as damage, not drawn."""
    with pytest.raises(VaultDamaged):
        Pictures().pieces(b"no patch")
