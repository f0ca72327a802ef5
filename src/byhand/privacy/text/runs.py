"""What belongs together: people and firms are runs of words, and one masked word takes its neighbours along.

Rules of this module: it works on tokens and the kind each was given ("" is harmless). It only adds. What `kept` holds
is never taken along: products, and words that begin a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from byhand.privacy.text.tokens import Token
from byhand.privacy.text.types import Span
from byhand.privacy.text.words import Words

CAPITAL = frozenset({"capital", "caps", "mixed"})
_JOINT = re.compile(r" |\u00a0|-|'|’|\.|\. | & |&|_|/")
_AFTER_NUMBER = re.compile(r"[ \u00a0,.#/()_:+-]{0,3}\n?")
_LIST = re.compile(r", ?")
_NUMBERED = frozenset({"ID", "NUMBER", "ACCOUNT", "TAX", "PASSPORT", "LICENCE", "CODE", "SSN"})
_GAP_BEFORE_NUMBER = re.compile(r" ?[:#]? ?")
_TAIL = re.compile(r"[ ,(/]{1,3}")
_PLACES = frozenset({"ADDRESS", "PLACE", "NUMBER"})
_SOFT = frozenset({"UNKNOWN", "NAME", "ORG", "PLACE", "NUMBER"})
_AND = frozenset({"and"})
_SONS = frozenset({"sons", "daughters", "brothers", "partners", "associates", "co", "company"})
_APART = frozenset({"in", "on", "for", "a", "i"})  # inside firms' names only
_MOST_BETWEEN = 3
_ROUNDS = 6


def together(text: str, left: Token, right: Token) -> bool:
    """May these two be parts of one name?"""
    return _JOINT.fullmatch(text, left.end, right.start) is not None


def extend(text: str, tokens: Sequence[Token], kinds: list[str], kept: AbstractSet[int], words: Words) -> None:
    """Take along what stands next to something masked and looks like a part of it."""
    people = words.people
    for _ in range(_ROUNDS):
        before = list(kinds)
        for index, token in enumerate(tokens):
            if kinds[index] or index in kept:
                continue
            left = index - 1 if index and kinds[index - 1] else -1
            right = index + 1 if index + 1 < len(tokens) and kinds[index + 1] else -1
            for at in (left, right):
                if at >= 0 and not kinds[index]:
                    kinds[index] = _taken(text, tokens, kinds, min(at, index), index, at, words)
            if right >= 0 and token.low in people["leads"] and _gap(text, tokens, right) in (" ", ". "):
                kinds[index] = kinds[right]
            if kinds[index] or token.shape != "capital":
                continue
            if _sons(text, tokens, index):
                kinds[index : index + 3] = ["ORG"] * 3
            elif token.low in people["org ends"] and _of(tokens, kinds, index):
                kinds[index] = kinds[index + 1] = "ORG"
        _between(text, tokens, kinds, words)
        if kinds == before:
            break


def _taken(
    text: str, tokens: Sequence[Token], kinds: Sequence[str], first: int, index: int, at: int, words: Words
) -> str:  # fmt: skip
    """The kind that a token gets from its masked neighbour, or ""."""
    token, kind = tokens[index], kinds[at]
    gap = _gap(text, tokens, first + 1)
    if token.shape in CAPITAL:
        if _JOINT.fullmatch(gap) or (kind == "ADDRESS" and gap in ("\n", ", ", ",\n")):
            return kind
        province = token.shape == "caps" and len(token.low) == 2 and at < index  # "Ruinas (OR)", "Borges / MT"
        if province and _TAIL.fullmatch(gap) and (kind in _PLACES or "/" in gap):
            return kind
        if _LIST.fullmatch(gap) and at > index and kind == "NAME" and words.family(token.low):
            return kind
        if words.calendar(token.low) and gap in (" ", ". ", ", ") and kind in ("NUMBER", "DATE"):
            return "DATE"
    elif token.shape in ("digits", "both") and _AFTER_NUMBER.fullmatch(gap):
        return kind if kind in ("ADDRESS", "PLACE", "DATE", "PHONE") else "NUMBER"
    elif len(token.text) == 1 and not token.text.isascii():
        return kind
    return ""


def _between(text: str, tokens: Sequence[Token], kinds: list[str], words: Words) -> None:
    """Small words inside a name: "Ludwig van der Berg", "Bank of the West"."""
    particles = words.people["particles"]
    start = 1
    while start < len(tokens):
        end = start
        while (
            end < len(tokens)
            and not kinds[end]
            and tokens[end].low in particles
            and _gap(text, tokens, end) in (" ", "-", ", ", "'")
        ):
            end += 1
        if start < end < len(tokens) and _inner(text, tokens, kinds, (start, end), words):
            kinds[start:end] = [kinds[start - 1]] * (end - start)
        start = max(end, start) + 1


def _inner(
    text: str, tokens: Sequence[Token], kinds: Sequence[str], between: tuple[int, int], words: Words
) -> bool:  # fmt: skip
    """Do small words stand inside one name?"""
    start, end = between
    sides = kinds[start - 1], kinds[end]
    if end - start > _MOST_BETWEEN or not all(sides) or _gap(text, tokens, end) not in (" ", "-", "'"):
        return False
    if tokens[end].shape == "small":
        return False
    inside = {token.low for token in tokens[start:end]}
    if inside & _APART and "ORG" not in sides:
        return False
    return not inside <= _AND or _firm(text, tokens, kinds, start, words)


def belongings(text: str, tokens: Sequence[Token], kinds: list[str], words: Words) -> None:
    """In a sentence: what somebody is, where in a firm it was, and whose number it is, go with what they tell of."""
    _jobs(text, tokens, kinds, words)
    _inside(text, tokens, kinds, words)
    people = words.people
    for index in range(len(tokens) - 1, 0, -1):
        whose = tokens[index - 1].low in people["numbers"] and not kinds[index - 1]
        if whose and kinds[index] in _NUMBERED and _GAP_BEFORE_NUMBER.fullmatch(_gap(text, tokens, index)):
            kinds[index - 1] = kinds[index]


def spans(text: str, tokens: Sequence[Token], kinds: Sequence[str], words: Words) -> list[Span]:
    """The masked parts; words that stand together are one, and what they are is asked of all of them."""
    groups: list[list[int]] = []
    for index, kind in enumerate(kinds):
        if not kind:
            continue
        last = groups[-1][-1] if groups else -1
        joint = last >= 0 and _JOINT.fullmatch(text, tokens[last].end, tokens[index].start)
        if joint and _alike(kinds[last], kind):
            groups[-1].append(index)
        else:
            groups.append([index])
    found: list[Span] = []
    for group in groups:
        kind = next((kinds[index] for index in group if kinds[index] not in _SOFT), "")
        lows = [tokens[index].low for index in group if tokens[index].shape not in ("digits", "both")]
        if not kind and lows and any(kinds[index] != "NUMBER" for index in group):
            kind = kind_of(lows, words, kinds[group[0]])
        found.append(Span(tokens[group[0]].start, tokens[group[-1]].end, kind or kinds[group[0]]))
    return found


def kind_of(lows: Sequence[str], words: Words, otherwise: str = "UNKNOWN") -> str:
    """What a run of capital words probably names."""
    people = words.people
    if len(lows) > 1 and (lows[-1] in people["org ends"] or lows[-1] in people["org kinds"]):
        return "ORG"
    if any(low in people["address"] for low in lows[:-1]) or any(words.given(low) for low in lows):
        return "NAME"
    if any(words.place(low) for low in lows):
        return "PLACE"
    return "NAME" if any(words.family(low) for low in lows) else otherwise


def _alike(one: str, other: str) -> bool:
    return one == other or (one in _SOFT and other in _SOFT)


def _of(tokens: Sequence[Token], kinds: Sequence[str], index: int) -> bool:
    """Is it a "Bank of ...", where what it is of is masked?"""
    return index + 2 < len(tokens) and tokens[index + 1].low == "of" and bool(kinds[index + 2])


def _sons(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Is it a "Best and Sons"?"""
    three = tokens[index + 1 : index + 3]
    if len(three) < 2 or _gap(text, tokens, index + 1) != " ":
        return False
    return three[0].low == "and" and three[1].low in _SONS and three[1].shape == "capital"


