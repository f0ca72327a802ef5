"""The list of places of which nothing is ever kept: read from `contexts/`, checked, and asked.

Rules of this module: the files are meant to be read, one for each kind of place. They carry a version and a digest
of their bytes: a file that is missing, cut short or edited makes the whole list unreadable, and then nothing is
recorded at all. A policy adds places; see `contexts` for how, and for what it may take out.

    [programs]        window classes, lower case
    [hosts]           domains, with all that is under them
    [host words]      words of a host's name (`phrases`); [not] names words that are none after all
    [path words]      words of the rest of an address
    [titles]          words of any window's title
    [browser titles]  words of a browser's title: names that tell of a place only where they are a page's
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from byhand.errors import RecorderError
from byhand.privacy.rules.phrases import Phrases, fold, words, words_of_address

KINDS = (
    "health", "tax", "bank", "payroll", "staff", "union", "legal", "passwords", "authenticators", "calls",
    "remote screens", "sharing",
)  # fmt: skip
"""What the list knows, one file each."""
ALWAYS = frozenset({"passwords", "authenticators"})
"""Kinds that no policy can take out, not even UNSAFE."""
UNREADABLE = "can't be read"
"""In place of a kind: an address that can't be read, so nobody knows what it is."""

FILES = (*KINDS, "private windows", "lock screens")
_SECTIONS = frozenset({
    "programs", "hosts", "host words", "not", "path words", "titles", "browser titles", "end", "anywhere",
})  # fmt: skip
_LOOKED_AT = 2000  # of each part of an address
_MOST_TITLE = 1000  # no program that means well writes more; drivers cut titles at 4096 bytes
_MOST_HOST = 253  # RFC 1035 2.3.4, as written
_MOST_JUDGED = 256
_DIGITS_BEHIND = re.compile(r"(?<=[a-z]{3})\d+$")

Sections = Mapping[str, tuple[str, ...]]


class Group:
    """Some kinds of the list, asked as one.

    Args:
        kinds: kind -> its sections.
    """

    def __init__(self, kinds: Mapping[str, Sections]) -> None:
        def all_of(section: str) -> list[str]:
            return [entry for sections in kinds.values() for entry in sections.get(section, ())]

        self._programs = {name: kind for kind, parts in kinds.items() for name in parts.get("programs", ())}
        self._hosts = {fold(host): kind for kind, parts in kinds.items() for host in parts.get("hosts", ())}
        self._host_words = [
            (kind, Phrases(parts["host words"], parts.get("not", ())))
            for kind, parts in kinds.items()
            if "host words" in parts
        ]
        self._judged: dict[str, str] = {}
        self._path_words = Phrases(all_of("path words"))
        self._titles = Phrases(all_of("titles"))
        self._browser_titles = Phrases(all_of("browser titles"))

    def program(self, name: str) -> str:
        """The kind of a window class (lower case), or ""."""
        return self._programs.get(name, "")

    def page(self, url: str) -> str:
        """The kind of a page, by its host or by the words of its address; "" if none."""
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            return UNREADABLE
        return self.host(host) or self._path(parts.path, parts.query, parts.fragment)

    def host(self, host: str) -> str:
        """The kind of a host's name, or ""."""
        kind = self._judged.get(host)
        if kind is None:
            if len(self._judged) >= _MOST_JUDGED:
                self._judged.clear()
            kind = self._judged[host] = self._judge(host)
        return kind

    def _judge(self, host: str) -> str:
        name = _readable(host) if len(host) <= _MOST_HOST else None
        if name is None:
            return UNREADABLE
        labels = name.split(".")
        for place in range(len(labels)):
            if kind := self._hosts.get(".".join(labels[place:])):
                return kind
        if len(labels[-1]) == 2:
            del labels[-1]  # a country: .hr is Croatia, and no one's human resources
        found = [_DIGITS_BEHIND.sub("", word) for word in words(" ".join(labels))]
        return next((kind for kind, phrases in self._host_words if phrases.find(found) or phrases.written(name)), "")

    def title(self, title: str, *, browser: bool) -> bool:
        """Does a window's title tell of such a place?"""
        if len(title) > _MOST_TITLE:
            return True  # nobody has looked at all of it
        found = words(title)
        if self._titles.find(found) or self._titles.written(title):
            return True
        return browser and (self._browser_titles.find(found) or self._browser_titles.written(title))

    def _path(self, *parts: str) -> str:
        for part in parts:
            said = unquote(part[:_LOOKED_AT])
            if said.strip("/") and (self._path_words.find(words_of_address(said)) or self._path_words.written(said)):
                return "address"
        return ""


