"""Several processes that learn one model: begun by `torchrun` or Ray Train, joined here. One process is a group of one.

Rules of this module: the first process decides all that hangs on a clock, a disk or a person, and tells the others:
how far it is, whether to stop, how good it is, where it goes on. What each would decide for itself they would sooner or
later decide differently, and wait for each other for ever. Only the first one writes.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Generator, Sequence
from typing import Any

import torch
from torch import Tensor, distributed, nn

from byhand.errors import UsageFault

THREADS = 1
"""Of one process. Two of one process wait for each other longer than they compute, on networks this small."""


class Group:
    """Which process this is (`rank`), of how many (`many`), and where it computes (`device`)."""

    def __init__(self, device: str = "cpu") -> None:
        begun = distributed.is_available() and distributed.is_initialized()
        self.rank, self.many = (distributed.get_rank(), distributed.get_world_size()) if begun else (0, 1)
        self.device = device

    @property
    def first(self) -> bool:
        return self.rank == 0

    def told(self, numbers: Sequence[float]) -> list[float]:
        """What the first one says, in all."""
        if self.many == 1:
            return list(numbers)
        shared = torch.tensor(list(numbers), dtype=torch.float64, device=self.device)
        distributed.broadcast(shared, 0)  # pyright: ignore[reportUnknownMemberType]  # no types in its stub
        return [float(one) for one in shared]

    def given(self, thing: Any) -> Any:
        """A thing of the first one, in all."""
        if self.many == 1:
            return thing
        box = [thing]
        distributed.broadcast_object_list(box, 0)  # pyright: ignore[reportUnknownMemberType]
        return box[0]

    def anyone(self, flag: bool) -> bool:
        """Whether it is so in one of them."""
        if self.many == 1:
            return flag
        shared = torch.tensor([float(flag)], device=self.device)
        distributed.all_reduce(shared, distributed.ReduceOp.MAX)  # pyright: ignore[reportUnknownMemberType]
        return bool(shared.item())

    def mean_gradients(self, network: nn.Module) -> None:
        """Of all processes, in all, in one message."""
        if self.many == 1:
            return
        own = [one for one in network.parameters() if one.requires_grad]
        flat = torch.cat([_gradient(one).flatten() for one in own])
        distributed.all_reduce(flat)  # pyright: ignore[reportUnknownMemberType]
        flat /= self.many
        start = 0
        for one in own:
            one.grad = flat[start : start + one.numel()].view_as(one)
            start += one.numel()


def _gradient(one: Tensor) -> Tensor:
    return one.grad if one.grad is not None else torch.zeros_like(one)


@contextlib.contextmanager
def joined(device: str) -> Generator[Group]:
    """The processes that were begun to learn this model.

    Args:
        device: "cpu", or "cuda" for the GPU with this process's number.

    Raises:
        UsageFault: there is no such device here.
    """
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise UsageFault(
            "no GPU can be used here", hints=("leave --device away, to learn on the processor",),
            fate="no model was made",
        )  # fmt: skip
    torch.set_num_threads(THREADS)
    if device == "cuda" and "LOCAL_RANK" in os.environ:
        device = f"cuda:{os.environ['LOCAL_RANK']}"
        torch.cuda.set_device(device)
    if distributed.is_initialized() or int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield Group(device)
        return
    distributed.init_process_group("nccl" if device.startswith("cuda") else "gloo")
    try:
        yield Group(device)
    finally:
        distributed.destroy_process_group()
