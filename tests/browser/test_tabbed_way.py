"""A chore in several tabs: one that closes itself, a popup, and a second one of the same page; recorded by the whole
real way, compiled, and run by the command.
"""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.saving import saving
from tests.browser.typed import Typed

ORDERS = """<title>Orders</title><h1>Orders</h1>
<a href="note.html" target="_blank">Write note</a> <a href="orders.html?more" target="_blank">A second one</a>
<button onclick="window.open('customers.html', 'pick', 'popup,width=500,height=400')">Choose customer</button>
<form onsubmit="return false"><label>Remark <input id="remark"></label>
<label>Customer <input id="customer" readonly></label>
<button onclick="save({remark: remark.value, customer: customer.value})">Save order</button></form>
<script>addEventListener("message", (told) => { customer.value = told.data; });</script>"""
NOTE = """<title>Note</title><h1>Note</h1><form onsubmit="return false"><label>Words <input id="words"></label>
<button onclick="save({note: words.value}).then(later)">Keep note</button></form>"""
CUSTOMERS = """<title>Customers</title><h1>Customers</h1><label>Company <input id="company"></label>
<button onclick="opener.postMessage(company.value, '*'); later()">Take</button>"""
CLOSES = "<script>const later = () => setTimeout(() => window.close(), 400)</script>"
"""A press in a tab that is gone at once is told of by nobody: not even a browser's extension hears of it."""
PAGES = {"orders.html": ORDERS, "note.html": CLOSES + NOTE, "customers.html": CLOSES + CUSTOMERS}
POLICY = """\
version = 1
streams = ["actions", "text"]
words = ["orders", "write note", "a second one", "choose customer", "remark", "customer", "save order", "note",
         "words", "keep note", "customers", "company", "take", "stored"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{here}"
"""
STEPS = """\
press "Write note"
fill "Words" with {words}
press "Keep note"
turn to tab 1
fill "Remark" with {remark}
press "Choose customer"
fill "Company" with {company}
press "Take"
turn to tab 1
press "A second one"
fill "Remark" with {remark_2}
turn to tab 1
press "Save order"
turn to tab 4
press "Save order\""""
_PRESSED_MS, _KEY_MS, _LOOK_MS = 90, 15, 700


def press(page: Page, name: str) -> None:
    """As long as a finger stays down."""
    page.wait_for_timeout(_LOOK_MS)
    page.get_by_text(name, exact=True).click(delay=_PRESSED_MS)


def opens(page: Page, name: str) -> Page:
    with page.context.expect_page() as opened:
        press(page, name)
    opened.value.wait_for_load_state()
    return opened.value


def fill(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).click()
    page.keyboard.type(text, delay=_KEY_MS)
    page.keyboard.press("Tab")


def closes(page: Page, name: str) -> None:
    with page.expect_event("close"):
        press(page, name)


def work(page: Page, origin: str) -> None:
    page.goto(f"{origin}/orders.html")
    note = opens(page, "Write note")
    fill(note, "Words", "long words")
    closes(note, "Keep note")
    fill(page, "Remark", "by phone")
    customers = opens(page, "Choose customer")
    fill(customers, "Company", "steel works")
    closes(customers, "Take")
    page.wait_for_function("customer.value")
    more = opens(page, "A second one")
    fill(more, "Remark", "by letter")
    page.bring_to_front()
    press(page, "Save order")
    page.get_by_text("Stored").wait_for()
    more.bring_to_front()
    press(more, "Save order")
    more.get_by_text("Stored").wait_for()
    more.close()


def test_each_step_is_done_in_its_own_tab(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What was begun in one tab is there when it is turned back to, also where another shows the same page."""
    at = Typed(tmp_path_factory.mktemp("b"))
    with saving(PAGES) as site:
        at.agree(POLICY.format(here=site.origin))
        recording = at.record(play, "two orders", lambda page: work(page, site.origin))
        shown = site.taken()
        (made,) = at.told("workflow", "make", recording, "--as", "orders")
        said = [line.partition("(asks first")[0].strip() for line in made["steps"]]
        assert "\n".join(said) == STEPS
        for act in ("Keep note", "Save order"):
            at.byhand("workflow", "allow", "orders", "--act", f'press "{act}"', "--site", site.origin, "--yes")
        heads = ("words", "remark", "company", "remark_2")
        (at.folder / "rows.csv").write_text(f"{','.join(heads)}\nfirst,second,third,fourth\n")
        ran = at.run("workflow", "run", "orders", "--table", "rows.csv", "--unattended", "--json")
        (line,) = map(json.loads, ran.stdout.splitlines())
        assert (line["state"], line["steps"]) == ("unchecked", 15), line["reason"]
        assert [sorted(one) for one in site.saved] == [sorted(one) for one in shown]
        assert site.taken() == [
            {"note": "first"}, {"remark": "second", "customer": "third"}, {"remark": "fourth", "customer": ""},
        ]  # fmt: skip
