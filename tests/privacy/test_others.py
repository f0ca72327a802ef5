"""What other people wrote is never kept, by role and place, however harmless it is and whatever was granted."""

from __future__ import annotations

import pytest

from byhand.capture.scripted import script
from byhand.events.kinds import Element, Text, Wireframe
from byhand.events.raw import RawBox, RawElement, RawFrame, RawText, RawWindow
from byhand.privacy.rules.others import correspondence, others_words
from tests.privacy.rig import guard, run

MAIL, PLAIN = "thunderbird", "editor"
ALL = ("text", "timing", "pointer", "frames")


def at(*roles: str) -> tuple[tuple[str, int], ...]:
    return tuple((role, 0) for role in ("frame", *roles))


@pytest.mark.parametrize(
    "role",
    [
        "document email", "document text", "document spreadsheet", "document presentation", "document web", "article",
        "paragraph", "comment", "log", "notification", "block quote", "table cell", "terminal", "section", "panel",
        "image", "alert", "tool tip", "status bar", "row", "canary", "",
    ],
)  # fmt: skip
def test_whatever_is_no_control_says_other_peoples_words(role: str):
    """In every program; a role nobody knows too."""
    assert others_words(role, at(role), PLAIN)
    assert others_words(role)


@pytest.mark.parametrize(
    "role", ["push button", "check box", "menu item", "page tab", "entry", "combo box", "toggle button"]
)
@pytest.mark.parametrize("above", [(), ("article",), ("document email",), ("list",)])
def test_controls_are_the_programs_words_wherever_they_lie(role: str, above: tuple[str, ...]):
    """The Reply button stands in the message it answers."""
    for app in (MAIL, PLAIN):
        assert not others_words(role, at(*above, role), app)


@pytest.mark.parametrize("role", ["list item", "tree item", "label", "static", "link", "heading", "icon"])
@pytest.mark.parametrize(
    "above",
    ["document email", "document text", "document spreadsheet", "article", "comment", "log", "paragraph", "terminal"],
)
def test_what_lies_in_a_message_or_a_document_is_part_of_it(role: str, above: str):
    """However deep, in any program."""
    assert others_words(role, at("panel", above, "section", role), PLAIN)
    assert not others_words(role, at("panel", "list", role), PLAIN)


@pytest.mark.parametrize("role", ["list item", "tree item", "label", "static", "link", "heading"])
@pytest.mark.parametrize(
    ("app", "url"),
    [
        ("thunderbird", ""), ("slack", ""), ("signal", ""), ("org.gnome.evolution", ""), ("telegramdesktop", ""),
        ("chromium", "https://mail.google.com/mail/u/0"), ("chromium", "https://outlook.office.com/mail"),
        ("chromium", "https://app.slack.com/client/T1"), ("firefox", "https://webmail.example.org/"),
        ("firefox", "https://chat.example.org:8443/"), ("firefox", "https://MATTERMOST.example/"),
        ("firefox", "https://forum.example/"), ("firefox", "https://[broken"),
    ],
)  # fmt: skip
def test_in_mail_and_chat_lists_and_labels_are_others_words_but_in_menus(role: str, app: str, url: str):
    """A list of messages looks like a list of options; only a menu or a combo box says which it is."""
    assert others_words(role, at("panel", "list", role), app, url)
    assert others_words(role, (), app, url)
    assert not others_words(role, at("menu bar", "menu", role), app, url)
    assert not others_words(role, at("combo box", "list", role), app, url)


def test_other_programs_and_pages_are_no_correspondence():
    """Or a shop's catalogue would be unreadable."""
    for app, url in (
        ("editor", ""),
        ("chromium", "https://shop.example/"),
        ("chromium", "about:blank"),
    ):
        assert not correspondence(app, url)
    assert not correspondence("chromium", "https://chatham.example/")


def test_a_text_that_can_only_be_read_is_not_the_persons():
    """GTK shows a mail in the role one types into."""
    assert others_words("text", at("text"), MAIL, states=("focusable", "multi line"))
    assert others_words("entry", at("entry"), MAIL, states=("read only",))
    assert not others_words("text", at("text"), MAIL, states=("editable", "multi line"))
    assert not others_words("text", at("text"), MAIL)


# ---- through the door


def test_harmless_words_of_others_are_not_kept_through_the_guard():
    """Every stream granted, every word an everyday one: a control's name stays, a message's does not."""
    raws = script(
        """
        00.0 focus mail "Inbox"
        00.5 element push button "Reply"
        01.0 element list item "Open new page"
        01.5 element paragraph "Open new page"
        02.0 element table cell "Open new page"
        02.5 element link "Open new page"
        """
    )
    told = [(e.role, e.name, e.by) for e in run(guard(*ALL), raws) if isinstance(e, Element)]
    assert ("push button", "Reply", "actions.element") in told
    assert [entry for entry in told if entry[0] != "push button"] == [
        (role, "", "actions.element.others") for role in ("list item", "paragraph", "table cell", "link")
    ]


def test_an_option_of_a_plain_program_keeps_its_name():
    """So that the test above can fail."""
    raws = script('00.0 focus editor\n00.5 element list item "New page"')
    assert [e.name for e in run(guard(*ALL), raws) if isinstance(e, Element)] == ["New page"]


@pytest.mark.parametrize(("app", "names"), [("mail", ("Reply", "", "")), ("editor", ("Reply", "New page", ""))])
def test_wireframes_name_no_words_of_others(app: str, names: tuple[str, ...]):
    """A box has no path; its role and the program decide."""
    gate = guard(*ALL)
    raws = script(f'00.0 focus {app} "Inbox"\n00.5 element entry "Subject"')
    window = next(raw.window for raw in raws if isinstance(raw, RawWindow))
    kept = run(gate, [*raws, frame(window)])
    wires = next(event for event in kept if isinstance(event, Wireframe))
    named = dict(zip(wires.roles, wires.names, strict=True))
    assert (named["push button"], named["list item"], named["paragraph"]) == names


def frame(window: int) -> RawFrame:
    boxes = [("push button", "Reply"), ("list item", "New page"), ("paragraph", "New page")]
    made = tuple(
        RawBox(1_001_000, 1_001_000 * 10**6, role, name, 10, 40 * (row + 1), 100, 20)
        for row, (role, name) in enumerate(boxes)
    )
    return RawFrame(
        1_001_000,
        1_001_000 * 10**6,
        "clock",
        window,
        0,
        0,
        400,
        300,
        0,
        memoryview(b""),
        frozenset(),
        made,
        "",
        lambda: None,
    )


@pytest.mark.parametrize(
    ("role", "kept"), [("entry", True), ("paragraph", False), ("document email", False), ("log", False)]
)
def test_what_a_field_held_is_kept_only_of_fields(role: str, kept: bool):
    """A value of a document is what somebody wrote, not what was typed."""
    raws = script('00.0 focus editor "Start"\n00.1 element entry "Subject"')
    window = next(raw.window for raw in raws if isinstance(raw, RawWindow))
    now = raws[-1].server_ms + 900
    value = RawText(now, now * 10**6, "value", window, "open new page", role, "Subject")
    events = run(guard(*ALL), [*raws, value])
    assert any(isinstance(event, Text) for event in events) == kept
    if not kept:
        assert "new page" not in repr(events)


def test_the_path_of_an_element_is_the_one_accessibility_gives():
    """From the window down, the element itself last: it does not lie in itself."""
    element = RawElement(1, 1, "focus", True, 1, 1, "link", "x", (), 0, 0, 1, 1, at("article", "link"), "")
    assert others_words(element.role, element.path)
    assert not others_words("link", (("link", 0),))
