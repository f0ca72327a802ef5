"""A second, independent look at what is about to be sealed: whatever the guard let through by mistake ends here.

Rules of this module: it shares no code, no list and no normalisation with the rest of `privacy`, so that one mistake
is not made twice; it knows little and is quick. It reads every string of every kind of event, also of kinds that do
not exist yet. It fails closed: if it breaks, nothing that carries text is sealed. It looks at one batch; what is parted
by the end of a batch is the guard's business alone. Where the policy says that a site's words are nobody's it looks for
secrets only: keys, passwords, numbers of cards and accounts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, combinations_with_replacement, pairwise
from operator import attrgetter
from typing import Any, Literal, NamedTuple, get_origin, get_type_hints

import msgspec

from byhand.events.kinds import KINDS, AnyEvent, Element, Key, Mark, Page, Snapshot, Text


class Looked(NamedTuple):
    """What is left of a batch.

    events: those that may be sealed, in order. dropped: how many were not, by kind ("window"). emptied: marks that stay
    without their words, and acts of an agent without what was filled in.
    """

    events: list[AnyEvent]
    dropped: Counter[str]
    emptied: int

    @property
    def found(self) -> int:
        """Everything that was found."""
        return self.dropped.total() + self.emptied


_FAILED = "guard failed"
_MOST = 65_536
"""Characters of a string that is looked at. A longer one is not sealed."""
_PLACEHOLDER = re.compile(r"<[A-Z][A-Z_]{0,23}\d{0,2}(?:-\d{1,4})?>|\{(?:id|word|query|host)\}")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_MAIL = re.compile(r"[^\s@<>,;:()\[\]]{1,64}@[^\s@<>,;:()\[\]]{1,63}\.[^\W_]")
_PREFIX = re.compile(
    r"(?:AKIA|ASIA|AIza|ya29\.|gh[a-z]_|github_pat_|glpat-|xox[a-z]-|[spr]k_(?:live|test)_|whsec_|sk-|hf_|npm_|SG\.|eyJ)"
    r"[\w.-]{10}|-{3,5} ?(?:BEGIN|END) [A-Z ]{0,40}(?:KEY|BLOCK)"
    r"|\b[A-Za-z]{2}\d\d ?(?:[A-Za-z0-9]{4} ?){2,7}[A-Za-z0-9]{1,4}\b"  # an IBAN
)
_SAID_SECRET = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}://[^\s/@]{1,200}:[^\s/]{1,200}@"  # a password in an address
    r"|\b(?:pass(?:word|wd|phrase|wort|code)|kennwort|pwd|pin|otp|secret|token|api.?key|mot de passe|contraseña)\b"
    r".{0,3}[:=] ?[\"']?(?=[^\s<]{0,40}[\d!@#$%^&*])[^\s<]{4}",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"{_SAID_SECRET.pattern}|[?&;][\w.-]{{1,40}}=[^\s&<]{{4}}",  # a query: no kept page has one
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d(?:[ \u00a0\u202f\t\n().,/\\+_–—-]{0,2}\d){6,60}")
_GROUP = re.compile(r"\d+")
_ROW = re.compile(r"\d{7}")
_WORD = re.compile(r"[A-Za-z0-9+/_=-]{18,512}")
_SPELLED = {"at": "@", "period": ".", "minus": "-", "underscore": "_", "space": " ", "slash": "/", "colon": ":"}


def look(events: Sequence[AnyEvent], public: AbstractSet[str] = frozenset()) -> Looked:
    """Take out what must not be sealed. Nothing is raised, whatever the events hold.

    Args:
        events: in order.
        public: origins of sites whose words are nobody's.
    """
    try:
        return _look(events, public)
    except Exception:  # it can't say what is in them: then nothing that bears text is sealed
        return _blind(events)


def _look(events: Sequence[AnyEvent], public: AbstractSet[str]) -> Looked:
    known: tuple[dict[str, bool], dict[str, bool]] = {"": False}, {"": False}
    bad = _over_events(events, public)
    kept: list[AnyEvent] = []
    dropped: Counter[str] = Counter()
    emptied = 0
    for place, event in enumerate(events):
        nobodys = _is_nobodys(event, public)
        hit = _hit(event, known[nobodys], nobodys=nobodys) or place in bad
        if hit and type(event) is Element and event.actor == "agent" and event.value:
            # A run fills field after field in no time, so that its values meet in one batch: the act stays without it.
            bare = msgspec.structs.replace(event, value="")
            if not _hit(bare, known[nobodys], nobodys=nobodys):
                kept.append(bare)
                emptied += 1
                continue
        if not hit:
            kept.append(event)
        elif isinstance(event, Mark):
            kept.append(_bare(event))
            emptied += 1
        else:
            dropped[type(event).__name__.lower()] += 1
    return Looked(kept, dropped, emptied)


def _is_nobodys(event: AnyEvent, public: AbstractSet[str]) -> bool:
    return isinstance(event, Element | Page | Snapshot) and event.origin in public


def _hit(event: AnyEvent, known: dict[str, bool], *, nobodys: bool) -> bool:
    """Does one of its strings hold something private? known: what was looked at already."""
    kind, hit = type(event), False
    for string in chain(_STRING[kind](event), *_STRINGS[kind](event)):
        found = known.get(string)
        if found is None:
            found = known[string] = _is_private(string, nobodys=nobodys)
        hit = hit or found
    return hit


def _blind(events: Sequence[AnyEvent]) -> Looked:
    kept: list[AnyEvent] = []
    dropped: Counter[str] = Counter()
    emptied = 0
    for event in events:
        if isinstance(event, Mark):
            kept.append(msgspec.structs.replace(event, text="", reason=_FAILED if event.reason else ""))
            emptied += bool(event.text)
        elif type(event).__name__ in _TEXTLESS or (type(event) is Key and not event.keysym):
            kept.append(event)
        else:
            dropped[type(event).__name__.lower()] += 1
    return Looked(kept, dropped, emptied)


def _bare(mark: Mark) -> Mark:
    """That something happened stays; what was said of it does not."""
    return msgspec.structs.replace(mark, text="", reason=_FAILED if _is_private(mark.reason) else mark.reason)


def _over_events(events: Sequence[AnyEvent], public: AbstractSet[str]) -> set[int]:
    """Places of events that are private only together: texts of one window one after the other, what fields of one tab
    hold, and keys that were named one by one. Where words are nobody's, what fields of one page hold: a recording has
    hundreds of such pages one after the other in a tab.
    """
    texts: dict[tuple[str, int, int], list[int]] = {}
    pages: Counter[int] = Counter()
    keys: list[int] = []
    for place, event in enumerate(events):
        if type(event) is Key:
            if event.keysym and event.down and len(event.keysym) <= 10:
                keys.append(place)
        elif type(event) is Text:
            texts.setdefault(("text", event.window, 0), []).append(place)
        elif type(event) is Page and event.frame == 1:
            pages[event.tab] += 1
        elif type(event) is Element and event.value:
            page = pages[event.tab] if _is_nobodys(event, public) else 0
            texts.setdefault(("value", event.tab, page), []).append(place)
    bad: set[int] = set()
    for places in texts.values():
        if len(places) > 1:
            for sign in ("", " "):
                nobodys = all(_is_nobodys(events[place], public) for place in places)
                bad |= _together(places, [_said(events[place]) for place in places], sign, nobodys=nobodys)
    if len(keys) > 6:
        letters = [_letter(str(getattr(events[place], "keysym", ""))) for place in keys]
        spelled = [(place, letter) for place, letter in zip(keys, letters, strict=True) if letter]
        if len(spelled) > 6:
            struck = _together([place for place, _ in spelled], [letter for _, letter in spelled], "")
            names = {getattr(events[place], "keysym", "") for place in struck}
            bad |= struck
            # The release of a key tells which it was, too.
            bad |= {
                place for place, event in enumerate(events) if type(event) is Key and event.keysym in names and struck
            }
    return bad


def _said(event: AnyEvent) -> str:
    return str(getattr(event, "value" if type(event) is Element else "text", ""))


def _letter(keysym: str) -> str:
    """The character that a keysym's name stands for, or ""."""
    if len(keysym) == 1:
        return keysym
    return keysym[3:] if keysym.startswith("KP_") and len(keysym) == 4 else _SPELLED.get(keysym, "")


