"""The list of private contexts: what it knows in many countries, what it leaves alone, and what spoils it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byhand.errors import RecorderError
from byhand.privacy.rules import listed
from byhand.privacy.rules.listed import KINDS, digest_of, sections_of, shipped
from byhand.privacy.rules.phrases import Phrases, fold

ROOT = Path(__file__).parents[2]

CASES = Path(__file__).parent / "contexts"


def cases(name: str) -> list[tuple[str, str]]:
    """The cases of a file with their kind: a line for a title, words for hosts."""
    kind, found = "", list[tuple[str, str]]()
    for line in (CASES / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            found += [(kind, case) for case in (line.split() if name.endswith("hosts.txt") else [line])]
    return found


@pytest.mark.parametrize(("kind", "host"), cases("known_hosts.txt"))
def test_hosts_of_many_countries_are_known(kind: str, host: str):
    """By name or by the words of the name; under any port, in any case, with and without a dot at the end."""
    for url in (f"https://{host}/", f"https://{host.upper()}:8443/x?y=1", f"http://{host}./"):
        assert kind in shipped().kinds_of(url=url)
        assert shipped().always.page(url) or shipped().others.page(url)


@pytest.mark.parametrize(("kind", "title"), cases("known_titles.txt"))
def test_titles_in_many_languages_are_known(kind: str, title: str):
    """As words of a longer title too, in any case, and with accents written apart."""
    for said in (title, f"{title} — Firefox", f"(3) {title}.pdf", title.upper()):
        assert kind in shipped().kinds_of(title=said)


@pytest.mark.parametrize(("_", "host"), cases("harmless_hosts.txt"))
def test_hosts_that_only_sound_alike_are_left_alone(_: str, host: str):
    """A data bank is no bank, and Croatia no personnel office. A blood bank is health, and known."""
    assert shipped().kinds_of(url=f"https://{host}/") == []


@pytest.mark.parametrize(("_", "title"), cases("harmless_titles.txt"))
def test_titles_that_only_sound_alike_are_left_alone(_: str, title: str):
    """A list that hits everything would record nothing, and would be turned off."""
    assert shipped().kinds_of(title=title) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://work.example/payroll",
        "https://work.example/a/paySlips/2026",
        "https://work.example/a/PAYSLIPS/",
        "https://work.example/#/tax-return/2025",
        "https://work.example/go?view=patient_record",
        "https://work.example/Lohnabrechnung%20Mai.pdf",
        "https://work.example/%E7%B5%A6%E4%B8%8E%E6%98%8E%E7%B4%B0",
        "file:///home/me/Payslips/may.pdf",
    ],
)
def test_words_of_an_address_tell(url: str):
    """In path, query and fragment, however they are joined or written."""
    assert shipped().others.page(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://work.example/",
        "https://work.example/invoices/2026/03?sort=date#row-7",
        "https://work.example/releases/candidate",
        "https://work.example/hr/pocetna",
        "https://work.example/data-bank/list",
        "https://work.example/docs/hospitality",
        "about:blank",
        "",
    ],
)
def test_plain_addresses_are_left_alone(url: str):
    """/hr/ is how a site says that it speaks Croatian."""
    assert shipped().others.page(url) == shipped().always.page(url) == ""


@pytest.mark.parametrize(
    "host",
    [
        "xn--pypal-4ve.com",  # Cyrillic a
        "p\u0430ypal.com",
        "PAYPAL.com",
        "ｐａｙｐａｌ.com",
        "pay\u200bpal.com",
        "xn--bnk-6cd.example",  # b, Cyrillic a, nk
        "spark\u0430sse.example",
        "xn--99999999999.example",  # no punycode
        "a" * 254,
    ],
)
def test_hosts_written_to_look_alike_or_to_be_unreadable_count_as_private(host: str):
    """What can't be read is not known to be harmless."""
    assert shipped().others.host(host)


@pytest.mark.parametrize(
    "title", ["Pаyslip", "Pay\u200bslip", "Ｐａｙｓｌｉｐ", "PAYSLİP", "Payslips", "pay-slip", "PaySlip"]
)
def test_titles_written_otherwise_are_still_known(title: str):
    """Homoglyphs, invisible signs, wide letters, a plural, a dash."""
    assert shipped().others.title(title, browser=False)


