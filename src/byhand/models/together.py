"""Where a model is learned: which process, on which device, with how many threads."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator
from typing import NamedTuple

import torch
from torch import distributed

from byhand.errors import UsageFault

THREADS = 1
"""Of one process. Two of one process wait for each other longer than they compute, on networks this small."""


class Own(NamedTuple):
    """Which process this is, of how many, and where it computes."""

    rank: int
    many: int
    device: str


@contextlib.contextmanager
def joined(device: str) -> Generator[Own]:
    """Raises:
    UsageFault: there is no such device here, or several processes were begun to learn one model.
    """
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise UsageFault(
            "no GPU can be used here", hints=("leave --device away, to learn on the processor",),
            fate="no model was made",
        )  # fmt: skip
    torch.set_num_threads(THREADS)
    if int(os.environ.get("WORLD_SIZE", "1")) > 1 and not distributed.is_initialized():
        raise UsageFault(
            "one model can't be learned by several processes yet: each would write a version of its own",
            hints=("start it without torchrun",), fate="no model was made",
        )  # fmt: skip
    if not distributed.is_initialized():
        yield Own(0, 1, device)
        return
    if device == "cuda":
        device = f"cuda:{os.environ.get('LOCAL_RANK', '0')}"
    yield Own(distributed.get_rank(), distributed.get_world_size(), device)
