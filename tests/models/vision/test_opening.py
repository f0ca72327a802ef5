"""Promises of a base: it is the very one that was learned with, and what is none is said in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from byhand.errors import LearnError, UsageFault
from byhand.models.vision.opening import base, opened
from tests.models.vision import tiny


def test_a_base_is_the_one_it_was(tmp_path: Path):
    """Of a folder by what is in it: with a file that was changed it is another model."""
    place = tiny.model(tmp_path / "one")
    first = base(str(place))
    assert base(str(place), revision=first.revision) == first
    (place / "chat_template.jinja").write_text("{{ '' }}")
    with pytest.raises(LearnError, match="not the one"):
        base(str(place), revision=first.revision)


def test_what_is_no_model_is_said(tmp_path: Path):
    """A folder without one, a name that is not on this computer, damaged weights, one that can't be spoken to."""
    with pytest.raises(UsageFault, match="there is no model"):
        base(str(tmp_path / "nowhere"))
    with pytest.raises(LearnError, match="is not on this computer"):
        base("nobody/that-was-never-fetched")
    place = tiny.model(tmp_path / "one")
    template = (place / "chat_template.jinja").read_bytes()
    (place / "chat_template.jinja").unlink()
    with pytest.raises(LearnError, match="not made to be spoken to"):
        opened(base(str(place)), "cpu")
    (place / "chat_template.jinja").write_bytes(template)
    (place / "model.safetensors").write_bytes(b"none")
    with pytest.raises(LearnError, match="can't be opened"):
        opened(base(str(place)), "cpu")
