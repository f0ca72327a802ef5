"""Can a person be known by their typing? Made-up typists, an attacker, and gates that may only be made tighter."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from byhand.evals.rhythm import people as tables
from byhand.evals.rhythm.attack import attack, eer
from byhand.evals.rhythm.people import People, Stroke, coarse, drawn
from byhand.evals.rhythm.through import kept, through_the_guard
from byhand.evals.rhythm.typists import typists
from byhand.evals.suites import timing
from tests.evals.gates import gate

PEOPLE, SAMPLES = 20, 20


@pytest.fixture(scope="module")
def crowd() -> People:
    return typists(PEOPLE, SAMPLES, seed=3)


def test_true_times_tell_who_types(crowd: People) -> None:
    """Or the next tests would prove nothing; quantising hardly helps."""
    raw, _ = timing.rates(crowd)
    quantised, _ = timing.rates(coarse(crowd, 50))
    assert raw.eer.value <= gate("timing", "raw_eer_most")
    assert quantised.eer.value <= 25


def test_drawn_times_do_not(crowd: People) -> None:
    """Of a table, with what chance may do to so few looks."""
    _hold_the_gate(drawn(crowd, b"gate"))


def test_nor_does_what_the_guard_keeps(crowd: People) -> None:
    """Of a recording: the events as they are written, with all that stands beside the keys."""
    _hold_the_gate(through_the_guard(crowd, b"gate"))


def _hold_the_gate(people: People) -> None:
    worst, first = timing.rates(people)
    genuine = PEOPLE * round(SAMPLES * 0.4)
    chance_error = 100 * 1.65 * 0.5 / math.sqrt(genuine)  # one-sided, 95 %
    assert worst.eer.value >= gate("timing", "drawn_eer_least") - chance_error
    shares = first.chance / 100
    luck = 100 * 1.65 * math.sqrt(shares * (1 - shares) / genuine)
    assert first.rank1.value <= gate("timing", "rank1_most") * first.chance + luck


def test_fast_and_slow_are_told_at_the_same_speed() -> None:
    """How long a burst takes is the population's: somebody at twice the speed leaves the same events."""

    def at(step: float) -> list[list[Stroke]]:
        return kept([[Stroke("", "letter", n * step, n * step + step / 2) for n in range(60)]], b"seed")

    slow, fast = at(600), at(90)
    assert [[s.down for s in one] for one in slow] == [[s.down for s in one] for one in fast]


def test_an_equal_error_rate_is_where_both_errors_are_equal() -> None:
    """Perfect, useless and half-way attackers."""
    near, far = np.arange(0.0, 10.0), np.arange(10.0, 20.0)
    assert eer(near, far) == 0
    assert eer(np.arange(100.0), np.arange(100.0)) == pytest.approx(50, abs=1)
    assert eer(far, near) > 90


def test_strangers_times_do_not_tell_people_apart() -> None:
    """The attack itself finds nothing where there is nothing: no leak from one part of its data to the other."""
    alike = typists(1, 300, seed=5)["typist-0"]
    people = {str(n): alike[n * 15 : n * 15 + 15] for n in range(20)}
    for way in ("manhattan", "discriminant"):
        assert attack(people, way=way).eer.value == pytest.approx(50, abs=11)


def test_drawn_times_can_be_used(crowd: People) -> None:
    """None is negative, none before the one before it, and people do not type in lockstep."""
    told = drawn(crowd, b"use")
    assert timing.usable(told)
    assert timing.lockstep(told)[0] < 0.02
    assert timing.lockstep({"robot": [[Stroke("a", "letter", n * 80.0, n * 80.0 + 40) for n in range(50)]]})[0] == 1


def test_tables_are_read(tmp_path: Path) -> None:
    """The two forms that are measured on; lines that are none of theirs are passed over."""
    aalto, cmu = tmp_path / "aalto-keystroke", tmp_path / "cmu-keystroke"
    aalto.mkdir()
    cmu.mkdir()
    lines = [
        f"1\t{10 + sentence}\tS\tS\t{n}\t{1_000_000 + sentence * 9_000 + n * 200}\t"
        f"{1_000_000 + sentence * 9_000 + n * 200 + 90}\ta\t{65 + n}"
        for sentence in range(12)
        for n in range(12)
    ]
    (aalto / "1_keystrokes.txt").write_text("\n".join(["HEAD", "broken\tline", *lines]), encoding="latin-1")
    (cmu / "x.csv").write_text("who,row,H.t_ms,H.five_ms,DD.t.five_ms\n0,0,90.5,70,200\n0,1,80,60,210\n")
    ((samples,),) = [tuple(tables.aalto(aalto).values())]
    assert (len(samples), len(samples[0])) == (12, 12)
    assert tables.cmu(cmu) == {
        "0": [
            [Stroke("t", "letter", 0.0, 90.5), Stroke("five", "digit", 200.0, 270.0)],
            [Stroke("t", "letter", 0.0, 80.0), Stroke("five", "digit", 210.0, 270.0)],
        ]
    }


def test_a_folder_without_these_tables_gives_no_figure(tmp_path: Path) -> None:
    """What was not measured is not told."""
    assert timing.measure(tmp_path) == []
