"""Contacts, addresses, handles, links and passwords that people made up."""

from __future__ import annotations

import pytest

from byhand.privacy.text.detect.passwords import Passwords
from byhand.privacy.text.detect.union import detectors, find_all
from byhand.privacy.text.types import At, Span

ALL = detectors()


def found(text: str, at: At | None = None) -> dict[str, str]:
    return {text[start:end]: kind for start, end, kind in find_all(ALL, text, at or At("title"))}


@pytest.mark.parametrize(
    ("text", "part", "kind"),
    [
        ("DM: ada@lovelace.example", "ada@lovelace.example", "EMAIL"),
        ("ada.b+tag@mail.co.example!", "ada.b+tag@mail.co.example", "EMAIL"),
        ("ada (at) lovelace (dot) example", "ada (at) lovelace (dot) example", "EMAIL"),
        ("q=ada%40lovelace.example", "q=ada%40lovelace.example", "EMAIL"),
        ("jörg@müller.example", "jörg@müller.example", "EMAIL"),
        ("(415) 555-0123 ext. 1234", "(415) 555-0123 ext. 1234", "PHONE"),
        ("Verify number 4155550123", "4155550123", "PHONE"),
        ("+49 30 901820-0", "+49 30 901820-0", "PHONE"),
        ("0033 1 42 34 56 78", "0033 1 42 34 56 78", "PHONE"),
        ("Tel. 030/901820", "030/901820", "PHONE"),
        ("06 12 34 56 78", "06 12 34 56 78", "PHONE"),
        ("192.168.17.4 answers", "192.168.17.4", "IP"),
        ("fe80::1ff:fe23:4567:890a", "fe80::1ff:fe23:4567:890a", "IP"),
        ("00:1A:2b:3C:4d:5E", "00:1A:2b:3C:4d:5E", "IP"),
        ("at 52.52000, 13.40500 now", "52.52000, 13.40500", "ADDRESS"),
        ("500 Market St, Apt 12B, SF, CA 94104", "500 Market St, Apt 12B, SF, CA 94104", "ADDRESS"),
        ("Home - 123 Main St, Boston - Contacts", "123 Main St, Boston", "ADDRESS"),
        ("Hauptstraße 12a, 10115 Berlin", "Hauptstraße 12a, 10115 Berlin", "ADDRESS"),
        ("12 bis, rue de la Paix, 75002 Paris", "12 bis, rue de la Paix, 75002 Paris", "ADDRESS"),
        ("4-2-1 Akasaka, Minato City, Tokyo 107-0052", "4-2-1 Akasaka, Minato City, Tokyo 107-0052", "ADDRESS"),
        ("Calle de Alcalá 45, 28014 Madrid", "Calle de Alcalá 45, 28014 Madrid", "ADDRESS"),
        ("東京都港区赤坂4-2-1", "東京都港区赤坂4-2-1", "ADDRESS"),
        ("P.O. Box 1184", "P.O. Box 1184", "ADDRESS"),
        ("cc @ada_lovelace please", "@ada_lovelace", "HANDLE"),
        ("Slack | #secret-plans", "#secret-plans", "CHANNEL"),
        ("/home/ada/notes.txt", "ada", "HANDLE"),
        (r"C:\Users\ada\Desktop", "ada", "HANDLE"),
        ("acme-labs/engine · Pull Request #12", "acme-labs/engine", "REPO"),
        ("Join https://chat.example/i/x7", "https://chat.example/i/x7", "URL"),
        ("calendly.com/ada-l/30min - Meet", "calendly.com/ada-l/30min", "URL"),
        ("Her password is hunter2 ok", "hunter2", "PASSWORD"),
        ("Passwort: Sommerregen", "Sommerregen", "PASSWORD"),
        ("mot de passe = Soleil!", "Soleil!", "PASSWORD"),
        ("password: correct horse battery staple", "correct horse battery staple", "PASSWORD"),
        ("ada@lovelace.example / Winter24!", "Winter24!", "PASSWORD"),
        ("the pwd for the wifi is Blue#Sky9", "Blue#Sky9", "PASSWORD"),
        ('set the passphrase to "open sesame now"', "open sesame now", "PASSWORD"),
    ],
)
def test_what_says_who_or_where_somebody_is_is_found(text: str, part: str, kind: str):
    """By shape, in the midst of a title as at its end."""
    shown = found(text)
    assert shown.get(part) == kind, shown


@pytest.mark.parametrize(
    "text",
    [
        "Forgot your password?", "Password: required", "Password must be at least 8 characters", "Change password",
        "src/byhand/privacy/text/types.py", "read/write", "C# and F#", "Save As…", "Meet at noon", "Login",
        "Sheet1!A1:C20", "import collections.abc", "getElementById", "3 places left on this road",
    ],
)  # fmt: skip
def test_words_of_programs_are_left_alone(text: str):
    """What the detectors see here, the lexicon could not give back."""
    assert found(text) == {}


def test_an_address_is_not_masked_whole_where_the_text_is_one():
    """On the surface `url` the cleaner keeps origin and path; only what is private in it is found."""
    text = "https://site.example/settings/ada@lovelace.example"
    assert "URL" not in found(text, At("url")).values()
    assert found(text, At("title"))[text] == "URL"


@pytest.mark.parametrize("note", ["pw flower", "password (flower)", "password\nflower", "wifi password flower"])
def test_a_plain_word_noted_behind_password_is_one(note: str):
    """A line of the two words alone: no sign and no figure gives it away."""
    at = note.index("flower")
    assert Span(at, at + 6, "PASSWORD") in list(Passwords().find(note, At("typed")))


@pytest.mark.parametrize("label", ["Password settings", "Passwort vergessen", "password reset", "Password strength"])
def test_what_programs_write_behind_password_is_none(label: str):
    """Headings and links of every login page."""
    assert list(Passwords().find(label, At("page"))) == []
