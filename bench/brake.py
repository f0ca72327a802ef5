"""From the person's key press to the last act of a run: real key presses by X, a real Chromium, a row that never ends.

The person is another X client that presses a key by XTEST at a random moment of a random act; hands in a browser send
nothing by X, so all that comes by X is the person's. The page itself notes when it was touched last, by the same clock.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from bench.report import Row as Figure
from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.brake import Brake, Desktop
from byhand.agents.loop import run_row
from byhand.workflows.program import Act, Evidence, Parameter, Repeat, Risk, Workflow
from stage.desktop import Desktop as Stage
from stage.hands import Hands

ROW = "brake"
_TRIES = 120
_CHROMIUM = "/usr/bin/chromium"
_EXTENSION = Path(__file__).parent.parent / "extension"
_PAGE = """<!doctype html><title>Form</title><h1>Form</h1>
<label>Note <input id="note"></label> <button id="add">Add</button><ul></ul>
<script>
window.last = 0;
for (const kind of ['keydown', 'input', 'pointerdown', 'click'])
  addEventListener(kind, () => { last = performance.timeOrigin + performance.now(); }, true);
document.querySelector('#add').onclick = () => { document.querySelector('ul').textContent += '.'; };
</script>"""
_LONG = "a rather long note that takes a while to be typed, letter by letter, as pages rely on it " * 2


def measure(share: float) -> Iterator[Figure]:
    tries = max(10, round(_TRIES * share))
    draw = random.Random(3)
    with (
        tempfile.TemporaryDirectory(prefix="byhand-brake-") as name, Stage(size=(1280, 800)) as stage,
        _serving(Path(name)) as address, Hands(stage.display, pace=0) as person,
        opened(_CHROMIUM, _EXTENSION) as hands,
    ):  # fmt: skip
        brake = Brake()
        hands.pulled = brake.pulled
        program = _endless(address)
        with Desktop(brake, {"DISPLAY": stage.display}):
            late = sorted(_once(program, hands, brake, person, draw.uniform(0.4, 1.2)) for _ in range(tries))
    p99 = late[min(len(late) - 1, round(0.99 * (len(late) - 1)))]
    yield Figure(
        "a person's key press to the last act", "<= 50 ms p99",
        f"{max(median(late), 0) * 1000:.0f} ms median, {p99 * 1000:.0f} ms p99, {late[-1] * 1000:.0f} ms worst", "-",
        f"{tries} presses", p99 <= 0.05,
    )  # fmt: skip


def _once(program: Workflow, hands: PageHands, brake: Brake, person: Hands, after_s: float) -> float:
    """Seconds from the press to the last touch; negative where nothing was touched any more."""
    if not brake.arm(quiet_s=0.1):
        raise RuntimeError("somebody else is on this display")
    pressed: list[float] = []

    def press() -> None:
        time.sleep(after_s)
        pressed.append(time.time())
        person.key("Shift_L")

    lines = tuple({"note": _LONG if number % 2 else "tea"} for number in range(200))
    thread = threading.Timer(0, press)
    thread.start()
    outcome = run_row(program, {"lines": lines}, hands, brake=brake, leave=_Yes(), book=_Nothing())
    thread.join()
    if outcome.stop is None or outcome.stop.kind != "person":
        raise RuntimeError(f"it was not stopped by the person: {outcome.stop and outcome.stop.reason}")
    time.sleep(0.15)  # whatever is still on its way arrives
    return hands.tab.page.evaluate("last") / 1000 - pressed[0]


def _endless(address: str) -> Workflow:
    return Workflow(
        name="endless", start=address, sites=(address,),
        parameters=(Parameter(name="lines", kind="list", fields=(Parameter(name="note"),)),),
        steps=(
            Repeat(
                id="r", over="list", name="lines",
                steps=(
                    Act(id="s1", verb="fill", target="Note", text="{lines.note}"),
                    Act(id="s2", verb="press", target="Add"),
                ),
            ),
        ),
        targets=(
            Evidence(called="Note", role="textbox", name="Note", tag="input", selectors=("#note",)),
            Evidence(called="Add", role="button", name="Add", tag="button", selectors=("#add",)),
        ),
    )  # fmt: skip


class _Yes:
    def may(self, act: Act, risk: Risk, sentence: str) -> bool:
        del act, risk, sentence
        return True


class _Nothing:
    def will(self, step: str, risk: Risk) -> None:
        """Nobody reads it."""

    def did(self, step: str) -> None:
        """Nobody reads it."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name it has there
        """No access log."""


class _serving:  # noqa: N801  reads as the verb it is
    """The page, on loopback."""

    def __init__(self, folder: Path) -> None:
        (folder / "index.html").write_text(_PAGE, "utf-8")
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
