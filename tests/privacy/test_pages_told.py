"""What a browser's extension tells, through the guard: where it is kept, what is kept of it, and what never is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from byhand.capture.scripted import script
from byhand.events.kinds import AnyEvent, Button, Element, Key, Mark, Page, Snapshot, Text
from byhand.events.raw import Raw, RawButton, RawElement, RawLock, RawMark, RawWindow
from byhand.privacy.report import RULES, explain
from tests.privacy.browser import OTHER, URL, dropped, kept, node, only, page, snapshot, stamps, told
from tests.privacy.rig import POLICY, guard
from tests.privacy.test_report import HEADER

SCRIPTED = POLICY.replace("[[apps]]", "[guard]\nscripted = true\n[[apps]]", 1)
FEWER = POLICY.replace(
    'origin = "https://*.wide.example.org"', 'origin = "https://*.wide.example.org"\nstreams = ["actions"]'
)
WIDE = "https://a.wide.example.org/"


def text_of(events: list[AnyEvent]) -> str:
    return msgspec.json.encode(events).decode()


def test_an_element_of_a_listed_page_is_kept_with_what_the_page_knows():
    """Role and name as the desktop would tell them, and besides them tag, selectors, box, numbers of this recording."""
    element = only(
        told(
            1, "press", "push button", "Save", selectors=('aria/Save[role="button"]', "#save", "#jane"), times=2, tab=99
        )
    )
    assert (element.source, element.role, element.name, element.aria, element.tag) == (
        "browser", "push button", "Save", "button", "button",
    )  # fmt: skip
    assert element.selectors == ('aria/Save[role="button"]', "#save")
    assert (element.area, element.times, element.tab, element.frame, element.node) == ((1, 2, 30, 40), 2, 1, 1, 7)
    assert (element.origin, element.page, element.by) == ("https://work.example.org", "/orders/{id}", "actions.element")
    assert not element.injected


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (told(1, "change", "push button", "Save", url=OTHER), "another site"),
        (told(1, "change", "push button", "Save", top=OTHER), "another site"),
        (told(1, "change", "push button", "Save", url=OTHER, top=URL), "another site"),
        (told(1, "change", "push button", "Save", url=""), "another site"),
        (told(1, "change", "push button", "Save", top=""), "another site"),
        (told(1, "change", "push button", "Save", app="firefox"), "another app"),
        (told(1, "change", "push button", "Save", app="editor"), "another app"),
        (told(1, "change", "push button", "Save", app="keepassxc"), "private context"),
        (told(1, "change", "push button", "Save", trusted=False), "made by a script"),
        (page(1, url=OTHER), "another site"),
        (page(1, top=OTHER), "another site"),
        (page(1, "tab switched", url="", title="Jane"), "another site"),
        (page(1, "tab closed", url="", tab=5), "another site"),
        (page(1, "window left", url=""), "another site"),
        (page(1, app="firefox"), "another app"),
        (snapshot(1, node(1, "button", "Save"), url=OTHER), "another site"),
        (snapshot(1, node(1, "button", "Save"), top=OTHER), "another site"),
        (snapshot(1, node(1, "button", "Save"), app="bank"), "another app"),
    ],
)
def test_what_is_not_of_a_listed_page_in_a_listed_tab_of_a_listed_browser_is_counted_and_gone(raw: Raw, reason: str):
    """Both addresses count: a listed frame in a page nobody listed is not kept, nor is the other way round."""
    assert dropped(guard("text"), raw) == {reason: 1}


@pytest.mark.parametrize("state", [RawLock(*stamps(0.5), True), RawMark(*stamps(0.5), "pause", "")])
def test_nothing_is_kept_while_the_screen_is_locked_or_the_recording_rests(state: Raw):
    """As of all else."""
    raws = [state, told(1, "change", "push button", "Save"), page(1.1), snapshot(1.2, node(1, "button", "Save"))]
    assert not [event for event in kept(*raws) if isinstance(event, Element | Page | Snapshot)]


def test_a_private_window_in_front_keeps_its_whole_browser_out():
    """An extension does not say which window it means: it may be that one."""
    title = "Mail - Private browsing"
    front = RawWindow(*stamps(0), "focus", 5, "chromium", title + " - Chromium (Incognito)", 1, 0, 0, 9, 9, False)
    assert dropped(guard("text"), front, told(1, "change", "push button", "Save"), page(1.1)).keys() >= {"another site"}


def test_a_tab_whose_title_tells_of_a_private_context_is_kept_out():
    """Until it shows something else."""
    raws = [page(1, title="Payslip March"), told(2, "change", "push button", "Save"), page(3, title="Orders")]
    events = kept(*raws, told(4, "change", "push button", "Save"))
    assert [type(event) for event in events if isinstance(event, Element | Page)] == [Page, Element]


def test_while_the_screen_is_shown_to_others_no_snapshot_is_kept():
    """What presses tell stays."""
    shown = RawWindow(*stamps(0), "seen", 9, "zoom", "Zoom Meeting", 1, 0, 0, 9, 9, False)
    share = RawWindow(*stamps(0), "seen", 10, "xdg", "You are sharing your screen", 1, 0, 0, 9, 9, False)
    raws = [shown, share, snapshot(1, node(1, "button", "Save")), told(2, "change", "push button", "Save")]
    events = kept(*raws)
    assert not [event for event in events if isinstance(event, Snapshot)]
    assert [event for event in events if isinstance(event, Element)]


def test_what_a_script_did_is_kept_only_where_the_policy_asks_for_it():
    """And is marked."""
    assert only(told(1, "change", "push button", "Save", trusted=False), policy=SCRIPTED).injected
    assert not only(told(1, "change", "push button", "Save"), policy=SCRIPTED).injected


@pytest.mark.parametrize("how", [{"secret": True}, {}])
def test_of_a_secret_field_only_that_it_is_there_is_kept(how: dict[str, Any]):
    """Whether the page or its label says so: no name, no value, no length, no selector with a word."""
    bears = ("#password", 'aria/Password[role="textbox"]', "form > input:nth-of-type(2)", '[name="password"]')
    element = only(told(1, "input", "entry", "Password", value="canary", holds="6 characters", selectors=bears, **how))
    assert (element.by, element.name, element.value, element.holds) == ("actions.element.secret", "", "", "")
    assert element.selectors == ("form > input:nth-of-type(2)",)


def test_how_often_somebody_rested_in_a_secret_field_is_not_told():
    """It would tell how long it took."""
    filled = [told(1 + n * 3, "input", "entry", "PIN", value="c", states=("editable", "focused")) for n in range(4)]
    assert len([event for event in kept(*filled) if isinstance(event, Element)]) == 1


def test_a_field_that_was_secret_once_stays_one_until_another_document_is_there():
    """Showing the password turns it into a plain field, in its role and in what the page says of it."""
    before = told(1, "focus", "password text", "Password", secret=True)
    shown = told(2, "input", "entry", "What you see", value="canary")
    elements = [event for event in kept(before, shown) if isinstance(event, Element)]
    assert [event.by for event in elements] == ["actions.element.secret"] * 2
    anew = [event for event in kept(before, page(1.5), shown) if isinstance(event, Element)]
    assert [event.by for event in anew] == ["actions.element.secret", "text.element"]


def test_words_a_page_wants_hidden_are_hidden():
    """Name, value, what it holds, and selectors with words."""
    element = only(
        told(1, "input", "entry", "Note", value="hello", holds="5 characters", masked=True, selectors=("#note",))
    )
    assert (element.name, element.value, element.holds, element.selectors) == ("", "", "", ())
    assert element.by == "actions.element.masked"


@pytest.mark.parametrize(
    "raw",
    [
        told(1, "press", "push button", "canary jane", selectors=("aria/canary jane", "text/canary", "#canary")),
        told(1, "press", "link", "Reply", above=("article",), selectors=("text/Reply",), aria="canary", tag="x-canary"),
        told(1, "press", "section", "canary", aria="canary", tag="canary", holds="canary", states=("canary",)),
        told(1, "press", "canary", "canary", above=("canary",)),
        told(1, "file", "push button", "Attachment", value="canary.pdf"),
        told(1, "copy", "entry", "Note", value="canary", holds="canary"),
        told(1, "input", "entry", "Note", value="canary", states=("read only",)),
        told(1, "press", "push button", "Save", url="https://work.example.org/canary", top=URL + "/canary#canary"),
        page(1, title="canary jane"),
        snapshot(1, node(1, "canary", "canary", tag="canary", holds="canary", states=("canary",)),
                 node(2, "text", "canary"), node(3, "option", "canary"), node(4, "textbox", "canary"),
                 node(5, "text", "canary", 3), node(6, "article", "canary", above=("canary",))),
    ],
)  # fmt: skip
def test_whatever_a_page_says_only_cleared_words_are_kept(raw: Raw):
    """Names, roles, tags, states, addresses, titles, selectors, kinds of content: nothing is taken on trust."""
    assert "canary" not in text_of(kept(raw)).casefold().replace("work.example.org", "")


def test_the_words_of_a_message_are_other_peoples():
    """A link in an article says what somebody wrote; one in a menu is the program's."""
    inside = only(
        told(1, "press", "link", "Reply", above=("document web", "article"), selectors=("text/Reply", "p > a"))
    )
    assert (inside.name, inside.by, inside.selectors) == ("", "actions.element.others", ("p > a",))
    assert only(told(1, "press", "link", "Reply", above=("document web",))).name == "Reply"


