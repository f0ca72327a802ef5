"""Numbers as people write them: `1.234,50`, `1,234.50`, `1 234,50`, `1'234.50`, with a currency or without.

Rules of this module: a text that can be read as two numbers is both of them, and whoever asks decides; nothing is
guessed. Nothing is rounded either. Values are Decimal.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2009\u202f\u2007"), " ") | {ord("’"): "'", ord("−"): "-", ord("–"): "-"}
_SIGNS = re.compile(r"[-−–+()]")
_BODY = re.compile(r"(?:\d|(?<![^\W\d_])[.,](?=\d))(?:[\d.,' ]*\d)?")
_CURRENCY_WORDS = (
    "aud brl cad chf cny czk dkk eur gbp hkd huf ils inr jpy krw mxn myr nok nzd pln ron rub sek sgd thb try uah usd "
    "zar fr kr rs zł kč"
)
_CURRENCIES = frozenset(_CURRENCY_WORDS.split())
"""Words that stand before a number and say nothing but its currency."""
_UNIT = re.compile(r"[^\W\d_]{1,4}\.?|[%‰°]")
RUN = re.compile(r"(?<![\w.,'’/:])(?<!\w-)[-−]?\d(?:[\d.,'’ \u00a0\u202f]*\d)?(?!\w|[.,'’/:-]\w)")
"""Where in a longer text a number may stand."""
MOST = 60
"""No number is longer, with all around it."""


class Style(NamedTuple):
    """How a number is typed. decimal: "" where the example has none; `places` after it at least; `before` and `after`
    are typed around it.
    """

    decimal: str = ""
    group: str = ""
    places: int = 0
    before: str = ""
    after: str = ""


@lru_cache(maxsize=256)
def style(example: str) -> Style | None:
    """Of an example of it; "" is a plain number. None if it is no number, or could be read in two ways (`1.234`)."""
    if not example:
        return Style()
    text = example.strip()
    if len(readings(text)) != 1 or (found := _BODY.search(text.translate(_SPACES))) is None:
        return None
    body, ways = text[found.start() : found.end()], _ways(found[0])
    before, after = (_SIGNS.sub("", around) for around in (text[: found.start()], text[found.end() :]))
    decimal = next((one for one, _ in ways if one in body), "")
    if not decimal:
        return Style("", _inner(body), 0, before, after)
    whole, _, fraction = body.rpartition(decimal)
    return Style(decimal, _inner(whole), len(fraction), before, after)


def written(value: Decimal, how: Style) -> str:
    """As it is typed. A value with more decimals than the example keeps them all."""
    sign, text = ("-" if value < 0 else ""), f"{abs(value):f}"
    whole, _, fraction = text.partition(".")
    if not how.places:
        fraction = fraction if fraction.strip("0") else ""
    else:
        fraction = fraction[: how.places] + fraction[how.places :].rstrip("0")
        fraction = fraction.ljust(how.places, "0")
    if how.group:
        first = len(whole) % 3 or 3
        whole = how.group.join([whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))])
    decimal = how.decimal or ("," if how.group == "." else ".")
    return f"{how.before}{sign}{whole}{decimal + fraction if fraction else ''}{how.after}"


def by_style(text: str, how: Style) -> Decimal | None:
    """What it says if it is typed that way; groups and what is around may be missing. None if it isn't."""
    found = _parts(text)
    if found is None:
        return None
    sign, body = found
    decimal = how.decimal or ("," if how.group == "." else ".")
    groups = {how.group.translate(_SPACES), ""}
    if not how.group and not how.decimal:
        groups = {""}
    fits = [group for group in groups if _fits(body, decimal, group)]
    return sign * _value(body, decimal, fits[0]) if fits else None


def readings(text: str) -> frozenset[Decimal]:
    """All that it can mean, whoever wrote it; none where it is no number. A currency or a short unit may stand by."""
    found = _parts(text)
    if found is None:
        return frozenset()
    sign, body = found
    return frozenset(sign * _value(body, *way) for way in _ways(body))


def ways(text: str) -> frozenset[str]:
    """Which decimal separators it could be written with: of "," and "."; both where it has none of them."""
    found = _parts(text)
    return frozenset(decimal for decimal, _ in _ways(found[1])) if found else frozenset()


def by_decimal(text: str, decimal: str) -> frozenset[Decimal]:
    """All that it can mean with that decimal separator, "." or ","."""
    found = _parts(text)
    if found is None:
        return frozenset()
    sign, body = found
    return frozenset(sign * _value(body, *way) for way in _ways(body) if way[0] == decimal)


def plain(text: str) -> Decimal | None:
    """A number as programs write it: digits and at most one dot."""
    return Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII) and len(text) <= MOST else None


def _parts(text: str) -> tuple[int, str] | None:
    """Sign, and the digits with what separates them."""
    if len(text) > MOST or not text.translate(_SPACES).isprintable():
        return None
    rest, sign = text.translate(_SPACES).strip(), 1
    if rest.startswith("(") and rest.endswith(")"):  # how bookkeepers write what is less than nothing
        rest, sign = rest[1:-1].strip(), -1
    body = _BODY.search(rest)
    if body is None or not body[0].isascii():
        return None
    ahead, behind = rest[: body.start()].strip(), rest[body.end() :].strip()
    if ahead.count("-") + behind.count("-") + (sign < 0) > 1:
        return None
    if "-" in (ahead[:1], ahead[-1:], behind[:1], behind[-1:]):
        sign = -1
    ahead, behind = ahead.strip("-+ "), behind.strip("-+ ")
    before = not ahead or _is_symbol(ahead) or ahead.rstrip(".").lower() in _CURRENCIES
    after = not behind or _is_symbol(behind) or _UNIT.fullmatch(behind) is not None
    return (sign, body[0]) if before and after and not (ahead and behind) else None


def _is_symbol(text: str) -> bool:
    return all(unicodedata.category(sign) == "Sc" for sign in text)


def _inner(body: str) -> str:
    return next((sign for sign in body if not sign.isdigit()), "")


@lru_cache(maxsize=4096)
def _ways(body: str) -> tuple[tuple[str, str], ...]:
    """Pairs of decimal and group separator by which it makes a number."""
    return tuple(
        (decimal, group)
        for decimal in ".,"
        for group in ("", *(one for one in ".,' " if one != decimal and one in body))
        if _fits(body, decimal, group)
    )


def _fits(body: str, decimal: str, group: str) -> bool:
    whole, point, fraction = body.partition(decimal)
    if point and not (fraction.isascii() and fraction.isdigit()):
        return False
    if not whole:
        return bool(point)
    if whole.isascii() and whole.isdigit():
        return True
    # Also 12,34,567, as it is written in India; a first group of 0 is none.
    return bool(group) and re.fullmatch(
        rf"[1-9]\d{{0,2}}({re.escape(group)}\d{{2,3}})*{re.escape(group)}\d{{3}}", whole, re.ASCII
    ) is not None  # fmt: skip


def _value(body: str, decimal: str, group: str) -> Decimal:
    bare = body.replace(group, "") if group else body
    return Decimal(bare.replace(decimal, "."))
