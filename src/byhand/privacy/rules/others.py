"""Other people's words: what mails, messages, documents, comments, notifications and terminals say.

Rule of this module: they are nobody's here to give away, so they are never kept, whatever the grant says and however
harmless they are; where a policy may say that nothing is a person's (`consent.public`), nobody asks. A name is the
program's own only where role and place say so; all else is others'. What the person types is theirs, judged as text,
and not asked for here.

    controls, labels of fields         the program's
    options, labels, headings, links   the program's, unless they lie in a message or a document, or in mail or chat
                                       outside of its menus
    everything else                    others'
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from byhand.privacy.rules.fields import CONTROLS, INPUTS
from byhand.privacy.rules.listed import Group, sections_of
from byhand.privacy.text.screen import OPTIONS

OTHERS = "words of others"

_PROGRAMS = (CONTROLS - {"link", "icon"}) | (INPUTS - {"terminal"})
_EITHER = OPTIONS | {"link", "icon", "heading", "row header", "table row header", "description term"}

_HOLDS_WORDS = frozenset({
    "article", "block quote", "comment", "document email", "document presentation", "document spreadsheet",
    "document text", "log", "notification", "paragraph", "terminal",
})  # fmt: skip
"""What lies in one of these is part of what somebody wrote. Not `document web`: pages are programs, too."""
_MENUS = frozenset({"combo box", "menu", "menu bar", "popup menu", "tool bar", "page tab list"})


def others_words(
    role: str,
    path: Sequence[tuple[str, int]] = (),
    app: str = "",
    url: str = "",
    states: Sequence[str] = (),
) -> bool:
    """Are the words of an element other people's? For its name, and for the value of what is no field.

    Args:
        role: AT-SPI role name; of one nobody knows the words are others'.
        path: from the window down, as in `RawElement`; empty where nobody knows.
        app: window class in lower case.
        url: of the page it lies in, "" if none.
        states: AT-SPI state names; empty where nobody knows.
    """
    if role in INPUTS and _only_read(role, states):
        return True
    if role in _PROGRAMS:
        return False
    if role not in _EITHER:
        return True
    above = [part for part, _ in path[:-1]]
    if any(part in _HOLDS_WORDS for part in above):
        return True
    return correspondence(app, url) and not any(part in _MENUS for part in above)


def correspondence(app: str, url: str = "") -> bool:
    """Do people write to each other there?"""
    listed = _listed()
    if listed.program(app):
        return True
    if not url:
        return False
    try:
        return bool(listed.host(urlsplit(url).hostname or ""))
    except ValueError:
        return True


def _only_read(role: str, states: Sequence[str]) -> bool:
    # Of a `text` that is known and not editable, the words are a message's; an entry says nothing, but that it is read.
    return "read only" in states or (role == "text" and bool(states) and "editable" not in states)


@cache
def _listed() -> Group:
    text = files("byhand.privacy.rules").joinpath("correspondence.txt").read_text("utf-8")
    return Group({"correspondence": sections_of(text)})
