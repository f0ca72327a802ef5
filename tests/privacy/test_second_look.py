"""The second look: what it stops, what it lets pass, and that it fails closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.evals.canaries.values import luhn
from byhand.events.kinds import (
    AnyEvent,
    Button,
    Element,
    Frame,
    Key,
    Mark,
    Motion,
    Page,
    Scroll,
    Snapshot,
    Text,
    Window,
    Wireframe,
)
from byhand.privacy import second_look
from byhand.privacy.second_look import look

CARD = "4111 1111 1111 1111"
MOVE = Motion(1, 1000, "pointer.motion", 1, 2, False)


def window(title: str = "", app: str = "editor") -> Window:
    return Window(1, 1000, "text.title", "title", 1, app, title, 0, 0, 10, 10)


def element(
    name: str = "Save", path: str = "frame[0]/panel[12]/push button[3]", page: str = "/settings/{id}"
) -> Element:
    states = ("enabled", "focused")
    return Element(
        1, 1000, "actions.element", "press", "push button", name, states, 1, 2, 3, 4, path, "https://*.a.org", page
    )


def typed(text: str, to: int = 1) -> Text:
    return Text(1, 1000, "text.typed", "typed", text, to)


def key(sym: str, *, down: bool = True) -> Key:
    return Key(1, 1000, "actions.shortcut", down, "letter", 38, sym, 4, False, False)


def wire(*names: str) -> Wireframe:
    return Wireframe(
        1, 1000, "actions.wireframe", "start", 1, 0, 0, 9, 9, ("label",) * len(names), names, (0,) * 4 * len(names)
    )


def told(**fields: object) -> Element:
    return msgspec.structs.replace(element(), source="browser", **fields)


def seen(**fields: tuple[str, ...]) -> Snapshot:
    columns = dict.fromkeys(("roles", "tags", "names", "states", "holds"), ("",)) | fields
    numbers = (1, 1, "https://a.org", "/", 1, 0, 0, 9, 9, 1.0)
    return Snapshot(1, 1000, "actions.snapshot", "press", *numbers, (1,), (-1,), **columns, places=(0,) * 4, more=0)


MADE: tuple[Callable[[str], AnyEvent], ...] = (
    window,
    lambda text: window(app=text),
    element,
    lambda text: element(path=text),
    lambda text: element(page=text),
    typed,
    wire,
    lambda text: told(value=text),
    lambda text: told(holds=text),
    lambda text: told(aria=text),
    lambda text: told(tag=text),
    lambda text: told(selectors=("#save", text)),
    lambda text: Page(1, 1000, "text.page", "loaded", 1, 1, "https://a.org", "/", text),
    lambda text: Page(1, 1000, "text.page", "loaded", 1, 1, "https://a.org", text),
    lambda text: Page(1, 1000, "text.page", "loaded", 1, 1, text, "/"),
    lambda text: seen(names=(text,)),
    lambda text: seen(holds=(text,)),
    lambda text: seen(states=(text,)),
    lambda text: seen(tags=(text,)),
    lambda text: seen(roles=(text,)),
)


def mark(text: str, what: str = "task_begin", reason: str = "") -> Mark:
    return Mark(1, 1000, "person.mark", what, reason, 0, 0, text)  # type: ignore[arg-type]  # one of its words


@pytest.mark.parametrize(
    "private",
    [
        CARD, "ada@lovelace.example", "415-555-0123", "(0)30 901820 77", "521-44-9382",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "DE89 3704 0044 0532 0130 00", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "postgres://a:b@db.example/x",
        "/a?token=abcdef",
        "password: hunter2", "-----BEGIN RSA PRIVATE KEY-----", "٤١١١١١١١١١١١١١١١",
        "41\u200b11 11\u206011 1111 1111", "ａｄａ＠ｌｏｖｅ．ｅｘ",
        "x" * 70_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("made", MADE)
def test_a_private_string_in_any_field_takes_its_event_along(private: str, made: Callable[[str], AnyEvent]):
    """Titles, programs, names, paths, pages, texts, names of boxes. Its neighbours stay."""
    looked = look([MOVE, made(private), window("Save As")])
    assert looked.events == [MOVE, window("Save As")]
    assert looked.found == looked.dropped.total() == 1


@pytest.mark.parametrize(
    "event",
    [
        window("<EMAIL-2> - <NAME> - Mail"), window("Page 12 of 20 - 75 %"), window(app="org.gnome.Nautilus"),
        window(app="idea-ce-2024"),
        element("Save As…"), element(path="/".join(f"panel[{n}]" for n in range(40))),
        element(page="/settings/{word}/{id}/..."),
        typed("the report is for <NAME-3>, see page 12 by Friday"), typed("<CARD> and <PHONE-12> and <SECRET>"),
        typed("password: <PASSWORD>"),
        told(selectors=('aria/Save[role="button"]', "xpath///html/body/div[1]/div[2]/div[3]/span[12]/button[1]")),
        told(value="please write to <EMAIL>", holds="12 characters"),
        seen(names=("Save As",), holds=("option 3 of 12",)),
        told(selectors=("main > div:nth-of-type(3) > form > div:nth-of-type(12) > button",)),
        wire("File", "Edit", "View", "", "Zoom in"), key("c"), key("F12"), mark("", "gap", "another app"),
        mark("file the expense report"),
        MOVE, Button(1, 1, "actions.press", True, 1, 0, 0, False),
        Scroll(1, 1, "actions.scroll", 0, 1.5, 0, 0, False),
        Frame(1, 1, "frames.tiles", "start", 9, 9, 1, b"4111 1111 1111 1111"),
    ],
)  # fmt: skip
def test_what_was_cleared_passes(event: AnyEvent):
    """Placeholders, element paths, templates of pages and plain words are no find; pixels are not its business."""
    assert look([event]).events == [event]


@pytest.mark.parametrize("private", [CARD, "call ada@lovelace.example", "pwd = Blue#Sky9"])
def test_a_mark_stays_without_its_words(private: str):
    """That a task began is part of the story; what it was called is not kept."""
    looked = look([mark(private), mark("", "gap", private)])
    assert [(event.text, event.reason) for event in looked.events if isinstance(event, Mark)] == [
        ("", ""),
        ("", "guard failed"),
    ]
    assert (looked.emptied, looked.dropped.total()) == (2, 0)


@given(st.text("0123456789", min_size=15, max_size=15), st.integers(1, 15))
def test_a_number_parted_over_two_texts_is_found_in_both(digits: str, cut: int):
    """One window, one batch; another window's text is another text."""
    number = luhn(digits)
    parts = [typed(number[:cut]), MOVE, typed("hello", 2), typed(number[cut:])]
    assert look(parts).events == [MOVE, typed("hello", 2)]
    boxes = [told(value=number[:cut], tab=1), MOVE, told(value="hello", tab=2), told(value=number[cut:], tab=1)]
    assert look(boxes).events == [MOVE, told(value="hello", tab=2)]


