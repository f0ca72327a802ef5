"""What the numbers and dates on a page mean beside the goal: a row of numbers for each element. Pure.

A model of this size can't reckon. So it is told what a person sees at a glance: this is the day that was asked for,
this month is before it, this price is the lowest.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from byhand.models import words
from byhand.models.arrays import Floats
from byhand.models.words import Word

AMOUNTS = 14
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH_FIRST, _DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})"), re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?: ?([ap])\.?m\.?)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WHOLE = re.compile(r"[-+]?\d+", re.ASCII)
_LONG = 10
"""What has more digits counts nothing."""
_MONTHS = (
    ("january", "januar", "janvier", "enero"), ("february", "februar", "fevrier", "febrero"),
    ("march", "marz", "mars", "marzo"), ("april", "avril", "abril"), ("may", "mai", "mayo"),
    ("june", "juni", "juin", "junio"), ("july", "juli", "juillet", "julio"), ("august", "aout", "agosto"),
    ("september", "septembre", "septiembre"), ("october", "oktober", "octobre", "octubre"),
    ("november", "novembre", "noviembre"), ("december", "dezember", "decembre", "diciembre"),
)  # fmt: skip
_MONTH_OF = {
    said: number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names
    for said in {name, name[:3], name[:4]}
}
"""Of two months that begin alike the later is meant by nobody: "jun" is June, "jul" July."""
_LESS = frozenset({"less", "below", "under", "smaller", "lower", "fewer", "kleiner", "weniger", "unter"})
_MORE = frozenset({"greater", "more", "above", "over", "larger", "higher", "bigger", "grosser", "mehr", "uber"})
_EVEN, _ODD = frozenset({"even", "gerade"}), frozenset({"odd", "ungerade"})
_LEAST = frozenset({
    "least", "lowest", "smallest", "cheapest", "shortest", "fewest", "minimum", "min", "billigste", "kleinste",
    "kurzeste",
})  # fmt: skip
_MOST = frozenset({
    "most", "highest", "largest", "longest", "greatest", "biggest", "maximum", "max", "teuerste", "grosste",
    "langste",
})  # fmt: skip
"""What people compare with, folded. Of what, where a page has the least of two things, a model has to learn."""
_LEAST_ALIKE = 3
"""The lowest of two prices is often not a list's, but by chance."""


class Date(NamedTuple):
    year: int
    month: int
    day: int


def date_of(word: str) -> Date | None:
    """2016-12-05, 12/05/2016 (the month first) and 05.12.2016 (the day first) are one day; None for what is none."""
    if match := _ISO.fullmatch(word):
        found = Date(int(match[1]), int(match[2]), int(match[3]))
    elif match := _MONTH_FIRST.fullmatch(word):
        found = Date(int(match[3]), int(match[1]), int(match[2]))
    elif match := _DAY_FIRST.fullmatch(word):
        found = Date(int(match[3]), int(match[2]), int(match[1]))
    else:
        return None
    return found if 1 <= found.month <= 12 and 1 <= found.day <= 31 else None


def picked(text: str) -> str:
    """What a field of a date or a time holds for it: "2013-10-02" for 10/02/2013, "20:04" for 8:04 PM; "" where it is
    neither.
    """
    said = " ".join(text.split()).casefold()
    if date := date_of(said):
        return f"{date.year:04}-{date.month:02}-{date.day:02}"
    match = _TIME.fullmatch(said)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return ""
    hour = int(match[1]) % 12 + 12 * (match[3][0] == "p") if match[3] else int(match[1])
    return f"{hour:02}:{match[2]}"


def amounts(goal: Sequence[Word], names: Sequence[str]) -> Floats:
    """[E, AMOUNTS]: it is the day of a date in the goal; its month; its year; how the month it names lies to it (-1
    before, 1 after); its number is the least of those written alike; the most; it is a whole number; an odd one; it is
    less than the first number of the goal; the same; more; it is such a number as the goal compares with ("less
    than 5", "even"); it is none; it is the least or the most, whichever of them the goal asks for.
    """
    found = np.zeros((len(names), AMOUNTS), np.float32)
    asked = [date for one in goal if (date := date_of(one.folded)) is not None]
    bound = next((int(one.folded) for one in goal if one.folded.isdigit() and len(one.folded) < _LONG), None)
    said = frozenset(one.folded for one in goal)
    compares = bool(said & (_EVEN | _ODD)) or (bound is not None and bool(said & (_LESS | _MORE)))
    extremes = bool(said & _LEAST), bool(said & _MOST)
    alike: defaultdict[str, list[tuple[tuple[float, ...], int]]] = defaultdict(list)
    for place, name in enumerate(names):
        numbers, pattern, values, whole = _numbers(name)
        if whole is not None:
            found[place, 6], found[place, 7] = 1, whole % 2
            if bound is not None:
                found[place, 8], found[place, 9], found[place, 10] = whole < bound, whole == bound, whole > bound
            if compares:
                fits = _fits(whole, bound, said)
                found[place, 11], found[place, 12] = fits, not fits
        if asked:
            _dated(found[place], name, numbers, asked)
        if numbers:
            alike[pattern].append((values, place))
    for group in alike.values():
        values = {value for value, _ in group}
        if len(values) < _LEAST_ALIKE:
            continue
        least, most = min(values), max(values)
        for value, place in group:
            found[place, 4], found[place, 5] = value == least, value == most
            found[place, 13] = (extremes[0] and value == least) or (extremes[1] and value == most)
    return found


def _fits(number: int, bound: int | None, said: frozenset[str]) -> bool:
    """Is it all that the goal says of it?"""
    if (said & _EVEN and number % 2) or (said & _ODD and not number % 2):
        return False
    if bound is None:
        return True
    return not (said & _LESS and number >= bound) and not (said & _MORE and number <= bound)


@functools.lru_cache(maxsize=1 << 15)
def _numbers(name: str) -> tuple[tuple[str, ...], str, tuple[float, ...], int | None]:
    """Its numbers, how it is written without them, their values, and the value of one that is nothing else."""
    numbers = tuple(_NUMBER.findall(name))
    if not numbers:
        return (), "", (), None
    whole = int(name) if len(name) < _LONG and _WHOLE.fullmatch(name.strip()) else None
    return numbers, _NUMBER.sub("#", name), tuple(map(_value, numbers)), whole


def _dated(own: Floats, name: str, numbers: Sequence[str], asked: Sequence[Date]) -> None:
    spelled = words.name(name).spelled
    if not spelled or len(spelled) > 4:
        return
    own[0] = any(one.isdigit() and int(one) == date.day for one in spelled for date in asked) and len(spelled) == 1
    month = next((_MONTH_OF[one] for one in spelled if one in _MONTH_OF), 0)
    year = next((int(one) for one in numbers if len(one) == 4 and one.isdigit()), 0)
    own[2] = any(year == date.year for date in asked)
    if month:
        said = [(year or date.year, month) for date in asked]
        own[1] = any(mine == date[:2] for mine, date in zip(said, asked, strict=True))
        own[3] = np.sign((said[0] > asked[0][:2]) - (said[0] < asked[0][:2]))


def _value(number: str) -> float:
    """1,250.50 and 1250.5 are one; so is 1.250,50."""
    mark = max(number.rfind("."), number.rfind(","))
    cents = mark >= 0 and len(number) - mark - 1 != 3
    digits = re.sub(r"[.,]", "", number)
    return int(digits) / 10 ** (len(number) - mark - 1 if cents else 0)
