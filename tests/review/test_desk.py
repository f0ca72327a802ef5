"""Promises of review.desk: what the page is told, and what it is never told."""

from __future__ import annotations

from pathlib import Path

import pytest

from byhand.events.kinds import Element, Text
from byhand.review import artefact
from byhand.vault.keys import MemoryStore
from byhand.vault.store import Summary, Vault
from tests.review.house import house
from tests.review.recordings import UTC, Pen, header, keep, work


def test_the_list_tells_what_each_recording_is_for_and_how_far_it_is(tmp_path: Path) -> None:
    """Newest first; the one for one's own use says that it can't be shared."""
    with house(tmp_path, header(), header("second", "mine", utc_ns=UTC + 10**12)) as home:
        cards = home.get("recordings").json()["recordings"]
        assert [(card["id"], card["purpose"], card["review"]) for card in cards] == [
            ("second", "mine", "mine"), ("first", "train", "untouched"),
        ]  # fmt: skip
        assert cards[1]["events"] == len(work().events)
        assert cards[1]["seconds"] == 15.0
        assert cards[1]["dropped"] == {"password field": 2}
        assert (cards[1]["task"], cards[1]["apps"]) == ("answer the mail", ["mail", "notes"])


def test_opening_a_recording_is_noted_once_a_run_and_looking_at_the_list_is_not(tmp_path: Path) -> None:
    """As with every other reading."""
    with house(tmp_path) as home:
        home.get("recordings")
        assert home.kinds() == []
        for path in ("", "/scene", "/story", "/masked", "/artefact"):
            assert home.get(f"recordings/first{path}").status_code == 200
        assert home.kinds() == ["read"]
        line = home.get("ledger").json()["entries"][0]
        assert (line["group"], line["says"], line["recording"]) == ("reads", "recording read", "first")


def test_the_story_can_be_searched_and_shows_what_the_draft_does(tmp_path: Path) -> None:
    """Every word of the question, in any case; rows that are cut stay listed and say so."""
    with house(tmp_path) as home:
        rows = home.get("recordings/first/story").json()
        assert rows["of"] == len(rows["rows"])
        found = home.get("recordings/first/story?q=CLICK reply").json()["rows"]
        assert [row["what"] for row in found] == ['button "Reply"']
        assert home.get("recordings/first/story?q=nowhere").json() == {"rows": [], "of": rows["of"]}
        home.edit({"kind": "cut_events", "first": found[0]["seq"], "last": found[0]["until"]})
        cut = [row["what"] for row in home.get("recordings/first/story").json()["rows"] if row["cut"]]
        assert cut == ['button "Reply"']
        home.edit({"kind": "label", "mark": 1, "task": "sort it", "outcome": "done"})
        told = home.get("recordings/first/story?q=task").json()["rows"]
        assert "sort it" in [row["what"] for row in told]


def test_rows_stand_for_every_event_between_them(tmp_path: Path) -> None:
    """Cutting all rows cuts all events."""
    with house(tmp_path) as home:
        rows = home.get("recordings/first/story").json()["rows"]
        covered = sorted(seq for row in rows for seq in range(row["seq"], row["until"] + 1))
        assert covered == list(range(len(work().events)))


def test_what_was_masked_is_told_by_type_count_and_time_never_by_content(tmp_path: Path) -> None:
    """Placeholders of our kinds by their kind; what somebody typed in brackets only as being there."""
    pen = (
        Pen().mark(0, "start").focus(10, "mail", "<EMAIL> and <NAME-2>").mark(500, "withheld", reason="password field")
    )
    pen.events.append(Text(*pen._at(600), "text.typed", "typed", "<EMAIL-3> <SECRETPROJECT>", 1))
    pen.events.append(
        Element(*pen._at(700), "actions.element.masked", "press", "label", "", (), 0, 0, 5, 5, "", "", "")
    )
    with house(tmp_path, events=pen.events) as home:
        answer = home.get("recordings/first/masked")
        groups = {(one["sort"], one["code"]): (one["count"], one["times"]) for one in answer.json()["groups"]}
        assert groups["placeholder", "EMAIL"] == (2, [10, 600])
        assert groups["placeholder", "NAME"] == (1, [10])
        assert groups["placeholder", "OTHER"] == (1, [600])
        assert groups["withheld", "password field"] == (1, [500])
        assert groups["dropped", "password field"] == (2, [])
        assert groups["name", "actions.element.masked"] == (1, [700])
        assert "SECRETPROJECT" not in answer.text
        assert all(one["says"] for one in answer.json()["groups"])


