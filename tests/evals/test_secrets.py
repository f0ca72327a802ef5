"""The suite of secrets: what it makes is right, what it measures can fail."""

from __future__ import annotations

from random import Random

from byhand.evals.suites.secrets import CONTEXTS, KINDS, by_detectors, cases, covered, harmless, measure
from byhand.privacy.text.detect.accounts import iban
from byhand.privacy.text.detect.cards import luhn
from byhand.privacy.text.types import Span
from tests.evals.gates import gate


def test_all_secrets_are_found_in_all_contexts():
    """Eleven kinds in five contexts, without the lexicon's help."""
    figures = {figure.row: figure for figure in measure(each=3)}
    assert len(KINDS) == 11
    assert figures["secrets found"].examples == ()
    assert all(figures[f"secrets found, {context}"].reached for context in CONTEXTS)
    assert figures["secrets found"].value >= gate("secrets", "zero_leak_least")
    assert figures["harmless lines flagged"].value <= 1.0


def test_every_case_holds_its_secret_and_the_same_dice_make_the_same_cases():
    """Checksums are right, the secret stands where the case says, and it is long enough to matter."""
    made = list(cases(1, Random(3)))
    assert made == list(cases(1, Random(3))) != list(cases(1, Random(4)))
    for case in made:
        assert 9 <= case.end - case.start <= len(case.text)
    plain = {
        case.kind: case.text
        for case in made
        if case.context == "typed" and (case.start, case.end) == (0, len(case.text))
    }
    assert luhn(plain["card"].replace(" ", "").replace("-", ""))
    assert iban(plain["iban"].replace(" ", ""))


def test_a_guard_that_leaves_one_letter_has_found_nothing():
    """The measure counts whole secrets; a judge that sees nothing reaches nothing."""
    assert not covered([Span(0, 9, "SECRET")], 0, 10)
    assert covered([Span(5, 10, "X"), Span(0, 6, "SECRET")], 0, 10)
    blind = {figure.row: figure for figure in measure(each=1, judge=lambda text, at: [])}
    assert blind["secrets found"].value == 0.0
    assert not blind["secrets found"].reached
    assert blind["secrets found"].examples


def test_harmless_lines_are_left_alone():
    """Titles, labels and code: seen by none of the detectors, but for very few."""
    judge = by_detectors()
    assert len(harmless()) > 300
    assert sum(bool(judge(line, case.at)) for line in harmless() for case in [next(cases(1, Random(1)))]) <= 4
