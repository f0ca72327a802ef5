"""Pages of our own with invented people in them, drawn by a real browser, with the boxes its DOM knows.

Four kinds of work: mail, a table of customers, a chat, settings. Every text node is a box of the role its element has
in accessibility; those that hold something private say so.
"""

from __future__ import annotations

import html
import os
import shutil
from collections.abc import Iterator
from importlib import import_module
from random import Random
from typing import Any, NamedTuple

from byhand.events.raw import RawBox

SIZE = 1100, 760
_FIRST = ("Wilhelmina", "Tadeusz", "Oluwaseun", "Margarethe", "Joaquin", "Svetlana", "Rajesh", "Bronagh")
_LAST = ("Achterberg", "Kowalczyk", "Adeyemi", "Lindqvist", "Echeverria", "Morozova", "Subramanian", "Gallagher")
_STYLE = """
body{margin:0;font:14px/1.45 "DejaVu Sans",sans-serif;color:#1b2330;background:#fff}
header{background:#2453a6;color:#fff;padding:12px 18px;font-weight:bold}
nav{position:absolute;left:0;top:45px;bottom:0;width:190px;background:#f1f3f7;border-right:1px solid #d5dae3}
nav a{display:block;padding:8px 18px;color:#27364d;text-decoration:none}
main{margin-left:191px;padding:18px 26px} h1{font-size:21px;margin:0 0 14px}
button{font:inherit;padding:6px 16px;margin:10px 8px 10px 0;background:#eef1f6;
border:1px solid #9aa7bd;border-radius:4px}
table{border-collapse:collapse;width:100%} td,th{border:1px solid #d5dae3;padding:7px 10px;text-align:left}
.card{border:1px solid #d5dae3;border-radius:8px;padding:12px 16px;margin:0 0 14px;max-width:620px}
input{font:inherit;width:300px;padding:6px 8px;border:1px solid #9aa7bd} label{display:block;margin:12px 0 4px}
small{color:#66758c;font-size:11px}
.dark{background:#12161d;color:#d9e0ea} .dark nav{background:#1a202a;border-color:#323b49}
.dark nav a{color:#c3cddb} .dark .card,.dark td,.dark th{border-color:#323b49}
"""
_BOXES = """() => {
  const roles = {BUTTON:'push button',A:'link',H1:'heading',LABEL:'label',
    TD:'table cell',TH:'column header',P:'paragraph'}
  const out = []
  const box = (el, name, role, r) =>
    out.push({x:r.x, y:r.y, w:r.width, h:r.height, name, role, private: !!el.closest('[data-p]')})
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const node = walk.currentNode, text = node.textContent.trim(), el = node.parentElement
    if (!text || el.closest('style,script')) continue
    const range = document.createRange(); range.selectNodeContents(node)
    for (const r of range.getClientRects()) box(el, text, 'static', r)
  }
  for (const el of document.querySelectorAll('button,a,h1,label,p,td,th'))
    box(el, el.textContent.trim(), roles[el.tagName], el.getBoundingClientRect())
  for (const el of document.querySelectorAll('input')) box(el, '', 'entry', el.getBoundingClientRect())
  for (const el of document.querySelectorAll('nav,main,.card,header')) box(el, '', 'panel', el.getBoundingClientRect())
  return out
}"""


class Drawn(NamedTuple):
    """A page as the screen shows it: a PNG, its size in pixels, the boxes of its DOM, and those that are private."""

    name: str
    scale: float
    png: bytes
    boxes: tuple[RawBox, ...]
    private: tuple[RawBox, ...]


