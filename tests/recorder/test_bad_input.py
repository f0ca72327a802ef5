"""What was damaged, forged, filled up or taken away: the recorder's process says so, and writes nothing unguarded.

Elsewhere: an expired or forged grant, a clock set back, two recorders, SIGTERM, SIGKILL, a lost key (test_recording);
an X server that dies (test_desktop); what is left of a damaged vault and ledger (tests/vault).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from Xlib import X, display

from byhand.cli import main
from byhand.consent.ledger import Verdict
from byhand.events.kinds import Button, Element, Frame, Key, Mark, Window
from byhand.privacy.frames.pixels import Tile, unpatch
from byhand.recorder.control import Fault, Request, Status, ask
from byhand.recorder.launch import spawn
from byhand.vault.grants import save_policy
from stage import programs
from stage.desktop import Desktop, wait_for
from stage.hands import Hands
from tests.recorder.conftest import Person

Give = Callable[..., Person]
CANARY = "Zq7canary9Vx"
CLICKS = """
00.0  focus  mail "Inbox" 0,0 800x600
00.1  click  "Reply" (push button)
00.6  click  "Send" (push button)
"""


def in_our_form(fault: Fault | None) -> Fault:
    """One lower-case sentence without a full stop, something to type or to know, and what became of the data."""
    assert fault is not None
    assert fault.message[:1] == fault.message[:1].lower()
    assert not fault.message.endswith(".")
    assert "broke (" not in fault.message, fault
    assert fault.hints, fault
    assert fault.fate, fault
    assert CANARY not in str(fault)
    return fault


def recorded(person: Person) -> Status:
    """One whole recording of two clicks."""
    last = person.record(CLICKS, seconds=1.2, until="never")
    assert last.error is None, last.error
    assert last.kept["button"] == 4
    return last


def flip(path: Path, at: float) -> None:
    """Flip one bit at that part of a file."""
    data = bytearray(path.read_bytes())
    data[int(len(data) * at)] ^= 4
    path.write_bytes(data)


def untouched(home: Path) -> dict[str, bytes]:
    """All that is kept, by file; what only says who runs is left out."""
    skip = (".lock", "vault.sqlite", "-shm", "-wal", "keystore")  # SQLite tidies its file whenever it opens it
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.endswith(skip)
    }


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (b"version = 1\n[[apps]\nid = 'mail'", "line 2"),
        (b"version = 1\n[[apps]]\nname = 'x'\n", "line"),
        (b"version = 99\n", "line 1"),
        (b"version = 1 # " + CANARY.encode() + b"\xff\xfe", "can't be read"),
        (b"", "line 1"),
        (None, "can't be read"),
    ],
)
def test_a_policy_that_cant_be_read_or_makes_no_sense(give: Give, damage: bytes | None, says: str) -> None:
    """Broken TOML, unknown version, bytes that are no text, a folder in its place: named, and nothing recorded."""
    person = give("actions")
    before = untouched(person.home)
    path = person.home / "policy.toml"
    if damage is None:
        path.unlink()
        path.mkdir()
    else:
        save_policy(person.home, damage)
    last = person.record(CLICKS)
    fault = in_our_form(last.error)
    assert says in fault.message
    assert fault.fate == "nothing was recorded"
    assert not (person.home / "vault.sqlite").exists()
    assert untouched(person.home) | {"policy.toml": b""} == before | {"policy.toml": b""}


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"id":"grant1"}', b"[" * 100_000])
def test_a_grant_that_is_none_is_no_consent(give: Give, content: bytes) -> None:
    """Exit code 3, and no vault is made."""
    person = give("actions")
    (person.home / "grants" / "grant1.json").write_bytes(content)
    last = person.record(CLICKS)
    assert in_our_form(last.error).exit_code == 3
    assert not (person.home / "vault.sqlite").exists()


def test_a_strange_file_among_the_grants_does_not_stop_a_good_one(give: Give) -> None:
    """A name no grant of ours has, in a file beside it."""
    person = give("actions")
    odd = msgspec.structs.replace(person.grant, id="Ö x")
    (person.home / "grants" / "Ö x.json").write_bytes(msgspec.json.encode(odd))
    recorded(person)


@pytest.mark.parametrize("at", [0.1, 0.8])
def test_one_flipped_bit_in_the_ledger_is_found_before_anything_is_recorded(
    give: Give, capsys: pytest.CaptureFixture[str], at: float
) -> None:
    """The recorder names the line and refuses, and `byhand ledger verify` names the same one."""
    person = give("actions")
    recorded(person)
    flip(person.home / "ledger.jsonl", at)
    before = untouched(person.home)
    fault = in_our_form(person.record(CLICKS).error)
    assert "ledger is broken at line" in fault.message
    assert untouched(person.home) == before
    assert main(["ledger", "verify", "--json"]) == 1
    verdict = msgspec.json.decode(capsys.readouterr().out, type=Verdict)
    assert f"line {verdict.line}:" in fault.message
    with person.vault() as vault:
        assert len(vault.recordings()) == 1


def test_a_ledger_that_lost_its_end_does_not_grow_on(give: Give) -> None:
    """What the vault remembers of it shows that entries are missing, until new ones would hide that."""
    person = give("actions")
    recorded(person)
    path = person.home / "ledger.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for left in (lines[:2], []):
        path.write_bytes(b"".join(left))
        assert "there were at least" in in_our_form(person.record(CLICKS).error).message
        assert path.read_bytes() == b"".join(left)


def looks(person: Person, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What `list`, `show` and `record` say of this home: "" or the error."""
    capsys.readouterr()
    said: list[str] = []
    for words in (["list", "--json"], ["show", "last", "--json"]):
        code = main(words)
        error = capsys.readouterr().err
        assert (code == 0) is (not error), (words, error)
        said.append(in_our_form_json(error) if error else "")
    last = person.record(CLICKS, seconds=0.3, until="never")
    said.append(in_our_form(last.error).message if last.error else "")
    return said


