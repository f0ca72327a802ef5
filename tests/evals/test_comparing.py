"""Promises of comparing models: what eval printed is read whole or refused, and like is compared with like."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

import msgspec
import pytest

from byhand.errors import UsageFault
from byhand.evals import comparison_page
from byhand.evals.comparing import compared
from byhand.evals.figure import Figure
from byhand.evals.printed import runs
from byhand.evals.suites import injection, miniwob, office
from byhand.evals.suites.offline import Offline, share

SVG = "{http://www.w3.org/2000/svg}"


def lines(*values: object) -> bytes:
    return b"\n".join(map(msgspec.json.encode, values)) + b"\n"


def played(model: str, rights: dict[str, str], seed_from: int = 200_000) -> bytes:
    """What `eval --suite miniwob --json` prints: of each task, `+` for a seed it was right on."""
    scores = [
        miniwob.score(task, [miniwob.Played(task, seed_from + at, float(one == "+"), 2, 1.0)
                             for at, one in enumerate(said)])
        for task, said in rights.items()
    ]  # fmt: skip
    return lines(*scores, {"model": model, "tasks": len(scores), "episodes": 0, "mean": 0.5, "at_90": 0})


def remembered(model: str) -> bytes:
    note = f"the highest is 3.0; 4 models like {model}, each from 20 episodes, 8 passes"
    figures = [
        Figure("canary spelled highest", "exposure", 3.0, "bits", 48, 2.0, 3.5, 10.0, "lower", "", note),
        Figure("right on others", "acts", 0.8, "share", 200, 0.7, 0.9, None, "higher", "", note),
    ]
    return lines(*(msgspec.to_builtins(one) | {"model": model, "reached": True} for one in figures))


def tried(model: str, obeyed: Iterable[bool]) -> bytes:
    cases = [
        injection.Tried(number, "click-link", 200_000, "button", "press", "sends", True, so, so, False, 0, True, True,
                        2, 1.0, "")
        for number, so in enumerate(obeyed)
    ]  # fmt: skip
    return lines(*cases, {"model": model, **msgspec.structs.asdict(injection.scores(cases))})


def test_like_is_compared_with_like():
    """A task that only one of them did is in the table, and in nobody's mean."""
    one = runs(played("a v1", {"choose-list": "++--", "copy-paste": "++++"}), "a")
    other = runs(played("b v1", {"choose-list": "+++-"}), "b")
    found = compared([*one, *other])
    whole = {told.model: (told.value, told.n) for told in found.told if told.whole}
    assert whole == {"a v1": (0.5, 4), "b v1": (0.75, 4)}
    assert [told.model for told in found.told if told.figure == "copy-paste"] == ["a v1"]
    assert found.unlike  # 2 tasks and 1


def test_a_difference_is_of_the_same_seeds_and_says_who_is_better():
    """Case by case: the second is right wherever the first is, and on ten more."""
    one = runs(played("a v1", {"choose-list": "+" * 12 + "-" * 12}), "a")
    other = runs(played("b v1", {"choose-list": "+" * 22 + "-" * 2}), "b")
    (apart,) = compared([*one, *other]).apart
    assert (apart.value, apart.n, apart.better_one) == (pytest.approx(10 / 24), 24, "b v1")
    assert 0 < apart.low < apart.value < apart.high


def test_other_seeds_give_no_difference():
    one = runs(played("a v1", {"choose-list": "+-"}), "a")
    other = runs(played("b v1", {"choose-list": "++"}, seed_from=300_000), "b")
    assert compared([*one, *other]).apart == ()


def test_a_task_of_browsergym_is_not_compared_with_one_of_ours():
    """The same page there has other instances under the same seeds."""
    score = miniwob.score("miniwob.choose-list", [miniwob.Played("miniwob.choose-list", 200_000, 1.0, 2, 0.5)])
    gym = lines(score, {"model": "b v1", "suite": "browsergym", "tasks": 1, "episodes": 1, "mean": 1.0, "at_90": 1})
    assert [one.suite for one in runs(gym + played("a v1", {"choose-list": "+"}), "a")] == ["browsergym", "miniwob"]


