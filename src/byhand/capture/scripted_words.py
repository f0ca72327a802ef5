"""The words of one script line, sorted by their form. What they mean is `scripted_player`'s."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"|\([^)]*\)|[^\s"]+')
_POINT = re.compile(r"(-?\d+),(-?\d+)")
_SIZE = re.compile(r"(\d+)x(\d+)")
_ESCAPES = {"n": "\n", "t": "\t"}
_OPTIONS = frozenset({"pid", "url", "states", "button", "for", "label"})
_FLAGS = frozenset({"override", "injected", "double", "down", "up"})


@dataclass(slots=True)
class Words:
    """The words of one line, sorted by their form."""

    texts: list[str] = field(default_factory=list[str])
    role: str = ""
    points: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    size: tuple[int, int] | None = None
    options: dict[str, str] = field(default_factory=dict[str, str])
    flags: set[str] = field(default_factory=set[str])
    into: str = ""
    bare: list[str] = field(default_factory=list[str])


class BadLine(Exception):
    """What is wrong with a line; `scripted` adds its number."""


def split(line: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(line):
        if word.startswith("#"):
            break
        found.append(word)
    return found


def sort(line: list[str]) -> Words:
    words = Words()
    rest = iter(line)
    for word in rest:
        name, equals, value = word.partition("=")
        if word.startswith('"'):
            words.texts.append(re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), word[1:-1]))
        elif word.startswith("(") and word.endswith(")"):
            words.role = word[1:-1].strip()
        elif found := _POINT.fullmatch(word):
            words.points.append((int(found[1]), int(found[2])))
        elif found := _SIZE.fullmatch(word):
            words.size = (int(found[1]), int(found[2]))
        elif equals and name in _OPTIONS:
            words.options[name] = value
        elif word in _FLAGS:
            words.flags.add(word)
        elif word == "in":
            words.into = next(rest, "")
        else:
            words.bare.append(word)
    return words


def whole(word: str) -> int:
    try:
        return int(word)
    except ValueError:
        raise BadLine(f"{word!r} is not a whole number") from None


def nothing_else(verb: str, words: Words) -> None:
    if words.bare:
        raise BadLine(f"{verb} does not take {words.bare[0]!r}")