def test_a_page_tells_its_title_only_with_text_and_only_everyday_words():
    """Its address is a pattern always."""
    told_pages = [
        event
        for streams in (("text",), ("actions",))
        for event in kept(page(1, title="Orders"), page(2, "moved", title="Order of Jane Doe"), streams=streams)
        if isinstance(event, Page)
    ]
    assert [(p.what, p.title, p.by, p.page) for p in told_pages] == [
        ("loaded", "Orders", "text.page", "/orders/{id}"),
        ("moved", "", "actions.page", "/orders/{id}"),
        ("loaded", "", "actions.page", "/orders/{id}"),
        ("moved", "", "actions.page", "/orders/{id}"),
    ]


def test_that_a_tab_is_gone_is_told_only_of_one_that_was_told_of():
    """Of the others not even that they were there."""
    events = kept(page(1), page(2, "tab closed", url=""), page(3, "tab closed", url="", tab=77))
    assert [(p.what, p.tab, p.origin) for p in events if isinstance(p, Page)] == [
        ("loaded", 1, "https://work.example.org"), ("tab closed", 1, ""),
    ]  # fmt: skip


def test_a_frame_has_only_the_streams_that_its_tab_allows_too():
    """A page that may tell text inside one that may not tells none."""
    for url, top, value in ((URL, URL, "hello"), (URL, WIDE, ""), (WIDE, URL, ""), (WIDE, WIDE, "")):
        assert only(told(1, "input", "entry", "Note", url=url, top=top, value="hello"), policy=FEWER).value == value


