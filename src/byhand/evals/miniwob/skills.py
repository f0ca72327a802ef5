"""What is hard about a task of MiniWoB++, where something is: lists to choose from, shortcuts, or many steps. Pure.

Rules of this module: a task has one skill. What is chosen from a list that opens is a dropdown, however many steps come
before; what a person does with copy and paste is a shortcut. One or two acts on what is there to see are the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Skill = Literal["dropdowns", "shortcuts", "multi-step", "other"]
SKILLS: tuple[Skill, ...] = get_args(Skill)
SAID: dict[Skill, str] = {
    "dropdowns": "lists that open, menus, suggestions",
    "shortcuts": "copy, paste, keys",
    "multi-step": "three acts and more, or forms",
    "other": "one or two acts",
}
TASKS: dict[Skill, frozenset[str]] = {
    "dropdowns": frozenset({
        "choose-list", "click-menu", "click-menu-2", "form-sequence-3", "use-autocomplete", "use-autocomplete-nodelay",
        "book-flight", "book-flight-nodelay", "choose-date", "choose-date-easy", "choose-date-medium",
        "choose-date-nodelay", "click-scroll-list",
    }),
    "shortcuts": frozenset({"copy-paste", "copy-paste-2", "text-editor", "terminal", "scroll-text", "scroll-text-2"}),
    "multi-step": frozenset({
        "click-checkboxes", "click-checkboxes-large", "click-checkboxes-soft", "click-checkboxes-transfer",
        "click-button-sequence", "click-collapsible-2", "click-collapsible-2-nodelay", "click-tab-2",
        "click-tab-2-hard",
        "email-inbox", "email-inbox-delete", "email-inbox-forward", "email-inbox-forward-nl",
        "email-inbox-forward-nl-turk", "email-inbox-important", "email-inbox-nl-turk", "email-inbox-noscroll",
        "email-inbox-reply", "email-inbox-star-reply", "enter-password", "form-sequence", "form-sequence-2",
        "guess-number", "login-user", "login-user-popup", "multi-layouts", "multi-orderings", "navigate-tree",
        "order-food", "phone-book", "read-table", "read-table-2", "search-engine", "sign-agreement", "social-media",
        "social-media-all", "social-media-some", "use-spinner", "drag-sort-numbers", "use-slider-2",
    }),
}  # fmt: skip
"""All that are not others."""
_SKILL: dict[str, Skill] = {task: name for name, tasks in TASKS.items() for task in tasks}


def skill(task: str) -> Skill:
    """Of a task by name."""
    return _SKILL.get(task, "other")


def by_skill(tasks: Iterable[str]) -> dict[Skill, list[str]]:
    """In the order of `SKILLS`; only those that there are."""
    found: dict[Skill, list[str]] = {name: [] for name in SKILLS}
    for task in tasks:
        found[skill(task)].append(task)
    return {name: own for name, own in found.items() if own}
