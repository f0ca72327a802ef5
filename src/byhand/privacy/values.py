"""What a field of a page holds, as far as it may be kept: the label of a chosen option, typed text, kinds of files.

Rules of this module: an option is called something, like a control, and its label is kept where a control's name would
be. What was typed needs the `text` stream, and is judged as a whole, with the same care as text rebuilt from keys: a
word that may go on is masked unseen, and so are figures in field after field, which may be the boxes of one code.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Set as AbstractSet

from byhand.consent.policy import Stream
from byhand.events.raw import RawDom, RawElement
from byhand.privacy.rules import fields
from byhand.privacy.text.cleaner import MOST, Cleaner
from byhand.privacy.text.lists import own
from byhand.privacy.text.types import At
from byhand.privacy.typed.ends import Draft
from byhand.privacy.typed.judge import judged
from byhand.privacy.typed.run import delimits

_ENDED_NS = 300_000_000
"""A field's text is told when something else was done, within this; or because somebody rested in the middle of it."""
_MOST_ENDS = 256
_FILES = re.compile(r"\.[a-z0-9]{1,8}(?:, ?\.[a-z0-9]{1,8}){0,9}")


class Values:
    """One for each guard."""

    def __init__(self) -> None:
        # A text is judged when there is time for it: more may have ended by then than the typing of this one.
        self._ended: deque[int] = deque(maxlen=_MOST_ENDS)
        self._box: tuple[int, int, int] | None = None  # the field told last, if it may hold a piece of a number

    def ended(self, mono_ns: int) -> None:
        """Something was done that ends typing."""
        self._ended.append(mono_ns)

    def typed(self, raw: RawElement, dom: RawDom) -> bool:
        """Does it hold text, which takes its time to judge?"""
        return bool(dom.value) and raw.why in ("input", "change") and not fields.chosen(raw)

    def kept(
        self, raw: RawElement, dom: RawDom, streams: AbstractSet[Stream], words: Cleaner, *, others: bool
    ) -> tuple[str, bool]:  # fmt: skip
        """What may be kept, and whether that is more than a name: then the `text` stream let it through.

        Args:
            raw: no secret field, and none whose words its page wants hidden.
            dom: what it holds.
            streams: of its place.
            words: judges what stands there.
            others: what it says are other people's words.
        """
        value = dom.value
        if raw.why == "file":
            kinds = re.split(r", ?", value) if "text" in streams and _FILES.fullmatch(value) else []
            known = {kind[1:] for kind in kinds} <= own("files")["extensions"]
            return (", ".join(kinds), bool(kinds)) if known else ("", False)
        if others or raw.why not in ("input", "change"):
            return "", False
        if fields.chosen(raw):
            if words.clears(value, At("element", role="menu item")):
                return words.shown(value), False
            label = words.clean(value, At("element", dom.app, raw.role, raw.name)) if "text" in streams else None
            return (label.text, bool(label.text)) if label is not None else ("", False)
        if "text" not in streams or not _is_typed(raw, dom) or len(value) > MOST:
            return "", False
        at = At("typed", dom.app, raw.role, raw.name)
        text = judged(Draft(value, self._open(raw, dom, boxes=not words.public), at, "value", 0, 0, 0), words)
        return text, bool(text)

    def _open(self, raw: RawElement, dom: RawDom, *, boxes: bool) -> tuple[tuple[int, int], ...]:
        """The parts that may be a piece of something longer. boxes: figures in field after field are."""
        value, field, before = dom.value, (dom.tab, dom.frame, dom.node), self._box
        bare = value.strip()
        self._box = field if bare.isnumeric() or (len(bare) == 1 and bare.isalpha()) else None
        if boxes and self._box and before and before[0] == dom.tab and before != field:
            return ((0, len(value)),)
        ended = "focused" not in raw.states or any(abs(end - raw.mono_ns) <= _ENDED_NS for end in self._ended)
        start = len(value)
        while not ended and start and not delimits(value[start - 1]):
            start -= 1
        return ((start, len(value)),) if start < len(value) else ()


def _is_typed(raw: RawElement, dom: RawDom) -> bool:
    return raw.role in fields.INPUTS or "editable" in raw.states or dom.tag in ("input", "textarea")