def test_where_words_are_nobodys_only_fields_of_one_page_are_read_together():
    """A tab has hundreds of such pages one after the other, and what was typed into all of them spells anything."""
    site = "http://127.0.0.1:8123"
    halves = [
        msgspec.structs.replace(element("Number"), why="input", value=half, origin=site, tab=1)
        for half in ("4111 1111", "1111 1111")
    ]
    turned = Page(1, 1000, "text.page", "loaded", 1, 1, site, "/")
    assert look(halves, {site}).dropped["element"] == 2
    assert look([halves[0], turned, halves[1]], {site}).events == [halves[0], turned, halves[1]]
    assert look([halves[0], turned, halves[1]]).dropped["element"] == 2, "anywhere else a tab is read as a whole"


def test_named_keys_that_spell_something_private_go_with_their_releases():
    """Each alone is a shortcut; one after the other they are a card number."""
    struck = [key(f"KP_{digit}", down=down) for digit in CARD.replace(" ", "") for down in (True, False)]
    looked = look([key("c"), *struck, MOVE])
    assert MOVE in looked.events
    assert not any(isinstance(event, Key) and event.keysym.startswith("KP_") for event in looked.events)
    assert look([key(letter) for letter in "cvxzacvs"]).found == 0


def test_a_look_that_breaks_seals_no_text(monkeypatch: pytest.MonkeyPatch):
    """Whatever went wrong: moves, presses and frames stay, everything that bears text goes and is counted."""
    monkeypatch.setattr(second_look, "_FIGURES", None)
    batch = [MOVE, window("Save"), key("c"), key(""), mark("do it", "start"), mark("", "stop"), typed("a word")]
    looked = look(batch)
    assert looked.events == [MOVE, key(""), mark("", "start"), mark("", "stop")]
    assert looked.dropped == {"window": 1, "key": 1, "text": 1}
    assert looked.emptied == 1


def test_it_shares_nothing_with_what_it_checks():
    """Of our own it imports the kinds of events alone: a mistake in the cleaner is not made twice."""
    text = Path(second_look.__file__).read_text("utf-8")
    ours = [line for line in text.splitlines() if line.startswith(("from byhand", "import byhand"))]
    assert ours == ["from byhand.events.kinds import KINDS, AnyEvent, Element, Key, Mark, Page, Snapshot, Text"]
