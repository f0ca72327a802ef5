from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from msgspec import structs

from byhand.datasets.formats.browsergym import BROWSERGYM
from byhand.datasets.formats.out import export
from tests.datasets.formats.samples import CUSTOMER, EVERY, SAVE, act, demonstration


def steps(tmp_path: Path, actions: tuple[Any, ...], *, pictures: bool = False) -> list[dict[str, Any]]:
    export(BROWSERGYM, [demonstration(actions, pictures=pictures)], tmp_path / "out")
    return [json.loads(line) for line in (tmp_path / "out/steps.jsonl").read_text().splitlines()]


def test_an_act_is_said_by_number_and_by_place(tmp_path: Path):
    """The number is the element's in the tree beside it; the place is of the viewport, not of the desktop."""
    one = steps(tmp_path, (act("click", SAVE),))[0]
    assert (one["action"], one["action_by_place"]) == ("click('7')", "mouse_click(120, 235)")
    assert "[7] button 'Save'" in one["axtree_txt"]


def test_a_place_is_of_the_viewport_and_in_its_pixels(tmp_path: Path):
    """On a screen of double density, in a window that doesn't begin at the left."""
    made = demonstration((act("click", SAVE),), pictures=False)
    page = structs.replace(made.sights[0], x=40, y=100, scale=2.0)  # type: ignore[type-var]
    export(BROWSERGYM, [replace(made, sights={0: page})], tmp_path / "out")
    (one,) = [json.loads(line) for line in (tmp_path / "out/steps.jsonl").read_text().splitlines()]
    assert one["action_by_place"] == "mouse_click(40, 107.5)"


def test_every_act_is_a_call_with_literals(tmp_path: Path):
    """BrowserGym parses acts as Python calls; whatever was typed stays inside its quotes."""
    for one in steps(tmp_path, (*EVERY, act("type", CUSTOMER, text="')\nnoop('\\"))):
        for line in ast.parse(one["action"]).body:
            assert isinstance(line, ast.Expr)
            assert isinstance(line.value, ast.Call)
            assert all(ast.literal_eval(value) is not None for value in line.value.args)
