"""The recorder's loop: batches of raw events in, kept events into the vault, until somebody or something says stop.

Rules: this loop is the only place where capture and vault meet, and it can only hand the vault what the guard
returned. It acts on `states.TABLE` and on nothing else. At most `COMMIT_S` plus the guard's settling time of events
is at risk at any moment; what can't be written is said, not hidden.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from byhand.capture.driver import Driver, Needs
from byhand.consent.grant import Grant
from byhand.consent.policy import Policy, public_origins, within_hours
from byhand.errors import ByhandError, CaptureError, DisplayLost, RecorderError, VaultError
from byhand.events.kinds import KINDS, AnyEvent, Header, Mark, Window
from byhand.events.raw import Raw, RawGap, RawMark
from byhand.privacy.guard import Guard
from byhand.privacy.second_look import look
from byhand.recorder.browsers import Browsers
from byhand.recorder.clocks import Clocks
from byhand.recorder.control import Command, Status, fault
from byhand.recorder.inbox import Inbox
from byhand.recorder.late import Late
from byhand.recorder.states import Signal, State, step
from byhand.vault.store import Summary, Vault

COMMIT_S = 0.4
TURN_S = 1.0
SLEPT_NS = 2_000_000_000
_KEPT = "what was recorded until then is in the vault"


class Sign(Protocol):
    """What shows the person that this runs: the indicator, or nothing for the scripted twin."""

    def show(self, state: str, text: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be recorded. `seconds` None means until told to stop; `expires_ns` is the grant's end, monotonic."""

    header: Header
    policy: Policy
    grant: Grant
    task: str
    seconds: float | None
    expires_ns: int
    home: Path


