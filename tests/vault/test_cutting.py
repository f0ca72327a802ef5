"""Promises of vault.cutting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from byhand.events.kinds import AnyEvent, Button, Element, Key, Mark, Page, Window
from byhand.vault.cutting import Moment, cut, is_bare, taken_by_app, taken_by_time
from tests.vault.samples import START_NS, UTC_NS, focus, header, mark

S = 1_000_000_000


def _press(at_s: float, name: str) -> list[AnyEvent]:
    at = START_NS + int(at_s * S)
    return [
        Button(at // 1_000_000, at, "actions", True, 1, 5, 5, injected=False),
        Element(at // 1_000_000, at, "actions", "press", "push button", name, (), 0, 0, 9, 9, "", "", ""),
    ]


def test_an_app_is_forgotten_from_the_press_that_brought_it_up_to_the_next_focus() -> None:
    """Also what happened just before its focus event, and every later word about its windows."""
    late = Window(90_000, START_NS + 90 * S, "actions", "title", 2, "Mail", "a secret title", 0, 0, 1, 1)
    events = [
        mark(0, "", "start"),
        focus(0, "editor"),
        mark(1, "kept one"),
        *_press(9.8, "in mail's window"),
        focus(10, "mail"),
        mark(12, "secret"),
        mark(13, "", "pause"),
        mark(14, "secret"),
        focus(20, "editor"),
        mark(21, "kept two"),
        late,
    ]
    left = cut(events, taken_by_app("mail")(events))
    assert left == [
        *events[:3],
        Mark(events[3].server_ms, events[3].mono_ns, "mark.forgotten", "gap", "forgotten", 4200, 0, ""),
        mark(13, "", "pause"),
        focus(20, "editor"),
        mark(21, "kept two"),
        Mark(late.server_ms, late.mono_ns, "mark.forgotten", "gap", "forgotten", 0, 0, ""),
    ]


def test_what_a_browser_told_goes_with_it() -> None:
    """Pages do not name their program: what was told of them while another had the focus goes, too; or stays."""
    page = Page(START_NS // 1_000_000, START_NS, "actions.page", "loaded", 1, 1, "https://a.org", "/")
    events = [focus(0, "chromium"), page, page, focus(10, "mail"), page, mark(12, "mail's")]
    assert taken_by_app("chromium")(events) == [True, True, True, False, True, False]
    assert taken_by_app("mail")(events) == [False, False, False, True, True, True]


def test_a_press_long_before_the_focus_stays() -> None:
    """Only a press that can have brought the window up belongs to it."""
    events = [focus(0, "editor"), *_press(2, "Save"), focus(10, "mail")]
    assert taken_by_app("mail")(events) == [False, False, False, True]


def test_the_last_minutes_go_by_either_clock() -> None:
    """A wall clock set back a day hides nothing, nor does one set forth; another boot counts by the wall clock."""
    events = [mark(at, f"{at}") for at in (0, 100, 200, 300)]

    def left(boot: str = "boot one", mono_s: int = 310, utc_s: int = 310) -> list[bool]:
        now = Moment(boot, START_NS + mono_s * S, UTC_NS + utc_s * S)
        return taken_by_time(header(), now, 120 * S)(events)

    assert left() == [False, False, True, True]
    assert left(utc_s=310 + 86_400) == [False, False, True, True]
    assert left(utc_s=310 - 86_400) == [True, True, True, True]
    assert left(boot="boot two", mono_s=5) == [False, False, True, True]
    assert left(boot="", mono_s=0) == [False, False, True, True]


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["task_begin", "start", "pause", "gap"])), max_size=40))
def test_nothing_taken_is_left_and_nothing_else_is_lost(plan: list[tuple[bool, str]]) -> None:
    """Whatever is taken: the rest stands as it was, in order of time, and no taken word is left."""
    events = [mark(at, f"word {at}", what) for at, (_, what) in enumerate(plan)]
    taken = [goes for goes, _ in plan]
    left = cut(events, taken)
    kept = [event for event, goes in zip(events, taken, strict=True) if not goes]
    assert [event for event in left if event in kept] == kept
    gone = {event.text for event, goes in zip(events, taken, strict=True) if goes}
    assert not gone & {event.text for event in left if isinstance(event, Mark)}
    stamps = [event.mono_ns for event in left]
    assert stamps == sorted(stamps)
    assert is_bare(cut(events, [True] * len(events)))


def test_the_last_minutes_take_what_may_be_told_too_early() -> None:
    """Keys told in drawn time may stand before their true one: forgetting takes so much more, never less."""
    now = Moment("boot one", START_NS + 300 * S, UTC_NS + 300 * S)
    stamps = [START_NS + at * S for at in (0, 100, 150, 250)]
    for by, left in (("timing.class", [False, False, False, True]), ("actions.class", [False, False, True, True])):
        keys = [Key(ns // 10**6, ns, by, True, "letter", 0, "", 0, repeat=False, injected=False) for ns in stamps]
        assert taken_by_time(header(), now, 100 * S)(keys) == left
