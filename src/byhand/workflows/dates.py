"""Dates as people write them: by a format (`%d.%m.%Y`), or as a page shows them, in seven languages.

Rules of this module: a text that can be read as two dates (01/02/2026) is both of them; nothing is guessed. No locale
of the computer is asked: `%B` and `%b` are English, or of the language the format ends with: `%d. %B %Y (de)`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "fr": "janv févr mars avr mai juin juil août sept oct nov déc",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
}
_DAY_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun montag "
    "dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so lundi mardi mercredi jeudi "
    "vendredi samedi dimanche lun mar mer jeu ven sam dim lunes martes miercoles jueves viernes sabado domingo mie jue "
    "vie sab dom lunedi martedi mercoledi giovedi venerdi domenica gio maandag dinsdag woensdag donderdag vrijdag "
    "zaterdag zondag ma wo vr za zo segunda terca quarta quinta sexta"
)
_DAYS = frozenset(_DAY_WORDS.split())
_LANGUAGE = re.compile(r" ?\((en|de|fr|es|it|nl|pt)\)$")
_DIRECTIVE = re.compile(r"%(-?[A-Za-z%])")
_PARTS = {
    "d": r"(?P<d>[0-9]{1,2})", "-d": r"(?P<d>[0-9]{1,2})", "e": r"(?P<d>[0-9]{1,2})", "m": r"(?P<m>[0-9]{1,2})",
    "-m": r"(?P<m>[0-9]{1,2})", "Y": r"(?P<Y>[0-9]{4})", "y": r"(?P<y>[0-9]{2})", "B": r"(?P<n>[^\W\d_]+)\.?",
    "b": r"(?P<n>[^\W\d_]+)\.?", "%": "%",
}  # fmt: skip
_YEAR = r"(\d{4}|\d{2})"
_NAME = r"([^\W\d_]{3,})\.?"
_NTH = r"(?:\.|st|nd|rd|th|er|º)?"
_TIME = re.compile(
    r"(?:T|,? +)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?[ap]\.?m\.?)?(?: ?(?:Z|UTC|Uhr|[+-]\d{2}:?\d{2}))?$",
    re.IGNORECASE,
)
_SHAPES = (
    (re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?", re.ASCII), ("Y-md",)),
    (re.compile(rf"(\d{{1,2}})\. ?(\d{{1,2}})\. ?{_YEAR}", re.ASCII), ("dmY",)),
    (re.compile(rf"(\d{{1,2}})([-/])(\d{{1,2}})\2{_YEAR}", re.ASCII), ("d-mY", "m-dY", "Y-md")),
    (re.compile(rf"(\d{{1,2}}){_NTH}[ -]?(?:de |of )?{_NAME},?[ -]?(?:de |of )?{_YEAR}"), ("dnY",)),
    (re.compile(rf"{_NAME}[ -](\d{{1,2}}){_NTH},?[ -]{_YEAR}"), ("ndY",)),
)
"""What a page may show, and in which orders its groups can be meant; "-" is a group that says nothing."""
RUN = re.compile(
    r"(?<![\w./-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}"
    r"|\d{1,2}(?:\.|st|nd|rd|th)?[ -](?:de |of )?[^\W\d_]{3,}\.?,?[ -](?:de )?\d{2,4}"
    r"|[^\W\d_]{3,}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})(?![\w/-])"
)
"""Where in a longer text a date may stand."""
_MOST = 60


@lru_cache(maxsize=256)
def fault(how: str) -> str:
    """Why it is no format of a date; "" if it is one."""
    bare = _LANGUAGE.sub("", how)
    found = _DIRECTIVE.findall(bare)
    unknown = next((one for one in found if one not in _PARTS), "")
    if unknown or "%" in _DIRECTIVE.sub("", bare):
        return f"has a part that is not known: %{unknown}; known are %d %m %Y %y %B %b %-d %-m %e"
    kinds = [one[-1] for one in found]
    for what, signs in (("day", "de"), ("month", "mBb"), ("year", "Yy")):
        if sum(kinds.count(sign) for sign in signs) != 1:
            return f"needs one {what}, as in %d.%m.%Y"
    return ""


def written(value: date, how: str) -> str:
    """By a format that is one; "" is ISO 8601."""
    if not how:
        return value.isoformat()
    language = match[1] if (match := _LANGUAGE.search(how)) else "en"
    said = {
        "d": f"{value.day:02}", "-d": str(value.day), "e": f"{value.day:2}", "m": f"{value.month:02}",
        "-m": str(value.month), "Y": f"{value.year:04}", "y": f"{value.year % 100:02}",
        "B": _MONTHS[language].split()[value.month - 1], "b": _SHORT[language].split()[value.month - 1], "%": "%",
    }  # fmt: skip
    return _DIRECTIVE.sub(lambda one: said[one[1]], _LANGUAGE.sub("", how))


def by_format(text: str, how: str) -> date | None:
    """What it says if it is written that way; zeros in front may be missing. None if it isn't."""
    bare = " ".join(text.split())
    if fault(how) or len(bare) > _MOST or (found := _pattern(how).fullmatch(bare)) is None:
        return None
    parts = found.groupdict()
    month = int(parts["m"]) if parts.get("m") else _month(parts.get("n") or "")
    return _date(parts.get("Y") or parts.get("y") or "", month, int(parts["d"]))


