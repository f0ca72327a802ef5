"""What Playwright's codegen writes is read as what was done: in every language it has, and nothing is bent or run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.datasets.formats.playwright import PLAYWRIGHT
from byhand.datasets.formats.port import Demonstration
from byhand.episodes.types import Action
from byhand.errors import Problem

PLAIN = """\
import re
from playwright.sync_api import Playwright, sync_playwright, expect


def run(playwright: Playwright) -> None:
    browser = playwright.chromium.launch(headless=False)
    context = browser.new_context()
    page = context.new_page()
    page.goto("http://books.example/invoices?tab=all")
    page.get_by_role("link", name="New invoice").click()
    page.get_by_role("textbox", name="Number").fill("O'Hara \\"7\\"")
    page.get_by_role("textbox", name="Number").press("Tab")
    page.get_by_label("City").fill("Bremen")
    page.get_by_role("combobox", name="Country").select_option("DE")
    page.get_by_role("checkbox", name="Urgent").check()
    page.locator("#note").click(button="right")
    page.get_by_text("Close", exact=True).dblclick()
    page.get_by_role("button", name="Save").press("ControlOrMeta+Enter")

    # ---------------------
    context.close()
    browser.close()
"""
SCRIPT = """\
import { test, expect } from '@playwright/test';

test('test', async ({ page }) => {
  await page.goto('http://books.example/invoices?tab=all');
  await page.getByRole('link', { name: 'New invoice' }).click();
  await page.getByRole('textbox', { name: 'Number' }).fill('O\\'Hara "7"');
  await page.getByRole('textbox', { name: 'Number' }).press('Tab');
  await page.getByLabel('City').fill('Bremen');
  await page.getByRole('combobox', { name: 'Country' }).selectOption('DE');
  await page.getByRole('checkbox', { name: 'Urgent' }).check();
  await page.locator('#note').click({
    button: 'right'
  });
  await page.getByText('Close', { exact: true }).dblclick();
  await page.getByRole('button', { name: 'Save' }).press('ControlOrMeta+Enter');
});
"""
DONE = [
    ("navigate", "", "", ""), ("click", "link", "New invoice", ""), ("type", "textbox", "Number", "O'Hara \"7\""),
    ("key", "textbox", "Number", "Tab"), ("type", "textbox", "City", "Bremen"), ("select", "combobox", "Country", ""),
    ("check", "checkbox", "Urgent", ""), ("right_click", "", "", ""), ("double_click", "", "Close", ""),
    ("hotkey", "button", "Save", "Control+Enter"),
]  # fmt: skip


def read(place: Path, text: str) -> tuple[list[Action], list[str]]:
    place.write_text(text, "utf-8")
    assert PLAYWRIGHT.read is not None
    found = list(PLAYWRIGHT.read(place))
    acts = [step.action for one in found if isinstance(one, Demonstration) for step in one.episode.steps]
    return acts, [one.message for one in found if isinstance(one, Problem)]


def told(acts: list[Action]) -> list[tuple[str, str, str, str]]:
    return [
        (one.op, one.target.role if one.target else "", one.target.name if one.target else "",
         one.text or "+".join(one.keys))
        for one in acts
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), [("a.py", PLAIN), ("a.spec.ts", SCRIPT), ("a.js", SCRIPT)])
def test_each_language_of_codegen_says_the_same(tmp_path: Path, name: str, text: str):
    """What was done to what, by the words of the page; a query and an option's inner value are not taken over."""
    acts, problems = read(tmp_path / name, text)
    assert told(acts) == DONE
    assert problems == []
    assert (acts[0].origin, acts[0].page) == ("http://books.example", "/invoices")
    assert acts[5].masked
    assert acts[7].target is not None
    assert acts[7].target.selectors == ("#note",)


def test_async_and_pytest_are_python_too(tmp_path: Path):
    """The same lines with another head."""
    lines = "\n".join(line.replace("    page.", "    await page.") for line in PLAIN.splitlines())
    assert told(read(tmp_path / "a.py", lines)[0]) == DONE
    test = 'def test_it(page: Page) -> None:\n    page.goto("http://x.example/")\n    page.get_by_title("a").click()\n'
    assert [one.op for one in read(tmp_path / "b.py", test)[0]] == ["navigate", "click"]


def test_an_option_s_label_is_what_a_person_chose(tmp_path: Path):
    """It is what is seen; a value is not."""
    acts, _ = read(tmp_path / "a.ts", "await page.getByLabel('Country').selectOption({ label: 'Germany' });\n")
    assert [(one.text, one.masked) for one in acts] == [("Germany", False)]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("await page.getByRole('row', { name: 'R-7 Rome' }).getByRole('button', { name: 'Edit' }).click();", "row of"),
        ("await page.getByRole('button', { name: 'Edit' }).nth(2).click();", "which of several"),
        ("await page.locator('iframe[name=x]').contentFrame().getByRole('button', { name: 'Go' }).click();", "frame"),
        ("await expect(page.getByText('b')).toBeVisible();\nawait page.getByText('a').click();", "a check is left out"),
        ("await page.getByText('a').evaluate(one => one.remove());\nawait page.getByText('a').click();", "left out"),
        ("await page.click(selector());\nawait page.getByText('a').click();", "left out"),
    ],
)  # fmt: skip
def test_what_is_not_taken_over_is_said(tmp_path: Path, line: str, says: str):
    """And nothing of a record that stands in it becomes a part of the program."""
    acts, problems = read(tmp_path / "a.ts", line)
    assert len(acts) == 1
    assert any(says in one for one in problems), problems
    assert "R-7" not in repr(acts)


def test_a_file_that_is_no_script_says_so(tmp_path: Path):
    """Nothing is done in it."""
    assert read(tmp_path / "a.py", "print('hello')\n") == ([], ["nothing is done in it that can be read"])


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="page.getByRole('\"`,){}[]/\\ \n=#clickfx", max_size=120))
def test_nonsense_is_read_without_a_crash(tmp_path_factory: pytest.TempPathFactory, text: str):
    """A file is data."""
    read(tmp_path_factory.getbasetemp() / "nonsense.py", f"page.{text}\npage.goto('{text}')\n")