@pytest.mark.parametrize("kind", ["FOLDER", "FILE", "HOST", "QUERY", "TITLE", "PART"])
def test_kinds_that_lists_and_addresses_mask_are_told_by_their_name(tmp_path: Path, kind: str) -> None:
    """Not only what detectors find: a masked folder is told as a folder."""
    pen = Pen().mark(0, "start").focus(10, "mail", f"<{kind}>")
    with house(tmp_path, events=pen.events) as home:
        groups = home.get("recordings/first/masked").json()["groups"]
        assert [one["code"] for one in groups if one["sort"] == "placeholder"] == [kind]


def test_what_would_leave_is_read_back_from_the_very_bytes(tmp_path: Path) -> None:
    """The hash is that of the bytes that can be taken; rows, counts and events are those of the bytes decoded."""
    with house(tmp_path) as home:
        home.edit({"kind": "cut_app", "app": "notes"})
        home.edit({"kind": "note", "seq": 1, "text": "this was not the mail I meant"})
        told = home.artefact()
        data = home.get("recordings/first/artefact/bytes")
        assert data.headers["content-disposition"] == f'attachment; filename="{told["sha256"]}.byhand"'
        assert artefact.name(data.content) == told["sha256"]
        shared = artefact.read(data.content)
        assert (told["bytes"], told["events"]) == (len(data.content), len(shared.events))
        assert (told["cut"], told["notes"]) == (1, 1)
        events = home.get("recordings/first/artefact/events?first=2&limit=3").json()
        assert (events["of"], [one["seq"] for one in events["events"]]) == (len(shared.events), [2, 3, 4])
        assert events["events"][0]["fields"]["by"] == shared.events[2].by
        for path in ("", "/scene", "/events"):
            assert "wordcanary" not in home.get(f"recordings/first/artefact{path}").text
            assert "TITLECANARY" not in home.get(f"recordings/first/artefact{path}").text


def test_the_second_look_finds_what_got_through_and_lets_nothing_be_approved(tmp_path: Path) -> None:
    """A hit tells where and which kind, not what; a person's own words are looked at as well."""
    pen = work()
    pen.events.append(Text(*pen._at(15_500), "text.typed", "typed", "card 4111 1111 1111 1111", 1))
    with house(tmp_path, events=pen.events) as home:
        told = home.artefact()
        assert [(hit["kind"], hit["field"]) for hit in told["hits"]] == [("CARD", "text")]
        assert (told["approvable"], told["code"]) == (False, "second_look")
        refused = home.approve()
        assert (refused.status_code, refused.json()["code"]) == (409, "second_look")
        assert "4111" not in refused.text
        seq = len(pen.events) - 1
        home.edit({"kind": "cut_events", "first": seq, "last": seq})
        assert home.approve().status_code == 200
        home.edit({"kind": "label", "mark": 1, "task": "mail anna.kowalska@example.com", "outcome": ""})
        assert home.artefact()["hits"][0]["kind"] == "EMAIL"
        assert home.state() == "void"


def test_the_guard_says_what_it_thinks_of_a_persons_own_words(tmp_path: Path) -> None:
    """And gives them masked; nothing of it is kept."""
    with house(tmp_path) as home:
        told = home.post("recordings/first/look", {"text": "mail to anna.kowalska@example.com"}).json()
        assert told["verdict"] == "masked"
        assert "kowalska" not in told["text"]
        assert home.vault.sheet("first", "edits") is None


