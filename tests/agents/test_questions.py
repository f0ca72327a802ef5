"""A question of the browser itself, in a program that is run: a yes where its step says so, and else a stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.brake import Brake
from byhand.agents.leave import digest
from byhand.agents.loop import run_row
from byhand.agents.outcome import Outcome
from byhand.cli import extension
from byhand.workflows import file
from byhand.workflows.program import Act, Risk

PAGE = """<!doctype html><meta charset="utf-8"><title>Orders</title><h1>Orders</h1>
<button onclick="if (confirm('Really delete it?')) document.querySelector('p').textContent = 'Deleted'">Delete</button>
<p role="status"></p>"""
PROGRAM = """\
byhand: workflow 1
name: delete-it
start: {start}
sites: ["file://"]
steps:
  - press "Delete":
      risk: deletes
      agrees: confirm
      then:
        - see status "Deleted"
targets:
  Delete: {{role: button, name: Delete, selectors: ["xpath//html/body/button"]}}
"""


class _Yes:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def may(self, act: Act, risk: Risk, sentence: str) -> bool:
        del act
        self.asked.append(f"{risk}: {sentence}")
        return True


class _Book:
    def will(self, step: str, risk: Risk) -> None: ...

    def did(self, step: str) -> None: ...


@pytest.fixture(scope="module")
def hands() -> Iterator[PageHands]:
    with opened("/usr/bin/chromium", extension.folder()) as made:
        yield made


def run(hands: PageHands, text: str, leave: _Yes) -> Outcome:
    return run_row(file.read(text), {}, hands, brake=Brake(), leave=leave, book=_Book(), patience_s=2)


def test_a_step_that_agrees_does_what_it_says_and_is_asked_for_like_any_other(hands: PageHands, tmp_path: Path) -> None:
    """Without that word the same step is answered with no, stops, and was allowed as another one."""
    (tmp_path / "orders.html").write_text(PAGE)
    text = PROGRAM.format(start=(tmp_path / "orders.html").as_uri())
    leave = _Yes()
    outcome = run(hands, text, leave)
    assert outcome.state == "unchecked", outcome.stop
    assert leave.asked == ['deletes: press "Delete"']
    silent = text.replace("      agrees: confirm\n", "")
    stopped = run(hands, silent, leave)
    assert stopped.stop is not None
    assert (stopped.stop.kind, stopped.steps) == ("in the way", 0)
    assert "answered with no" in stopped.stop.reason
    (agreed,), (plain,) = file.read(text).steps, file.read(silent).steps
    assert isinstance(agreed, Act)
    assert isinstance(plain, Act)
    assert digest(file.read(text), agreed) != digest(file.read(silent), plain)
    assert file.read(file.write(file.read(text))) == file.read(text)
