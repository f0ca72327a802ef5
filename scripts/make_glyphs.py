"""Draws the letters of the recorder's sign into `src/byhand/recorder/glyphs.bin`.

    .venv/bin/python scripts/make_glyphs.py [FONT.ttf]

The recorder draws its sign itself and has no font library, so the letters come with it: DejaVu Sans, anti-aliased, at
two sizes. The file is zstd of msgpack {pixel size: {"line": [ascent, descent], "glyphs": {character: [advance, left,
top, width, height, coverage bytes]}}}. DejaVu's licence (https://dejavu-fonts.github.io/License.html) lets its glyphs
be used and embedded freely; the notice stands in `glyphs.txt` beside the file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import zstandard
from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
SIZES = (13, 26)
LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "·…–’“”äöüÄÖÜßéèñç"
TARGET = Path(__file__).parent.parent / "src" / "byhand" / "recorder" / "glyphs.bin"


def draw(path: str, size: int) -> dict[str, object]:
    """All letters at one size."""
    font = ImageFont.truetype(path, size)
    glyphs: dict[str, list[object]] = {}
    for letter in LETTERS:
        left, top, right, bottom = (int(edge) for edge in font.getbbox(letter, anchor="ls"))
        image = Image.new("L", (max(right - left, 1), max(bottom - top, 1)), 0)
        ImageDraw.Draw(image).text((-left, -top), letter, fill=255, font=font, anchor="ls")
        glyphs[letter] = [round(font.getlength(letter)), left, top, image.width, image.height, image.tobytes()]
    return {"line": list(font.getmetrics()), "glyphs": glyphs}


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else FONT
    atlas = {size: draw(path, size) for size in SIZES}
    TARGET.write_bytes(zstandard.ZstdCompressor(level=19).compress(msgspec.msgpack.encode(atlas)))
    print(f"{TARGET.name}: {len(LETTERS)} letters at {len(SIZES)} sizes, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
