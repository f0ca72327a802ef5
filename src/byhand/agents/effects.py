"""Whether a row has had its effect, read back by another way than it was done.

Rules of this module: it only looks: no act of it has a risk. It answers "there", "not there", or that nothing tells. An
effect is asked more than once, as servers may take a moment; what it answers is told without values.
"""

from __future__ import annotations

import json
import sqlite3
import urllib.request
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from http.client import HTTPException
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit

from byhand.agents.outcome import Stop
from byhand.agents.seeking import Ports, Row
from byhand.agents.stepping import Stepping
from byhand.workflows.cells import CellError, same
from byhand.workflows.checks import OTHERWISE, TWICE, value
from byhand.workflows.program import Act, Check, Effect
from byhand.workflows.templates import TemplateError, fill, slot, slots

TRIES = 3
WAIT_S = 1.5
_HTTP_S = 5.0
_LARGEST = 1 << 22


class Told(NamedTuple):
    """answer: "otherwise" where something of it is there, "" where it can't be told. why: in one sentence."""

    answer: Literal["there", "not there", "otherwise", ""]
    why: str = ""


def there(row: Row, ports: Ports, *, tries: int = TRIES) -> Told:
    """Do all of the program's effects stand?"""
    if not row.workflow.effects:
        return Told("", "no effect of this program is known")
    for effect in row.workflow.effects:
        told = Told("")
        for again in range(tries):
            if ports.brake.pulled():
                return Told("", "you took over")
            told = _one(effect, effect.checks, row, ports, WAIT_S)
            if told.answer in ("there", "") or again == tries - 1:
                break
        if told.answer != "there":
            return told
    return Told("there")


def before(row: Row, ports: Ports) -> Told:
    """Does what must hold before a row is begun hold? "there": it does."""
    for effect in row.workflow.effects:
        if effect.before:
            told = _one(effect, effect.before, row, ports, WAIT_S)
            if told.answer != "there":
                return told
    return Told("there")


def _one(effect: Effect, checks: tuple[Check, ...], row: Row, ports: Ports, wait_s: float) -> Told:
    try:
        match effect.kind:
            case "view":
                return _view(effect, checks, row, ports, wait_s)
            case "http":
                return _http(effect, row)
            case "sql":
                return _sql(effect, row)
            case "file":
                return _file(Path(row.scope.filled(effect.at)))
    except (TemplateError, CellError) as error:
        return Told("", f"the effect {error}")


def _file(path: Path) -> Told:
    try:
        found = path.expanduser().is_file()
    except (OSError, RuntimeError):  # no name of a file: too long, or of a home that is not there
        found = False
    return Told("there") if found else Told("not there", "the file is not there")


def _view(effect: Effect, checks: tuple[Check, ...], row: Row, ports: Ports, wait_s: float) -> Told:
    """Go there in another tab, and look."""
    second = ports.hands.second()
    try:
        looks = Stepping(
            Row(row.workflow, row.values, row.targets, healed=row.healed),
            Ports(second, ports.brake, _Never(), _Nothing(), ports.clock, ports.watch, ports.patience_s, False),
        )  # fmt: skip
        for act in effect.steps:
            if act.risk:
                return Told("", "a look must not do anything")
            stop = looks.act(absolute(act, row.workflow.start))
            if stop is not None:
                return Told("", stop.reason)  # who can't look can't say that it is not there
        looks.ports.patience_s = wait_s
        asks = Act(id="effect", verb="read")
        stop = looks.wait(asks, list(checks), soft=False)
        if stop is None:
            return Told("there")
        if stop.kind != "not so":
            return Told("", stop.reason)
        some = stop.reason == OTHERWISE or stop.reason.endswith(TWICE)
        return Told("otherwise" if some else "not there", stop.reason)
    finally:
        second.close()


def absolute(act: Act, start: str) -> Act:
    """An address of the program is one of its start's site."""
    if act.verb != "open" or not start or "://" in act.text:
        return act
    return Act(id=act.id, verb="open", text=urljoin(start, act.text), then=act.then, risk=act.risk)


