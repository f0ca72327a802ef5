from __future__ import annotations

import dataclasses
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.capture.keysyms import US, keysym_of
from byhand.capture.scripted import script
from byhand.events.kinds import AnyEvent, Element, Frame, Key, Mark, Motion, Window
from byhand.events.raw import (
    Raw,
    RawBox,
    RawButton,
    RawElement,
    RawFrame,
    RawGap,
    RawGrab,
    RawKey,
    RawLock,
    RawMark,
    RawMotion,
    RawScroll,
    RawText,
    RawWindow,
)
from byhand.privacy.guard import Guard
from byhand.privacy.waiting import MOST
from tests.privacy.rig import guard, run, story, told

S = 1_000_000_000
FOCUS = '00.0 focus mail "Inbox"\n00.1 element entry "Subject"\n'


def typed(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("down")]


# ---- programs


def test_another_app_leaves_only_the_length_of_the_gap():
    """Of a program that is not listed nothing is kept but that it had the keyboard for so long."""
    lines = story(
        FOCUS
        + """
        01.0 focus bank "Account 4711"
        01.5 element entry "Amount"
        02.0 type "canary"
        04.0 hotkey ctrl+s
        05.0 click "Pay"
        13.0 focus mail "Inbox"
        """
    )
    assert lines == ["focus mail", "focus entry Subject", "gap another app 12 s", "focus mail"]


def test_a_recording_that_ends_in_another_app_says_how_long_it_was():
    """The gap is told at the end too."""
    assert story(FOCUS + "01.0 focus bank")[-1] == "gap another app 2 s"


def test_nothing_is_kept_before_somebody_says_who_has_the_focus():
    """No focus known counts as a program that is not listed."""
    assert story('00.0 type "canary"') == ["gap another app 3 s"]


def test_a_press_is_judged_by_the_window_under_it():
    """A press on a window that is not listed is dropped while a listed one has the focus, and the other way round."""
    lines = story(
        FOCUS
        + """
        00.2 seen bank "Account" 900,0 300x600
        00.5 click "Pay" in bank
        01.0 focus bank
        02.5 click "Reply" in mail
        """
    )
    assert lines[2:] == ["button", "press push button Reply", "button", "gap another app 4 s"]


def test_a_press_on_an_unknown_window_is_dropped():
    """Window 0 is nobody's."""
    door = guard()
    raws = [*script(FOCUS), RawButton(1_000_200, 1_000_200 * 10**6, True, 1, 5, 5, 0, False)]
    assert told(run(door, raws)) == ["focus mail", "focus entry Subject"]
    assert door.tally.dropped["another app"] == 1


def test_a_popup_of_a_listed_app_counts_as_that_app():
    """Menus have no focus; the driver says whose they are."""
    lines = story(FOCUS + '00.5 seen mail#2 "menu" 0,0 100x100 override\n01.0 click "Archive" (menu item) in mail#2')
    assert lines[2:] == ["button", "press menu item Archive", "button"]


def test_a_popup_of_another_app_is_dropped():
    """A notification of a program that is not listed lies over a listed one."""
    assert len(story(FOCUS + '00.5 seen chat "hi" 0,0 100x100 override\n01.0 click "Reply" in chat')) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('focus keepassxc "x.kdbx"', "private context"),
        ('focus i3lock "i3lock"', "lock screen"),
        ("lock", "lock screen"),
        ('focus chromium "New Tab - Chromium (Incognito)"', "another site"),
        ('focus chromium "Start - Mozilla Firefox Privater Modus"', "another site"),
        ('focus gnome-keyring "Unlock"', "another app"),
    ],
)
def test_secret_places_are_gaps_whatever_the_policy_lists(line: str, reason: str):
    """Password managers, lock screens and private windows: a reason and a length, nothing else."""
    lines = story(
        FOCUS + f'01.0 {line}\n02.0 type "canary"\n03.0 hotkey ctrl+c\n04.0 scroll 3\n06.0 focus mail\n06.0 unlock'
    )
    assert next(line for line in lines[2:] if line.startswith("gap")).startswith(f"gap {reason} 5 s")
    assert not typed(lines)