def in_our_form_json(text: str) -> str:
    error = msgspec.json.decode(text.splitlines()[-1])["error"]
    return in_our_form(Fault(error["message"], tuple(error["hints"]), error["fate"] or "said", 1)).message


def test_a_vault_with_flipped_bits(give: Give, capsys: pytest.CaptureFixture[str]) -> None:
    """Each look gives the truth or a clear error, never a traceback, and what is recorded afterwards can be read."""
    person = give("actions")
    recorded(person)
    path = person.home / "vault.sqlite"
    whole = path.read_bytes()
    chance = random.Random(5)
    ledger = (person.home / "ledger.jsonl").read_bytes()
    for at in (0.0001, chance.random()):
        path.write_bytes(whole)
        (person.home / "ledger.jsonl").write_bytes(ledger)
        for rest in ("-wal", "-shm"):
            path.with_name(path.name + rest).unlink(missing_ok=True)
        flip(path, at)
        _, _, recording = looks(person, capsys)
        if not recording:
            assert any(isinstance(one.event, Mark) for one in person.events())


@pytest.mark.parametrize("left", [0.7, 0.02])
def test_a_vault_cut_short(give: Give, capsys: pytest.CaptureFixture[str], left: float) -> None:
    """Nothing is recorded into it, in words that say what can be done; and what is left of it stays as it is."""
    person = give("actions")
    recorded(person)
    path = person.home / "vault.sqlite"
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * left)])
    before = path.read_bytes()
    assert "damaged" in looks(person, capsys)[2]
    assert path.read_bytes() == before


@pytest.fixture
def small_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home on a disk of 3 MB, where we may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "none", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("only root may mount a small disk; test_recording shows the same by the vault's quota")
    monkeypatch.setenv("BYHAND_HOME", str(place / "byhand"))
    monkeypatch.setenv("BYHAND_KEYRING", "file")
    try:
        yield place / "byhand"
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.fixture
def home(request: pytest.FixtureRequest, home: Path) -> Path:
    """The usual one, or the small one where a test asks for it."""
    return request.getfixturevalue("small_home") if "small_home" in request.fixturenames else home


def test_a_full_disk_stops_the_recording_visibly(small_home: Path, give: Give) -> None:
    """The error says so, what was acknowledged before is there, and forgetting makes room for the next recording."""
    person = give("actions", "pointer")
    recorded(person)
    filler = small_home.parent / "filler"
    script = CLICKS + "".join(f"+0.0 move {x % 700},{x % 500} for=0.2\n" for x in range(7, 7000, 97))
    filler.write_bytes(bytes(os.statvfs(small_home).f_bavail * 4096 - 200_000))
    last = person.record(script, until="recording")
    if last.error is None:
        wait_for(lambda: ask(small_home, Request("status")).status.kept.get("button", 0) == 4, "the clicks")  # pyright: ignore[reportOptionalMemberAccess]
        acknowledged = len(person.events())
        with filler.open("ab") as file:
            file.write(bytes(1000))
            try:
                file.write(bytes(4_000_000))
                file.flush()
            except OSError:
                os.ftruncate(file.fileno(), os.fstat(file.fileno()).st_size)
        last = person.hear(person.running[-1])
        assert len(person.events()) >= acknowledged
    assert "full" in in_our_form(last.error).message
    with person.vault() as vault:
        for info in vault.recordings():
            assert list(vault.read(info.id)) or info.events == 0
    filler.unlink()
    recorded(person)


