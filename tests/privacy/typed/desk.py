"""Somebody types into a field: scripts become keys, keys become runs, and what would be judged is looked at."""

from __future__ import annotations

from byhand.capture.scripted import script
from byhand.events.raw import RawButton, RawKey, RawText
from byhand.privacy.rules import keys
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.typed.ends import Draft
from byhand.privacy.typed.judge import judged
from byhand.privacy.typed.typist import Typist
from byhand.privacy.typed.where import Where

FIELD = Where((1, "field"), 1, "mail", "entry", "Subject")
OTHER = Where((1, "other"), 1, "mail", "entry", "To")
PAGE = Where((1, "page"), 1, "editor", "text", "", lines=True)
SHELL = Where((1, "shell"), 1, "terminal", "terminal", "", lines=True, terminal=True)
S = 1_000_000_000


class Desk:
    """A typist, and where the keyboard is."""

    def __init__(self, where: Where | None = FIELD) -> None:
        self.typist = Typist()
        self.where = where
        self.now = 0

    def does(self, text: str) -> Desk:
        """Play a script into the field; it begins where the one before ended."""
        raws = script(text, start_ms=self.now // 1_000_000 + 1)
        for raw in raws:
            self.now = raw.mono_ns
            if isinstance(raw, RawKey) and raw.down:
                self.typist.key(raw, keys.stroke(raw.keysym, raw.mods), self.where)
            elif isinstance(raw, RawKey):
                self.typist.up(raw)
            elif isinstance(raw, RawButton) and raw.down:
                self.typist.pressed(raw.button, self.where, raw.mono_ns)
            elif isinstance(raw, RawText):
                assert self.where is not None
                self.typist.text(raw, self.where)
        return self

    def types(self, text: str) -> Desk:
        return self.does(f'00.0 type "{text}"')

    def keys(self, *names: str) -> Desk:
        """One key after the other; with + for a chord."""
        for name in names:
            self.does(f"00.1 {'hotkey' if '+' in name[1:] else 'key'} {name}")
        return self

    def rests(self, seconds: float = 60) -> Desk:
        self.now += int(seconds * S)
        self.typist.rest(self.now)
        return self

    def goes(self, where: Where | None) -> Desk:
        self.typist.moved(self.now)
        self.where = where
        return self

    @property
    def drafts(self) -> list[Draft]:
        return self.typist.taken()

    @property
    def texts(self) -> list[str]:
        """What stood in the field, run by run; what is masked unseen in brackets; a reason where a run was dropped."""
        return [shown(draft) for draft in self.drafts]

    @property
    def kept(self) -> list[str]:
        """What the shipped cleaner makes of it."""
        judge = Cleaner(seed=b"test")
        return [text for draft in self.drafts if not draft.reason and (text := judged(draft, judge))]


def shown(draft: Draft) -> str:
    if draft.reason:
        return f"({draft.reason})"
    text = draft.text
    for start, end in reversed(draft.open):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def wrote(*parts: str, where: Where = FIELD) -> list[str]:
    """Runs that strokes leave after Enter: `parts` are keys' names, or texts that begin with a quote."""
    desk = Desk(where)
    for part in parts:
        if part.startswith("'"):
            desk.types(part[1:])
        else:
            desk.keys(part)
    return desk.keys("Return").texts