class Shipped(NamedTuple):
    """The list as it comes with the program.

    version: as in `contexts/version.txt`. digest: of all files, hex. kinds: kind -> sections, as read. always, others:
    the kinds by whether UNSAFE can take them out. sharing: the kind that tells that this screen is shown to others.
    """

    version: str
    digest: str
    kinds: Mapping[str, Sections]
    always: Group
    others: Group
    sharing: Group

    def kinds_of(self, app: str = "", url: str = "", title: str = "") -> list[str]:
        """All kinds that a place is of, for people who ask why. Slow: it asks kind by kind."""
        return [
            kind
            for kind in KINDS
            if (group := Group({kind: self.kinds[kind]}))
            and (
                (app and group.program(app))
                or (url and group.page(url))
                or (title and group.title(title, browser=True))
            )
        ]

    @property
    def size(self) -> int:
        """How many entries it has."""
        return sum(len(entries) for sections in self.kinds.values() for entries in sections.values())


@cache
def shipped() -> Shipped:
    """The list, read once.

    Raises:
        RecorderError: it can't be read, or it is not what was shipped. Nothing may be recorded then.
    """
    try:
        return _read()
    except Exception as error:  # whatever is wrong with it: without the list nobody knows what is private
        raise RecorderError(
            "the list of what is never recorded can't be read, or was changed",
            hints=("install byhand again", "to add to the list, use [contexts] in the policy"),
            fate="nothing was recorded",
        ) from error


def _read() -> Shipped:
    folder = files("byhand.privacy.rules").joinpath("contexts")
    texts = {name: folder.joinpath(f"{name.replace(' ', '_')}.txt").read_text("utf-8") for name in FILES}
    said = dict(_pairs(folder.joinpath("version.txt").read_text("utf-8")))
    if digest_of(texts) != said["sha256"]:
        raise ValueError("not the bytes that were shipped")
    kinds = {name: sections_of(text) for name, text in texts.items()}
    return Shipped(
        said["version"],
        said["sha256"],
        kinds,
        always=Group({kind: kinds[kind] for kind in KINDS if kind in ALWAYS}),
        others=Group({kind: kinds[kind] for kind in KINDS if kind not in ALWAYS}),
        sharing=Group({"sharing": kinds["sharing"]}),
    )


def digest_of(texts: Mapping[str, str]) -> str:
    """SHA-256 over names and texts, hex."""
    made = hashlib.sha256()
    for name in sorted(texts):
        made.update(f"{name}\0{texts[name]}\0".encode())
    return made.hexdigest()


def sections_of(text: str) -> dict[str, tuple[str, ...]]:
    """The entries under each `[section]`: one a line or several divided by commas; `#` begins a comment.

    Raises:
        ValueError: an entry before the first section, a section that is none, or nothing at all.
    """
    found: dict[str, list[str]] = {}
    section: list[str] | None = None
    for line in text.splitlines():
        bare = line.partition("#")[0].strip()
        if bare.startswith("["):
            name = bare.strip("[]")
            if name not in _SECTIONS or name in found:
                raise ValueError("a section that is none, or is there twice")
            section = found[name] = []
        elif bare:
            if section is None:
                raise ValueError("an entry outside of any section")
            section += [entry.strip() for entry in bare.split(",") if entry.strip()]
    if not any(found.values()):
        raise ValueError("a list without entries")
    return {name: tuple(entries) for name, entries in found.items()}


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    for line in text.splitlines():
        name, found, value = line.partition("#")[0].partition("=")
        if found:
            yield name.strip(), value.strip()


def _readable(host: str) -> str | None:
    """A host's name folded, punycode decoded; None where that is not possible."""
    labels: list[str] = []
    for label in host.rstrip(".").split("."):
        if label.lower().startswith("xn--"):
            try:
                labels.append(label[4:].encode("ascii").decode("punycode"))
            except (UnicodeError, ValueError):
                return None
        else:
            labels.append(label)
    return fold(".".join(labels))
