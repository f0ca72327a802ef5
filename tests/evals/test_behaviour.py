"""Are made hands judged rightly? Made-up typists and ways, of which it is known what must come out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from byhand.cli import main
from byhand.evals.behaviour import detector, typing
from byhand.evals.behaviour.distance import between
from byhand.evals.behaviour.pointing import balabit, told
from byhand.evals.rhythm.typists import typists
from byhand.evals.suites.behaviour import of_pointing, of_typing
from byhand.models.behaviour.pointer import PUBLISHED


def test_a_detector_finds_what_differs_and_nothing_else() -> None:
    """Chance where both are the same; near 1 where one is wider, which only a square shows."""
    dice = np.random.default_rng(1)
    same = [dice.standard_normal((30, 3)) for _ in range(40)]
    wide = [dice.standard_normal((30, 3)) * 3 for _ in range(20)]
    value, low, high = detector.tried(same[:20], same[20:])
    assert low <= value <= high
    assert abs(value - 0.5) < 0.1
    assert detector.tried(same[:20], wide)[0] > 0.9


def test_the_distances_are_those_of_the_books() -> None:
    """Moved by 30 ms, times are 30 ms apart; of two that don't overlap the KS distance is 1."""
    one = np.arange(100.0, 200.0)
    ks, wasserstein = between([one, one], [one + 30])
    assert ks[0] == pytest.approx(0.3)
    assert wasserstein[0] == pytest.approx(30)
    assert between([one], [one + 100])[0][0] == 1
    assert between([one], [one])[1][0] == 0


def test_the_model_stands_beside_simpler_ones() -> None:
    """On people it was not fitted to: about as near as the times of others are, and harder to tell from people than
    those drawn one by one.
    """
    rows = {figure.row: figure for figure in of_typing(typists(40, 12, seed=3), "aalto")}
    assert rows["typing aalto AUC model"].value < rows["typing aalto AUC drawn"].value
    for part in ("hold", "flight"):
        drawn = rows[f"typing aalto {part} KS drawn"].value
        assert rows[f"typing aalto {part} KS model"].value < drawn + 0.08
    assert all(figure.low <= figure.value <= figure.high and figure.n > 0 for figure in rows.values())
    assert "24 people learned from, 16 held out" in rows["typing aalto AUC model"].note


def test_nobody_is_both_learned_from_and_held_out() -> None:
    """A sample of each person is taken evenly, and a look is some 40 keys of one person."""
    table = typing.told(typists(3, 20, seed=1), most=5)
    assert [len(samples) for samples in table.values()] == [5, 5, 5]
    looks = typing.looks(table["typist-0"])
    assert looks.shape[1] == 9
    assert 2 <= len(looks) <= 5


def test_a_model_of_its_own_ways_can_hardly_be_told_from_them() -> None:
    """Ways made by one set of parameters: Fitts' law, fitted again, tells their times, and the detector is near
    chance. With the published ones it is not.
    """
    true = PUBLISHED._replace(a=0.4, b=0.2, spread=0.3, bow=0.2)
    people = {}
    for n in range(10):
        dice = np.random.default_rng(n)
        people[f"p{n}"] = [true.way((0, 0), (x, y), 32, dice) for x, y in dice.uniform(40, 900, (60, 2)).tolist()]
    rows = {figure.row: figure.value for figure in of_pointing(people, "made")}
    assert rows["pointer made law model"] > 0.6
    assert rows["pointer made AUC model"] < 0.75
    assert rows["pointer made AUC published"] > 0.85


def test_what_explains_less_than_the_mean_is_below_zero() -> None:
    """R2 of a prediction is not a correlation: a line with the right slope in the wrong place is worth nothing."""
    truth = np.array([1.0, 2.0, 3.0])
    assert told(truth, truth) == 1
    assert told(truth, truth + 5) < 0


def test_the_verb_reads_a_folder_and_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mouse's data of ten people gives its rows as JSON; an empty folder is refused in a sentence."""
    assert main(["eval", "behaviour", "--data", str(tmp_path)]) == 2
    assert "no data to measure on" in capsys.readouterr().err
    for n in range(10):
        _session(tmp_path / "balabit-mouse" / f"user{n}" / "session_1", n)
    assert len(balabit(tmp_path / "balabit-mouse")["user3"]) == 44
    assert main(["eval", "behaviour", "--data", str(tmp_path), "--json"]) == 0
    rows = {row["row"]: row for row in json.loads(capsys.readouterr().out)["figures"]}
    assert rows["pointer balabit AUC model"]["n"] > 0
    assert 0 <= rows["pointer balabit Fitts R2 real"]["value"] <= 1


def _session(path: Path, seed: int) -> None:
    path.parent.mkdir(parents=True)
    dice = np.random.default_rng(seed)
    lines, at, x, y = ["record timestamp,client timestamp,button,state,x,y"], 0.0, 500.0, 500.0
    for _ in range(44):
        angle, far = dice.uniform(0, 6.28), dice.uniform(100, 450)
        way = PUBLISHED._replace(a=0.6).way(
            (x, y), (500 + far * np.cos(angle), 500 + far * np.sin(angle)), 32, dice, step_s=0.05
        )
        lines += [
            f"{at + t},{at + t},NoButton,Move,{px:.0f},{py:.0f}"
            for t, px, py in zip(way.t.tolist(), way.x.tolist(), way.y.tolist(), strict=True)
        ]
        at, x, y = at + float(way.t[-1]), round(float(way.x[-1])), round(float(way.y[-1]))
        lines += [f"{at + 0.1},{at + 0.1},Left,Pressed,{x},{y}", f"{at + 0.2},{at + 0.2},Left,Released,{x},{y}"]
        at += 2
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
