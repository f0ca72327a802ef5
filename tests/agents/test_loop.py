"""A row is done right, or stops before harm and says why; on a site in memory, whose time is its own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from byhand.agents.actuators.pretend_page import Part, PretendPage
from byhand.workflows.program import Act, Branch, Check, Condition, Evidence, Parameter, Repeat
from tests.agents.site import EFFECT, ENTER, START, VALUES, Ledger, Person, evidence, run, stopped


def test_a_row_is_done_and_its_effect_is_seen():
    """All steps, each told in a sentence, and the record is there when it is looked for in another tab."""
    ledger = Ledger()
    outcome = run(ledger)
    assert (outcome.state, outcome.steps, outcome.stop) == ("done", 6, None)
    assert ledger.saved == [("R-7", "12.50")]
    assert outcome.told[1] == 'fill "Number" with R-7'
    assert [verb for verb, *_ in ledger.page.did] == ["press", "fill", "fill", "choose", "set", "press"]


def test_each_act_is_in_the_book_before_it_is_done_and_after_it_was_seen():
    """A crash between the two leaves a trace."""
    who = Person()
    run(Ledger(), person=who)
    assert who.book[-2:] == ["will s6 sends", "did s6"]
    assert who.asked == [("sends", 'press "Save"')]


def test_nothing_is_sent_without_leave():
    """A person who says no, or nobody who is there to say yes."""
    ledger, who = Ledger(), Person(yes=False)
    assert stopped(run(ledger, person=who)) == "risk"
    assert ledger.saved == []
    assert "will s6 sends" not in who.book


def test_without_an_effect_it_is_unchecked():
    """That all steps were done does not say that it worked."""
    assert run(Ledger(), replace(ENTER, effects=())).state == "unchecked"


def test_a_save_that_the_server_dropped_is_found():
    """It said saved, and it isn't there."""
    outcome = run(Ledger(drops=True))
    assert stopped(outcome) == "lost"
    assert outcome.stop is not None
    assert outcome.stop.harmed


def test_a_save_whose_answer_never_came_is_not_repeated():
    """The effect is read back, and that decides."""
    ledger = Ledger(silent=True)
    outcome = run(ledger)
    assert outcome.state == "done"
    assert ledger.numbers() == ["R-7"]
    assert "its answer was lost" in outcome.told[-1]


def test_a_server_that_fails_after_saving_is_told_as_such():
    """It stops, says that the record is there, and how to take it back."""
    ledger = Ledger(fails=True)
    outcome = run(ledger)
    assert stopped(outcome) == "server"
    assert outcome.stop is not None
    assert outcome.stop.reason.endswith("its effect is there all the same")
    assert outcome.stop.harmed
    assert outcome.stop.undo
    assert ledger.numbers() == ["R-7"]


def test_what_the_page_refuses_is_told_with_its_field():
    """Nothing was saved, and nothing is tried again."""
    outcome = run(Ledger(refuses=True))
    assert stopped(outcome) == "refused"
    assert outcome.stop is not None
    assert '"Amount"' in outcome.stop.reason


def test_a_record_that_is_there_already_is_skipped():
    """It isn't entered twice."""
    ledger = Ledger(saved=[("R-7", "12.50")])
    assert run(ledger).state == "skipped"
    assert len(ledger.saved) == 1


def test_a_record_of_that_name_with_other_values_stops_it():
    """It may be another one."""
    ledger = Ledger(saved=[("R-7", "99.00")])
    assert stopped(run(ledger)) == "not so"
    assert ledger.page.did == []


def test_a_dialog_over_the_page_stops_it_before_anything_is_done():
    """It is nobody's step to answer it."""
    ledger = Ledger(over=True)
    outcome = run(ledger)
    assert stopped(outcome) == "in the way"
    assert outcome.stop is not None
    assert '"New terms"' in outcome.stop.reason
    assert ledger.page.did == []


def test_a_dialog_that_goes_away_is_waited_for():
    """Some only say that something is loading."""
    ledger = Ledger(over=True)
    ledger.page.later(1.0, lambda page: page.parts.pop())
    assert run(replace_over(ledger)).state == "done"


def replace_over(ledger: Ledger) -> Ledger:
    """Only the first page has it."""
    made = ledger.list

    def once() -> list[Part]:
        parts = made()
        ledger.over = False
        return parts

    ledger.page.site = {**ledger.page.site, "/invoices": once}
    return ledger


def test_a_new_required_field_stops_it_before_it_is_sent():
    """No row says what to fill in."""
    ledger = Ledger(changes=lambda parts: _form(parts).insert(0, Part("textbox", "Cost centre", states={"required"})))
    assert stopped(run(ledger)) == "required"
    assert ledger.saved == []


def _form(parts: list[Part]) -> list[Part]:
    return next((one.inside for one in parts if one.role == "form"), [])


def _renamed(**names: str) -> Ledger:
    def change(parts: list[Part]) -> None:
        for one in parts:
            for part in one.all():
                part.name = names.get(part.name, part.name)

    return Ledger(changes=change)