def _together(places: Sequence[int], parts: Sequence[str], sign: str, *, nobodys: bool = False) -> set[int]:
    """Which of these parts a private thing of the whole touches, where it touches two or more."""
    starts: list[int] = []
    length = 0
    for part in parts:
        starts.append(length)
        length += len(part) + len(sign)
    whole = sign.join(parts)
    if len(whole) > _MOST:
        return set(places)
    bad: set[int] = set()
    seen = _seen(whole) if whole.isascii() else _seen_in_place(whole)
    for start, end in _secrets(seen) if nobodys else _finds(seen):
        touched = [
            place
            for place, begin, part in zip(places, starts, parts, strict=True)
            if begin < end and start < begin + len(part)
        ]
        if len(touched) > 1:
            bad.update(touched)
    return bad


def _is_private(string: str, *, nobodys: bool = False) -> bool:
    if len(string) > _MOST:
        return True
    if string.isalpha() and len(string) < 18:
        return False  # one word, as most strings of a recording are
    return next(iter(_secrets(_seen(string)) if nobodys else _finds(_seen(string))), None) is not None


def _seen(string: str) -> str:
    """The string as an eye sees it, without its placeholders."""
    if not string.isascii():
        string = unicodedata.normalize("NFKC", _UNSEEN.sub("", string))
    return _PLACEHOLDER.sub(" ", string) if "<" in string or "{" in string else string


