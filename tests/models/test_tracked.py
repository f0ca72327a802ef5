"""What MLflow is told of a training, in real stores: figures and settings, and nothing of what is learned from."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from byhand.errors import LearnError, UsageFault
from byhand.models.tracked import Store, Tracked, store


def runs(to: Store, name: str) -> list[Any]:
    """What the store holds, read by MLflow itself."""
    client = import_module("mlflow.tracking").MlflowClient(tracking_uri=to.uri, registry_uri=to.uri)
    experiment = client.get_experiment_by_name(name)
    return client.search_runs([experiment.experiment_id]) if experiment else []


@pytest.fixture
def files(tmp_path: Path) -> Store:
    return store(f"file:{tmp_path / 'tracked'}")


def test_figures_settings_and_version_are_told(files: Store, tmp_path: Path):
    """One run in an experiment called like the model; the card by its place below BYHAND_HOME."""
    with Tracked(files, "chores", "seed-0-1", {"seed": 0, "datasets": "shown@2"}) as told:
        told.write(10, {"loss/learned": 0.5, "right/held back": 0.25})
        told.write(20, {"loss/learned": 0.25})
        told.made("chores", 3, {"right": 0.75}, tmp_path, tmp_path / "models" / "chores" / "v3")
    (run,) = runs(files, "chores")
    assert run.info.status == "FINISHED"
    assert run.data.params == {"seed": "0", "datasets": "shown@2"}
    assert run.data.metrics == {"loss/learned": 0.25, "right/held back": 0.25, "end/right": 0.75}
    tags = {key: value for key, value in run.data.tags.items() if key != "mlflow.runName"}
    assert tags == {"byhand.model": "chores", "byhand.version": "3", "byhand.card": "models/chores/v3/README.md"}


def test_whose_account_and_where_it_lies_is_not_told(files: Store, tmp_path: Path):
    """MLflow would add both by itself."""
    with Tracked(files, "chores", "seed-0-1", {}) as told:
        told.made("chores", 1, {}, tmp_path, tmp_path / "models" / "chores" / "v1")
    (run,) = runs(files, "chores")
    assert run.info.user_id == "unknown"
    assert str(tmp_path) not in str(run.data.to_dictionary())


def test_a_second_training_is_a_second_run_of_the_same_experiment(files: Store):
    for number in range(2):
        with Tracked(files, "chores", f"seed-0-{number}", {}):
            pass
    assert {one.info.run_name for one in runs(files, "chores")} == {"seed-0-0", "seed-0-1"}


def test_how_a_training_ended_is_told(files: Store):
    """Cut short by the person, or failed."""
    for name, error in (("cut", KeyboardInterrupt), ("failed", ValueError)):
        with pytest.raises(error), Tracked(files, name, "run", {}):
            raise error
    assert [runs(files, name)[0].info.status for name in ("cut", "failed")] == ["KILLED", "FAILED"]


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SADeprecationWarning")  # MLflow's own use of it
def test_a_database_is_a_store_too(tmp_path: Path):
    """Of one file, made with the first run."""
    to = store(f"sqlite:///{tmp_path / 'mlflow.db'}")
    with Tracked(to, "chores", "run", {"seed": 1}) as told:
        told.write(1, {"rate": 0.001})
    (run,) = runs(to, "chores")
    assert (run.data.params, run.data.metrics) == ({"seed": "1"}, {"rate": 0.001})


def test_what_fails_while_it_learns_does_not_end_the_training(files: Store, tmp_path: Path):
    """It is told no more, and that is kept to be said."""
    with Tracked(files, "chores", "run", {}) as told:
        (tmp_path / "tracked").rename(tmp_path / "gone")
        told.write(1, {"rate": 0.1})
        told.write(2, {"rate": 0.1})
    assert told.failed


class _Broken(BaseHTTPRequestHandler):
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        self.send_error(500)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's word
        """Nothing."""


@pytest.fixture
def broken() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Broken)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_server_that_fails_is_told_before_anything_is_learned(broken: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    with pytest.raises(LearnError, match="store can't be used"), Tracked(store(broken), "chores", "run", {}):
        pass
    assert _Broken.asked


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("mlruns", "no store"), ("databricks", "no store"), ("sqlite:///", "no store"), ("file:", "no store"),
        ("http://", "no store"), ("ftp://a.example/x", "no store"), ("postgresql://a.example/x", "no store"),
        ("http://maren:secret@a.example", "no password"), ("http://[", "no store"),
    ],
)  # fmt: skip
def test_what_is_no_store_is_refused(said: str, what: str):
    """And a password is not said back."""
    with pytest.raises(UsageFault, match=what) as caught:
        store(said)
    assert "secret" not in str(caught.value) + "".join(caught.value.hints)


def test_a_server_elsewhere_is_known_as_such():
    assert not store("https://mlflow.example.org").here
    assert store("http://127.0.0.1:5000").here
    assert store("file:/tmp/x").here
