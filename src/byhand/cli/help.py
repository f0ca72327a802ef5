"""How help looks: aligned words, no boxes, colour only where the terminal has it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cyclopts.help import HelpEntry, HelpPanel
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions

_WIDTH = 96
_INDENT = 2
_GUTTER = 3


class Page:
    """A cyclopts help formatter."""

    def render_usage(self, console: Console, options: ConsoleOptions, usage: Any) -> None:  # noqa: ARG002
        words = _plain(usage).removeprefix("Usage:").replace("COMMAND", "VERB").strip()
        console.print(Text.assemble(("usage: ", "dim"), (words, "bold")), soft_wrap=True)
        console.print()

    def render_description(self, console: Console, options: ConsoleOptions, description: Any) -> None:  # noqa: ARG002
        for paragraph in _plain(description).split("\n\n"):
            lines = paragraph.strip().splitlines()
            if not lines:
                continue
            if lines[0].startswith("$ "):  # examples: one a line, never wrapped
                for line in lines:
                    console.print(Text.assemble(("  $ ", "dim"), line.strip().removeprefix("$ ")), soft_wrap=True)
            else:
                console.print(Text(textwrap.fill(" ".join(paragraph.split()), _room(console))), soft_wrap=True)
            console.print()

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:  # noqa: ARG002
        rows = [(_left(entry, panel.format), _right(entry, panel.format)) for entry in panel.entries]
        if not rows:
            return
        console.print(Text(_plain(panel.title), "dim"), soft_wrap=True)
        width = min(max(10, *(len(left) for left, _ in rows)), 30)
        for left, right in rows:
            room = max(_room(console) - _INDENT - width - _GUTTER, 24)
            first, *rest = textwrap.wrap(right, room) or [""]
            line = Text(" " * _INDENT).append(left.ljust(width), "bold").append(" " * _GUTTER + first)
            if len(left) > width:
                line = Text(" " * _INDENT).append(left, "bold").append("\n" + " " * (_INDENT + width + _GUTTER) + first)
            for more in rest:
                line.append("\n" + " " * (_INDENT + width + _GUTTER) + more)
            console.print(line, soft_wrap=True)
        console.print()


def _room(console: Console) -> int:
    return min(console.width, _WIDTH)


def _left(entry: HelpEntry, kind: str) -> str:
    if kind == "command":
        return ", ".join(entry.all_options)
    if entry.positional_label:
        return entry.positional_label
    names = ", ".join((*entry.positive_shorts, *entry.positive_names))
    return f"{names} {entry.metavar}" if entry.metavar else names


def _right(entry: HelpEntry, kind: str) -> str:
    words = " ".join(_plain(entry.description).split())
    if kind == "command":
        return words
    notes = list(_notes(entry))
    return f"{words} ({'; '.join(notes)})" if notes else words


def _notes(entry: HelpEntry) -> Iterable[str]:
    told = _plain(entry.description)
    if entry.choices and not all(str(choice) in told for choice in entry.choices):
        yield "one of " + ", ".join(str(choice) for choice in entry.choices)
    if entry.default and str(entry.default) not in {"False", "None", '""', "()"}:
        yield f"default {entry.default}"


def _plain(words: Any) -> str:
    """The text of whatever cyclopts hands over: a str, a rich Text, or one of its own wrappers around it."""
    if words is None:
        return ""
    if isinstance(words, str):
        return words
    text: Any = getattr(words, "plain", None)
    if isinstance(text, str):
        return text
    inner: Any = getattr(words, "primary_renderable", None)
    return _plain(inner) if inner is not None and inner is not words else str(words)
