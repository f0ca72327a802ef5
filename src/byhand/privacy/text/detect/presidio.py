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

from byhand.errors import RecorderError
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


def ready() -> None:
    """Load it now, so that nobody learns in the middle of a recording that it is not there.

    Raises:
        RecorderError: it can't be loaded. What it would have found is unknown, so nothing may be recorded.
    """
    try:
        _analyzer()
    except Exception as error:  # not installed, or broken: either way it will find nothing
        raise RecorderError(
            f"the policy asks for Presidio, which can't be loaded ({type(error).__name__})",
            hints=('to install it, run: pip install "byhand[presidio]"', "or take it out of the policy's [guard]"),
            fate="nothing was recorded",
        ) from error


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
