"""Demonstrations made by hand, for all formats: an order form filled in on a page, and acts of every kind."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from typing import Any

import msgspec

from byhand.datasets.formats.port import Demonstration, Picture
from byhand.episodes.types import Action, Episode, Observation, Step, Target
from byhand.events.kinds import Snapshot

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Order</title>
<style>body{margin:0;font:16px sans-serif} *{box-sizing:border-box}
#form>*{position:absolute;left:20px;width:200px;height:30px}</style>
<div id="form">
<input id="customer" aria-label="Customer" style="top:20px">
<select id="country" aria-label="Country" style="top:70px"><option value="">Choose</option>
<option value="de">Germany</option><option value="fr">France</option></select>
<input id="gift" type="checkbox" aria-label="Gift" style="top:120px;width:30px">
<button id="more" style="top:170px">More</button>
<button id="save" style="top:220px">Save</button>
</div><p id="said" style="position:absolute;top:270px"></p>
<script>
let more = 0, keys = [];
document.getElementById("more").addEventListener("dblclick", () => { more++; });
document.addEventListener("keydown", (event) => keys.push((event.ctrlKey ? "Control+" : "") + event.key));
document.getElementById("save").addEventListener("click", () => {
  const of = (id) => document.getElementById(id);
  const struck = keys.filter((key) => key.length > 1).join(" ");
  of("said").textContent = [of("customer").value, of("country").value, of("gift").checked, more, struck].join("|");
  if (parent !== window) parent.postMessage(of("said").textContent, "*");
});
</script>"""
FRAMED = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title>
<p id="said"></p><iframe title="A word" srcdoc="<p>Order here</p>"></iframe>
<div style="height:900px"></div><iframe title="Order" src="ORDER" width="600" height="400"></iframe>
<script>
// Attached last and standing first: a place among frames is that of their coming.
const note = document.createElement("iframe");
note.srcdoc = "<button id='save'>Save</button>";
document.body.prepend(note);
addEventListener("message", (event) => { document.getElementById("said").textContent = event.data; });
</script>"""
"""The form in the second frame of a page, of another origin; below what can be seen at first."""
SAID = 'Jane O\'Neil "x"|fr|true|1|'
SCREEN = (1280, 800)
CORNER = (0, 80)
"""Where the page's viewport begins on the desktop, in device pixels."""


@cache
def png(w: int = SCREEN[0], h: int = SCREEN[1], shade: int = 200) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress((b"\0" + bytes([shade]) * w) * h)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def on(tag: str, aria: str, name: str, top: int, wide: int = 200, node: int = 0) -> Target:
    area = (20, top, wide, 30)
    ident = name.lower()
    return Target(
        role=aria,
        name=name,
        aria=aria,
        tag=tag,
        box=(area[0] + CORNER[0], area[1] + CORNER[1], wide, 30),
        area=area,
        selectors=(f'aria/{name}[role="{aria}"]', f"#{ident}", f'xpath///*[@id="{ident}"]'),
        source="browser",
        node=node,
    )


CUSTOMER = on("input", "textbox", "Customer", 20, node=3)
COUNTRY = on("select", "combobox", "Country", 70, node=4)
GIFT = on("input", "checkbox", "Gift", 120, 30, node=5)
MORE = on("button", "button", "More", 170, node=6)
SAVE = on("button", "button", "Save", 220, node=7)
ALL = (CUSTOMER, COUNTRY, GIFT, MORE, SAVE)


def act(op: Any, target: Target | None = None, **told: Any) -> Action:
    if target is not None and "x" not in told:
        told |= {"x": target.box[0] + target.box[2] // 2, "y": target.box[1] + target.box[3] // 2}
    return Action(op, 0, 0, 0, 0, target=target, why="test", app="chromium", **told)


def snapshot(seq: int) -> Snapshot:
    return Snapshot(
        seq, seq * 1_000_000, "actions.snapshot", "press", 1, 1, "http://127.0.0.1", "/", 1, *CORNER, 1280, 720, 1.0,
        nodes=tuple(one.node for one in ALL), parents=(-1,) * len(ALL), roles=tuple(one.aria for one in ALL),
        tags=tuple(one.tag for one in ALL), names=tuple(one.name for one in ALL), states=("",) * len(ALL),
        holds=("empty", "3 options", "unchecked", "", ""), places=tuple(n for one in ALL for n in one.area), more=0,
    )  # fmt: skip


def demonstration(
    actions: tuple[Action, ...], *, pictures: bool = True, origin: str = "http://127.0.0.1", **episode: Any
) -> Demonstration:
    """Each action seen beforehand, as a picture or as a list; a second apart."""
    steps: list[Step] = []
    sights: dict[int, Any] = {}
    for number, action in enumerate(actions):
        seq, moment = 3 * number, 1_000_000_000 * (number + 1)
        sights[seq] = Picture("image/png", png(shade=number % 256), *SCREEN) if pictures else snapshot(seq)
        seen = Observation("frame" if pictures else "snapshot", seq, moment - 1000)
        placed = action.target is not None or action.op == "navigate"
        done = msgspec.structs.replace(
            action, first=seq + 1, last=seq + 1, start_ns=moment, end_ns=moment + 100_000_000,
            origin=origin if placed else "", page=(action.page or "/") if placed else "",
        )  # fmt: skip
        steps.append(Step(done, before=(seen,)))
    last = 3 * len(actions)
    sights[last] = Picture("image/png", png(shade=250), *SCREEN) if pictures else snapshot(last)
    if steps:
        steps[-1] = msgspec.structs.replace(
            steps[-1], after=(Observation("frame" if pictures else "snapshot", last, 1_000_000_000 * (len(steps) + 1)),)
        )
    told: dict[str, Any] = {
        "id": "e1", "recording": "r1", "instruction": "Order for Jane", "by": "person", "outcome": "done",
        "steps": tuple(steps), "first": 0, "last": last, "start_ns": 0, "end_ns": 1_000_000_000 * (len(steps) + 2),
    }  # fmt: skip
    return Demonstration(Episode(**(told | episode)), sights, screen=SCREEN, utc_ns=1_700_000_000_000_000_000)


def framed(actions: tuple[Action, ...], top: str, *way: int) -> tuple[Action, ...]:
    """The same, done in a frame of the page at that address."""
    return tuple(
        msgspec.structs.replace(one, target=msgspec.structs.replace(one.target, frames=way), frame=3, top=top)
        if one.target is not None else one
        for one in actions
    )  # fmt: skip


ORDER = (
    act("click", CUSTOMER),
    act("type", CUSTOMER, text='Jane O\'Neil "x"'),
    act("select", COUNTRY, text="France"),
    act("check", GIFT),
    act("double_click", MORE),
    act("key", keys=("Tab",), times=2),
    act("hotkey", keys=("Control", "End")),
    act("click", SAVE),
)
EVERY = (
    *ORDER,
    act("right_click", MORE), act("middle_click", MORE), act("triple_click", MORE), act("hover", SAVE),
    act("click", SAVE, keys=("Control",)), act("drag", MORE, to=SAVE, to_x=120, to_y=315),
    act("scroll", dx=0, dy=3, x=100, y=100), act("scroll", dx=-2, dy=0, x=100, y=100), act("uncheck", GIFT),
    act("type", CUSTOMER, masked=True), act("upload", MORE), act("tab"), act("window"), act("wait"),
    act("navigate", page="/orders/{id}"),
)  # fmt: skip
