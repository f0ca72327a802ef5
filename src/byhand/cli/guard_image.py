"""`byhand guard image`: a screenshot as the guard would keep it, by the paint of the recorder's own frames."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, cast

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli.output import Json, emit, say
from byhand.cli.pictures import MOST_PIXELS, sized
from byhand.errors import ByhandError, UsageFault
from byhand.events.raw import RawBox
from byhand.privacy.frames import vision
from byhand.privacy.frames.roles import QUOTABLE, SHOWABLE
from byhand.privacy.frames.still import still
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.types import At
from byhand.ui.png import encode

In = Annotated[Path, Parameter(help="A screenshot, as a PNG.")]
Out = Annotated[Path, Parameter(help="Where the painted picture goes, as a PNG without any notes.")]
BoxesFile = Annotated[
    Path | None,
    Parameter(
        name="--boxes",
        help='What is known of the boxes: JSON, [{"x": 8, "y": 8, "w": 90, "h": 20, "role": "push button", '
        '"name": "Save"}, ...]. Also read: {"boxes": [...]}, "bbox": [x, y, w, h], and "text" or "label" for "name".',
    ),
]
_MOST_BOXES = 20_000
_LINE = 1080  # rows of a screen at scale 1


def guard_image(picture: In, painted: Out, /, *, boxes: BoxesFile = None, json: Json = False) -> None:
    if painted.exists() and picture.exists() and painted.samefile(picture):
        raise UsageFault("the picture would be painted over itself", hints=("name another file to write",))
    told = read_boxes(boxes) if boxes else ()
    png = _bytes(picture)
    sized(png)
    if not vision.installed():
        raise UsageFault(
            "reading a picture needs the extra vision", hints=("to install it, run: pip install 'byhand[vision]'",),
            fate="nothing was written",
        )  # fmt: skip
    wide, high, found, rgb = _painted(png, told)
    try:
        painted.write_bytes(encode(rgb, wide, high))
    except OSError as error:
        raise ByhandError(f"{painted.name} can't be written ({error.strerror})") from error
    if json:
        emit({"width": wide, "height": high, "boxes": len(told), "found": found})
    else:
        # The pixels' own finds are painted whatever the boxes say.
        seen = f"  {wide} x {high} pixels, {found:,} places found in them" + (
            f", {len(told):,} boxes told" if told else ""
        )
        say(Text.assemble(("wrote ", "quiet"), (str(painted), "name"), (seen, "quiet")))


def _painted(png: bytes, told: tuple[RawBox, ...]) -> tuple[int, int, int, bytes]:
    """Width, height, how many finds there were, and rows of RGB."""
    from byhand.privacy.frames.vision import look  # noqa: PLC0415  # imports numpy and OpenCV

    try:
        pixels = look.read(png)
    except ValueError:
        raise _no_picture() from None
    high, wide = pixels.shape[:2]
    # What a tree does not tell of may be text all the same: outside of the boxes the pixels are looked through too.
    found = vision.load(threads=2).through(pixels)
    cleaner = Cleaner()

    def cleared(box: RawBox) -> bool:
        return box.role in SHOWABLE | QUOTABLE and cleaner.clears(box.name, At("element", role=box.role))

    boxes = (*look.boxes(found, wide, high), *told)
    rgb = still(look.bgrx(pixels), wide, high, boxes, cleared, max(1.0, high / _LINE))
    return wide, high, len(found), rgb


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_PIXELS * 8:
            raise ByhandError("the picture is too large", hints=(f"at most {MOST_PIXELS // 1_000_000} megapixels",))
        return path.read_bytes()
    except OSError as error:
        raise ByhandError(f"{path.name} can't be read ({error.strerror})") from error


def _no_picture() -> ByhandError:
    return ByhandError("that is no PNG that can be read", fate="nothing was written")


# ---- boxes


def read_boxes(path: Path) -> tuple[RawBox, ...]:
    """Boxes as a file tells them, leniently: whatever has a place counts.

    A box without a role is a text. One whose place makes no sense is an error: to leave it out would be to show it.

    Raises:
        UsageFault: the file can't be read, is no JSON, or holds something else.
    """
    try:
        told: object = msgspec.json.decode(path.read_bytes())
    except OSError as error:
        raise UsageFault(f"{path.name} can't be read ({error.strerror})") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UsageFault(f"{path.name} is no JSON") from None
    if isinstance(told, dict):
        told = cast("dict[str, object]", told).get("boxes")
    if not isinstance(told, list):
        raise UsageFault(f"{path.name} holds no list of boxes", hints=('it should be [{"x": 8, "y": 8, ...}, ...]',))
    boxes = cast("list[object]", told)
    if len(boxes) > _MOST_BOXES:
        raise UsageFault(f"{path.name} holds more than {_MOST_BOXES} boxes")
    return tuple(_box(number, one) for number, one in enumerate(boxes, 1))


def _box(number: int, told: object) -> RawBox:
    if not isinstance(told, dict):
        raise UsageFault(f"box {number} is no object")
    one = cast("dict[str, object]", told)
    bbox = one.get("bbox")
    numbers = cast("list[object]", bbox) if isinstance(bbox, list) else [one.get(key) for key in "xywh"]
    if len(numbers) != 4 or not all(_is_number(value) for value in numbers):
        raise UsageFault(f"box {number} has no place", hints=('give "x", "y", "w", "h", or "bbox": [x, y, w, h]',))
    x, y, w, h = (float(cast("float", value)) for value in numbers)
    left, top = math.floor(x), math.floor(y)
    role = one.get("role")
    name = next(_texts(one.get(key) for key in ("name", "text", "label")), "")
    return RawBox(
        0, 0, role if isinstance(role, str) and role else "static", name,
        left, top, max(0, math.ceil(x + w) - left), max(0, math.ceil(y + h) - top),
    )  # fmt: skip


def _is_number(value: object) -> bool:
    # No number compares as smaller: not NaN, and not a whole number that no float can hold.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6


def _texts(values: Iterable[object]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str) and value)