def test_the_ledger_page_tells_groups_and_whether_it_is_whole(tmp_path: Path) -> None:
    """A changed line is named; erased words are called erased."""
    with house(tmp_path) as home:
        home.approve()
        home.post("recordings/first/take-back", {})
        answer = home.get("ledger").json()
        assert answer["verdict"]["ok"]
        assert [(one["kind"], one["group"]) for one in answer["entries"]] == [
            ("take_back", "shares"), ("approve", "shares"), ("read", "reads"),
        ]  # fmt: skip
        home.post("recordings/first/forget", {"sure": True})
        assert home.get("ledger").json()["entries"][0]["group"] == "erasures"
        home.vault.forget_all()
        assert all(one["erased"] for one in home.get("ledger").json()["entries"])
        file = tmp_path / "ledger.jsonl"
        file.write_bytes(file.read_bytes().replace(b'"approve"', b'"approvE"', 1))
        assert home.get("ledger").json()["verdict"]["ok"] is False


def test_a_recording_being_made_can_be_looked_at_and_not_decided_on(tmp_path: Path) -> None:
    """What is not over can't be judged."""
    keys = MemoryStore()
    with Vault.open(tmp_path, keys) as writer:
        with house(tmp_path / "other") as home:
            home.vault.begin(header("growing"))
            home.vault.append("growing", work().events)
            assert home.state("growing") == "open"
            assert home.get("recordings/growing/scene").status_code == 200
            edit = {"revision": 0, "edit": {"kind": "cut_app", "app": "mail"}}
            assert home.post("recordings/growing/edits", edit).json()["code"] == "still_recording"
            assert home.approve("growing").json()["code"] == "still_recording"
            home.vault.finish("growing", Summary(kept={}, dropped={}, lost=0, ended_utc_ns=UTC + 10**10))
            assert home.approve("growing").status_code == 200
        assert not writer.recordings()


def test_titles_with_halves_of_characters_do_not_break_a_page(tmp_path: Path) -> None:
    """Kept text may hold lone surrogates; JSON can't."""
    pen = Pen().mark(0, "start").focus(10, "mail", "broken \ud800 title").click(50, "Send")
    with house(tmp_path, events=pen.events) as home:
        for path in ("", "/scene", "/story", "/masked", "/artefact", "/artefact/scene", "/artefact/events"):
            assert home.get(f"recordings/first{path}").status_code == 200, path


def test_an_empty_recording_and_a_frame_without_tiles_do_not_break_a_page(tmp_path: Path) -> None:
    """Nothing was kept: there is nothing to share."""
    with house(tmp_path, events=[]) as home:
        for path in ("", "/scene", "/story", "/masked", "/artefact", "/artefact/scene", "/artefact/events"):
            assert home.get(f"recordings/first{path}").status_code == 200, path
        assert home.approve().json()["code"] == "nothing_left"


def test_what_was_dropped_before_is_in_no_response(tmp_path: Path) -> None:
    """A recording without the canaries, and every answer about it: they come from nowhere."""
    clean = Pen().mark(0, "start").focus(10, "mail").click(50, "Send").mark(900, "stop")
    with house(tmp_path, events=clean.events) as home:
        keep_canary = header("other", "mine")
        keep(tmp_path / "elsewhere", keep_canary)
        home.post("recordings/first/edits", {"revision": 0, "edit": {"kind": "cut_app", "app": "CANARY"}})
        home.post("recordings/CANARY/edits", {"revision": 0, "edit": {"kind": "cut_app", "app": "x"}})
        home.post("recordings/first/approve", {"sha256": "CANARY"})
        for path in ("", "/scene", "/story?q=CANARY", "/masked", "/artefact", "/artefact/events?first=CANARY"):
            home.get(f"recordings/first{path}")
        assert all("CANARY" not in response.text for response in home.seen)
