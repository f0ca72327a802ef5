"""Do secrets that machines and banks make come through, wherever they stand?

Eleven kinds, new and random with right checksums, in five contexts, each also bare, in the midst of words, broken over
a line and with signs inside that nobody sees. Found means: of its letters none is left.
"""

from __future__ import annotations

import base64
import json
import string
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from random import Random
from typing import NamedTuple
from urllib.parse import quote

from byhand.evals.canaries.values import iban, luhn
from byhand.evals.figure import Figure, wilson
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.detect.union import detectors, find_all
from byhand.privacy.text.normal import normal
from byhand.privacy.text.types import At, Span, Surface

EACH = 8
"""Cases of each kind in each place."""
Judge = Callable[[str, At], Sequence[Span]]
_UPPER, _DIGITS = string.ascii_uppercase, string.digits
_ALNUM = string.ascii_letters + _DIGITS
_BASE64 = _ALNUM + "+/"
_HEX = "0123456789abcdef"
_UNSEEN = "\u200b\u200c\u2060\ufeff\u00ad"


class Case(NamedTuple):
    """start, end: of the secret in the text."""

    kind: str
    context: str
    text: str
    at: At
    start: int
    end: int


def measure(each: int = EACH, seed: int = 7, judge: Judge | None = None) -> list[Figure]:
    """The share of secrets found, over all and by context, and of harmless lines in which one was seen.

    Args:
        each: cases of each kind in each place.
        seed: of the dice that make them.
        judge: gives the masked parts; the recorder's own cleaner, if not given.
    """
    alone = by_detectors()
    judge = judge or by_cleaner()
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    by_shape = 0
    for case in cases(each, Random(seed)):  # noqa: S311  dice, not keys
        total[case.context] += 1
        if covered(judge(case.text, case.at), case.start, case.end):
            found[case.context] += 1
        else:
            missed[f"{case.kind}, {case.context}"] += 1
        by_shape += covered(alone(case.text, case.at), case.start, case.end)
    figures = [
        _figure(
            "secrets found", "secrets, 11 kinds in 5 contexts: no letter left", found.total(), total.total(), missed
        )
    ]
    figures += [
        _figure(f"secrets found, {context}", f"secrets in the context {context}", found[context], total[context])
        for context in CONTEXTS
    ]
    figures.append(
        _figure(
            "secrets found, detectors alone", "secrets found by detectors, without the lexicon", by_shape, total.total()
        )
    )
    lines = harmless()
    seen = sum(bool(alone(line, At("title"))) for line in lines)
    low, high = wilson(seen, len(lines))
    figures.append(
        Figure(
            "harmless lines flagged", "harmless texts in which a detector sees something",
            100 * seen / len(lines), "%", len(lines), 100 * low, 100 * high, None, "lower",
            note="git hashes and numbers of issues among them may be masked",
        )
    )  # fmt: skip
    return figures


def _figure(row: str, what: str, hits: int, count: int, missed: Counter[str] | None = None) -> Figure:
    low, high = wilson(hits, count)
    examples = tuple(f"{name}: {times}" for name, times in (missed or Counter()).most_common(8))
    best = "pasted lines only (detect-secrets, gitleaks)" if row == "secrets found" else ""
    return Figure(row, what, hits / count, "share", count, low, high, 1.0, "higher", best, examples=examples)


def by_cleaner() -> Judge:
    """The very code of the recorder's path."""
    cleaner = Cleaner(seed=b"secrets")

    def judge(text: str, at: At) -> Sequence[Span]:
        cleaned = cleaner.clean(text, at)
        return [Span(0, len(text), "DROPPED")] if cleaned.verdict == "dropped" else cleaned.masked

    return judge


def by_detectors() -> Judge:
    """The union alone, on the normalised text, led back to the text as given."""
    all_of_them = detectors()

    def judge(text: str, at: At) -> list[Span]:
        plain = normal(text)
        return [Span(*plain.back(start, end), kind) for start, end, kind in find_all(all_of_them, plain.text, at)]

    return judge


def covered(spans: Sequence[Span], start: int, end: int) -> bool:
    """Is every letter from `start` to `end` in one of these?"""
    masked: set[int] = set()
    for span in spans:
        masked.update(range(max(span.start, start), min(span.end, end)))
    return len(masked) == end - start


def harmless() -> list[str]:
    """Lines in which nothing is private."""
    titles = files("byhand.evals").joinpath("sets/harmless_titles.txt").read_text(encoding="utf-8")
    lines = [line for line in titles.splitlines() if line and not line.startswith("#")]
    return lines + [line for line in _HARMLESS.splitlines() if line]


