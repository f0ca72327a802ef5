"""The pages of the command line in docs/cli."""

from __future__ import annotations

from scripts.cli_pages import pages, stale_pages


def test_every_verb_has_its_page_and_it_is_up_to_date() -> None:
    """Help and documentation are one text. To write them anew: python scripts/cli_pages.py"""
    assert stale_pages(pages()) == []
