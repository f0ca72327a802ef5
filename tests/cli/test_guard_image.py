"""`byhand guard image`: what comes out, and what is refused."""

from __future__ import annotations

import io
import json
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from byhand.cli import main

WHITE, INK = (255, 255, 255), (20, 24, 40)
NAME, PLACE = "Wilhelmina Achterberg", (40, 60, 420, 100)


def drawn(size: tuple[int, int] = (640, 400)) -> Image.Image:
    """A window with a panel, a name and a button."""
    made = Image.new("RGB", size, WHITE)
    pen = ImageDraw.Draw(made)
    pen.rectangle((0, 0, size[0], 30), fill=(36, 83, 166))
    pen.text(PLACE[:2], NAME, INK, font=ImageFont.load_default(26))
    pen.rectangle((40, 200, 140, 236), fill=(238, 241, 246), outline=(154, 167, 189))
    pen.text((66, 208), "Save", INK, font=ImageFont.load_default(16))
    return made


def saved(picture: Image.Image, path: Path, **more: object) -> Path:
    picture.save(path, "PNG", **more)
    return path


def opened(path: Path) -> Image.Image:
    return Image.open(io.BytesIO(path.read_bytes()))


def inks(path: Path, place: tuple[int, int, int, int] = PLACE) -> int:
    """How many different colours there are at a place: letters have soft edges of many."""
    return len(colours(opened(path).crop(place)))


def colours(picture: Image.Image) -> set[bytes]:
    rgb = picture.convert("RGB").tobytes()
    return {rgb[at : at + 3] for at in range(0, len(rgb), 3)}


def test_a_name_is_painted_and_the_panel_stays(tmp_path: Path):
    """Nothing tells where the name is; it is gone, and the bar above it is as it was."""
    out = tmp_path / "out.png"
    assert main(["guard", "image", str(saved(drawn(), tmp_path / "in.png")), str(out)]) == 0
    assert inks(tmp_path / "in.png") > 10
    assert inks(out) <= 3
    assert opened(out).getpixel((300, 15)) == (36, 83, 166)


def test_a_told_box_shows_only_what_is_cleared(tmp_path: Path):
    """With boxes, a cleared button shows its pixels; a name is painted, whatever role it claims to have."""
    boxes = tmp_path / "boxes.json"
    told = [
        {"x": 40, "y": 200, "w": 101, "h": 37, "role": "push button", "name": "Save"},
        {"bbox": [40.2, 60, 380, 40], "text": NAME},
    ]
    boxes.write_text(json.dumps({"boxes": told}))
    given, out = saved(drawn(), tmp_path / "in.png"), tmp_path / "out.png"
    assert main(["guard", "image", str(given), str(out), "--boxes", str(boxes)]) == 0
    save = (50, 205, 130, 230)
    assert opened(out).crop(save).tobytes() == opened(given).crop(save).tobytes()
    assert inks(out) <= 3


def test_a_box_that_lies_shows_nothing(tmp_path: Path):
    """A box called "Save" that lies over the name does not show it."""
    boxes = tmp_path / "boxes.json"
    boxes.write_text(json.dumps([{"x": 30, "y": 55, "w": 400, "h": 40, "role": "push button", "name": "Save"}]))
    out = tmp_path / "out.png"
    assert main(["guard", "image", str(saved(drawn(), tmp_path / "in.png")), str(out), "--boxes", str(boxes)]) == 0
    assert inks(out) <= 3


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_every_kind_of_png_is_read(tmp_path: Path, mode: str):
    """Colours, grey, a palette, transparency and 16 bits all come out as a plain picture of the same size."""
    picture = (
        drawn().convert("L").point(lambda v: v * 256, "I").convert("I;16") if mode == "I;16" else drawn().convert(mode)
    )
    out = tmp_path / "out.png"
    assert main(["guard", "image", str(saved(picture, tmp_path / "in.png")), str(out)]) == 0
    made = opened(out)
    assert (made.mode, made.size) == ("RGB", (640, 400))
    assert inks(out) <= 3


def test_what_lies_under_transparent_pixels_does_not_come_out(tmp_path: Path):
    """A name drawn in colours that are fully transparent is white, as it was seen."""
    picture = drawn().convert("RGBA")
    picture.putalpha(0)
    out = tmp_path / "out.png"
    assert main(["guard", "image", str(saved(picture, tmp_path / "in.png")), str(out)]) == 0
    assert colours(opened(out)) == {bytes(WHITE)}


def test_no_notes_of_the_picture_come_out(tmp_path: Path):
    """Text chunks and EXIF stay behind."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", NAME)
    notes.add_itxt("Comment", NAME)
    exif = Image.Exif()
    exif[0x013B] = NAME
    given = saved(drawn(), tmp_path / "in.png", pnginfo=notes, exif=exif)
    assert NAME.encode() in given.read_bytes()
    out = tmp_path / "out.png"
    assert main(["guard", "image", str(given), str(out)]) == 0
    assert NAME.encode() not in out.read_bytes()
    assert not opened(out).info


def bomb() -> bytes:
    """A whole PNG that promises 100,000 by 100,000 pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def whole() -> bytes:
    held = io.BytesIO()
    drawn().save(held, "PNG")
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no PNG"), (b"GIF89a" + bytes(50), "no PNG"), (whole()[:3000], "cut off"), (whole()[:-12], "cut off"),
        (whole()[:400] + b"\xff" + whole()[401:], "damaged"), (bomb(), "too large"),
    ],
)  # fmt: skip
def test_what_can_t_be_read_is_refused(tmp_path: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]):
    """In one sentence, and nothing is written."""
    given, out = tmp_path / "in.png", tmp_path / "out.png"
    given.write_bytes(content)
    assert main(["guard", "image", str(given), str(out)]) == 1
    assert said in capsys.readouterr().err
    assert not out.exists()


def test_the_picture_itself_is_never_painted_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Neither by its name nor by a link to it."""
    given = saved(drawn(), tmp_path / "in.png")
    link = tmp_path / "link.png"
    link.symlink_to(given)
    before = given.read_bytes()
    for out in (given, link):
        assert main(["guard", "image", str(given), str(out)]) == 2
        assert "over itself" in capsys.readouterr().err
    assert given.read_bytes() == before


@pytest.mark.parametrize(
    "told",
    [
        "", "{", "[1]", '{"boxes": 3}', '[{"x": 1, "y": 2}]', '[{"bbox": [1, 2, "a", 4]}]',
        '[{"bbox": [1, 2, 1e99, 4]}]',
        '[{"bbox": [1, 2, 1%s, 4]}]' % ("0" * 400), "[" * 100_000,
    ],
)  # fmt: skip
def test_boxes_that_make_no_sense_are_refused(tmp_path: Path, told: str):
    """A box that is left out is one that shows."""
    boxes, out = tmp_path / "boxes.json", tmp_path / "out.png"
    boxes.write_text(told)
    given = saved(drawn(), tmp_path / "in.png")
    assert main(["guard", "image", str(given), str(out), "--boxes", str(boxes)]) == 2
    assert not out.exists()
