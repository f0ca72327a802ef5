"""A run as one HTML file. Pure.

Rules of this module: the page asks for nothing and runs nothing; its content security policy allows its one style
sheet, by its hash, and pictures that are in it. Every text goes in escaped.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from importlib.resources import files

from byhand.ui.run.telling import STATES, Heal, Line, Told
from byhand.ui.words import many, span

_SLOT = re.compile(r"\{\{(\w+)\}\}")
_MARKS = {"done": "✓", "unchecked": "?", "stopped": "!", "cut off": "✂", "skipped": "–", "not begun": "·"}
_OPEN = frozenset({"stopped", "cut off", "unchecked"})


def page(told: Told) -> str:
    """The whole file."""
    room = files("byhand.ui.run")
    tokens = (files("byhand.ui.replay") / "player" / "tokens.css").read_text("utf-8")
    style = "\n".join((tokens, (room / "run.css").read_text("utf-8")))
    slots = {
        "title": html.escape(told.title),
        "style": style,
        "style_hash": "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        "about": html.escape(told.about),
        "facts": "".join(f"<li>{html.escape(fact)}</li>" for fact in facts(told)),
        "verdict": html.escape(told.verdict),
        "bar": _bar(told),
        "notes": "".join(f'<p class="note">{html.escape(note)}</p>' for note in _notes(told)),
        "heals": _heals(told.heals),
        "rows": "\n".join(map(_row, told.lines)),
        "when": html.escape(told.when),
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], (room / "page.html").read_text("utf-8"))


def facts(told: Told) -> list[str]:
    """What is said below the title."""
    tried = [one.seconds for one in told.lines if one.seconds]
    each = f"{span(sum(tried) / len(tried))} a row" if tried else ""
    parts = [told.when, told.table, many(len(told.lines), "row"), f"took {span(told.seconds)}", each,
             f"run {told.run}, revision {told.revision}"]  # fmt: skip
    return [part for part in parts if part]


def _notes(told: Told) -> list[str]:
    notes = [f"It ended before its last row: {told.why}."] if told.why else []
    if told.effects:
        notes.append(f"How it is known that a row is done: {told.effects}.")
    else:
        notes.append("This program says nothing of how its effect can be seen, so no row of it counts as done.")
    return notes


def _bar(told: Told) -> str:
    total = max(len(told.lines), 1)
    parts, keys, at = list[str](), list[str](), 0.0
    for state in STATES:
        count = told.count(state)
        if not count:
            continue
        name, wide = state.replace(" ", "-"), 1000 * count / total
        parts.append(f'<rect class="{name}" x="{at:.1f}" y="0" width="{max(wide - 3, 2):.1f}" height="14" rx="3"/>')
        keys.append(f'<li><span class="mark {name}">{_MARKS[state]}</span><b>{count:,}</b> {state}</li>')
        at += wide
    said = html.escape(told.verdict, quote=True)
    return (
        f'<svg class="bar" viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" aria-label="{said}">'
        f'{"".join(parts)}</svg><ul class="keys">{"".join(keys)}</ul>'
    )


def _heals(heals: tuple[Heal, ...]) -> str:
    if not heals:
        return ""
    items = "".join(
        f"<li><p><b>{html.escape(one.called)}</b> <span>{html.escape(_where(one.rows))}</span></p>"
        f'<p class="diff"><del>{html.escape(one.was)}</del><ins>{html.escape(one.now)}</ins></p>'
        f"<p><small>found by {html.escape(one.by)}</small></p></li>"
        for one in heals
    )
    return (
        '<section class="heals"><h2>What is otherwise than it was shown</h2>'
        f"<p>Each was found all the same, by two kinds of evidence at least. Nothing of it is in the program yet.</p>"
        f"<ul>{items}</ul></section>"
    )


def _where(rows: tuple[int, ...]) -> str:
    if len(rows) > 4:
        return f"in {len(rows):,} rows"
    return f"in row {', '.join(map(str, rows))}" if rows and rows != (0,) else ""


def _row(line: Line) -> str:
    name = line.state.replace(" ", "-")
    number = f'<span class="number">{line.number}</span>' if line.number else ""
    time = span(line.seconds) if line.seconds else ""
    head = (
        f'<span class="mark {name}" aria-hidden="true">{_MARKS[line.state]}</span>{number}'
        f'<span class="names">{html.escape(line.names)}</span><span class="state {name}">{line.state}</span>'
        f'<span class="time">{time}</span>'
    )
    reason = f'<p class="reason">{html.escape(line.reason)}</p>' if line.reason else ""
    inside = _stop(line) + _sentences(line)
    if not inside:
        return f'<li class="row"><div class="head">{head}</div>{reason}</li>'
    shown = " open" if line.state in _OPEN else ""
    return f'<li class="row"><details{shown}><summary class="head">{head}</summary>{reason}{inside}</details></li>'


def _stop(line: Line) -> str:
    pairs = [("expected", line.expected), ("there is", line.found), ("to take back", line.undo)]
    told = "".join(f"<dt>{name}</dt><dd>{html.escape(text)}</dd>" for name, text in pairs if text)
    harmed = '<p class="harmed">It may have left half a record.</p>' if line.harmed else ""
    picture = ""
    if line.picture:
        data = base64.b64encode(line.picture).decode()
        said = f"The page when row {line.number} stopped; what was not cleared is painted over"
        picture = f'<figure><img alt="{said}" src="data:image/png;base64,{data}"></figure>'
    facts = f"<dl>{told}</dl>" if told else ""
    return harmed + facts + picture


def _sentences(line: Line) -> str:
    if not line.told:
        return ""
    items = "".join(f"<li>{html.escape(one)}</li>" for one in line.told)
    last = f'<li class="last">{html.escape(line.step)}</li>' if line.step else ""
    return f'<ol class="told">{items}{last}</ol>'
