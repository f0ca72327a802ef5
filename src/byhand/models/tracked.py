"""How a training goes, for MLflow: one run, in an experiment called like the model, in the store the person named.

Rules of this module: told are figures, what was chosen for the training, and names and versions of datasets and model;
nothing of what is learned from, and no folder of this computer but the card's below BYHAND_HOME. Whose account it is
MLflow is not told either, and it is kept from reporting to its makers. What fails while it learns ends the telling and
not the training.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

from byhand.errors import LearnError, UsageFault

_NOT = "no model was made"
_HINT = "for example: file:/home/maren/mlruns, sqlite:////home/maren/mlflow.db, http://127.0.0.1:5000"
_HERE = ("127.0.0.1", "localhost", "::1")
_QUIET = {
    "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true",
    "MLFLOW_ALLOW_FILE_STORE": "true",  # MLflow keeps such stores as they are, and asks whether that is known
}  # fmt: skip
_PATIENCE = {"MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1", "MLFLOW_HTTP_REQUEST_TIMEOUT": "10"}
"""MLflow's own would have a training wait for minutes; what the person set stays."""
_MOST_PARAM = 500


class Store(NamedTuple):
    """Where to. host: of a server; "" for a file. here: on this computer."""

    uri: str
    host: str = ""

    @property
    def here(self) -> bool:
        return self.host in ("", *_HERE)


def store(said: str) -> Store:
    """A store as the person named it.

    Raises:
        UsageFault: it is none that can be used, or holds a password.
    """
    try:
        parts = urlsplit(said)
        host, owned = parts.hostname or "", parts.username is not None
    except ValueError:
        parts, host, owned = urlsplit(""), "", False
    if owned:
        raise UsageFault(
            "a store's address has no password in it", fate=_NOT,
            hints=("set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD instead",),
        )  # fmt: skip
    match parts.scheme:
        case "http" | "https" if host:
            return Store(said, host)
        case "sqlite" if not host and parts.path.strip("/"):
            return Store(said)
        case "file" if not host and parts.path:
            return Store(Path(parts.path).expanduser().absolute().as_uri())
        case _:
            raise UsageFault("that is no store of MLflow's", hints=(_HINT,), fate=_NOT)


class Tracked:
    """One run.

    Args:
        to: the store.
        name: of the model.
        run: what this one is called.
        params: what was chosen, by name.

    Attributes:
        failed: what it told no more; "" as long as it does.
    """

    def __init__(self, to: Store, name: str, run: str, params: Mapping[str, object]) -> None:
        self.to, self._name, self._run = to, name, run
        self._params = {key: str(value)[:_MOST_PARAM] for key, value in params.items()}
        self.failed = ""

    def __enter__(self) -> Self:
        """Raises:
        UsageFault: MLflow is not installed.
        LearnError: the store can't be used.
        """
        os.environ.update(_QUIET)
        for name, value in _PATIENCE.items():
            os.environ.setdefault(name, value)
        try:
            tracking, self._words = import_module("mlflow.tracking"), import_module("mlflow.entities")
        except ModuleNotFoundError as error:
            raise UsageFault(
                f"this needs {error.name}, which is not installed",
                hints=("to install it, run: pip install 'byhand[mlflow]'",), fate=_NOT,
            ) from None  # fmt: skip
        logging.getLogger("mlflow").setLevel(logging.ERROR)
        try:
            self._client: Any = tracking.MlflowClient(tracking_uri=self.to.uri, registry_uri=self.to.uri)
            known = self._client.get_experiment_by_name(self._name)
            experiment = known.experiment_id if known is not None else self._client.create_experiment(self._name)
            self._id: str = self._client.create_run(experiment, run_name=self._run).info.run_id
            self._client.log_batch(self._id, params=self._of(self._words.Param, self._params))
        except Exception as error:  # whatever a store makes it raise
            raise LearnError(
                f"the MLflow store can't be used: {type(error).__name__}", fate=_NOT,
                hints=("is it there, and not damaged?", "a server is begun with: mlflow server"),
            ) from None  # fmt: skip
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        ended = "FINISHED" if kind is None else "KILLED" if issubclass(kind, KeyboardInterrupt) else "FAILED"
        self._tell("set_terminated", self._id, ended)

    def write(self, step: int, told: Mapping[str, float]) -> None:
        """Figures of a step, by name."""
        now = round(time.time() * 1000)
        metrics = [self._words.Metric(name, float(value), now, step) for name, value in told.items()]
        self._tell("log_batch", self._id, metrics=metrics)

    def made(self, name: str, version: int, figures: Mapping[str, float], home: Path, place: Path) -> None:
        """What came of it.

        Args:
            name: of the model.
            version: that was written.
            figures: on what was held back.
            home: BYHAND_HOME.
            place: of the version.
        """
        tags = {
            "byhand.model": name, "byhand.version": str(version),
            "byhand.card": str((place / "README.md").relative_to(home)),
        }  # fmt: skip
        now = round(time.time() * 1000)
        metrics = [self._words.Metric(f"end/{key}", float(value), now, 0) for key, value in figures.items()]
        self._tell("log_batch", self._id, metrics=metrics, tags=self._of(self._words.RunTag, tags))

    @staticmethod
    def _of(kind: Any, told: Mapping[str, str]) -> list[Any]:
        return [kind(key, value) for key, value in told.items()]

    def _tell(self, what: str, *given: object, **named: object) -> None:
        if self.failed:
            return
        try:
            getattr(self._client, what)(*given, **named)
        except Exception as error:  # it is not what the training is for
            self.failed = type(error).__name__
