"""Presidio's recognisers, where the policy or the person asks for them (the extra `presidio`).

Rule of this module: only recognisers that look at shapes; no model is loaded, none is fetched. Those for telephone
numbers, addresses of pages and dates are left out: measured, they find less than ours and cost most of the time.
Asked for and not installed, it raises, and every text is then dropped: fail closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from byhand.privacy.text.types import At, Span

_KINDS = {
    "CREDIT_CARD": "CARD", "CRYPTO": "ACCOUNT", "EMAIL_ADDRESS": "EMAIL", "IBAN_CODE": "IBAN", "IP_ADDRESS": "IP",
    "MAC_ADDRESS": "IP", "MEDICAL_LICENSE": "ID", "US_BANK_NUMBER": "ACCOUNT", "US_DRIVER_LICENSE": "LICENCE",
    "US_ITIN": "TAX", "US_PASSPORT": "PASSPORT", "US_SSN": "SSN", "PERSON": "NAME",
    "LOCATION": "ADDRESS", "NRP": "NAME",
}  # fmt: skip
_LEFT_OUT = ("PhoneRecognizer", "UrlRecognizer", "DateRecognizer")
_LEAST = 0.35
"""Scores below are guesses that a word beside the number did not support."""


class Presidio:
    name = "presidio"

    def find(self, text: str, at: At) -> Iterator[Span]:
        asked = f"{at.label}: {text}" if at.label else text
        shift = len(asked) - len(text)
        for found in _analyzer().analyze(text=asked, language="en", score_threshold=_LEAST):
            if found.end > shift:
                yield Span(max(0, found.start - shift), found.end - shift, _KINDS.get(found.entity_type, "ID"))


@cache
def _analyzer() -> Any:
    presidio = import_module("presidio_analyzer")
    engine = import_module("presidio_analyzer.nlp_engine")
    spacy = import_module("spacy")
    words = engine.SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}])
    words.nlp = {"en": spacy.blank("en")}
    registry = presidio.RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    for name in _LEFT_OUT:
        registry.remove_recognizer(name)
    return presidio.AnalyzerEngine(registry=registry, nlp_engine=words, supported_languages=["en"])