def test_a_window_that_turns_private_is_dropped_from_then_on():
    """A title that changes to a private one ends what is kept, and a plain title does not bring it back."""
    lines = story(
        """
        00.0 focus chromium "Start - Chromium"
        00.1 element entry "Address bar"
        01.0 title chromium "Start - Chromium (Incognito)"
        01.5 type "canary"
        03.0 title chromium "Start - Chromium"
        03.5 type "canary"
        """
    )
    assert not typed(lines)
    assert lines[-1].startswith("gap another site")


def test_a_browser_whose_accessible_name_says_private_is_private():
    """Chromium says it nowhere else."""
    door = guard()
    raws = [
        dataclass_replace(raw, frame="Start - Chromium (Incognito)") if isinstance(raw, RawElement) else raw
        for raw in script(
            """
            00.0 focus chromium "Start - Chromium"
            00.2 element entry "Search" url=https://work.example.org/
            00.5 type "canary"
            01.5 click "Send" url=https://work.example.org/
            """
        )
    ]
    lines = told(run(door, raws))
    assert not typed(lines)
    assert "button" not in lines


# ---- keys


def test_characters_are_only_classes_and_shortcuts_are_named():
    """Without text nobody can read what was typed; what was meant as an act has its name."""
    lines = story(FOCUS + '01.0 type "a1!"\n02.0 hotkey ctrl+s\n03.0 key Down\n04.0 key F5\n05.0 key BackSpace')
    assert [line for line in typed(lines) if "Shift" not in line] == [
        "down letter", "down digit", "down symbol", "down Control_L", "down s",
        "down Down", "down F5", "down BackSpace",
    ]  # fmt: skip


def test_how_long_a_character_is_held_is_told_only_with_timing():
    """How long a key is held is a part of the rhythm: without the stream another hold is drawn."""
    text = FOCUS + '01.0 type "abcdefgh"'
    assert story(text).count("up letter") == story(text, "timing").count("up letter") == 8
    drawn, true = ([e for e in run(guard(*s), script(text)) if isinstance(e, Key)] for s in ((), ("timing",)))
    holds = [
        {
            up.mono_ns - down.mono_ns
            for down, up in zip(*([k for k in kept if k.down is d] for d in (True, False)), strict=True)
        }
        for kept in (drawn, true)
    ]
    assert len(holds[0]) > 1
    assert len(holds[1]) == 1


def test_stamps_of_characters_are_drawn_without_timing():
    """The rhythm is not in the recording; with the stream it is."""
    text = FOCUS + '01.0 type "abcdefghijklmnop"'
    drawn = [event.server_ms for event in run(guard(), script(text)) if isinstance(event, Key) and event.down]
    exact = [event.server_ms for event in run(guard("timing"), script(text)) if isinstance(event, Key) and event.down]
    flights = {b - a for a, b in pairwise(drawn)}, {b - a for a, b in pairwise(exact)}
    assert len(flights[0]) > len(flights[1])
    assert len(set(exact)) == 16


def test_ctrl_pressed_in_the_middle_of_a_character_does_not_name_it():
    """A character's repeat and its end stay characters, whatever is held by then."""
    text = (
        FOCUS
        + """
        01.0 key a down
        01.1 key Control_L down
        01.3 key a up
        01.4 key Control_L up
        """
    )
    raws = script(text)
    repeat = dataclass_replace(next(r for r in raws if isinstance(r, RawKey)), mods=4, repeat=True)
    place = next(i for i, r in enumerate(raws) if isinstance(r, RawKey) and r.keycode == 37)
    raws.insert(place + 1, dataclass_replace(repeat, server_ms=1_001_200, mono_ns=1_001_200 * 10**6))
    kept = run(guard("timing"), raws)
    assert [k.keysym for k in kept if isinstance(k, Key) and k.cls == "letter"] == ["", "", ""]


def test_a_key_held_across_a_switch_leaves_no_end():
    """Struck in one place and let go in another: neither half tells of the other."""
    text = FOCUS + '01.0 focus bank\n01.5 key a down\n02.5 focus mail\n02.6 element entry "Subject"\n03.0 key a up'
    assert not [line for line in story(text, "timing") if "letter" in line]


