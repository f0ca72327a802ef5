"""What a step was seen on: a picture of the screen and what stood where, in pixels of that picture. Pure.

Where no picture was kept, the desktop's size takes its place, and what stood where is all there is to see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from byhand.datasets.formats.port import Demonstration, Picture
from byhand.episodes.types import Observation
from byhand.events.kinds import Snapshot, Wireframe

MOST_BOXES = 200
"""As many as a reader of rows can take in. Boxes come parents first, so that what is cut off is the page's end."""


@dataclass(frozen=True, slots=True)
class Box:
    """x, y, w, h: in pixels of the view. node: its number in the document, or 0. depth: how deep it lies."""

    role: str
    name: str = field(repr=False)
    x: int
    y: int
    w: int
    h: int
    node: int = 0
    depth: int = 0
    holds: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """w, h: size in pixels, (0, 0) if nothing tells it. x, y: its corner on the desktop."""

    w: int
    h: int
    x: int = 0
    y: int = 0
    picture: Picture | None = None
    boxes: tuple[Box, ...] = ()

    def place(self, x: int, y: int) -> tuple[int, int] | None:
        """A place of the desktop in this view; None if it lies outside."""
        inner = (x - self.x, y - self.y)
        return inner if 0 <= inner[0] < self.w and 0 <= inner[1] < self.h else None


def view(demonstration: Demonstration, seen: tuple[Observation, ...]) -> View:
    """The newest picture and the newest list of boxes among what was seen."""
    picture: Picture | None = None
    listed: Snapshot | Wireframe | None = None
    for one in sorted(seen, key=lambda one: one.seq, reverse=True):
        if (picture is not None and one.kind == "frame") or (listed is not None and one.kind != "frame"):
            continue
        sight = demonstration.sights.get(one.seq)
        if isinstance(sight, Picture):
            picture = sight
        elif isinstance(sight, Snapshot | Wireframe):
            listed = sight
    if picture is not None:
        w, h, x, y = picture.w, picture.h, picture.x, picture.y
    else:
        w, h, x, y = *_size(demonstration, listed), 0, 0
    return View(w, h, x, y, picture, tuple(boxes(listed, x, y)) if listed is not None else ())


def _size(demonstration: Demonstration, listed: Snapshot | Wireframe | None) -> tuple[int, int]:
    if any(demonstration.screen):
        return demonstration.screen
    if isinstance(listed, Snapshot):
        return listed.x + round(listed.w * listed.scale), listed.y + round(listed.h * listed.scale)
    return (listed.x + listed.w, listed.y + listed.h) if listed is not None else (0, 0)


def boxes(listed: Snapshot | Wireframe, x: int = 0, y: int = 0) -> Iterator[Box]:
    """Its boxes in pixels of a view with that corner."""
    if isinstance(listed, Wireframe):
        for place, (role, name) in enumerate(zip(listed.roles, listed.names, strict=False)):
            at = listed.places[4 * place : 4 * place + 4]
            if len(at) == 4:
                yield Box(role, name, at[0] - x, at[1] - y, at[2], at[3])
        return
    depths: list[int] = []
    for place, role in enumerate(listed.roles):
        parent = listed.parents[place]
        depths.append(depths[parent] + 1 if 0 <= parent < place else 0)
        left, top, w, h = (round(value * listed.scale) for value in listed.places[4 * place : 4 * place + 4])
        yield Box(
            role or listed.tags[place], listed.names[place], listed.x + left - x, listed.y + top - y, w, h,
            listed.nodes[place], depths[place], listed.holds[place], listed.tags[place],
        )  # fmt: skip


def listing(view: View, place: Callable[[int, int], tuple[float, float]]) -> str:
    """Named boxes and fields as lines, each with its middle in the format's own units."""
    told: list[str] = []
    for box in view.boxes:
        if not (box.name or box.holds) or box.w <= 0 or box.h <= 0:
            continue
        x, y = place(box.x + box.w // 2, box.y + box.h // 2)
        told.append(f'{box.role} "{box.name}" ({x}, {y})' + (f" {box.holds}" if box.holds else ""))
        if len(told) == MOST_BOXES:
            told.append("...")
            break
    return "\n".join(told)
