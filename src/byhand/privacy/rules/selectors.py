"""Which selectors of an element may be kept: those that say nothing but its place, or words that were cleared.

Rule of this module: default deny. A selector is kept whole or not at all. Names and texts in it are judged like names
of controls; ids, classes and quoted values word by word, because `#customer-4711-jane` says more than a name does. What
is not understood, an escape for instance, is not kept.

    aria/Save[role="button"]  text/Save      its name: kept where the element's own name may be
    #save  .form-row  [data-testid="save"]   an id: every word of it an everyday one, figures few and short
    div > button:nth-of-type(2)              its place: always
    xpath//...  pierce/...                   the same, written otherwise
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from byhand.privacy.rules import aria
from byhand.privacy.text.words import Words

MOST = 12
"""Selectors of one element."""
_MOST_LETTERS = 300
_MOST_WORDS = 6
_MOST_FIGURES = 2

Clears = Callable[[str], bool]
"""May these words be kept as the name of the element?"""

_ARIA = re.compile(r'aria/(?P<name>[^\[\]"]*)(?:\[role="(?P<role>[a-z]+)"\])?')
_PIECE = re.compile(
    r"""
    (?P<text>"[^"\\]*"|'[^'\\]*')
    | (?P<attribute>[@\[]\ *)(?P<named>[a-zA-Z][\w-]*)
    | (?P<pseudo>::?)(?P<called>[a-z-]+)
    | (?P<mark>[#.])(?P<id>-?[^\W\d][\w-]*)
    | (?P<call>[a-z][a-z-]*)\(
    | (?P<word>[^\W\d][\w-]*)
    | (?P<number>\d{1,4})(?![\w-])
    | (?P<dot>\.)
    | (?P<sign>[\s()\[\]*>+~=^$|,/])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PSEUDO = frozenset({
    "nth-of-type", "nth-child", "nth-last-of-type", "nth-last-child", "first-of-type", "last-of-type", "first-child",
    "last-child", "only-child", "only-of-type", "not", "is", "has", "where", "scope", "root", "host",
})  # fmt: skip
_IDS = frozenset({
    "id", "class", "type", "role", "for", "data-testid", "data-test-id", "data-test", "data-qa", "data-cy",
    "data-automation-id", "data-test-selector",
})  # fmt: skip
_NAMES = frozenset({"name", "title", "alt", "placeholder", "aria-label"})
"""Attributes that hold a name for people, or as much as one."""
_CALLS = frozenset({"position", "last", "normalize-space", "text", "contains", "local-name"})
_STEPS = frozenset({"odd", "even", "and", "or"})
_SHORT = frozenset({
    "bg", "bottom", "btn", "cb", "cell", "chk", "col", "cols", "ctrl", "ctl", "dd", "ddl", "div", "dlg", "el",
    "elem", "err", "fa", "fn", "footer", "grid", "hdr", "hd", "hr", "id", "img", "inner", "input", "js", "lbl",
    "left", "li", "link", "md", "menubar", "modal", "msg", "nav", "navbar", "no", "num", "ol", "opt", "outer", "pg",
    "pnl", "popup", "prev", "pw", "radio", "rb", "req", "right", "row", "rows", "sel", "sm", "span", "src", "sub",
    "submit", "svg", "tab", "tbl", "td", "th", "tmp", "toolbar", "top", "tr", "txt", "ui", "ul", "val", "wrap",
    "wrapper", "xl", "xs",
})  # fmt: skip
"""How programmers shorten everyday words."""
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_PARTS = re.compile(r"[^\W\d_]+|\d+")


def kept(selectors: Sequence[str], words: Words, clears: Clears, *, bare: bool) -> tuple[str, ...]:
    """The selectors that may be kept, in order.

    Args:
        selectors: as the extension tells them.
        words: what clears the words of an id.
        clears: what clears a name.
        bare: nothing that bears a word may be kept, an id neither: of a secret, or where its page wants them hidden.
    """
    return tuple(one for one in selectors[:MOST] if len(one) <= _MOST_LETTERS and _may(one, words, clears, bare=bare))


def as_they_stand(selectors: Sequence[str], clears: Clears) -> tuple[str, ...]:
    """Those of a page whose words are nobody's, but for what is a secret."""
    return tuple(one for one in selectors[:MOST] if len(one) <= _MOST_LETTERS and clears(one))


def everyday(name: str, words: Words) -> bool:
    """Is an id made of everyday words and a few short figures?"""
    count = figures = 0
    for part in _PARTS.findall(_CAMEL.sub(" ", name)):
        if part.isdigit():
            figures += 1
            if len(part) > 2 or not part.isascii():
                return False
        elif not (part.lower() in _SHORT or (len(part) > 1 and words.screen(part.lower()))):
            return False
        else:
            count += 1
    return 0 < count <= _MOST_WORDS and figures <= min(_MOST_FIGURES, count)


def _may(selector: str, words: Words, clears: Clears, *, bare: bool) -> bool:
    if selector.startswith("aria/"):
        match = _ARIA.fullmatch(selector)
        if match is None or bare or (match["role"] and not aria.role(match["role"])):
            return False
        return clears(match["name"])
    if selector.startswith("text/"):
        return not bare and clears(selector.removeprefix("text/"))
    for prefix in ("xpath/", "pierce/", "css/"):
        selector = selector.removeprefix(prefix)
    return bool(selector) and _structure(selector, words, clears, bare=bare)


def _structure(selector: str, words: Words, clears: Clears, *, bare: bool) -> bool:
    names = False  # whether a quoted text is a name: after an attribute that holds one, or a function of texts
    for piece in _PIECE.finditer(selector):
        match piece.lastgroup:
            case "text":
                text = piece["text"][1:-1]
                if bare or not (clears(text) if names else everyday(text, words)):
                    return False
            case "named":
                names = piece["named"] not in _IDS
                if names and piece["named"] not in _NAMES:
                    return False
            case "called":
                if piece["called"] not in _PSEUDO:
                    return False
            case "id":
                if bare or not everyday(piece["id"], words):
                    return False
            case "call":
                names = names or piece["call"] in ("text", "contains", "normalize-space")
                if piece["call"] not in _CALLS:
                    return False
            case "word":
                # The tag of an element a page made up, or a value without quotes, is judged like an id.
                word = piece["word"]
                if word.lower() not in aria.TAGS and word not in _STEPS and (bare or not everyday(word, words)):
                    return False
            case "dot":  # the text of the element
                names = True
            case "number" | "sign":
                pass
            case _:
                return False
    return True