def test_a_key_that_repeats_into_a_listed_app_leaves_nothing():
    """It went down where nothing is kept, and is still held when the focus comes back."""
    raws = script(
        FOCUS + '01.0 focus bank\n01.5 key a down\n02.5 focus mail\n02.6 element entry "Subject"\n03.0 key a up'
    )
    strike = next(raw for raw in raws if isinstance(raw, RawKey))
    raws.insert(-1, dataclass_replace(strike, server_ms=1_002_800, mono_ns=1_002_800 * 10**6, repeat=True))
    assert not [event for event in run(guard("timing"), raws) if isinstance(event, Key)]


def test_a_window_that_gets_the_focus_again_must_say_anew_who_has_the_keyboard():
    """What had it when the person left may not have it now; what was told just before still holds."""
    away = FOCUS + "01.0 focus editor\n03.0 focus mail\n"
    assert not typed(story(away + '03.5 type "canary"'))
    early = FOCUS + '01.0 focus editor\n02.9 element entry "Subject" in mail\n03.0 focus mail\n'
    assert typed(story(early + '03.5 type "a"')) == ["down letter"]


def test_a_grab_withholds_characters_and_keeps_navigation():
    """Who holds the whole keyboard may be asking for a password."""
    lines = story(FOCUS + '01.0 grab\n01.1 type "canary"\n02.0 key Down\n03.0 ungrab\n04.0 type "a"')
    assert lines[2:] == ["withheld keyboard grab", "down Down", "up Down", "down letter", "up letter"]


# ---- secrets


def test_a_password_leaves_one_mark_and_no_length():
    """Two passwords of different length leave the same recording, and the same tally."""
    short, long = guard("timing"), guard("timing")
    text = FOCUS + '01.0 secret "{}"\n09.0 key Return\n09.5 element entry "Subject"'
    first = run(short, script(text.format("a")))
    second = run(long, script(text.format("Tr0ub4dor&3 correct horse ")))
    assert told(first) == told(second)
    assert "withheld password field" in told(first)
    assert short.tally == long.tally
    assert [e.mono_ns for e in first] == [e.mono_ns for e in second]


def test_editing_in_a_password_is_withheld_too():
    """BackSpace and arrows would count letters; Ctrl+V, Tab and Return say nothing of them."""
    lines = story(
        FOCUS
        + """
        01.0 element password text "Password"
        02.0 type "ab"
        02.5 key BackSpace
        02.6 key Left
        02.8 key Delete
        03.0 hotkey ctrl+v
        03.4 hotkey ctrl+shift+2
        03.9 key Return
        """
    )
    assert lines[2:] == [
        "focus password text", "withheld password field",
        "down Control_L", "down v", "up v", "up Control_L", "down Control_L", "up Control_L",
        "down Return", "up Return",
    ]  # fmt: skip


def test_a_mouse_that_moves_while_one_types_does_not_count_the_letters():
    """One run is one mark, whatever happens in between."""
    lines = story(
        FOCUS + '01.0 secret "a"\n+0 move 50,50 for=0.05\n+0 type "b"\n+0 move 90,90 for=0.05\n+0 type "c"', "pointer"
    )
    assert lines.count("withheld password field") == 1


@pytest.mark.parametrize(
    "label", ["PIN", "One-time code", "Kartennummer:", "Mot de passe", "cardNumber", "IBAN", "パスワード"]
)
def test_a_field_that_is_called_a_secret_is_one(label: str):
    """A plain entry with the label of a secret is withheld like a password."""
    lines = story(f'00.0 focus mail\n00.1 element entry "{label}"\n01.0 type "canary"')
    assert lines[2:] == ["withheld password field"]
    assert lines[1] == "focus entry"


def test_without_an_accessibility_tree_text_is_secret():
    """Who does not tell what a field is may be asking for a password."""
    lines = story('00.0 focus mail\n00.1 element none\n01.0 type "canary"\n02.0 key Return\n03.0 type "x"')
    assert lines[1:] == ["withheld no accessibility tree", "down Return", "up Return"]