class Secret(NamedTuple):
    """A secret, and what it needs around it to be what it is: the name it is assigned to."""

    text: str
    before: str = ""
    after: str = ""


def cases(each: int, dice: Random) -> Iterator[Case]:
    """Every kind in every place of every context, `each` times."""
    for kind, make in KINDS.items():
        for context, places in CONTEXTS.items():
            for place in places:
                for _ in range(each):
                    made = make(dice)
                    secret = made if isinstance(made, Secret) else Secret(made)
                    text, at, shown = place(secret, dice)
                    start = text.rindex(shown)
                    yield Case(kind, context, text, at, start, start + len(shown))


# ---- the kinds


def _some(dice: Random, letters: str, count: int) -> str:
    return "".join(dice.choices(letters, k=count))


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _cloud(dice: Random) -> str:
    return dice.choice(
        (
            dice.choice(("AKIA", "ASIA")) + _some(dice, _UPPER + "234567", 16),
            _some(dice, _BASE64, 40),  # AWS, the secret one: nothing tells it but its dice
            "AIza" + _some(dice, _ALNUM + "-_", 35),
            _some(dice, _BASE64, 86) + "==",  # Azure, storage
            _some(dice, _ALNUM, 3) + "8Q~" + _some(dice, _ALNUM + "._-", 34),  # Azure, Entra
        )
    )


def _token(dice: Random) -> str:
    return dice.choice(
        (
            dice.choice(("ghp_", "gho_", "ghs_")) + _some(dice, _ALNUM, 36),
            "github_pat_" + _some(dice, _ALNUM, 22) + "_" + _some(dice, _ALNUM, 59),
            f"xoxb-{_some(dice, _DIGITS, 12)}-{_some(dice, _DIGITS, 13)}-{_some(dice, _ALNUM, 24)}",
        )
    )


def _payment(dice: Random) -> str:
    return f"{dice.choice(('sk', 'rk'))}_{dice.choice(('live', 'test'))}_{_some(dice, _ALNUM, dice.choice((24, 99)))}"


def _model(dice: Random) -> str:
    if dice.random() < 0.5:
        return f"sk-{_some(dice, _ALNUM, 20)}T3BlbkFJ{_some(dice, _ALNUM, 20)}"
    return f"sk-proj-{_some(dice, _ALNUM + '-_', 74)}T3BlbkFJ{_some(dice, _ALNUM + '-_', 74)}"


def _jwt(dice: Random) -> str:
    head = _b64(json.dumps({"alg": dice.choice(("HS256", "RS256")), "typ": "JWT"}).encode())
    body = _b64(json.dumps({"sub": _some(dice, _DIGITS, 8), "iat": dice.randrange(2_000_000_000)}).encode())
    return f"{head}.{body}.{_b64(dice.randbytes(32))}"


def _private_key(dice: Random) -> str:
    name = dice.choice(("RSA ", "EC ", "OPENSSH ", "")) + "PRIVATE KEY"
    body = base64.b64encode(dice.randbytes(240)).decode()
    lines = "\n".join(body[place : place + 64] for place in range(0, len(body), 64))
    return f"-----BEGIN {name}-----\n{lines}\n-----END {name}-----"


def _card(dice: Random) -> str:
    digits = luhn(
        dice.choice(
            (
                "4" + _some(dice, _DIGITS, 14),
                "5" + dice.choice("12345") + _some(dice, _DIGITS, 13),
                "37" + _some(dice, _DIGITS, 12),
            )
        )
    )
    sign = dice.choice((" ", "-", ""))
    return sign.join(digits[place : place + 4] for place in range(0, len(digits), 4))


def _iban(dice: Random) -> str:
    land, count = dice.choice((("DE", 18), ("FR", 23), ("NL", 14), ("GB", 18), ("PL", 24)))
    bank = _some(dice, _UPPER, 4) if land in ("NL", "GB") else ""
    number = iban(land, bank + _some(dice, _DIGITS, count - len(bank)))
    sign = dice.choice((" ", ""))
    return sign.join(number[place : place + 4] for place in range(0, len(number), 4))


def _ssn(dice: Random) -> str:
    return f"{dice.randint(100, 665)}-{dice.randint(10, 99)}-{dice.randint(1000, 9999)}"


def _database(dice: Random) -> str:
    scheme = dice.choice(("postgres", "postgresql+psycopg", "mysql", "mongodb+srv", "redis", "amqp"))
    password = _some(dice, _ALNUM + "!$*-_", 12) + dice.choice(("", "@x"))
    return f"{scheme}://{dice.choice(('app', 'root', ''))}:{password}@db-{_some(dice, _HEX, 4)}.example.org:5432/main"