def test_a_renamed_button_is_healed_and_told():
    """By what it says and where it is."""
    ledger = _renamed(Save="Store")
    outcome = run(ledger)
    assert outcome.state == "done"
    assert [(one.was, one.now) for one in outcome.healed] == [("Save", "Store")]


def test_a_button_that_means_something_else_stops_it():
    """Nothing is deleted because it stands where Save was."""
    ledger = _renamed(Save="Delete")
    assert stopped(run(ledger)) in ("missing", "changed")
    assert ledger.saved == []


def test_an_amount_in_another_unit_stops_it_before_it_is_typed():
    """The number would be right and the amount wrong."""
    ledger = Ledger(changes=lambda parts: setattr(_field(parts, "Amount"), "hint", "in thousands"))
    assert stopped(run(ledger)) == "changed"
    assert ("fill", "Amount", "12.50") not in ledger.page.did


def _field(parts: list[Part], name: str) -> Part:
    found = [part for one in parts for part in one.all() if part.name == name and part.role != "columnheader"]
    return found[0] if found else Part("", name)


def test_an_option_that_is_gone_stops_it():
    """None is taken for it."""
    ledger = Ledger(changes=lambda parts: _field(parts, "USD") and setattr(_field(parts, "USD"), "name", "Dollar"))
    assert stopped(run(ledger)) == "value"


def test_a_target_that_comes_late_is_waited_for():
    """Pages take their time."""
    ledger = Ledger()
    ledger.page.site = {**ledger.page.site, "/invoices": list}
    ledger.page.later(4.0, lambda page: setattr(page, "parts", ledger.list()))
    effectless = replace(ENTER, effects=())
    assert run(ledger, effectless).state == "unchecked"


def test_what_never_comes_is_missing():
    """After its patience, with what was looked for and what is there."""
    ledger = Ledger()
    ledger.page.site = {**ledger.page.site, "/invoices": lambda: [Part("heading", "Welcome")]}
    outcome = run(ledger, replace(ENTER, effects=()))
    assert stopped(outcome) == "missing"
    assert outcome.stop is not None
    assert outcome.stop.picture
    assert not outcome.stop.harmed


def test_the_person_stops_it_at_any_time():
    """Before an act and within a wait; then nothing more is done."""
    for pulls in (1, 4, 9, 20):
        ledger = Ledger()
        outcome = run(ledger, person=Person(pulls=pulls))
        assert outcome.state == "stopped"
        assert outcome.stop is not None
        if outcome.steps < 6:
            assert ledger.saved == []


def test_after_a_crash_the_effect_is_read_back_first():
    """There: it is done. Not there, and nothing else was at stake: from the start."""
    there = Ledger(saved=[("R-7", "12.50")])
    assert run(there, uncertain="s6").state == "done"
    assert there.page.did == []
    gone = Ledger()
    assert run(gone, uncertain="s6").state == "done"
    assert gone.numbers() == ["R-7"]


def test_after_a_crash_between_two_saves_nothing_is_done_again():
    """Part of it may be there, and only a person can tell."""
    two = replace(ENTER, steps=(*ENTER.steps, Act(id="s7", verb="press", target="Save", risk="sends")))
    ledger = Ledger()
    assert stopped(run(ledger, two, uncertain="s7")) == "lost"
    assert ledger.page.did == []


def test_a_list_is_done_entry_by_entry():
    """The loop's values are the entry's."""
    lines = Parameter(name="lines", kind="list", fields=(Parameter(name="number"), Parameter(name="amount")))
    chore = replace(
        ENTER, identity=(), effects=(), parameters=(lines,),
        steps=(Repeat(id="r", over="list", name="lines", steps=(
            Act(id="s0", verb="open", text="/invoices/new"),
            Act(id="s2", verb="fill", target="Number", text="{lines.number}"),
            Act(id="s3", verb="fill", target="Amount", text="{lines.amount}"),
            Act(id="s6", verb="press", target="Save", risk="sends"),
        )),),
    )  # fmt: skip
    ledger = Ledger()
    run(ledger, chore, {"lines": ({"number": "A", "amount": "1"}, {"number": "B", "amount": "2"})})
    assert ledger.saved == [("A", "1"), ("B", "2")]


def test_each_row_of_a_list_is_done_as_it_stood_when_the_loop_began():
    """Those that hold the value, and no others."""
    remind = Evidence(called="Remind", role="button", name="Remind", page="/invoices", above=("table", "row"))
    chore = replace(
        ENTER, identity=(), effects=(), parameters=(Parameter(name="amount"),), targets=(remind,),
        steps=(Repeat(id="r", over="rows", row="{amount}", steps=(
            Act(id="s1", verb="press", target="Remind", row="{row}", risk="sends"),
        )),),
    )  # fmt: skip
    ledger = Ledger(saved=[("A", "5.00"), ("B", "7.00"), ("C", "5.00")])
    run(ledger, chore, {"amount": "5.00"})
    assert [name for verb, name, _ in ledger.page.did if verb == "reminded"] == ["A", "C"]


