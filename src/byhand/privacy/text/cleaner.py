"""The door for texts: in as they stood on the screen, out as they may be kept.

Rules of this module: what a detector finds is masked; so is every word nobody says is harmless. It fails closed: a text
that is too long, that a detector could not judge, or at which anything breaks, is dropped whole. Nothing of a text is
remembered but digests under a key of the recording. ADR 0010 says why words decide and no model does.

    given -> normal -> detectors      -> what is left: files, titles or sentences, by default denied -> placeholders
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import ClassVar

from byhand.consent.policy import Policy, SiteRule
from byhand.privacy.text import addresses, files, prose, runs, screen, titles
from byhand.privacy.text.detect.presidio import ready as presidio_ready
from byhand.privacy.text.detect.site import PatternDetector
from byhand.privacy.text.detect.union import UNJUDGED, find_all, of_secrets
from byhand.privacy.text.detect.union import detectors as shipped_detectors
from byhand.privacy.text.normal import Normal, normal, visible
from byhand.privacy.text.placeholders import MARK, Placeholders
from byhand.privacy.text.tokens import Token, tokens
from byhand.privacy.text.types import At, Cleaned, Detector, Span
from byhand.privacy.text.words import Words

MOST = 16_384
"""Code points of a text that is judged; a longer one is dropped, so that judging takes a second at the very most."""
MOST_LABEL = 2_048
"""The same for titles, names and addresses, which people look at one by one."""
PUBLIC = ".public"
"""Ends the code of the rule by which words of such a page were kept."""
_MOST_KNOWN = 2_000
_LABEL_WORDS = 5


# Bytes that were no text, as Python or the sender writes them: nobody can say what they meant.
_NO_TEXT = re.compile("[\ud800-\udfff\ufffd\x00-\x08\x0e-\x1f\x7f-\x9f]")


class Cleaner:
    """One for each recording.

    Args:
        words: of a policy: words and phrases that are harmless here.
        detectors: what finds private things; the shipped ones if none are given.
        seed: random bytes of the recording. Without it placeholders are the same in every recording: for tests only.
    """

    public: ClassVar[bool] = False
    """Are the words it judges nobody's? Then no one has to ask whose they are, or what may be called something."""

    def __init__(
        self, words: Iterable[str] = (), detectors: Sequence[Detector] | None = None, seed: bytes = b""
    ) -> None:
        self.words = Words(words)
        self._detectors = tuple(shipped_detectors() if detectors is None else detectors)
        self._seed = seed[:64]
        self._placeholders = Placeholders(self._seed)
        self._known: OrderedDict[bytes, Cleaned | bool] = OrderedDict()

    def clean(self, text: str, at: At) -> Cleaned:
        """The text as it may be kept."""
        try:
            if len(text) > (MOST if at.surface in ("typed", "paste", "page") else MOST_LABEL) or _NO_TEXT.search(text):
                return _dropped(text)
            key = self._key("clean", text, at)
            known = self._known.get(key)
            if isinstance(known, Cleaned):
                return known
            cleaned = self._clean(text, at)
        except Exception:  # whatever broke: what can't be judged is not kept
            return _dropped(text)
        self._remember(key, cleaned)
        return cleaned

    def clears(self, text: str, at: At) -> bool:
        """May all of it be kept? The name of a control is also asked to be short and all of everyday words."""
        try:
            key = self._key("clears", text[: MOST + 1], at)
            known = self._known.get(key)
            if isinstance(known, bool):
                return known
            clear = self._clears(text, at)
        except Exception:  # whatever broke: what can't be judged is not kept
            return False
        self._remember(key, clear)
        return clear

    def shown(self, text: str) -> str:
        """A control's name as a person sees it: without the marks that only a keyboard needs."""
        return screen.shown(text)

    def _clears(self, text: str, at: At) -> bool:
        if at.surface != "element":
            return self.clean(text, at).verdict == "clear"
        most = screen.MOST_WORDS_OPTION if at.role in screen.OPTIONS else screen.MOST_WORDS
        return screen.clears(self.words, text, most) and not find_all(self._detectors, text, at)

    def _clean(self, text: str, at: At) -> Cleaned:
        plain = normal(text)
        found = find_all(self._detectors, plain.text, at)
        if any(span.kind == UNJUDGED for span in found):
            return _dropped(text)
        url = at.surface == "url"
        denied = addresses.judge(plain.text, self.words) if url else self._denied(plain, found, at)
        merged = _union(found, denied)
        # One sign of the given text may be several here ("¼" is "1⁄4"): what shares one is one.
        masked = _union([Span(*plain.back(span.start, span.end), span.kind) for span in merged], ())
        return self._told(text, at, masked)

    def _denied(self, plain: Normal, found: Sequence[Span], at: At) -> list[Span]:
        """What nobody says is harmless."""
        text = plain.text
        parts = titles.parts(text) if at.surface == "title" else ()
        known = files.files(text, self.words, parts)
        hosts = addresses.hosts(text, [*known.settled, *((span.start, span.end) for span in found)])
        settled = [(span.start, span.end) for span in (*found, *hosts)] + known.settled
        # What is settled already must not be taken for words; its place is kept as something masked or as nothing.
        left = list(text)
        for start, end in settled:
            left[start:end] = ["\x00"] * (end - start)
        all_tokens = tokens(text)
        pieces = [token for token in all_tokens if "\x00" not in left[token.start : token.end]]
        written = _sentences(text, pieces, at)
        judged, alone = (prose if written else titles).judge(text, pieces, at, self.words)
        kinds = dict(zip(pieces, judged, strict=True))
        # What detectors found takes its neighbours along as well: the second half of a name, the number of a house.
        hard = {
            token: span.kind
            for span in found
            for token in all_tokens
            if token.start < span.end and span.start < token.end
        }
        every = [token for token in all_tokens if token in kinds or token in hard]
        spread = [hard.get(token) or kinds[token] for token in every]
        kept = {pieces[index] for index in alone}
        runs.extend(text, every, spread, {index for index, token in enumerate(every) if token in kept}, self.words)
        if written:
            runs.belongings(text, every, spread, self.words)
        spans = runs.spans(text, every, spread, self.words)
        odd = [Span(start, end, "UNKNOWN") for start, end in plain.odd]
        return [*spans, *known.masked, *hosts, *odd, *_our_own(text)]

    def _told(self, text: str, at: At, masked: Sequence[Span]) -> Cleaned:
        pieces: list[str] = []
        done = 0
        for span in masked:
            pieces.append(visible(text[done : span.start]))
            template = addresses.TEMPLATE.get(span.kind) if at.surface == "url" else None
            pieces.append(template or self._placeholders(span.kind, normal(text[span.start : span.end]).text))
            done = span.end
        pieces.append(visible(text[done:]))
        return Cleaned("".join(pieces), tuple(masked), "masked" if masked else "clear")

    def _key(self, what: str, text: str, at: At) -> bytes:
        whole = "\0".join((what, text, *at)).encode("utf-8", "surrogatepass")
        return blake2b(whole, key=self._seed, digest_size=16).digest()

    def _remember(self, key: bytes, result: Cleaned | bool) -> None:
        if isinstance(result, Cleaned) and len(result.text) > _MOST_KNOWN:
            return
        self._known[key] = result
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)


