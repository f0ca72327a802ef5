"""Twenty families of MiniWoB++ tasks, ten of each: done by hand under the real recorder, then again by what was kept.

The hand is real X input on a virtual desktop; its driver and the browser's extension tell of the same acts. A try
counts once the page itself says that the hand did it right; ten such of each family are done again in a clean browser.
What the guard did not keep of what was typed is given, as a person would have to.

It takes half an hour, so each family is a recording of its own, and its outcome is written down: whoever is interrupted
goes on with the next one, as long as no file has changed that has a part in it.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from playwright.sync_api import Playwright, sync_playwright

from bench.report import Row
from byhand.evals.miniwob.pages import vocabulary
from byhand.events.kinds import Numbered
from tests.browser.again import Case, again, demonstration, events_of, hand, launched
from tests.browser.miniwob import TASKS, unpacked
from tests.browser.recorded import serving
from tests.browser.test_miniwob import POLICY
from tests.browser.together import Both, together, witnessed

ROW = "replay"
_EACH = 10
_TRIES = 60
_ROOT = Path(__file__).parent.parent
_PARTS = ("src/byhand", "extension", "stage", "tests/browser")
_KINDS = frozenset({".py", ".js", ".json"})


class Done(msgspec.Struct, frozen=True):
    """One episode's outcome; of its content nothing. For the fields see `Replayed` and `Witnessed`."""

    task: str
    seed: int
    reached: bool
    reward: float
    done: int
    steps: int
    why: str
    compared: str
    presses: int
    both: int
    once: int
    described: int

    @property
    def good(self) -> bool:
        return self.reached and self.reward == 1 and self.presses == self.both == self.once


def measure(share: float) -> Iterator[Row]:
    each = max(1, round(_EACH * share))
    done: list[Done] = []
    for task in TASKS:
        found = _family(task, each)
        done += found
        print(f"  {task}: {sum(one.good for one in found)} of {len(found)}", flush=True)
        for one in found:
            if not one.good:
                about = f"reward {one.reward:g}, {one.done} of {one.steps} steps; {one.why or 'reached'}"
                print(
                    f"    {one.seed}: {about}; of {one.presses} presses {one.both} told by both, {one.once} one act",
                    flush=True,
                )
    good = sum(one.good for one in done)
    whole = len(done) == each * len(TASKS)
    rate = good / len(done) if done else 0.0
    yield Row(
        "our own recordings done again, desktop and browser drivers together: end reached and the page's own reward",
        "100 %", f"{rate:.1%}", "-", _said(done), whole and good == len(done),
    )  # fmt: skip


def _said(done: Sequence[Done]) -> str:
    families = len({one.task for one in done})
    presses, described = sum(one.presses for one in done), sum(one.described for one in done)
    both = sum(one.both for one in done)
    compared = Counter(one.compared for one in done)
    once = sum(one.once for one in done)
    said = (
        f"{families} MiniWoB++ families, {len(done)} episodes by real X input; {both} of {presses} presses told by both"
        f" drivers ({described} with an element of each), {once} of them one act; in {compared['page']} what changed in"
        " the page's list was compared too"
    )
    for how, why in (("address", "in {} the list shows no change"), ("nothing", "in {} no list stood still")):
        if compared[how]:
            said += f", {why.format(compared[how])}"
    return said


def _family(task: str, each: int) -> list[Done]:
    """Its outcome, from the last time if nothing has changed since."""
    kept = Path(tempfile.gettempdir()) / "byhand-bench-replay" / f"{_sources()}-{each}" / f"{task}.json"
    if kept.exists():
        return msgspec.json.decode(kept.read_bytes(), type=list[Done])
    done = list(_measured(task, each))
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(msgspec.json.encode(done))
    return done


def _sources() -> str:
    """A name for all that has a part in it."""
    made = hashlib.sha256(Path(__file__).read_bytes())
    for part in _PARTS:
        for path in sorted((_ROOT / part).rglob("*")):
            if path.suffix in _KINDS:
                made.update(path.read_bytes())
    return made.hexdigest()[:12]


def _measured(task: str, each: int) -> Iterator[Done]:
    with tempfile.TemporaryDirectory(prefix="b") as name, sync_playwright() as play:
        folder = Path(name)
        html = unpacked(folder)
        with serving(html) as origin:
            policy = POLICY.format(words=json.dumps(vocabulary(html)), origin=origin)
            cases, events = _by_hand(play, folder, policy, origin, task, each)
            with launched(play) as hands:
                for case, kept in zip(cases, events, strict=True):
                    if case is None:
                        continue
                    one = again(hands, origin, case, kept)
                    told, seen = one.told, witnessed(kept, demonstration(kept))
                    yield Done(
                        case.task, case.seed, told.reached, one.reward, told.done, told.steps, told.why, told.compared,
                        *seen,
                    )  # fmt: skip


def _by_hand(
    play: Playwright, folder: Path, policy: str, origin: str, task: str, each: int
) -> tuple[list[Case | None], list[list[Numbered]]]:
    """Every try has a page of its own; None where it was no success, and for the page the recording begins at."""
    with together(play, folder, policy, origin) as both:
        tries: list[Case | None] = [None]
        good = 0
        for seed in range(1, _TRIES + 1):
            if good == each:
                break
            case = _tried(both, origin, task, seed)
            tries.append(case)
            good += case is not None
        return tries, events_of(both.rig, len(tries))


def _tried(both: Both, origin: str, task: str, seed: int) -> Case | None:
    try:
        case = hand(both.rig, origin, task, seed, both.inputs)
    except Exception as error:  # a variant of the task that these hands don't know
        print(f"    seed {seed}: {type(error).__name__}", flush=True)
        both.inputs.mouse.up()
        return None
    if case.reward != 1:
        print(f"    seed {seed}: not done right", flush=True)
        return None
    return case