def _assigned(dice: Random) -> Secret:
    name = dice.choice(("API_KEY", "apiKey", "client_secret", "X-Api-Key", "access_token", "SECRET_KEY", "auth_token"))
    sign = dice.choice(("=", ": ", ' = "', ": '"))
    value = _some(dice, dice.choice((_HEX, _ALNUM, string.ascii_lowercase + _DIGITS)), dice.choice((24, 32, 40)))
    return Secret(value, name + sign, '"' if sign.endswith('"') else "")


KINDS: dict[str, Callable[[Random], str | Secret]] = {
    "cloud key": _cloud, "code host or chat token": _token, "payment key": _payment, "model key": _model, "jwt": _jwt,
    "private key": _private_key, "card": _card, "iban": _iban, "ssn": _ssn, "database url": _database,
    "assigned key": _assigned,
}  # fmt: skip

# ---- the places: text, where it stands, the secret as it stands there

Placed = tuple[str, At, str]
Place = Callable[[Secret, Random], Placed]


def _around(surface: Surface, *frames: str, role: str = "") -> Place:
    def place(secret: Secret, dice: Random) -> Placed:
        text = dice.choice(frames).replace("@@", f"{secret.before}{secret.text}{secret.after}")
        return text, At(surface, "editor", role), secret.text

    return place


def _hidden(surface: Surface) -> Place:
    """With signs inside that nobody sees."""

    def place(secret: Secret, dice: Random) -> Placed:
        shown = secret.text
        for where in sorted(dice.sample(range(1, len(shown)), 3), reverse=True):
            shown = shown[:where] + dice.choice(_UNSEEN) + shown[where:]
        return f"see {secret.before}{shown}{secret.after} there", At(surface), shown

    return place


def _broken(surface: Surface) -> Place:
    """A line ends in its midst, as a narrow field or a mail would have it."""

    def place(secret: Secret, dice: Random) -> Placed:
        where = dice.randint(len(secret.text) // 3, 2 * len(secret.text) // 3)
        shown = secret.text[:where] + dice.choice(("\n", "\r\n", "\n    ", "\\\n")) + secret.text[where:]
        return f"first line\n{secret.before}{shown}{secret.after}\nlast line", At(surface), shown

    return place


def _address(*frames: str) -> Place:
    def place(secret: Secret, dice: Random) -> Placed:
        before, shown, after = (quote(part, safe="") for part in (secret.before, secret.text, secret.after))
        return dice.choice(frames).replace("@@", before + shown + after), At("url", "browser"), shown

    return place


CONTEXTS: dict[str, tuple[Place, ...]] = {
    "typed": (
        _around("typed", "@@"), _around("typed", "please use @@ for now", "it was @@, I think", "export @@ && make"),
        _hidden("typed"),
    ),
    "title": (
        _around("title", "@@"), _around("title", "Settings - @@ - Editor", "@@ | Pages", "Search: @@ (3 results)"),
        _hidden("title"),
    ),
    "value": (
        _around("element", "@@", role="text"), _around("element", "value: @@;", "[@@]", "(@@)", role="entry"),
        _broken("element"),
    ),
    "url": (
        _address("https://site.example.org/open?x=1&q=@@&page=2", "https://site.example.org/a#t=@@"),
        _address("https://site.example.org/open/@@/edit"), _address("https://user:@@@site.example.org/"),
    ),
    "paste": (
        _around("paste", "@@"), _around("paste", "# settings\nname: demo\n@@\nport: 80\n", "a\t@@\tb"),
        _broken("paste"), _hidden("paste"),
    ),
}  # fmt: skip

_HARMLESS = """
Save the document before you close the window?
The meeting was moved to the afternoon, and the room is the same as last week.
Please review the changes in the second chapter by Friday.
def read_all(self, limit: int = 10) -> list[str]:
for item in range(20): print(item)
import collections.abc
getElementById("menu").addEventListener("click", openMenu)
SELECT name, total FROM orders WHERE total > 100 ORDER BY name
npm run build -- --watch
Version 2.10.3 is available
Page 3 of 12
75% complete, 4 minutes left
README.md - Visual Studio Code
Fix the layout of the settings page
public static void main(String[] args)
Password must be at least 8 characters
Forgot your password?
Your session has expired, sign in again
Two-factor authentication is on
Zoom in (Ctrl++)
Sheet1!A1:C20
=SUM(B2:B14)
Quarterly results: up 12 %
Bitte speichern Sie das Dokument vor dem Schließen
Neue Nachricht verfassen
Ouvrir un nouvel onglet
Guardar como…
src/byhand/privacy/text/types.py
LICENSE-APACHE
print(f"{value:.2f} ms")
Untitled 1 - LibreOffice Writer
"""