def test_without_a_word_on_the_focus_text_is_secret():
    """No element was ever told of."""
    assert story('00.0 focus mail\n01.0 type "canary"')[1:] == ["withheld no accessibility tree"]


def late(text: str, by_ms: int) -> list[Raw]:
    """A script whose elements arrive later than they happened."""
    raws = [
        dataclass_replace(raw, server_ms=raw.server_ms + by_ms, mono_ns=raw.mono_ns + by_ms * 10**6)
        if isinstance(raw, RawElement) and raw.why == "focus" and raw.role == "password text"
        else raw
        for raw in script(text)
    ]
    return sorted(raws, key=lambda raw: raw.mono_ns)


def test_letters_struck_before_accessibility_tells_of_the_password_field_are_withheld():
    """The field takes the focus by itself; its first letters are typed before we hear of it."""
    lines = told(run(guard(), late(FOCUS + '01.0 secret "abc"', 250)))
    assert not typed(lines)
    assert "withheld password field" in lines


@pytest.mark.parametrize("by_ms", [0, 150, 290, 900])
def test_tab_into_a_password_field_withholds_from_the_first_letter(by_ms: int):
    """After Tab nobody knows the field until we are told; telling may take as long as it wants."""
    lines = told(run(guard(), late(FOCUS + '01.0 type "me"\n+0.5 key Tab\n+0.01 secret "canary"', by_ms)))
    assert typed(lines) == ["down letter", "down letter", "down Tab"]


def test_tab_between_plain_fields_loses_nothing():
    """Letters struck before the next field is known wait for it."""
    raws = script(FOCUS + '01.0 key Tab\n+0.01 type "ab"')
    element = next(r for r in raws if isinstance(r, RawElement))
    raws.append(
        dataclass_replace(element, server_ms=1_001_150, mono_ns=1_001_150 * 10**6, path=(("frame", 0), ("entry", 5)))
    )
    raws.sort(key=lambda raw: raw.mono_ns)
    assert typed(told(run(guard(), raws))) == ["down Tab", "down letter", "down letter"]


@pytest.mark.parametrize("by_ms", [10, 100, 240])
def test_a_click_into_a_password_field_and_typing_at_once_is_withheld(by_ms: int):
    """The press says which field it was, later than the first letter."""
    raws = script(FOCUS + '01.0 click "Password" (password text)\n+0 type "canary"')
    raws = [
        (raw, raw.mono_ns + by_ms * 10**6 if isinstance(raw, RawElement) and raw.why == "press" else raw.mono_ns)
        for raw in raws
    ]
    lines = told(run(guard(), [raw for raw, _ in sorted(raws, key=lambda pair: pair[1])]))
    assert not typed(lines)


def test_after_a_press_that_nobody_answers_text_is_secret():
    """The keyboard may be anywhere."""
    lines = story(FOCUS + '01.0 press 10,10\n01.1 release 10,10\n02.0 type "canary"')
    assert lines[2:] == ["button", "button", "withheld no accessibility tree"]


@pytest.mark.parametrize(
    "moves",
    [
        '01.2 click "Subject" (entry)',  # a press on another field
        '01.15 key Tab\n+0 element entry "Subject"',
        '01.2 focus editor "Notes"\n01.21 element entry "Subject"',
    ],
)
def test_what_is_heard_of_the_next_field_is_not_said_of_letters_struck_before(moves: str):
    """A press that is not answered yet, three letters, and on: the answer to what came then is none to them."""
    lines = story(FOCUS + '01.0 press 10,10\n01.02 release 10,10\n01.03 type "c"\n' + moves)
    assert not typed([line for line in lines if line != "down Tab"])
    assert "withheld no accessibility tree" in lines


def test_what_is_heard_after_a_press_that_nobody_could_answer_is_not_said_of_letters_struck_before():
    """Another page opens and has the keyboard; what was typed went into the one before."""
    raws = script(FOCUS + '01.0 click "Login" (entry)\n+0 type "c"\n01.2 element document web "Home"')
    press = next(raw for raw in raws if isinstance(raw, RawElement) and raw.why == "press")
    raws.remove(press)
    first = next(at for at, raw in enumerate(raws) if isinstance(raw, RawKey))
    raws.insert(first + 1, dataclass_replace(press, found=False, role="", name=""))
    assert not typed(told(run(guard(), raws)))


