"""Promises about canaries: they come through nowhere, and the search would see one that did."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from byhand.evals.canaries.planting import SURFACES, Planter
from byhand.evals.canaries.search import Search, pieces
from byhand.evals.canaries.values import MAKERS, iban, luhn
from byhand.evals.suites.canaries import measure
from byhand.events.kinds import Element, Frame, Key, Text, Wireframe
from byhand.events.raw import RawFrame
from byhand.privacy.frames.pixels import Canvas
from tests.evals.gates import gate


def test_no_planted_secret_is_found_anywhere(tmp_path: Path):
    """Each of the thirty kinds on each of the seven surfaces twice: none in the vault's events or in any file."""
    figure = measure(2 * len(MAKERS) * len(SURFACES), tmp_path)[0]
    assert figure.examples == ()
    assert figure.value <= gate("canaries", "found_most")


def test_there_are_thirty_kinds_and_each_can_be_searched_for():
    """A value too short to be told from chance would make the search blind."""
    dice = Random(5)
    kinds = [maker(dice) for maker in MAKERS]
    assert len({canary.kind for canary in kinds}) == 30
    assert all(pieces(canary.secret) for canary in kinds)
    assert all(canary.secret in canary.text for canary in kinds)


def test_the_made_up_numbers_have_true_check_digits():
    """Against published examples: ISO 7812's and the IBAN registry's."""
    assert luhn("7992739871") == "79927398713"
    assert iban("GB", "NWBK60161331926819") == "GB29NWBK60161331926819"


@pytest.mark.parametrize("how", ["whole", "spaced", "upper", "piece"])
def test_the_search_finds_a_value_however_it_is_written(how: str):
    """Spaces, case and signs hide nothing."""
    planted, _ = next(Planter(Random(1)).plant(1))
    secret = planted.canary.secret
    text = {"whole": secret, "spaced": "-".join(secret), "upper": secret.upper(), "piece": secret.split()[0]}[how]
    search = Search()
    search.plant(planted)
    search.events([Text(0, 0, "text.typed", "typed", f"so {text} it is", 0)])
    assert search.found == [planted]


def test_the_search_reads_every_kind_of_event():
    """Names in wireframes, paths in elements, and what single keys spell."""
    planted, _ = next(Planter(Random(1)).plant(1))
    secret = planted.canary.secret.replace(" ", "")
    for events in (
        [Wireframe(0, 0, "", "clock", 1, 0, 0, 1, 1, ("label",), (secret,), (0, 0, 1, 1))],
        [Element(0, 0, "", "focus", "entry", "", (), 0, 0, 1, 1, "", "", f"/{secret}")],
        [Key(0, 0, "", True, "letter", 1, sign, 0, False, False) for sign in secret],
    ):
        search = Search()
        search.plant(planted)
        search.events(events)
        assert search.found, type(events[0]).__name__


def test_the_search_sees_pixels():
    """A canvas that showed everything would be found out."""
    found = 0
    search, planter = Search(), Planter(Random(2))
    for planted, raws in planter.plant(7 * 30):
        for raw in raws:
            if isinstance(raw, RawFrame) and raw.boxes and raw.boxes[0].role == "push button":
                search.plant(planted)
                kept = Canvas(640, 480).keep(raw, lambda _box: True)
                assert kept is not None
                search.events([Frame(0, 0, "", "clock", 640, 480, kept.tiles, kept.patch)])
                found += 1
    assert found
    assert len(search.found) == found


def test_the_search_looks_into_files(tmp_path: Path):
    """Plain bytes and UTF-16 alike."""
    planted, _ = next(Planter(Random(1)).plant(1))
    for encoding in ("utf-8", "utf-16"):
        search = Search()
        search.plant(planted)
        search.bytes(f"..{planted.canary.secret}..".encode(encoding))
        assert search.found, encoding
