"""What is wrong with a file, collected: each with its line and with what to write instead.

Rules of this module: nothing is raised for bad data; a part that is at fault is left out, so that one mistake is told
once. Texts are taken as they were written, and must stand in quotes where another program would take them for a number,
a date, a yes or no, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from byhand.workflows.filing.tree import Node, other_type
from byhand.workflows.quoting import nearest


class Fault(NamedTuple):
    """line: from 1. hint: what to write instead, or ""."""

    line: int
    message: str
    hint: str = ""


class Faults:
    """Reads nodes as what they should be, and remembers those that are not."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def say(self, where: Node | int, message: str, hint: str = "") -> None:
        self.found.append(Fault(where if isinstance(where, int) else where.line, message, hint))

    def table(self, node: Node, what: str, known: Iterable[str]) -> dict[str, Node]:
        """Its values by their keys, of which all must be known."""
        fields = tuple(known)
        found: dict[str, Node] = {}
        for key, value in self.pairs(node, what):
            if key.text in fields:
                found[key.text] = value
            else:
                hint = nearest(key.text, fields) or f"known are: {', '.join(fields)}"
                self.say(key, f"{key.text[:60]!r} is no part of {what}", hint)
        return found

    def pairs(self, node: Node, what: str) -> Iterator[tuple[Node, Node]]:
        """Of a table; none where it isn't one."""
        if node.kind == "map":
            return node.pairs()
        self.say(node, f"{what} must be a table", "write a name, a colon and a value in each line")
        return iter(())

    def items(self, node: Node, what: str) -> tuple[Node, ...]:
        """Of a list; none where it isn't one."""
        if node.kind == "list":
            return node.items
        self.say(node, f"{what} must be a list", "write [a, b], or a dash before each in lines of their own")
        return ()

    def text(self, node: Node, what: str) -> str:
        """A text; "" where it isn't one."""
        if node.kind != "text":
            self.say(node, f"{what} must be a text", "a text with braces, brackets or a colon stands in quotes")
            return ""
        if node.plain and (other := other_type(node.text)):
            hint = f'write "{node.text}"' if node.text else 'write "", or take the line away'
            self.say(node, f"{what} must be a text, and without quotes this is {other} to some programs", hint)
            return ""
        return node.text

    def texts(self, node: Node, what: str) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self.text(one, f"what {what} lists") for one in self.items(node, what))

    def flag(self, node: Node, what: str, default: bool) -> bool:
        if node.kind == "text" and node.plain and node.text in ("true", "false"):
            return node.text == "true"
        self.say(node, f"{what} must be true or false")
        return default

    def number(self, node: Node, what: str, default: int) -> int:
        bare = node.text.removeprefix("-")
        if node.kind == "text" and node.plain and bare.isascii() and bare.isdigit() and len(bare) < 10:
            return int(node.text)
        self.say(node, f"{what} must be a whole number")
        return default

    def choice(self, node: Node, what: str, known: Mapping[str, str] | Iterable[str]) -> str:
        """One of the words that are known; "" where it is none."""
        said = self.text(node, what)
        words = tuple(known)
        if said and said not in words:
            self.say(node, f"{what} can't be {said[:60]!r}", nearest(said, words) or f"known are: {', '.join(words)}")
        return said if said in words else ""
