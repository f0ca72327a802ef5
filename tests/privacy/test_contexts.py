from __future__ import annotations

import pytest

from byhand.privacy.rules.contexts import is_private, programs


@pytest.mark.parametrize(
    "title",
    [
        "New Tab - Google Chrome (Incognito)",
        "Start - Chromium (Inkognito)",
        "Page - [InPrivate] - Microsoft Edge",
        "Mozilla Firefox — Private Browsing",
        "Start — Mozilla Firefox Privater Modus",
        "Accueil — Navigation privée de Mozilla Firefox",
        "x - Brave Private Window with Tor",
        "x" * 1_000_000 + " - Chromium (Incognito)",
        "新标签页 - Google Chrome (隐身模式)",
    ],
)
def test_private_windows_are_known_by_their_titles(title: str):
    """As the browsers name them, in several languages, however long the title is."""
    assert is_private(title)


@pytest.mark.parametrize(
    "title", ["", "Inbox - Chromium", "A private matter - Firefox", "Incognito the novel - Chromium"]
)
def test_other_windows_are_not_private(title: str):
    """A page may speak of it."""
    assert not is_private(title)


def test_the_list_of_secret_programs_is_in_lower_case_and_says_why():
    """Window classes are compared in lower case; the two reasons are explained in the report."""
    listed = programs()
    assert all(name == name.lower() for name in listed)
    assert set(listed.values()) == {"password manager", "lock screen"}
    assert listed["org.keepassxc.keepassxc"] == "password manager"
    assert listed["i3lock"] == "lock screen"
