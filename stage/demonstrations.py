"""Tasks of MiniWoB++ shown by hand and recorded: `python -m stage.demonstrations --tasks a,b --each 10 --home DIR`.

What records is `byhand record --browser`, with its own consent, guard and vault; what shows are the oracles. Each
recording holds a batch of tasks, told apart afterwards. Killed at any moment, the same command goes on where it was: a
line is written for each task as it ends (`DIR/demonstrations/REC.jsonl`).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from playwright.sync_api import Error, sync_playwright

from byhand.evals.miniwob import pages
from byhand.evals.miniwob.catalog import BY_ELEMENTS, ORACLES
from byhand.evals.miniwob.stage import Stage
from byhand.evals.seeds import FIRST_TESTED
from stage import episodes
from stage.episodes import Shown
from stage.pace import Listed, PacedHand

BYHAND = str(Path(sys.executable).parent / "byhand")
WHEELS = Path(__file__).parents[1] / ".venv" / "pages"
POLICY = """\
# Pages of made-up names and words, served by this computer: nothing there is a person's.
version = 1
title = "MiniWoB++, shown by hand"
purposes = ["mine", "train"]
streams = ["actions", "text"]
retention_days = 90

[[apps]]
id = "chromium"
name = "Browser"
browser = true

[[sites]]
origin = "{origin}"
UNSAFE_public = true
"""
_NOTES = "demonstrations"
_TOLD = ".told"
"""A recording whose tasks were told apart has this beside its lines."""
_STOPS_WITHIN_S = 30
SECRET = frozenset(
    {"enter-password", "login-user", "login-user-popup", "social-media", "social-media-all", "social-media-some"}
)
"""The words of these tasks tell a password or somebody's handle. Nothing that holds one may leave: they have
recordings of their own.
"""


class Wanted(NamedTuple):
    """What is to be shown."""

    task: str
    seed: int


# ---- what was done already


class Notes:
    """The lines of what was shown, a file for each recording."""

    def __init__(self, home: Path) -> None:
        self._folder = home / _NOTES
        self._folder.mkdir(parents=True, exist_ok=True)

    def of(self, recording: str) -> list[Shown]:
        file = self._folder / f"{recording}.jsonl"
        lines = file.read_bytes().splitlines() if file.exists() else []
        return [msgspec.json.decode(line, type=Shown) for line in lines if line.endswith(b"}")]

    def add(self, recording: str, one: Shown) -> None:
        with (self._folder / f"{recording}.jsonl").open("ab") as file:
            file.write(msgspec.json.encode(one) + b"\n")

    def loose(self) -> list[str]:
        """Recordings whose tasks are not told apart yet."""
        names = [file.stem for file in sorted(self._folder.glob("*.jsonl"))]
        return [name for name in names if not (self._folder / f"{name}{_TOLD}").exists()]

    def close(self, recording: str, *, used: bool) -> None:
        """used: False where its tasks could not be told apart; then they are shown again."""
        if used:
            (self._folder / f"{recording}{_TOLD}").touch()
        else:
            (self._folder / f"{recording}.jsonl").rename(self._folder / f"{recording}.lost")

    def all(self) -> list[Shown]:
        return [one for file in self._folder.glob("*.jsonl") for one in self.of(file.stem)]


def left(tasks: Sequence[str], seeds: range, there: Sequence[Shown]) -> list[Wanted]:
    """What is not shown yet: of each task one, then of each one more."""
    known = {(one.task, one.seed) for one in there}
    return [Wanted(task, seed) for seed in seeds for task in tasks if (task, seed) not in known]


def batches(wanted: Sequence[Wanted], size: int) -> Iterator[Sequence[Wanted]]:
    """What goes into one recording each."""
    for part in ([one for one in wanted if (one.task in SECRET) == secret] for secret in (False, True)):
        for at in range(0, len(part), size):
            yield part[at : at + size]


# ---- showing


def environment(home: Path) -> dict[str, str]:
    """Without a screen: the browser is headless, and its extension alone tells what is done."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY")
    own = {"BYHAND_HOME": str(home), "BYHAND_KEYRING": "file"}
    return {name: value for name, value in os.environ.items() if name not in hidden} | own


def consented(home: Path, env: Mapping[str, str], origin: str) -> None:
    """A yes to that site, unless one holds."""
    agree(home, env, POLICY.format(origin=origin))


def agree(home: Path, env: Mapping[str, str], said: str, streams: str = "actions,text") -> None:
    """A yes to a policy in those words, unless one holds."""
    if subprocess.run([BYHAND, "consent", "show"], env=env, check=False, capture_output=True).returncode == 0:
        return
    policy = home / _NOTES / "policy.toml"
    policy.write_text(said)
    give = (
        "consent",
        "give",
        "--policy",
        str(policy),
        "--streams",
        streams,
        "--purpose",
        "train",
        "--days",
        "90",
    )
    done = subprocess.run([BYHAND, *give, "--yes"], env=env, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)


def agreed_port(home: Path) -> int:
    """Where the consent says that the pages are; 0, any free one, before there is one."""
    policy = home / _NOTES / "policy.toml"
    found = re.search(r'origin = "http://127\.0\.0\.1:(\d+)"', policy.read_text()) if policy.exists() else None
    return int(found[1]) if found else 0


class Recording(NamedTuple):
    """One that runs. devtools: where its browser is reached."""

    id: str
    devtools: str


