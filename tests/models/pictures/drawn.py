"""Small screens drawn for the tests of this room: buttons, and a panel that opens beside the one that is pressed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from byhand.datasets.formats.port import Demonstration, Picture
from byhand.episodes.types import Action, Episode, Observation, Step, Target
from byhand.models.arrays import Bytes
from byhand.models.pictures import changes
from byhand.models.pictures.acts import NOTHING, OPS, Act
from byhand.models.pictures.pairs import JITTER, Pair

W, H = 256, 192
GROUND, BUTTON, EDGE, PANEL = (238, 241, 245), (214, 219, 226), (90, 96, 104), (200, 222, 244)
MS = 1_000_000
Box = tuple[int, int, int, int]


class Scene(NamedTuple):
    """A screen before and after, RGB, and the act."""

    before: Bytes
    after: Bytes
    act: Act


def screen(buttons: Sequence[Box] = (), panel: Box | None = None, size: tuple[int, int] = (W, H)) -> Bytes:
    image = Image.new("RGB", size, GROUND)
    pen = ImageDraw.Draw(image)
    for x, y, w, h in buttons:
        pen.rectangle((x, y, x + w - 1, y + h - 1), BUTTON, EDGE)
    if panel is not None:
        x, y, w, h = panel
        pen.rectangle((x, y, x + w - 1, y + h - 1), PANEL)
    return np.asarray(image, np.uint8)


def pressed(dice: np.random.Generator) -> Scene:
    """Of three buttons one is pressed: a panel opens under it, and the button looks as before."""
    rows = dice.permutation(3)[:3]
    boxes = [(int(dice.integers(8, 120)), 12 + 60 * int(row), 40, 20) for row in rows]
    box = boxes[0]
    panel = (box[0] + 50, box[1], 70, 40)
    act = Act(OPS.index("click"), (box[0] + box[2] / 2, box[1] + box[3] / 2), None, box)
    return Scene(screen(boxes), screen(boxes, panel), act)


def came(dice: np.random.Generator) -> Scene:
    """Nobody did anything: the whole screen is another."""
    boxes = [(int(dice.integers(8, 160)), 12 + 60 * row, 40, 20) for row in range(3)]
    return Scene(screen(), screen(boxes, (0, 150, W, 42)), NOTHING)


def pair(scene: Scene, name: str = "e") -> Pair:
    before, after = changes.half(scene.before), changes.half(scene.after)
    box = changes.changed(before, after)
    assert box is not None
    return Pair(changes.part(before, after, box, more=JITTER), scene.act, name, name, "r")


def pairs(count: int, seed: int) -> list[Pair]:
    """Three in four are presses."""
    dice = np.random.default_rng(seed)
    return [pair((came if number % 4 == 3 else pressed)(dice), f"e{number}") for number in range(count)]


def picture(pixels: Bytes) -> Picture:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return Picture("image/png", out.getvalue(), pixels.shape[1], pixels.shape[0])


def action(op: Any, box: Box | None = None, *, at: int = 0, **more: Any) -> Action:
    x, y = (box[0] + 3, box[1] + 3) if box else (0, 0)
    target = Target("push button", box=box) if box else None
    return Action(op, at * MS, at * MS + 60 * MS, at, at, target=target, x=x, y=y, **more)


def step(act: Action, before: int | None, after: int | None) -> Step:
    def seen(seq: int | None) -> tuple[Observation, ...]:
        return () if seq is None else (Observation("frame", seq, seq * MS),)

    return Step(act, seen(before), seen(after))


def demonstration(steps: Sequence[Step], shown: dict[int, Bytes], name: str = "one") -> Demonstration:
    """An episode with those pictures, by their places in the recording."""
    episode = Episode(name, "r", "do it", "person", "done", tuple(steps), 0, 100, 0, 100 * MS)
    return Demonstration(episode, {seq: picture(pixels) for seq, pixels in shown.items()}, (), (W, H))
