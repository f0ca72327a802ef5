"""What holds for every recording, whatever happened in it."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.episodes.reduce import reduce
from byhand.episodes.types import Action
from byhand.events.kinds import Numbered
from tests.episodes.kept import kept

PLACES = st.sampled_from(["10,10", "12,11", "300,40", "2000,100"])
NODES = st.integers(1, 4)
ROLES = st.sampled_from(["entry", "push button", "check box", "combo box", "label", "radio button", "list item"])
WORDS = st.sampled_from(["Save", "Name", ""])


def _element(why: str) -> st.SearchStrategy[str]:
    def line(role: str, word: str, node: int, hold: str, text: str) -> str:
        return f'{why} ({role}) "{word}" node={node} holds="{hold}" value="{text}"'

    holds = st.sampled_from(["", "empty", "checked", "unchecked", "3 characters", "option 2 of 9"])
    return st.builds(line, ROLES, WORDS, NODES, holds, st.sampled_from(["", "Ada"]))


def _click(at: str, role: str, node: int) -> str:
    return f'click {at} ({role}) "Thing" node={node}'


ACTS = st.one_of(
    st.builds(_click, PLACES, ROLES, NODES),
    st.builds("down {}".format, PLACES),
    st.builds("up {}".format, PLACES),
    st.builds("move {} {} for=0.05".format, PLACES, PLACES),
    st.sampled_from([
        "letters 2", 'write "ab"', "space", "key Tab", "key BackSpace", "key Left x2", "key Return", "key s ctrl",
        "key v ctrl", "key ctrl down", "key ctrl up", "key shift down", "key shift up", "key a down", "key a up",
        "key Home shift", "scroll 1", "scroll by=-2", 'gap "lost"', "withheld", "pause", "resume", "window mail#1",
        "window chromium#2", "page loaded /a", "page loaded /b", "page tab switched /a tab=2", 'see "A|B"', 'see "C"',
        'text typed "ab"', 'text pasted "cd"', 'text value "ef"', "key Down repeat",
    ]),
    *map(_element, ("input", "change", "focus", "submit", "hover", "drag", "drop", "paste", "file", "open")),
)  # fmt: skip
PAUSES = st.sampled_from([0, 0.001, 0.04, 0.3, 0.6, 3, 70])


@st.composite
def recordings(draw: st.DrawFn) -> list[Numbered]:
    now, lines = 0.0, list[str]()
    for act in draw(st.lists(ACTS, max_size=25)):
        now += draw(PAUSES)
        lines.append(f"{now:.3f}  {act}")
        now += 0.4
    return kept("\n".join(lines))


def _taken(actions: tuple[Action, ...]) -> list[int]:
    return [seq for act in actions for seq in act.events]


@settings(max_examples=150, deadline=None)
@given(recordings())
def test_an_event_belongs_to_at_most_one_action(events: list[Numbered]):
    """And all of an action's events lie between its first and its last, in order."""
    actions = reduce(events).actions
    taken = _taken(actions)
    assert len(taken) == len(set(taken))
    for act in actions:
        assert list(act.events) == sorted(set(act.events))
        assert all(act.first <= seq <= act.last for seq in act.events)
        assert act.start_ns <= act.end_ns
        assert act.why


@settings(max_examples=80, deadline=None)
@given(recordings(), st.randoms(use_true_random=False))
def test_the_same_events_give_the_same_actions_in_whatever_order_they_come(events: list[Numbered], dice: random.Random):
    """They are numbered: that is their order."""
    mixed = list(events)
    dice.shuffle(mixed)
    assert reduce(mixed) == reduce(events) == reduce(iter(events))


@settings(max_examples=80, deadline=None)
@given(recordings())
def test_actions_stand_in_the_order_in_which_they_began(events: list[Numbered]):
    """By the places of their events."""
    begun = [act.first for act in reduce(events).actions if act.events]
    assert begun == sorted(begun)


@settings(max_examples=80, deadline=None)
@given(recordings())
def test_every_press_becomes_an_action(events: list[Numbered]):
    """Nothing that a hand did to the pointer's buttons goes by."""
    taken = set(_taken(reduce(events).actions))
    downs = {one.seq for one in events if type(one.event).__name__ == "Button" and getattr(one.event, "down", False)}
    assert downs <= taken


def test_a_release_without_its_press_is_told():
    """As what is wrong with the recording; nothing is made of it."""
    done = reduce(kept("0.0  up 10,10"))
    assert done.actions == ()
    assert [problem.source for problem in done.problems] == ["event 0"]


def test_where_an_action_was_done_is_told_with_it():
    """Program, window, page and tab."""
    events = kept("""
        0.0  window chromium#1
        0.0  page loaded /form
        1.0  click 10,10 (push button) "Save" node=3
        1.5  key F5
        4.0  window mail#2
        6.0  key s ctrl
    """)
    _, click, reload, window, save = reduce(events).actions
    assert (click.app, click.window, click.origin, click.page) == ("chromium", 1, "https://work.example", "/form")
    assert (reload.app, reload.page, reload.tab) == ("chromium", "/form", 1)
    assert (window.app, window.window, save.app, save.window) == ("mail", 2, "mail", 2)
