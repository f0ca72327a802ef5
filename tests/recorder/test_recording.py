"""Whole recordings by the real process, of scripts: what begins, what ends, and what is left afterwards."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from byhand.consent.ledger import Verdict
from byhand.events.kinds import Button, Frame, Key, Mark
from byhand.recorder.control import Request, ask
from byhand.recorder.launch import spawn
from byhand.vault.grants import save_policy, withdraw
from byhand.vault.keys import FileStore, device_key
from byhand.vault.ledger_file import Ledger, verify
from tests.recorder.conftest import POLICY, Person

Give = Callable[..., Person]
CANARY = "Zq7canary9Vx"
WORK = f"""
00.0  focus   mail "Inbox" 0,0 800x600
00.1  click   "Reply" (push button)
00.4  element entry "Message"
00.5  type    "Hi"
01.2  secret  "{CANARY}"
+0.1  focus   bank "Account 4711" 0,0 300x300
+0.1  type    "{CANARY}"
+0.1  focus   mail
+0.1  click   "Send" (push button)
"""


def ledger(person: Person) -> Verdict:
    key = device_key(FileStore(person.home / "keys")).public_key()
    return verify(person.home / "ledger.jsonl", key)


def settle(person: Person) -> None:
    """Until the script has been taken in and written."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        reply = ask(person.home, Request("status"))
        if reply.status and reply.status.kept.get("button", 0) >= 4:
            time.sleep(0.8)
            return
        time.sleep(0.05)


def test_a_recording_holds_the_work_and_none_of_the_secrets(give: Give) -> None:
    """Clicks and classes of keys are kept; the password and the unlisted app are nowhere, not as bytes in any file."""
    person = give("actions")
    person.record(WORK, task="answer the mail")
    settle(person)
    last = person.end()
    assert last.error is None
    events = [one.event for one in person.events()]
    assert [event.down for event in events if isinstance(event, Button)] == [True, False] * 2
    marks = [(event.what, event.reason) for event in events if isinstance(event, Mark)]
    assert ("gap", "another app") in marks
    assert ("withheld", "password field") in marks
    assert [mark[0] for mark in marks][:2] == ["start", "task_begin"]
    assert [mark[0] for mark in marks][-2:] == ["task_end", "stop"]
    for path in person.home.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes(), path.name


def test_the_length_of_a_password_is_nowhere(give: Give) -> None:
    """Two recordings that differ only in how long the password is count and keep the same."""
    person = give("actions")
    told: list[tuple[object, object, int]] = []
    for secret in ("ab", "a-much-longer-secret-1234567890"):
        person.record(WORK.replace(CANARY, secret))
        settle(person)
        last = person.end()
        told.append((last.kept, last.dropped, len(person.events())))
    assert told[0] == told[1]


def test_no_grant_means_not_even_a_folder(home: Path) -> None:
    """Without consent the process ends with exit code 3 and leaves nothing on the disk."""
    process = spawn(home, "", driver="scripted:/dev/null")
    with process:
        last = Person.hear(process)
        assert process.wait(10) == 3
    assert last.error is not None
    assert "consent" in last.error.message
    assert not home.exists()


def test_an_expired_grant_records_nothing(give: Give) -> None:
    """A day after its end the grant is refused by name of the day."""
    person = give("actions", given=int(time.time()) - 3 * 86400)
    last = person.record(WORK)
    assert last.error is not None
    assert last.error.exit_code == 3
    assert "ended" in last.error.message
    assert not (person.home / "vault.sqlite").exists()


def test_a_changed_policy_needs_a_new_grant(give: Give) -> None:
    """One more line in the policy and the old yes no longer covers it."""
    person = give("actions")
    save_policy(person.home, (POLICY + '\n[[apps]]\nid = "bank"\n').encode())
    last = person.record(WORK)
    assert last.error is not None
    assert last.error.exit_code == 3


def test_a_forged_grant_is_refused(give: Give) -> None:
    """A stream added to the file by hand breaks the signature."""
    person = give("actions")
    path = person.home / "grants" / "grant1.json"
    path.write_bytes(path.read_bytes().replace(b'"actions"', b'"actions", "frames"'))
    last = person.record(WORK)
    assert last.error is not None
    assert last.error.exit_code == 3


def test_withdrawing_ends_the_recording_within_a_second_and_keeps_nothing_after(give: Give) -> None:
    """Also when only the file says so: no socket, no command line."""
    person = give("actions")
    person.record(WORK)
    settle(person)
    before = person.running[-1]
    withdraw(person.home, person.grant.id, int(time.time()))
    asked = time.monotonic()
    last = person.hear(before)
    assert time.monotonic() - asked < 10  # a second on an idle machine; else it would go on until it is told
    assert last.done
    assert not any(isinstance(one.event, Mark) and one.event.what == "stop" for one in person.events())
    assert person.record(WORK).error is not None


