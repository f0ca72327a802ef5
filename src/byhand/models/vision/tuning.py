"""An adapter learns from conversations: TRL's trainer, held to our rules.

Rules of this module: the loss is of answers alone, and each conversation is learned by itself (no packing). It looks at
what is held back, and ends when that gets no better; what it was best with is what stays. Cut short, it goes on from
its last look. A loss that is no number ends it.

TRL tells its makers of each training, and writes a card to put beside a model on their site: neither is done here.
Nothing in this module speaks to a network.
"""

from __future__ import annotations

import json
import math
import shutil
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from peft import LoraConfig
from transformers import EarlyStoppingCallback, TrainerCallback
from trl.trainer.sft_config import SFTConfig
from trl.trainer.sft_trainer import SFTTrainer

from byhand.datasets.heavy import heavy
from byhand.errors import ByhandError, LearnError
from byhand.models.together import Group
from byhand.models.vision.opening import EXTRA, SHAPE, WEIGHTS, Base, Opened
from byhand.models.vision.rows import Row, conversation

PARTS = r".*language_model.*\.(q_proj|k_proj|v_proj|o_proj|gate_proj|up_proj|down_proj)"
"""Where an adapter is: attention and what follows it, of the part that speaks. What sees stays as it is."""
_SAME, _FINAL = "same", "final"
_NOT = "no model was made"


class Plan(msgspec.Struct, frozen=True):
    """How it is learned. batch: conversations a step. rank: of the adapter. longest: tokens of a conversation, its
    picture and its answer counted. looks: at what is held back, an epoch. patience: so many without getting better end
    it. budget_s: 0 for no end.
    """

    seed: int = 0
    epochs: int = 3
    batch: int = 8
    rate: float = 1e-4
    rank: int = 16
    longest: int = 8192
    looks: int = 2
    patience: int = 4
    budget_s: float = 0.0


class Progress(NamedTuple):
    """What is told after each step, and after each look. held: loss on what is held back, of the last look."""

    step: int
    share: float
    loss: float
    rate: float
    held: float | None
    looked: bool


class Tuned(NamedTuple):
    """files: the adapter's, by name; empty in all processes but the first. folder: where they lie, too. held: its loss
    on what was held back; NaN where nothing was.
    """

    files: dict[str, bytes]
    folder: Path
    steps: int
    held: float
    log: list[Progress]
    first: bool


def tune(
    opened: Opened, base: Base, learned: Sequence[Row], held: Sequence[Row], plan: Plan, place: Path, same: str,
    told: Callable[[Progress], None], *, device: str, over: Callable[[], bool] = lambda: False,
) -> Tuned:  # fmt: skip
    """Learn an adapter.

    Args:
        opened: a base; with an adapter, that goes on learning.
        base: which it is.
        learned: conversations.
        held: those that are held back.
        plan: how.
        place: a folder for what is needed to go on, which is the caller's to take away once a version is written.
        same: a name for exactly this training: only that is gone on with.
        told: after each step.
        device: cpu or cuda.
        over: whether to stop now and keep the state.

    Raises:
        LearnError: the loss is no number, the memory is too small, it was stopped, or its state can't be read.
    """
    if not learned:
        raise LearnError("there is nothing to learn from", fate=_NOT)
    heavy("accelerate", EXTRA).PartialState(cpu=not device.startswith("cuda"))  # joins those that learn it together
    group = Group(device)
    began = group.given(_begun(place, same) if group.first else None)
    watch = _Watch(plan, told, over, group)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # PEFT 0.21 asks transformers 5.24 by names that will go
        try:
            trainer = _trainer(opened, learned, held, plan, place, device, watch, group.many)
            trainer.train(resume_from_checkpoint=began)
            if not watch.stopped:
                trainer.save_model(str(place / _FINAL))
        except (ByhandError, KeyboardInterrupt):
            raise
        except Exception as error:  # whatever memory, devices and damaged states make these libraries raise
            raise _said(error, resumed=began is not None) from error
    if watch.stopped:
        raise LearnError(
            "it was stopped", hints=("to go on, give the same command again",), fate="what was learned so far is kept"
        )
    files = _files(place / _FINAL, base) if group.first else {}
    best = trainer.state.best_metric
    return Tuned(
        files, place / _FINAL, trainer.state.global_step, math.nan if best is None else best, watch.log, group.first
    )


class _Trainer(SFTTrainer):
    """TRL's, which speaks to nobody."""

    def _send_telemetry(self) -> None:
        """Nobody is told of a training."""

    def create_model_card(self, *_: Any, **__: Any) -> None:
        """Ours is written with the version."""


class _Conversations:
    """Tells rows when they are their turn. Named by what they are, so that no library reads all of them to name it."""

    def __init__(self, rows: Sequence[Row], name: str) -> None:
        self._rows, self._name = rows, name

    def __call__(self, batch: dict[str, list[int]]) -> dict[str, list[Any]]:
        found = [conversation(self._rows[at]) for at in batch["at"]]
        return {key: [one[key] for one in found] for key in found[0]} if found else {}

    def __reduce__(self) -> tuple[Any, ...]:
        return (str, (self._name,))


def _dataset(rows: Sequence[Row], name: str) -> Any:
    found = heavy("datasets", EXTRA).Dataset.from_dict({"at": list(range(len(rows)))})
    return found.with_transform(_Conversations(rows, name))


