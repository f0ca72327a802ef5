"""What others build against is what we speak: the published schema and the extension's types."""

from __future__ import annotations

import json

import jsonschema
import msgspec

from byhand.capture.browser.terms import Terms
from byhand.events.browser import Batch, Flush, Got, SiteSaid
from scripts.extension_types import SCHEMA, TYPES, schema, schema_text, types_text
from tests.capture.browser.extension import element, key, page, press, release


def test_the_published_files_are_current() -> None:
    """`python -m scripts.extension_types` makes them."""
    assert SCHEMA.read_text("utf-8") == schema_text()
    assert TYPES.read_text("utf-8") == types_text()


def test_what_the_recorder_says_fits_the_schema() -> None:
    check = jsonschema.Draft202012Validator(schema() | {"anyOf": [{"$ref": "#/$defs/Said"}]})
    terms = Terms("r", "g", "2026-11-30", "mine", "", (SiteSaid("https://shop.example", ("actions",)),))
    for said in (terms.state(recording=True, alone=True), Got("d", 3), Flush(1)):
        check.validate(json.loads(msgspec.json.encode(said)))


def test_the_schema_and_the_reader_agree() -> None:
    """On what is a batch, and on what is none."""
    check = jsonschema.Draft202012Validator(schema() | {"anyOf": [{"$ref": "#/$defs/Told"}]})
    about = {
        "say": "batch", "document": "d", "window": 1, "tab": 1, "frame": 0, "url": "", "top": "", "first": 0, "sent": 0,
    }  # fmt: skip
    good = [{"at": 1, "trusted": True} | one for one in (press(), release(), key("a"))]
    good += [page() | {"at": 1}, {"kind": "element", "at": 1, "why": "focus", "trusted": True, "element": element()}]
    for event, fits in [*((one, True) for one in good), (good[0] | {"more": 1}, False), (good[0] | {"x": "1"}, False)]:
        batch = about | {"events": [event]}
        assert check.is_valid(batch) is fits
        try:
            msgspec.json.decode(json.dumps(batch), type=Batch)
        except msgspec.ValidationError:
            assert not fits
        else:
            assert fits
