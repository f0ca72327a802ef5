"""Numbers that states give to people and firms, where the shape alone says what they are.

Where it does not, the word beside it does, see `said`. Checks are not asked for: a number with a typo is still one.
"""

from __future__ import annotations

from collections.abc import Iterator

from byhand.privacy.text.detect.digits import plain
from byhand.privacy.text.detect.linear import linear
from byhand.privacy.text.types import At, Span

_SHAPES = (
    # United States: social security number, also half masked; employer's number; ITIN is shaped like the first.
    (r"(?:^|[^\w*•])([\dXx*•]{3}[-–. \x{a0}][\dXx*•]{2}[-–. \x{a0}]\d{4})\b", "SSN"),
    (r"\b\d{2}[-–]\d{7}\b", "TAX"),
    (r"(?i)\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", "SSN"),  # United Kingdom
    (r"(?i)\b[12] ?\d{2} ?[01]\d ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}\b", "SSN"),  # France
    (r"\b756\.?\d{4}\.?\d{4}\.?\d{2}\b", "SSN"),  # Switzerland
    (r"(?i)\b[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z]\b", "TAX"),  # Italy
    (r"(?i)\b(?:\d{8}|[XYZ]\d{7})[- ]?[A-HJ-NP-TV-Z]\b", "TAX"),  # Spain
    (r"\b\d{3}\.\d{3}\.\d{3}-\d{2}\b|\b\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}\b", "TAX"),  # Brazil
    (r"(?i)\b[A-Z]{5}\d{4}[A-Z]\b", "TAX"),  # India, PAN
    (r"\b[2-9]\d{3}[ -]\d{4}[ -]\d{4}\b", "ID"),  # India, Aadhaar
    (r"(?i)\b[A-Z]{3}\d{7}\b", "ID"),  # India, voter
    (r"(?i)\b[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dX]\b", "ID"),  # China
    (r"\b(?:19|20)?\d{6}[-+]\d{4}\b", "ID"),  # Sweden, Denmark
    (r"(?i)\b\d{6}[-+A]\d{3}[0-9A-Y]\b", "ID"),  # Finland
    (r"\b\d{6}[-–][1-8]\d{6}\b", "ID"),  # Korea
    (r"(?i)\b(?:ATU|CHE|BE0|DE|DK|EL|ES|FI|FR|HR|HU|IE|IT|LU|NL|PL|PT|RO|SE|SI|SK)[- ]?\d{8,12}(?:B\d{2})?\b", "TAX"),
    (r"(?i)\bP<[A-Z]{3}[A-Z<]{5,39}|\b[A-Z0-9<]{9}\d[A-Z]{3}\d{7}[MF<]\d{7}[A-Z0-9<]{14,16}", "PASSPORT"),  # ICAO 9303
    (r"(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "ID"),
    (r"(?i)\b[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{2}\d{6}\b", "ID"),  # vehicles, ISO 3779
)
_ALL = tuple((linear(pattern), kind) for pattern, kind in _SHAPES)
_ANY = linear(r"\d.?\d|P<")


class Ids:
    name = "ids"

    def find(self, text: str, at: At) -> Iterator[Span]:
        del at
        shown = plain(text)
        if _ANY.search(shown) is None:
            return
        for pattern, kind in _ALL:
            for match in pattern.finditer(shown):
                yield Span(match.start(pattern.groups), match.end(pattern.groups), kind)
