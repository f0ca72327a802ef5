"""What was renamed, moved or drawn otherwise is found again, and what means something else is not."""

from __future__ import annotations

from byhand.workflows.heal import Healing, heal, told_apart
from byhand.workflows.program import Evidence
from tests.workflows.drawn import around, named, scope

SAVE = named("button", "Save invoice", selectors=('[data-testid="save"]',), page="/", above=("form",))
AMOUNT = named("textbox", "Amount", selectors=("#amount",), page="/", above=("form",))
NOTE = named("textbox", "Note", selectors=("#note",), page="/", above=("form",))


def healed(evidence: Evidence, text: str, **how: object) -> str:
    """What it is called now, or "" where it isn't healed."""
    found = heal(evidence, around(text), scope(SAVE, AMOUNT, NOTE), **how)  # pyright: ignore[reportArgumentType]
    return found.now if isinstance(found, Healing) else ""


def test_a_rename_with_one_candidate_and_two_kinds_of_evidence_heals():
    """An id and the place say that it is that one, whatever it is called now."""
    assert healed(AMOUNT, 'form\n  textbox "Sum to be paid" #amount\n  textbox "Note" #note') == "Sum to be paid"


def test_a_name_that_says_the_same_heals_what_can_not_be_undone():
    """In other words or in another language."""
    for name in ("Store bill", "Rechnung speichern", "Enregistrer la facture"):
        assert healed(SAVE, f'form\n  textbox "Amount" #amount\n  button "{name}"', risk="sends") == name


def test_another_verb_at_the_same_place_is_another_act():
    """Save that became Delete is not a rename, whatever its test id says."""
    page = 'form\n  textbox "Amount" #amount\n  button "Delete invoice" [data-testid="save"]'
    assert healed(SAVE, page, risk="sends") == ""
    assert healed(SAVE, page) == ""


def test_what_can_not_be_undone_is_not_found_by_a_name_that_says_something_unknown():
    """Its place alone doesn't tell what it does."""
    assert healed(SAVE, 'form\n  textbox "Amount" #amount\n  button "Zap" [data-testid="save"]', risk="sends") == ""


def test_a_unit_that_changed_is_another_meaning():
    """The number would be right and the amount wrong."""
    assert healed(AMOUNT, 'form\n  textbox "Amount (USD)" #amount') == ""
    assert healed(AMOUNT, 'form\n  textbox "Total" #amount ~in thousands') == ""
    assert healed(AMOUNT, 'form\n  textbox "Total" #amount') == "Total"


def test_two_candidates_are_none():
    """It is not the first that fits."""
    assert healed(SAVE, 'form\n  textbox "Amount" #amount\n  button "Store bill"\n  button "Store the bill"') == ""


def test_a_field_that_is_another_target_of_the_program_is_no_candidate():
    """The note's field is not the amount's."""
    assert healed(AMOUNT, 'form\n  textbox "Note" #amount') == ""


def test_another_widget_for_the_same_field_heals():
    """A list that became radio buttons is chosen from as before."""
    status = named("combobox", "Status", page="/", above=("form",))
    page = 'form\n  textbox "Amount"\n  group/fieldset "Status"\n    radio "Open"\n    radio "Paid"'
    assert healed(status, page) == "Status"


def test_a_thing_of_another_kind_does_not_heal():
    """A button of that name is no field."""
    assert healed(AMOUNT, 'form\n  button "Amount" #amount') == ""


def test_one_kind_of_evidence_heals_nothing():
    """A name that says the same, somewhere else in another page."""
    elsewhere = around('button "Store bill"', address="http://site.example/help")
    assert isinstance(heal(SAVE, elsewhere, scope(SAVE)), str)


def test_a_healed_target_is_found_by_its_new_name():
    """What is healed once need not be healed again in the row."""
    found = heal(AMOUNT, around('form\n  textbox "Total" #amount'), scope(AMOUNT))
    assert isinstance(found, Healing)
    assert (found.evidence.name, found.evidence.called, found.was) == ("Total", "Amount", "Amount")


def test_a_link_is_known_by_where_it_leads():
    """Whatever it is called; but not one to any record."""
    decide = named("link", "Decide", page="/queue/{id}", above=("main",))
    led = around('main\n  link "Rule on it" >/queue/r7/decide', address="http://site.example/queue/r7")
    assert isinstance(heal(decide, led, scope(decide), leads="/queue/*/decide"), Healing)
    assert isinstance(heal(decide, led, scope(decide), leads="/queue/*"), str)


def test_a_models_word_is_one_kind_of_evidence():
    """With the place it heals; alone, for what can't be undone, or against what speaks for another, it does not."""
    page = 'form\n  textbox "Note" #note\n  textbox "Sum to be paid"\n  textbox "Reference"'
    assert healed(AMOUNT, page) == ""
    assert healed(AMOUNT, page, said=2) == "Sum to be paid"
    assert healed(AMOUNT, page, said=2, risk="sends") == ""
    assert healed(AMOUNT, page, said=1) == ""  # another target of the program
    alone = around('textbox "Sum to be paid"', address="http://site.example/help")
    assert isinstance(heal(AMOUNT, alone, scope(AMOUNT), said=0), str)
    both = 'form\n  textbox "Sum to be paid"\n  textbox "Reference" #amount'
    assert healed(AMOUNT, both) == "Reference"
    assert healed(AMOUNT, both, said=1) == ""
    assert healed(AMOUNT, 'form\n  textbox "Amount (USD)"', said=1) == ""


def test_of_several_that_fit_alike_a_model_may_mean_one():
    """Unless something else speaks for another, or it means none of them."""
    view = around('form\n  textbox "Amount"\n  textbox "Amount"')
    found = told_apart(AMOUNT, view, scope(AMOUNT, NOTE), (1, 2), 2)
    assert isinstance(found, Healing)
    assert (found.place, "model" in found.by, "name" in found.by) == (2, True, True)
    assert isinstance(told_apart(AMOUNT, view, scope(AMOUNT), (1, 2), 0), str)
    better = around('form\n  textbox "Amount" #amount\n  textbox "Amount"')
    assert isinstance(told_apart(AMOUNT, better, scope(AMOUNT), (1, 2), 2), str)