def test_a_press_on_a_button_leaves_the_keyboard_where_it_was():
    """A tool bar is pressed, and one types on."""
    assert typed(story(FOCUS + '01.0 click "Bold"\n02.0 type "a"')) == ["down letter"]


def test_a_password_that_is_shown_stays_one():
    """The eye symbol turns the field into a plain entry: the same field, so still a secret."""
    raws = script(
        FOCUS + '01.0 element password text "Login"\n02.0 type "a"\n03.0 element entry "Login"\n04.0 type "b"'
    )
    raws = [
        dataclass_replace(raw, path=(("frame", 0), (raw.role, 3)))
        if isinstance(raw, RawElement) and raw.name == "Login"
        else raw
        for raw in raws
    ]
    lines = told(run(guard(), raws))
    assert not typed(lines)
    assert "focus entry Login" not in lines


def test_closing_at_once_counts_what_was_not_judged_as_secret():
    """The end comes before the 0.3 s are over."""
    door = guard()
    raws = script(FOCUS + '01.0 type "ab"')
    kept = [event for raw in raws for event in door.feed(raw)] + door.close(raws[-1].mono_ns)
    assert told(kept)[2:] == ["withheld no time to judge"]
    assert door.held() == 0


# ---- elements, pages


def test_names_of_controls_are_kept_and_other_words_are_not():
    """A button's everyday name says what was done; a name out of somebody's life does not come through."""
    lines = story(
        FOCUS
        + """
        01.0 click "Reply"
        02.0 click "Delete Anna Kowalska" (menu item)
        03.0 click "Save" (table cell)
        04.0 click "Kontoblatt" (page tab)
        05.0 click "5" (push button)
        """
    )
    assert [line for line in lines if line.startswith("press")] == [
        "press push button Reply", "press menu item", "press table cell", "press page tab Kontoblatt",
        "press push button",
    ]  # fmt: skip


def test_a_page_keeps_its_listed_origin_and_a_path_of_everyday_words():
    """No query, no fragment, no number, no name, and no name of a subdomain."""
    kept = run(
        guard(),
        script("""
        00.0 focus chromium "x"
        01.0 click "Save" url=https://work.example.org/invoices/4711/anna/edit?token=canary#x
        02.0 click "Save" url=https://anna.wide.example.org/
        """),
    )
    assert [(e.origin, e.page) for e in kept if isinstance(e, Element)] == [
        ("https://work.example.org", "/invoices/{id}/{word}/edit"), ("https://*.wide.example.org", "/"),
    ]  # fmt: skip


def test_another_site_is_a_gap_and_the_address_bar_is_not():
    """In a browser pages are judged by site; the browser's own controls are those of a program."""
    lines = story(
        """
        00.0 focus chromium "x"
        00.1 element entry "Search" url=https://work.example.org/
        01.0 type "a"
        02.0 element entry "Address"
        03.0 type "b"
        04.0 element entry "Search" url=https://elsewhere.example/
        05.0 type "canary"
        06.0 click "Send" url=https://elsewhere.example/
        07.0 scroll 3
        09.0 element entry "Search" url=https://work.example.org/
        09.5 type "c"
        """
    )
    assert lines == [
        "focus chromium", "focus entry Search", "down letter", "focus entry Address", "up letter", "down letter",
        "up letter", "gap another site 5 s", "focus entry Search", "down letter", "up letter",
    ]  # fmt: skip


def test_a_press_in_a_browser_without_an_answer_is_dropped():
    """Nobody says which page it was on."""
    assert "button" not in story('00.0 focus chromium "x"\n01.0 click')


def test_a_press_and_its_element_stand_together():
    """The element waits for nothing and overtakes nothing."""
    raws = script(FOCUS + '01.0 type "a"\n+0 click "Reply"')
    kept = run(guard(), raws)
    names = [type(event).__name__ for event in kept]
    assert names[2:] == ["Key", "Key", "Button", "Element", "Button"]


# ---- streams


