"""Texts: how often nothing private is left, and how much is masked for nothing.

    zero-leak   cases of which nothing private is left. Strict: of every private string each letter and digit is masked.
                Verbatim: no private string stands there as a whole.
    needless    letters and digits masked in texts in which nothing is private, of all there are.

The data is read where it lies: `screenleak/text_dev.jsonl`, `pii-nano/*.json`, `presidio-research/*.json`. The harmless
titles come with the program (`evals/sets`): every second line, the ones never looked at when the lists were made,
counts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, cast

from byhand.evals.figure import Figure, wilson
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.types import At, Cleaned

SETS = files("byhand.evals") / "sets"


class Case(NamedTuple):
    """A text and what in it is private, by place. `at` says where it stood."""

    text: str
    private: tuple[tuple[int, int], ...]
    at: At


class Score(NamedTuple):
    """cases, and of how many nothing is left (strict, verbatim)."""

    cases: int
    strict: int
    verbatim: int


def measure(data: Path) -> list[Figure]:
    """Figures of all sets that are there.

    Args:
        data: folder with `screenleak`, `pii-nano` and `presidio-research`; what is not there gives no figure.
    """
    figures: list[Figure] = []
    for name, reach, best, cases in (
        ("titles (ScreenLeak)", 0.95, "36 %, a prototype 91 %", list(screenleak(data / "screenleak/text_dev.jsonl"))),
        ("sentences (PII-nano)", 0.90, "14 %, a prototype 82 %", list(nano(data / "pii-nano"))),
        ("sentences (presidio-research)", 0.88, "19 %, a prototype 79 %", list(presidio(data / "presidio-research"))),
    ):
        if cases:
            figures += _leaks(name, reach, score(cases), best)
    titles = [(title, At("title")) for title in harmless_titles(held_out=True)]
    what = "letters masked in harmless titles"
    figures.append(_needless("needless masking, titles", what, 0.12, "a prototype 27 %", titles))
    if prose := list(harmless_prose(data / "pii-nano")):
        what = "letters masked in harmless sentences (PII-nano)"
        figures.append(_needless("needless masking, sentences", what, 0.05, "a prototype 9 to 10 %", prose))
    return figures


def score(cases: Sequence[Case], cleaner: Cleaner | None = None) -> Score:
    """Clean all and count what survives."""
    cleaner = cleaner or Cleaner(seed=b"measure")
    strict = verbatim = 0
    for case in cases:
        left = survivors(case, cleaner.clean(case.text, case.at))
        strict += not left
        verbatim += all(left.get(span, 0) < _weight(case.text, *span) for span in case.private)
    return Score(len(cases), strict, verbatim)


def survivors(case: Case, cleaned: Cleaned) -> dict[tuple[int, int], int]:
    """How many letters and digits of each private string are not masked, of those with any."""
    masked = _places(cleaned)
    found: dict[tuple[int, int], int] = {}
    for start, end in case.private:
        left = sum(case.text[at].isalnum() and at not in masked for at in range(start, end))
        if left:
            found[start, end] = left
    return found


def needless(texts: Iterable[tuple[str, At]], cleaner: Cleaner | None = None) -> tuple[int, int, int]:
    """Texts, letters and digits in them, and how many of those were masked."""
    cleaner = cleaner or Cleaner(seed=b"measure")
    count = letters = lost = 0
    for text, at in texts:
        masked = _places(cleaner.clean(text, at))
        count += 1
        letters += sum(letter.isalnum() for letter in text)
        lost += sum(text[at].isalnum() for at in masked)
    return count, letters, lost


def screenleak(path: Path) -> Iterator[Case]:
    """Titles of ScreenLeak's text sample."""
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        row = json.loads(line)
        private = [str(entry["text"]) for entry in row["pii"]]
        if private:
            yield Case(row["window"], _found(row["window"], private), At("title", app=str(row["app"]).lower()))


def nano(folder: Path) -> Iterator[Case]:
    """Sentences of PII-nano in which something is private. Its rows do not all name their keys alike."""
    for text, private in _nano_rows(folder):
        spans = _found(text, private)
        if spans:
            yield Case(text, spans, At("page"))


def presidio(folder: Path) -> Iterator[Case]:
    """Sentences in the form of presidio-research's synthetic sets: `full_text`, and `spans` with places in it."""
    for path in sorted(folder.glob("*.json")) if folder.exists() else ():
        for row in json.loads(path.read_text("utf-8")):
            spans = tuple((int(one["start_position"]), int(one["end_position"])) for one in row["spans"])
            if spans:
                yield Case(row["full_text"], spans, At("page"))


def harmless_prose(folder: Path) -> Iterator[tuple[str, At]]:
    """Sentences of PII-nano in which nothing is private."""
    for text, private in _nano_rows(folder):
        if not private:
            yield text, At("page")


def harmless_titles(*, held_out: bool, name: str = "harmless_titles.txt") -> list[str]:
    """The set's titles: those nobody looked at when the lists were made, or the others."""
    lines = (SETS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")][1 if held_out else 0 :: 2]


def _nano_rows(folder: Path) -> Iterator[tuple[str, list[str]]]:
    for path in sorted(folder.glob("*.json")) if folder.exists() else ():
        for row in json.loads(path.read_text("utf-8")):
            entries = cast("list[dict[str, object]]", row.get("NER") or row.get("entities") or [])
            private = [str(value) for entry in entries for key, value in entry.items() if key not in _NO_TEXT]
            yield row["text"], private


_NO_TEXT = frozenset({"label", "type", "start", "end", "score", "entity_type"})


def _found(text: str, private: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Every place of every private string; strings that are not there (the set's own slips) have none."""
    spans: set[tuple[int, int]] = set()
    for string in private:
        at = text.find(string) if string else -1
        while at >= 0:
            spans.add((at, at + len(string)))
            at = text.find(string, at + 1)
    return tuple(sorted(spans))


def _places(cleaned: Cleaned) -> set[int]:
    return {at for span in cleaned.masked for at in range(span.start, span.end)}


def _weight(text: str, start: int, end: int) -> int:
    return sum(letter.isalnum() for letter in text[start:end])


def _leaks(name: str, reach: float, of: Score, best: str) -> list[Figure]:
    wordings = (
        (f"zero-leak {name}", f"{name} of which no private letter is left", of.strict),
        (f"zero-leak {name}, whole strings", f"{name} of which no private string is left whole", of.verbatim),
    )
    return [
        Figure(
            row, what, hits / of.cases, "share", of.cases, *wilson(hits, of.cases), reach, "higher", best,
            note=f"in {of.cases - hits} of {of.cases} something was left" if hits < of.cases else "",
        )
        for row, what, hits in wordings
    ]  # fmt: skip


def _needless(row: str, what: str, reach: float, best: str, texts: Sequence[tuple[str, At]]) -> Figure:
    count, letters, lost = needless(texts)
    note = f"{lost} of {letters} letters; the interval counts letters, which do not come singly"
    return Figure(row, what, lost / letters, "share", count, *wilson(lost, letters), reach, "lower", best, note)
