"""Pages that are made to break, to slow or to deceive what looks at them."""

from __future__ import annotations

import msgspec
import pytest
from playwright.sync_api import Browser

from byhand.events.browser import ElementTold
from tests.browser.conftest import Look
from tests.browser.looking import HANDED

CLOBBERING = "".join(
    f"<input name={name}>"
    for name in [
        "id",
        "children",
        "childNodes",
        "parentNode",
        "parentElement",
        "tagName",
        "localName",
        "getAttribute",
        "hasAttribute",
        "attributes",
        "nodeType",
        "textContent",
        "getBoundingClientRect",
        "firstChild",
        "nextSibling",
        "ownerDocument",
        "getRootNode",
        "matches",
        "closest",
        "shadowRoot",
        "assignedSlot",
        "querySelectorAll",
        "isConnected",
        "labels",
        "style",
        "checkVisibility",
        "firstElementChild",
    ]
)


def test_a_form_whose_fields_are_called_like_its_own_parts_is_seen_as_any_other(look: Look):
    """Forms and documents answer by the names of what is in them, in every world."""
    eyes = look(
        f"<form aria-label=Order>{CLOBBERING}<button>Send</button></form>"
        "<img name=querySelectorAll><img name=getElementById><img name=activeElement><img name=documentElement>"
        "<form name=body></form>"
    )
    told = eyes.ask("eyes.observer.describe(Document.prototype.querySelectorAll.call(document, 'form')[0])")
    assert (told["role"], told["name"], told["tag"], told["secret"]) == ("form", "Order", "form", False)
    nodes = eyes.list()
    assert nodes[0]["name"] == "Order"
    assert sum(node["role"] == "textbox" for node in nodes) == CLOBBERING.count("<input")
    assert nodes[-1]["name"] == "Send" or any(node["name"] == "Send" for node in nodes)


def test_a_page_that_breaks_its_prototypes_breaks_nothing_of_ours(chromium: Browser):
    """In the page's own world too, where agents may stand: what can't be judged counts as secret."""
    page = chromium.new_page()
    page.add_init_script(HANDED)
    page.goto("data:text/html,<form><input value=x><button>Send</button></form>")
    page.evaluate(
        "() => { const no = () => { throw new Error('no') };"
        " for (const of of [Element, Node, Document, HTMLElement, Array, String, Map, Set, Object])"
        " for (const name of Object.getOwnPropertyNames(of.prototype)) if (!/constructor|__/.test(name)) {"
        "  const is = Object.getOwnPropertyDescriptor(of.prototype, name);"
        "  if (is.configurable && of !== Array && of !== String && of !== Map && of !== Set && of !== Object)"
        "   Object.defineProperty(of.prototype, name, { get: no, set: no, configurable: true });"
        " } Object.prototype.role = 'polluted'; Object.prototype.secret = false; Function.prototype.call = no }"
    )
    told, nodes = page.evaluate(
        "() => { const eyes = globalThis.eyes; const el = eyes.dom.all(document, 'button')[0];"
        " return [eyes.observer.describe(el), eyes.observer.listNow({}).nodes] }"
    )
    assert (told["tag"], told["role"]) == ("button", "button")
    assert any(node["role"] == "textbox" for node in nodes)
    page.close()


NESTED = "let at = document.body; for (let i = 0; i < DEPTH; i++) at = at.appendChild(document.createElement('div'));"
NAMED = ["aria-label", "title", "role", "id", "class", "aria-labelledby", "data-testid", "style", "name"]
HOSTILE = {
    "elements": "document.body.innerHTML = '<div><span>x</span></div>'.repeat(25_000)",
    # Chromium itself can't draw 3,000.
    "depth": NESTED.replace("DEPTH", "2_000") + "at.innerHTML = '<button>Deep</button>'",
    "hidden depth": "document.body.hidden = true;"
    + NESTED.replace("DEPTH", "5_000")
    + "at.innerHTML = '<button>Deep</button>'",
    "attributes": "document.body.innerHTML = '<button>Go</button>'; const long = 'x'.repeat(2e6);"
    f" for (const name of {NAMED}) document.body.firstChild.setAttribute(name, long)",
    "tag": "document.body.append(document.createElement('x-' + 'a'.repeat(1e6)))",
}


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_page_is_too_much(look: Look, made: str):
    """50,000 elements, thousands of levels, megabytes of attributes: a description and a list come, in bounded time."""
    eyes = look("<body></body>")
    eyes.ask(f"{{ {made}; eyes.dom.rect(document.body) }}")
    (told, count), took = eyes.worked(
        "(() => { const all = document.body.querySelectorAll('*');"
        " const told = eyes.observer.describe(all[all.length - 1]); const list = eyes.observer.listNow({});"
        " return [told, list.nodes.length] })()"
    )
    msgspec.convert({**told, "screen": [0, 0, 0, 0]}, ElementTold)
    assert count <= 1500
    # Deep trees cost Chromium more for every box that is asked of it.
    assert took < 700


def test_what_goes_away_while_it_is_listed_is_left_out(look: Look):
    """A list is made in slices; the page may change between them."""
    eyes = look("<div>" + "<p>word <button>Go</button></p>" * 3_000 + "</div>")
    told = eyes.ask(
        "(() => { const made = eyes.observer.list({}); const timer = setInterval(() => {"
        " for (const one of [...document.querySelectorAll('p')].slice(0, 50)) one.remove() }, 1);"
        " return made.finally(() => clearInterval(timer)) })()"
    )
    assert all(-1 <= node["parent"] < place for place, node in enumerate(told["nodes"]))
