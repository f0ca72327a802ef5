"""`byhand browser`: real files, the real host's process, real keys."""

from __future__ import annotations

import base64
import hashlib
import io
import struct
import subprocess
import zipfile
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Whitespace

from byhand.cli import browser_host, checks, extension, main
from byhand.cli.browser_slim import slim
from byhand.cli.browser_voice import first_word
from byhand.cli.browsers import BROWSERS, found
from byhand.errors import CaptureError

FOREIGN = "a" * 32


@pytest.fixture
def person(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Somebody's home folder with two browsers that were started once, and no others."""
    folder = tmp_path / "person"
    for data in ("chromium", "BraveSoftware/Brave-Browser"):
        (folder / ".config" / data).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    return folder


def manifests(person: Path) -> list[Path]:
    return sorted(person.rglob("org.byhand.recorder.json"))


def said(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    return msgspec.json.decode(capsys.readouterr().out)


def test_install_writes_a_manifest_for_each_browser_that_is_there(
    person: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each names our extension alone, and a launcher that only the person can read or run."""
    assert main(["browser", "install"]) == 0
    assert "chrome://extensions" in capsys.readouterr().out
    assert [path.parts[-3] for path in manifests(person)] == ["Brave-Browser", "chromium"]
    for path in manifests(person):
        manifest = msgspec.json.decode(path.read_bytes())
        assert manifest["name"] == "org.byhand.recorder"
        assert manifest["allowed_origins"] == [f"chrome-extension://{extension.ID}/"]
        launcher = Path(manifest["path"])
        assert launcher.parent == home / "browser"
        assert launcher.stat().st_mode & 0o777 == 0o700


def test_the_launcher_starts_a_host_that_speaks(person: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`status` really starts it, without a recorder too; and says so where it can't."""
    assert main(["browser", "install", "--browser", "chromium"]) == 0
    capsys.readouterr()
    assert main(["browser", "status", "--json"]) == 0
    rows = said(capsys)["browsers"]
    assert [(row["browser"], row["standing"], row["host"]) for row in rows] == [  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType]
        ("chromium", "right", "speaks"),
        ("brave", "missing", ""),
    ]
    (home / "browser" / "host-chromium.sh").write_text("#!/bin/sh\nexit 0\n")
    assert main(["browser", "status"]) == 1
    assert "ends without a word" in capsys.readouterr().out


def test_another_extension_is_not_answered(person: Path, home: Path) -> None:
    """The host hangs up on an id that was not given to it, and answers one that was."""
    assert main(["browser", "install", "--browser", "chromium", "--extension-id", FOREIGN]) == 0
    launcher = home / "browser" / "host-chromium.sh"
    for one, code in (("b" * 32, 2), (FOREIGN, 0)):
        ran = subprocess.run(
            [launcher, f"chrome-extension://{one}/"], stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        assert ran.returncode == code
    assert first_word(launcher) == ""


def test_remove_takes_away_what_install_wrote_and_nothing_else(
    person: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folders are as they were; what somebody else wrote stays."""
    before = sorted(person.rglob("*"))
    assert main(["browser", "install"]) == 0
    assert main(["browser", "install"]) == 0  # a second time changes nothing about it
    assert main(["browser", "remove"]) == 0
    assert sorted(person.rglob("*")) == before
    assert not (home / "browser").exists()

    assert main(["browser", "install"]) == 0
    other = manifests(person)[0]
    other.write_text('{"name": "org.byhand.recorder", "path": "/elsewhere"}')
    neighbour = other.with_name("com.example.json")
    neighbour.write_text("{}")
    capsys.readouterr()
    assert main(["browser", "remove", "--json"]) == 0
    assert said(capsys)["left"] == [str(other)]
    assert neighbour.exists()
    assert manifests(person) == [other]


def test_a_browser_that_is_not_here_is_said_so(person: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the house's form, and nothing is written."""
    assert main(["browser", "install", "--browser", "edge"]) == 1
    assert "edge was not found here" in capsys.readouterr().err
    assert main(["browser", "install", "--browser", "lynx"]) == 2
    assert "chromium, chrome, edge" in capsys.readouterr().err
    assert main(["browser", "install", "--extension-id", "Short"]) == 2
    assert manifests(person) == []


def test_every_system_has_its_places(person: Path) -> None:
    """macOS has others, and Windows is refused in words: there it is the registry."""
    for browser in BROWSERS:
        (person / "Library/Application Support" / browser.mac).mkdir(parents=True)
    mac = found({"HOME": str(person)}, platform="darwin")
    assert {one.hosts.relative_to(person).as_posix() for one in mac} >= {
        "Library/Application Support/Google/Chrome/NativeMessagingHosts",
        "Library/Application Support/Microsoft Edge/NativeMessagingHosts",
    }
    with pytest.raises(CaptureError, match="registry"):
        found({}, platform="win32")


def test_a_path_with_signs_of_the_shell_is_only_a_path(tmp_path: Path) -> None:
    """The launcher is a script: what stands in it must not be run."""
    home = tmp_path / "it's $(touch owned) here"
    home.mkdir()
    (home / "browser").mkdir()
    launcher = home / "browser" / "host.sh"
    browser_host.write(home, BROWSERS[0], (extension.ID,), manifest=tmp_path / "m" / "m.json", launcher=launcher)
    assert first_word(launcher) == ""
    assert not (Path.cwd() / "owned").exists()


def test_doctor_finds_a_joint_that_broke(person: Path, home: Path) -> None:
    """A browser that was joined and can't reach us is told, with what mends it; one that is not joined is not."""
    (none,) = checks.browsers(home, {"HOME": str(person)})
    assert none.verdict == "ok"
    assert main(["browser", "install", "--browser", "chromium"]) == 0
    (good,) = checks.browsers(home, {"HOME": str(person)})
    assert (good.verdict, good.says) == ("ok", "joined, and its host speaks")
    manifests(person)[0].unlink()
    (broken,) = checks.browsers(home, {"HOME": str(person)})
    assert (broken.verdict, broken.mend) == ("warn", "to write it anew, run: byhand browser install")


def test_on_wayland_a_joined_browser_can_still_be_recorded() -> None:
    """Doctor says so instead of failing."""
    wayland = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
    assert checks.session(wayland).verdict == "fail"
    finding = checks.session(wayland, joined=True)
    assert finding.verdict == "warn"
    assert "--driver browser" in finding.mend


# ---- packing


def packed(folder: Path) -> tuple[bytes, bytes]:
    """The zip and the crx that lie there."""
    return next(folder.glob("*.zip")).read_bytes(), next(folder.glob("*.crx")).read_bytes()


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("key") / "key.pem"
    made = rsa.generate_private_key(65537, 2048)
    file.write_bytes(
        made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return file


def test_packing_twice_gives_the_same_bytes(tmp_path: Path, key: Path) -> None:
    """Whoever has the source can check what they were given."""
    for name in ("one", "two"):
        assert main(["browser", "pack", "--key", str(key), "-o", str(tmp_path / name)]) == 0
    assert packed(tmp_path / "one") == packed(tmp_path / "two")


def test_the_zip_is_the_extension(tmp_path: Path, key: Path) -> None:
    """Every file of it, nothing hidden, no time and no owner; scripts lack their comments and nothing else."""
    assert main(["browser", "pack", "-o", str(tmp_path)]) == 0
    (file,) = tmp_path.glob("*.zip")
    assert file.stat().st_size <= 60_000
    with zipfile.ZipFile(file) as pack:
        names = pack.namelist()
        assert names == sorted(names)
        assert "manifest.json" in names
        assert not [name for name in names if name.endswith((".d.ts", ".md"))]
        for entry in pack.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            source, there = (extension.folder() / entry.filename).read_bytes(), pack.read(entry)
            if entry.filename.endswith(".js"):
                assert tokens(there) == tokens(source)
                assert (b"Copyright" in there) == (b"Copyright" in source)
            else:
                assert there == source


def test_the_crx_is_signed_as_chromium_checks_it(tmp_path: Path, key: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Magic, version, one RSA proof over the id and the zip, and the printed id is the key's."""
    assert main(["browser", "pack", "--key", str(key), "-o", str(tmp_path), "--json"]) == 0
    id_ = said(capsys)["id"]
    zip_, crx = packed(tmp_path)
    magic, version, length = struct.unpack_from("<4sII", crx)
    assert (magic, version) == (b"Cr24", 3)
    header, body = crx[12 : 12 + length], crx[12 + length :]
    assert body == zip_
    fields = message(header)
    assert set(fields) == {2, 10000}
    proof, signed = message(fields[2]), fields[10000]
    public = serialization.load_der_public_key(proof[1])
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(
        proof[2], b"CRX3 SignedData\0" + struct.pack("<I", len(signed)) + signed + zip_,
        padding.PKCS1v15(), hashes.SHA256(),
    )  # fmt: skip
    assert message(signed)[1] == hashlib.sha256(proof[1]).digest()[:16]
    assert extension.id_of(proof[1]) == id_


def test_the_fixed_id_is_that_of_the_manifests_key() -> None:
    """Else hosts would answer another extension than ours."""
    manifest = extension.manifest(extension.folder())
    assert extension.id_of(base64.b64decode(manifest.key)) == extension.ID


@pytest.mark.parametrize("content", ["", "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n"])
def test_what_is_no_key_is_refused_and_not_quoted(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With how to make one."""
    (tmp_path / "key.pem").write_text(content)
    assert main(["browser", "pack", "--key", str(tmp_path / "key.pem"), "-o", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert "openssl genpkey" in told
    assert "hunter2" not in told
    assert not (tmp_path / "out").exists()


def tokens(script: bytes) -> list[str]:
    """All of a script but comments and the space between."""
    found = JavascriptLexer().get_tokens(script.decode())
    return [text for kind, text in found if kind not in Comment and not (kind in Whitespace or not text.strip())]


def test_what_only_looks_like_a_comment_stays() -> None:
    """A text of several lines keeps every space, and what stands behind a comment is code."""
    source = (
        "const a = `\n  // in\n\n  /* a text */`;\n  /** gone\n  */ const b = 1;\n\n// gone\n/* x */ const c = 2;\n"
    )
    assert slim(source) == "const a = `\n  // in\n\n  /* a text */`;\nconst b = 1;\n/* x */ const c = 2;\n"


def message(data: bytes) -> dict[int, bytes]:
    """The length-delimited fields of a protocol buffer, read by the book: varint tag, varint length, bytes."""
    out, at = {}, io.BytesIO(data)
    while at.tell() < len(data):
        tag, length = varint(at), None
        assert tag & 7 == 2
        length = varint(at)
        out[tag >> 3] = at.read(length)
    return out


def varint(data: io.BytesIO) -> int:
    value = shift = 0
    while True:
        (byte,) = data.read(1)
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value