def test_motion_is_kept_only_with_the_pointer_stream_and_over_listed_windows():
    """A path over another program is nobody's business."""
    text = FOCUS + "01.0 move 100,100 for=0.4\n02.0 seen bank\n02.1 focus bank\n03.0 move 10,10 for=0.4"
    assert not [e for e in run(guard(), script(text)) if isinstance(e, Motion)]
    assert len([e for e in run(guard("pointer"), script(text)) if isinstance(e, Motion)]) == 50


def test_a_title_is_kept_only_with_the_text_stream_and_what_is_not_cleared_is_a_placeholder():
    """A title says which step of the work it was, and not of whom."""
    text = '00.0 focus mail "Inbox - 3 new messages"\n01.0 title mail "Re: Anna\'s salary"\n02.0 title mail "Drafts"'
    assert told(run(guard("text"), script(text))) == [
        "focus mail Inbox - 3 new messages", "title mail Re: <NAME>", "title mail Drafts",
    ]  # fmt: skip
    assert story(text) == ["focus mail"]


def test_windows_are_numbered_from_one():
    """The system's own numbers would tie recordings to each other."""
    kept = run(
        guard(), script("00.0 focus bank\n00.1 focus mail\n00.2 focus editor\n00.3 focus mail\n00.4 closed editor")
    )
    assert [(e.change, e.window) for e in kept if isinstance(e, Window)] == [
        ("focus", 1), ("focus", 2), ("focus", 1), ("closed", 2),
    ]  # fmt: skip


def frame(window: int, released: list[int], boxes: tuple[RawBox, ...] | None = ()) -> RawFrame:
    pixels = memoryview(bytes(64 * 64 * 4))
    return RawFrame(
        1_000_500, 1_000_500 * 10**6, "clock", window, 0, 0, 64, 64, 256, pixels, frozenset({(0, 0)}), boxes, "",
        lambda: released.append(window),
    )  # fmt: skip


def test_a_frame_is_kept_only_by_grant_and_of_the_listed_window_in_focus():
    """Every frame is given back to the driver, whatever became of it."""
    released: list[int] = []
    door = guard("frames", screen=(128, 64))
    raws = [*script(FOCUS + "00.3 seen bank"), frame(0x400001, released), frame(0x400002, released)]
    kept = run(door, raws)
    assert [type(e) for e in kept if isinstance(e, Frame)] == [Frame]
    assert released == [0x400001, 0x400002]
    without = run(guard(screen=(128, 64)), [*script(FOCUS), frame(0x400001, released)])
    assert not [e for e in without if isinstance(e, Frame)]
    assert len(released) == 3


def test_a_locked_screen_gives_no_frame():
    """Nor does one that is locked over a listed program."""
    door = guard("frames", screen=(128, 64))
    assert not [e for e in run(door, [*script(FOCUS + "00.3 lock"), frame(0x400001, [])]) if isinstance(e, Frame)]


# ---- marks, gaps, failures


def test_lost_events_are_told_and_nobody_has_the_keyboard_afterwards():
    """The change of focus may be among what was lost."""
    door = guard()
    lines = told(run(door, script(FOCUS + '01.0 gap "queue full" 7\n01.1 type "canary"\n03.0 focus mail')))
    assert lines[2:] == ["gap lost 0 s", "gap another app 2 s", "focus mail"]
    assert door.tally.lost == 7


def test_a_pause_keeps_nothing_and_needs_a_new_focus():
    """What happens in a pause is not even counted as a gap."""
    lines = story(
        FOCUS
        + '01.0 pause\n02.0 type "canary"\n05.0 resume\n05.1 type "canary"\n'
        + '05.9 focus mail\n06.0 element entry "Subject"\n07.0 type "a"'
    )
    assert lines[2:-2] == ["pause", "resume", "gap another app 1 s", "focus mail", "focus entry Subject"]


