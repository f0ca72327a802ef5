"""Conditions of branches."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from byhand.workflows.cells import Cell, CellError
from byhand.workflows.conditions import meets
from byhand.workflows.program import Condition, Parameter

PARAMETERS = (
    Parameter(name="amount", kind="number", format="1.234,50"),
    Parameter(name="due", kind="date", format="%d/%m/%Y"),
    Parameter(name="urgent", kind="flag"),
)
ROW: dict[str, Cell] = {
    "amount": Decimal("1000.00"), "due": date(2026, 2, 1), "urgent": True, "code": "007", "note": "", "lines": (),
    "total": "€ 1.234,50", "odd": "1.234", "limit": Decimal(900), "thousand": Decimal(1234),
}  # fmt: skip


def asked(left: str, relation: str, right: str = "") -> bool:
    return meets(Condition(left=left, relation=relation, right=right), ROW, PARAMETERS)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("left", "relation", "right", "holds"),
    [
        ("{amount}", "over", "1000", False), ("{amount}", "at least", "1000", True),
        ("{amount}", "over", "{limit}", True),
        ("{amount}", "under", "1000.01", True), ("{amount}", "at most", "999", False), ("{amount}", "is", "1000", True),
        ("{amount}", "is", "abc", False), ("{amount}", "is not", "abc", True), ("{total}", "over", "{amount}", True),
        ("{due}", "under", "2026-02-02", True), ("{due}", "is", "01/02/2026", True),
        ("{due}", "is", "02/01/2026", False),
        ("{urgent}", "is", "yes", True), ("{urgent}", "is", "off", False), ("{code}", "is", "007", True),
        ("{code}", "is", "7", False), ("{code}", "holds", "00", True), ("{note}", "given", "", False),
        ("{lines}", "given", "", False), ("{code}", "given", "", True), ("{code}-{code}", "is", "007-007", True),
    ],
)  # fmt: skip
def test_values_are_compared_by_what_they_are(left: str, relation: str, right: str, holds: bool):
    """Numbers and dates as such, flags in any words, texts as they are read."""
    assert asked(left, relation, right) is holds


@pytest.mark.parametrize(
    ("left", "relation", "right"),
    [("{code}", "over", "many"), ("{note}", "over", "5"), ("{odd}", "over", "5"), ("{odd}", "is", "{thousand}"),
     ("{lines}", "is", "x"), ("{amount}", "under", "2026-01-01")],
)  # fmt: skip
def test_what_cant_be_told_is_an_error_and_never_no(left: str, relation: str, right: str):
    """The wrong branch would be done without a word."""
    with pytest.raises(CellError):
        asked(left, relation, right)
