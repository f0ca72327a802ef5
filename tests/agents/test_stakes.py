"""Promises of what is at stake: a model's act is judged as a program's step is, and in doubt riskier."""

from __future__ import annotations

import pytest

from byhand.agents.deeds import Deed, read
from byhand.agents.reasons import GONE, NO_FIELD, UNKNOWN, YOURS
from byhand.models.decision import Decision
from byhand.workflows.around import Around
from byhand.workflows.program import Risk
from byhand.workflows.view import Seen, View


def page(*elements: Seen) -> Around:
    return Around(View("http://site.example/mail/7?token=x", "", elements))


def deed(decision: Decision, *elements: Seen) -> Deed:
    found = read(decision, page(*elements), 1)
    assert isinstance(found, Deed)
    return found


def button(name: str, node: int = 1, parent: int = -1, *states: str) -> Seen:
    return Seen(node, parent, "button", "button", name, states)


@pytest.mark.parametrize(
    ("name", "risk"),
    [
        ("Delete", "deletes"),
        ("Send", "sends"),
        ("Pay now", "pays"),
        ("Löschen", "deletes"),
        ("Help", ""),
        ("", "sends"),
    ],
)
def test_a_press_is_judged_by_its_name_and_one_without_is_not_harmless(name: str, risk: Risk):
    """In several languages, as workflows have it."""
    assert deed(Decision("click", 1), button(name)).risk == risk
    assert deed(Decision("double_click", 1), button(name)).risk == risk


@pytest.mark.parametrize("name", ["Close", "Close ticket", "Schließen"])
def test_what_a_form_closes_is_no_window(name: str):
    """A ticket or a case; in a dialog, or outside of forms, the word is harmless."""
    assert deed(Decision("click", 2), Seen(1, -1, "form", "form"), button(name, 2, 0)).risk == "sends"
    assert deed(Decision("click", 1), button(name)).risk == ""
    window = Seen(1, -1, "dialog", "div", "Help"), Seen(2, 0, "form", "form"), button("Close", 3, 1)
    assert deed(Decision("click", 3), *window).risk == ""


def test_where_a_file_is_chosen_is_asked_for():
    """Whatever it is called."""
    picture = Seen(1, -1, "button", "input", "Picture", kind="file")
    assert deed(Decision("click", 1), picture).risk == "uploads"


@pytest.mark.parametrize("keys", [("Enter",), ("Space",), (" ",)])
def test_a_key_that_presses_what_has_the_keyboard_is_a_press(keys: tuple[str, ...]):
    """Named by a node, or left to the focus."""
    focused = button("Delete", 1, -1, "focused")
    assert deed(Decision("key", 0, keys=keys), focused).risk == "deletes"
    assert deed(Decision("key", 1, keys=keys), button("Delete")).risk == "deletes"


@pytest.mark.parametrize(
    ("keys", "risk"),
    [
        (("Control", "Enter"), "sends"), (("Control", "s"), "sends"), (("Meta", "s"), "sends"), (("Tab",), ""),
        (("Control", "a"), ""), (("Control", "d"), "sends"), (("Alt", "a"), "sends"), (("ArrowDown",), ""),
        (("Shift", "Tab"), ""), (("e",), "sends"), (("Escape",), ""), (("F5",), ""),
    ],
)  # fmt: skip
def test_a_shortcut_whose_meaning_nobody_knows_is_asked_for(keys: tuple[str, ...], risk: Risk):
    """A letter outside of a field is a shortcut of the page's own."""
    assert deed(Decision("key", keys=keys), button("Help")).risk == risk


def test_a_letter_in_a_field_is_no_shortcut():
    """It is written there."""
    field = Seen(1, -1, "textbox", "input", "Note", ("focused",))
    assert deed(Decision("key", keys=("e",)), field).risk == ""


