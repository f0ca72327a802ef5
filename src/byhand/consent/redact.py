"""Rules by which a policy says what else is private here: a site's own numbers and names, as RE2 patterns.

Rules of this module: a pattern is compiled when the policy is read, so that one which can't work is told with its line
before anybody says yes to it. RE2 runs in time linear in the text and has no look-around and no back-references
(https://github.com/google/re2/wiki/Syntax); number, length and memory are bounded besides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import msgspec

from byhand.consent.fit import Misfit

MOST_RULES = 50
MOST_PATTERN = 500
PATTERN_BYTES = 1 << 20
"""What a compiled pattern may take."""

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_KIND = re.compile(r"[A-Z][A-Z0-9_]{0,23}")


class RedactRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `pattern` (RE2) finds anywhere in a text is masked and becomes `<kind>`. `name` is for people: it says which
    rule it was.
    """

    name: str
    kind: str
    pattern: str


def senseless(rules: Sequence[RedactRule]) -> list[Misfit]:
    """What fits its type and still makes no sense, each with its path."""
    if len(rules) > MOST_RULES:
        return [Misfit(("redact", MOST_RULES), f"is one rule more than the {MOST_RULES} a policy may have")]
    found: list[Misfit] = []
    for place, rule in enumerate(rules):
        if not _NAME.fullmatch(rule.name):
            said = "must be lower-case letters, digits and dashes, at most 40"
            found.append(Misfit(("redact", place, "name"), said, 'write it like "case-number"'))
        elif rule.name in (other.name for other in rules[:place]):
            found.append(Misfit(("redact", place, "name"), f"names {rule.name!r} a second time"))
        if not _KIND.fullmatch(rule.kind):
            said = "must be capital letters, digits and _, at most 24"
            found.append(Misfit(("redact", place, "kind"), said, 'write it like "CASE_NUMBER"'))
        if said := _against(rule.pattern):
            hint = "the syntax is RE2's, without look-around and back-references"
            found.append(Misfit(("redact", place, "pattern"), said, hint))
    return found


def compiled(pattern: str) -> Any:
    """The pattern as google-re2 made it.

    Raises:
        re2.error: it is none, or it is too large.
    """
    # Lazily: a policy without such rules, and every command that reads none, starts without it.
    re2: Any = import_module("re2")  # it carries no types
    options = re2.Options()
    options.max_mem, options.log_errors = PATTERN_BYTES, False
    return re2.compile(pattern, options=options)


def _against(pattern: str) -> str:
    """What is to be said against a pattern, or ""."""
    if not pattern or len(pattern) > MOST_PATTERN:
        return f"must have 1 to {MOST_PATTERN} characters"
    try:
        made = compiled(pattern)
    except Exception as error:  # whatever it does not like, this is no pattern
        why = error.args[0] if error.args else ""
        shown = why.decode("utf-8", "replace") if isinstance(why, bytes) else str(why)
        return f"is not a pattern: {shown}" if shown else "is not a pattern"
    # "x*" is found everywhere, between any two letters: whoever wrote it meant something else.
    return "matches where there is nothing" if made.search("") is not None else ""
