"""Promises of `byhand workflow make`, from recordings made by the whole real way: the office's invoices app in a real
Chromium, worked on with real input, kept by the real recorder, compiled by the command.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Playwright

from byhand.cli import main
from byhand.evals.office.catalog import APPS, FAMILIES
from byhand.evals.office.families import Row
from byhand.evals.office.serve import served
from byhand.evals.office.site import Site
from byhand.events.kinds import Page, Snapshot
from byhand.recorder.launch import spawn
from byhand.workflows import file
from byhand.workflows.program import Act, Workflow
from tests.browser.office import by_hand
from tests.browser.recorded import Recorded, recorded
from tests.workflows.compiling.outline import outline

POLICY = """\
version = 1
streams = ["actions", "text"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{origin}"
"""
_WAIT_S = 60.0
"""Longer than any machine needs; the test waits for states."""
FAMILY = FAMILIES["invoices-approval"]
ROWS = tuple(
    Row(number, dict(zip(("number", "vendor", "date", "amount", "category"), values, strict=True)))
    for number, values in enumerate((
        ("N-04001", "Hartwell Ostrowski", "2026-03-02", "412.50", "Rent"),
        ("N-74002", "Beaufort Tanabe", "2026-03-05", "1250.00", "Travel"),
        ("N-34003", "Greenhithe Kowalczyk", "2026-02-11", "87.00", "Travel"),
    ))
)  # fmt: skip
FIELDS = """\
invoice_number: text
vendor: text
invoice_date: date %Y-%m-%d
amount: number 1234.50
category: choice"""
FILLED = """\
press "New invoice"
fill "Invoice number" with {invoice_number}
fill "Vendor" with {vendor}
fill "Invoice date" with {invoice_date}
fill "Amount" with {amount}
choose {category} in "Category"
"""
APPROVED = """\
if {amount} over 1000
  choose "Needs approval" in "Status"
"""


class Made(NamedTuple):
    """once: of a recording in which it was done once. thrice: of that one and one in which it was done twice.
    taught: made of the first, and shown the second later. kept: what it was before.
    """

    once: Workflow
    thrice: Workflow
    texts: tuple[str, str]
    taught: Workflow
    kept: str


@pytest.fixture(scope="module")
def made(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("b")
    with served(Site(APPS["invoices"])) as app:
        origin = app.url.rstrip("/")
        with recorded(play, folder, POLICY.format(origin=origin), Recorded) as rig:
            rig.context.set_default_timeout(1000 * _WAIT_S)
            rig.page.goto(app.entry)
            rig.page.get_by_role("heading", name="Invoices", exact=True).wait_for()
            _work(rig, origin, ROWS[:1])
            first = rig.ask("stop").recording
            _record_again(rig)
            _work(rig, origin, ROWS[1:])
            second = rig.ask("stop").recording
            assert main(["workflow", "make", first, "--as", "once"]) == 0
            assert main(["workflow", "make", first, second, "--as", "thrice"]) == 0
            assert main(["workflow", "make", first, "--as", "taught"]) == 0
            assert main(["workflow", "teach", "taught", second]) == 0
            home = Path(os.environ["BYHAND_HOME"]) / "workflows"
            kept = (home / "taught.versions" / "1.yaml").read_text()
            taught = file.read((home / "taught.yaml").read_text())
            texts = (home / "once.yaml").read_text(), (home / "thrice.yaml").read_text()
            yield Made(file.read(texts[0]), file.read(texts[1]), texts, taught, kept)


def _work(rig: Recorded, origin: str, rows: tuple[Row, ...]) -> None:
    for row in rows:
        rig.page.goto(f"{origin}/invoices")
        _listed(rig)
        by_hand(rig.page, FAMILY.hand, row, lambda: _listed(rig))
    rig.page.goto("about:blank")
    _until(lambda: _pages(rig)[-1:] == ["left"], "that the page was left was not kept")


def _record_again(rig: Recorded) -> None:
    """Another recording, of the same browser."""
    _until(lambda: rig.person.running[-1].poll() is not None, "the recorder did not end")
    process = spawn(rig.person.home, rig.person.grant.id, driver="browser")
    rig.person.running.append(process)
    rig.person.hear(process, "recording")
    _until(lambda: bool(rig.ask("status").browsers), "the extension did not join again")


def _listed(rig: Recorded) -> None:
    """The page that is open now has been listed, and the list is kept."""

    def done() -> bool:
        told = [one.event for one in rig.events() if isinstance(one.event, Snapshot | Page)]
        loads = [at for at, event in enumerate(told) if isinstance(event, Page) and event.what == "loaded"]
        return bool(loads) and any(isinstance(event, Snapshot) for event in told[loads[-1] :])

    _until(done, "the page's list was not kept")


def _pages(rig: Recorded) -> list[str]:
    return [one.event.what for one in rig.events() if isinstance(one.event, Page) and one.event.frame == 1]


def _until(true: Any, missing: str) -> None:
    until = time.monotonic() + _WAIT_S
    while not true():
        assert time.monotonic() < until, missing
        time.sleep(0.2)


def test_one_demonstration_makes_a_straight_program(made: Made):
    """All that was typed and chosen is a parameter called as its field is, of the kind it was typed as."""
    assert outline(made.once).strip() == f'{FIELDS}\n\n{FILLED}press "Save invoice"'.strip()
    assert made.once.identity == ("invoice_number",)
    assert any("shown once" in ask for ask in made.once.asks)


def test_three_demonstrations_show_what_a_choice_hangs_on(made: Made):
    """Of two recordings, one of which holds the chore twice; above the amount that only one was, it needs approval."""
    assert outline(made.thrice).strip() == f'{FIELDS}\n\n{FILLED}{APPROVED}press "Save invoice"'.strip()


def test_the_effect_is_looked_up_where_the_record_will_stand(made: Made):
    """The list's columns are called as the fields are: no word of a record is needed to know that."""
    (effect,) = made.thrice.effects
    assert [step.verb for step in effect.steps] == ["open", "fill", "press"]
    assert effect.checks[0].row == "{invoice_number}"
    assert "{amount}" in effect.checks[0].text
    assert effect.before[0].kind == "count"


def test_what_was_typed_is_not_in_the_file(made: Made):
    for text in made.texts:
        for row in ROWS:
            for name, value in row.values.items():
                assert name == "category" or value not in text


def test_saving_is_asked_for_before(made: Made):
    """It can't be taken back, and the program says so."""
    *_, save = made.once.steps
    assert isinstance(save, Act)
    assert save.risk == "sends"


def test_what_is_taught_later_makes_the_same_program_and_the_old_one_is_kept(made: Made):
    """The demonstrations it was made from are read again from the vault."""
    assert outline(made.taught) == outline(made.thrice)
    assert made.taught.revision == 2
    assert file.read(made.kept).steps == made.once.steps
