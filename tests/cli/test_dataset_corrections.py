"""`byhand dataset build` on corrections: what a person did after taking over, and what the model did before."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import msgspec
import pytest

from byhand.cli import main
from byhand.datasets.store import open_at
from byhand.events.kinds import Element
from byhand.vault.keys import device_key, open_keys
from byhand.vault.ledger_file import FILE, entries
from tests.cli.test_dataset import NAMES, approve, everything, told, worked
from tests.review.recordings import START, Pen, header, keep

__all__ = ["worked"]


def test_what_was_done_after_taking_over_from_a_model_is_a_correction(
    worked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of its steps; of a demonstration, of what a model did, and by a file that can't be read, none is."""
    goals = worked / "goals"
    for number, kept in (
        (1, '[{"recording":"first","by":"person","acts":2}]'),
        (2, '[{"recording":"second","by":"agent","acts":1}]'),
    ):
        (goals / str(number)).mkdir(parents=True)
        (goals / str(number) / "goal.json").write_text(f'{{"goal":"g","model":"m v1","recordings":{kept}}}')
    (goals / "3").mkdir()
    (goals / "3" / "goal.json").write_text("[half of i")
    for name in NAMES:
        told(capsys, "build", "--from", name, "--as", f"of-{name}")
        tagged = {"correction" in one["tags"] for one in told(capsys, "steps", f"of-{name}")}
        assert tagged == {name == "first"}


@pytest.fixture
def corrected(worked: Path) -> Path:
    """A model pressed two buttons and typed, then "first" shows what the person did; the run is the person's own."""
    header_of_run = header("run", "mine", actor="agent", utc_ns=time.time_ns() - 10**11)
    pressed = [one for one in Pen().click(0, "Vendors").click(500, "New").events if isinstance(one, Element)]
    typed = msgspec.structs.replace(pressed[0], name="Name", verb="fill", value="AGENTCANARY", mono_ns=START + 10**9)
    acts = [msgspec.structs.replace(one, verb="press") for one in pressed] + [typed]
    run = [msgspec.structs.replace(one, actor="agent") for one in acts]
    keep(worked, header_of_run, run, open_keys(worked, os.environ))
    (worked / "goals" / "1").mkdir(parents=True)
    parts = [{"recording": "run", "by": "agent", "acts": 3}, {"recording": "first", "by": "person", "acts": 3}]
    (worked / "goals" / "1" / "goal.json").write_text(json.dumps({"goal": "g", "model": "m", "recordings": parts}))
    return worked


def test_a_correction_goes_on_from_what_the_model_did(corrected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As the model was told it; only the first thing that is done goes on from it. Reading the run is noted."""
    (made,) = told(capsys, "build", "--from", "first", "--as", "chores")
    (one, *others) = open_at(Path(made["place"])).demonstrations()
    prior = [(act.op, act.target.name if act.target else "", act.text) for act in one.episode.prior]
    assert prior == [("click", "Vendors", ""), ("click", "New", ""), ("type", "Name", "AGENTCANARY")]
    assert len(one.episode.after) == 1
    assert not any(each.episode.prior for each in others)
    public = device_key(open_keys(corrected, os.environ)).public_key()
    assert [entry.kind for entry in entries(corrected / FILE, public)] == ["read", "read"]


def test_a_model_s_acts_leave_only_where_they_were_approved(
    corrected: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The run is granted for the person's own use: the correction may be shared, and begins with nothing before it."""
    approve(corrected, "first")
    (made,) = told(capsys, "build", "--from", "first", "--as", "public", "--shareable")
    assert b"AGENTCANARY" not in everything(Path(made["place"]))
    ((message),) = [one["message"] for one in made["problems"]]
    assert message.startswith("what the model did before this correction is left out")
    assert not any(one.episode.prior for one in open_at(Path(made["place"])).demonstrations())


def test_forgetting_a_run_takes_what_tells_of_it(corrected: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The correction's own recording is still there, and so is what else was in the dataset."""
    told(capsys, "build", "--from", "first", "second", "--as", "chores")
    assert main(["forget", "run", "--yes", "--json"]) == 0
    (changed,) = json.loads(capsys.readouterr().out)["datasets"]
    assert (changed["erased"], changed["next"]) == ([1], 2)
    left = corrected / "datasets" / "chores"
    assert b"AGENTCANARY" not in everything(left / "v2")
    assert not list((left / "v1").glob("episodes/*"))
    (again,) = told(capsys, "build", "--from", "first", "--as", "again")
    assert [one["message"] for one in again["problems"]] == [
        "what the model did before this correction is left out: it was forgotten"
    ]
