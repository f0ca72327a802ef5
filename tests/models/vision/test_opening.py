"""Promises of a base: it is the very one that was learned with, and what is none is said in a sentence."""

from __future__ import annotations

import json
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


def test_the_files_that_qwen_publishes_are_read(tmp_path: Path):
    """Its template in a file of its own, and pictures that it would have a library read which is not here."""
    place = tiny.model(tmp_path / "one")
    (place / "chat_template.jinja").unlink()
    (place / "chat_template.json").write_text(json.dumps({"chat_template": tiny.TEMPLATE}))
    shown = json.loads((place / "preprocessor_config.json").read_bytes())
    shown |= {"image_processor_type": "Qwen2VLImageProcessorFast", "processor_class": "Qwen3VLProcessor"}
    (place / "preprocessor_config.json").write_text(json.dumps(shown))
    there = opened(base(str(place)), "cpu")
    told = there.processor.apply_chat_template([{"role": "user", "content": [{"type": "image"}]}])
    assert told == "<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|><|im_end|>\n"
    assert type(there.processor.image_processor).__name__ == "Qwen2VLImageProcessorPil"