# ---- keys and the extension, together


TYPED = """
00.0 focus chromium "Orders" 0,0 800x600
00.1 element entry "Note" url={url}
02.0 type "hello world"
+0.1 key Return
"""


def test_typed_text_is_told_once_by_the_extension_where_it_tells():
    """The keys stay as kinds; the text rebuilt from them would be the same text again."""
    desk = script(TYPED.format(url=URL))
    done = told(3.3, "input", "entry", "Note", value="hello world", states=("focused",))
    for also, texts, values in (([], ["hello world"], []), ([page(1), done], [], ["hello world"])):
        events = kept(*sorted([*desk, *also], key=lambda raw: raw.mono_ns))
        assert [event.text for event in events if isinstance(event, Text)] == texts
        assert [event.value for event in events if isinstance(event, Element) and event.value] == values
        assert sum(isinstance(event, Key) and event.down and event.cls == "letter" for event in events) == 10


@pytest.mark.parametrize(
    "silent",
    [
        page(1.5, "tab closed", url=""), page(1.5, "left"), page(1, url=OTHER), page(1, app="firefox"),
        told(1, "press", "link", url=OTHER),
    ],
)  # fmt: skip
def test_where_the_extension_tells_nothing_the_keys_do(silent: Raw):
    """A tab that is gone, a page that is not listed, another browser: nobody else tells the text."""
    raws = [page(0.5), silent] if silent.mono_ns > stamps(1)[1] else [silent]
    events = kept(*sorted([*script(TYPED.format(url=URL)), *raws], key=lambda raw: raw.mono_ns))
    assert [event.text for event in events if isinstance(event, Text)] == ["hello world"]