class Recorder:
    """One recording, from start to done.

    Args:
        withdrawn: asked about once a second; True ends the recording at once and keeps nothing more.
        report: told the status whenever it changed, at most once a second.
        late: stands before the guard where pictures without boxes can be looked through.
        browsers: who is connected, and on which sites the person has paused.
    """

    def __init__(
        self,
        job: Job,
        *,
        driver: Driver,
        vault: Vault,
        guard: Guard,
        sign: Sign,
        clocks: Clocks,
        withdrawn: Callable[[], bool],
        report: Callable[[Status], None],
        notes: tuple[str, ...] = (),
        pid: int = 0,
        late: Late | None = None,
        browsers: Browsers | None = None,
    ) -> None:
        self.inbox = Inbox()
        self._job, self._driver, self._vault, self._guard, self._sign = job, driver, vault, guard, sign
        self._clocks, self._withdrawn, self._report, self._notes, self._pid = clocks, withdrawn, report, notes, pid
        self._late, self._hear = late, late.feed if late else guard.feed
        self._browsers = browsers or Browsers(job.home, (job.policy, job.grant))
        streams = frozenset(job.grant.streams)
        self._needs = Needs(motion="pointer" in streams, elements=True, frames="frames" in streams, boxes=True)
        self._state: State = "idle"
        self._pending: list[AnyEvent] = []
        self._kept: Counter[str] = Counter()
        self._gaps = 0
        self._lost = 0
        self._app = ""
        self._error: ByhandError | None = None
        self._by_hours = False
        self._ran_ns = 0  # recorded time, pauses not counted
        self._since_ns = 0
        self._commit_at = 0
        self._slept = 0
        self._last: Status | None = None

    @property
    def state(self) -> State:
        return self._state

    def status(self) -> Status:
        """What is true now. Safe from any thread: it reads single values."""
        ran = self._ran_ns + (self._clocks.mono_ns() - self._since_ns if self._state == "recording" else 0)
        return Status(
            state=self._state,
            recording=self._job.header.recording,
            grant=self._job.grant.id,
            streams=tuple(self._job.grant.streams),
            seconds=round(ran / 1e9, 1),
            app=self._app if self._state == "recording" else "",
            kept=dict(self._kept),
            dropped=self._browsers.dropped(self._guard.tally.dropped),
            gaps=self._gaps,
            lost=self._lost,
            pid=self._pid,
            notes=(*self._notes, self._late.note) if self._late and self._late.note else self._notes,
            error=fault(self._error) if self._error else None,
            browsers=self._browsers.names,
            hushed=tuple(sorted(self._browsers.hushed)),
        )

    def fail(self, error: Exception) -> None:
        """Something this can't go on without is gone. From any thread."""
        self.inbox.tell(Command("fail", fault=_as_ours(error)))

    def run(self) -> Status:
        """Record until done.

        Returns:
            The last status, with `error` set if it ended otherwise than asked for.
        """
        self._hush()
        self._signal("start", self._job.task)
        turn_at = 0
        while self._state not in ("stopping", "withdrawn"):
            now = self._clocks.mono_ns()
            if now >= turn_at:
                self._turn(now)
                turn_at = now + int(TURN_S * 1e9)
                continue
            until = min(turn_at, self._commit_at) if self._waiting() else turn_at
            item = self.inbox.get((until - now) / 1e9)
            if isinstance(item, Command):
                self._obey(item)
            elif item is not None:
                self._take(item)
            if self._late and self._late.waiting and not self.inbox.waiting():
                self._let(self._late.settle(self._clocks.mono_ns()))
            if self._waiting() and self._clocks.mono_ns() >= self._commit_at:
                self._commit()
        self._state = step(self._state, "done").to
        return self.status()

    # ---- what comes in

    def _take(self, batch: Sequence[Raw]) -> None:
        hear, was_waiting = self._hear, self._waiting()
        kept: list[AnyEvent] = []
        for raw in batch:
            kept += hear(raw)
        self._let(kept, was_waiting=was_waiting)

    def _let(self, kept: list[AnyEvent], *, was_waiting: bool | None = None) -> None:
        """Keep these, and see to it that they are committed soon."""
        waited = self._waiting() if was_waiting is None else was_waiting
        self._keep(kept)
        if not waited and self._waiting():
            self._commit_at = self._clocks.mono_ns() + int(COMMIT_S * 1e9)

    def _keep(self, events: list[AnyEvent]) -> None:
        for event in events:
            self._kept[_NAMES[type(event)]] += 1
            if isinstance(event, Window):
                if event.change == "focus":
                    self._app = event.app
            elif isinstance(event, Mark) and event.what == "gap":
                self._gaps += 1
        self._pending += events

    def _waiting(self) -> bool:
        return bool(self._pending) or self._guard.held() > 0

    def _obey(self, command: Command) -> None:
        match command.verb:
            case "pause" | "resume":
                if command.verb == "resume" and not self._in_hours():
                    command.error = RecorderError(
                        "these are not the policy's work hours", hints=("recording resumes by itself when they begin",)
                    )
                else:
                    self._by_hours = False  # from here on it is the person's own pause, or none
                    self._signal(command.verb)
            case "stop" | "withdraw":
                self._signal(command.verb)
            case "fail":
                self._error = command.fault
                self._signal("fail", command.fault.message if command.fault else "")
            case "forget":
                self._forget(command)
            case "hush" | "unhush" | "never" as verb:
                self._browsers.settle()
                self._drain(keep=True, ends=False)  # what was seen before is judged by what held then
                try:
                    self._browsers.change(verb, command.origin)
                except ByhandError as error:
                    command.error = error
                self._hush()
        command.answered.set()

    def _hush(self) -> None:
        now = self._clocks.mono_ns()
        self._let(self._guard.hush(self._browsers.hushed, now // 1_000_000, now))

    # ---- once a second

    def _turn(self, now: int) -> None:
        slept = self._clocks.boot_ns() - now
        if self._slept and slept - self._slept > SLEPT_NS:
            self._feed(RawGap(now // 1_000_000, now, "computer slept", 0))
        self._slept = slept
        gap = self.inbox.gap(now // 1_000_000, now)
        if gap is not None:
            self._lost += gap.count
            self._feed(gap)
        if self._withdrawn():
            self._signal("withdraw")
        elif now >= self._job.expires_ns:
            self._signal("expire", "the grant's time is over")
        elif self._job.seconds is not None and self.status().seconds >= self._job.seconds:
            self._signal("stop")
        else:
            self._keep_hours()
        self._show()

    def _in_hours(self) -> bool:
        return within_hours(self._job.policy, self._clocks.local())

    def _keep_hours(self) -> None:
        if self._state == "recording" and not self._in_hours():
            self._by_hours = True
            self._signal("pause", "outside work hours")
        elif self._state == "paused" and self._by_hours and self._in_hours():
            self._by_hours = False
            self._signal("resume")

    def _show(self) -> None:
        status = self.status()
        minutes = int(status.seconds // 60)
        said = {
            "recording": f"Recording · {minutes} min" if minutes else "Recording",
            "paused": "Paused · outside work hours" if self._by_hours else "Paused",
        }
        self._sign.show(status.state, said.get(status.state, "Stopping"))
        if status != self._last:
            self._last = status
            self._report(status)

    # ---- what the table says is to be done

    def _signal(self, signal: Signal, text: str = "") -> None:
        move = step(self._state, signal)
        for effect in move.effects:
            match effect:
                case "hooks on":
                    self._hooks_on()
                case "hooks off":
                    self._driver.stop()
                    self._drain(keep=signal != "withdraw", ends=signal != "pause")
                    self._overlook()
                    self._ran_ns += self._clocks.mono_ns() - self._since_ns if self._state == "recording" else 0
                case "settle":
                    self._keep(self._guard.close(self._clocks.mono_ns()))
                case "mark":
                    self._mark(signal, text)
                case "seal":
                    self._commit(last=True)
                case "discard":
                    self._pending.clear()
                case "finish":
                    self._finish()
        changed = move.to != self._state
        self._state = move.to
        if changed:
            self._show()

    def _hooks_on(self) -> None:
        self._since_ns = self._clocks.mono_ns()
        try:
            self._driver.start(self._needs, self.inbox.put, self.fail)
        except CaptureError as error:
            self.fail(error)

    def _drain(self, *, keep: bool, ends: bool) -> None:
        """What was already seen is judged like everything else, or forgotten."""
        later: list[Command] = []
        while (item := self.inbox.get(0)) is not None:
            if not isinstance(item, Command):
                if keep:
                    self._take(item)
            elif ends:
                item.error = RecorderError("the recording is ending")
                item.answered.set()
            else:
                later.append(item)
        for command in later:
            self.inbox.tell(command)

    def _overlook(self) -> None:
        if self._late:
            self._late.discard()

    def _mark(self, signal: Signal, text: str) -> None:
        now = self._clocks.mono_ns()
        ms = now // 1_000_000
        if signal == "start":
            self._feed(RawMark(ms, now, "start", ""))
            if text:
                self._feed(RawMark(ms, now, "task_begin", text))
            return
        ends = signal not in ("pause", "resume")
        if ends and self._job.task:
            self._feed(RawMark(ms, now, "task_end", self._job.task))
        self._feed(RawMark(ms, now, "pause" if signal == "pause" else "resume" if signal == "resume" else "stop", ""))

    def _feed(self, raw: Raw) -> None:
        self._take((raw,))

    def _commit(self, *, last: bool = False) -> None:
        # While batches wait, what they tell of the focus has not been heard yet: the guard must not judge by the clock.
        # So does what a driver still holds back to put it in order.
        if not last and not self.inbox.waiting():
            self._keep(self._guard.settle(self._clocks.mono_ns() - self._browsers.behind_ns))
        self._commit_at = self._clocks.mono_ns() + int(COMMIT_S * 1e9)
        if not self._pending:
            return
        batch, self._pending = self._look_again(self._pending), []
        if not batch:
            return
        try:
            self._vault.append(self._job.header.recording, batch)
        except VaultError as error:
            self._lost += len(batch)
            self._kept.subtract(_NAMES[type(event)] for event in batch)
            self._error = self._error or error
            if not last:  # else it is ending already: the end of a recording must not end it again
                self._signal("fail", error.message)

    def _look_again(self, batch: list[AnyEvent]) -> list[AnyEvent]:
        """What a second, independent look leaves of a batch that is about to be sealed."""
        looked = look(batch, public_origins(self._job.policy))
        if looked.found:
            self._guard.tally.dropped["second look"] += looked.found
            self._kept.subtract(looked.dropped)
        return looked.events

    def _forget(self, command: Command) -> None:
        """Forget the last minutes of this very recording: first write what is pending, then erase with the rest."""
        self._overlook()
        self._browsers.forget(self._clocks.mono_ns())
        self._commit()
        try:
            self._vault.forget_last(
                command.last_ns, now_utc_ns=time.time_ns(), now_mono_ns=self._clocks.mono_ns(),
                boot_id=self._job.header.boot_id,
            )  # fmt: skip
        except VaultError as error:
            command.error = error

    def _finish(self) -> None:
        now = self._clocks.mono_ns()
        summary = Summary(
            kept=dict(self._kept), dropped=self._browsers.dropped(self._guard.tally.dropped), gaps=self._gaps,
            lost=self._lost, ended_utc_ns=self._job.header.utc_ns + now - self._job.header.mono_ns,
        )  # fmt: skip
        try:
            self._vault.finish(self._job.header.recording, summary)
        except VaultError as error:
            self._error = self._error or error


_NAMES: dict[type, str] = {kind: kind.__name__.lower() for kind in KINDS}


def _as_ours(error: Exception) -> ByhandError:
    if isinstance(error, DisplayLost):
        return DisplayLost("the display went away", hints=("log in again, then run: byhand record",), fate=_KEPT)
    if isinstance(error, ByhandError):
        return error
    return CaptureError(
        f"observing stopped working ({type(error).__name__})",
        hints=("to see what is wrong, run: byhand doctor",), fate=_KEPT,
    )  # fmt: skip
