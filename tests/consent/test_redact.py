from __future__ import annotations

import pytest

from byhand.consent.policy import check
from byhand.consent.redact import MOST_RULES, compiled

RULE = '[[redact]]\nname = "case"\nkind = "CASE"\npattern = {pattern}\n'


def faults(pattern: str) -> str:
    text = "version = 1\n" + RULE.format(pattern=pattern)
    return "; ".join(f"{one.source}: {one.message}" for one in check(text, "p"))


@pytest.mark.parametrize(
    "pattern", [r"'NW-\d{6}'", r"'(?i)kontoblatt \w+'", "'é+|ß'", r"'\p{Cyrillic}{3,}'", "'" + "x" * 500 + "'"]
)
def test_patterns_in_re2s_syntax_are_good(pattern: str):
    """Classes, scripts, flags; up to 500 characters."""
    assert faults(pattern) == ""


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("'('", "line 5: redact[0].pattern is not a pattern: missing )"),
        ("'a(?=b)'", "is not a pattern: invalid perl operator"),
        (r"'(a)\1'", "is not a pattern: invalid escape sequence"),
        ("'((a{100}){100}){100}'", "is not a pattern"),
        (r"'(\pL{1,500}|\pN{1,400}x){1,2}'", "is not a pattern: pattern too large"),
        ("''", "must have 1 to 500 characters"),
        ("'" + "x" * 501 + "'", "must have 1 to 500 characters"),
        ("'x*'", "matches where there is nothing"),
        ("'^'", "matches where there is nothing"),
    ],
)
def test_a_pattern_that_can_not_work_is_told_with_its_line(pattern: str, said: str):
    """Before anybody says yes to it: broken, too large, slow by nature, or found everywhere."""
    assert said in faults(pattern)


def test_a_pattern_made_to_be_slow_is_fast():
    """RE2 takes time linear in the text; the timeout of the tests would end anything else."""
    assert compiled("(a+)+$").search("a" * 100_000 + "b") is None


def test_names_kinds_and_number_are_bounded():
    """A name is told in reports and a kind stands in recordings: neither may be content."""
    text = 'version = 1\n[[redact]]\nname = "Jane Doe"\nkind = "jane"\npattern = "x"\n'
    assert [one.source for one in check(text, "p")] == ["p line 3", "p line 4"]
    many = "version = 1\n" + "".join(
        f'[[redact]]\nname = "r{n}"\nkind = "R"\npattern = "x"\n' for n in range(MOST_RULES + 1)
    )
    assert [one.message for one in check(many, "p")] == ["redact[50] is one rule more than the 50 a policy may have"]
    twice = "version = 1\n" + RULE.format(pattern='"x"') * 2
    assert "names 'case' a second time" in check(twice, "p")[0].message
