"""The time line of a recording without `timing`: what it hides, what it keeps, and how far it goes from the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.capture.scripted import script
from byhand.events.kinds import AnyEvent, Button, Element, Key, KeyClass, Mark, Motion, Scroll, Window
from byhand.events.raw import Raw, RawKey
from byhand.privacy.rhythm.told import AHEAD_S, MOST_S, Told
from tests.privacy.rig import guard, run

MS, S = 1_000_000, 1_000_000_000
START = 5_000 * S
FOCUS = '00.0 focus mail "Inbox" 0,0 800x600\n00.1 element entry "Subject"\n'


def key(at_s: float, cls: KeyClass = "letter", name: str = "", *, down: bool = True, by: str = "actions.class") -> Key:
    ns = START + round(at_s * 1e6) * 1_000
    return Key(ns // MS, ns, by, down, cls, 9 if name else 0, name, 0, repeat=False, injected=False)


def at(kind: type[Motion | Button | Mark], at_s: float, *more: Any) -> AnyEvent:
    ns = START + round(at_s * 1e6) * 1_000
    return kind(ns // MS, ns, "x", *more)


def press(at_s: float, *, down: bool = True) -> AnyEvent:
    return at(Button, at_s, down, 1, 5, 5, False)


def mark(at_s: float) -> AnyEvent:
    return at(Mark, at_s, "task_begin", "", 0, 0, "")


def tell(events: Iterable[AnyEvent], seed: bytes = b"seed") -> list[AnyEvent]:
    told = Told(seed)
    out = [one for event in events for one in told.take(event)]
    return out + told.close()


def typed(gaps_s: Sequence[float], cls: Callable[[int], KeyClass] = lambda _: "letter") -> list[AnyEvent]:
    now, events = 1.0, [mark(0)]
    for n, gap in enumerate(gaps_s):
        now += gap if n else 0
        events += [key(now, cls(n)), key(now + gap / 3, cls(n), down=False)]
    return events


def moments(events: Iterable[AnyEvent]) -> list[int]:
    return [event.mono_ns for event in events]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0.001, 1.99), st.floats(0.001, 1.99)), min_size=2, max_size=40))
def test_whatever_the_true_flights_were_the_told_ones_are_the_same(gaps: list[tuple[float, float]]):
    """Below 2 s nothing of a person's time, hold or overlap is in the recording: not in a stamp, not in the order."""
    one, other = (tell(typed([pair[n] for pair in gaps])) for n in (0, 1))
    assert moments(one)[1:] == moments(other)[1:]
    assert [e.down for e in one if isinstance(e, Key)] == [e.down for e in other if isinstance(e, Key)]


def test_of_a_pause_only_its_class_is_told():
    """6 s and 14 s are told alike; 4 s and 6 s are not."""
    told = {pause: moments(tell(typed([0.1, 0.1, pause, 0.1])))[1:] for pause in (6, 14, 30)}
    assert told[6] == told[14] != told[30]


def test_rollover_is_drawn_too():
    """Somebody who always lets go late, over the next key, leaves what somebody leaves who never does."""
    early = [mark(0), *(key(1 + n * 0.2 + held, down=not held) for n in range(20) for held in (0, 0.02))]
    late = [mark(0), *sorted((key(1 + n * 0.2 + held, down=not held) for n in range(20) for held in (0, 0.25)),
                             key=lambda event: event.mono_ns)]  # fmt: skip
    assert moments(tell(early)) == moments(tell(late))


@pytest.mark.parametrize("step", [0.06, 0.2, 0.9])
def test_what_stands_beside_the_keys_does_not_tell_their_time(step: float):
    """A title, an element or a frame after each key is told with that key."""
    events = [mark(0)]
    for n in range(20):
        events += [key(1 + n * step), mark(1 + n * step + step / 2)]
    told = [event for event in tell(events) if isinstance(event, Mark) or (isinstance(event, Key) and event.down)]
    assert all(b.mono_ns == a.mono_ns for a, b in zip(told[1::2], told[2::2], strict=True))


