"""Events told as rows."""

from __future__ import annotations

from byhand.events.kinds import Numbered
from byhand.ui.replay.story import tell

from .recordings import START, Pen, office

BOX = (100, 100, 80, 30)


def told(events: list[Numbered]) -> list[str]:
    return [f"{row.app}: {row.verb} {row.what}".removeprefix(": ").strip() for row in tell(events, START)]


def test_a_minute_of_work_reads_as_a_story():
    """One row an act: what was clicked by role and name, how much was typed, where something is missing and why."""
    assert told(office()) == [
        "recording starts",
        "thunderbird: go to Inbox",
        "task begins answer the invoice mail and file the sum",
        "thunderbird: focus list “Messages”",
        "thunderbird: click push button “Reply”",
        "thunderbird: focus text “Message body”",
        "thunderbird: type 29 characters",
        "thunderbird: click combo box “Priority”",
        "thunderbird: click menu item “High”",
        "thunderbird: press Ctrl + S",
        "thunderbird: press Ctrl + Enter",
        "gap another app, 12 s",
        "chromium: go to Expenses",
        "chromium: scroll down",
        "chromium: click entry “Invoice number”",
        "chromium: type 8 characters",
        "chromium: press Tab",
        "chromium: focus entry “Amount”",
        "chromium: type 6 characters",
        "chromium: click check box “Paid”",
        "withheld password field",
        "chromium: click push button “Save”",
        "chromium: press Alt + Tab",
        "thunderbird: go to Inbox",
        "thunderbird: double-click push button “Archive”",
        "task ends",
        "recording stops",
    ]


def test_keys_are_named_as_they_are_printed():
    """Keysyms of X become what stands on the key, signs beyond ASCII too."""
    pen = Pen()
    for i, (name, mods) in enumerate((("U00E9", 4), ("Prior", 0), ("slash", 5), ("XF86_0014", 0))):
        pen.key(i * 1.0, "other", name, mods)
    assert told(pen.done()) == ["press Ctrl + É", "press Page Up", "press Ctrl + Shift + /", "press XF86_0014"]


def test_motion_changes_no_row():
    """The same work with and without its pointer path reads the same."""
    assert told(office(path=True)) == told(office(path=False))


def test_typing_shows_words_only_when_every_character_was_kept():
    """A half-kept word would tell what was withheld by what is missing."""
    pen = Pen()
    for i, name in enumerate("Hi"):
        pen.key(i * 0.2, "letter", name)
    assert told(pen.done()) == ["type “Hi”"]
    pen.key(0.5, "letter")
    assert told(pen.done()) == ["type 3 characters"]


def test_a_long_way_between_press_and_release_is_a_drag():
    """A press that ends elsewhere is no click."""
    pen = Pen()
    pen.click(1, "icon", "report", BOX)
    pen.events[-1] = type(pen.events[-1])(*(*pen._at(2), "actions.press", False, 1, 700, 500, False))  # type: ignore[arg-type]
    assert told(pen.done()) == ["drag icon “report”"]


def test_a_drag_into_another_window_is_one_row():
    """What a press brings about before it is over, a window in front and a focus, is told behind it."""
    pen = Pen()
    pen.click(1, "text", "", BOX)
    release = pen.events.pop()
    pen.window(1.01, "mousepad", "letter", (10, 40, 560, 420), 2)
    pen.element(1.02, "focus", "text", "", BOX)
    pen.events.append(type(release)(*(*pen._at(3), "actions.press", False, 1, 700, 500, False)))  # type: ignore[arg-type]
    assert told(pen.done()) == ["mousepad: drag text", "mousepad: go to letter"]


def test_names_can_not_turn_the_line_around():
    """Direction overrides, line ends and control characters in a name become blanks; a name of 1 MB is cut."""
    pen = Pen()
    pen.click(1, "push button", "a\u202eb\nc\x1b[31m" + "x" * 1_000_000, BOX)
    (row,) = told(pen.done())
    assert row.startswith("click push button “a b c [31mxxx")
    assert len(row) < 120