@contextlib.contextmanager
def recording(env: Mapping[str, str]) -> Generator[Recording]:
    """Begins, and ends with the block: when it has ended, all of it is in the vault."""
    words = [BYHAND, "record", "--browser", "--json"]
    with subprocess.Popen(words, env=dict(env), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        name = where = ""
        try:
            for line in process.stdout:
                told: dict[str, Any] = json.loads(line)
                name = told.get("recording") or name
                where = told.get("browser", {}).get("devtools", "") if isinstance(told.get("browser"), dict) else where
                if name and where:
                    break
            else:
                raise SystemExit("the recording did not begin")
            yield Recording(name, where)
            subprocess.run([BYHAND, "stop"], env=dict(env), check=True, capture_output=True, timeout=_STOPS_WITHIN_S)
            for _ in process.stdout:  # until it has ended
                pass
        finally:
            process.terminate()


def show(stage: Stage, listed: Listed, wanted: Wanted, hand: PacedHand | None = None) -> Shown:
    """Do a task once, before the eyes of whoever records. hand: of nothing but this task."""
    begun = time.monotonic()
    words = stage.begin(*wanted)
    hand = hand or PacedHand(stage.page, listed)
    try:
        ORACLES[wanted.task](hand)
        done = _rewarded(stage)
    except (AssertionError, Error, ValueError, IndexError, StopIteration):
        done = False  # it is told as one that failed
    outcome = "done" if done else "failed"
    listed.wait()  # what a task looks like that is done is kept with it, not with the next one
    return Shown(*wanted, words, outcome, hand.acts, hand.unlisted, round(time.monotonic() - begun, 3))


def _rewarded(stage: Stage) -> bool:
    for _ in range(20):
        if (reward := stage.reward()) is not None:
            return reward == 1
        stage.page.wait_for_timeout(20)
    return False


def batch(home: Path, env: Mapping[str, str], origin: str, wanted: Sequence[Wanted], notes: Notes) -> list[Shown]:
    """One recording of several tasks, told apart."""
    shown: list[Shown] = []
    with recording(env) as one, sync_playwright() as play:
        browser = play.chromium.connect_over_cdp(one.devtools)
        page = browser.contexts[0].pages[0]
        stage, listed = Stage(page, origin), Listed(page)
        page.goto(f"{origin}/core/core.css")  # how the tab came to this site is no part of the first task
        listed.wait()
        for each in wanted:
            shown.append(show(stage, listed, each))
            notes.add(one.id, shown[-1])
        page.goto("about:blank")
        browser.close()
    tell_apart(home, one.id, notes)
    return shown


def tell_apart(home: Path, name: str, notes: Notes, spans: episodes.Spans = episodes.spans) -> None:
    """And approve it, where it may leave."""
    try:
        episodes.told_apart(home, name, notes.of(name), spans)
    except ValueError as error:
        print(f"recording {name}: {error}; its tasks are shown again", flush=True)
        notes.close(name, used=False)
        return
    notes.close(name, used=True)
    if why := episodes.approved(home, name):
        print(f"recording {name} is not approved: {why}", flush=True)


# ---- the command


def gone_on(home: Path, spans: episodes.Spans = episodes.spans) -> tuple[dict[str, str], Notes]:
    """The environment of that home, which is this process's from here on, and what was shown in it: whatever a killed
    command left is brought to its end first.
    """
    env = environment(home)
    os.environ.update({name: env[name] for name in ("BYHAND_HOME", "BYHAND_KEYRING")})
    notes = Notes(home)
    # Where this was killed amid a batch, its recorder may still run.
    subprocess.run([BYHAND, "stop"], env=env, check=False, capture_output=True, timeout=_STOPS_WITHIN_S)
    for name in notes.loose():
        tell_apart(home, name, notes, spans)
    return env, notes


def shown(parts: Iterable[Sequence[Wanted]], notes: Notes, show_all: Callable[[Sequence[Wanted]], list[Shown]]) -> None:
    """Show them, recording by recording, and say how it goes."""
    todo = list(parts)
    many, count = sum(map(len, todo)), 0
    print(f"{many} to show, {len(notes.all())} are there", flush=True)
    for wanted in todo:
        begun = time.monotonic()
        done = show_all(wanted)
        count += len(done)
        print(
            f"{count}/{many}  {sum(one.outcome == 'done' for one in done)}/{len(done)} done"
            f"  {sum(one.acts for one in done)} acts, {sum(one.unlisted for one in done)} without a list"
            f"  {sum(one.seconds for one in done) / len(done):.2f} s each,"
            f" {(time.monotonic() - begun) / len(done):.2f} with all that is around it",
            flush=True,
        )  # fmt: skip


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--tasks", default="", help="names, with commas; without it all that need no place on the screen")
    ask.add_argument("--each", type=int, default=10, help="how often each is shown")
    ask.add_argument("--first", type=int, default=0, help="the first seed")
    ask.add_argument("--home", type=Path, required=True, help="a BYHAND_HOME for them alone")
    ask.add_argument("--batch", type=int, default=60, help="tasks a recording")
    ask.add_argument("--port", type=int, default=0, help="where the pages are served; the consent names it")
    said = ask.parse_args()
    home: Path = said.home.resolve()
    seeds = range(said.first, said.first + said.each)
    if seeds.stop > FIRST_TESTED:
        raise SystemExit(f"seeds from {FIRST_TESTED} on are for testing")
    tasks = said.tasks.split(",") if said.tasks else sorted(BY_ELEMENTS)
    if unknown := [one for one in tasks if one not in ORACLES]:
        raise SystemExit(f"nobody here can do {', '.join(unknown)}")
    env, notes = gone_on(home)
    with pages.served(pages.unpacked(WHEELS, WHEELS / "unpacked"), said.port or agreed_port(home)) as origin:
        consented(home, env, origin)
        todo = left(tasks, seeds, notes.all())
        shown(batches(todo, said.batch), notes, lambda wanted: batch(home, env, origin, wanted, notes))


if __name__ == "__main__":
    main()