def test_another_program_types_as_before():
    """Only the windows of the browser whose extension tells are quiet."""
    text = '00.0 focus editor "x" 0,0 800x600\n00.1 element entry "Note"\n02.0 type "hello world"\n+0.1 key Return'
    assert [e.text for e in kept(page(-0.5), *script(text)) if isinstance(e, Text)] == ["hello world"]


def test_beside_a_desktop_driver_an_element_does_not_say_who_has_the_keyboard():
    """A field of a page that the desktop knows nothing of opens no window's keys."""
    text = '00.0 focus chromium "Orders" 0,0 800x600\n02.0 type "abc"'
    events = kept(*sorted([*script(text), told(1, "focus", "entry", "Note")], key=lambda raw: raw.mono_ns))
    assert not [event for event in events if isinstance(event, Key)]


# ---- the extension alone


WINDOW = RawWindow(*stamps(0), "focus", 5, "chromium", "Orders", 1, 0, 0, 800, 600, False)


def alone(at_s: float, why: str, role: str, name: str, **more: Any) -> RawElement:
    return told(at_s, why, role, name, alone=True, window=5, **more)


def press(at_s: float, *, down: bool = True) -> RawButton:
    return RawButton(*stamps(at_s), down, 1, 30, 30, 5, False)


def described(at_s: float, *, found: bool, url: str = "") -> RawElement:
    """The desktop's answer to a press."""
    path = (("document web", 0), ("push button", 1)) if found else ()
    return RawElement(
        *stamps(at_s), "press", found, 5, 0, "push button" if found else "", "", (), 10, 20, 80, 24, path, url
    )


SAVE = told(1.005, "press", "push button", "Save")


@pytest.mark.parametrize("answer", [[], [described(1, found=False)]])
def test_a_browser_vouches_for_a_press_that_nobody_at_the_desktop_could_describe(answer: list[Raw]):
    """A machine was busy, and accessibility had no answer in time: the press is kept, with the browser's element."""
    events = kept(WINDOW, press(1), *answer, SAVE, press(1.1, down=False))
    (button, element, up) = (event for event in events if isinstance(event, Button | Element))
    assert isinstance(button, Button)
    assert isinstance(element, Element)
    assert element.source == "browser"
    assert isinstance(up, Button)


@pytest.mark.parametrize(
    "raws",
    [
        [told(1.005, "press", "push button", "Save", url=OTHER)],
        [told(1.005, "press", "push button", "Save", top=OTHER)],
        [told(1.005, "press", "push button", "Save", trusted=False)],
        [told(1.005, "press", "push button", "Save", app="firefox")],
        [told(1.005, "focus", "entry", "Note")],
        [told(1.2, "press", "push button", "Save")],
        [described(1, found=True, url=OTHER), SAVE],
        [RawLock(*stamps(1.002), True), SAVE],
    ],
)
def test_a_browser_vouches_for_no_other_press(raws: list[Raw]):
    """Of another page, by a script, in another browser, of another moment, or where the desktop knows better."""
    assert not [event for event in kept(WINDOW, press(1), *raws, press(1.3, down=False)) if isinstance(event, Button)]


