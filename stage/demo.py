"""`./run demo`: under a minute of a person's work on a virtual screen, recorded under their grant.

Then: what became of it, a chore that was shown once and is done for the rows of a table, and a task that a model
learned and does to a record it never saw. Everything is real but the screen and the hands: the X server, the window
manager, the programs, the input events, the recorder.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from stage import chore, learned, programs
from stage.desktop import Desktop, missing_packages, wait_for
from stage.hands import Hands
from stage.office import Office

BYHAND = str(Path(sys.executable).parent / "byhand")
# Typed, and must be found nowhere afterwards: the first into a password field and a terminal, the others amid text.
SECRET = "tulip-Orbit-4417"
CARD, ADDRESS = "4111 1111 1111 1111", "anna@harbor.example"  # a test card's number; a name nobody can own
POLICY = """\
# The demo's policy: one editor, one browser on one site. The terminal is not here, so nothing of it is kept.
version = 1
title = "Byhand demo"
purposes = ["{purpose}"]
streams = ["actions", "text", "pointer", "frames"]
retention_days = 7

[[apps]]
id = "mousepad"
name = "Text editor"

[[apps]]
id = "chromium"
name = "Browser"
browser = true

[[sites]]
origin = "{origin}"

[[sites]]
origin = "{ledger}"
"""


class Teller:
    """What the demo says, in one voice."""

    def __init__(self) -> None:
        self._colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour else text

    def chapter(self, text: str) -> None:
        print("\n" + self._paint("1", text), flush=True)

    def line(self, text: str) -> None:
        print("  " + text, flush=True)

    def quiet(self, text: str) -> None:
        print("  " + self._paint("2", text), flush=True)

    def typed(self, text: str) -> None:
        print("  " + self._paint("36", "$ " + text), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run demo", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("demo-out"), help="where the replay and the vault go")
    parser.add_argument("--purpose", choices=("mine", "train"), default="mine", help="what the recording is for")
    asked = parser.parse_args()
    out: Path = asked.out.resolve()
    if missing := missing_packages():
        print(
            "demo: error: programs are missing\n"
            f"demo: hint: to install them, run: sudo apt-get install -y {' '.join(missing)}"
        )
        return 1
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    say = Teller()
    say.chapter("A virtual screen with an editor, a browser and a terminal")
    started = time.monotonic()
    with Desktop() as desktop, Office() as office:
        browser = _set_the_stage(desktop, office, out)
        say.quiet(f"ready in {time.monotonic() - started:.1f} s")
        env = desktop.env | {
            "BYHAND_HOME": str(out / "home"),
            "BYHAND_KEYRING": "file",
            "TERM": os.environ.get("TERM", "dumb"),
        }
        with chore.served(BYHAND, env) as app:
            done = _perform(desktop, office, app, browser, out, env, say, asked.purpose)
    say.quiet(f"the whole demo took {time.monotonic() - started:.0f} s")
    return done


def _set_the_stage(desktop: Desktop, office: Office, out: Path) -> subprocess.Popen[bytes]:
    """Gives the browser."""
    note = out / "letter.txt"
    note.write_text("")
    programs.terminal(desktop)
    programs.editor(desktop, str(note))
    browser = programs.browser(desktop, office.origin + "/")
    programs.place(desktop, "mousepad", 10, 40, 560, 420)
    programs.place(desktop, "xterm", 10, 520, 560, 230)
    programs.place(desktop, "chromium", 590, 40, 670, 700)
    wait_for(lambda: office.places, "the page", 30)
    time.sleep(1)
    return browser


def _perform(
    desktop: Desktop, office: Office, app: Mapping[str, Any], browser: subprocess.Popen[bytes], out: Path,
    env: dict[str, str], say: Teller, purpose: str,
) -> int:  # fmt: skip
    byhand = _typing(env, say)
    policy = out / "policy.toml"
    policy.write_text(POLICY.format(origin=office.origin, ledger=app["url"].rstrip("/"), purpose=purpose))
    os.chdir(out)
    say.chapter("Consent: what may be recorded, and a signed yes to it")
    give = ("--policy", "policy.toml", "--streams", "actions,text,pointer,frames", "--days", "1", "--yes")
    byhand("consent", "give", *(("--purpose", purpose) if purpose != "mine" else ()), *give)

    say.chapter("Work: a letter, an invoice, a password, a terminal")
    say.typed('byhand record --task "file the invoice"')
    recorder = subprocess.Popen(
        [BYHAND, "record", "--task", "file the invoice", "--json"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert recorder.stdout is not None
    wait_for(lambda: _status(env) == "recording", "the recorder")
    time.sleep(0.8)
    with Hands(desktop.display) as hands:
        _work(hands, office, say)
    time.sleep(1.2)
    subprocess.run([BYHAND, "stop"], env=env, check=True, capture_output=True)
    last = json.loads(recorder.communicate(timeout=20)[0].splitlines()[-1])

    say.chapter("What was kept")
    byhand("show", "last")
    say.chapter("What was dropped, and why")
    for reason, count in sorted(last["dropped"].items()):
        say.line(f"{count:>6}  {reason}")
    say.quiet("a run of secret typing counts as one, whatever its length")

    say.chapter("Proof")
    byhand("ledger", "verify")
    byhand("export", "last", "--mine", "-o", "mine")
    byhand("replay", "last", "-o", "replay.html")

    say.chapter("A chore: shown once, and done for the rows of a table")
    programs.end(browser)
    verdict = _chore(desktop, app, out, env, say, byhand)
    say.chapter("A model: a task is shown a few times, learned, and done to a record nobody showed")
    learns = _model(out / "model-home", env, say)
    written = ("home", "model-home", "mine", "replay.html", "report.html")
    found = sum(_search(out / place, (SECRET, CARD, ADDRESS)) for place in written)
    say.line(f"the password, the card number and the address that were typed are in {found} of the files written")

    say.chapter("Look, and decide")
    say.line(f"open {out / 'replay.html'} and {out / 'report.html'} in a browser;")
    say.line("or, to see, cut and decide what would leave:")
    say.typed(f"BYHAND_HOME={out / 'home'} BYHAND_KEYRING=file {BYHAND} review {last['recording']} --open")
    return 1 if found or {verdict, learns} != {"right"} else 0


def _typing(env: dict[str, str], say: Teller) -> Callable[..., str]:
    """`byhand` as one types it, with what it answers."""

    def byhand(*words: str) -> str:
        say.typed("byhand " + " ".join(_quoted(word) for word in words))
        done = subprocess.run([BYHAND, *words], env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        for line in done.stdout.rstrip().splitlines():
            say.line(line)
        return done.stdout

    return byhand


def _chore(
    desktop: Desktop, app: Mapping[str, Any], out: Path, env: dict[str, str], say: Teller, byhand: Callable[..., str]
) -> str:
    """Gives what the app's records say of it."""
    say.typed('byhand record --browser --task "enter an invoice"')
    chore.show(desktop, BYHAND, env, app)
    byhand("workflow", "make", "last", "--as", chore.NAME)
    chore.table(out / "march.csv")
    say.quiet("it saves, which can't be undone: that is allowed for a day, or asked before each row")
    byhand("workflow", "allow", chore.NAME, "--act", 'press "Save invoice"', "--days", "1", "--yes")
    before = chore.records(BYHAND, env)
    words = ("--table", "march.csv", "--url", app["entry"], "--watch", "--unattended")
    byhand("workflow", "run", chore.NAME, *words)
    byhand("workflow", "report", chore.NAME, "-o", "report.html")
    verdict = chore.judged(before, chore.records(BYHAND, env))
    say.line(f"the app's own records, against the {len(chore.ROWS)} rows of the table: {verdict}")
    return verdict


