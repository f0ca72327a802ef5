"""The words of demonstrations: what was done (`Action`), to what (`Target`), seen from where (`Step`), why (`Episode`).

Rules of this module: values only. An action names the range of events it was made from and the rule that cut it there,
so that every one can be traced back, and every input event belongs to at most one action. An observation is named, not
copied: whoever builds a dataset looks it up among the recording's events.
"""

from __future__ import annotations

from typing import Literal

import msgspec

REDUCER = 2
"""Version of the reducer. Actions of two versions are not compared.

2: a scroll has a target, and ends where another thing is scrolled; `near` also of the desktop's elements; the way to a
frame (`frames`, `top`); pages of every tab are known, not only of the first.
"""

Op = Literal[
    "click", "double_click", "triple_click", "right_click", "middle_click", "drag", "hover", "scroll",
    "type", "key", "hotkey", "select", "check", "uncheck", "upload",
    "navigate", "tab", "window", "wait",
]  # fmt: skip
"""What a person can mean to do.

type: text into a field, as it stood there when they were done. key: one key that is no text (Tab, Enter, an arrow),
`times` in a row. hotkey: a chord. select: an option, a date or a colour was chosen, by whatever way. check, uncheck: a
box, a switch or a radio button. navigate: an address that no other action explains. tab, window: another tab or window
came to the front by other means than a press on it. wait: nothing was done until something appeared.
"""


class Target(msgspec.Struct, frozen=True):
    """What an action was done to, as far as the guard cleared it. For the fields see `events.kinds.Element`.

    box: x, y, w, h in device pixels of the desktop. area: in CSS pixels of its frame's document, or ().
    near: the name of what it lies in or beside, where its own says little; "" if nothing does.
    frames: the way to its frame, from the page itself down; () in the page itself, or where that is not known.
    """

    role: str = ""
    name: str = ""
    states: tuple[str, ...] = ()
    box: tuple[int, ...] = ()
    area: tuple[int, ...] = ()
    aria: str = ""
    tag: str = ""
    selectors: tuple[str, ...] = ()
    holds: str = ""
    source: Literal["desktop", "browser"] = "desktop"
    node: int = 0
    near: str = ""
    frames: tuple[int, ...] = ()


class Action(msgspec.Struct, frozen=True):
    """One meant act.

    start_ns, end_ns: CLOCK_MONOTONIC of its first and last event. first, last: their places in the recording; all
        events it was made from lie between, see `events`. why: the rule that ended it there, "pass.rule".
    events: places of its own input events, in order; those of other actions may lie between them.
    x, y: where, in device pixels of the desktop; to_x, to_y: where a drag ended. path: x, y, ms since its start, one
        after the other, where the pointer's path is kept.
    dx, dy: notches, positive is right and down.
    text: typed or pasted text, with placeholders; the option chosen. masked: part of it, or all, was not kept.
    keys: names as in `KeyboardEvent.key`, modifiers first ("Control", "s"). times: how often in a row.
    app, window: program and window number; origin, page: of the page it was done in; tab, frame: of the browser.
    top: of a frame's page, the address of the tab's, as far as it was kept; "" in the tab's own.
    """

    op: Op
    start_ns: int
    end_ns: int
    first: int
    last: int
    events: tuple[int, ...] = ()
    why: str = ""
    target: Target | None = None
    to: Target | None = None
    x: int = 0
    y: int = 0
    to_x: int = 0
    to_y: int = 0
    path: tuple[int, ...] = ()
    dx: float = 0
    dy: float = 0
    text: str = ""
    masked: bool = False
    keys: tuple[str, ...] = ()
    times: int = 1
    app: str = ""
    window: int = 0
    origin: str = ""
    page: str = ""
    tab: int = 0
    frame: int = 0
    injected: bool = False
    top: str = ""


class Observation(msgspec.Struct, frozen=True):
    """What could be seen: the event of that place. A `frame` needs all frames before it: patches lie upon patches."""

    kind: Literal["snapshot", "frame", "wireframe"]
    seq: int
    mono_ns: int


class Step(msgspec.Struct, frozen=True):
    """An action with what could be seen before it began, and after it where that was kept.

    before: newest observation of each kind that was stable before the act began: before the pointer's approach, for a
        press. after: the first of each kind that was stable after it and before the next act.
    tags: `error`, `recovery`, `correction`, `redundant`.
    """

    action: Action
    before: tuple[Observation, ...] = ()
    after: tuple[Observation, ...] = ()
    tags: tuple[str, ...] = ()


class Episode(msgspec.Struct, frozen=True):
    """The steps of one task.

    id: from recording and place, the same in every build. person, grant: pseudonyms, by whoever builds.
    by: whose words the instruction is: the person's own, a template's, or a model's.
    cut: what it was cut by: marks of the person, or idle time, a change of app, a repeated start.
    skills: dropdown, shortcut, multi_app, form, drag, date, checkbox, scroll, menu, copy_paste, ...
    gaps: times inside it of which nothing is known, in ms.
    prior: what a model had done for it before the person took over: op, target, text and keys of each act.
    after: the recordings that tells of, as `recording` names this one's.
    """

    id: str
    recording: str
    instruction: str
    by: Literal["person", "template", "model", "source"]
    outcome: Literal["done", "failed", "partly", "unknown"]
    steps: tuple[Step, ...]
    first: int
    last: int
    start_ns: int
    end_ns: int
    cut: str = "marks"
    skills: tuple[str, ...] = ()
    gaps: tuple[int, ...] = ()
    person: str = ""
    grant: str = ""
    guard: str = ""
    reducer: int = REDUCER
    prior: tuple[Action, ...] = ()
    after: tuple[str, ...] = ()
