"""The honest baseline: it clicks what the goal names, types what is quoted, and learned nothing.

    type "R-7" into Number, choose "USD" as Currency, check Urgent and press Save

Rules of this module: of a page only names and roles are read, to find what the goal names. A clause of the goal is one
act; which clause is next is told by how many acts were done. Whoever reads its figures beside a model's sees what the
model is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from byhand.events.kinds import OBSERVER, Snapshot
from byhand.models.decision import Decision, Did, Look, Op

_MOST_SCROLLS = 8
_NOTCHES = 5.0
_CUT = re.compile(r"\s*(?:,|;|\.(?=\s|$)|\band\b|\bthen\b)\s*", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|(?<!\w)\'([^\']*)\'(?!\w)')
_HELD = "\x00"
_OPS: tuple[tuple[Op, str], ...] = (
    ("type", r"type|enter|fill(?: in)?|write|put"), ("select", r"select|choose|pick"), ("uncheck", r"uncheck|untick"),
    ("check", r"check|tick"), ("double_click", r"double-?click"), ("right_click", r"right-?click"),
    ("hover", r"hover(?: over)?|point (?:to|at)"), ("key", r"press(?= (?:the )?(?:enter|escape|tab|control)\b)|hit"),
    ("click", r"click(?: on)?|press|push|open|go to|follow|tap"),
)  # fmt: skip
_VERB = re.compile("|".join(f"(?P<{op}>^(?:{words})\\b)" for op, words in _OPS), re.IGNORECASE)
_BETWEEN = re.compile(
    r"^(?:as|in|into|for|from|to|on|with|the|a|an|field|list|button|link|box|tab)\b\s*", re.IGNORECASE
)
_FIELDS = frozenset({"textbox", "searchbox", "combobox", "spinbutton"})
_LISTS = frozenset({"combobox", "listbox", "radiogroup"})
_BOXES = frozenset({"checkbox", "switch", "radio"})
_PRESSED = frozenset({"button", "link", "tab", "menuitem", "option", "radio", "checkbox", "treeitem", "switch"})
_KEYS = {"enter": "Enter", "escape": "Escape", "tab": "Tab", "control": "Control"}
_EXACT, _STARTS, _HOLDS = 1.0, 0.7, 0.55


class _Clause(NamedTuple):
    """op: of it. text: what is quoted. about: the words that name what it is done to."""

    op: Op
    text: str
    about: str


class Rules:
    """Satisfies `decision.Decides`."""

    name = "rules"
    observer = OBSERVER

    def decide(self, look: Look) -> Decision:
        clauses = _clauses(look.goal)
        done = [one for one in look.did if one.op != "scroll"]
        if not clauses or len(done) >= len(clauses):
            return Decision("done", sure=1.0 if clauses else 0.0)
        clause = clauses[len(done)]
        if clause.op == "key":
            return Decision("key", keys=(clause.text,), sure=_EXACT if clause.text else 0.0)
        found = _find(clause, look.seen)
        if found:
            best, *others = (_decided(clause, node, sure) for sure, node in found)
            return Decision(best.op, best.node, 0, best.text, sure=best.sure, other=tuple(others[:4]))
        return _further(look.did)


def _further(did: tuple[Did, ...]) -> Decision:
    """It may be further down; and after that, it is nowhere."""
    scrolled = next((at for at, one in enumerate(reversed(did)) if one.op != "scroll"), len(did))
    return Decision("scroll", dy=_NOTCHES) if scrolled < _MOST_SCROLLS else Decision("done", sure=0.0)


def _clauses(goal: str) -> list[_Clause]:
    """What is quoted is one word while it is cut."""
    quotes = [next(part for part in found.groups() if part is not None) for found in _QUOTED.finditer(goal)]
    left = iter(quotes)
    parts = _CUT.split(_QUOTED.sub(_HELD, goal))
    return [one for part in parts if (one := _clause(part.strip(), left)) is not None]


def _clause(part: str, quotes: Iterator[str]) -> _Clause | None:
    texts = [next(quotes) for _ in range(part.count(_HELD))]
    verb = _VERB.match(part)
    if verb is None or verb.lastgroup is None:
        return None
    op: Op = next(one for one, _ in _OPS if one == verb.lastgroup)
    rest = part[verb.end() :].strip()
    if op == "key":
        word = re.sub(r"^the ", "", rest, flags=re.IGNORECASE).split(" ")[0].casefold()
        return _Clause("key", _KEYS.get(word, ""), "")
    writes = op in ("type", "select")
    text = texts[0] if texts and writes else ""
    named = texts[1 if writes else 0 :]
    words = _named(re.sub(_HELD, " ", rest))
    if op == "select" and not words and not named:
        return _Clause("click", "", text)  # "choose Save"
    if op == "select" and not text:
        return _Clause("click", "", words)
    return _Clause(op, text, named[0] if named else words)


def _named(rest: str) -> str:
    """The words of a clause that name something."""
    words = " ".join(rest.split())
    while cut := _BETWEEN.match(words):
        words = words[cut.end() :]
    return re.sub(r"\s+(?:field|list|button|link|box|tab|menu)$", "", words, flags=re.IGNORECASE).strip()


def _decided(clause: _Clause, node: int, sure: float) -> Decision:
    return Decision(clause.op, node, 0, clause.text, sure=sure)


def _find(clause: _Clause, seen: Snapshot) -> list[tuple[float, int]]:
    """How well each fits, the best first. Two that fit alike: it can't tell them apart, and is half as sure."""
    roles = _FIELDS if clause.op == "type" else _LISTS if clause.op == "select" else None
    if clause.op in ("check", "uncheck"):
        roles = _BOXES
    found: list[tuple[float, int, int]] = []
    for at, (node, role, name, states) in enumerate(zip(seen.nodes, seen.roles, seen.names, seen.states, strict=True)):
        if (roles is not None and role not in roles) or "disabled" in states.split():
            continue
        fits = _fits(clause.about, name)
        if fits:
            found.append((fits if roles or role in _PRESSED else fits * 0.6, -at, node))
    found.sort(reverse=True)
    alike = sum(fits == found[0][0] for fits, _, _ in found) if found else 0
    return [(fits / 2 if alike > 1 and fits == found[0][0] else fits, node) for fits, _, node in found]


def _fits(about: str, name: str) -> float:
    wanted, has = " ".join(about.casefold().split()), " ".join(name.casefold().split()).rstrip(":*")
    if not wanted or not has:
        return 0.0
    if wanted == has:
        return _EXACT
    if has.startswith(f"{wanted} ") or wanted.startswith(f"{has} "):
        return _STARTS
    return _HOLDS if re.search(rf"\b{re.escape(wanted)}\b", has) else 0.0
