"""Whether an episode that is done again comes to its end: with pretended hands, and lists written by hand."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from byhand.agents.actuators.pretend import Page, Part, PretendHands
from byhand.datasets.ends import differs, end
from byhand.datasets.formats.port import Demonstration
from byhand.datasets.replaying import replay
from byhand.episodes.types import Action, Episode, Observation, Op, Step, Target
from byhand.events.kinds import Snapshot

SITE = "https://shop.example"
PARTS = (Part("textbox", "Customer", "input", "empty"), Part("checkbox", "Gift", "input", "unchecked"),
         Part("button", "Save", "button"))  # fmt: skip


def saves(page: Page) -> None:
    """The page says so, and the button is gone."""
    page[2:] = [Part("status", "Order saved", "p")]


def act(op: Op, role: str, name: str, **more: Any) -> Action:
    target = Target(role=role, name=name, aria=role, selectors=("#x",), source="browser")
    return Action(op, 0, 0, 0, 0, target=target, origin=SITE, page="/order", tab=1, frame=1, **more)


TYPED = act("type", "textbox", "Customer", text="Jane Doe")
TICKED = act("check", "checkbox", "Gift")
SAVED = act("click", "button", "Save")


def listed(parts: list[Part] | tuple[Part, ...], **more: Any) -> Snapshot:
    hands = PretendHands(parts)
    hands.go(f"{SITE}/order")
    seen = hands.look()
    assert seen is not None
    return replace(seen, **more)


def demonstration(*actions: Action, last: Snapshot | None = None) -> Demonstration:
    """Each a second long, a second apart; the first list before all, the last one behind."""
    timed = [replace(one, start_ns=2 * n * 10**9, end_ns=(2 * n + 1) * 10**9) for n, one in enumerate(actions, 1)]
    done = (2 * len(actions) + 2) * 10**9
    sights = {1: listed(PARTS)} | ({2: last} if last is not None else {})
    steps = [
        Step(one, before=(Observation("snapshot", 1, 10**9),) if place == 0 else ()) for place, one in enumerate(timed)
    ]
    if last is not None:
        steps[-1] = replace(steps[-1], after=(Observation("snapshot", 2, done),))
    episode = Episode("e", "r", "Order", "person", "done", tuple(steps), 0, 9, 0, done)
    return Demonstration(episode, sights)


ENDED = (Part("textbox", "Customer", "input", "8 characters"), Part("checkbox", "Gift", "input", "checked"),
         Part("status", "Order saved", "p"))  # fmt: skip
END = listed(ENDED, nodes=(1, 2, 9))
ORDER = demonstration(TYPED, TICKED, SAVED, last=END)


def test_an_episode_ends_on_the_page_of_its_last_tab_and_not_in_a_frame_of_it():
    """Frames are numbered over all tabs: the page of the second is frame 3, and frame 4 lies in it."""
    page, inside = (
        listed(ENDED, tab=2, frame=3, page="/done"),
        listed((Part("button", "Ad", "button"),), tab=2, frame=4),
    )
    told = demonstration(SAVED, last=page)
    after = (*told.episode.steps[-1].after, Observation("snapshot", 3, told.episode.steps[-1].after[-1].mono_ns + 1))
    steps = (*told.episode.steps[:-1], replace(told.episode.steps[-1], after=after))
    told = Demonstration(replace(told.episode, steps=steps), {**told.sights, 3: inside})
    found = end(told)
    assert found is not None
    assert (found.page, [one.name for one in found.things if one.role == "status"]) == ("/done", ["Order saved"])


def test_an_episode_whose_page_still_works_is_reached():
    """Every step was done with its text, and what had changed has changed again."""
    hands = PretendHands(PARTS, {"Save": saves})
    told = replay(ORDER, hands)
    assert (told.reached, told.done, told.why, told.compared, told.after) == (True, 3, "", "page", 3)
    assert hands.did == [("type", "Customer", "Jane Doe"), ("check", "Gift", ""), ("click", "Save", "")]


def test_a_page_that_no_longer_does_its_work_is_not_reached():
    """All steps can be done, but the end is another: the reason tells what is missing and quotes no word of it."""
    told = replay(ORDER, PretendHands(PARTS))
    assert not told.reached
    assert told.why == "after step 3: a status that was there at the end is not there, or is in another state"


def test_what_is_still_there_that_was_gone_is_another_end():
    """A dialog that stays open, for one."""
    told = replay(ORDER, PretendHands(PARTS, {"Save": lambda page: page.append(Part("status", "Order saved", "p"))}))
    assert told.why == "after step 3: a button is still there that was gone at the end"


def test_a_target_that_is_gone_stops_the_episode_there():
    """Nothing is done after a step that could not be done."""
    hands = PretendHands([PARTS[0], PARTS[2]], {"Save": saves})
    told = replay(ORDER, hands)
    assert (told.reached, told.done, told.why) == (False, 1, "step 2: its target was not found")
    assert [op for op, *_ in hands.did] == ["type"]


def test_a_text_that_was_not_kept_has_to_be_given():
    """A placeholder is never typed."""
    masked = demonstration(replace(TYPED, text="<NAME>", masked=True), TICKED, SAVED, last=END)
    told = replay(masked, PretendHands(PARTS, {"Save": saves}))
    assert told.why == "step 1: what was typed was not kept, and is not given"
    assert replay(masked, PretendHands(PARTS, {"Save": saves}), given={1: "Jane Doe"}).reached


def test_an_address_with_holes_has_to_be_given():
    """A template leads nowhere; from another site the end is looked for there."""
    actions = [replace(one, page="/{word}/{id}") for one in (TYPED, TICKED, SAVED)]
    told = demonstration(*actions, last=replace(END, page="/{word}/{id}"))
    assert (
        replay(told, PretendHands(PARTS, {"Save": saves})).why == "its address was not kept whole: say where it begins"
    )
    hands = PretendHands(PARTS, {"Save": saves})
    assert replay(told, hands, start="http://127.0.0.1:8080/order/17").reached
    assert "another page" in replay(told, hands, start="http://127.0.0.1:8080/order").why


@pytest.mark.parametrize(
    ("now", "is_end"),
    [
        ({}, True),
        ({"names": ("Customer", "Gift", "Order lost")}, False),
        ({"holds": ("8 characters", "unchecked", "")}, False),
        ({"states": ("focused", "", "")}, True),
        ({"states": ("", "disabled", "")}, False),
        ({"places": (9,) * 12}, True),
    ],
)
def test_what_counts_is_what_a_person_would_call_the_same(now: dict[str, Any], is_end: bool):
    """Words, states and what is held; not the focus, and not where on the screen."""
    wanted = end(ORDER)
    assert wanted is not None
    assert (differs(wanted, replace(END, **now)) == "") is is_end


def test_what_the_guard_withheld_fits_anything():
    """A name that was not kept can't be compared; that something is there can."""
    told = demonstration(TYPED, SAVED, last=replace(END, names=("Customer", "Gift", "")))
    wanted = end(told)
    assert wanted is not None
    assert differs(wanted, END) == ""
    assert differs(wanted, listed(PARTS))


def test_a_list_from_before_a_step_counts_also_where_it_bears_the_time_of_its_begin():
    """Times are drawn and can fall together: the last list is that of before the step, two steps were done by then."""
    told = demonstration(TYPED, TICKED, SAVED)
    steps = list(told.episode.steps)
    began = steps[2].action.start_ns
    steps[2] = replace(steps[2], before=(Observation("snapshot", 2, began),))
    ticked = listed((*ENDED[:2], PARTS[2]))
    told = Demonstration(replace(told.episode, steps=tuple(steps)), {**told.sights, 2: ticked})
    wanted = end(told)
    assert wanted is not None
    assert (wanted.after, [one.holds for one in wanted.things]) == (2, ["8 characters", "checked"])
