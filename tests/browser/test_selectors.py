"""Ways to find an element again: each is the only match, in Chromium's own reckoning too."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.conftest import PAGES, Look
from tests.browser.looking import Eyes

PAGE = """
<nav id="top"><ul><li><a href="#">Home</a></li><li><a href="#">Orders</a></li></ul></nav>
<form id="react-f-12345"><input name="email"><input name="email2"><button data-testid="send">Send</button>
<button class="x">Cancel</button><button id=":r1:">Odd</button></form>
<div id="twice"><i>one</i></div><div id="twice"><i id="b7f9a0c3d2e1">two</i></div>
<p>Read the <b>small print</b> twice</p><p>small print here</p><svg><circle r="4"></circle></svg>
<x-card id="card"><template shadowrootmode="open"><div><button class="go">Go</button><button>Stop</button>
<x-deep><template shadowrootmode="open"><input name="deep"></template></x-deep></div></template></x-card>
"""
FIND = """
(selector) => {
  const kind = selector.split('/', 1)[0];
  if (kind === 'pierce') {
    let found = [document];
    for (const step of selector.slice(7).split(' >>> ')) {
      found = found.flatMap((root) => [...(root.shadowRoot ?? root).querySelectorAll(step)]);
    }
    return found;
  }
  if (kind === 'xpath') {
    const made = document.evaluate(selector.slice(6), document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
    return Array.from({ length: made.snapshotLength }, (_, i) => made.snapshotItem(i));
  }
  if (kind === 'text') {
    const all = [...it.getRootNode().querySelectorAll('*')].filter((el) => el.textContent.includes(selector.slice(5)));
    return all.filter((el) => !all.some((other) => other !== el && el.contains(other)));
  }
  if (kind === 'aria') return null; // asked of the accessibility tree below
  return [...document.querySelectorAll(selector)];
}
"""


def _found(eyes: Eyes, element: str) -> tuple[dict[str, Any], list[str]]:
    """The description of an element and all its selectors, each proven to match it alone."""
    eyes.ask(f"globalThis.it = {element}; globalThis.told = eyes.observer.describe(it); globalThis.find = {FIND}")
    told, more = eyes.ask("[told, eyes.observer.moreSelectors(it, told)]")
    wrong = eyes.ask(
        "[...told.selectors, ...eyes.observer.moreSelectors(it, told)]"
        ".filter(one => { const found = find(one); return found && !(found.length === 1 && found[0] === it) })"
    )
    assert wrong == [], element
    return told, more


@pytest.mark.parametrize(
    ("element", "wanted"),
    [
        (".querySelector('#top')", ["#top", "html > body > nav", "xpath//html/body/nav"]),
        (
            ".querySelectorAll('a')[1]",
            [
                'aria/Orders[role="link"]',
                "text/Orders",
                "#top > ul > li:nth-of-type(2) > a",
                'xpath///*[@id="top"]/ul/li[2]/a',
            ],
        ),
        (".querySelector('[name=email]')", ['input[name="email"]', "xpath//html/body/form/input[1]"]),
        (
            ".querySelector('[data-testid]')",
            [
                'aria/Send[role="button"]',
                "text/Send",
                '[data-testid="send"]',
                "html > body > form > button:nth-of-type(1)",
                "xpath//html/body/form/button[1]",
            ],
        ),
        (
            ".querySelectorAll('button')[2]",
            [
                'aria/Odd[role="button"]',
                "text/Odd",
                "html > body > form > button:nth-of-type(3)",
                "xpath//html/body/form/button[3]",
            ],
        ),
        (
            ".querySelectorAll('i')[1]",
            ["text/two", "html > body > div:nth-of-type(2) > i", "xpath//html/body/div[2]/i"],
        ),
        (".querySelector('b')", ["html > body > p:nth-of-type(1) > b", "xpath//html/body/p[1]/b"]),
        (
            ".querySelector('circle')",
            ["html > body > svg > circle", 'xpath//html/body/*[local-name()="svg"]/*[local-name()="circle"]'],
        ),
        (
            ".querySelector('x-card').shadowRoot.querySelector('button')",
            ['aria/Go[role="button"]', "text/Go", "pierce/#card >>> div > button:nth-of-type(1)"],
        ),
        (
            ".querySelector('x-card').shadowRoot.querySelector('x-deep').shadowRoot.querySelector('input')",
            ['pierce/#card >>> div > x-deep >>> input[name="deep"]'],
        ),
    ],
)
def test_an_element_is_found_by_every_selector_of_it_and_by_no_other(look: Look, element: str, wanted: list[str]):
    """Ids that were generated or stand twice are left out, and so is a text that stands twice."""
    told, more = _found(look(PAGE), f"document{element}")
    assert more == wanted
    assert told["selectors"]


def test_on_a_page_of_all_controls_each_selector_matches_once(look: Look):
    """Chromium's own accessibility tree agrees that a name and a role match once."""
    eyes = look(PAGES / "controls.html")
    count: int = eyes.ask("document.querySelectorAll('[data-is]').length")
    eyes.session.send("DOM.enable")
    root = eyes.session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    named = 0
    for index in range(count):
        _, more = _found(eyes, f"document.querySelectorAll('[data-is]')[{index}]")
        assert more
        aria = re.fullmatch(r'aria/(.*)\[role="(\w+)"\]', more[0])
        if aria is None or aria[2] not in ("button", "link", "checkbox", "radio", "tab"):
            continue
        named += 1
        query = {"nodeId": root, "accessibleName": aria[1], "role": aria[2]}
        assert len(eyes.session.send("Accessibility.queryAXTree", query)["nodes"]) == 1, more[0]
    assert named > 20


GENERATED = """
react-aria-12 :r1: ember1234 radix-:r5: a81bc81b-dead-4e5d-abff-90865d1e13b1 x_4f9a0b2c1d7e ui-id-12 mat-input-3
field-1699999999 css-1x2y3z4 gen_7
"""
MEANT = "save first-name step-2 row12 mainNav order_form h1 section-10"


def test_ids_that_a_program_made_are_told_from_those_of_an_author(look: Look):
    """Words, and words with a number, are an author's."""
    told = look("<p></p>").ask(f"{(GENERATED + MEANT).split()!r}.map(eyes.selectors.generated)")
    assert told == [True] * len(GENERATED.split()) + [False] * len(MEANT.split())


def test_selectors_are_bounded_on_a_hostile_page(look: Look):
    """Long ids, deep trees and a hundred thousand brothers neither take long nor make long selectors."""
    eyes = look("<div id=top></div>")
    eyes.ask(
        "{ let at = document.querySelector('#top'); const long = 'x'.repeat(1e6);"
        " for (let i = 0; i < 2000; i++) at = at.appendChild(document.createElement('div'));"
        " at.innerHTML = '<b></b>'.repeat(20000) + `<u name='${long}' data-testid='${long}' id='${long}'>w</u>`;"
        " eyes.dom.rect(at) }"
    )
    told, took = eyes.worked("globalThis.told = eyes.observer.describe(document.querySelector('u')); told.selectors")
    more = eyes.ask("eyes.observer.moreSelectors(document.querySelector('u'), told)")
    assert (told, more) == ([], ["text/w"])
    assert took < 60
