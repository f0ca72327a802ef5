from __future__ import annotations

import pytest

from byhand.events.raw import RawElement
from byhand.privacy.rules import fields
from byhand.privacy.text.addresses import NO_PAGE
from byhand.privacy.text.cleaner import Cleaner

WORDS = Cleaner()


def element(role: str, name: str, *states: str) -> RawElement:
    return RawElement(1, 1, "focus", True, 1, 1, role, name, states, 0, 0, 1, 1, (("frame", 0), (role, 2)), "")


@pytest.mark.parametrize(
    "label",
    [
        "Password",
        "Pass\u00adwort",
        "pass\u200bword",
        "p\u0430ssword",
        "ŞIFRE",
        "şıfre",
        "Kata sandi",
        "Kartenprüfnummer",
        "Freischaltcode",
        "Лозинка",
        "PASSWORD *",
        "your passphrase",
        "PIN",
        "oneTimeCode",
        "one-time_code",
        "CVV",
        "Card number",
        "cardNumber",
        "IBAN",
        "SSN",
        "Passwort",
        "Kennwort wiederholen",
        "Paßwort",
        "Prüfnummer",
        "Mot de passe",
        "Clé secrète",
        "Contraseña",
        "Código de seguridad",
        "Senha",
        "Wachtwoord",
        "Hasło",
        "Пароль",
        "密码",
        "パスワード",
        "비밀번호",
        "API key",
        "Date of birth",
        "Tokens",
    ],
)
def test_labels_of_secrets_are_known_in_many_languages(label: str):
    """Whatever a page calls it, with accents, signs or camelCase."""
    assert fields.secret(element("entry", label))


@pytest.mark.parametrize(
    "label", ["Subject", "Search", "Opinion", "Shipping address", "Pineapple", "Company", "Nachricht", ""]
)
def test_plain_labels_are_no_secrets(label: str):
    """A word that only contains one, like opinion, is none."""
    assert not fields.secret(element("entry", label))


def test_a_password_role_is_secret_whatever_it_is_called():
    """The role is enough."""
    assert fields.secret(element("password text", "Search"))


def test_a_button_that_mentions_a_secret_is_a_button():
    """One doesn't type into it."""
    assert not fields.secret(element("push button", "Reset password"))


def test_a_role_nobody_knows_or_an_editable_one_is_judged_as_a_field():
    """Fail closed."""
    assert fields.secret(element("fancy", "PIN"))
    assert fields.secret(element("section", "PIN", "editable"))


def test_roles_and_states_that_a_program_made_up_are_not_kept():
    """They could hold anything."""
    kept = fields.kept(element("canary", "Save", "canary", "checked"), NO_PAGE, WORDS, is_secret=False, others=False)
    assert (kept.role, kept.states, kept.name, kept.path) == ("unknown", ("checked",), "", "frame[0]/unknown[2]")


def test_an_option_is_kept_only_if_it_is_short():
    """A list holds options or what people wrote to each other; nobody can tell which."""

    def name(text: str) -> str:
        return fields.kept(element("list item", text), NO_PAGE, WORDS, is_secret=False, others=False).name

    assert name("Last 7 days") == "Last 7 days"
    assert name("can you come at two today") == ""