def _seen_in_place(string: str) -> str:
    """The same, with every character where it was, for finds that are led back to their events."""
    blank = _PLACEHOLDER.sub(lambda match: " " * len(match.group()), string)
    return "".join(new if len(new := unicodedata.normalize("NFKC", letter)) == 1 else letter for letter in blank)


def _finds(string: str) -> Iterable[tuple[int, int]]:
    if "@" in string:
        for match in _MAIL.finditer(string):
            yield match.span()
    if ":" in string or "=" in string:
        for match in _SAID.finditer(string):
            yield match.span()
    for match in _PREFIX.finditer(string):
        yield match.span()
    for match in _FIGURES.finditer(string):
        figures = [letter for letter in match.group() if letter.isdecimal()]
        if len(figures) >= 9 or _ROW.search(match.group()):
            yield match.span()
    for match in _WORD.finditer(string):
        if _is_key(match.group()):
            yield match.span()


def _secrets(string: str) -> Iterable[tuple[int, int]]:
    """The same without what is private because it is somebody's."""
    for match in _SAID_SECRET.finditer(string) if ":" in string or "=" in string else ():
        yield match.span()
    for match in _PREFIX.finditer(string):
        yield match.span()
    for match in _FIGURES.finditer(string):
        groups = [(match.start() + one.start(), match.start() + one.end()) for one in _GROUP.finditer(match.group())]
        for first, last in combinations_with_replacement(range(len(groups)), 2):
            start, end = groups[first][0], groups[last][1]
            if _is_card([int(sign) for sign in string[start:end] if sign.isdecimal()]):
                yield start, end
    for match in _WORD.finditer(string):
        if _is_key(match.group()):
            yield match.span()


def _is_card(figures: Sequence[int]) -> bool:
    """Twelve to nineteen figures of which the last one checks the others; 0 and 1 begin no card."""
    if not 12 <= len(figures) <= 19 or figures[0] < 2 or len(set(figures)) == 1:
        return False
    doubled = [one * 2 - 9 * (one > 4) for one in figures[-2::-2]]
    return (sum(figures[::-2]) + sum(doubled)) % 10 == 0


def _is_key(word: str) -> bool:
    """Letters and figures mixed as by dice: many different ones, and it changes between kinds all the time."""
    kinds = ["d" if letter.isdigit() else "u" if letter.isupper() else "l" for letter in word if letter.isalnum()]
    changes = sum(a != b for a, b in pairwise(kinds))
    figures, upper, lower = kinds.count("d"), kinds.count("u"), kinds.count("l")
    mixed = figures >= 3 and upper + lower >= 3
    # Without many figures, camelCase is the harmless thing that looks like it: it is shorter, and has none.
    thrown = figures >= 1 and upper > 5 and lower > 5 and len(kinds) >= 30
    return (mixed or thrown) and len(set(word)) >= 8 and changes >= len(kinds) / 5


def _reader(kind: type, many: bool) -> Callable[[AnyEvent], tuple[Any, ...]]:
    """Reads all fields of this kind of event that are strings, or those that are rows of strings."""
    names = [name for name, hint in get_type_hints(kind).items() if name != "kind" and _is_text(hint, many)]
    # Twice the same name, so that one field comes as a row too.
    return attrgetter(*names, *names) if names else lambda event: ()  # noqa: ARG005  the shape of a reader


def _is_text(hint: Any, many: bool) -> bool:
    if many:
        return hint == tuple[str, ...]
    return hint is str or get_origin(hint) is Literal


_STRING: dict[type, Callable[[AnyEvent], tuple[Any, ...]]] = {kind: _reader(kind, many=False) for kind in KINDS}
_STRINGS: dict[type, Callable[[AnyEvent], tuple[Any, ...]]] = {kind: _reader(kind, many=True) for kind in KINDS}
_TEXTLESS = frozenset({"Motion", "Button", "Scroll", "Frame"})