def test_ok_means_what_its_dialog_says():
    """And a dialog's way out is harmless."""
    dialog = Seen(1, -1, "dialog", "div", "Delete 7 mails?", ("modal",))
    assert deed(Decision("click", 2), dialog, button("Yes", 2, 0)).risk == "deletes"
    assert deed(Decision("click", 2), dialog, button("Cancel", 2, 0)).risk == ""


def test_where_a_thing_is_dropped_counts_too():
    """What is dragged says nothing."""
    mail, bin_ = Seen(1, -1, "listitem", "li", "Mail 7"), Seen(2, -1, "region", "div", "Delete")
    assert deed(Decision("drag", 1, 2), mail, bin_).risk == "deletes"
    note = Seen(1, -1, "listitem", "li", "Note 7")
    assert deed(Decision("drag", 1, 2), note, Seen(2, -1, "region", "div", "Later")).risk == ""


def test_a_switch_does_it_now_and_a_box_with_its_form():
    """The one is asked for."""
    assert deed(Decision("check", 1), Seen(1, -1, "switch", "button", "Publish")).risk == "publishes"
    assert deed(Decision("check", 1), Seen(1, -1, "checkbox", "input", "Publish")).risk == ""


def test_text_is_typed_without_a_key_that_would_send_it():
    """No line end where Enter sends, no Tab that goes elsewhere; several lines in an editor are asked for."""
    field, area = Seen(1, -1, "textbox", "input", "Note"), Seen(1, -1, "textbox", "textarea", "Note")
    chat = Seen(1, -1, "textbox", "div", "Message", ("editable", "multi line"))
    assert deed(Decision("type", 1, text="a\tb\n"), field).text == "a b"
    assert deed(Decision("type", 1, text="a\nb\n"), field).text == "a b"
    assert (deed(Decision("type", 1, text="a\nb\n"), area).text, deed(Decision("type", 1, text="a\nb"), area).risk) == (
        "a\nb", "",
    )  # fmt: skip
    assert deed(Decision("type", 1, text="a\nb"), chat).risk == "sends"


def test_a_secret_field_takes_no_text_of_a_models():
    """The sentence has none either; nor key by key, nor pasted."""
    secret = Seen(1, -1, "textbox", "input", "Password", ("secret", "focused"))
    found = deed(Decision("type", 1, text="guessed"), secret)
    assert (found.secret, found.text, found.risk, found.sentence) == (True, "", "credentials", 'fill "Password"')
    assert "guessed" not in str([getattr(found, name) for name in found.__struct_fields__])
    for keys in (("g",), ("Shift", "G"), ("Control", "v"), ("Shift", "Insert")):
        assert read(Decision("key", keys=keys), page(secret), 1) == YOURS
    assert deed(Decision("key", keys=("Tab",)), secret).risk == ""


def test_what_can_not_be_done_is_said():
    """Nothing is guessed."""
    label = Seen(1, -1, "text", "label", "Password")
    assert read(Decision("type", 1, text="x"), page(label), 1) == NO_FIELD
    assert read(Decision("click", 9), page(label), 1) == GONE
    assert read(Decision("click", 0), page(label), 1) == GONE
    assert read(Decision("drag", 1, 9), page(label), 1) == GONE
    assert read(Decision("key", keys=("Nonsense",)), page(label), 1) == UNKNOWN


def test_typing_into_a_list_is_choosing_from_it():
    """By the option's label, or by the option itself."""
    choice = (
        Seen(1, -1, "combobox", "select", "Currency"), Seen(2, 0, "option", "option", "EUR"),
        Seen(3, 0, "option", "option", "USD"),
    )  # fmt: skip
    for decision in (Decision("type", 1, text="USD"), Decision("select", 1, text="USD"), Decision("select", 1, 3)):
        found = deed(decision, *choice)
        assert (found.verb, found.text, found.sentence) == ("choose", "USD", 'choose "USD" in "Currency"')


def test_what_is_kept_of_an_address_is_its_path():
    """For an allowance, as programs have it."""
    assert deed(Decision("click", 1), button("Help")).targets[0].page == "/mail/7"
