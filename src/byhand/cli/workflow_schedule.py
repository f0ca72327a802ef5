"""`byhand workflow schedule`: a systemd timer of the person's own that runs a workflow at set times."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from byhand.cli import open as opened
from byhand.cli import workflow_home
from byhand.cli.output import Json, emit, say
from byhand.cli.workflow_secrets import secret_names
from byhand.cli.workflow_table import place as place_of
from byhand.cli.workflow_work import elsewhere, on_desktop
from byhand.errors import UsageFault

_FATE = "nothing was scheduled"
_CALENDAR = re.compile(r"[A-Za-z0-9*.,:/~ \-+_]{1,100}")


def schedule(
    name: workflow_home.Name,
    /,
    *,
    at: Annotated[str, Parameter(metavar="WHEN", help="As systemd has it: Mon..Fri 08:00, or hourly.")] = "",
    table: Annotated[str, Parameter(metavar="FILE", help="Its rows, read anew each time.")] = "",
    url: Annotated[
        str, Parameter(metavar="ADDRESS", help="Another place of the same app, or an address that signs in.")
    ] = "",
    profile: Annotated[
        Path | None, Parameter(metavar="DIR", help="A browser profile, where you are signed in.")
    ] = None,
    install: Annotated[
        bool, Parameter(help="Write the two files and start the timer; else they are only shown.")
    ] = False,
    remove: Annotated[bool, Parameter(help="Stop the timer and take its files away.")] = False,
    json: Json = False,
) -> None:
    home = opened.home()
    program, place = workflow_home.load(home, name)
    unit = f"byhand-{workflow_home.checked(program.name)}"
    folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"
    files = {f"{unit}.service": "", f"{unit}.timer": ""}
    if remove:
        _systemctl("disable", "--now", f"{unit}.timer", must=False)
        for one in files:
            (folder / one).unlink(missing_ok=True)
        _systemctl("daemon-reload", must=False)
        _tell({"unit": unit, "removed": True}, [Text(f"{unit} runs no more")], as_json=json)
        return
    if not at or not _CALENDAR.fullmatch(at):
        raise UsageFault("say when it is to run", hints=('for example: --at "Mon..Fri 08:00"',), fate=_FATE)
    if on_desktop(program):
        raise UsageFault(
            f"{program.name} is done in a desktop program, with your own mouse and keyboard",
            hints=("start it while you are there to see it: byhand workflow run",), fate=_FATE,
        )  # fmt: skip
    if url:
        elsewhere(program, url)
    _understood(at)
    words = [*_program(), "workflow", "run", _named(program.name, place, home), "--unattended"]
    words += ["--table", place_of(table)] if table else []
    words += ["--url", url] if url else []
    words += ["--profile", str(profile.absolute())] if profile else []
    files = {f"{unit}.service": _service(program.name, words, home), f"{unit}.timer": _timer(program.name, at)}
    notes = [
        "it runs by this computer's clock: where the clock is set forward over that time it runs once, late; where it "
        "is set back over it, it may run twice, and rows that are done are not done again",
        "nobody is asked: steps that can't be undone need an allowance (byhand workflow allow)",
    ]
    if secret_names(program):
        notes.append("its secrets must be in the keyring, and the keyring unlocked at that time")
    if any("\n" in word or "\r" in word for word in (*words, str(home))):
        raise UsageFault("a path with a line's end in it can't be scheduled", fate=_FATE)
    if install:
        _tool()
        folder.mkdir(parents=True, exist_ok=True)
        for one, text in files.items():
            (folder / one).write_text(text, "utf-8")
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", f"{unit}.timer")
    told = [Text(line) for one, text in files.items() for line in (f"# {folder / one}", *text.splitlines(), "")]
    told += [Text(f"  {note}", "quiet") for note in notes]
    told.append(Text("scheduled" if install else "nothing was written; to do so, add --install", "bold"))
    _tell({"unit": unit, "files": files, "installed": install, "notes": notes}, told, as_json=json)


def _tell(value: object, lines: list[Text], *, as_json: bool) -> None:
    if as_json:
        emit(value)
    else:
        say(*lines)


def surroundings(home: Path) -> dict[str, str]:
    """What of the environment says where all of it is."""
    keyring = os.environ.get("BYHAND_KEYRING")
    return {"BYHAND_HOME": str(home)} | ({"BYHAND_KEYRING": keyring} if keyring else {})


def _service(name: str, words: list[str], home: Path) -> str:
    return f"""\
[Unit]
Description=Byhand workflow {name}

[Service]
Type=oneshot
Environment={" ".join(_quoted(f"{name}={value}", dollar="$") for name, value in surroundings(home).items())}
# Beside your own work: what you type and move on your desktop is no reason to stop.
UnsetEnvironment=DISPLAY WAYLAND_DISPLAY
ExecStart={" ".join(map(_quoted, words))}
# 4: a row stopped, 5: one is not checked, 6: it was ended. All are in its report, and are no fault of the unit.
SuccessExitStatus=4 5 6
"""


def _timer(name: str, at: str) -> str:
    return f"""\
[Unit]
Description=Byhand workflow {name}, at its times

[Timer]
OnCalendar={at}
Persistent=true

[Install]
WantedBy=timers.target
"""


def _quoted(word: str, dollar: str = "$$") -> str:
    """For a unit file: no expansion of any kind. dollar: how the sign is written; it means nothing in Environment=."""
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", dollar)
    return f'"{text}"' if shlex.quote(word) != word else text


def _program() -> list[str]:
    """How this very program is started."""
    beside = Path(sys.executable).with_name("byhand")
    return (
        [str(beside)]
        if beside.is_file()
        else [sys.executable, "-c", "import sys, byhand.cli; sys.exit(byhand.cli.main())"]
    )


def _named(name: str, place: Path, home: Path) -> str:
    return name if place == workflow_home.folder(home) / f"{name}.yaml" else str(place.absolute())


def _understood(at: str) -> None:
    """Raises:
    UsageFault: systemd knows no such time.
    """
    tool = shutil.which("systemd-analyze")
    if tool is None:
        return
    ran = subprocess.run([tool, "calendar", "--", at], capture_output=True, check=False, timeout=20)
    if ran.returncode:
        raise UsageFault(
            "this is no time that systemd knows", hints=('for example: --at "Mon..Fri 08:00"',), fate=_FATE
        )


def _tool() -> str:
    """Raises:
    UsageFault: there is no systemd here.
    """
    if tool := shutil.which("systemctl"):
        return tool
    raise UsageFault(
        "there is no systemd here",
        hints=("without --install the two files are shown, to be used another way",), fate=_FATE,
    )  # fmt: skip


def _systemctl(*words: str, must: bool = True) -> None:
    """Raises:
    UsageFault: it refuses.
    """
    if not must and shutil.which("systemctl") is None:
        return
    ran = subprocess.run([_tool(), "--user", *words], capture_output=True, check=False, timeout=60)
    if must and ran.returncode:
        raise UsageFault(
            "systemd does not take it",
            hints=(
                f"to see why, run: systemctl --user {' '.join(words)}",
                "without --install the two files are shown, to be used another way",
            ),
            fate="the files are written, the timer is not started",
        )