def _http(effect: Effect, row: Row) -> Told:
    """GET, from one of the program's sites."""
    at = _filled_address(effect.at, row)
    own = _Own(row.workflow.sites)
    if not own.has(at):
        return Told("", "the effect is asked of a site that is none of the program's")
    try:
        with urllib.request.build_opener(own).open(at, timeout=_HTTP_S) as answer:
            told: Any = json.loads(answer.read(_LARGEST), parse_float=Decimal)
    except (URLError, HTTPException, OSError, ValueError, RecursionError):
        return Told("", "the effect can't be read back: no answer, or none that is JSON")
    for pair in effect.holds.split(","):
        pointer, _, wanted = (part.strip() for part in pair.partition("="))
        cell, form = value(wanted, row.scope)
        found = _at(told, pointer)
        if found is None or isinstance(found, dict | list):
            return Told("not there", f"nothing stands at {pointer}")
        said = str(found).lower() if isinstance(found, bool) else str(found)
        if not same(cell, said, form):
            return Told("not there", f"what stands at {pointer} is something else")
    return Told("there")


class _Own(urllib.request.HTTPRedirectHandler):
    """Follows from one of these sites to another of them, and to no other."""

    def __init__(self, sites: Sequence[str]) -> None:
        self._sites = {one.rstrip("/") for one in sites}

    def has(self, address: str) -> bool:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and f"{parts.scheme}://{parts.netloc}" in self._sites

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        return super().redirect_request(req, fp, code, msg, headers, newurl) if self.has(newurl) else None


def _filled_address(template: str, row: Row) -> str:
    """Values in an address are quoted, so that none can lead elsewhere."""
    scope = row.scope
    pieces = {name: quote(scope.filled(slot(name)), safe="") for name in slots(template)}
    return urljoin(row.workflow.start, fill(template, pieces))


def _at(told: Any, pointer: str) -> Any:
    """RFC 6901; None where it leads nowhere."""
    at: Any = told
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        try:
            at = at[int(name) if isinstance(at, list) else name]
        except (KeyError, IndexError, ValueError, TypeError):
            return None
    return at


def _sql(effect: Effect, row: Row) -> Told:
    """`FILE: SELECT ...` with slots as bound values, on a database opened for reading."""
    name, _, query = effect.at.partition(":")
    path = Path(name.strip()).expanduser()
    if not path.is_file():
        return Told("", "the database is not there")
    if not query.strip().upper().startswith(("SELECT", "WITH")):
        return Told("", "the effect's query is no SELECT")
    names = slots(query)
    query = fill(query, {one: f"?{at}" for at, one in enumerate(names, 1)})
    found: list[Any] = []
    try:
        base = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=_HTTP_S)
        try:
            for bound in ([_bound(one, row) for one in names], [row.scope.filled(slot(one)) for one in names]):
                found = found or base.execute(query.strip(), bound).fetchmany(2)
        finally:
            base.close()
    except (sqlite3.Error, OverflowError):
        return Told("", "the effect's query can't be asked")
    if len(found) == 1:
        return Told("there")
    return Told("otherwise", "there is more than one such row") if found else Told("not there", "its row is not there")


def _bound(name: str, row: Row) -> str | float:
    """A value as a database has it: a number as such, a day as ISO 8601 writes it. It is asked as it was typed, too."""
    cell, _ = value(slot(name), row.scope)
    match cell:
        case bool():
            return int(cell)
        case Decimal():
            return float(cell)
        case date():
            return cell.isoformat()
        case _:
            return row.scope.filled(slot(name))


class _Never:
    """Nothing that needs leave is done here."""

    def may(self, act: Act, risk: str, sentence: str) -> bool:
        del act, risk, sentence
        return False


class _Nothing:
    """Looks are in no journal."""

    def will(self, step: str, risk: str) -> None: ...

    def did(self, step: str) -> None: ...


def lost(stop: Stop) -> bool:
    """May what was done have had its effect all the same, though its answer never came?"""
    return stop.kind in ("not so", "server", "missing", "lost")
