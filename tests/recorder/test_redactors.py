"""Detectors that packages bring."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from byhand.errors import RecorderError
from byhand.privacy.text.detect.union import detectors, find_all
from byhand.privacy.text.types import At
from byhand.recorder.redactors import GROUP, redactors

CODE = """\
import re
from byhand.privacy.text.types import Span
class Ships:
    name = "ships"
    def find(self, text, at):
        return [Span(*match.span(), "SHIP") for match in re.finditer("Nautilus", text)]
def ships():
    return [Ships()]
def broken():
    raise OSError("not here")
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "site_ships.py").write_text(CODE, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "site_ships", raising=False)
    return "site_ships"


def test_a_package_can_add_a_detector(package: str):
    """What it finds is masked with the rest."""
    extra = redactors((EntryPoint("ships", f"{package}:ships", GROUP),))
    text = "aboard the Nautilus"
    assert [(text[start:end], kind) for start, end, kind in find_all(detectors(extra=extra), text, At("title"))] == [
        ("Nautilus", "SHIP")
    ]


@pytest.mark.parametrize("name", ["broken", "missing"])
def test_a_redactor_that_does_not_load_ends_it_before_it_begins(package: str, name: str):
    """Nobody knows what it would have masked."""
    with pytest.raises(RecorderError) as caught:
        redactors((EntryPoint("ships", f"{package}:{name}", GROUP),))
    assert caught.value.fate == "nothing was recorded"


def test_nothing_is_loaded_where_nothing_is_installed():
    """The usual case."""
    assert redactors() == ()