def readings(text: str) -> frozenset[date]:
    """All dates that it can mean, whoever wrote it; none where it is no date. A weekday and a time may stand by."""
    return frozenset(orders(text).values())


def orders(text: str) -> dict[str, date]:
    """The same by the order of day, month and year that it is read in: "d-mY" and "m-dY" of 01/02/2026."""
    bare = " ".join(text.split())
    if len(bare) > _MOST:
        return {}
    bare = _TIME.sub("", bare)
    first, _, rest = bare.partition(" ")
    found = _shaped(bare)  # first: "mar" is March too
    return found or (_shaped(rest) if _folded(first.strip(",.")) in _DAYS else {})


def _shaped(bare: str) -> dict[str, date]:
    for pattern, known in _SHAPES:
        if found := pattern.fullmatch(bare):
            return {order: day for order in known if (day := _read(order, found.groups())) is not None}
    return {}


def _read(order: str, groups: tuple[str, ...]) -> date | None:
    parts = dict(zip(order, groups, strict=True))
    if "n" in parts:
        return _date(parts["Y"], _month(parts["n"]), int(parts["d"]))
    if len(parts["d"]) > 2 or len(parts["m"]) > 2 or len(parts["Y"]) == 1:
        return None
    return _date(parts["Y"], int(parts["m"]), int(parts["d"]))


def _date(year: str, month: int, day: int) -> date | None:
    # Two digits are read as POSIX does: 69 is 1969, 68 is 2068.
    number = int(year) + (0 if len(year) == 4 else 1900 if int(year) > 68 else 2000)
    try:
        return date(number, month, day)
    except ValueError:
        return None


def _folded(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    return {
        _folded(name): number
        for names in (*_MONTHS.values(), *_SHORT.values(), "jan feb maerz apr may jun jul aug sept oct nov dec")
        for number, name in enumerate(names.split(), 1)
    }


def _month(name: str) -> int:
    return _months().get(_folded(name), 0)


@lru_cache(maxsize=256)
def _pattern(how: str) -> re.Pattern[str]:
    bare = " ".join(_LANGUAGE.sub("", how).split())
    made, at = "", 0
    for one in _DIRECTIVE.finditer(bare):
        made += re.escape(bare[at : one.start()]).replace("\\ ", " ?") + _PARTS.get(one[1], "(?!)")
        at = one.end()
    return re.compile(made + re.escape(bare[at:]))
