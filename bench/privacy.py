"""The privacy scorecard: every suite on the data given, and 100,000 canaries looked for also in exports and answers.

Writes docs/privacy-scorecard.md with its picture, and a row of docs/benchmarks.md for each figure.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.report import Row, machine
from byhand.evals.figure import Figure, wilson
from byhand.evals.run import SUITES, Scores, run
from byhand.evals.scorecard import amount, page, picture
from byhand.evals.suites import canaries
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.detect.union import detectors
from byhand.review import mine
from byhand.review.books import Books
from byhand.review.desk import Desk
from byhand.review.looking import finder
from byhand.review.source import load
from byhand.vault.store import Vault

DOCS = Path(__file__).parent.parent / "docs"
PLANTED, PIECE = 100_000, 1_050


def measure(data: Path, share: float) -> list[Row]:
    """Measure everything; `share` of the canaries."""
    others = [suite for suite in SUITES if suite != "canaries"]
    scores = run(data, others, told=lambda suite: print(f"  {suite} ...", flush=True))
    figures = (*scores.figures, planted(round(PLANTED * share)))
    if share == 1.0:
        text = page(
            Scores(figures, scores.missed), machine().partition(", Xvfb")[0], f"{datetime.now(tz=UTC):%d %B %Y}",
            "assets/privacy-scorecard.svg",
        )  # fmt: skip
        (DOCS / "privacy-scorecard.md").write_text(text, encoding="utf-8")
        (DOCS / "assets" / "privacy-scorecard.svg").write_text(picture(figures), encoding="utf-8")
    return [row(figure) for figure in figures if figure.reach is not None]


def planted(count: int) -> Figure:
    """Canaries in many recordings, because a person's recording is not a million events long."""
    found = asked = 0
    notes: list[str] = []
    made: list[Figure] = []
    while asked < count:
        seed, some = len(made) + 1, min(PIECE, count - asked)
        with tempfile.TemporaryDirectory(prefix="byhand-bench-") as home:
            figure = canaries.measure(some, Path(home), seed=seed, elsewhere=(_exported, _answered))[0]
        made.append(figure)
        found += round(figure.value)
        asked += some
        notes += figure.examples
        print(f"  {asked:,} planted, {found} found", flush=True)
    low, high = wilson(found, asked)
    return msgspec.structs.replace(
        made[0], value=found, n=asked, low=low * asked, high=high * asked, examples=tuple(notes[:12]),
        note="30 kinds through keys, paste, titles, names and values of elements, addresses and frames; looked for in "
        "the vault's events and bytes, every other file, the export and the review page's answers",
    )  # fmt: skip


def row(figure: Figure) -> Row:
    sign = "≥" if figure.better == "higher" else "≤"
    reach = "" if figure.reach is None else f"{sign} {amount(figure.reach, figure.unit)}"
    between = f"{amount(figure.low, figure.unit)} to {amount(figure.high, figure.unit)}"
    ours = f"{amount(figure.value, figure.unit)}"
    return Row(
        f"{figure.row}: {figure.what}",
        reach,
        ours,
        figure.best_known or "-",
        f"{figure.n:,}; 95 %: {between}",
        figure.reached,
    )


def _exported(vault: Vault) -> Iterator[bytes]:
    """What `byhand export --mine` writes."""
    for name, data in mine.files(load(vault, vault.recordings()[0]), None, None, ()):
        yield name.encode()
        yield data


def _answered(vault: Vault) -> Iterator[bytes]:
    """What the review page is answered, route by route."""
    with tempfile.TemporaryDirectory(prefix="byhand-bench-") as home:
        books = Books(
            Path(home), vault, Ed25519PrivateKey.generate(), time.time, lambda at: datetime.fromtimestamp(at, tz=UTC)
        )
        desk = Desk(Path(home), vault, books, finder(detectors()), Cleaner().clean)
        name = canaries.RECORDING
        for answer in (
            desk.cards(), desk.detail(name), desk.story(name), desk.masked(name), desk.scene(name), desk.leaving(name),
            desk.leaving_scene(name), desk.ledger(),
        ):  # fmt: skip
            yield msgspec.json.encode(answer)
        first = 0
        while events := desk.leaving_events(name, first, 500).events:
            yield msgspec.json.encode(events)
            first += len(events)
