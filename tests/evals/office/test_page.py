"""The page about the office says what the office is now."""

from __future__ import annotations

from scripts.office_pages import PAGE, page


def test_the_tables_of_the_page_are_those_of_the_code() -> None:
    """docs/office.md has each task and each drift as scripts/office_pages.py makes them."""
    text = PAGE.read_text("utf-8")
    assert text == page(text), "run: python -m scripts.office_pages"
