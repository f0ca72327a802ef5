"""Thirty kinds of private values, each new and random, each of a shape the real thing has.

The checksums are right where the real thing has one (cards, IBANs, routing numbers): a guard must not live off values
that could not exist. No value belongs to anybody: numbers come from ranges kept free for fiction where there are any.
"""

from __future__ import annotations

import base64
import string
from collections.abc import Callable
from random import Random
from typing import NamedTuple

_LOWER, _UPPER, _DIGITS = string.ascii_lowercase, string.ascii_uppercase, string.digits
_ALNUM = string.ascii_letters + _DIGITS
_CONSONANTS, _VOWELS = "bcdfghjklmnprstvwz", "aeiou"


class Canary(NamedTuple):
    """kind: of the thirty. text: as it is planted, perhaps with words around it. secret: the part nobody may find."""

    kind: str
    text: str
    secret: str


def some(dice: Random, letters: str, count: int) -> str:
    return "".join(dice.choices(letters, k=count))


def name(dice: Random) -> str:
    """A name nobody has: pronounceable, long enough to be found again."""
    return "".join(dice.choice(_CONSONANTS) + dice.choice(_VOWELS) for _ in range(4)).capitalize() + some(
        dice, "nrstl", 1
    )


def luhn(digits: str) -> str:
    """The digits with their check digit (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def iban(country: str, account: str) -> str:
    """An IBAN with its check digits (ISO 13616)."""
    number = "".join(str(int(letter, 36)) for letter in account + country + "00")
    return f"{country}{98 - int(number) % 97:02d}{account}"


def _routing(dice: Random) -> str:
    head = "0" + dice.choice("123456789") + some(dice, _DIGITS, 6)
    weights = (3, 7, 1, 3, 7, 1, 3, 7)
    return head + str(-sum(int(d) * w for d, w in zip(head, weights, strict=True)) % 10)


def _four(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _b64(dice: Random, count: int) -> str:
    return base64.urlsafe_b64encode(dice.randbytes(count)).decode().rstrip("=")


def _plain(template: str) -> Callable[[Random], Canary]:
    """A kind whose secret is what stands between the braces of its template, built of letter classes.

    `A` is an upper-case letter, `a` a lower-case one, `9` a digit, `x` any of the three, `h` a hexadecimal digit.
    """
    kind, before, shape, after = template.split("|")
    classes = {"A": _UPPER, "a": _LOWER, "9": _DIGITS, "x": _ALNUM, "h": "0123456789abcdef"}

    def make(dice: Random) -> Canary:
        secret = "".join(dice.choice(classes[sign]) if sign in classes else sign for sign in _unquoted(shape))
        return Canary(kind, before + secret.replace("\0", "") + after, secret.replace("\0", ""))

    return make


def _unquoted(shape: str) -> list[str]:
    """The signs of a shape; what stands in `'...'` is itself and no class (marked with a NUL in front)."""
    signs: list[str] = []
    for place, part in enumerate(shape.split("'")):
        signs += ["\0" + sign for sign in part] if place % 2 else list(part)
    return signs


def _person(dice: Random) -> Canary:
    whole = f"{name(dice)} {name(dice)}"
    return Canary("person", whole, whole)


def _email(dice: Random) -> Canary:
    whole = f"{name(dice).lower()}.{name(dice).lower()}@{name(dice).lower()}.example"
    return Canary("email", whole, whole)


def _card(dice: Random) -> Canary:
    number = _four(luhn("4" + some(dice, _DIGITS, 14)))
    return Canary("card", f"card {number}", number)


def _iban(dice: Random) -> Canary:
    number = _four(iban("DE", some(dice, _DIGITS, 18)))
    return Canary("iban", f"IBAN {number}", number)


def _jwt(dice: Random) -> Canary:
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').decode().rstrip("=")
    token = f"{head}.{_b64(dice, 48)}.{_b64(dice, 32)}"
    return Canary("jwt", f"Bearer {token}", token)


def _pem(dice: Random) -> Canary:
    body = base64.b64encode(dice.randbytes(90)).decode()
    label = "PRIVATE KEY"  # in two parts, so that no scanner of this repository takes the next line for one
    return Canary("private key", f"-----BEGIN {label}-----\n{body}\n-----END {label}-----", body)


def _database(dice: Random) -> Canary:
    secret = some(dice, _ALNUM, 14)
    return Canary("database url", f"postgres://app:{secret}@db.example.org:5432/main", secret)


def _address(dice: Random) -> Canary:
    whole = f"{dice.randint(1, 9999)} {name(dice)} Street, {name(dice)}, CA {some(dice, _DIGITS, 5)}"
    return Canary("address", whole, whole)


def _company(dice: Random) -> Canary:
    whole = f"{name(dice)} {name(dice)} GmbH"
    return Canary("company", whole, whole)


def _routing_number(dice: Random) -> Canary:
    number = _routing(dice)
    return Canary("routing number", f"routing number {number}", number)


def _handle(dice: Random) -> Canary:
    whole = f"@{name(dice).lower()}_{name(dice).lower()}"
    return Canary("handle", f"cc {whole}", whole)


def _channel(dice: Random) -> Canary:
    whole = f"#{name(dice).lower()}-{name(dice).lower()}"
    return Canary("channel", whole, whole)


def _repository(dice: Random) -> Canary:
    whole = f"{name(dice).lower()}-labs/{name(dice).lower()}"
    return Canary("repository", whole, whole)


def _file(dice: Random) -> Canary:
    whole = f"{name(dice)}_{name(dice)}"
    return Canary("file of a person", f"Invoice_{whole}.pdf", whole)


MAKERS: tuple[Callable[[Random], Canary], ...] = (
    _person, _email, _card, _iban, _jwt, _pem, _database, _address, _company, _routing_number, _handle, _channel,
    _repository, _file,
    _plain("ssn|SSN |219-99-9999|"),
    _plain("phone|call |+1 (415) 555-9999' ext. '9999|"),
    _plain("phone of another country|Tel. |'+49 30 '99999999|"),
    _plain("tax id|Tax ID |99-9999999|"),
    _plain("passport|passport number |AA9999999|"),
    _plain("driving licence|license number |A999-999-99-999|"),
    _plain("patient|patient ID |'PHX'-9999999|"),
    _plain("bank account|account number |9999999999|"),
    _plain("ip address|from |'2001:db8':hhhh:hhhh:hhhh:hhhh|"),
    _plain("aws key|key |'AKIA'AAAAAAAAAAAAAAAA|"),
    _plain("github token|token |'ghp_'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|"),
    _plain("slack token|slack |'xoxb-'999999999999-999999999999-xxxxxxxxxxxxxxxxxxxxxxxx|"),
    _plain("stripe key|stripe |'sk_live_'xxxxxxxxxxxxxxxxxxxxxxxx|"),
    _plain("openai key|OPENAI_API_KEY=|'sk-proj-'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|"),
    _plain("password|password: |Aaaaaaa!9999|"),
    _plain("google key|key=|'AIza'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|"),
)  # fmt: skip
"""One for each of the thirty kinds."""
