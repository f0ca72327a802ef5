"""A chore in two frames that hold the same form: recorded by the whole real way, compiled, and run by the command."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import FrameLocator, Page, Playwright

from byhand.workflows import file
from byhand.workflows.program import Workflow
from tests.browser.saving import Saving, saving
from tests.browser.typed import Typed

FORM = """<title>{what}</title><h2>{what}</h2><form onsubmit="return false">
<label>Street <input id="street"></label> <label>Town <input id="town"></label>
<button onclick="save({{what: '{what}', street: street.value, town: town.value}})">Save</button></form>"""
TOP = """<title>Customer</title><h1>Customer</h1>
<iframe src="home.html" width="700" height="180"></iframe>
<iframe src="{other}/work.html" width="700" height="180"></iframe>"""
POLICY = """\
version = 1
streams = ["actions", "text"]
words = ["street", "town", "save", "home", "work", "customer", "stored"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{here}"

[[sites]]
origin = "{other}"
"""
SHOWN = (("home", "long alley", "north"), ("work", "short lane", "south"))
TABLE = "street,town,street_2,town_2\nwest road,Ulm,east road,Bonn\n"
ROW = [
    {"what": "Home", "street": "west road", "town": "Ulm"}, {"what": "Work", "street": "east road", "town": "Bonn"},
]  # fmt: skip


class Way(NamedTuple):
    """here: of the page and its own frame; there: another site, whose frame has a process of its own."""

    at: Typed
    here: Saving
    there: Saving
    program: Workflow

    def run(self, table: str = TABLE) -> list[Any]:
        (self.at.folder / "rows.csv").write_text(table)
        words = ("workflow", "run", "addresses", "--table", "rows.csv", "--unattended", "--json")
        return [json.loads(line) for line in self.at.run(*words).stdout.splitlines()]


@pytest.fixture(scope="module")
def way(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    at = Typed(tmp_path_factory.mktemp("b"))
    form = {name: FORM.format(what=name.title()) for name in ("home", "work")}
    with contextlib.ExitStack() as stack:
        there = stack.enter_context(saving({"work.html": form["work"]}, "localhost"))
        pages = {"home.html": form["home"], "top.html": TOP.format(other=there.origin)}
        here = stack.enter_context(saving(pages))
        at.agree(POLICY.format(here=here.origin, other=there.origin))

        def does(page: Page) -> None:
            page.goto(f"{here.origin}/top.html")
            for name, street, town in SHOWN:
                _fill(page, page.frame_locator(f"[src*={name}]"), street, town)

        recording = at.record(play, "enter addresses", does)
        at.byhand("workflow", "make", recording, "--as", "addresses")
        program = file.read((at.folder / "home" / "workflows" / "addresses.yaml").read_text())
        for one in ("Save", "Save (work)"):
            at.byhand("workflow", "allow", "addresses", "--act", f'press "{one}"', "--site", here.origin, "--yes")
        here.taken()
        there.taken()
        yield Way(at, here, there, program)


def _fill(page: Page, frame: FrameLocator, street: str, town: str) -> None:
    for label, text in (("Street", street), ("Town", town)):
        frame.get_by_label(label).click()
        page.keyboard.type(text, delay=15)
    frame.get_by_role("button", name="Save").click()
    frame.get_by_text("Stored").wait_for()


def test_what_lies_in_a_frame_is_known_by_its_frame(way: Way):
    """Two fields of one name are two, and the program begins at the page around."""
    assert [(one.called, one.frame, one.page) for one in way.program.targets if one.role == "textbox"] == [
        ("Street", ("iframe >> nth=0",), "/home.html"), ("Town", ("iframe >> nth=0",), "/home.html"),
        ("Street (work)", ("iframe >> nth=1",), "/work.html"), ("Town (work)", ("iframe >> nth=1",), "/work.html"),
    ]  # fmt: skip
    assert way.program.start == f"{way.here.origin}/top.html"
    assert way.program.sites == (way.here.origin, way.there.origin)


def test_each_form_is_filled_in_its_own_frame(way: Way):
    """One of the page's own site, and one of another site."""
    (line,) = way.run()
    assert line["state"] == "unchecked"
    assert [*way.here.taken(), *way.there.taken()] == ROW


def test_a_frame_that_has_moved_is_known_by_the_page_it_shows(way: Way):
    """An advertisement came in before both of them, with a form of its own."""
    before = way.here.pages["top.html"]
    way.here.pages["ad.html"] = FORM.format(what="Ad")
    way.here.pages["top.html"] = before.replace("<iframe", '<iframe src="ad.html"></iframe><iframe', 1)
    (line,) = way.run(TABLE.replace("west", "wide"))
    way.here.pages["top.html"] = before
    assert line["state"] == "unchecked"
    assert [one["what"] for one in (*way.here.taken(), *way.there.taken())] == ["Home", "Work"]
