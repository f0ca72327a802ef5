"""The loop, with time in the test's hands: work hours, a grant that ends, a computer that slept, a full queue."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from byhand.capture.driver import Desktop, Emit, Needs
from byhand.capture.scripted import HEADER
from byhand.consent.policy import parse
from byhand.errors import CaptureError
from byhand.events.kinds import AnyEvent, Frame, Header, Mark, Text
from byhand.events.raw import Raw, RawFrame, RawMotion, RawWindow
from byhand.privacy.guard import Guard
from byhand.recorder import inbox
from byhand.recorder.browsers import Browsers
from byhand.recorder.clocks import Clocks
from byhand.recorder.control import Command, Status
from byhand.recorder.daemon import Job, Recorder
from byhand.recorder.late import Late
from byhand.vault.keys import MemoryStore
from byhand.vault.store import Vault
from tests.recorder.conftest import POLICY, Person
from tests.recorder.test_late import Slow, picture

Give = Callable[..., Person]
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOURS = POLICY.replace(
    "[[apps]]", '[hours]\ndays = ["mon", "tue", "wed", "thu", "fri"]\nstart = "09:00"\nend = "17:00"\n\n[[apps]]', 1
)


class Hooks:
    """A driver that emits what the test says, and knows whether its hooks are on."""

    def __init__(self, *, broken: bool = False) -> None:
        self.on = False
        self.emit: Emit | None = None
        self._broken = broken
        self.while_stopping: Callable[[], None] = lambda: None

    def describe(self) -> Desktop:
        return HEADER

    def start(self, needs: Needs, emit: Emit, lost: Callable[[Exception], None]) -> None:
        del needs, lost
        if self._broken:
            raise CaptureError("the hooks can't be installed")
        self.on, self.emit = True, emit

    def stop(self) -> None:
        self.on = False
        self.while_stopping()


class Signs:
    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []

    def show(self, state: str, text: str) -> None:
        if (state, text) not in self.shown[-1:]:
            self.shown.append((state, text))


@dataclasses.dataclass
class Stage:
    """A recorder in a thread of this process, and everything a test moves or looks at."""

    recorder: Recorder
    hooks: Hooks
    signs: Signs
    vault: Vault
    now: datetime = MONDAY_NOON
    slept_ns: int = 0
    last: Status | None = None
    thread: threading.Thread | None = None

    def wait(self, condition: Callable[[], bool]) -> None:
        until = time.monotonic() + 10
        while not condition():
            assert time.monotonic() < until, "it did not happen"
            time.sleep(0.02)

    def stop(self) -> list[Mark]:
        """End it; returns the marks that were kept."""
        self.recorder.inbox.tell(Command("stop"))
        return self.ended()

    def ended(self) -> list[Mark]:
        assert self.thread is not None
        self.thread.join(10)
        assert not self.thread.is_alive()
        kept = self.vault.read(self.vault.recordings()[-1].id)
        return [one.event for one in kept if isinstance(one.event, Mark)]


@pytest.fixture
def begin(give: Give, tmp_path: Path) -> Callable[..., Stage]:
    def make(
        policy: str = POLICY,
        *,
        ends_s: float = 3600,
        broken: bool = False,
        door: type[Guard] = Guard,
        eyes: Slow | None = None,
    ) -> Stage:
        person = give("actions", "pointer", *(("frames",) if eyes else ()), policy=policy)
        parsed = parse(policy, "policy.toml")
        now = time.monotonic_ns() // 1000 * 1000
        header = Header(
            1, "rec1", "device", person.grant.id, person.grant.policy_hash, "mine", ("actions", "pointer"), "test",
            "test", "boot", now, time.time_ns(), "us", 100, 100, (),
        )  # fmt: skip
        stage: Stage
        guard = door(parsed, person.grant, screen=(100, 100) if eyes else (0, 0))
        recorder = Recorder(
            Job(header, parsed, person.grant, "", None, now + int(ends_s * 1e9), person.home),
            driver=(hooks := Hooks(broken=broken)),
            vault=(vault := Vault.open(tmp_path / "vault", MemoryStore())),
            guard=guard, late=Late(guard, eyes) if eyes else None,
            sign=(signs := Signs()), withdrawn=lambda: False, report=lambda _: None,
            clocks=Clocks(time.monotonic_ns, lambda: time.monotonic_ns() + stage.slept_ns, lambda: stage.now),
        )  # fmt: skip
        stage = Stage(recorder, hooks, signs, vault)
        vault.begin(header)

        def run() -> None:
            stage.last = recorder.run()

        stage.thread = threading.Thread(target=run, daemon=True)
        stage.thread.start()
        return stage

    return make


def marks(found: list[Mark]) -> list[str]:
    """What was marked, without the gap that stands for "no window we know had the focus"."""
    return [mark.reason or mark.what for mark in found if mark.reason != "another app"]


def test_outside_work_hours_it_pauses_by_itself_and_goes_on_when_they_begin(begin: Callable[..., Stage]) -> None:
    """The hooks are off in between, the sign says why, and the person can't resume by mistake."""
    stage = begin(HOURS)
    stage.wait(lambda: stage.hooks.on)
    stage.now = MONDAY_NOON.replace(hour=18)
    stage.wait(lambda: not stage.hooks.on)
    assert stage.signs.shown[-1] == ("paused", "Paused · outside work hours")
    resume = Command("resume")
    stage.recorder.inbox.tell(resume)
    stage.wait(resume.answered.is_set)
    assert resume.error is not None
    assert not stage.hooks.on
    stage.now = MONDAY_NOON
    stage.wait(lambda: stage.hooks.on)
    assert marks(stage.stop()) == ["start", "pause", "resume", "stop"]


