"""All detectors together: whatever one of them finds is found.

Rules of this module: fail closed. A detector that raises, or a text too long to be judged, gives one span over the
whole text of kind `UNJUDGED`, which the cleaner turns into `dropped`. No clock is asked (this room is pure): the time
of a rule is bounded by its work, see ADR 0009.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from byhand.privacy.text.detect.accounts import Accounts
from byhand.privacy.text.detect.addresses import Addresses
from byhand.privacy.text.detect.cards import Cards
from byhand.privacy.text.detect.contacts import Contacts
from byhand.privacy.text.detect.detect_secrets import DetectSecrets
from byhand.privacy.text.detect.gitleaks import Gitleaks
from byhand.privacy.text.detect.handles import Handles, Links
from byhand.privacy.text.detect.ids import Ids
from byhand.privacy.text.detect.keys import Keys
from byhand.privacy.text.detect.passwords import Passwords
from byhand.privacy.text.detect.presidio import Presidio
from byhand.privacy.text.detect.readings import Reading, readings
from byhand.privacy.text.detect.said import Said
from byhand.privacy.text.detect.spelled import Spelled
from byhand.privacy.text.types import At, Detector, Span

UNJUDGED = "UNJUDGED"
"""Kind of the one span that says: this text could not be judged, nothing of it may be kept."""
MOST = 32_768
"""Characters of a text that is judged. Longer ones are no words of a person at work but a dump."""
BEFORE = 256
"""Characters of `At.before` that are looked at: the longest thing that is typed in several runs is a key."""

KINDS = (
    "PASSWORD", "CODE", "CARD", "IBAN", "SSN", "TAX", "PASSPORT", "LICENCE", "ACCOUNT", "EMAIL", "IP", "PHONE",
    "ADDRESS", "DATE", "SECRET", "REPO", "HANDLE", "CHANNEL", "NAME", "ORG", "URL", "ID",
)  # fmt: skip
"""What detectors call what they find, the most telling first: it names what two of them found equally long."""
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


_PERSONAL = (Ids, Said, Contacts, Addresses, Handles, Links, Spelled, Presidio)
"""What these find is private because it is somebody's. All others find what is a secret by itself, whosever it is."""
_WHOLE = (Keys(), Gitleaks(), Cards(), Accounts(), Ids())
"""What is one thing though a line ends in it: keys that a narrow field wrapped, numbers in two rows."""
_OWN: tuple[Detector, ...] = (
    *_WHOLE, Said(), Contacts(), Addresses(), Passwords(), Handles(), Links(), Spelled(), DetectSecrets(),
)  # fmt: skip


def detectors(*, presidio: bool = False, extra: Sequence[Detector] = ()) -> tuple[Detector, ...]:
    """The detectors of this program, and those of a site.

    Args:
        presidio: also ask Presidio's recognisers (the extra `presidio`). Missing while asked for, every text is
            `UNJUDGED`.
        extra: from the policy (`site.PatternDetector`) and from `byhand.redactors`.
    """
    return (*_OWN, *((Presidio(),) if presidio else ()), *extra)


def of_secrets(detectors: Iterable[Detector]) -> tuple[Detector, ...]:
    """Those that find secrets, not persons: keys, tokens, passwords, numbers of cards and accounts; all that a site or
    a package adds.
    """
    return tuple(one for one in detectors if not isinstance(one, _PERSONAL))


def find_all(detectors: Iterable[Detector], text: str, at: At) -> list[Span]:
    """What any of the detectors finds, in order and not overlapping.

    Things that begin in `at.before` are found too; their span begins at 0.
    """
    if len(text) > MOST:
        return [Span(0, len(text), UNJUDGED)]
    before = at.before[-BEFORE:]
    joined, place = (before + text, at._replace(before="")) if before else (text, at)
    shift = len(before)
    found: list[Span] = []
    try:
        for detector in detectors:
            for start, end, kind in detector.find(joined, place):
                if not 0 <= start < end <= len(joined):
                    return [Span(0, len(text), UNJUDGED)]
                if end > shift:
                    found.append(Span(max(0, start - shift), end - shift, kind))
        for reading in readings(joined):
            for start, end, kind in _read(reading, place):
                if end > shift:
                    found.append(Span(max(0, start - shift), end - shift, kind))
    except Exception:  # whatever it was, and whoever wrote it: not judged is not kept
        return [Span(0, len(text), UNJUDGED)]
    return merged(found)


def _read(reading: Reading, at: At) -> Iterator[Span]:
    """Keys and numbers that only this reading shows. What has no joint in it was found already, as it stood."""
    for detector in _WHOLE:
        for start, end, kind in detector.find(reading.text, at):
            first, last = reading.back(start, end)
            joint = bisect_left(reading.joints, first)
            if joint < len(reading.joints) and reading.joints[joint] < last:
                yield Span(first, last, kind)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans that overlap become one, under the kind of the longest of them."""
    whole: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end, _RANK.get(span.kind, len(_RANK)))):
        if whole and span.start < whole[-1].end:
            last = whole[-1]
            length = span.end - span.start
            kind = span.kind if length > longest else last.kind
            longest = max(longest, length)
            whole[-1] = Span(last.start, max(last.end, span.end), kind)
        else:
            whole.append(span)
            longest = span.end - span.start
    return whole