def field(at_s: float, why: str = "input") -> AnyEvent:
    ns = START + round(at_s * 1e6) * 1_000
    return Element(ns // MS, ns, "text.element", why, "entry", "", (), 1, 2, 3, 4, "", "", "", "browser")  # type: ignore[arg-type]


@pytest.mark.parametrize("why", ["input", "change", "focus", "submit"])
def test_what_a_page_tells_beside_the_keys_does_not_tell_their_time(why: str):
    """As what the desktop tells: with the key before it, however long that truly took."""
    for step in (0.06, 0.9):
        told = tell([mark(0), key(1), field(1 + step, why), key(2)])
        beside = [event.mono_ns for event in told if isinstance(event, Element)]
        assert beside == [event.mono_ns for event in told if isinstance(event, Key) and event.down][:1]


def test_when_a_field_was_filled_does_not_tell_how_long_that_took():
    """After a press whose keys are withheld: 0.4 s or 1.9 s, it is told alike."""
    for kept_at in ((0.4, 1.9), (2.5, 3.9)):
        told = [
            tell([mark(0), press(1), press(1.05, down=False), field(1.05 + after)])[-1].mono_ns for after in kept_at
        ]
        assert told[0] == told[1]


def test_no_stamp_tells_more_than_the_other():
    """A drawn time is a whole ms, and the same in both stamps."""
    for event in tell(typed([0.1234567] * 20)):
        if isinstance(event, Key):
            assert event.mono_ns % MS == 0
            assert event.server_ms == event.mono_ns // MS


def test_presses_keep_the_true_time_between_them():
    """Whatever was typed before. How long a click is held is drawn."""
    told = tell([*typed([0.05] * 30), press(3.0), press(3.03, down=False), press(3.4), press(3.46, down=False)])
    downs = [event for event in told if isinstance(event, Button) and event.down]
    assert downs[1].mono_ns - downs[0].mono_ns == round(0.4 * S)
    holds = {
        tuple(b.mono_ns - a.mono_ns for a, b in zip(buttons[::2], buttons[1::2], strict=True))
        for held in (0.03, 0.3)
        for buttons in ([e for e in tell([mark(0), press(1), press(1 + held, down=False)]) if isinstance(e, Button)],)
    }
    assert len(holds) == 1


def gap(at_s: float, seconds: float) -> AnyEvent:
    return at(Mark, at_s, "gap", "another site", round(seconds * 1000), 0, "")


def test_a_gap_of_nothing_takes_its_whole_time():
    """Whatever was drawn for the keys before it: from the last one to its end there is room for it."""
    told = tell([*typed([0.05] * 40), gap(22.5, 19)])
    last = max(one.mono_ns for one in told if isinstance(one, Key) and one.down)
    assert told[-1].mono_ns - last >= 19 * S


def test_a_gap_of_keys_does_not_move_the_presses_in_it():
    """While no key may be kept, presses may: the mark of that gap, which stands at its end, takes no time of theirs."""
    told = moments(
        tell([mark(0), press(1), press(1.1, down=False), press(9), gap(9, 9), press(9.1, down=False), press(10)])
    )
    assert told[3] - told[1] == 8 * S
    assert told[4] - told[3] < S
    assert told[6] - told[3] == S


def test_a_drag_is_told_to_the_half_second():
    """That it was one is kept, and about how long."""
    drag = [e for e in tell([mark(0), press(1), press(2.73, down=False)]) if isinstance(e, Button)]
    assert drag[1].mono_ns - drag[0].mono_ns == round(1.5 * S)


def test_where_the_path_is_granted_the_hand_is_told_as_it_moved():
    """A click at the end of a kept movement keeps its true times: the movement tells them anyway."""
    events = [mark(0), *(at(Motion, 1 + n / 100, n, n, False) for n in range(50)), press(1.52), press(1.6, down=False)]
    assert moments(tell(events)) == moments(events)


def test_granted_timing_is_told_as_it_was():
    """To the µs, up and down."""
    events = [mark(0), *(key(1 + n * 0.11111, by="timing.class", down=not n % 2) for n in range(20))]
    assert moments(tell(events)) == moments(events)


def test_ctrl_is_let_go_after_what_it_was_held_for():
    """A shortcut stays one: down, down, up, up."""
    strokes = [("Control_L", True), ("c", True), ("Control_L", False), ("c", False)]
    events = [
        key(1 + n / 10, "modifier" if name != "c" else "letter", name, down=down, by="actions.shortcut")
        for n, (name, down) in enumerate(strokes)
    ]
    told = [(e.keysym, e.down) for e in tell([mark(0), *events]) if isinstance(e, Key)]
    assert told == [("Control_L", True), ("c", True), ("c", False), ("Control_L", False)]


def test_shift_held_for_a_click_is_told_so():
    """Though its end is drawn: no press is told after it."""
    shift = key(1, "modifier", "Shift_L", by="actions.modifier")
    events = [mark(0), shift, press(1.9), press(2, down=False), key(2.5, "modifier", "Shift_L", down=False), press(9)]
    names = [type(e).__name__ + ("" if getattr(e, "down", True) else " up") for e in tell(events)]
    assert names == ["Mark", "Key", "Button", "Button up", "Key up", "Button"]


def test_one_key_goes_up_before_it_goes_down_again():
    """Nobody can strike Return twice without letting go of it."""
    for seed in range(20):
        told = tell([mark(0), *(key(1 + n / 10, "enter", "Return") for n in range(20))], bytes([seed]))
        assert [e.down for e in told if isinstance(e, Key)] == [True, False] * 20


@pytest.mark.parametrize("step", [0.001, 0.03, 0.12, 0.5, 1.9])
def test_told_time_does_not_go_far_from_the_truth(step: float):
    """Also not for a program that types for hours, a thousand keys a second; and order is kept."""
    told = Told(b"far")
    worst = last = 0
    for n in range(8_000):
        for event in told.take(key(n * step)):
            assert event.mono_ns >= last
            last = event.mono_ns
        worst = max(worst, abs(last - (START + round(n * step * S))))
    assert worst <= (MOST_S + 3) * S


def test_a_rest_brings_told_time_back():
    """A minute of doing nothing, and what comes next is near the truth again, though not at it."""
    told = Told(b"rest")
    for n in range(600):
        told.take(key(n * 0.05))
    (event,) = (e for e in told.take(press(400)) if isinstance(e, Button))
    assert 0 <= START + 400 * S - event.mono_ns <= 20 * S


def test_nothing_is_left_to_tell_after_a_rest_or_the_end():
    """The ends of strokes are told once no key can come before them."""
    told = Told(b"end")
    told.take(key(1))
    assert len(told) == 1
    assert not told.rest(START + round(2.5 * S))
    assert [e.down for e in told.rest(START + 4 * S) if isinstance(e, Key)] == [False]
    assert len(told) == 0


def _at_speed(raws: Sequence[Raw], speed: float) -> list[Raw]:
    begun, out = raws[0].mono_ns, list[Raw]()
    for raw in raws:
        if isinstance(raw, RawKey):
            ns = begun + 1 * S + round((raw.mono_ns - begun - 1 * S) * speed / 1e6) * MS
            out.append(RawKey(ns // MS, ns, raw.down, raw.keycode, raw.keysym, raw.mods, raw.repeat, raw.injected))
        else:
            out.append(raw)
    return out


def test_a_guarded_recording_is_the_same_at_any_speed():
    """Through the whole guard: the same letter after letter, at a third of the time, and not one stamp differs."""
    raws = script(FOCUS + '01.0 type "the same words at another speed, and 42 more"')
    slow, fast = (run(guard(), _at_speed(raws, speed), after_s=9) for speed in (1.0, 0.3))
    assert [(type(e), e.mono_ns, e.server_ms) for e in slow] == [(type(e), e.mono_ns, e.server_ms) for e in fast]
    assert sum(isinstance(e, Key) for e in slow) > 80


def test_scrolls_without_the_pointers_path_stay_in_one_place():
    """Where the pointer went while one scrolled is a path; with the stream it is kept."""
    text = FOCUS + "01.0 move 10,10\n01.5 scroll 1\n01.7 move 90,90\n02.2 scroll 1\n02.4 move 200,200\n02.9 scroll 1"
    for streams, places in (((), 1), (("pointer",), 3)):
        kept = run(guard(*streams), script(text))
        assert len({(e.x, e.y) for e in kept if isinstance(e, Scroll)}) == places
        assert any(isinstance(e, Motion) for e in kept) is ("pointer" in streams)


def test_the_element_of_a_press_stands_at_its_press():
    """Also when told time is not the true one."""
    kept = run(guard(), script(FOCUS + '01.0 type "abcdef"\n03.0 click "Reply"'))
    (element,) = (e for e in kept if isinstance(e, Element) and e.why == "press")
    (button,) = (e for e in kept if isinstance(e, Button) and e.down)
    assert (element.mono_ns, element.server_ms) == (button.mono_ns, button.server_ms)


def test_order_is_kept_between_keys_and_all_else():
    """What happened before a key is told before it."""
    kept = run(
        guard(), script(FOCUS + '01.0 type "ab"\n01.8 focus editor "x"\n01.9 element entry "Subject"\n02.0 type "c"')
    )
    told = [type(e) for e in kept if not (isinstance(e, Key) and not e.down)]
    assert told == [Window, Element, Key, Key, Window, Element, Key]
    assert all(a.mono_ns <= b.mono_ns for a, b in pairwise(kept))


def test_the_bounds_make_sense():
    """Flights are halved before the last bound is met."""
    assert 0 < AHEAD_S < MOST_S
