"""How long a model takes to decide on a page of 300 elements: features, network and heads, on one thread and on all.

The pages are made up: a list of invoices with its menus and a form, each with other names, numbers and goal, so that
nothing is known from the page before; and then each once more after an act, as it mostly is. A network's size is what
counts, not what it knows: it is the default one, untrained. Beside it, in the same run, what a product of two matrices
of 1,024 takes, as machines differ by more than models do.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterator

import msgspec
import torch

from bench.report import Row
from byhand.events.kinds import OBSERVER, Snapshot
from byhand.models.deciding import Deciding
from byhand.models.decision import Did, Look
from byhand.models.network import Network, Shape

ROW = "decisions"
_PAGES = 200
_REACH_MS = (15.0, 40.0)
_ELEMENTS = 300
_FIRST = ("Anna", "Ben", "Clara", "David", "Emma", "Frank", "Grace", "Henry", "Iris", "Jack", "Karin", "Leo", "Mia")
_LAST = ("Miller", "Schmidt", "Jones", "Garcia", "Brown", "Silva", "Novak", "Larsen", "Rossi", "Meyer", "Weber")
_MENU = ("Home", "Invoices", "Vendors", "Tickets", "Moderation", "Reports", "Settings", "Help")
_FIELDS = ("First name", "Last name", "E-mail", "Street", "City", "Amount", "Date")


class _Page:
    """Elements in order, parents first."""

    def __init__(self) -> None:
        self.parents: list[int] = []
        self.said: list[tuple[str, str, str, str, str]] = []
        self.places: list[int] = []

    def add(self, parent: int, role: str, tag: str, name: str, box: tuple[int, int, int, int], holds: str = "") -> int:
        self.parents.append(parent)
        self.said.append((role, tag, name, "editable" if role == "textbox" else "", holds))
        self.places += box
        return len(self.parents) - 1

    def seen(self) -> Snapshot:
        roles, tags, names, states, holds = (tuple(column) for column in zip(*self.said, strict=True))
        return Snapshot(
            0, 0, "browser", "asked", 1, 0, "https://office.example", "/invoices", OBSERVER, 0, 0, 1280, 1100, 1.0,
            tuple(range(1, len(names) + 1)), tuple(self.parents), roles, tags, names, states, holds,
            tuple(self.places), 0,
        )  # fmt: skip


def look(seed: int) -> Look:
    """A page of 300 elements, what is asked of it, and three acts before."""
    dice, page = random.Random(seed), _Page()
    head = page.add(-1, "banner", "header", "", (0, 0, 1280, 60))
    for at, name in enumerate(_MENU):
        page.add(head, "link", "a", name, (20 + at * 120, 20, 100, 20))
    main = page.add(-1, "main", "main", "", (0, 60, 1280, 1040))
    page.add(main, "heading", "h1", f"Invoices of {dice.choice(_LAST)}", (220, 70, 400, 30))
    table = page.add(main, "table", "table", "", (220, 150, 1000, 740))
    numbers: list[str] = []
    deletes: list[int] = []
    while len(page.parents) < _ELEMENTS - 2 * len(_FIELDS) - 10:
        top = 150 + 24 * len(numbers)
        row = page.add(table, "row", "tr", "", (220, top, 1000, 24))
        numbers.append(f"INV-{dice.randint(1_000, 9_999)}")
        page.add(row, "cell", "td", numbers[-1], (225, top, 90, 20))
        page.add(row, "cell", "td", f"{dice.choice(_FIRST)} {dice.choice(_LAST)}", (320, top, 200, 20))
        page.add(row, "cell", "td", f"${dice.randint(10, 999)}.00", (530, top, 80, 20))
        page.add(row, "cell", "td", dice.choice(("open", "paid", "late")), (620, top, 80, 20))
        page.add(row, "checkbox", "input", "", (720, top, 16, 16), "unchecked")
        page.add(row, "button", "button", "Edit", (760, top, 60, 20))
        deletes.append(page.add(row, "button", "button", "Delete", (830, top, 60, 20)) + 1)
    form = page.add(main, "form", "form", "", (220, 900, 900, 200))
    for at, name in enumerate(_FIELDS):
        page.add(form, "text", "label", name, (230, 910 + at * 24, 100, 20))
        page.add(form, "textbox", "input", name, (340, 910 + at * 24, 200, 20), "empty")
    while len(page.parents) < _ELEMENTS:
        page.add(form, "button", "button", "Save", (560 + 70 * (len(page.parents) % 9), 1070, 60, 24))
    goal = (
        f"Delete the invoice {dice.choice(numbers)} of {dice.choice(_FIRST)}, then enter "
        f'"{dice.choice(_LAST)}" into Last name and press Save.'
    )
    did = tuple(Did("click", dice.choice(deletes), "button", "Delete") for _ in range(3))
    return Look(goal, page.seen(), did)


def measure(share: float) -> Iterator[Row]:
    torch.manual_seed(0)
    decider = Deciding(Network(Shape(chords=(("Enter",), ("Tab",)))), "untrained", OBSERVER)
    looks = [look(seed) for seed in range(round(_PAGES * share) + 2)]
    one, other = torch.rand(1024, 1024), torch.rand(1024, 1024)
    threads = torch.get_num_threads()
    for many in (1, threads) if threads > 1 else (1,):
        torch.set_num_threads(many)
        new, again = _decided(decider, looks)
        product = statistics.median(_taken(lambda: one @ other) for _ in range(20))
        p50, p99 = _percentiles(new)
        yield Row(
            f"decision, 300 elements, each page new, {many} thread{'s' * (many > 1)}, p50 / p99",
            f"<= {_REACH_MS[0]:.0f} / {_REACH_MS[1]:.0f} ms", f"{p50:.1f} / {p99:.1f} ms",
            f"a product of 1,024 x 1,024 numbers: {product:.1f} ms; seen again after an act: "
            + " / ".join(f"{each:.1f}" for each in _percentiles(again)) + " ms",
            f"{len(new)} pages", p50 <= _REACH_MS[0] and p99 <= _REACH_MS[1],
        )  # fmt: skip
    torch.set_num_threads(threads)


def _decided(decider: Deciding, looks: list[Look]) -> tuple[list[float], list[float]]:
    """Of each page what it takes when it is new, in ms, and after one act more. The first two are not counted."""
    new: list[float] = []
    again: list[float] = []
    for one in looks:
        new.append(_taken(lambda one=one: decider.decide(one)))
        later = msgspec.structs.replace(one, did=(*one.did, Did("click", 3, "link", "Invoices")))
        again.append(_taken(lambda later=later: decider.decide(later)))
    return new[2:], again[2:]


def _taken(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1_000


def _percentiles(values: list[float]) -> tuple[float, float]:
    cut = statistics.quantiles(values, n=100, method="inclusive")
    return cut[49], cut[98]