def test_a_rule_that_breaks_costs_its_event_and_says_nothing(monkeypatch: pytest.MonkeyPatch):
    """Fail closed: no exception, no content, and no key until the focus is told again."""
    door = guard()

    def broken(*_: Any, **__: Any) -> Element:
        raise RuntimeError("canary")

    raws = script(FOCUS + '00.5 element entry "Name"\n01.0 type "canary"')
    monkeypatch.setattr("byhand.privacy.rules.fields.kept", broken)
    assert told(run(door, raws)) == ["focus mail", "gap another app 3 s"]
    assert door.tally.dropped["guard failed"] == 1
    assert "canary" not in repr(door.tally)


def test_what_is_held_is_bounded():
    """A line that grows too long is decided early, and then text is secret."""
    door = guard("pointer")
    for raw in script(FOCUS + "01.0 key a"):
        door.feed(raw)
    most = 0
    at = 1_001_061
    for n in range(MOST + 500):
        door.feed(RawMotion(at, at * 10**6 + n, 1, 1, 0x400001, False))
        most = max(most, door.held())
    assert most <= MOST
    assert door.tally.dropped["no time to judge"] == 1


def test_a_title_of_a_megabyte_and_broken_text_are_survived():
    """Titles come from other programs and may hold anything; of one too long to be looked at nothing is kept."""
    ugly = "\ud800" + "x" * 1_000_000 + "\x00"
    raws: list[Raw] = [RawWindow(1, 10**6, "focus", 5, "mail", ugly, 1, 0, 0, 1, 1, False)]
    raws.append(
        RawElement(2, 2 * 10**6, "focus", True, 5, 1, ugly, ugly, (ugly,), 0, 0, 1, 1, ((ugly, 0),), ugly, ugly)
    )
    kept = run(guard("text"), raws)
    msgspec.msgpack.encode(kept)
    assert [(type(e), getattr(e, "reason", "")) for e in kept] == [(Mark, "private context")]
    short = [dataclass_replace(raws[0], title="\ud800" + "x" * 900 + "\x00"), raws[1]]
    kept = run(guard("text"), short)
    msgspec.msgpack.encode(kept)
    assert [type(e) for e in kept][:2] == [Window, Element]


# ---- whatever comes

CANARY = [keysym_of(c) for c in "qQ7#ß€"]
_WINDOWS = {1: "mail", 2: "bank", 3: "chromium", 4: "keepassxc"}
_NAMES = ["Subject", "Password", "Reply", "canary"]
_URLS = ["", "https://work.example.org/canary", "https://elsewhere.example/canary", "not an address"]


def _raw(draw: st.DrawFn, at: int) -> Raw:
    stamps = (at, at * 10**6)
    window = draw(st.sampled_from([0, 1, 2, 3, 4, 9]))
    match draw(st.integers(0, 11)):
        case 0 | 1 | 2 | 3:
            down, sym = draw(st.booleans()), draw(st.sampled_from([*CANARY, 0xFF09, 0xFF0D, 0xFF08, 0xFFE1, 0xFFE3]))
            mods, code = draw(st.sampled_from([0, 1, 4, 8, 12, 128])), draw(st.integers(8, 12))
            return RawKey(*stamps, down, code, sym, mods, draw(st.booleans()), False)
        case 4:
            return RawMotion(*stamps, 1, 1, window, False)
        case 5:
            return RawButton(*stamps, draw(st.booleans()), 1, 1, 1, window, False)
        case 6:
            return RawScroll(*stamps, 0, 1, 1, 1, window, False)
        case 7:
            change: Any = draw(st.sampled_from(["seen", "focus", "focus", "title", "geometry", "closed"]))
            title = draw(st.sampled_from(["Inbox", "canary", "x (Incognito)"]))
            return RawWindow(*stamps, change, window, _WINDOWS.get(window, ""), title, 1, 0, 0, 9, 9, False)
        case 8 | 9:
            why: Any = draw(st.sampled_from(["press", "focus"]))
            role = draw(st.sampled_from(["entry", "password text", "push button", "canary"]))
            name, url = draw(st.sampled_from(_NAMES)), draw(st.sampled_from(_URLS))
            path = ((role, draw(st.integers(0, 2))),)
            return RawElement(*stamps, why, draw(st.booleans()), window, 1, role, name, (), 0, 0, 1, 1, path, url)
        case 10:
            kind = draw(st.sampled_from([RawGrab, RawLock]))
            return kind(*stamps, draw(st.booleans()))
        case _:
            what: Any = draw(st.sampled_from(["start", "pause", "resume", "stop"]))
            how: Any = draw(st.sampled_from(["typed", "pasted", "value"]))
            if draw(st.booleans()):
                return RawText(*stamps, how, window, "mail canary@example.org ", "entry", draw(st.sampled_from(_NAMES)))
            return draw(st.sampled_from([RawMark(*stamps, what, ""), RawGap(*stamps, "canary", 1)]))


