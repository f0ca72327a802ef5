"""`byhand browser`: joins the browsers of this computer to the recorder, and packs the extension."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import msgspec
from cyclopts import Parameter
from rich.text import Text

from byhand.cli import browser_host, browser_pack, extension, running
from byhand.cli import open as opened
from byhand.cli.browser_voice import first_word
from byhand.cli.browsers import found, named
from byhand.cli.output import Json, columns, emit, say
from byhand.errors import ByhandError, NotRecording
from byhand.vault.durable import write_durably

_SIGNS = {"right": ("ok", "good"), "missing": ("no", "quiet"), "another's": ("warn", "warn")}
_Name = Annotated[str, Parameter(metavar="NAME", help="Only this one: chromium, chrome, edge, brave, vivaldi.")]


def install(
    *,
    browser: _Name = "",
    extension_id: Annotated[
        tuple[str, ...],
        Parameter(metavar="ID", help="Answer an extension of this id too: one that you packed with a key of your own."),
    ] = (),
    json: Json = False,
) -> None:
    home = opened.home()
    ids = extension.ids(extension_id)
    folder = extension.folder()
    written = [browser_host.install(home, one, ids) for one in named(browser, os.environ)]
    if json:
        emit({"written": written, "extension": {"id": extension.ID, "folder": str(folder)}})
        return
    for one in written:
        say(Text.assemble(("joined  ", "good"), (one.browser, "name")))
        say(Text(f"  wrote {one.manifest}", "quiet"), Text(f"  wrote {one.launcher}", "quiet"))
    say(
        "",
        "Now load the extension, once in each browser:",
        "  1. open chrome://extensions (edge://extensions in Edge), and turn on Developer mode there",
        f'  2. press "Load unpacked" and choose {folder}',
        "  3. its badge says off until you run: byhand record",
        Text("  for many computers, a policy of the company does it: docs/browser.md", "quiet"),
    )


class _Row(msgspec.Struct, frozen=True):
    """A browser, as `status` tells of it. host: "speaks", or what is wrong; "" where no manifest leads to it."""

    browser: str
    program: str
    manifest: str
    standing: browser_host.Standing
    host: str


def status(*, json: Json = False) -> int:
    """Returns 1 if a browser was joined and the joint is broken."""
    home = opened.home()
    folder = extension.folder()
    rows = [
        _row(home, one.browser.name, one.program, one.hosts, browser_host.standing(home, one))
        for one in found(os.environ)
    ]
    recording, connected = _connected(home)
    broken = any(row.standing == "out of date" or row.host not in ("", "speaks") for row in rows)
    if json:
        about = {"id": extension.ID, "version": extension.manifest(folder).version, "folder": str(folder)}
        emit({"extension": about, "browsers": rows, "recording": recording, "connected": connected})
        return int(broken)
    table: list[tuple[Text, ...]] = []
    for row in rows:
        sign = ("fail", "bad") if row.host not in ("", "speaks") else _SIGNS.get(row.standing, ("fail", "bad"))
        table.append((Text(*sign), Text(row.browser, "name"), Text(_said(row), "quiet")))
    columns(table)
    if not rows:
        say("no browser that takes the extension was found here")
    say(Text(f"the extension: {folder}", "quiet"))
    if not recording:
        say(Text("nothing is being recorded, so no extension is connected", "quiet"))
    else:
        say(f"connected now: {', '.join(connected)}" if connected else "no extension is connected to the recorder")
    if broken:
        say("to mend it, run: byhand browser install")
    return int(broken)


def remove(*, json: Json = False) -> None:
    gone, left = browser_host.remove(opened.home())
    if json:
        emit({"removed": gone, "left": left})
        return
    for file in gone:
        say(Text.assemble(("removed ", "quiet"), file))
    for file in left:
        say(Text.assemble(("left ", "warn"), f"{file}: it was changed by somebody else"))
    if not gone and not left:
        say("nothing was installed")
    else:
        say(Text("the extension itself is removed at chrome://extensions", "quiet"))


def pack(
    *,
    to: Annotated[Path, Parameter(name="-o", metavar="DIR", help="Where to write.")] = Path(),
    key: Annotated[
        Path | None, Parameter(metavar="KEY.pem", help="Sign a .crx with this private RSA key; it gives the id.")
    ] = None,
    json: Json = False,
) -> None:
    folder = extension.folder()
    version = extension.manifest(folder).version
    private = browser_pack.read_key(key) if key else None
    zip_ = browser_pack.zipped(folder)
    files = {f"byhand-extension-{version}.zip": zip_}
    id_ = extension.ID
    if private:
        files[f"byhand-extension-{version}.crx"] = browser_pack.signed(zip_, private)
        id_ = extension.id_of(browser_pack.public_der(private))
    made: list[str] = []
    for name, data in files.items():
        try:
            to.mkdir(parents=True, exist_ok=True)
            write_durably(to / name, data)
        except OSError as error:
            said = (error.strerror or "it failed").lower()
            raise ByhandError(f"{to / name} can't be written: {said}", fate="nothing was written") from None
        (to / name).chmod(0o644)
        made.append(str(to / name))
    if json:
        emit({"written": made, "id": id_, "version": version})
        return
    for name, data in files.items():
        say(Text.assemble(("wrote ", "quiet"), (str(to / name), "name"), (f"  {len(data):,} bytes", "quiet")))
    say(Text.assemble(("id    ", "quiet"), (id_, "name")))
    if private and id_ != extension.ID:
        say(f"for the recorder to answer it, run: byhand browser install --extension-id {id_}")
    if not private:
        say(
            *(
                Text(f"  for a .crx: {hint}" if n == 0 else f"  {hint}", "quiet")
                for n, hint in enumerate(browser_pack.without_a_key())
            )
        )


def _row(home: Path, name: str, program: str, hosts: Path, standing: browser_host.Standing) -> _Row:
    host = ""
    if standing in ("right", "out of date"):
        launcher = next((Path(one.launcher) for one in browser_host.listed(home) if one.browser == name), None)
        host = (first_word(launcher) if launcher else "there is no launcher") or "speaks"
    return _Row(name, program, str(hosts / browser_host.FILE), standing, host)


def _said(row: _Row) -> str:
    if row.host not in ("", "speaks"):
        return f"joined, but its host does not work: {row.host}"
    return {
        "right": f"joined, and its host speaks: {row.manifest}",
        "missing": "not joined; to do it, run: byhand browser install",
        "another's": f"joined to another recorder: {row.manifest}",
    }.get(row.standing, f"joined by another version: {row.manifest}")


def _connected(home: Path) -> tuple[bool, list[str]]:
    """Whether a recorder runs, and the browsers whose extension speaks to it."""
    try:
        now = running.order(home, "status")
    except NotRecording:
        return False, []
    return True, list(now.browsers)