def test_a_pause_of_the_persons_own_is_not_ended_by_work_hours(begin: Callable[..., Stage]) -> None:
    """Who paused by hand stays paused, however often the hours begin."""
    stage = begin(HOURS)
    stage.wait(lambda: stage.hooks.on)
    stage.recorder.inbox.tell(Command("pause"))
    stage.wait(lambda: not stage.hooks.on)
    for hour in (18, 12):
        stage.now = MONDAY_NOON.replace(hour=hour)
        time.sleep(1.2)
    assert not stage.hooks.on
    stage.stop()


def test_a_stop_while_a_pause_is_under_way_is_not_forgotten(begin: Callable[..., Stage]) -> None:
    """Hooks take a moment to come off; what is asked meanwhile is done right after."""
    stage = begin()
    stage.wait(lambda: stage.hooks.on)
    stage.hooks.while_stopping = lambda: stage.recorder.inbox.tell(Command("stop"))
    stage.recorder.inbox.tell(Command("pause"))
    assert marks(stage.ended()) == ["start", "pause", "stop"]


def test_a_grant_that_ends_ends_the_recording(begin: Callable[..., Stage]) -> None:
    """At the grant's last second the recording is closed properly, without being asked."""
    stage = begin(ends_s=0.8)
    assert marks(stage.ended()) == ["start", "stop"]
    assert stage.last is not None
    assert stage.vault.recordings()[-1].state == "closed"


def test_time_in_which_the_computer_slept_is_a_gap(begin: Callable[..., Stage]) -> None:
    """The monotonic clock stands still in sleep; the story must not pretend that nothing was missed."""
    stage = begin()
    stage.wait(lambda: stage.hooks.on)
    time.sleep(1.2)
    stage.slept_ns = 3_600_000_000_000
    time.sleep(1.3)
    assert "computer slept" in marks(stage.stop())


def test_hooks_that_can_not_be_installed_end_it_in_words(begin: Callable[..., Stage]) -> None:
    """The recording is closed, and the error says what was wrong."""
    stage = begin(broken=True)
    assert marks(stage.ended()) == ["start", "stop"]
    assert stage.last is not None
    assert stage.last.error is not None
    assert "hooks" in stage.last.error.message


