"""Asks a model what an episode was for, where the person did not say: one request to an OpenAI-compatible endpoint.

Rules of this module: the only one of the room that speaks to a network, and only when somebody made an `Asking` and
called it. What goes out is a line for each action (`line`), of words the guard let through; what was typed does not.
Plain `http.client`: it follows no redirect and asks no proxy, so nothing goes anywhere but to the address that was
named; and the import contract that keeps the recorder off the network knows it. Whatever goes wrong is no words, never
an error: the template's are taken. No message quotes what was sent or answered.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from byhand.datasets.manifest import Part
from byhand.datasets.taken import About
from byhand.episodes import words
from byhand.episodes.build import build
from byhand.episodes.types import Action, Step
from byhand.errors import Problem, UsageFault
from byhand.events.kinds import AnyEvent, Numbered

PATIENCE_S = 30.0
_ENOUGH = 3
"""After so many failures in a row nobody is asked any more."""
_MOST_LINES, _MOST_WORDS, _MOST_BYTES = 120, 200, 1 << 16
_END = "/chat/completions"
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_ASK = (
    "You are told what a person did on a computer, one act a line. Say in one short sentence what it was for, as the "
    "instruction they could have been given. Take names from the acts only. Answer with that sentence alone."
)


class Endpoint(msgspec.Struct, frozen=True):
    """Where it is asked. here: on this computer. shown: how a person is told of it."""

    secure: bool
    host: str
    port: int | None
    path: str
    model: str
    here: bool
    shown: str


class _Message(msgspec.Struct):
    content: str


class _Choice(msgspec.Struct):
    message: _Message


class _Answer(msgspec.Struct):
    choices: list[_Choice]


def endpoint(url: str, model: str) -> Endpoint:
    """Raises:
    UsageFault: it is no such address, holds a secret, or would be spoken to in the open over a network.
    """
    fate = "nothing was sent"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise UsageFault("that is no address of a writer", hints=("for example: http://127.0.0.1:8080/v1",), fate=fate)
    if "@" in parts.netloc:
        raise UsageFault("an address must not hold a name or a password", hints=("keys go elsewhere",), fate=fate)
    here, secure = _is_here(host), parts.scheme == "https"
    if not (here or secure):
        raise UsageFault("words would go over the network unencrypted", hints=("use an address with https",), fate=fate)
    path = parts.path.rstrip("/")
    shown = f"{parts.scheme}://{parts.netloc}"
    return Endpoint(secure, host, port, path if path.endswith(_END) else path + _END, model, here, shown)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def line(act: Action) -> str:
    """All that is said of an action: what, to what, where. Not what was typed: a date or a number that was chosen may
    have been, and only of a page's own list it is sure that the words are the page's.
    """
    if act.op == "select" and (act.target is None or act.target.tag != "select"):
        act = msgspec.structs.replace(act, text="")
    place = act.origin.partition("://")[2] or act.app
    said = words.sentence(act)
    return f"{said} ({place})" if place and act.op not in ("navigate", "window") else said


class Asking:
    """A `words.Writer`. `why`: why it had no words the last time, as "did not answer"."""

    by = "model"

    def __init__(self, to: Endpoint, key: str = "", patience_s: float = PATIENCE_S) -> None:
        self.to = to
        self.why = ""
        self._key = key
        self._patience_s = patience_s
        self._known: dict[str, str] = {}
        self._failed = 0

    def instruction(self, steps: Sequence[Step]) -> str:
        """What they were for, in one line; "" where nobody says."""
        lines = [line(step.action) for step in steps]
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES // 2], "...", *lines[-_MOST_LINES // 2 :]]
        asked = "\n".join(lines)
        if asked in self._known:
            return self._known[asked]
        if self._failed >= _ENOUGH:
            return ""
        try:
            said = _line_of(self._ask(asked))
        except _NoWordsError as error:
            self.why = str(error)
            self._failed += 1
            return ""
        self._failed = 0
        self._known[asked] = said
        return said

    def _ask(self, asked: str) -> bytes:
        to, until = self.to, time.monotonic() + self._patience_s
        made = HTTPSConnection if to.secure else HTTPConnection
        body = msgspec.json.encode({
            "model": to.model, "temperature": 0, "stream": False,
            "messages": [{"role": "system", "content": _ASK}, {"role": "user", "content": asked}],
        })  # fmt: skip
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        try:
            connection = made(to.host, to.port, timeout=self._patience_s)
            try:
                connection.connect()
                # A name is only a name: what may not leave this computer is not sent before we know who listens.
                if to.here and not ip_address(connection.sock.getpeername()[0]).is_loopback:
                    raise _NoWordsError("is not on this computer")
                connection.request("POST", to.path, body, headers)
                answer = connection.getresponse()
                if answer.status != 200:
                    raise _NoWordsError(f"answered with status {answer.status}")
                found = b""
                while piece := answer.read1(_MOST_BYTES):
                    found += piece
                    if len(found) > _MOST_BYTES:
                        raise _NoWordsError("answered too much")
                    if time.monotonic() > until:
                        raise TimeoutError
                return found
            finally:
                connection.close()
        except TimeoutError:
            raise _NoWordsError("did not answer in time") from None
        except (OSError, HTTPException, ValueError):
            raise _NoWordsError("can't be spoken to") from None


class _NoWordsError(Exception):
    """What the writer did instead, in our own words."""


def _line_of(answer: bytes) -> str:
    try:
        choices = msgspec.json.decode(answer, type=_Answer).choices
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise _NoWordsError("gave no answer that can be read") from None
    said = _THOUGHT.sub("", choices[0].message.content) if choices else ""
    one = " ".join("".join(sign if sign.isprintable() else " " for sign in said).split()).strip('"')
    if not one or len(one) > _MOST_WORDS:
        raise _NoWordsError("gave no sentence")
    return one


class Worded(NamedTuple):
    """words: of an episode's id, what it was for. problem: why some have none."""

    words: dict[str, str]
    problem: Problem | None = None


def worded(
    asking: Asking, part: Part, events: Sequence[AnyEvent], about: About, before: Callable[[], None]
) -> Worded:  # fmt: skip
    """Words for those episodes of a recording that the person called nothing.

    Args:
        asking: who is asked.
        part: what the recording goes by.
        events: of it, after its edits.
        about: it.
        before: is called once before anything goes out, and not at all if nothing has to; if it raises, nothing does.
    """
    try:
        found = build(part.recording, [Numbered(*one) for one in enumerate(events)], about.monitors).episodes
    except Exception:  # the build itself will break on it again, and tell
        return Worded({})
    nameless = [one for one in found if one.by == "template"]
    if not nameless:
        return Worded({})
    before()
    said = {one.id: told for one in nameless if (told := asking.instruction(one.steps))}
    if len(said) == len(nameless):
        return Worded(said)
    count = len(nameless) - len(said)
    why = f"{count} of its episodes are called by their acts: the writer {asking.why}"
    return Worded(said, Problem(part.recording, why))
