"""Promises of `workflow run --model`: in a real browser, a model's word heals with one thing more, and is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from byhand.cli import main
from byhand.evals.office.serve import Served
from tests.cli import test_workflow_run as runs
from tests.cli.test_workflow_run import agree, byhand, here
from tests.cli.test_workflow_run import office as office  # noqa: PLC0414  a fixture
from tests.cli.test_workflow_run import there as there  # noqa: PLC0414  a fixture
from tests.models.stand_in import Got, Said, completion, standing_in

DOMICILE = "City: {{role: textbox, name: City}}", "City: {{role: textbox, name: Domicile}}"


@pytest.fixture
def changed(there: Path, office: Served, monkeypatch: pytest.MonkeyPatch) -> Served:
    """The field was called otherwise when the program was made, by a word that no table of ours has."""
    text = runs.PROGRAM.replace(*DOMICILE).format(start=office.url.rstrip("/"))
    (there / "workflows" / "enter-vendor.yaml").write_text(text, "utf-8")
    Path("rows.csv").write_text("name,city\nAdler Works 11,Bremen\n", "utf-8")
    monkeypatch.setattr(runs, "POLICY", runs.POLICY + "UNSAFE_public = true\n")  # made-up words, so all are cleared
    agree(office.url.rstrip("/"))
    return office


def means(name: str, got: Got) -> Said:
    """The text field of that name, as the list tells it."""
    node = re.search(rf'^ *\[(\d+)\] textbox "{name}"', got.text, re.MULTILINE)
    return completion(json.dumps({"op": "click", "element": int(node[1]) if node else 0, "sure": 0.9}))


def run(office: Served, *words: str, code: int) -> dict[str, object]:
    (one,) = byhand("run", "enter-vendor", "--table", "rows.csv", "--url", office.entry, *words, code=code)
    return one


def test_a_model_tells_which_field_is_meant_and_the_report_says_so(changed: Served, capsys: pytest.CaptureFixture[str]):
    """It is told no value; the yes to what can't be undone is asked for as ever, and there it ends."""
    with standing_in(lambda got: means("City", got)) as model:
        told = run(changed, "--model", "openai:m", "--endpoint", model.url, code=4)
        assert (told["kind"], told["healed"]) == ("risk", 1)
        assert 'type into "City"' in model.got[0].text
        assert not [got for got in model.got if b"Bremen" in got.body or b"Adler" in got.body]
    [told] = here(capsys, "heal", "enter-vendor")
    (healed,) = told["heals"]
    assert (healed["was"], healed["now"]) == ("Domicile", "City")
    assert "model" in healed["by"]
    assert len(healed["by"]) > 1


def test_a_model_that_can_not_be_asked_is_refused_before_anything_is_done(
    changed: Served, capsys: pytest.CaptureFixture[str]
):
    """A computer tool, an endpoint without a model, one on another computer without a yes."""
    del changed
    base = ["workflow", "run", "enter-vendor", "--table", "rows.csv"]
    far = ["--endpoint", "https://models.example/v1"]
    assert main([*base, *far]) == 2
    assert main([*base, "--model", "openai-computer:m", *far]) == 2
    assert main([*base, "--model", "openai:m", *far]) == 3
    assert "byhand model allow openai:m" in capsys.readouterr().err
