"""Promises of whoever decides by asking elsewhere: told before it sends, judged after, and no key in any word of it."""

from __future__ import annotations

from typing import Any

from byhand.errors import NoGrant
from byhand.events.kinds import OBSERVER
from byhand.models.decision import Decision, Look
from byhand.models.endpoints.address import address
from byhand.models.endpoints.asking import Elsewhere, Sending
from byhand.models.endpoints.computers import Picture
from byhand.models.endpoints.posting import Patience
from byhand.models.endpoints.reading import Mistake
from tests.models.pages import page
from tests.models.stand_in import Said, StandIn, acts, calls, messages, responds, standing_in, uses

KEY = "sk-canary-83jd"
LOOK = Look("press Save", page("textbox Name; button Save"))
PRESS: dict[str, Any] = {"op": "click", "element": 2, "sure": 0.8}
PICTURE = Picture(b"\x89PNG", 400, 80, LOOK.seen)
QUICK = Patience(answer_s=5.0, tries=2, first_s=0.01, most_s=0.02)


def at(there: StandIn, kind: str = "openai", noted: list[Sending] | None = None) -> Elsewhere:
    one = Elsewhere(
        address(f"{kind}:m", there.url), KEY, (noted if noted is not None else []).append, patience=QUICK
    )  # fmt: skip
    one.pictures = lambda: PICTURE
    return one


def test_an_answer_becomes_an_act_and_each_try_is_told_before():
    """Recipient, bytes and how many elements; and not one word of them."""
    noted: list[Sending] = []
    with standing_in([Said(status=500), *acts(PRESS)]) as there:
        one = at(there, noted=noted)
        assert one.decide(LOOK) == Decision("click", 2, sure=0.8)
    assert noted == [Sending(there.url.removesuffix("/v1"), "openai:m", len(there.got[0].body), 2, 0)] * 2
    assert (one.sent, one.mistakes, one.name, one.observer) == (2, 0, "openai:m", OBSERVER)


def test_a_mistake_is_counted_and_told_the_next_time_only():
    """It is no act."""
    with standing_in(acts({"op": "click", "element": 99}, PRESS, PRESS)) as there:
        one = at(there)
        first = one.decide(LOOK)
        assert (first.op, first.sure, first.again) == ("done", 0.0, True)
        assert first.why == "named an element that is not there"
        assert one.decide(LOOK).op == "click"
        one.decide(LOOK)
    assert ["was not used: it named an element" in got.text for got in there.got] == [False, True, False]
    assert one.mistakes == 1


def test_what_is_refused_is_not_sent():
    """And the reason is told."""

    def before(_: Sending) -> None:
        raise NoGrant("your yes was taken back")

    with standing_in(acts(PRESS)) as there:
        said = Elsewhere(address("openai:m", there.url), KEY, before).decide(LOOK)
    assert (said.why, said.again) == ("was not asked: your yes was taken back", False)
    assert not there.got


def test_no_word_of_it_has_the_key():
    """Nor what a person may see of an object."""
    with standing_in([Said(KEY.encode(), status=401)]) as there:
        one = at(there)
        assert one.decide(LOOK).why == "did not take the key (status 401)"
    assert KEY not in repr(one) + repr(one.to)
    assert KEY.encode() not in there.got[0].body


def test_both_computer_tools_are_shown_the_picture_and_answer_by_a_place():
    """With the key where each has it."""
    noted: list[Sending] = []
    with standing_in([responds(calls({"type": "click", "x": 15, "y": 45}))]) as there:
        assert at(there, "openai-computer", noted).decide(LOOK) == Decision("click", 2)
    assert (there.got[0].path, there.got[0].headers["authorization"]) == ("/v1/responses", f"Bearer {KEY}")
    with standing_in([messages(uses(action="left_click", coordinate=[15, 45]))]) as there:
        assert at(there, "anthropic-computer", noted).decide(LOOK) == Decision("click", 2)
    assert (there.got[0].path, there.got[0].headers["x-api-key"]) == ("/v1/messages", KEY)
    assert [(one.elements, one.pictures) for one in noted] == [(0, 1), (0, 1)]


def test_one_that_only_looks_is_shown_it_some_times():
    """Then it is a mistake."""
    looks = messages(uses(action="screenshot"))
    with standing_in([looks, looks, messages(uses(action="left_click", coordinate=[15, 45]))]) as there:
        assert at(there, "anthropic-computer").decide(LOOK) == Decision("click", 2)
    with standing_in([looks]) as there:
        said = at(there, "anthropic-computer").decide(LOOK)
    assert (said.why, said.again, len(there.got)) == ("asked for another look, and another", True, 3)


def test_without_a_picture_that_may_be_shown_nothing_is_sent():
    """Why not is told."""
    with standing_in([messages(uses(action="screenshot"))]) as there:
        one = at(there, "anthropic-computer")
        one.pictures = lambda: Mistake("can't be shown this page: your consent covers no pictures", final=True)
        said = one.decide(LOOK)
        assert (said.why, said.again) == ("can't be shown this page: your consent covers no pictures", False)
        one.pictures = lambda: Mistake("can't be shown this page: it does not come to rest")
        assert one.decide(LOOK).again
    assert not there.got
