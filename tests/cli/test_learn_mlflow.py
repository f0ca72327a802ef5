"""`byhand learn --mlflow`: a real store holds the figures of a training, and nothing of what it learned from."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from byhand.cli import main
from byhand.models.tracked import store
from tests.datasets.formats.miniwob_made import Made, node

WORDS = ("Fenwick", "Quandle", "Brimble", "Ostrich")
SMALL = ["--epochs", "2", "--width", "16", "--layers", "1", "--batch", "2", "--json"]


@pytest.fixture
def pressed(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset of 24 episodes: a button is pressed by its name."""
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "demos"
    source.mkdir()
    for number in range(24):
        buttons = [node("BUTTON", name, text=name) for name in WORDS]
        made = Made("click-button", buttons, f'Click on "{WORDS[number % 4]}" {number}.')
        made.press(WORDS[number % 4])
        made.write(source, f"n{number}")
    assert main(["dataset", "import", "miniwob-human", str(source), "--as", "presses"]) == 0
    return home


def test_a_training_is_told_without_what_it_learned_from(pressed: Path, tmp_path: Path):
    """The figures TensorBoard has, step by step; settings, and where its card is; no word of a page or a goal."""
    folder = tmp_path / "tracked"
    assert main(["learn", "presses", "--as", "tiny", "--mlflow", f"file:{folder}", *SMALL]) == 0
    to = store(f"file:{folder}")
    client = import_module("mlflow.tracking").MlflowClient(tracking_uri=to.uri, registry_uri=to.uri)
    (run,) = client.search_runs([client.get_experiment_by_name("tiny").experiment_id])
    assert {"loss/learned", "right/held back", "rate", "end/right"} <= run.data.metrics.keys()
    assert len(client.get_metric_history(run.info.run_id, "loss/held back")) == 2
    chosen = {name: run.data.params[name] for name in ("seed", "epochs", "width", "datasets")}
    assert chosen == {"seed": "0", "epochs": "2", "width": "16", "datasets": "presses@1"}
    assert (pressed / run.data.tags["byhand.card"]).is_file()
    written = b"".join(one.read_bytes() + str(one).encode() for one in folder.rglob("*") if one.is_file())
    assert not [word for word in (*WORDS, "Click on", str(pressed)) if word.encode() in written]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--mlflow", "mlruns"], "that is no store of MLflow's"),
        (["--mlflow", "file:/tmp/x", "--ray", "2"], "tell nothing while they learn"),
    ],
)
def test_what_cant_be_told_is_said_before_it_learns(
    words: list[str], says: str, home: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["learn", "presses", "--as", "tiny", *words]) == 2
    assert says in capsys.readouterr().err
    assert not (home / "models").exists()
