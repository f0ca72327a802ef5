"""What was not there when it was shown stops a run, each with its own reason."""

from __future__ import annotations

from byhand.workflows import surprises
from tests.workflows.drawn import around, named, scope


def kind(found: surprises.Surprise | None) -> str:
    return found.kind if found else ""


def test_an_ended_session_is_known_by_its_status_or_its_words():
    """In any language."""
    assert kind(surprises.of_page(around('heading "Hello"', status=401))) == "session"
    assert kind(surprises.of_page(around('heading "Ihre Sitzung ist abgelaufen"\nbutton "Weiter"'))) == "session"
    assert kind(surprises.of_page(around('heading "Sign in"\ntextbox "Password" !secret'))) == "session"
    assert kind(surprises.of_page(around('link "Sign in"\nheading "Invoices"\ntextbox "Search"'))) == ""


def test_a_page_to_sign_in_at_is_known_where_the_program_should_have_begun():
    """By its status, its field for a secret, its words, or where it led: to another site, or to a page of that name."""
    start = "https://books.example/invoices"

    def out(text: str, address: str = start, *, status: int = 200, fills: bool = False) -> bool:
        return surprises.signed_out(around(text, address=address, status=status), start, fills=fills)

    assert out('heading "Invoices"', status=403)
    assert out('heading "Books"\ntextbox "Kennwort" !secret')
    assert not out('heading "Books"\ntextbox "Kennwort" !secret', fills=True)
    assert out('button "Weiter"', "https://books.example/account/login?next=/invoices")
    assert out('button "Weiter"', "https://id.example/start")
    assert not out('heading "Invoices"')
    assert not out('heading "Invoices"', "https://www.books.example/invoices")
    assert not out('heading "Invoices"', "https://books.example/invoices/all")
    assert not out('heading "Invoices"', "https://books.example/logins-of-last-week/invoices")
    assert not out("", "chrome-error://chromewebdata/")


def test_a_server_that_fails_is_not_one_that_is_busy():
    """One is stopped at, the other waited for."""
    assert kind(surprises.of_page(around('heading "Oops"', status=500))) == "server"
    assert kind(surprises.of_page(around('alert "Something went wrong"'))) == "server"
    assert kind(surprises.of_page(around("", address="chrome-error://chromewebdata/"))) == "server"
    assert kind(surprises.of_page(around('heading "Busy, trying again"', status=503))) == "busy"


def test_a_form_that_was_refused_says_which_fields():
    """And not that the server failed."""
    found = surprises.of_page(around('alert "Something went wrong"\ntextbox "Due date" !invalid_entry', status=422))
    assert found == surprises.Surprise("refused", 'the page did not take "Due date"')


def test_a_dialog_that_nobody_showed_is_in_the_way():
    """But not one that the program acts in."""
    page = around('button "Save"\ndialog "New terms" !modal\n  button "Accept"')
    assert kind(surprises.in_the_way(page, scope(), 0)) == "in the way"
    assert kind(surprises.in_the_way(page, scope(), 2)) == ""
    assert kind(surprises.in_the_way(page, scope(named("button", "Accept")))) == ""


def test_a_dialog_that_took_the_keyboard_is_in_the_way():
    """Though the page does not call it modal."""
    page = around('textbox "Note"\ndialog "Your opinion"\n  textbox "Opinion" !focused')
    assert kind(surprises.in_the_way(page, scope(), 0)) == "in the way"


def test_a_bar_that_only_informs_is_in_nobodys_way():
    """It lies over nothing."""
    assert surprises.in_the_way(around('button "Save"\ndialog "Cookies"\n  button "Fine"'), scope(), 0) is None


def test_a_new_field_that_must_be_filled_in_is_told():
    """Before anything is sent; a field of the program's is its own affair."""
    page = around("""
        form
          textbox "Amount" !required
          combobox "Cost centre" !required
          button "Save"
    """)
    known = scope(named("textbox", "Amount"))
    assert surprises.required(page, known, 3) == surprises.Surprise(
        "required", '"Cost centre" must be filled in, and no step does'
    )
    assert surprises.required(page, scope(named("textbox", "Amount"), named("combobox", "Cost centre")), 3) is None


def test_a_note_that_more_happens_now_is_told():
    """Text on a page can stop a run; it can't make it do anything."""
    page = around('note "Every change now also sends a letter"\nbutton "Save"')
    assert kind(surprises.other_effect(page)) == "changed"
    assert surprises.other_effect(around('note "Amounts are in EUR"')) is None
    assert surprises.other_effect(page, frozenset({"Every change now also sends a letter"})) is None
