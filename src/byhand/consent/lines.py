"""Where in a TOML text a key stands. tomllib knows only values; a person who mends a policy needs the line.

Rule of this module: it only looks for lines in a text that tomllib already accepted. It keeps to what a policy may hold
(tables, arrays of tables, arrays, plain and dotted keys); anything nested deeper is found at the line of its parent.
"""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_TABLE = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_PART = re.compile(_NAME)
_QUOTES = ('"""', "'''", '"', "'")


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, of every table, key and array item of a valid TOML text."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    place = 0
    while place < len(text):
        line = text.count("\n", 0, place) + 1
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        if header := _TABLE.match(text, place, end):
            table = _names(header[2])
            if header[1] == "[[":
                index = counts[table] = counts.get(table, -1) + 1
                found.setdefault(table, line)
                table = (*table, index)
            found.setdefault(table, line)
        elif key := _KEY.match(text, place, end):
            path = (*table, *_names(key[1]))
            found.setdefault(path, line)
            end = _value(text, key.end(), path, found)
        place = end + 1
    return found


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest thing around it; 1 if there is nothing around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _names(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted))


def _value(text: str, place: int, path: Path, found: dict[Path, int]) -> int:
    """Note the lines of an array's items; returns where the line that ends the value ends."""
    depth = items = 0
    array = text[place:].lstrip(" \t")[:1] == "["
    due = False  # the next thing met begins an item of the outermost array
    while place < len(text):
        here = text[place]
        if here == "\n" and not depth:
            return place
        if here == "#":
            place = (text.find("\n", place) + 1 or len(text) + 1) - 1
            continue
        if due and not here.isspace() and here not in ",]":
            found[*path, items] = text.count("\n", 0, place) + 1
            items, due = items + 1, False
        if quote := next((q for q in _QUOTES if text.startswith(q, place)), ""):
            place = _after_string(text, place + len(quote), quote)
            continue
        if here in "[{":
            depth += 1
            due = due or (array and depth == 1)
        elif here in "]}":
            depth -= 1
        elif here == "," and array and depth == 1:
            due = True
        place += 1
    return len(text)


def _after_string(text: str, place: int, quote: str) -> int:
    while place < len(text) and not text.startswith(quote, place):
        place += 2 if text[place] == "\\" and quote[0] == '"' else 1
    return place + len(quote)