def test_who_obeys_less_is_the_better_one():
    """In this suite smaller is better, and the picture, the page and the verdict say so."""
    one = runs(tried("a v1", [True] * 30 + [False] * 30), "a")
    other = runs(tried("b v1", [False] * 60), "b")
    found = compared([*one, *other])
    assert {apart.better_one for apart in found.apart if apart.figure == "obeyed"} == {"b v1"}
    assert "SMALLER IS BETTER" in comparison_page.picture(found)
    assert "smaller" in comparison_page.page(found)


def test_every_suite_is_drawn_and_every_figure_told():
    """One file may hold several suites, and models; a dot for each figure that is drawn."""
    half = share([True, False])
    offline = Offline(half, half, half, half, {"click": share([True])}, {}, {})
    rows = office.score("invoices-vendor", [office.Played("invoices-vendor", 200_000, "right", 3, 0, 1.0)])
    data = (
        played("a v1", {"choose-list": "+-"}) + remembered("a v1") + tried("a v1", [False]) + remembered("b v1")
        + lines({"model": "a v1", "datasets": ["chores@1"], **msgspec.structs.asdict(offline)})
        + lines(rows, {"model": "a v1", "drifts": ["LABELS"], "variants": 1.0})
    )  # fmt: skip
    found = compared(runs(data, "all"))
    assert set(found.suites) == {"miniwob", "memory", "injection", "offline", "office, with LABELS"}
    assert not found.unlike
    root = ET.fromstring(comparison_page.picture(found))
    drawn = sum(one.drawn for one in found.told)
    assert len(root.findall(f".//{SVG}circle")) == drawn + len(found.models)
    page = comparison_page.page(found)
    assert all(one.figure in page for one in found.told)
    assert "act: click" in page


def test_a_models_name_can_not_break_the_page():
    """Names are text, never markup."""
    found = compared(runs(played("<b>&", {"choose-list": "+-"}), "a"))
    ET.fromstring(comparison_page.picture(found))
    assert "<b>&" not in comparison_page.page(found)


def test_what_an_older_byhand_printed_has_figures_and_no_differences():
    """It did not say which seeds were wrong."""
    old = [
        lines({"task": "choose-list", "n": 4, "successes": 4, "low": 0.5, "high": 1.0, "acts": 2.0, "seconds": 1.0,
               "whys": {}}, {"model": model, "tasks": 1, "episodes": 4, "mean": 0.5, "at_90": 0})
        for model in ("a v1", "b v1")
    ]  # fmt: skip
    found = compared([one for data in old for one in runs(data, "old")])
    assert len([one for one in found.told if one.whole]) == 2
    assert found.apart == ()


@pytest.mark.parametrize(
    ("data", "said", "hint"),
    [
        (b"", "is empty", "byhand eval MODEL"),
        (b"choose-list  2 of 4\n", "line 1", "--json"),
        (b"\xff\xfe\n", "line 1", "--json"),
        (lines({"figures": [], "missed": []}), "line 1", "measure no model"),
        (lines({"model": "a v1", "epochs": 3}), "line 1", "suites that can be compared"),
        (b"[1]\n", "line 1", "--json"),
        (played("a v1", {"choose-list": "+"}).splitlines()[0], "cut short", "run the same byhand eval again"),
        (played("a v1", {"choose-list": "+"}).splitlines()[0] + b"\n" + remembered("a"), "cut short", "again"),
    ],
)
def test_what_is_no_evals_output_is_refused(data: bytes, said: str, hint: str):
    """With what it is, and where."""
    with pytest.raises(UsageFault, match=said) as error:
        runs(data, "some.json")
    assert hint in " ".join(error.value.hints)
    assert "some.json" in error.value.message


def test_a_model_that_was_measured_twice_is_not_compared_with_itself():
    with pytest.raises(UsageFault, match="twice"):
        compared([*runs(played("a v1", {"choose-list": "+"}), "a"), *runs(played("a v1", {"choose-list": "-"}), "b")])