def test_a_browser_vouches_only_for_what_lies_under_the_pointer():
    """A press beside the element that it tells of is another one."""
    beside = RawButton(*stamps(1), True, 1, 300, 30, 5, False)
    assert not [event for event in kept(WINDOW, beside, SAVE) if isinstance(event, Button)]


def test_alone_a_press_is_answered_by_its_element():
    """Both have one stamp, and the element comes right behind the press."""
    events = kept(WINDOW, press(1), alone(1, "press", "push button", "Save", times=1), press(1.1, down=False))
    (button, element, up) = (event for event in events if isinstance(event, Button | Element))
    assert isinstance(element, Element)
    assert (button.mono_ns, element.name, element.source) == (element.mono_ns, "Save", "browser")
    assert isinstance(up, Button)


@pytest.mark.parametrize("how", [{"url": OTHER}, {"top": OTHER}, {"url": ""}, {"trusted": False}])
def test_alone_a_press_elsewhere_or_by_a_script_leaves_nothing(how: dict[str, Any]):
    """Neither the press nor its end."""
    events = kept(WINDOW, press(1), alone(1, "press", "push button", "Save", **how), press(1.1, down=False))
    assert not [event for event in events if isinstance(event, Button | Element)]


def test_alone_a_focus_says_who_has_the_keyboard():
    """A password field withholds its keys, an entry does not, and what was typed is the field's value only."""
    keys = [
        raw
        for raw in script('00.0 focus chromium\n02.0 type "hello"\n+0.1 key Return')
        if not isinstance(raw, RawWindow)
    ]
    done = alone(2.7, "input", "entry", "Note", value="hello", states=("focused",))
    events = kept(WINDOW, alone(1, "focus", "entry", "Note"), *keys, done)
    assert sum(isinstance(event, Key) and event.down and event.cls == "letter" for event in events) == 5
    assert [event.value for event in events if isinstance(event, Element)] == ["", "hello"]
    assert not [event for event in events if isinstance(event, Text)]
    secret = kept(WINDOW, alone(1, "focus", "entry", "Note", secret=True), *keys)
    assert not [event for event in secret if isinstance(event, Key) and event.cls == "letter"]
    assert [event.reason for event in secret if isinstance(event, Mark) and event.what == "withheld"] == [
        "password field"
    ]


def test_alone_a_field_of_a_page_nobody_listed_gets_no_keys():
    """Not even where its tab's page is listed, or no address is told: that is not the browser's own address bar."""
    keys = [raw for raw in script('00.0 focus chromium\n02.0 type "hello"') if not isinstance(raw, RawWindow)]
    for how in ({"url": OTHER, "top": URL}, {"top": OTHER}, {"url": ""}):
        assert not [e for e in kept(WINDOW, alone(1, "focus", "entry", "Note", **how), *keys) if isinstance(e, Key)]


def test_every_event_of_a_page_is_explained():
    """`byhand why` has words for all of them."""
    raws = [
        page(1, title="Orders"), told(2, "press", "push button", "Save"), snapshot(3, node(1, "button", "Save")),
        told(4, "input", "entry", "Note", value="hello"), told(5, "input", "entry", "Password", secret=True),
    ]  # fmt: skip
    events = [event for event in kept(*raws) if isinstance(event, Element | Page | Snapshot)]
    assert len(events) == len(raws)
    for event in events:
        said = explain(event, HEADER)
        assert f"rule {event.by}: {RULES[event.by]}" in said
        assert (
            "the page is on a listed site, https://work.example.org; of its path only everyday words are kept" in said
        )


def test_numbers_that_are_lies_break_nothing():
    """Boxes and numbers of any size fit the columns."""
    element = only(told(1, "press", "push button", "Save", node=2**70, times=-5))
    assert (element.node, element.times) == (2**31 - 1, 0)
