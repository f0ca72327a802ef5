"""The published schema of a workflow's file, and the page of its format."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from ruamel.yaml import YAML

from byhand.workflows.file import check, numbered, read, write
from byhand.workflows.filing.parts import EVIDENCE, KINDS
from byhand.workflows.filing.reading import KEYS
from byhand.workflows.filing.schema import json_schema
from byhand.workflows.filing.stepping import RISKS
from byhand.workflows.program import Workflow
from byhand.workflows.sentences import CHECKS, EXAMPLES, read_act, read_check
from scripts.workflow_schema import SCHEMA, schema_text
from tests.workflows.made import workflows
from tests.workflows.test_file import GOOD

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "workflow.md"
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def values(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def test_the_published_schema_is_up_to_date():
    """It is made by scripts/workflow_schema.py."""
    assert SCHEMA.read_text("utf-8") == schema_text()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(workflows())
def test_whatever_is_written_fits_the_schema(workflow: Workflow):
    """And every reader of YAML 1.2 finds the same values in it."""
    VALIDATOR.validate(values(write(numbered(workflow))))


def test_what_a_hand_wrote_fits_the_schema():
    """With its own spaces."""
    VALIDATOR.validate(values(GOOD))


@pytest.mark.parametrize(
    ("old", "new"),
    [("about:", "abuot:"), ("press   ", "pres   "), ('in "Currency"', 'at "Currency"'), ("risk: sends", "risk: send"),
     ('see "Saved"', "see Saved"), ("line in {lines}", "lines"), ("over 1000", "above 1000"),
     ("role: button}", "rolle: x}"),
     ("workflow 1", "workflow 2"), ("number:   text", "number:   txt"), ("    check:", "    chek:"),
     ("    do:", "    to:")],
)  # fmt: skip
def test_an_editor_sees_what_is_wrong(old: str, new: str):
    """A wrong key, kind, verb or word."""
    assert old in GOOD
    assert not VALIDATOR.is_valid(values(GOOD.replace(old, new, 1)))
    assert check(GOOD.replace(old, new, 1))


def test_the_page_of_the_format_is_true():
    """Its example is a workflow; it names every key, kind, risk and kind of evidence; its sentences are read."""
    page = PAGE.read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    assert check(example[1]) == []
    VALIDATOR.validate(values(example[1]))
    assert write(read(example[1]))
    for word in (*KEYS, *KINDS, *RISKS, *EVIDENCE):
        assert f"`{word}" in page, word
    for sentence in (*EXAMPLES.values(), *CHECKS):
        assert sentence.split(" ")[0] in page
    steps = re.search(r"## Steps(.*?)### Loops", page, re.DOTALL)
    checks = re.search(r"## Checks(.*?)## Effects", page, re.DOTALL)
    assert steps is not None
    assert checks is not None
    for row in re.findall(r"^\| (`.*?) \|", steps[1], re.MULTILINE):
        assert [read_act(one) for one in re.findall(r"`(.*?)`", row)]
    for row in re.findall(r"^\| (`.*?) \|", checks[1], re.MULTILINE):
        assert [read_check(one) for one in re.findall(r"`(.*?)`", row)]
