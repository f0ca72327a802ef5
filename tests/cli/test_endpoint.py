"""Promises of models at endpoints: off by default, a signed yes to each recipient, each send in the ledger."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest

from byhand.cli import endpoint, main
from byhand.cli.endpoint import Door, deciding, key_of, under
from byhand.errors import NoGrant, UsageFault
from byhand.models.endpoints.address import Address, address
from byhand.models.endpoints.asking import Elsewhere, Sending
from byhand.models.rules import Rules
from byhand.vault import allowances
from byhand.vault.keys import open_keys
from tests.cli.terminal import on_terminal
from tests.cli.test_workflow_around import typed

POLICY = """\
version = 1
streams = ["actions", "frames"]
[[apps]]
id = "chromium"
browser = true
[[sites]]
origin = "https://work.example.org"
[[sites]]
origin = "https://books.example.org"
"""
URL = "https://models.example/v1"
THERE = "https://models.example"
KEY = "sk-canary-83jd"
SENT = Sending(THERE, "openai:m", 1234, 17)


@pytest.fixture
def agreed(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A grant of actions on two sites."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(endpoint.KEY, raising=False)
    Path("policy.toml").write_text(POLICY, "utf-8")
    give()
    return home


def give(*words: str) -> None:
    assert main(["consent", "give", "--policy", "policy.toml", "--yes", *words]) == 0


def again(*words: str) -> None:
    """Another consent in place of the one before: of two that were given in one second, either holds."""
    assert main(["consent", "withdraw"]) == 0
    give(*words)


def allow(*words: str) -> int:
    return main(["model", "allow", "openai:m", "--endpoint", URL, "--yes", *words])


def door(home: Path, held: ExitStack, to: Address | None = None) -> Door:
    return Door(home, to or address("openai:m", URL), held)


def refused(home: Path, to: Address | None = None) -> str:
    """Why nothing may be sent; "" if it may."""
    with ExitStack() as held:
        try:
            door(home, held, to).asked()
        except NoGrant as error:
            return error.message
    return ""


def ledger(capsys: pytest.CaptureFixture[str], kind: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["ledger", "show", "--json"]) == 0
    return [one["detail"] for one in json.loads(capsys.readouterr().out) if one["kind"] == kind]


def test_without_a_yes_nothing_is_opened_and_it_says_what_to_sign(agreed: Path, capsys: pytest.CaptureFixture[str]):
    """A consent to be recorded is none to be shown to others."""
    del agreed
    words = ["do", "look", "--url", "https://work.example.org/", "--model", "openai:m", "--endpoint", URL]
    assert main(words) == 3
    told = capsys.readouterr().err
    assert f"pages would be shown to {THERE}: you have not said yes to that" in told
    assert f"byhand model allow openai:m --endpoint {THERE}" in told
    assert "nothing was sent" in told
    assert main(["eval", "openai:m", "--endpoint", URL, "--suite", "miniwob", "--tasks", "click-button"]) == 3


def test_a_yes_is_for_one_recipient_one_content_and_the_sites_of_that_day(agreed: Path):
    """Anything else needs another."""
    assert refused(agreed) == f"pages would be shown to {THERE}: you have not said yes to that"
    assert allow() == 0
    assert refused(agreed) == ""
    assert refused(agreed, address("openai:other", URL)) == ""
    assert "for other sites or for other content" in refused(agreed, address("openai:m", "https://other.example/v1"))
    assert "for other sites or for other content" in refused(agreed, address("openai-computer:m", URL))
    again("--sites", "https://work.example.org")
    assert "for other sites or for other content" in refused(agreed)


def test_a_yes_that_was_changed_or_taken_back_is_none(agreed: Path, capsys: pytest.CaptureFixture[str]):
    """From the next send on; the ledger tells of both."""
    allow()
    (one,) = allowances.load(agreed)
    path = agreed / "allowances" / f"{one.id}.json"
    good = path.read_bytes()
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(one, site="https://evil.example")))
    assert "changed after it was given" in refused(agreed)
    path.write_bytes(good)
    with ExitStack() as held:
        there = door(agreed, held)
        there.opens(SENT)
        assert main(["model", "allow", "--withdraw", one.id]) == 0
        with pytest.raises(NoGrant, match="taken back"):
            there.opens(SENT)
    assert len(ledger(capsys, "send")) == 1
    assert [told["to"] for told in ledger(capsys, "allow")] == [THERE]
    assert [told["allowance"] for told in ledger(capsys, "disallow")] == [one.id]


def test_withdrawing_consent_ends_it_too(agreed: Path):
    """What is no longer seen is not shown."""
    allow()
    assert main(["consent", "withdraw"]) == 0
    with ExitStack() as held, pytest.raises(NoGrant, match="withdrawn"):
        door(agreed, held).opens(SENT)


def test_each_send_is_in_the_ledger_before_it_is_made(agreed: Path, capsys: pytest.CaptureFixture[str]):
    """Recipient, model, bytes, counts; and not what."""
    allow()
    with ExitStack() as held:
        there = door(agreed, held)
        there.opens(SENT)
        there.opens(SENT)
    told = {"to": THERE, "model": "openai:m", "bytes": 1234, "elements": 17, "pictures": 0}
    assert ledger(capsys, "send") == [told, told]
    assert main(["ledger", "show"]) == 0
    assert "page shown to a model" in capsys.readouterr().out
    assert main(["ledger", "verify"]) == 0


def test_this_computer_needs_no_yes(agreed: Path, capsys: pytest.CaptureFixture[str]):
    """It is told all the same, and the sends are in the ledger."""
    with deciding(agreed, "openai:m", "http://127.0.0.1:9/v1") as one:
        assert isinstance(one, Elsewhere)
    assert "go to http://127.0.0.1:9 on this computer" in capsys.readouterr().err
    assert main(["model", "allow", "openai:m", "--endpoint", "http://127.0.0.1:9/v1"]) == 0
    assert not allowances.load(agreed)


def test_without_a_ledger_to_write_to_nothing_is_begun(home: Path, capsys: pytest.CaptureFixture[str]):
    """Nobody ever gave a consent here, so there is no key to sign an entry with."""
    words = ["eval", "openai:m", "--endpoint", "http://127.0.0.1:9/v1", "--suite", "miniwob"]
    assert main([*words, "--tasks", "click-button"]) == 1
    assert "byhand consent give" in capsys.readouterr().err
    assert not (home / "ledger.jsonl").exists()


def test_pictures_need_a_consent_to_pictures(agreed: Path, capsys: pytest.CaptureFixture[str]):
    """A yes to showing what may not even be kept is not taken."""
    words = ["model", "allow", "openai-computer:m", "--endpoint", URL, "--yes"]
    assert main(words) == 2
    assert "your consent covers no pictures" in capsys.readouterr().err
    again("--streams", "actions,frames")
    assert main(words) == 0
    assert refused(agreed, address("openai-computer:m", URL)) == ""


def test_a_no_is_a_no(agreed: Path):
    """Nothing is written."""
    words = ["model", "allow", "openai:m", "--endpoint", URL]
    code, shown = on_terminal(words, "n\n", os.environ, Path.cwd())
    assert code == 3, shown
    assert "show https://models.example the elements of a page, by cleared names" in " ".join(shown.split())
    assert not allowances.load(agreed)


def test_its_key_is_typed_unseen_and_kept_under_the_recipient(agreed: Path):
    """Neither the argument of a command nor anything shown has it."""
    words = ["model", "allow", "openai:m", "--endpoint", URL, "--yes", "--key"]
    code, shown = typed(words, "nothing is shown): ", KEY)
    assert code == 0, shown
    assert KEY not in shown
    to = address("openai:m", URL)
    assert key_of(agreed, to) == KEY
    assert open_keys(agreed, os.environ).get(under(to)) == KEY.encode()
    assert key_of(agreed, address("openai:m", "https://other.example/v1")) == ""


def test_a_key_that_is_none_is_not_quoted(agreed: Path, monkeypatch: pytest.MonkeyPatch):
    """Two lines of a file, by mistake."""
    monkeypatch.setenv(endpoint.KEY, f"{KEY}\nsecond")
    with pytest.raises(UsageFault) as caught:
        key_of(agreed, address("openai:m", URL))
    assert KEY not in str((caught.value.message, caught.value.hints))


def test_a_model_of_ours_has_no_address(agreed: Path):
    """And is found as before."""
    with deciding(agreed, "rules", "") as one:
        assert isinstance(one, Rules)
    with pytest.raises(UsageFault, match="only a model at an endpoint"), deciding(agreed, "rules", URL):
        pass


def test_what_is_allowed_is_listed(agreed: Path, capsys: pytest.CaptureFixture[str]):
    """With what it says and how it stands."""
    del agreed
    assert main(["model", "allow"]) == 0
    assert "no page is shown to any model but on this computer" in capsys.readouterr().out
    allow("--days", "7")
    capsys.readouterr()
    assert main(["model", "allow", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert one["standing"] == "good"
    assert one["allowance"]["says"].endswith("https://books.example.org, https://work.example.org")