def _model(home: Path, env: dict[str, str], say: Teller) -> str:
    """Gives what the app's records say of what the model did."""
    verdict = learned.learned_and_done(home, _typing(env | {"BYHAND_HOME": str(home)}, say), say.quiet)
    say.line(f"the app's own records, against the words it was given: {verdict}")
    return verdict


def _quoted(word: str) -> str:
    """As it is typed in a shell."""
    mark = "'" if '"' in word else '"'
    return f"{mark}{word}{mark}" if " " in word else word


def _work(hands: Hands, office: Office, say: Teller) -> None:
    say.quiet("typing in the editor, the File menu, Ctrl+S")
    hands.click(300, 260)
    hands.type(f"Maria Lopez paid with {CARD}.")
    hands.click(34, 72)
    hands.rest(0.7)
    hands.key("Escape")
    hands.key("s", "Control_L")
    say.quiet("a field, a dropdown, a password, a checkbox, a button in the browser")
    hands.click(*office.places["subject"])
    hands.type(f"Invoice to {ADDRESS}")
    hands.click(*office.places["country"])
    hands.rest(0.5)
    hands.key("Down")
    hands.key("Down")
    hands.key("Return")
    hands.click(*office.places["password"])
    hands.type(SECRET)
    hands.click(*office.places["urgent"])
    hands.click(*office.places["save"])
    say.quiet("scrolling, a drag, and the same password in a terminal nobody listed")
    hands.move(*office.places["list"])
    hands.scroll(5)
    hands.drag(60, 200, 260, 204)
    hands.click(300, 640)
    hands.type(SECRET)
    hands.rest(0.5)
    hands.click(300, 260)


def _status(env: dict[str, str]) -> str:
    done = subprocess.run([BYHAND, "status", "--json"], env=env, capture_output=True, text=True, check=False)
    return json.loads(done.stdout).get("state", "") if done.stdout.startswith("{") else ""


def _search(place: Path, texts: tuple[str, ...]) -> int:
    """In how many files one of the texts stands."""
    needles = [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le")]
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return sum(any(needle in path.read_bytes() for needle in needles) for path in files)


if __name__ == "__main__":
    sys.exit(main())
