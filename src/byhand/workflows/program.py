"""The words of a workflow: what is done, with which values, to what, and how it is known to be done.

Rules of this module: values only. A program holds nothing that was read from the record shown in a demonstration, and
no secret: a secret's parameter has a name and nothing else. Texts are templates: `{amount}` stands for a parameter's
value or what was read before; a brace that is meant is written twice.
"""

from __future__ import annotations

from typing import Literal

import msgspec

VERSION = 1

Kind = Literal["text", "number", "date", "choice", "flag", "file", "secret", "list"]
"""What a parameter is. secret: asked for, or from the keyring; never in the file, a report or a journal. list: a table
of its own for each row, over which a `Repeat` goes."""

Verb = Literal[
    "open", "press", "press twice", "press right", "fill", "choose", "set", "key", "hover", "drag", "upload", "read",
    "turn",
]  # fmt: skip
"""open: go to an address. choose: an option, by its label. set: a box or switch, on or off. key: a key or a chord.
read: take what an element says or holds now as `{into}`. turn: to a tab that is open already, by its number in the
order they were opened; the first is 1."""

Risk = Literal["", "sends", "pays", "deletes", "publishes", "grants", "uploads", "credentials"]
"""What an act does that can't be undone, or only with difficulty. "" is not a promise that it does nothing."""


Question = Literal["", "alert", "confirm"]
"""What a browser asks in a window of its own, beside the page. One that wants a text is always answered with no."""


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """What differs from row to row.

    column: of the table, where it is not called like the parameter. options: what could be chosen when it was shown.
    format: how it is typed into the page: a date as `%d.%m.%Y`; a number as an example of it, `1.234,50`. fields: of a
        list. needed: a row without it can't be run.
    """

    name: str
    kind: Kind = "text"
    column: str = ""
    options: tuple[str, ...] = ()
    format: str = ""
    fields: tuple[Parameter, ...] = ()
    needed: bool = True


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """All by which an element is known again; see `episodes.types.Target` for what the fields hold.

    called: what sentences call it, unique in the program. name: a template, as "Delete {number}" may be one. near:
        what it lies in or beside (a section, a group, a dialog). label: words beside it that are not its accessible
        name. above: roles of what it lies in, outermost first. row: a template; it is the one in the row (list item,
        card) whose words hold all of its values.
    app: program of a desktop window; "" is a page. page: path template of the page it was on. frame: css selectors of
        the frames it lies in, outermost first.
    """

    called: str
    role: str = ""
    name: str = ""
    near: str = ""
    label: str = ""
    tag: str = ""
    above: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    box: tuple[int, ...] = ()
    row: str = ""
    app: str = ""
    page: str = ""
    frame: tuple[str, ...] = ()


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """What must be so before it goes on; waited for, never slept for.

    holds: what stands in `target` is `text`. set: the state of `target` is `text` ("on" or "off"). see: an element
    called `text` (of `role`) is there. gone: none is. page: the address' path fits the template `text`. row: there is
    exactly one row that holds all values of `row`, and it holds all of `text` too. count: that many rows hold `row`.
    """

    kind: Literal["holds", "set", "see", "gone", "page", "row", "count"]
    target: str = ""
    text: str = ""
    role: str = ""
    row: str = ""


class Act(msgspec.Struct, frozen=True, kw_only=True, tag="act"):
    """One step.

    target, to: `Evidence.called`; to: where a drag ends. text: template of what is filled, chosen, opened or pressed
        ("on", "off" or a flag's `{name}` for `set`; "Control+S" for `key`).
    row: see `Evidence.row`; wins over it. into: name of what `read` takes. risk: is asked for before. agrees: a
        question of the browser itself that is answered with yes, if this step brings it up. shown: places of the
        demonstrations' steps it was made from, as "EPISODE#STEP". then: its postconditions.
    """

    id: str
    verb: Verb
    target: str = ""
    to: str = ""
    text: str = ""
    row: str = ""
    into: str = ""
    risk: Risk = ""
    agrees: Question = ""
    then: tuple[Check, ...] = ()
    shown: tuple[str, ...] = ()


class Repeat(msgspec.Struct, frozen=True, kw_only=True, tag="repeat"):
    """Steps done again and again.

    over: "list": for each entry of the list parameter `name`, whose fields are `{name.field}`. "rows": for each row of
        what is called `target` whose words hold `row`, as they stood when the loop began; `{row}` stands for its
        identity. "pages": until `target` (the button for the next page) is gone or disabled.
    """

    id: str
    over: Literal["list", "rows", "pages"]
    name: str = ""
    target: str = ""
    row: str = ""
    steps: tuple[Statement, ...] = ()


Relation = Literal["is", "is not", "over", "at least", "under", "at most", "holds", "given", "sees"]


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """`left` and `right` are templates; numbers and dates are compared as such. given: `left` is not empty. sees: an
    element called `right` is there.
    """

    left: str = ""
    relation: Relation = "is"
    right: str = ""


class Branch(msgspec.Struct, frozen=True, kw_only=True, tag="branch"):
    """unsure: the demonstrations fit other conditions too; it is then what a person is asked to look at. undecided:
    from the first to the second of these nothing was shown; a row whose `left` lies there stops, as either side would
    be a guess.
    """

    id: str
    when: Condition
    steps: tuple[Statement, ...] = ()
    other: tuple[Statement, ...] = ()
    unsure: str = ""
    undecided: tuple[str, str] | tuple[()] = ()


Statement = Act | Repeat | Branch


class Effect(msgspec.Struct, frozen=True, kw_only=True):
    """How it is known that the chore had its effect, read back by another way than it was done.

    view: acts (open, fill, press without risk) in a second tab, then checks. http: GET `at`, an answer whose JSON holds
    `holds` (template of JSON pointer = value pairs). sql: the one row of the query `at` on SQLite. file: `at` is there.
    before: what must hold before the row is begun (it is not there yet).
    """

    kind: Literal["view", "http", "sql", "file"]
    at: str = ""
    holds: str = ""
    steps: tuple[Act, ...] = ()
    checks: tuple[Check, ...] = ()
    before: tuple[Check, ...] = ()


class Workflow(msgspec.Struct, frozen=True, kw_only=True):
    """A whole program.

    about: what it does, in a sentence. start: where it begins, an address, or the name of a desktop program. sites,
        apps: all that it touches; it can't leave them. identity: parameters that tell one record from all others.
    effects: none means that its effect is not checked, which is said at each run. asks: what the demonstrations leave
        open, each a sentence that says what to show next.
    episodes: it was made from; grant: they were kept under. revision: counts heals and edits that were accepted.
    """

    name: str
    about: str = ""
    start: str = ""
    sites: tuple[str, ...] = ()
    apps: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    identity: tuple[str, ...] = ()
    steps: tuple[Statement, ...] = ()
    targets: tuple[Evidence, ...] = ()
    effects: tuple[Effect, ...] = ()
    asks: tuple[str, ...] = ()
    episodes: tuple[str, ...] = ()
    grant: str = ""
    revision: int = 1
    version: int = VERSION
