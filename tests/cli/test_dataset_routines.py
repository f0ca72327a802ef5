"""Promises of `byhand dataset routines`: what was done again and again is told once, with nothing that was not so."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as changed

from byhand.cli import main
from byhand.datasets import build as building
from byhand.datasets.build import Asked
from byhand.datasets.engine import Engine
from byhand.datasets.formats.port import Demonstration
from byhand.episodes.types import Action, Step, Target
from tests.datasets.demos import MS, demonstration


def act(op: Any, name: str, role: str = "entry", **more: Any) -> Step:
    target = Target(role, name, source="browser")
    return Step(Action(op, MS, 2 * MS, 1, 2, target=target, origin="http://shop.example", page="/new", **more))


def order(customer: str, country: str, *, masked: bool = False) -> tuple[Step, ...]:
    return (
        act("type", "Customer", text=customer, masked=masked),
        act("select", "Country", "combo box", text=country),
        act("select", "Payment", "combo box", text="Invoice"),
        act("click", "Save", "push button"),
    )


def told(name: str, task: str, *steps: Step) -> Demonstration:
    one = demonstration(name, task=task)
    return replace(one, episode=changed(one.episode, steps=steps))


def made(home: Path, *demonstrations: Demonstration) -> None:
    def nobody(_phase: str, _done: int, _of: int) -> None: ...

    root = home / "datasets"
    with building.begin(root / "shop", Asked("shop", "mine", "byhand test"), again=False) as build:
        build.gather(demonstrations, nobody)
        build.finish(Engine("native", ""), nobody, root=root, at=int(time.time()))


def routines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["dataset", "routines", "shop", "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def shop(home: Path) -> Path:
    """Three orders in two episodes, one of them for a customer nobody may know."""
    look = act("click", "Stock", "link")
    made(
        home,
        told("a1", "two orders", *order("Ada", "Spain"), look, *order("Bob", "Spain")),
        told("b2", "a third one", act("click", "Inbox", "link"), *order("", "Norway", masked=True)),
    )
    return home


@pytest.mark.usefixtures("shop")
def test_a_routine_is_told_with_how_often_where_and_its_steps(capsys: pytest.CaptureFixture[str]):
    """To a program, one routine a line: each time by its episode and the number of its first step."""
    (one,) = routines(capsys)
    assert one["times"] == 3
    assert sorted((place["episode"], place["step"]) for place in one["found"]) == [("a1", 0), ("a1", 5), ("b2", 1)]
    assert [step["does"] for step in one["steps"]] == [
        "type into Customer", "choose in Country", "choose Invoice in Payment", "choose Save",
    ]  # fmt: skip


@pytest.mark.usefixtures("shop")
def test_what_was_otherwise_each_time_stands_for_none(capsys: pytest.CaptureFixture[str]):
    """It is said to differ, or not to be kept; no text of one time is told as the routine's."""
    (one,) = routines(capsys)
    assert [(step["texts"], step["kept"]) for step in one["steps"]] == [(0, False), (2, True), (1, True), (0, True)]
    assert main(["dataset", "routines", "shop"]) == 0
    said = capsys.readouterr().out
    for text in ("Ada", "Bob", "Spain", "Norway"):
        assert text not in said


@pytest.mark.usefixtures("shop")
def test_a_routine_is_told_to_a_person_as_numbered_steps(capsys: pytest.CaptureFixture[str]):
    """Its name and how often, the steps in words, and what the episodes it is in were for."""
    assert main(["dataset", "routines", "shop"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "fill in the form on shop.example and choose Save  4 steps, done 3 times",
        "  1  type into Customer         not kept",
        "  2  choose in Country          2 different texts",
        "  3  choose Invoice in Payment",
        "  4  choose Save",
        "  in b2 (a third one), a1 (two orders)",
    ]


def test_where_nothing_is_done_twice_it_says_so(home: Path, capsys: pytest.CaptureFixture[str]):
    """And what would count."""
    made(home, told("a1", "one order", *order("Ada", "Spain")))
    assert routines(capsys) == []
    assert main(["dataset", "routines", "shop"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "nothing is done twice here", "  a routine is two steps or more, done at least twice",
    ]  # fmt: skip