def test_a_title_too_long_to_look_at_is_private_and_costs_nothing():
    """A megabyte is not read; a test's timeout would end it otherwise."""
    assert shipped().others.title("x" * 1_000_001, browser=False)
    assert not shipped().others.title("x" * 1_000, browser=False)


def test_names_that_tell_only_of_pages_count_in_browsers_only():
    """Revolut in a document's name is a customer; in a browser it is an account."""
    assert shipped().others.title("Home | Revolut", browser=True)
    assert not shipped().others.title("Invoice Revolut.odt", browser=False)


@given(st.text(max_size=200))
def test_no_text_breaks_the_list(text: str):
    """Addresses and titles come from anywhere."""
    group = shipped().others
    group.page(text)
    group.page(f"https://{text}/{text}")
    group.title(text, browser=True)
    assert fold(fold(text)) == fold(text) or not text.isascii()


# ---- the files


def test_every_kind_has_a_file_and_every_entry_can_be_found():
    """An entry that its own matcher can't find would be a promise without a lock."""
    have = shipped()
    assert set(KINDS) < set(have.kinds)
    for kind in KINDS:
        sections = have.kinds[kind]
        for name in ("host words", "path words", "titles", "browser titles"):
            phrases = Phrases(sections.get(name, ()))
            assert [entry for entry in sections.get(name, ()) if not phrases.inside(entry.strip("*"))] == []
        assert [name for name in sections.get("programs", ()) if name != name.strip().lower()] == []
        hosts = sections.get("hosts", ())
        assert [host for host in hosts if kind not in have.kinds_of(url=f"https://{host}/")] == []
        assert len(hosts) == len(set(hosts))


def test_a_changed_list_has_a_new_version():
    """The digest beside the version is the files'; whoever changes one writes both."""
    texts = {name: (ROOT / path(name)).read_text("utf-8") for name in listed.FILES}
    assert shipped().digest == digest_of(texts)
    assert (
        subprocess.run([sys.executable, "-m", "scripts.contexts_version", "--check"], cwd=ROOT, check=False).returncode
        == 0
    )


def path(name: str) -> str:
    return f"src/byhand/privacy/rules/contexts/{name.replace(' ', '_')}.txt"


def test_a_shortened_list_is_unreadable_and_then_nothing_is_recorded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """One line taken out of a file: no guard can be made, and the error says what to do and nothing else."""
    folder = tmp_path / "contexts"
    folder.mkdir()
    for file in (ROOT / path("bank")).parent.iterdir():
        folder.joinpath(file.name).write_text(file.read_text("utf-8"), "utf-8")

    def elsewhere(_: str) -> Path:
        return tmp_path

    monkeypatch.setattr(listed, "files", elsewhere)
    assert listed.shipped.__wrapped__().version == shipped().version
    bank = folder / "bank.txt"
    bank.write_text(bank.read_text("utf-8").replace("bank, banks, ", ""), "utf-8")
    with pytest.raises(RecorderError) as raised:
        listed.shipped.__wrapped__()
    assert raised.value.fate == "nothing was recorded"
    bank.unlink()
    with pytest.raises(RecorderError):
        listed.shipped.__wrapped__()


@pytest.mark.parametrize(
    "text", ["", "bank.example", "[hosts]\n[hosts]", "[hostz]\nbank.example", "[hosts]\n# nothing"]
)
def test_a_file_with_a_slip_is_no_list(text: str):
    """A misspelt section would be a section nobody asks."""
    with pytest.raises(ValueError):
        sections_of(text)


def test_the_privacy_page_says_what_the_list_holds():
    """Each kind with its file and its numbers, and the version: a page that lags behind would be a false promise."""
    page = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    have = shipped()
    for kind in KINDS:
        sections = have.kinds[kind]
        parts = (("hosts", "host words"), ("programs",), ("titles", "browser titles", "path words"))
        numbers = [str(sum(len(sections.get(name, ())) for name in names)) for names in parts]
        row = f" | {' | '.join(numbers)} | `{kind.replace(' ', '_')}.txt` |"
        assert any(line.startswith(f"| {kind} |") and line.endswith(row) for line in page.splitlines()), kind + row
    assert f"version\n{have.version}, one readable file" in page
