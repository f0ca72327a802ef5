"""Promises of a plan: it says for a row what would be done, decides what the row decides, and tells no secret."""

from __future__ import annotations

from decimal import Decimal

import pytest

from byhand.workflows.cells import CellError
from byhand.workflows.planned import planned
from byhand.workflows.program import Act, Branch, Condition, Parameter, Repeat, Workflow

PARAMETERS = (
    Parameter(name="amount", kind="number", format="1.234,50"),
    Parameter(name="password", kind="secret"),
    Parameter(name="lines", kind="list", fields=(Parameter(name="article"),)),
)
FILL = Act(id="s1", verb="fill", target="Amount", text="{amount}")


def plan(*steps: Act | Branch | Repeat, **values: object) -> tuple[str, ...]:
    return planned(Workflow(name="x", parameters=PARAMETERS, steps=steps), values)  # type: ignore[arg-type]


def test_a_value_is_told_as_it_will_be_typed():
    """In the parameter's format."""
    assert plan(FILL, amount=Decimal("1234.5")) == ('fill "Amount" with 1.234,50',)


def test_a_secret_is_masked():
    """In every sentence."""
    step = Act(id="s1", verb="fill", target="Password", text="{password}")
    assert plan(step, password="hunter2") == ('fill "Password" with ••••',)


def test_a_list_is_told_entry_by_entry():
    """With each one's own words."""
    step = Repeat(
        id="r", over="list", name="lines", steps=(Act(id="s", verb="fill", target="A", text="{lines.article}"),)
    )
    assert plan(step, lines=({"article": "tea"}, {"article": "milk"})) == ('fill "A" with tea', 'fill "A" with milk')


def test_a_branch_is_decided_by_the_row():
    """Only the way that is gone is told; what can't be told is an error."""
    over = Branch(
        id="b", when=Condition(left="{amount}", relation="over", right="1000"), steps=(FILL,),
        other=(Act(id="s2", verb="press", target="Skip"),),
    )  # fmt: skip
    assert plan(over, amount=Decimal(2000)) == ('fill "Amount" with 2.000,00',)
    assert plan(over, amount=Decimal(1)) == ('press "Skip"',)
    with pytest.raises(CellError):
        plan(over, amount="")


def test_what_only_the_page_can_tell_stays_open():
    """What is read, rows that are there, a branch on what is seen."""
    told = plan(
        Act(id="s0", verb="read", target="Total", into="total"),
        Act(id="s1", verb="fill", target="Sum", text="{total}"),
        Branch(
            id="b",
            when=Condition(relation="sees", right="Overdue"),
            steps=(Act(id="s2", verb="press", target="Remind"),),
        ),
        Repeat(id="r", over="rows", target="Invoices", steps=(Act(id="s3", verb="press", target="Open", row="{row}"),)),
    )
    assert told == (
        'read "Total" as {total}', 'fill "Sum" with {total}', 'if see "Overdue":', '  press "Remind"',
        'for each row of "Invoices":', '  press "Open" in the row of {row}',
    )  # fmt: skip
