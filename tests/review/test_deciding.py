"""Promises of review.deciding: approving binds to the very bytes, and everything else voids it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from byhand.vault.grants import withdraw
from tests.review.house import House, house
from tests.review.recordings import header


def _sql(home: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(home / "vault.sqlite")
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def _flip(home: Path, table: str = "segments", where: str = "1") -> None:
    connection = sqlite3.connect(home / "vault.sqlite")
    (sealed,) = connection.execute(f"SELECT sealed FROM {table} WHERE {where}").fetchone()
    raw = bytearray(sealed)
    raw[len(raw) // 2] ^= 1
    connection.execute(f"UPDATE {table} SET sealed=? WHERE {where}", (bytes(raw),))
    connection.commit()
    connection.close()


def test_approving_names_the_bytes_and_is_written_into_the_ledger(tmp_path: Path) -> None:
    """Then it is kept by retention, and the list says approved."""
    with house(tmp_path) as home:
        answer = home.approve()
        assert answer.status_code == 200
        told = answer.json()
        assert (told["state"], told["sha256"]) == ("approved", home.artefact()["sha256"])
        assert home.state() == "approved"
        assert home.kinds() == ["read", "approve"]
        line = home.books.lines()[0]
        assert (line.recording, line.group) == ("first", "shares")
        assert home.vault.recordings()[0].reviewed


def test_other_bytes_are_not_approved(tmp_path: Path) -> None:
    """What the person looked at must be what would leave now."""
    with house(tmp_path) as home:
        seen = home.artefact()["sha256"]
        home.edit({"kind": "cut_app", "app": "notes"})
        for sha256 in (seen, "0" * 64):
            answer = home.post("recordings/first/approve", {"sha256": sha256})
            assert (answer.status_code, answer.json()["code"]) == (409, "not_these_bytes")
        assert home.state() == "edited"
        assert home.kinds() == ["read"]


def _edit(home: House) -> None:
    home.edit({"kind": "cut_app", "app": "notes"})


def _undo(home: House) -> None:
    draft = home.get("recordings/first/edits").json()
    assert home.post("recordings/first/undo", {"revision": draft["revision"]}).status_code == 200


def _forget_part(home: House) -> None:
    home.vault.forget_app("notes")


def _forget_page(home: House) -> None:
    answer = home.post("forget", {"last_s": 5, "sure": True})
    assert answer.json()["part"] == ["first"]


def _tamper_segment(home: House) -> None:
    _flip(home.home)


def _tamper_draft(home: House) -> None:
    _flip(home.home, "sheets", "name='edits'")


def _tamper_approval(home: House) -> None:
    _flip(home.home, "sheets", "name='approval'")


def _swap_sheets(home: House) -> None:
    _sql(home.home, "UPDATE sheets SET sealed=(SELECT sealed FROM sheets WHERE name='approval') WHERE name='edits'")


def _remove_draft(home: House) -> None:
    _sql(home.home, "DELETE FROM sheets WHERE name='edits'")


def _lose_events(home: House) -> None:
    _sql(home.home, "DELETE FROM segments")


def _withdraw(home: House) -> None:
    withdraw(home.home, "agrant", 1)


def _break_ledger(home: House) -> None:
    file = home.home / "ledger.jsonl"
    file.write_bytes(b"")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_edit, "void"), (_undo, "void"), (_forget_part, "void"), (_forget_page, "void"), (_remove_draft, "void"),
        (_withdraw, "void"), (_break_ledger, "void"), (_tamper_segment, "damaged"), (_tamper_draft, "damaged"),
        (_tamper_approval, "damaged"), (_swap_sheets, "damaged"), (_lose_events, "damaged"),
    ],
)  # fmt: skip
def test_any_change_voids_the_approval(tmp_path: Path, change: Callable[[House], None], says: str) -> None:
    """An edit, an undo, a forgetting, a withdrawal, tampering with anything: found by making the bytes again."""
    with house(tmp_path) as home:
        home.edit({"kind": "paint", "x": 0, "y": 0, "w": 50, "h": 50, "start": 0, "end": 9000})
        assert home.approve().json()["state"] == "approved"
        assert home.state() == "approved"
        change(home)
        assert home.state() == says
        detail = home.get("recordings/first")
        assert detail.status_code != 200 or detail.json()["approval"]["state"] == "void"


def test_an_approval_taken_back_can_not_be_put_back_by_restoring_its_row(tmp_path: Path) -> None:
    """The ledger has the last word: a copy of the sheet from before is not enough."""
    with house(tmp_path) as home:
        home.approve()
        row = sqlite3.connect(tmp_path / "vault.sqlite").execute("SELECT * FROM sheets").fetchone()
        assert home.post("recordings/first/take-back", {}).json()["state"] == "none"
        assert home.state() == "untouched"
        _sql(tmp_path, "INSERT INTO sheets VALUES (?,?,?)", *row)
        assert home.state() == "void"


def test_undoing_the_edit_that_voided_it_makes_the_approval_hold_again(tmp_path: Path) -> None:
    """It names bytes; those bytes are what would leave again."""
    with house(tmp_path) as home:
        home.approve()
        home.edit({"kind": "cut_app", "app": "notes"})
        assert home.state() == "void"
        _undo(home)
        assert home.state() == "approved"


@pytest.mark.parametrize("change", [_tamper_segment, _tamper_draft, _tamper_approval, _lose_events])
def test_of_a_tampered_vault_what_is_damaged_is_shown_and_nothing_is_approved(
    tmp_path: Path, change: Callable[[House], None]
) -> None:
    """And nothing of the attempt stands in the ledger."""
    with house(tmp_path) as home:
        home.edit({"kind": "cut_app", "app": "notes"})
        home.approve()
        change(home)
        assert home.get("recordings/first").json()["problems"]
        told = home.artefact()
        assert (told["approvable"], told["code"]) == (False, "damaged")
        answer = home.post("recordings/first/approve", {"sha256": told["sha256"]})
        assert (answer.status_code, answer.json()["code"]) == (409, "damaged")
        assert home.kinds().count("approve") == 1


def test_a_recording_for_ones_own_use_can_be_edited_and_never_approved(tmp_path: Path) -> None:
    """Whatever is clicked, and also when its row is relabelled."""
    with house(tmp_path, header(purpose="mine")) as home:
        home.edit({"kind": "cut_app", "app": "notes"})
        told = home.artefact()
        assert (told["approvable"], told["code"]) == (False, "mine_only")
        answer = home.approve()
        assert (answer.status_code, answer.json()["code"]) == (409, "mine_only")
        assert answer.json()["fate"] == "nothing was approved"
        assert home.state() == "mine"
        _sql(tmp_path, "UPDATE recordings SET purpose='train'")
        assert home.state() == "damaged"
        assert home.post("recordings/first/approve", {"sha256": told["sha256"]}).status_code == 500
        assert "approve" not in home.kinds()


def test_under_a_consent_that_was_taken_back_nothing_is_approved(tmp_path: Path) -> None:
    """A no said later is a no."""
    with house(tmp_path) as home:
        withdraw(tmp_path, "agrant", 1)
        assert home.approve().json()["code"] == "withdrawn"


def test_edits_are_a_stack_that_can_be_undone_and_redone(tmp_path: Path) -> None:
    """A new edit empties what could be redone; beyond the ends there is nothing."""
    with house(tmp_path) as home:
        first = home.artefact()["sha256"]
        home.edit({"kind": "cut_app", "app": "notes"})
        second = home.artefact()["sha256"]
        _undo(home)
        assert home.artefact()["sha256"] == first
        assert home.post("recordings/first/redo", {"revision": 2}).json()["undone"] == 0
        assert home.artefact()["sha256"] == second
        assert home.post("recordings/first/redo", {"revision": 3}).json()["code"] == "nothing_to_undo"
        _undo(home)
        home.edit({"kind": "cut_time", "start": 0, "end": 50})
        assert home.post("recordings/first/redo", {"revision": 5}).json()["code"] == "nothing_to_undo"
        _undo(home)
        assert home.post("recordings/first/undo", {"revision": 6}).json()["code"] == "nothing_to_undo"


def test_an_edit_on_a_draft_that_moved_on_is_refused(tmp_path: Path) -> None:
    """Two tabs do not overwrite each other."""
    with house(tmp_path) as home:
        home.edit({"kind": "cut_app", "app": "notes"})
        late = home.post("recordings/first/edits", {"revision": 0, "edit": {"kind": "cut_app", "app": "mail"}})
        assert (late.status_code, late.json()["code"]) == (409, "moved_on")
        assert len(home.get("recordings/first/edits").json()["edits"]) == 1


@pytest.mark.parametrize(
    "edit",
    [
        {"kind": "cut_events", "first": 5, "last": 4},
        {"kind": "cut_events", "first": 0, "last": 5000},
        {"kind": "cut_app", "app": "no such program"},
        {"kind": "cut_time", "start": 5, "end": 4},
        {"kind": "paint", "x": 0, "y": 0, "w": 0, "h": 5, "start": 0, "end": 1},
        {"kind": "paint", "x": 9000, "y": 0, "w": 5, "h": 5, "start": 0, "end": 1},
        {"kind": "paint", "x": 0, "y": 0, "w": 5, "h": 5, "start": 2, "end": 1},
        {"kind": "label", "mark": 0, "task": "x", "outcome": ""},
        {"kind": "label", "mark": -1, "task": "x", "outcome": ""},
        {"kind": "task", "first": 5, "last": 4, "task": "x"},
        {"kind": "task", "first": 2, "last": 5000, "task": "x"},
        {"kind": "task", "first": 0, "last": 5, "task": "over one that is there"},
        {"kind": "note", "seq": 5000, "text": "x"},
    ],
)
def test_an_edit_that_fits_nothing_is_refused(tmp_path: Path, edit: dict[str, object]) -> None:
    """And the draft is as it was."""
    with house(tmp_path) as home:
        answer = home.post("recordings/first/edits", {"revision": 0, "edit": edit})
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_edit")
        assert home.get("recordings/first/edits").json()["revision"] == 0


@pytest.mark.parametrize(
    "edit",
    [
        {"kind": "cut_events", "first": -1, "last": 4},
        {"kind": "cut_events", "first": 0, "last": 1e9},
        {"kind": "cut_events", "first": 0, "last": 10**30},
        {"kind": "note", "seq": 1, "text": "x" * 2001},
        {"kind": "note", "seq": 1, "text": ""},
        {"kind": "label", "mark": 1, "task": "x", "outcome": "won"},
        {"kind": "cut_app", "app": "mail", "more": 1},
        {"kind": "share_it"},
        {},
        None,
    ],
)
def test_what_is_no_edit_is_refused(tmp_path: Path, edit: object) -> None:
    """By its form alone."""
    with house(tmp_path) as home:
        answer = home.post("recordings/first/edits", {"revision": 0, "edit": edit})
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_edits_follow_their_events_when_a_part_is_forgotten(tmp_path: Path) -> None:
    """What was cut stays cut, though its number is another now; an edit about what is gone goes with it."""
    with house(tmp_path) as home:
        rows = home.get("recordings/first/story").json()["rows"]
        send = next(row for row in rows if row["what"] == 'button "Send"')
        noted = next(row for row in rows if "TITLECANARY" in row["what"])
        home.edit({"kind": "cut_events", "first": send["seq"], "last": send["until"]})
        home.edit({"kind": "note", "seq": noted["seq"], "text": "the wrong program"})
        assert home.state() == "edited"
        home.vault.forget_app("notes")
        draft = home.get("recordings/first/edits").json()
        assert [made["edit"]["kind"] for made in draft["edits"]] == ["cut_events"]
        assert draft["revision"] == 3
        told = home.artefact()
        assert not any(row["what"] == 'button "Send"' for row in told["rows"])
        assert any(row["what"] == 'button "Reply"' for row in told["rows"])
        home.edit({"kind": "cut_time", "start": 0, "end": 10})
        assert home.get("recordings/first/edits").json()["revision"] == 4


def test_forgetting_a_recording_takes_everything_beside_it(tmp_path: Path) -> None:
    """It is gone from the list, from every route, from the table of sheets; the ledger says so."""
    with house(tmp_path) as home:
        _edit(home)
        home.approve()
        assert home.post("recordings/first/forget", {"sure": True}).json()["whole"] == ["first"]
        assert home.get("recordings").json()["recordings"] == []
        for path in ("", "/scene", "/story", "/edits", "/artefact", "/artefact/bytes"):
            assert home.get(f"recordings/first{path}").status_code == 404
        assert home.post("recordings/first/approve", {"sha256": "0" * 64}).status_code == 404
        assert home.vault._database.rows("SELECT count(*) FROM sheets") == [(0,)]
        assert home.kinds()[-1] == "forget"


def test_forgetting_needs_to_be_meant(tmp_path: Path) -> None:
    """`sure` stands in the body, or nothing happens."""
    with house(tmp_path) as home:
        assert home.post("recordings/first/forget", {}).status_code == 400
        assert home.post("recordings/first/forget", {"sure": False}).status_code == 400
        assert home.post("forget", {"last_s": 0, "sure": True}).status_code == 400
        assert home.get("recordings").json()["recordings"]


def test_forgetting_the_last_minutes_tells_the_recorder_first(tmp_path: Path) -> None:
    """What it still holds of that time goes, too."""
    with house(tmp_path) as home:
        home.post("forget", {"last_s": 5, "sure": True})
        assert home.told == [5 * 10**9]
        rows = home.get("recordings/first/story").json()["rows"]
        assert not any(row["what"] == 'button "Send"' for row in rows)


def test_when_the_ledger_can_not_be_written_nothing_is_approved(tmp_path: Path) -> None:
    """No approval is ever without its entry."""
    with house(tmp_path) as home:
        told = home.artefact()
        (tmp_path / "ledger.jsonl").write_bytes(b"not a ledger\n")
        answer = home.post("recordings/first/approve", {"sha256": told["sha256"]})
        assert answer.status_code == 500
        assert home.vault.sheet("first", "approval") is None


def test_a_cut_word_is_in_no_response_about_what_would_leave(tmp_path: Path) -> None:
    """Planted in keys, text, title, name, wireframe and pixels; cut and painted; every answer searched."""
    with house(tmp_path) as home:
        home.edit({"kind": "cut_app", "app": "notes"})
        home.edit({"kind": "paint", "x": 64, "y": 0, "w": 64, "h": 64, "start": 3900, "end": 6000})
        start = len(home.seen)
        for path in ("", "/scene", "/events", "/bytes"):
            home.get(f"recordings/first/artefact{path}")
        home.approve()
        home.get("ledger")
        for response in home.seen[start:]:
            for canary in (b"PIXELCANARY", b"WIRECANARY", b"BUTTONCANARY", b"TITLECANARY", b"wordcanary"):
                assert canary not in response.content