@st.composite
def _sequences(draw: st.DrawFn) -> list[Raw]:
    at, raws = 1_000, list[Raw]()
    for _ in range(draw(st.integers(0, 60))):
        at += draw(st.sampled_from([0, 1, 50, 200, 400, 2_000]))
        raws.append(_raw(draw, at))
    return raws


@settings(max_examples=400, deadline=None)
@given(_sequences(), st.sets(st.sampled_from(["text", "timing", "pointer"])))
def test_whatever_comes_no_word_of_it_leaks_and_order_and_line_hold(raws: list[Raw], streams: set[str]):
    """No crash, no canary, stamps in order, nothing left in line after the end."""
    door = guard(*streams)
    kept: list[AnyEvent] = []
    for raw in raws:
        kept += door.feed(raw)
        assert door.held() <= len(raws)
    kept += door.close(raws[-1].mono_ns if raws else 0)
    assert door.held() == 0
    assert door.tally.dropped["guard failed"] == 0
    assert b"canary" not in msgspec.msgpack.encode(kept)
    assert all(a.mono_ns <= b.mono_ns and a.server_ms <= b.server_ms for a, b in pairwise(kept))
    assert sum(door.tally.kept.values()) == len(kept)
    # A shortcut's key goes up under the name it went down with, whatever is still held by then.
    for key in (event for event in kept if isinstance(event, Key) and event.down):
        assert not (key.cls in ("letter", "digit", "symbol") and key.keysym and not key.mods & (4 | 8 | 64))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 700), min_size=1, max_size=12), st.integers(0, 290), st.booleans())
def test_no_length_of_a_password_shows_whenever_the_field_is_told(gaps: list[int], told_ms: int, timing: bool):
    """However fast one types, and however late accessibility tells of the field: one mark, and no key."""
    at = 2_000
    window = RawWindow(1_000, 10**9, "focus", 1, "mail", "", 1, 0, 0, 9, 9, False)
    entry = RawElement(
        1_001, 1_001 * 10**6, "focus", True, 1, 1, "entry", "Subject", (), 0, 0, 1, 1, (("entry", 0),), ""
    )
    field = dataclass_replace(
        entry, server_ms=at + told_ms, mono_ns=(at + told_ms) * 10**6, role="password text", path=(("entry", 1),)
    )
    raws: list[Raw] = [field]
    for number, gap in enumerate(gaps):
        character = "canary12345x"[number]
        code = US[character][0]
        raws.append(RawKey(at, at * 10**6, True, code, keysym_of(character), 0, False, False))
        raws.append(RawKey(at + 40, (at + 40) * 10**6, False, code, keysym_of(character), 0, False, False))
        at += 41 + gap
    raws.sort(key=lambda raw: raw.mono_ns)
    kept = run(guard(*(["timing"] if timing else [])), [window, entry, *raws])
    assert not [event for event in kept if isinstance(event, Key)]
    assert len([event for event in kept if isinstance(event, Mark)]) == 1


def dataclass_replace(raw: Any, **changes: Any) -> Any:
    """Raw types are not dataclasses to anybody outside; a test may copy one all the same."""
    assert not dataclasses.is_dataclass(raw)
    names = type(raw).__slots__
    return type(raw)(*(changes.get(name, getattr(raw, name)) for name in names))


def test_a_guard_needs_nothing_but_a_policy_and_a_grant():
    """No clock, no disk, no thread: two guards fed the same say the same."""
    raws = script(FOCUS + '01.0 type "hello"\n+0 click "Reply"\n+1 focus bank\n+2 focus mail')
    assert run(guard(), raws) == run(guard(), raws)
    assert isinstance(guard(), Guard)