def test_a_second_recorder_is_told_of_the_first(give: Give) -> None:
    """The second says that one runs; the first goes on."""
    person = give("actions")
    person.record(WORK)
    second = person.record(WORK)
    assert second.error is not None
    assert "runs already" in second.error.message
    assert ask(person.home, Request("status")).status is not None
    person.running.reverse()
    assert person.end().error is None


def test_pausing_twice_and_resuming_leaves_two_marks(give: Give) -> None:
    """Pause and resume are events; pausing while paused is none."""
    person = give("actions")
    person.record(WORK)
    settle(person)
    for verb in ("pause", "pause", "resume"):
        reply = ask(person.home, Request(verb))  # type: ignore[arg-type]
        assert reply.error is None
    person.end()
    marks = [one.event.what for one in person.events() if isinstance(one.event, Mark)]
    assert marks.count("pause") == marks.count("resume") == 1


def test_for_a_while_means_for_that_while(give: Give) -> None:
    """`seconds` ends the recording by itself, properly."""
    person = give("actions")
    last = person.record(WORK, seconds=1.5, until="never")
    assert last.done
    assert last.error is None
    assert 1.5 <= last.seconds < 6


def test_a_lost_display_keeps_what_was_recorded(give: Give) -> None:
    """The display going away ends the recording with an error that says so, and what came before is there."""
    person = give("actions")
    last = person.record(WORK + "\n+0.2 lost\n", until="never")
    assert last.error is not None
    events = [one.event for one in person.events()]
    assert sum(isinstance(event, Button) for event in events) == 4


def test_a_clock_set_back_a_day_is_noticed(give: Give) -> None:
    """The ledger knows a later time than the clock: nothing is recorded until that is mended."""
    person = give("actions")
    person.record(WORK)
    settle(person)
    person.end()
    with person.vault() as vault:
        key = device_key(FileStore(person.home / "keys"))
        Ledger(person.home, key, vault.keep_detail).record("read", {}, at=int(time.time()) + 86400 + 600)
    last = person.record(WORK)
    assert last.error is not None
    assert "24 h behind" in last.error.message


def test_a_vanished_key_is_named(give: Give) -> None:
    """Without the keys nothing is recorded under new ones behind the person's back."""
    person = give("actions")
    for path in (person.home / "keys").iterdir():
        path.unlink()
    last = person.record(WORK)
    assert last.error is not None
    assert not (person.home / "vault.sqlite").exists()


def test_a_full_vault_stops_visibly_and_stays_readable(give: Give) -> None:
    """When the quota is used up the recording ends with an error, and what was kept before can be read."""
    person = give("actions", "pointer", policy=POLICY.replace("version = 1", "version = 1\nquota_mb = 10"))
    person.record(WORK)
    settle(person)
    person.end()
    with person.vault() as vault:
        first = vault.header(vault.recordings()[0].id)
        vault.begin(msgspec.structs.replace(first, recording="filler"))
        vault.append("filler", [Frame(1, 1000, "frames", "clock", 1, 1, 1, os.urandom(10_100_000))])
    last = person.record(WORK, seconds=20.0, until="never")
    assert last.error is not None
    assert "MB" in last.error.message
    with person.vault() as vault:
        assert sum(isinstance(one.event, Button) for one in vault.read(first.recording)) == 4


def test_the_end_of_a_terminal_is_a_proper_end(give: Give) -> None:
    """SIGTERM, SIGHUP, or the command line that held its leash dying: each ends in a closed recording."""
    person = give("actions")
    for end in (signal.SIGTERM, signal.SIGHUP, None):
        person.record(WORK)
        process = person.running[-1]
        if end is None:
            assert process.stdin is not None
            process.stdin.close()
        else:
            process.send_signal(end)
        assert person.hear(process).error is None
        process.wait(10)
        with person.vault() as vault:
            assert vault.recordings()[-1].state == "closed"
    assert ledger(person).ok


def test_killed_at_random_the_vault_opens_and_holds_what_was_durable(give: Give) -> None:
    """SIGKILL at any moment: the vault opens, every segment verifies, the ledger holds, the next recording works."""
    person = give("actions", "pointer")
    chance = random.Random(11)
    for _ in range(int(os.environ.get("BYHAND_RECORDER_KILLS", "6"))):
        person.record(WORK, until="recording")
        time.sleep(chance.uniform(0, 1.2))
        person.running[-1].kill()
        person.running[-1].wait(5)
        with person.vault() as vault:
            for info in vault.recordings():
                for one in vault.read(info.id):
                    assert one.event.mono_ns >= 0
    assert ledger(person).ok
    person.record(WORK)
    settle(person)
    assert person.end().error is None
    assert any(isinstance(one.event, Key) for one in person.events())
