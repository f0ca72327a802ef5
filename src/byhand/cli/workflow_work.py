"""What a run is put together from, whoever started it: the browser, the leave, the consent."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from rich.text import Text

from byhand.agents.actuators.desktop import DesktopHands
from byhand.agents.actuators.desktop import opened as desktop
from byhand.agents.actuators.page import PageHands
from byhand.agents.actuators.page import opened as browser
from byhand.agents.brake import Brake
from byhand.agents.leave import Allowed, Ask, RunLeave
from byhand.agents.running import Done
from byhand.cli import extension, noting
from byhand.cli import open as opened
from byhand.cli.browsers import for_a_window
from byhand.cli.output import margin, say
from byhand.cli.workflow_attend import moment
from byhand.consent.policy import Policy, parse
from byhand.consent.reach import within
from byhand.errors import ByhandError, UsageFault
from byhand.ui import words
from byhand.vault import allowances
from byhand.vault.keys import device_key, open_keys
from byhand.vault.store import Vault
from byhand.workflows import sentences
from byhand.workflows.cells import Values
from byhand.workflows.conditions import meets
from byhand.workflows.elsewhere import moved
from byhand.workflows.program import Workflow


class Window(msgspec.Struct, frozen=True):
    """The browser that is wanted. first: an address that is opened before all else, or ""."""

    first: str = ""
    profile: Path | None = None
    shown: bool = False


def on_desktop(program: Workflow) -> bool:
    """Is it done in a desktop program? Then our hands move the person's own pointer, by XTEST."""
    return bool(program.apps) and "://" not in program.start


@contextmanager
def hands_in(program: Workflow, window: Window, brake: Brake) -> Generator[PageHands | DesktopHands]:
    """One browser for the whole table, or the person's own desktop."""
    if on_desktop(program):
        with desktop(os.environ, pulled=brake.pulled) as own:
            yield own
        return
    chromium = for_a_window(os.environ).program
    with browser(
        chromium, extension.folder(), profile=window.profile, headless=not window.shown, pulled=brake.pulled
    ) as hands:
        yield hands


def holds_for(program: Workflow) -> Callable[[Values, str], bool]:
    """Whether the condition of a limit holds for a row."""

    def holds(values: Values, limit: str) -> bool:
        return meets(sentences.read_condition(limit), values, program.parameters)

    return holds


def leave_for(home: Path, program: Workflow, ask: Ask | None, hands: PageHands | DesktopHands) -> RunLeave:
    return RunLeave(program, allowed(home), ask, lambda: hands.view.address if hands.view else "")


def allowed(home: Path) -> Allowed:
    """What was allowed beforehand."""
    given = allowances.load(home)
    public = b""
    with suppress(ByhandError):  # a person who never gave consent has no key; then nothing was allowed either
        public = device_key(open_keys(home, os.environ)).public_key().public_bytes_raw()
    names = [one.id for one in given]
    return Allowed(given, lambda: allowances.withdrawn(home, names), public, lambda: int(moment()))


def elsewhere(program: Workflow, url: str) -> Workflow:
    """Raises:
    UsageFault: it can't be moved there.
    """
    try:
        return moved(program, url)
    except ValueError:
        raise UsageFault(
            f"{words.shown(url)} is no address of a page",
            hints=("for example: --url http://127.0.0.1:8000/",), fate="nothing was done",
        ) from None  # fmt: skip


def policy_of(home: Path) -> Policy:
    """As it was agreed to. Raises: NoGrant, PolicyError."""
    return parse(opened.agreed_policy(home), "the agreed policy")


def permitted(home: Path, program: Workflow) -> None:
    """Raises:
    ConsentError: no grant holds, or it does not cover all that the program touches.
    """
    grant, policy = opened.grant(home), policy_of(home)
    sites = program.sites or ((program.start,) if program.start and not program.apps else ())
    within(grant, policy, sites, program.apps)


def note(home: Path, program: Workflow, rows: int, done: list[Done], recording: str) -> None:
    """One entry of the ledger for the run: of which program, of how many rows, and which recording shows it."""
    try:
        grant = opened.grant(home)
        with Vault.open(home, open_keys(home, os.environ)) as vault:
            good = sum(one.state == "done" for one in done)
            told = {"workflow": program.name, "rows": rows, "done": good, "grant": grant.id, "recording": recording}
            noting.note(home, vault, "run", {name: value for name, value in told.items() if value != ""})
    except ByhandError as error:
        say(Text.assemble(("byhand: ", "quiet"), ("warning: ", "yellow"), error.message), on=margin())


def line(one: Done) -> dict[str, object]:
    """What came of a row, for programs."""
    return {
        "row": one.number, "state": one.state, "reason": one.reason, "kind": one.kind, "steps": one.steps,
        "seconds": round(one.seconds, 3), "healed": len(one.healed),
    }  # fmt: skip
