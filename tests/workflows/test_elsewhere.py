"""Promises of a program that is run elsewhere: its addresses move together, and nothing else of it does."""

from __future__ import annotations

import pytest

from byhand.workflows.elsewhere import moved, origin
from byhand.workflows.program import Act, Effect, Repeat, Workflow

HERE = "http://127.0.0.1:8000"
THERE = "http://localhost:9"
PROGRAM = Workflow(
    name="enter", start=f"{HERE}/invoices", sites=(HERE, "https://other.example"),
    steps=(
        Act(id="s1", verb="open", text=f"{HERE}/new?of={{number}}"),
        Act(id="s2", verb="fill", target="Link", text=f"{HERE}/new"),
        Repeat(id="r1", over="list", name="lines", steps=(Act(id="s3", verb="open", text="https://other.example/x"),)),
    ),
    effects=(Effect(kind="view", steps=(Act(id="e1", verb="open", text=HERE),)), Effect(kind="http", at=f"{HERE}/api")),
)  # fmt: skip


def test_every_address_of_its_origin_moves():
    """Start, steps, effects and sites; what is typed, and other sites, stay."""
    there = moved(PROGRAM, f"{THERE}/anything?enter=Ada")
    assert there.start == f"{THERE}/invoices"
    assert there.sites == (THERE, "https://other.example")
    opened, filled, loop = there.steps
    assert isinstance(opened, Act)
    assert opened.text == f"{THERE}/new?of={{number}}"
    assert (filled, loop) == PROGRAM.steps[1:]
    assert (there.effects[0].steps[0].text, there.effects[1].at) == (THERE, f"{THERE}/api")


def test_an_origin_that_only_begins_alike_is_another():
    """Port 80 is not port 8000."""
    program = Workflow(name="x", start="http://127.0.0.1:80/", steps=(Act(id="s", verb="open", text=f"{HERE}/new"),))
    [step] = moved(program, THERE).steps
    assert isinstance(step, Act)
    assert step.text == f"{HERE}/new"


@pytest.mark.parametrize("address", ["", "localhost", "file:///etc/passwd", "http://", "http://x:99999/"])
def test_what_is_no_address_of_a_page_is_refused(address: str):
    """Nothing is opened by guess."""
    assert origin(address) == ""
    with pytest.raises(ValueError, match="no origin"):
        moved(PROGRAM, address)
