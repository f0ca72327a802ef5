"""Pictures of the page in front, for a model that is shown some: taken, and masked by the recorder's guard.

Rules of this module: a list is asked for before the pixels and after them, and only where both say the same is there a
picture; else the paint could lie beside what it has to cover. Pixels are unpacked in our own world of the page they
are of, and go from there through the guard or nowhere.
"""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Callable

from byhand.agents.actuators.glancing import Glance
from byhand.agents.actuators.page import PageHands
from byhand.agents.actuators.worlds import Gone
from byhand.agents.picturing import Picturing
from byhand.events.kinds import Snapshot
from byhand.models.endpoints.computers import Picture
from byhand.models.endpoints.reading import Mistake

RESTLESS = Mistake("can't be shown this page: it does not come to rest")
UNSEEN = Mistake("can't be shown this page now")
Encode = Callable[[bytes, int, int], bytes]
"""Rows of RGB, width, height -> PNG."""
_TRIES, _REST_S = 4, 0.25
_UNPACK = """(async () => {
  const packed = Uint8Array.from(atob("%s"), (sign) => sign.charCodeAt(0));
  const image = await createImageBitmap(new Blob([packed], {type: "image/png"}), {colorSpaceConversion: "none"});
  if (image.width !== %d || image.height !== %d) return "";
  const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
  pen.drawImage(image, 0, 0);
  const bytes = pen.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
})()"""


class Showing:
    """Satisfies `endpoints.asking.Pictures`.

    Args:
        hands: whose page it is.
        glance: tells its list.
        picturing: masks it.
        encode: packs it.
    """

    def __init__(self, hands: PageHands, glance: Glance, picturing: Picturing, encode: Encode) -> None:
        self._hands, self._glance, self._picturing, self._encode = hands, glance, picturing, encode

    def __call__(self) -> Picture | Mistake:
        for _ in range(_TRIES):
            before = self._glance.see()
            if before is None:
                return _never(self._glance.why) if self._glance.why else UNSEEN
            pixels = self._pixels(before.w, before.h)
            seen, told = self._glance.see(), self._glance.told
            if pixels is None or seen is None or told is None or _shape(seen) != _shape(before):
                self._hands.rest(_REST_S)
                continue
            rgb = self._picturing.masked(seen, told[0].address, told[0].title, pixels)
            if isinstance(rgb, str):
                return _never(rgb)
            return Picture(self._encode(rgb, seen.w, seen.h), seen.w, seen.h, seen)
        return RESTLESS

    def _pixels(self, w: int, h: int) -> memoryview | None:
        """Rows of BGRX of the viewport, one a CSS pixel."""
        worlds = self._hands.tab.worlds
        with contextlib.suppress(Gone, self._hands.fault):
            x, y = worlds.ask(worlds.top, "[scrollX, scrollY]", renew=True)
            clip = {"x": x, "y": y, "width": w, "height": h, "scale": 1}
            shot = worlds.session.send("Page.captureScreenshot", {"format": "png", "clip": clip})["data"]
            told: str = worlds.ask(worlds.top, _UNPACK % (shot, w, h), wait=True, renew=True)
            rows = bytearray(base64.b64decode(told))
            if len(rows) == w * h * 4:
                rows[0::4], rows[2::4] = rows[2::4], rows[0::4]
                return memoryview(rows)
        return None


def _never(why: str) -> Mistake:
    return Mistake(f"can't be shown this page: {why}", final=True)


def _shape(seen: Snapshot) -> tuple[object, ...]:
    return seen.nodes, seen.roles, seen.names, seen.states, seen.places, seen.w, seen.h, seen.page