def test_a_branch_is_taken_by_its_condition():
    """A number is over another one by value."""
    urgent = Branch(
        id="b", when=Condition(left="{amount}", relation="over", right="10"),
        steps=(Act(id="s5", verb="set", target="Urgent", text="on"),),
    )  # fmt: skip
    chore = replace(ENTER, effects=(), steps=(ENTER.steps[0], urgent))
    over, under = Ledger(), Ledger()
    run(over, chore)
    run(under, chore, {**VALUES, "amount": "2"})
    assert ("set", "Urgent", "on") in over.page.did
    assert ("set", "Urgent", "on") not in under.page.did


@pytest.mark.parametrize(("amount", "kind"), [("7", ""), ("8", "value"), ("12", "value"), ("13", "")])
def test_a_value_like_none_that_was_shown_stops_before_the_branch(amount: str, kind: str):
    """Either side would be a guess, and a wrong one would be told as done."""
    urgent = Branch(
        id="b", when=Condition(left="{amount}", relation="over", right="10"), undecided=("8", "12"),
        steps=(Act(id="s5", verb="set", target="Urgent", text="on"),),
    )  # fmt: skip
    ledger = Ledger()
    outcome = run(ledger, replace(ENTER, effects=(), steps=(ENTER.steps[0], urgent)), {**VALUES, "amount": amount})
    assert (outcome.stop.kind if outcome.stop else "") == kind
    assert (("set", "Urgent", "on") in ledger.page.did) is (amount == "13")


def test_a_value_that_is_missing_stops_it_at_once():
    """Before the page is opened."""
    ledger = Ledger()
    assert stopped(run(ledger, values={"number": "R-7"})) == "value"
    assert ledger.page.opened == []


def test_a_secret_is_typed_and_never_told():
    """Neither in a sentence nor in what it asks leave for."""
    login = evidence("textbox", "Number")
    chore = replace(
        ENTER, identity=(), effects=(), parameters=(Parameter(name="pin", kind="secret"),),
        targets=(*ENTER.targets, login),
        steps=(ENTER.steps[0], Act(id="s2", verb="fill", target="Number", text="{pin}", risk="credentials")),
    )  # fmt: skip
    ledger, who = Ledger(), Person()
    outcome = run(ledger, chore, {"pin": "geheim-4711"}, who)
    assert ("fill", "Number", "geheim-4711") in ledger.page.did
    assert "4711" not in repr((outcome, who.asked, who.book))


def test_a_row_of_the_same_number_can_not_be_told_apart():
    """Two rows are two records."""
    remind = Evidence(called="Remind", role="button", name="Remind", page="/invoices", above=("table", "row"))
    chore = replace(
        ENTER, effects=(), parameters=(Parameter(name="number"),), targets=(remind,),
        steps=(Act(id="s1", verb="press", target="Remind", row="{number}", risk="sends"),),
    )  # fmt: skip
    ledger = Ledger(saved=[("R-7", "1"), ("R-7", "2")])
    assert stopped(run(ledger, chore)) == "ambiguous"
    assert ledger.page.did == []


def test_what_must_hold_before_is_asked_in_another_tab():
    """The page that is worked on is left as it is."""
    ledger = Ledger()
    run(ledger, replace(ENTER, effects=(replace(EFFECT, before=(Check(kind="see", text="Archive"),)),)))
    assert ledger.page.opened == ["/invoices", "/invoices"]
    assert START.endswith("/invoices")


def test_after_a_crash_a_record_that_is_there_otherwise_or_twice_is_not_made_again():
    """Something of it is there, and only a person can tell what to do with it."""
    for saved in ([("R-7", "99.00")], [("R-7", "12.50"), ("R-7", "12.50")]):
        ledger = Ledger(saved=list(saved))
        assert stopped(run(ledger, uncertain="s6")) == "lost"
        assert ledger.saved == saved


def test_after_a_crash_who_can_not_look_does_nothing():
    """That the effect can't be seen does not say that it is not there."""
    search = Act(id="e2", verb="fill", target="Number", text="{number}")
    chore = replace(ENTER, effects=(replace(EFFECT, steps=(*EFFECT.steps, search)),))
    ledger = Ledger()
    assert stopped(run(ledger, chore, uncertain="s6")) == "lost"
    assert ledger.page.did == []


def test_a_record_with_other_values_is_found_out():
    """It was saved, but not as it should be."""
    ledger = Ledger()
    made = ledger.save

    def save(page: PretendPage) -> None:
        made(page)
        ledger.saved[-1] = ("R-7", "1.25")

    ledger.changes = lambda parts: setattr(_field(parts, "Save"), "does", save)
    outcome = run(ledger)
    assert stopped(outcome) == "lost"
    assert outcome.stop is not None
    assert "another one" in outcome.stop.reason
