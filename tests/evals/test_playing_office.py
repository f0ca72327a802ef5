"""Tasks of the office in live pages: what is right is for the app's records to say."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from byhand.cli import extension
from byhand.cli.browsers import for_a_window
from byhand.errors import UsageFault
from byhand.evals.suites import office
from byhand.evals.suites.office import Played, score
from byhand.models.scripted import Scripted

SEED = 200_003


@pytest.fixture(scope="module")
def play() -> Iterator[office.Plays]:
    with office.playing(for_a_window(os.environ).program, extension.folder()) as one:
        yield one


def script(team: str) -> str:
    row, _ = office.asked("tickets-person", SEED)
    return f"""
        click "People"
        click "New person"
        type "Name" {row.values["name"]}
        select "Team" {team}
        type "E-mail" {row.values["email"]}
        click "Save"
        done
    """


def test_a_row_is_right_if_the_records_say_so(play: office.Plays):
    """Real Chromium, real input, and the very effect the row asks for; one act was such that a person is asked."""
    row, _ = office.asked("tickets-person", SEED)
    done = play(Scripted(script(row.values["team"])), "tickets-person", SEED, frozenset())
    assert (done.verdict, done.acts, done.asked, done.why) == ("right", 6, 1, "")


def test_a_wrong_value_is_not_right_and_nothing_is_nothing(play: office.Plays):
    """It said it was done each time; that counts for nothing."""
    row, _ = office.asked("tickets-person", SEED)
    other = next(one for one in ("Platform", "Web", "Mobile") if one != row.values["team"])
    assert play(Scripted(script(other)), "tickets-person", SEED, frozenset()).verdict == "wrong"
    assert play(Scripted("done"), "tickets-person", SEED, frozenset()).verdict == "nothing"


def test_a_score_says_what_those_that_failed_came_to():
    told = [
        Played("tickets-close", 1, "right", 3, 0, 1.0), Played("tickets-close", 2, "nothing", 1, 0, 1.0, "circles"),
        Played("tickets-close", 3, "wrong", 3, 1, 1.0), Played("tickets-close", 4, "right", 3, 0, 1.0),
    ]  # fmt: skip
    found = score("tickets-close", told)
    assert (found.n, found.successes, found.shown) == (4, 2, False)
    assert found.whys == {"nothing, circles": 1, "wrong": 1}


def test_families_are_chosen_by_name_or_set():
    assert set(office.chosen("")) == {*office.SETS["variants"], *office.SETS["families"]}
    assert office.chosen("families, tickets-close") == office.SETS["families"]
    with pytest.raises(UsageFault, match="table of its own"):
        office.chosen("invoices-lines")
    with pytest.raises(UsageFault, match="no such task"):
        office.chosen("invoices-burn")
    with pytest.raises(UsageFault, match="no drift"):
        office.drifts("LABELS,SHOUTING")


def test_seeds_that_are_learned_from_are_no_test():
    with pytest.raises(UsageFault, match="learned from"):
        next(
            office.measure(
                Scripted("done"), ("tickets-close",), 1, program="", extension=extension.folder(), seed_from=7
            )
        )
