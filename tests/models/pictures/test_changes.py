"""What differs between two pictures, and which part of the screen is looked at."""

from __future__ import annotations

import numpy as np
import pytest

from byhand.datasets.formats.port import Picture
from byhand.errors import VaultDamaged
from byhand.models.pictures import changes
from tests.models.pictures.drawn import H, W, picture, screen


def test_what_changed_is_told_as_one_box_of_the_screen():
    """To two pixels, as half of the picture is looked at."""
    before, after = (changes.half(screen(panel=panel)) for panel in (None, (60, 40, 50, 30)))
    assert changes.changed(before, after) == (60, 40, 50, 30)


def test_a_caret_and_the_noise_of_a_codec_are_no_change():
    """A video of a screen that stands still says nothing."""
    still = screen(((20, 20, 60, 30),))
    caret = still.copy()
    caret[30:34, 40:42] = 0
    noise = np.clip(still.astype(int) + np.random.default_rng(1).integers(-3, 4, still.shape), 0, 255).astype(np.uint8)
    assert changes.changed(changes.half(still), changes.half(caret)) is None
    assert changes.changed(changes.half(still), changes.half(noise)) is None


def test_two_sizes_are_not_compared():
    """Another screen is no change of this one."""
    small = changes.half(screen(size=(W - 64, H)))
    assert changes.changed(changes.half(screen()), small) is None


def test_of_a_large_screen_only_the_part_around_the_change_is_looked_at():
    """So that it costs what changed; the part lies within the screen and holds all that changed."""
    large = changes.half(screen(size=(1280, 800)))
    after = changes.half(screen(panel=(1200, 10, 70, 30), size=(1280, 800)))
    box = changes.changed(large, after)
    assert box is not None
    part = changes.part(large, after, box)
    assert part.before.shape == part.after.shape == (192, 192, 3)
    assert (part.x, part.y) == (1280 - 384, 0)
    more = changes.part(large, after, box, more=64)
    assert more.before.shape == (256, 256, 3)


def test_what_is_no_picture_is_refused():
    """And said so without a word of it."""
    good = picture(screen())
    with pytest.raises(VaultDamaged, match="can't be read"):
        changes.opened(Picture("image/png", good.data[:60], W, H))
    assert changes.opened(good).shape == (H // 2, W // 2, 3)
