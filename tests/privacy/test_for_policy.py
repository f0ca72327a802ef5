"""What a policy adds to the guard: its own patterns, and Presidio where it asks for it."""

from __future__ import annotations

import sys

import pytest

from byhand.capture.scripted import script
from byhand.errors import RecorderError
from byhand.events.kinds import Window
from byhand.privacy.text.detect import presidio
from tests.privacy.rig import POLICY, guard, run

RULE = """
[[redact]]
name = "form"
kind = "FORM"
pattern = '(?i)open page'
"""


def titles(policy: str) -> list[str]:
    raws = script('00.0 focus editor "Open page 3 - Editor"')
    return [event.title for event in run(guard("text", policy=policy), raws) if isinstance(event, Window)]


def test_a_pattern_of_the_policy_is_masked_though_its_words_are_harmless():
    """It becomes the kind the rule names; without the rule the words stay."""
    assert titles(POLICY) == ["Open page 3 - Editor"]
    (title,) = titles(POLICY + RULE)
    assert "<FORM>" in title
    assert "Open" not in title


def test_presidio_that_is_asked_for_and_missing_stops_the_recording(monkeypatch: pytest.MonkeyPatch):
    """Before it begins, with what to install; a policy that does not ask for it never loads it."""
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)  # what an import finds where it is not installed
    presidio._analyzer.cache_clear()
    assert titles(POLICY)
    with pytest.raises(RecorderError) as raised:
        guard(policy=POLICY + "[guard]\npresidio = true\n")
    assert 'pip install "byhand[presidio]"' in raised.value.hints[0]
    assert raised.value.fate == "nothing was recorded"