def draw(seed: int = 1, scales: tuple[float, ...] = (1.0, 1.5, 2.0)) -> Iterator[Drawn]:
    """Every page at every scale.

    Raises:
        ImportError: Playwright is not installed.
        Exception: there is no browser.
    """
    play: Any = import_module("playwright.sync_api")
    with play.sync_playwright() as engine:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = engine.chromium.launch(executable_path=path, args=[*root, "--hide-scrollbars"])
        try:
            for scale in scales:
                view = {"width": SIZE[0], "height": SIZE[1]}
                page = browser.new_context(viewport=view, device_scale_factor=scale).new_page()
                for name, body in written(Random(seed)):  # noqa: S311  # dice, not keys
                    page.set_content(f"<!doctype html><style>{_STYLE}</style>{body}")
                    found = page.evaluate(_BOXES)
                    boxes = tuple(_box(one, scale) for one in found)
                    private = tuple(
                        box
                        for one, box in zip(found, boxes, strict=True)
                        if one["private"] and box.role in ("static", "entry")
                    )
                    yield Drawn(name, scale, page.screenshot(), boxes, private)
        finally:
            browser.close()


def _box(one: dict[str, Any], scale: float) -> RawBox:
    x, y = round(one["x"] * scale), round(one["y"] * scale)
    w, h = round((one["x"] + one["w"]) * scale) - x, round((one["y"] + one["h"]) * scale) - y
    return RawBox(0, 0, one["role"], one["name"], x, y, w, h)


def written(dice: Random) -> Iterator[tuple[str, str]]:
    """Names and bodies of the pages. What is private lies in elements with `data-p`."""

    def name() -> str:
        return f"{dice.choice(_FIRST)} {dice.choice(_LAST)}"

    def mail(of: str) -> str:
        return of.casefold().replace(" ", ".") + "@example.com"

    def mine(text: str, tag: str = "span") -> str:
        return f"<{tag} data-p>{html.escape(text)}</{tag}>"

    links = "".join(f"<a href=#>{word}</a>" for word in ("Inbox", "Drafts", "Sent", "Archive"))
    bar = f"<header>Mail</header><nav>{links}</nav>"
    people = [name() for _ in range(8)]
    yield (
        "mail",
        f"{bar}<main><h1>Inbox</h1><button>Reply</button><button>Forward</button>"
        + "".join(
            f"<div class=card>{mine(one)} <small data-p>{mail(one)}</small>"
            f"{mine(f'Could you call {name()} back on +49 30 {dice.randrange(10**6, 10**7)}?', 'p')}</div>"
            for one in people[:4]
        )
        + "</main>",
    )
    rows = "".join(
        f"<tr><td>{mine(one)}</td><td>{mine(mail(one))}</td><td>{mine(str(dice.randrange(10**7, 10**8)))}</td>"
        "<td><button>Open</button></td></tr>"
        for one in people
    )
    heads = "".join(f"<th>{word}</th>" for word in ("Name", "Email", "Account", "Action"))
    yield (
        "customers",
        f"{bar}<main><h1>Customers</h1><table><tr>{heads}</tr>{rows}</table><button>Export</button></main>",
    )
    yield (
        "chat",
        f"<div class=dark style='min-height:{SIZE[1]}px'>{bar}<main>"
        + "".join(
            f"<div class=card>{mine(one)} <small>Today</small>{mine(f'my key is {_key(dice)}', 'p')}</div>"
            for one in people[4:]
        )
        + "<button>Send</button></main></div>",
    )
    fields = "".join(
        f"<label>{label}</label><input data-p value='{html.escape(value)}'>"
        for label, value in (
            ("Name", people[0]), ("Email", mail(people[0])),
            ("Address", f"{dice.randrange(200)} Kestrel Row, Oswestry"),
            ("Account number", f"DE{dice.randrange(10**19, 10**20)}"),
        )
    )  # fmt: skip
    small = f"<p style='font-size:6px' data-p>{people[1]} {mail(people[1])}</p>"
    yield "settings", f"{bar}<main><h1>Settings</h1>{fields}{small}<button>Save</button><button>Cancel</button></main>"


def _key(dice: Random) -> str:
    return "".join(dice.choice("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(24))
