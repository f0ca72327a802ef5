"""`byhand learn --ray N`: processes of a Ray cluster learn one model together, by Ray Train.

Rules of this module: each process runs what `byhand learn` runs alone, over the same BYHAND_HOME, so a cluster of
several computers needs one that all of them see. The first process tells what came of it, in figures and names; Ray
itself is told to report nothing to its makers.
"""

from __future__ import annotations

import logging
import os
import secrets
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from byhand.errors import LearnError, UsageFault

_NOT = "no model was made"


def on_ray(one: Callable[..., dict[str, Any] | None], many: int, *, gpu: bool) -> dict[str, Any] | None:
    """What one learned in so many processes.

    Args:
        one: learns in each process; is called with `silent`.
        many: processes, each with a processor, or a GPU.
        gpu: whether each has a GPU.

    Raises:
        UsageFault: Ray is not installed.
        LearnError: a process failed.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    how: dict[str, Any] = {}
    if "RAY_ADDRESS" not in os.environ:
        # One of our own, with a token that ends with it: nobody else can use it. Ray would write one into the person's
        # home, and no other Ray of theirs could be reached any more. It is read when Ray is loaded.
        os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))
        how = {"include_dashboard": False}
    try:
        ray, train, torch = (import_module(name) for name in ("ray", "ray.train", "ray.train.torch"))
    except ModuleNotFoundError as error:
        raise UsageFault(
            f"this needs {error.name}, which is not installed",
            hints=("to install Ray, run: pip install 'byhand[ray]'",), fate=_NOT,
        ) from None  # fmt: skip
    home = os.environ.get("BYHAND_HOME", "")

    def process() -> dict[str, Any] | None:
        if home:
            os.environ["BYHAND_HOME"] = home
        return one(silent=True)

    try:
        ray.init(ignore_reinit_error=True, log_to_driver=False, logging_level=logging.ERROR, **how)
        with tempfile.TemporaryDirectory(prefix="byhand-ray-") as scratch:
            result = torch.TorchTrainer(
                process, scaling_config=train.ScalingConfig(num_workers=many, use_gpu=gpu),
                run_config=train.RunConfig(storage_path=str(Path(scratch)), name="learn"),
            ).fit()  # fmt: skip
    except Exception as error:  # whatever Ray wraps it in
        raise LearnError(f"a process of Ray failed: {_last_line(error)}", fate=_NOT) from None
    finally:
        ray.shutdown()
    told: dict[str, Any] | None = result.return_value
    return told


def _last_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[-1]
