"""The whole way in a window: shown by hand three times, recorded, made a program by the command, run for other rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from byhand.evals.office.catalog import FAMILIES
from byhand.evals.office.families import Row
from byhand.workflows import file
from stage.desktop import Desktop
from stage.form import Chore

FAMILY = FAMILIES["expenses-enter"]
HEADS = ("person", "purpose", "date", "amount", "currency", "kind")
SHOWN = tuple(
    Row(number, dict(zip(HEADS, values, strict=True)))
    for number, values in enumerate((
        ("Ann Lee", "Bus 41", "2026-02-12", "37.96", "USD", "Material"),
        ("Bo Roth", "Bus 52", "2026-01-25", "73.92", "SEK", "Hotel"),
        ("Emre Kay", "Bus 63", "2026-02-07", "5.27", "CHF", "Travel"),
    ))
)  # fmt: skip
OTHERS = tuple(
    Row(number, dict(zip(HEADS, values, strict=True)))
    for number, values in enumerate((
        ("Zsófia Kerekes", "Trip 204", "2026-01-31", "66.28", "GBP", "Meals"),
        ("Sören Brückner", "Trip 205", "2026-02-21", "37.42", "EUR", "Travel"),
        ("Emre Kaya", "Trip 206", "2026-02-08", "1,867.19", "USD", "Hotel"),
    ))
)  # fmt: skip
STEPS = """\
  - press "New"
  - fill "Person" with {person}:
      then:
        - field "Person" holds {person}
  - fill "Purpose" with {purpose}:
      then:
        - field "Purpose" holds {purpose}
"""
EFFECT = """\
effects:
  - view:
      - open "expenses"
      - fill "Search" with {purpose}
    check:
      - one row of {purpose} with {person}, {amount}, {date}
    before:
      - no row of {purpose}
"""


@pytest.mark.timeout(420)  # where the machine is so busy that rows have to be shown again
def test_what_was_shown_in_a_window_is_done_there_for_other_rows(desktop: Desktop, tmp_path: Path) -> None:
    """Three rows by hand, a program whose effect is read back, other rows under two drifts: the records say right."""
    chore = Chore(desktop, tmp_path, FAMILY)
    chore.consent()
    chore.show(SHOWN)
    text = chore.make()
    assert STEPS in text
    assert EFFECT in text
    program = file.read(text)
    assert [one.name for one in program.parameters] == list(HEADS)
    assert program.identity == ("purpose",)
    chore.allow('press "Save"')
    ran = chore.run(OTHERS, ("LAYOUT", "REORDER"))
    assert [one["reason"] for one in ran.lines] == [""] * len(OTHERS)
    assert (ran.done, ran.verdict, ran.code) == (len(OTHERS), "right", 0)
