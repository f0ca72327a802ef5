"""`byhand eval` of tasks in live pages: what does not fit is said before a browser is begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from byhand.cli import main


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--suite", "office", "--families", "invoices-lines"], "its row is a table of its own"),
        (["--suite", "office", "--families", "invoices-burn"], "there is no such task in the office"),
        (["--suite", "office", "--drift", "SHOUTING"], "there is no drift SHOUTING"),
        (["--suite", "office", "--seed-from", "5"], "are learned from"),
        (["--suite", "office", "--episodes", "0"], "at least one episode"),
        (["--suite", "injection", "--seed-from", "5"], "are learned from"),
        (["--suite", "injection", "--episodes", "0"], "at least one episode"),
    ],
)
def test_what_cant_be_measured_is_said(
    words: list[str], says: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what would fit, and that nothing was measured."""
    assert main(["eval", "rules", *words]) == 2
    told = capsys.readouterr().err
    assert says in told
    assert "nothing was measured" in told
    assert not (home / "models").exists()


def test_without_browsergym_it_is_said_how_to_have_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It has an environment of its own."""
    assert main(["eval", "rules", "--suite", "browsergym"]) == 2
    told = capsys.readouterr().err
    assert "which is not installed" in told
    assert "runs/browsergym.sh" in told