def _firm(text: str, tokens: Sequence[Token], kinds: Sequence[str], index: int, words: Words) -> bool:
    """Is this "and" inside one name: "Smith, Jones and Brown", "Smith and Sons"? Else it stands between two people."""
    listed = index > 1 and kinds[index - 2] and _LIST.fullmatch(_gap(text, tokens, index - 1))
    if listed or tokens[index + 1].low in words.people["org ends"] | {"sons", "daughters", "co"}:
        return True
    return kinds[index - 1] != "NAME" and not words.given(tokens[index + 1].low)


def _jobs(text: str, tokens: Sequence[Token], kinds: list[str], words: Words) -> None:
    """Beside the name: "HR manager Ada Nowak", "Ada Nowak, senior nurse"."""
    people = words.people
    for index, token in enumerate(tokens):
        if token.low not in people["jobs"] or kinds[index] not in ("", "NAME"):
            continue  # "Manager" may belong to the name behind it already; "HR" before it does not yet
        ahead = _ranks(text, tokens, index, words)
        named = index + 1 < len(tokens) and kinds[index + 1] == "NAME"
        after = named and _gap(text, tokens, index + 1) in (" ", ", ", "/")
        behind = ahead and kinds[ahead - 1] == "NAME" and _gap(text, tokens, ahead) == ", "
        if after or behind:
            for at in range(ahead, index + 1):
                kinds[at] = kinds[at] or "TITLE"


def _inside(text: str, tokens: Sequence[Token], kinds: list[str], words: Words) -> None:
    """A department or a system of an employer: "legal department", "the payroll system"."""
    for index, token in enumerate(tokens):
        if token.low in words.people["inside"] and not kinds[index]:
            ahead = _ranks(text, tokens, index, words)
            named = bool(ahead and kinds[ahead - 1]) and tokens[ahead - 1].shape in CAPITAL
            named = named and _gap(text, tokens, ahead) == " "
            for at in range(ahead, index + 1) if ahead < index or named else ():
                kinds[at] = kinds[at] or "ORG"


def _ranks(text: str, tokens: Sequence[Token], index: int, words: Words) -> int:
    """Where the words begin that say more exactly what `index` is."""
    while index and tokens[index - 1].low in words.people["rank"] and _gap(text, tokens, index) == " ":
        index -= 1
    return index


def _gap(text: str, tokens: Sequence[Token], index: int) -> str:
    """What stands before a token."""
    return text[tokens[index - 1].end : tokens[index].start]
