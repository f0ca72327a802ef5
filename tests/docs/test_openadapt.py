"""The peer's column of the page of figures: what it is given, what it is asked, and what is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.drifted import Ran
from bench.openadapt import chores
from bench.openadapt.chores import acts, frozen, given, hand_of
from bench.openadapt.figures import Measured, by, left_out, texts
from bench.openadapt.outcomes import REFUSED, SHOWN, Beside, Kept, drifted, why
from bench.openadapt.peer import Absent, Broken, Peer
from bench.showing import shown_row
from byhand.evals.office.catalog import FAMILIES, rows
from byhand.evals.office.drifts import DRIFTS

RULE = "moderation-rule"
AWAY = "tickets-away"


def ran(verdict: str, state: str, *drifts: str, number: int = SHOWN, reason: str = "", kind: str = "") -> Ran:
    return Ran(RULE, drifts, number, verdict, state, kind, reason, 10, 4.0, 0, typed_over=False)


def test_it_is_shown_the_same_acts_with_a_date_as_its_field_wants_it():
    """A family's hand, all texts filled in; what is typed is named by the row's column."""
    family = FAMILIES[RULE]
    row = shown_row(family)
    told = {act["name"]: act for act in acts(hand_of(family, "whole"), row)}
    year, month, day = row.values["since"].split("-")
    assert told["Valid from"]["value"] == f"{month}/{day}/{year}"
    assert (told["Code"]["value"], told["Code"]["column"]) == (row.values["code"], "code")
    assert "Search" in told
    assert "Search" not in {act["name"] for act in acts(hand_of(family, "bare"), row)}


def test_what_it_froze_is_told_and_not_given():
    """No row is run with a value of the shown one; what is as shown, or has a parameter, is no hindrance."""
    family = FAMILIES[AWAY]
    hand, shown = hand_of(family, "whole"), shown_row(family)
    other = next(row for row in rows(family, 7) if row.values["team"] != shown.values["team"])
    assert frozen(family, hand, other, frozenset({"name"})) == ["team"]
    assert frozen(family, hand, other, frozenset({"name", "team"})) == []
    assert frozen(family, hand, shown, frozenset()) == []
    assert given(hand, other, frozenset({"name"})) == {"name": other.values["name"]}


def test_a_reason_holds_nothing_that_was_read_or_typed():
    """The kind of stop, and the parameter where it names one."""
    seen = "Identity check failed for step 'step_002' (click 'Show'): observed 'Maren' (parameter 'name')"
    typed = (
        "Typed input could not be verified for step 'step_007' (type <since>): the typed value is not readable there"
    )
    assert why({"error": seen}) == "Identity check failed"
    assert why({"error": typed}) == "Typed input could not be verified, since"
    assert why({"error": "Step 'step_012' (click 'Maren') is irreversible: refusing"}) == "is irreversible"
    assert why({"refused": "SystemExit: unknown 'Maren'"}) == "SystemExit"
    assert why({}) == "no reason"


def test_each_drift_meets_each_chore_once_and_no_chore_waits_for_another():
    """However early it ends, all chores have had as many drifts."""
    cases = list(drifted((RULE, AWAY)))
    assert len(set(cases)) == len(cases) == 2 * len(DRIFTS)
    for end in range(0, len(cases), 2):
        assert sum(one.family == RULE for one in cases[:end]) == end / 2


def test_failures_to_run_are_told_and_not_counted():
    """Drifts count for chores that it can redo; a chore that could not be shown has its reason beside the figure."""
    found = Measured((RULE, AWAY), unshown={AWAY: "show: PlaywrightError"})
    found.shown = {RULE: ran("right", "done")}
    found.rows = [
        ran("right", "done", number=0),
        ran("nothing", "stopped", number=1, reason="Postconditions failed"),
        ran("nothing", "stopped", number=1, reason="froze since", kind=REFUSED),
    ]
    found.drifts = [
        ran("right", "done", "LABELS"),
        ran("nothing", "stopped", "LAYOUT", reason="Identity check failed"),
        ran("wrong", "done", "MEANING"),
        ran("nothing", "stopped", "POPUP"),
        ran("nothing", "done", "DROPPED"),
    ]
    found.wanted = 22
    told = texts(found)
    assert "1 of 2 other rows right; the shown row itself again in 1 of 1 families; 1 x Postconditions" in told.rows
    assert told.rows.endswith("not run: 1 x family, show: PlaywrightError, 1 x row, froze since")
    assert "0.40 s" in told.step
    assert "1 of 2, with the shown values, on the 1 of 2 families that it can redo, 5 of 22 done" in told.possible
    assert "1 of 2" in told.needless
    assert "1 of 2; 0 typed over the page, 1 finished all the same" in told.must
    assert "2 finished, exit status 0, and not so, in 8 rows" in told.silent
    assert "0 of 1" in told.dropped


def test_nothing_measured_says_so_in_each_row():
    """No share of nothing."""
    assert "none run" in texts(Measured((RULE,))).possible
    assert left_out("not in this run").dropped == "not in this run"


def test_a_peer_that_gives_no_answer_is_told_and_can_be_asked_again(tmp_path: Path):
    """Its process is gone then; the next question begins another."""
    peer = Peer(lambda: Path("/bin/true"), tmp_path)
    for _ in range(2):
        with pytest.raises(Broken):
            peer.ask("compile")
        assert peer.process is None


def test_what_was_done_before_is_told_where_the_peer_can_not_be_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """An interrupted line is thrown away, and nothing is run."""

    def nowhere() -> Path:
        raise Absent("no network")

    monkeypatch.setattr(chores, "CACHE", tmp_path)
    path = tmp_path / "kept.jsonl"
    before = Kept(path)
    before.add("whole", ran("nothing", "stopped"))
    before.add("whole", ran("nothing", "stopped", number=1))
    with path.open("ab") as out:
        out.write(b'{"shape":"wh')
    beside = Beside(Peer(nowhere, tmp_path / "home"), Kept(path), lambda: False, lambda _shape, _ran: None)
    found = by(beside, (RULE, AWAY))
    assert [one.number for one in (*found.shown.values(), *found.rows)] == [SHOWN, 1]
    assert (beside.absent, found.redone, found.unshown) == ("no network", [], {})
