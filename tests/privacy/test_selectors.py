"""Selectors: which say only where an element is, and which say more."""

from __future__ import annotations

import pytest

from byhand.privacy.rules.selectors import everyday, kept
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.types import At

CLEANER = Cleaner()


def judged(selector: str, *, bare: bool = False) -> bool:
    def clears(text: str) -> bool:
        return CLEANER.clears(text, At("element", role="push button"))

    return kept([selector], CLEANER.words, clears, bare=bare) == (selector,)


@pytest.mark.parametrize(
    "selector",
    [
        'aria/Save[role="button"]', "aria/Save", "text/Save", "#save", '[data-testid="save-button"]', ".btn-primary",
        'xpath///*[@id="save"]/div[2]/button', "pierce/#save >>> button", '[name="customer"]', "#item-12",
        "xpath///button[.='Save']",
    ],
)  # fmt: skip
def test_a_selector_of_everyday_words_is_kept_but_not_of_a_secret(selector: str):
    """Of a secret, or where its page wants its words hidden, no word is kept."""
    assert judged(selector)
    assert not judged(selector, bare=True)


@pytest.mark.parametrize(
    "selector", ["div > button:nth-of-type(2)", "xpath//html/body/div[1]/span[12]", "pierce/form >>> input", "h2 + p"]
)
def test_a_place_says_nothing_and_is_always_kept(selector: str):
    """Tags and numbers of siblings."""
    assert judged(selector)
    assert judged(selector, bare=True)


@pytest.mark.parametrize(
    "selector",
    [
        "#customer-4711-jane", "#customer4711", "#jane", ".jane", '[data-testid="row-jane"]', "[type=jane]",
        "aria/Jane Doe", "xpath///button[.='Jane']",
        'aria/Save[role="jane"]', "text/Jane", 'a[title="Jane"]', '[href="/u/jane"]', '[value="save"]', "my-jane > a",
        r"#\31 23", "#item-123", "#jane\u200b", "#ｊａｎｅ", '//a[contains(., "Jane")]', "button:contains(Jane)", "",
        "xpath/", "#save" * 100, 'aria/Save" or "Jane', "#1234567", "/* jane */ a", 'a[id="save" jane]', "@jane",
        "//jane::a", "div:nth-child(12345)",
    ],
)  # fmt: skip
def test_a_selector_that_may_say_more_is_not_kept(selector: str):
    """Names in ids, classes, values, texts, made-up tags and attributes; numbers; whatever is not understood."""
    assert not judged(selector)


def test_only_so_many_are_kept():
    """A page can say thousands."""
    assert len(kept(["#save"] * 1_000, CLEANER.words, lambda _: True, bare=False)) == 12


def test_figures_in_ids_are_few_and_short():
    """Two of two digits, and never more than there are words."""
    assert everyday("list-1-item-22", CLEANER.words)
    for name in ("12", "item-1-2", "list-1-item-2-page-3", "item-123"):
        assert not everyday(name, CLEANER.words)
