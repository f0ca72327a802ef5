"""Promises of a goal done by a model at an endpoint: the same agent, the same limits, and every mistake is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from byhand.agents.goal import Limits
from byhand.agents.outcome import Outcome
from byhand.errors import NoGrant
from byhand.models.endpoints.address import address
from byhand.models.endpoints.asking import Elsewhere, Sending
from byhand.models.endpoints.posting import Patience
from byhand.workflows.program import Check
from tests.agents.goals import Somebody, run, stopped
from tests.agents.site import Ledger
from tests.models.stand_in import Got, Said, StandIn, completion, standing_in

QUICK = Patience(answer_s=5.0, tries=2, first_s=0.01, most_s=0.02)
SAVED = (Check(kind="see", text="Saved"),)
ENTER = (
    ("click", "New invoice", ""), ("type", "Number", "R-7"), ("type", "Amount", "12.50"), ("select", "Currency", "USD"),
    ("check", "Urgent", ""), ("click", "Save", ""), ("done", "", ""),
)  # fmt: skip


def by_rules(*acts: tuple[str, str, str]) -> Callable[[Got], Said]:
    """Reads the list that it is told, as a model would: the act of so many that were done."""

    def answer(got: Got) -> Said:
        told = got.text
        op, name, text = acts[min(len(re.findall(r"^\d+\. ", told, re.MULTILINE)), len(acts) - 1)]
        node = re.search(rf"^ *\[(\d+)\] (?!text |heading )\w+ {json.dumps(name)}", told, re.MULTILINE)
        said: dict[str, Any] = {"op": op, "element": int(node[1]) if node else 0, "text": text, "sure": 0.9}
        return completion(json.dumps(said))

    return answer


def decider(there: StandIn, before: Callable[[Sending], object] = lambda _: None) -> Elsewhere:
    return Elsewhere(address("openai:m", there.url), "", before, patience=QUICK)


def told(who: Somebody) -> list[str]:
    return [one.why for one in who.told if one.why]


def test_it_does_what_any_model_does():
    """By the list alone; what can't be undone is asked for all the same."""
    ledger, who = Ledger(), Somebody()
    with standing_in(by_rules(*ENTER)) as there:
        outcome = run(decider(there), who, ledger=ledger, checks=SAVED)
    assert (outcome.state, outcome.steps) == ("done", 6)
    assert ledger.saved == [("R-7", "12.50")]
    assert who.asked == [("sends", 'press "Save"')]


def test_a_no_is_a_no_whoever_decides():
    """Nothing is saved."""
    ledger, who = Ledger(), Somebody(yes=False)
    with standing_in(by_rules(*ENTER)) as there:
        assert stopped(run(decider(there), who, ledger=ledger))[0] == "risk"
    assert ledger.saved == []


def test_mistakes_are_told_and_counted_and_after_some_it_stops():
    """None of them is an act."""
    who, ledger = Somebody(), Ledger()
    with standing_in([completion('{"op":"click","element":4711}'), completion("hm"), completion("[]")]) as there:
        model = decider(there)
        outcome = run(model, who, ledger=ledger)
    assert stopped(outcome) == ("unsure", "openai:m gave no act that there is")
    assert told(who) == [
        "named an element that is not there", "gave no act that there is", "gave no act that there is"
    ]  # fmt: skip
    assert [one.number for one in who.told] == [1, 2, 3]
    assert (model.mistakes, outcome.steps, who.book) == (3, 0, [])


def test_a_mistake_between_acts_does_not_end_it():
    """It is told what was wrong, and goes on."""
    wrong, ledger, who = iter([False, True, True, False, True] + [False] * 20), Ledger(), Somebody()
    right = by_rules(*ENTER)
    with standing_in(lambda got: completion("hm") if next(wrong) else right(got)) as there:
        outcome = run(decider(there), who, ledger=ledger, checks=SAVED)
    assert (outcome.state, outcome.steps, len(told(who))) == ("done", 6, 3)
    assert ["Your last answer was not used" in got.text for got in there.got[:4]] == [False, False, True, True]


def test_mistakes_count_as_tries():
    """Two out of three answers are none: it ends all the same."""
    right = by_rules(*ENTER)
    with standing_in(lambda got: right(got) if len(there.got) % 3 == 0 else completion("hm")) as there:
        outcome = run(decider(there), limits=Limits(acts=4))
    assert stopped(outcome) == ("limit", "it did 4 acts and was not done")


def test_an_endpoint_that_is_gone_is_said_at_once():
    """Nothing is asked three times of nobody."""
    who = Somebody()
    with standing_in([Said(status=401)]) as there:
        assert stopped(run(decider(there), who)) == ("lost", "openai:m did not take the key (status 401)")
        assert len(there.got) == 1
    assert stopped(run(decider(there), who)) == ("lost", "openai:m can't be reached")


def test_a_person_beside_it_may_go_on_where_it_can_not():
    """They are asked once it gave up, with nothing to pick from."""
    offers: list[int] = []

    def picks(choices: Any) -> Any:
        offers.append(len(choices))
        return "mine" if len(offers) == 1 else "stop"

    who = Somebody(picks=picks)
    with standing_in([completion("hm")]) as there:
        outcome: Outcome = run(decider(there), who)
    assert stopped(outcome)[0] == "person"
    assert (offers, len(there.got)) == ([0, 0], 6)


def test_a_yes_that_is_taken_back_ends_it():
    """At the next send."""

    def before(_: Sending) -> None:
        if there.got:
            raise NoGrant("your yes to that was taken back")

    with standing_in(by_rules(*ENTER)) as there:
        outcome = run(decider(there, before))
    assert stopped(outcome) == ("lost", "openai:m was not asked: your yes to that was taken back")
    assert len(there.got) == 1


def test_what_is_secret_on_a_page_is_in_no_request():
    """The value of a secret field is a person's; the model is told that a field is there, and what it may write stays
    its own.
    """
    ledger, who = Ledger(), Somebody(secrets={"Number": "canary-4711"})
    with standing_in(by_rules(*ENTER)) as there:
        run(decider(there), who, ledger=ledger)
    assert there.got
    assert not any(b"canary-4711" in got.body for got in there.got)