def test_a_keyring_that_vanished_is_named(give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home whose keys are in a keyring, on a machine without one: no new keys are made behind the person's back."""
    person = give("actions")
    recorded(person)
    (person.home / "keystore").write_bytes(b'{"store":"keyring","name":"0123456789ab"}')
    monkeypatch.delenv("BYHAND_KEYRING")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    before = untouched(person.home)
    assert "keyring" in in_our_form(person.record(CLICKS).error).message
    assert untouched(person.home) == before


# ---- on a desktop


@pytest.fixture
def seat(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    for name, value in desktop.env.items():
        if name != "PATH":
            monkeypatch.setenv(name, value)
    return desktop


def start(person: Person) -> None:
    process = spawn(person.home, person.grant.id)
    person.running.append(process)
    status = person.hear(process, "recording")
    assert status.error is None, status.error
    time.sleep(0.5)


def _kept(person: Person, kind: str) -> int:
    """How many events of a kind the recorder that runs has kept so far."""
    status = ask(person.home, Request("status")).status
    return status.kept.get(kind, 0) if status else 0


def _plain(tile: Tile) -> bool:
    """Whether it shows panels and their edges and no writing: a line of letters has more different rows than that."""
    rgb, width = tile.rgb(), tile.w * 3
    return len({rgb[at : at + width] for at in range(0, width * tile.h, width)}) <= 6


def test_a_program_that_hangs_holds_the_recorder_up_for_nothing(seat: Desktop, give: Give) -> None:
    """Its text is withheld, pictures show only plain ground; the recorder answers, and stops at once when told to."""
    person = give()
    editor = programs.editor(seat)
    programs.place(seat, "mousepad", 10, 40, 560, 420)
    with Hands(seat.display, pace=0.15) as hands:
        hands.click(300, 260)
        os.kill(editor.pid, signal.SIGSTOP)
        try:
            start(person)
            hands.click(300, 260)
            hands.type(CANARY)
            for _ in range(5):
                begun = time.monotonic()
                assert ask(person.home, Request("status")).error is None
                assert time.monotonic() - begun < 10  # at a hang it would be as long as the program hangs
            hands.click(34, 72)
            last = person.end()
        finally:
            os.kill(editor.pid, signal.SIGCONT)
            editor.terminate()
            editor.wait(10)
    assert last.error is None
    events = [one.event for one in person.events()]
    assert not [one for one in events if isinstance(one, Key) and one.cls in ("letter", "digit")]
    assert not [one for one in events if isinstance(one, Element)]
    tiles = [tile for one in events if isinstance(one, Frame) for tile in unpatch(one.patch)]
    assert all(_plain(tile) for tile in tiles)
    assert [one for one in events if isinstance(one, Button)]
    assert "no accessibility tree" in last.dropped


def test_titles_of_a_megabyte_and_titles_that_are_no_text(seat: Desktop, give: Give) -> None:
    """They are read in part, judged and not kept; the recording goes on."""
    person = give()
    connection = display.Display(seat.display)
    screen = connection.screen()
    window = screen.root.create_window(40, 60, 300, 200, 0, screen.root_depth, X.InputOutput, background_pixel=0)
    window.set_wm_class("mail", "mail")
    window.map()
    connection.sync()
    wait_for(lambda: programs.window_of(seat, "mail"), "the window")
    programs.place(seat, "mail", 40, 60, 300, 200)
    start(person)
    name, utf8 = connection.intern_atom("_NET_WM_NAME"), connection.intern_atom("UTF8_STRING")
    broken = b"\xff\xfe\x00\xc3\x28 " + CANARY.encode() + b" \xed\xa0\x80"
    # A request holds 256 KB: a larger title is written in pieces, as programs with such titles must.
    pieces = [(CANARY.encode() + b" ") * 15_000] * 6
    with Hands(seat.display, pace=0.15) as hands:
        hands.click(100, 150)
        for title in ([broken], pieces, [b"Open file"]):
            for place, piece in enumerate(title):
                window.change_property(name, utf8, 8, piece, X.PropModeAppend if place else X.PropModeReplace)
            connection.sync()
            time.sleep(0.3)
            hands.click(110, 150)
        # A window manager that draws such a title holds the pointer still meanwhile: what is clicked then comes later.
        wait_for(lambda: _kept(person, "button") >= 6, "the last click")
    last = person.end()
    window.destroy()
    connection.close()
    assert last.error is None
    assert last.lost == 0
    events = [one.event for one in person.events()]
    assert {one.title for one in events if isinstance(one, Window)} == {"", "Open file"}
    # The click made under the title of a megabyte is not kept: such a title can't be looked through for private words.
    assert len([one for one in events if isinstance(one, Button)]) == 6