def _trainer(
    opened: Opened,
    learned: Sequence[Row],
    held: Sequence[Row],
    plan: Plan,
    place: Path,
    device: str,
    watch: _Watch,
    many: int,
) -> Any:
    on_gpu = device.startswith("cuda")
    at_once = 1 if on_gpu else min(plan.batch, 4)
    gathers = max(1, round(plan.batch / at_once / many))
    each_epoch = max(1, math.ceil(len(learned) / (at_once * gathers * many)))
    looks = max(1, each_epoch // plan.looks)
    settings: dict[str, Any] = {
        "output_dir": str(place), "seed": plan.seed, "data_seed": plan.seed, "use_cpu": not on_gpu,
        "num_train_epochs": plan.epochs, "learning_rate": plan.rate, "lr_scheduler_type": "cosine",
        "warmup_steps": math.ceil(0.05 * each_epoch * plan.epochs), "weight_decay": 0.0, "max_grad_norm": 1.0,
        "per_device_train_batch_size": at_once, "per_device_eval_batch_size": at_once,
        "gradient_accumulation_steps": gathers,
        "completion_only_loss": True, "packing": False, "max_length": None, "remove_unused_columns": False,
        "bf16": on_gpu, "gradient_checkpointing": None, "activation_checkpointing": on_gpu,
        "activation_checkpointing_kwargs": {"use_reentrant": False} if on_gpu else None,
        "eval_strategy": "steps" if held else "no", "eval_steps": looks, "prediction_loss_only": True,
        "save_strategy": "steps", "save_steps": looks, "save_total_limit": 2, "load_best_model_at_end": bool(held),
        "metric_for_best_model": "eval_loss" if held else None, "greater_is_better": False if held else None,
        "restore_callback_states_from_checkpoint": True,
        "logging_steps": 1, "logging_nan_inf_filter": False, "report_to": "none", "disable_tqdm": True,
        "dataloader_pin_memory": on_gpu, "ddp_find_unused_parameters": False,
    }  # fmt: skip
    config, adapter = SFTConfig(**settings), None
    if not hasattr(opened.network, "peft_config"):
        adapter = LoraConfig(r=plan.rank, lora_alpha=2 * plan.rank, target_modules=PARTS, task_type="CAUSAL_LM")
    trainer: Any = _Trainer(
        model=opened.network, args=config, train_dataset=_dataset(learned, "learned"),
        eval_dataset=_dataset(held, "held") if held else None, processing_class=opened.processor, peft_config=adapter,
        callbacks=[watch, *([EarlyStoppingCallback(plan.patience)] if held else [])],
    )  # fmt: skip
    for one in list(trainer.callback_handler.callbacks):
        if type(one).__name__ == "PrinterCallback":  # what is printed is the cli's business
            trainer.remove_callback(one)
    return trainer


class _Watch(TrainerCallback):
    """Tells how it goes, and says when it is time to end."""

    def __init__(
        self, plan: Plan, told: Callable[[Progress], None], over: Callable[[], bool], group: Group
    ) -> None:  # fmt: skip
        self._plan, self._told, self._over, self._group = plan, told, over, group
        self._began, self._held, self._last = time.monotonic(), None, (math.nan, 0.0)
        self.log: list[Progress] = []
        self.stopped = False

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002  the library's
        if self._group.anyone(self._over()):
            self.stopped = control.should_save = control.should_training_stop = True
        elif self._plan.budget_s and self._group.anyone(time.monotonic() - self._began > self._plan.budget_s):
            control.should_evaluate = control.should_save = args.eval_strategy != "no"
            control.should_training_stop = True

    def on_log(self, args: Any, state: Any, control: Any, **given: Any) -> None:  # noqa: ARG002  the library's
        logs: dict[str, Any] = given["logs"]
        looked = "eval_loss" in logs
        if "loss" not in logs and not looked:
            return
        loss = float(logs.get("loss", logs.get("eval_loss", math.nan)))
        if not math.isfinite(loss):
            raise LearnError(
                "the loss is no number any more", hints=("try a lower rate: --rate 0.00003",), fate=_NOT,
            )  # fmt: skip
        if looked:
            self._held = loss
        else:
            self._last = (loss, float(logs.get("learning_rate", 0.0)))
        share = state.global_step / max(1, state.max_steps)
        one = Progress(state.global_step, share, *self._last, self._held, looked)
        self.log.append(one)
        self._told(one)


def _begun(place: Path, same: str) -> str | None:
    """The state to go on from. What is of another training goes."""
    name = place / _SAME
    if place.exists() and (not name.exists() or name.read_text("ascii") != same):
        shutil.rmtree(place)
    if not place.exists():
        place.mkdir(mode=0o700, parents=True)
        name.write_text(same, "ascii")
        return None
    last: str | None = heavy("transformers.trainer_utils", EXTRA).get_last_checkpoint(str(place))
    return last


def _files(place: Path, base: Base) -> dict[str, bytes]:
    """The adapter's, saying of which model it is."""
    shape = json.loads((place / SHAPE).read_bytes())
    shape["base_model_name_or_path"] = base.name
    shape["revision"] = base.revision if base.name != str(base.folder) else None
    return {SHAPE: json.dumps(shape, indent=2, sort_keys=True).encode(), WEIGHTS: (place / WEIGHTS).read_bytes()}


def _said(error: Exception, *, resumed: bool) -> LearnError:
    """Without its own words, which may hold what it was learning from."""
    said = str(error).lower()
    if "out of memory" in said or "can't allocate memory" in said:
        return LearnError(
            "the memory is too small for this", fate=_NOT,
            hints=("shorter conversations need less: --longest 2048", "so does a smaller model"),
        )  # fmt: skip
    if "target modules" in said:
        return LearnError("an adapter fits nowhere in this model", fate=_NOT)
    hints = ("to begin anew, remove the folder training from the model's",) if resumed else ()
    return LearnError(f"it can't be learned ({type(error).__name__})", hints=hints, fate=_NOT)
