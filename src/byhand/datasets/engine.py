"""Where the heavy steps of a build run: in this computer's processes, or on a Ray cluster. The same code on both.

Rules of this module: each piece of work is named by one string and answers with one; what it makes lies in the build's
folder, which every machine of a cluster must see under the same path. Which engine did it changes no byte.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from byhand.datasets.heavy import heavy
from byhand.errors import ByhandError, UsageFault

Name = Literal["native", "ray"]
Work = Callable[[Path, str], str]
_PATIENCE_S = 5.0


class Engine(msgspec.Struct, frozen=True):
    """name: native (this process and its children) or ray. address: of the cluster, as Ray writes it; "" starts one.
    processes: how many at once.
    """

    name: Name = "native"
    address: str = ""
    processes: int = 0

    def run(self, work: Work, folder: Path, pieces: Sequence[str], *, small: bool) -> Iterator[str]:
        """Do all pieces; answers come as they are ready, in any order.

        Args:
            work: a function of a module, so that another process finds it.
            folder: of the build.
            pieces: names of pieces.
            small: so little that other processes are not worth their start.

        Raises:
            ByhandError: a piece failed, or the engine can't be had.
        """
        if not pieces:
            return
        if self.name == "native" and (small or len(pieces) == 1):
            yield from (work(folder, piece) for piece in pieces)
            return
        daft = _started(self)
        processes = min(len(pieces), self.processes or os.cpu_count() or 1)
        worker = daft.cls(_Worker, use_process=True, max_concurrency=processes)(
            work.__module__, work.__name__, str(folder)
        )
        todo = daft.from_pydict({"piece": list(pieces)}).into_batches(1)
        todo = todo.into_partitions(len(pieces)) if self.name == "ray" else todo
        done = todo.with_column("answer", worker.do(todo["piece"]))
        try:
            for row in done.iter_rows():
                yield _answer(row["answer"])
        except ByhandError:
            raise
        except Exception as error:  # whatever the engine raises: its text may quote what it worked on
            raise ByhandError(
                f"the engine {self.name} failed ({type(error).__name__})",
                fate="no dataset was made",
            ) from None


class _Worker:
    """Lives in the process that does the work."""

    def __init__(self, module: str, name: str, folder: str) -> None:
        self._work: Work = getattr(heavy(module), name)
        self._folder = Path(folder)

    def do(self, piece: str) -> str:
        try:
            return msgspec.json.encode({"done": self._work(self._folder, piece)}).decode()
        except ByhandError as error:
            return msgspec.json.encode({"message": error.message}).decode()
        except Exception as error:  # told by its kind: the text may quote content
            return msgspec.json.encode({"message": f"a piece of work broke ({type(error).__name__})"}).decode()


def _answer(said: str) -> str:
    found = msgspec.json.decode(said, type=dict[str, str])
    if "done" not in found:
        raise ByhandError(found["message"], fate="no dataset was made")
    return found["done"]


def _knock(address: str) -> None:
    """Is anybody there? Ray itself asks for a minute before it gives up."""
    host, _, port = address.rpartition(":")
    if port.isdigit() and "/" not in host:
        socket.create_connection((host, int(port)), _PATIENCE_S).close()


def _started(engine: Engine) -> Any:
    # Both would tell their makers that they were started; a build reports to nobody. Progress is the command line's.
    os.environ.update(
        DO_NOT_TRACK="true", DAFT_ANALYTICS_ENABLED="0", SCARF_NO_ANALYTICS="true", RAY_USAGE_STATS_ENABLED="0",
        DAFT_PROGRESS_BAR="0",
    )  # fmt: skip
    daft = heavy("daft")
    if engine.name == "native":
        return daft
    heavy("ray", "ray")
    try:
        _knock(engine.address)
        daft.set_runner_ray(engine.address or None, noop_if_initialized=True)
    except Exception as error:
        raise UsageFault(
            f"no Ray cluster can be reached ({type(error).__name__})",
            hints=("to start one on this computer, run: ray start --head", "then add: --address 127.0.0.1:6379"),
            fate="no dataset was made",
        ) from None
    return daft
