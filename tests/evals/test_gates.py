"""Promises about gates: they may be made tighter, never looser, and each is used."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from tests.evals.gates import gates

FOLDER = Path(__file__).parent


def test_a_gate_was_only_ever_made_tighter():
    """Least grows, most shrinks; nothing else is a gate."""
    for table, found in gates().items():
        for name, history in found.items():
            assert history, f"{table}.{name} holds nothing"
            for before, after in pairwise(history):
                tighter = after > before if name.endswith("_least") else after < before
                assert tighter, f"{table}.{name} was made looser"
            assert name.endswith(("_least", "_most")), f"{table}.{name} does not say which way is tight"


def test_every_gate_is_held_by_a_test():
    """A gate nobody asks about is none."""
    asked = "".join(path.read_text("utf-8") for path in FOLDER.glob("test_*.py"))
    for table, found in gates().items():
        for name in found:
            assert f'gate("{table}", "{name}")' in asked, f"{table}.{name}"
