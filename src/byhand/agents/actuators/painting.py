"""A picture of a page in which all is painted but what may be seen: boxes where things are, and names of controls.

Rules of this module: it begins with an empty sheet. Of each element its outline is drawn; true pixels come through only
inside of controls whose words are the page's own (a button, a tab, the head of a column), and of cleared texts. What
stands in a field is never seen, nor how long it is.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from byhand.workflows.view import Seen, View

if TYPE_CHECKING:
    from playwright.sync_api import Page

_OWN = frozenset({"button", "tab", "menuitem", "checkbox", "radio", "switch", "columnheader"})
_OWN_TAGS = frozenset({"label", "legend", "th", "summary"})
_FIELDS = frozenset({"textbox", "searchbox", "combobox", "listbox", "spinbutton", "slider"})
_AROUND = frozenset({
    "group", "form", "region", "main", "navigation", "list", "table", "row", "rowgroup", "banner", "contentinfo",
    "complementary", "search", "grid", "radiogroup", "listitem", "article", "cell", "gridcell", "tree", "document",
})  # fmt: skip
_SMALL_H = 64
_DRAW = """async ([png, w, h, boxes]) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const sheet = new OffscreenCanvas(w, h);
  const pen = sheet.getContext('2d');
  pen.fillStyle = '#eef0f3';
  pen.fillRect(0, 0, w, h);
  for (const [kind, x, y, bw, bh] of boxes) {
    if (kind === 'around') { pen.strokeStyle = '#d5d9df'; pen.strokeRect(x + .5, y + .5, bw, bh); }
    else if (kind === 'front' || kind === 'field') {
      pen.fillStyle = '#ffffff';
      pen.fillRect(x, y, bw, bh);
      pen.strokeStyle = '#98a1ad';
      pen.strokeRect(x + .5, y + .5, bw, bh);
    }
    else if (kind === 'text') { pen.fillStyle = '#c9ced6'; pen.fillRect(x, y, bw, bh); }
    else pen.drawImage(image, x, y, bw, bh, x, y, bw, bh);
  }
  const blob = await sheet.convertToBlob({type: 'image/png'});
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}"""


def boxes(view: View, scroll: tuple[float, float], cleared: Callable[[str], bool]) -> list[list[str | int]]:
    """What is drawn, in order; boxes in CSS pixels of the viewport."""
    own = {place for place, one in enumerate(view.elements) if _shows(one, cleared)}
    found: list[list[str | int]] = []
    for place, one in enumerate(view.elements):
        if one.tag == "option" or one.parent in own:
            continue
        kind = "own" if place in own else _kind(one)
        x, y, w, h = one.box
        found.append([kind, round(x - scroll[0]), round(y - scroll[1]), w, h])
    return found


def _shows(one: Seen, cleared: Callable[[str], bool]) -> bool:
    if not one.name or one.value or one.box[3] > _SMALL_H or "secret" in one.states or one.role in _FIELDS:
        return False
    return one.role in _OWN or one.tag in _OWN_TAGS or (one.role not in _AROUND and cleared(one.name))


def _kind(one: Seen) -> str:
    if one.role in ("dialog", "alertdialog"):
        return "front"
    if one.role in _FIELDS or "editable" in one.states:
        return "field"
    return "around" if one.role in _AROUND and not (one.name and one.tag in ("td", "li")) else "text"


def picture(page: Page, session: Any, view: View | None, cleared: Callable[[str], bool]) -> bytes:
    """PNG of the viewport, drawn in a tab of its own. b"" where there is nothing to draw."""
    if view is None:
        return b""
    size: list[float] = session.send(
        "Runtime.evaluate", {"expression": "[innerWidth, innerHeight, scrollX, scrollY]", "returnByValue": True}
    )["result"]["value"]
    shot = session.send("Page.captureScreenshot", {"format": "png", "clip": {
        "x": size[2], "y": size[3], "width": size[0], "height": size[1], "scale": 1}})["data"]  # fmt: skip
    drawn = boxes(view, (size[2], size[3]), cleared)
    sheet = page.context.new_page()
    try:
        told: str = sheet.evaluate(_DRAW, json.loads(json.dumps([shot, round(size[0]), round(size[1]), drawn])))
    finally:
        sheet.close()
    return base64.b64decode(told)
