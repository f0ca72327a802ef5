"""The list of a page that BrowserGym marked is the list of the page without marks."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, Page

from byhand.cli import extension
from byhand.evals.browsergym.looking import Looking
from byhand.evals.office.catalog import APPS
from byhand.evals.office.serve import served
from byhand.evals.office.site import Site

MARKED = """() => {
  let number = 0;
  const roots = [document];
  for (const root of roots) for (const el of root.querySelectorAll("*")) {
    if (el.shadowRoot) roots.push(el.shadowRoot);
    el.setAttribute("browsergym_visibility_ratio", 1);
    el.setAttribute("bid", number++);
    el.setAttribute("browsergym_set_of_marks", 0);
  }
}"""
COUNTED = "document.querySelectorAll('[bid]').length"
HTML = """<p>Pay <b>at once</b> or <i>never</i></p><label>Name <input value=Ada></label>
<input type=password aria-label=Code>
<label><input type=checkbox checked> Urgent</label><div id=host></div><button>Save</button>
<script>host.attachShadow({mode: "open"}).innerHTML = "<p>In <em>the</em> shade</p><button>Go</button>"</script>"""


@pytest.fixture
def looking() -> Looking:
    return Looking(extension.folder(), Error)


def show(tab: Page, html: str) -> None:
    tab.route("http://made.example/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    tab.goto("http://made.example/")


def test_marks_change_nothing_of_a_list_and_stay(tab: Page, looking: Looking):
    """`<b bid="7">` is a mark of style as before; in shadow trees too."""
    show(tab, HTML)
    plain = Looking(extension.folder(), Error).look(tab).seen
    tab.evaluate("document.querySelectorAll('[bid]').forEach((one) => one.removeAttribute('bid'))")
    tab.evaluate(MARKED)
    before = tab.evaluate(COUNTED)
    marked = looking.look(tab)
    assert marked.seen is not None
    assert plain is not None
    assert (marked.seen.roles, marked.seen.names, marked.seen.places) == (plain.roles, plain.names, plain.places)
    assert "Pay at once or never" in plain.names
    assert "In the shade" in plain.names
    assert tab.evaluate(COUNTED) == before


def test_what_is_listed_is_called_as_browsergym_calls_it(tab: Page, looking: Looking):
    show(tab, HTML)
    tab.evaluate(MARKED)
    page = looking.look(tab)
    assert page.seen is not None
    node = page.seen.nodes[page.seen.names.index("Save")]
    assert page.things[node].bid == tab.get_by_role("button", name="Save").get_attribute("bid")
    box = page.seen.nodes[page.seen.roles.index("checkbox")]
    assert (page.things[box].kind, page.things[box].state) == ("checkbox", "on")


def test_where_there_are_no_marks_what_is_listed_gets_some(tab: Page, looking: Looking):
    """They lead to the very element, stay the same, and are not listed either."""
    show(tab, HTML)
    first, second = looking.look(tab), looking.look(tab)
    assert first.seen is not None
    assert second.seen is not None
    assert (first.things, first.seen.names) == (second.things, second.seen.names)
    node = first.seen.nodes[first.seen.names.index("Go")]  # in a shadow tree
    assert tab.locator(f'[bid="{first.things[node].bid}"]').inner_text() == "Go"


def test_what_has_the_keyboard_is_told(tab: Page, looking: Looking):
    """The body where nothing has."""
    show(tab, HTML)
    assert tab.locator(f'[bid="{looking.look(tab).keyboard}"]').evaluate("one => one.tagName") == "BODY"
    tab.get_by_label("Name").focus()
    assert tab.locator(f'[bid="{looking.look(tab).keyboard}"]').evaluate("one => one.tagName") == "INPUT"


def test_a_secret_field_is_known_as_one_and_nothing_of_a_value_is_told(tab: Page, looking: Looking):
    show(tab, HTML)
    page = looking.look(tab)
    assert page.seen is not None
    assert sum(one.secret for one in page.things.values()) == 1
    assert "Ada" not in str(page.seen.names) + str(page.seen.holds)


def test_a_page_of_the_office_is_seen_after_it_went_elsewhere(tab: Page, looking: Looking):
    """Numbers of the page before lead nowhere; each page is looked at anew."""
    with served(Site(APPS["tickets"])) as office:
        tab.goto(office.entry)
        first = looking.look(tab)
        tab.goto(f"{office.url}people")
        second = looking.look(tab)
    assert first.seen is not None
    assert second.seen is not None
    assert "Bugs" in first.seen.names
    assert second.seen.page == "/people"
    assert second.seen.names != first.seen.names
