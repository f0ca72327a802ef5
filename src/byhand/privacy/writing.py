"""What the typist is told of what the guard sees, each thing in its turn; and texts that drivers know as texts.

Rules of this module: where no text is granted there is no typist, and nothing is told to anybody. A text stands in line
like a key, with the verdict on keys of the field that has the keyboard.
"""

from __future__ import annotations

from functools import partial

from byhand.events.raw import Raw, RawButton, RawKey, RawText
from byhand.privacy.rules import contexts, fields, keys
from byhand.privacy.rules.others import OTHERS, others_words
from byhand.privacy.scene import Scene, Verdict
from byhand.privacy.typed.where import Where
from byhand.privacy.waiting import KEY_NS, NO_STREAM, HeldKey, Line

_TEXT = keys.Stroke("other", "", text=True, stays=False)


class Writing:
    """One for each guard.

    Attributes:
        where: the field that has the keyboard, if its text may be kept.
    """

    def __init__(self, line: Line, scene: Scene) -> None:
        self.where: Where | None = None
        self._line, self._scene, self._typist = line, scene, line.typist

    def __len__(self) -> int:
        """Characters of a text that is not finished."""
        return len(self._typist) if self._typist is not None else 0

    def look(self, verdict: Verdict, raw: Raw) -> None:
        """Which field has the keyboard now? Another one ends what was typed; a secret one takes it along."""
        if self._typist is None:
            return
        before, self.where = self.where, self._scene.where()
        if verdict.reason == fields.PASSWORD:
            self._line.secret()
        if (before and before.place) != (self.where and self.where.place):
            self._line.then(partial(self._typist.moved, raw.mono_ns), raw.mono_ns)

    def struck(self, raw: RawKey, stroke: keys.Stroke) -> None:
        """A key went down that bears no text."""
        if self._typist is not None:
            self._line.then(partial(self._typist.key, raw, stroke, self.where), raw.mono_ns)

    def ended(self, raw: RawKey) -> None:
        """Any key went up."""
        if self._typist is not None:
            self._line.then(partial(self._typist.up, raw), raw.mono_ns)

    def pressed(self, raw: RawButton) -> None:
        if self._typist is not None:
            self._line.then(partial(self._typist.pressed, raw.button, self.where, raw.mono_ns), raw.mono_ns)

    def missed(self, raw: Raw) -> None:
        """What stands in the field is not certain any more."""
        if self._typist is not None:
            self._line.then(partial(self._typist.missed, raw.mono_ns), raw.mono_ns)

    def lost(self, raw: Raw) -> None:
        """What was typed anywhere before joins nothing that is typed from now on for certain."""
        if self._typist is not None:
            self._line.then(partial(self._typist.lost, raw.mono_ns), raw.mono_ns)

    def text(self, raw: RawText) -> None:
        """A driver knows a text as text."""
        scene = self._scene
        why, verdict = scene.keys(), scene.text()
        if raw.window != scene.focus:
            why, verdict = contexts.ANOTHER_APP, Verdict("", open=False)
        if why and not verdict.open:
            self._line.drop(why)
            return
        if self._typist is None:
            self._line.drop(NO_STREAM, scene.run())
            return
        known = scene.windows.get(raw.window)
        if fields.names_a_secret(raw.label) or "password" in raw.role.casefold():
            verdict = Verdict(fields.PASSWORD, open=False)
        elif raw.how == "value" and others_words(raw.role, (), known.name if known else ""):
            verdict = Verdict(OTHERS, open=False)
        due = max(raw.mono_ns, self._line.now) + KEY_NS
        self._line.wait_key(HeldKey(raw, _TEXT, due, timing=False, where=self.where), verdict, scene.run())