class PublicCleaner(Cleaner):
    """Judges what stands on a site that the policy calls public (`UNSAFE_public`): all of it may be kept, but secrets.

    Args:
        cleaner: of the same recording.
    """

    public = True

    def __init__(self, cleaner: Cleaner) -> None:
        super().__init__((), of_secrets(cleaner._detectors), cleaner._seed)
        self.words, self._placeholders = cleaner.words, cleaner._placeholders

    def shown(self, text: str) -> str:
        """As it stands."""
        return text

    def _clears(self, text: str, at: At) -> bool:
        return self.clean(text, at).verdict == "clear"

    def _denied(self, plain: Normal, found: Sequence[Span], at: At) -> list[Span]:
        del found, at
        return _our_own(plain.text)


class Cleaners:
    """The one place that says how a page's words are judged: as somebody's, or as nobody's where the policy says so.

    Args:
        cleaner: of the recording.
    """

    def __init__(self, cleaner: Cleaner) -> None:
        self._cleaner, self._public = cleaner, PublicCleaner(cleaner)

    def of(self, rule: SiteRule | None) -> Cleaner:
        """For what stands in a page under this rule; None where it stands in no page."""
        return self._public if rule is not None and rule.public else self._cleaner


def for_policy(policy: Policy, seed: bytes, extra: Sequence[Detector] = ()) -> Cleaner:
    """The cleaner of a recording under a policy.

    Args:
        policy: its words are harmless here; its patterns, and Presidio where it asks for it, are detectors more.
        seed: random bytes of the recording.
        extra: detectors that packages bring.

    Raises:
        RecorderError: the policy asks for Presidio, and it can't be loaded.
    """
    if policy.guard.presidio:
        presidio_ready()
    own = [PatternDetector(rule.name, rule.kind, rule.pattern) for rule in policy.redact]
    return Cleaner(policy.words, shipped_detectors(presidio=policy.guard.presidio, extra=(*own, *extra)), seed)


def _dropped(text: str) -> Cleaned:
    return Cleaned("", (Span(0, len(text), "UNKNOWN"),), "dropped")


def _sentences(text: str, pieces: Sequence[Token], at: At) -> bool:
    """Is it written in sentences? On a page short lines are labels."""
    if at.surface in ("title", "element"):
        return False
    small = sum(token.shape == "small" for token in pieces)
    return at.surface != "page" or "\n" in text or len(pieces) > _LABEL_WORDS or small > 1


def _our_own(text: str) -> list[Span]:
    """What only looks like a placeholder of ours must not be taken for one."""
    return [Span(match.start(), match.end(), "UNKNOWN") for match in MARK.finditer(text)]


def _union(found: Sequence[Span], denied: Sequence[Span]) -> list[Span]:
    """Both in order, without overlap; where they do, the detector names it."""
    sure = set(found)
    whole: list[Span] = []
    for span in sorted((*found, *denied), key=lambda span: (span.start, -span.end)):
        last = whole[-1] if whole else None
        if last is None or span.start >= last.end:
            whole.append(span)
            continue
        kind = span.kind if span in sure and last not in sure else last.kind
        merged = Span(last.start, max(last.end, span.end), kind)
        if last in sure or span in sure:
            sure.add(merged)
        whole[-1] = merged
    return whole
