"""Labels of controls: what a browser says with `labels`, without looking through the page for each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.browser.looking import Eyes

Look = Callable[[str | Path], Eyes]

PAGE = """
<label for="a">One</label><input id="a"><label for="a">Two</label>
<label>Around <input id="b"></label><label for="b">Again</label>
<label for="c">Outer <label>Inner <select id="c"></select></label></label>
<label>First <button id="d">x</button><input id="e"></label>
<label for="f">Not that one</label><p id="f">p</p><input id="f">
<label for="">None</label><label for="g" id="moved">Later</label><textarea id="g"></textarea>
<label for="h">Hidden</label><input type="hidden" id="h">
<div id="host"><template shadowrootmode="open">
<label for="a">Inside</label><input id="a"><label><meter></meter></label></template></div>
"""
SAME = """(root) => [...root.querySelectorAll("*")].filter(el => {
  const [ours, theirs] = [eyes.dom.labels(el), [...(el.labels ?? [])]]
  return ours.length !== theirs.length || ours.some((one, n) => one !== theirs[n])
}).map(el => el.outerHTML)"""


def test_labels_are_those_that_the_browser_tells(look: Look):
    """By `for`, around a control, both, two for one, nested, hidden, in shadow trees."""
    eyes = look(PAGE)
    assert eyes.ask(f"({SAME})(document)") == []
    assert eyes.ask(f"({SAME})(document.querySelector('#host').shadowRoot)") == []


def test_a_label_that_changes_is_seen_by_whatever_runs_next(look: Look):
    """What is remembered ends with the script that runs, before a page can change anything."""
    eyes = look(PAGE)
    of_all = "[...document.querySelectorAll('input, select, textarea')].map(el => eyes.dom.labels(el).length)"
    before: list[int] = eyes.ask(of_all)
    eyes.ask("document.querySelector('#moved').htmlFor = 'e'")
    after: list[int] = eyes.ask(of_all)
    assert [now - was for was, now in zip(before, after, strict=True)] == [0, 0, 0, 1, 0, -1, 0]