def test_the_clock_judges_no_key_before_all_that_happened_until_then_is_handed_on(
    begin: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A driver may hold back, to put it in order, what says that the keyboard came into a secret field."""
    judged: list[int] = []

    class Door(Guard):
        def settle(self, now_ns: int) -> list[AnyEvent]:
            judged.append(time.monotonic_ns() - now_ns)
            return super().settle(now_ns)

    held_ns = 5_000_000_000
    monkeypatch.setattr(Browsers, "behind_ns", held_ns)
    stage = begin(door=Door)
    stage.wait(lambda: len(judged) > 0)
    stage.stop()
    assert min(judged) >= held_ns


def test_what_the_queue_could_not_take_becomes_a_gap_with_its_count(
    begin: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept moves and lost ones add up to those that were made."""
    monkeypatch.setattr(inbox, "LIMIT", 50)
    stage = begin()
    stage.wait(lambda: stage.hooks.on and stage.hooks.emit is not None)
    assert stage.hooks.emit is not None
    at = time.monotonic_ns() // 1000 * 1000
    stage.hooks.emit([RawWindow(at // 10**6, at, "focus", 1, "mail", "", 1, 0, 0, 500, 500, override=False)])
    for i in range(40):
        stage.hooks.emit([RawMotion(at // 10**6, at + i * 1000, j, i, 1, injected=False) for j in range(25)])
    time.sleep(1.3)
    lost = sum(mark.count for mark in stage.stop() if mark.reason == "lost")
    assert stage.last is not None
    assert lost > 0
    assert stage.last.kept["motion"] + lost == 1000
    assert stage.last.lost == lost


class Leaky(Guard):
    """A guard with a mistake in it: it lets a card number through, and a word."""

    def feed(self, raw: Raw) -> list[AnyEvent]:
        leaks = [
            Text(raw.server_ms, raw.mono_ns, "text.typed", "typed", text, 1) for text in ("4111 1111 1111 1111", "ok")
        ]
        return [*super().feed(raw), *leaks] if isinstance(raw, RawMotion) else super().feed(raw)


def test_what_a_broken_guard_lets_through_is_stopped_before_it_is_sealed(begin: Callable[..., Stage]) -> None:
    """The second look takes the card number out, counts it, and the counts of what was kept are true."""
    stage = begin(door=Leaky)
    stage.wait(lambda: stage.hooks.on)
    assert stage.hooks.emit is not None
    stage.hooks.emit([RawMotion(5, time.monotonic_ns() // 1000 * 1000, 1, 1, 0, False)])
    stage.wait(lambda: stage.recorder.status().dropped.get("second look") == 1)
    stage.stop()
    kept = [one.event for one in stage.vault.read("rec1")]
    assert [event.text for event in kept if isinstance(event, Text)] == ["ok"]
    assert stage.last is not None
    assert stage.last.kept["text"] == 1


@pytest.mark.parametrize("verb", ["pause", "forget", "stop", "withdraw", "fail"])
def test_a_picture_that_waits_is_gone_with_all_that_ends_or_erases(
    begin: Callable[..., Stage], verb: Literal["pause", "forget", "stop", "withdraw", "fail"]
) -> None:
    """It never comes later, out of a time that was paused, ended or forgotten; its copy is let go of at once."""
    eyes = Slow()
    stage = begin(eyes=eyes)
    stage.wait(lambda: stage.hooks.on)
    emit, now = stage.hooks.emit, time.monotonic_ns() // 1000 * 1000
    assert emit is not None
    ms = now // 1_000_000
    emit([
        RawWindow(ms, now, "focus", 1, "mail", "", 0, 0, 0, 64, 64, override=False),
        RawFrame(
            ms, now, "focus", 1, 0, 0, 64, 64, 256, memoryview(picture()), frozenset(), None, "", lambda: None, (),
        ),
    ])  # fmt: skip
    stage.wait(lambda: eyes.copy != b"")
    stage.recorder.inbox.tell(command := Command(verb, last_ns=60_000_000_000))
    assert command.answered.wait(10)
    assert eyes.copy == b""
    eyes.answer = ()
    if verb in ("pause", "forget"):
        stage.stop()
    else:
        stage.ended()
    assert not any(isinstance(one.event, Frame) for one in stage.vault.read(stage.vault.recordings()[-1].id))
