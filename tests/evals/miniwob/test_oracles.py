"""Promises of the oracles: each kind of task is done by real input, and the page says so.

All of them with twenty seeds each are a bench (`python -m bench.oracles`).
"""

from __future__ import annotations

import pytest

from byhand.evals.miniwob.catalog import ORACLES
from byhand.evals.miniwob.hand import PageHand, bold
from byhand.evals.miniwob.stage import Stage

OF_EACH_KIND = (
    "click-collapsible-2", "click-checkboxes-soft", "click-menu-2", "choose-list", "choose-date-nodelay", "copy-paste",
    "drag-sort-numbers", "email-inbox-nl-turk", "enter-time", "form-sequence-3", "login-user-popup", "order-food",
    "phone-book", "read-table-2", "search-engine", "sign-agreement", "simple-algebra", "social-media",
    "use-autocomplete-nodelay",
)  # fmt: skip


@pytest.mark.parametrize("task", OF_EACH_KIND)
def test_a_task_is_done(stage: Stage, task: str):
    """Nothing is asked of the page but what it shows."""
    stage.begin(task, 3)
    ORACLES[task](PageHand(stage.page))
    stage.page.wait_for_function("WOB_DONE_GLOBAL")
    assert stage.reward() == 1


def test_each_act_is_announced(stage: Stage):
    """Whoever keeps the pace is asked before each of them: press, letters, press."""
    stage.begin("enter-text", 3)
    seen: list[str] = []
    field = stage.page.locator("#tt")
    hand = PageHand(stage.page, before=lambda: seen.append(field.input_value()))
    ORACLES["enter-text"](hand)
    assert seen == ["", "", bold(hand)[0]]
    assert stage.reward() == 1


def test_an_option_is_chosen_with_the_lists_own_keys(stage: Stage):
    """As a person does it, and as an agent does: pressed, moved to, taken. The page hears one change."""
    stage.begin("choose-list", 5)
    chooser = stage.page.locator("#options")
    chooser.evaluate("e => { window.heard = []; e.addEventListener('change', (event) => heard.push(event.isTrusted)) }")
    options = chooser.locator("option").all_inner_texts()
    PageHand(stage.page).choose(chooser, options[-1])
    assert chooser.evaluate("e => e.selectedOptions[0].label") == options[-1]
    assert stage.page.evaluate("heard") == [True]
