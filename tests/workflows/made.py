"""Programs of all kinds, for properties: whatever can be said in one, with names and texts as odd as they come."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast, get_args

from hypothesis import strategies as st
from msgspec.structs import replace

from byhand.workflows.conditions import ORDERED
from byhand.workflows.program import (
    Act,
    Branch,
    Check,
    Condition,
    Effect,
    Evidence,
    Parameter,
    Repeat,
    Risk,
    Statement,
    Verb,
    Workflow,
)
from byhand.workflows.sentences import EXAMPLES
from byhand.workflows.templates import escaped

PARAMETERS = (
    Parameter(name="number"),
    Parameter(name="amount", kind="number", format="1.234,50"),
    Parameter(name="due", kind="date", format="%d.%m.%Y", column="due date", needed=False),
    Parameter(name="currency", kind="choice", options=("EUR", "USD, or so", " no")),
    Parameter(name="urgent", kind="flag"),
    Parameter(name="pin", kind="secret"),
    Parameter(name="lines", kind="list", fields=(Parameter(name="article"), Parameter(name="price", kind="number"))),
)
SLOTS = ("{number}", "{amount}", "{due}", "{currency}", "{urgent}")
RISKS = cast("tuple[Risk, ...]", get_args(Risk))

texts = st.text(max_size=12) | st.sampled_from(
    ["no", "1.50", "~", "null", "2026-11-29", '"', "\\", "a: b", "- x", "# no", "{x", "ü\u2028\x00", "'", " on", "*a",
     "&a", "!t", "%d", "? x", "|", ">", "[", "@", "`", "a #b", "a:", "---", "...",
     "<<", "=", "0x1F", "\ufeff", "a\nb", "é"]
)  # fmt: skip
names = texts.filter(bool)
slots = st.sampled_from(SLOTS)
templates = slots | texts.map(escaped) | st.tuples(texts.map(escaped), slots).map("".join)
rows = slots | st.lists(slots, min_size=2, max_size=3, unique=True).map(", ".join) | names.map(escaped)


def _act(verb: Verb, called: str, to: str, text: str, row: str) -> Act:
    match verb:
        case "open":
            return Act(id="", verb=verb, text=text)
        case "drag":
            return Act(id="", verb=verb, target=called, to=to, row=row)
        case "key":
            return Act(id="", verb=verb, target=called, text=text, row=row if called else "")
        case "read":
            return Act(id="", verb=verb, target=called, into="total", row=row)
        case "set":
            return Act(id="", verb=verb, target=called, text="on" if text < "m" else text, row=row)
        case "turn":
            return Act(id="", verb=verb, text=str(len(text) + 1))
        case "fill" | "choose" | "upload":
            return Act(id="", verb=verb, target=called, text=text, row=row)
        case _:
            return Act(id="", verb=verb, target=called, row=row)


def acts(called: st.SearchStrategy[str]) -> st.SearchStrategy[Act]:
    return st.builds(_act, st.sampled_from(list(EXAMPLES)), called, called, templates, st.just("") | rows)


def checks(called: st.SearchStrategy[str]) -> st.SearchStrategy[Check]:
    roles = st.sampled_from(["", "alert", "push button", "no entry", "Odd"])
    counts = st.integers(0, 99).map(str) | slots
    return st.one_of(
        st.builds(Check, kind=st.just("holds"), target=called, text=templates),
        st.builds(Check, kind=st.just("set"), target=called, text=st.sampled_from(["on", "off", "{urgent}"])),
        st.builds(Check, kind=st.sampled_from(["see", "gone"]), text=templates, role=roles),
        st.builds(Check, kind=st.just("page"), text=templates | st.sampled_from(["/a/{number}", "/invoices/*"])),
        st.builds(Check, kind=st.just("row"), row=rows, text=st.just("") | rows),
        st.builds(Check, kind=st.just("count"), row=rows, text=counts),
    )


conditions = st.one_of(
    st.builds(
        Condition, left=slots, right=templates | st.sampled_from(["1000", "-1.5"]),
        relation=st.sampled_from(["is", "is not", "over", "at least", "under", "at most", "holds"]),
    ),
    st.builds(Condition, left=slots, relation=st.just("given")),
    st.builds(Condition, right=templates, relation=st.just("sees")),
)  # fmt: skip


def loops(called: st.SearchStrategy[str]) -> st.SearchStrategy[Repeat]:
    return st.one_of(
        st.just(Repeat(id="", over="list", name="lines")),
        st.builds(Repeat, id=st.just(""), over=st.just("rows"), target=called, row=st.just("") | rows),
        st.builds(Repeat, id=st.just(""), over=st.just("pages"), target=called),
    )


def _full(act: Act, risk: Risk, then: list[Check], shown: list[str]) -> Statement:
    return replace(act, risk=risk, then=tuple(then), shown=tuple(shown))


def _looped(loop: Repeat, target: str, steps: list[Statement]) -> Statement:
    own = Act(id="", verb="fill", target=target, text="{lines.article}" if loop.over == "list" else "x")
    return replace(loop, steps=(own, *steps))


def _forked(
    when: Condition, steps: list[Statement], other: list[Statement], unsure: str, *, undecided: bool
) -> Statement:
    between = ("5", "7.5") if undecided and when.relation in ORDERED else ()
    return Branch(id="", when=when, steps=tuple(steps), other=tuple(other), unsure=unsure, undecided=between)


def _blocks(called: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Statement, ...]]:
    shown = st.lists(st.from_regex(r"[0-9a-f]{4}#[0-9]", fullmatch=True), max_size=2)
    leaf = st.builds(_full, acts(called), st.sampled_from(RISKS), st.lists(checks(called), max_size=2), shown)

    def grown(inner: st.SearchStrategy[Statement]) -> st.SearchStrategy[Statement]:
        some = st.lists(inner, max_size=2)
        forked = st.builds(
            _forked, conditions, st.lists(inner, min_size=1, max_size=2), some, texts, undecided=st.booleans()
        )
        return st.builds(_looped, loops(called), called, some) | forked

    return st.lists(st.recursive(leaf, grown, max_leaves=4), max_size=4).map(tuple)


@st.composite
def workflows(draw: Callable[[st.SearchStrategy[object]], object]) -> Workflow:
    """Any of them whose sense is good: targets are there, ids are unlike each other."""
    here = cast("Callable[..., list[str]]", draw)(st.lists(names, min_size=1, max_size=3, unique=True))
    called = st.sampled_from(here)
    tuples = st.lists(texts, max_size=2).map(tuple)
    some = st.builds(
        Evidence, called=st.just(""), role=texts, name=texts, near=texts, label=texts, tag=texts, above=tuples,
        selectors=tuples, box=st.just(()) | st.tuples(*[st.integers(-9, 9999)] * 4), row=st.just("") | rows, app=texts,
        page=texts, frame=tuples,
    )  # fmt: skip
    effects = st.one_of(
        st.builds(
            Effect, kind=st.just("view"), steps=st.lists(acts(called), max_size=2).map(tuple),
            checks=st.lists(checks(called), min_size=1, max_size=2).map(tuple),
            before=st.lists(checks(called), max_size=1).map(tuple),
        ),
        st.builds(Effect, kind=st.just("http"), at=templates.filter(bool), holds=templates.filter(bool)),
        st.builds(Effect, kind=st.sampled_from(["sql", "file"]), at=templates.filter(bool)),
    )  # fmt: skip
    made = draw(
        st.builds(
            Workflow, name=st.just("enter-invoice"), about=texts, start=texts,
            sites=st.lists(st.sampled_from(["http://127.0.0.1:8000", "https://x.example"]), unique=True).map(tuple),
            apps=st.lists(names, max_size=2, unique=True).map(tuple), parameters=st.just(PARAMETERS),
            identity=st.sampled_from([(), ("number",), ("number", "due")]), steps=_blocks(called),
            effects=st.lists(effects, max_size=2).map(tuple), asks=tuples, episodes=tuples, grant=texts,
            revision=st.integers(1, 99),
        )
    )  # fmt: skip
    targets = tuple(replace(cast("Evidence", draw(some)), called=one) for one in here)
    return replace(cast("Workflow", made), targets=targets)
