"""What lies in a frame is looked for in that frame, and nowhere else."""

from __future__ import annotations

from msgspec.structs import replace

from byhand.workflows.around import Around
from byhand.workflows.frames import selector
from byhand.workflows.heal import Healing, heal
from byhand.workflows.program import Evidence
from byhand.workflows.targets import Found, Missing, resolve
from byhand.workflows.view import View
from tests.workflows.drawn import named, scope, view

PAGE = """
    form "Customer"
      textbox "Street"
    /iframe [title="Home"]
      form
        textbox "Street"
        button "Save"
    /iframe [title="Work"]
      form
        textbox "Street"
        button "Save"
"""
ROWS = """
    /iframe
      table "Orders"
        row
          cell "R-1"
          cell
            button "Pay"
    table "Orders"
      row
        cell "R-1"
        cell
          button "Pay"
"""


def framed(text: str, *pages: str) -> Around:
    """A view in which each `iframe` is a frame, in order, that shows the page of that path."""
    whole = view(text)
    found = list(whole.elements)
    owners = [at for at, one in enumerate(found) if one.tag == "iframe"]
    around = Around(whole)
    for number, owner in enumerate(owners, 1):
        for at in around.inside(owner):
            found[at] = replace(found[at], frame=number)
    frames = {number: f"http://site.example{path}" for number, path in enumerate(pages, 1)}
    ways = {0: ()} | {number: (number - 1,) for number in range(1, len(owners) + 1)}
    return Around(View(whole.address, "", tuple(found), whole.hits, 200, frames, ways))


def within(place: int, page: str, role: str = "textbox", name: str = "Street") -> Evidence:
    return named(role, name, page=page, frame=(selector(place),))


def found(evidence: Evidence, around: Around) -> int:
    answer = resolve(evidence, around, scope(evidence))
    assert isinstance(answer, Found)
    return answer.place


def test_each_of_three_fields_of_one_name_is_found_where_it_lies():
    """In the page itself, and in two frames of it."""
    around = framed(PAGE, "/home", "/work")
    assert found(named("textbox", "Street"), around) == 1
    assert found(within(0, "/home"), around) == 4
    assert found(within(1, "/work"), around) == 8


def test_a_frame_that_stands_elsewhere_is_the_only_one_that_shows_its_page():
    """Two that show it are none."""
    assert found(within(0, "/work"), framed(PAGE, "/home", "/work")) == 8
    assert isinstance(resolve(within(2, "/work"), framed(PAGE, "/work", "/work"), scope()), Missing)
    assert isinstance(resolve(within(0, "/help"), framed(PAGE, "/home", "/work"), scope()), Missing)


def test_a_frame_can_be_told_by_a_selector_of_its_element():
    """As somebody writes it into a program."""
    around = framed(PAGE, "/home", "/work")
    assert found(named("textbox", "Street", frame=('[title="Work"]',)), around) == 8
    assert isinstance(resolve(named("textbox", "Street", frame=("#nothing",)), around, scope()), Missing)


def test_nothing_is_healed_into_another_frame():
    """The button of one form is gone; that the page and the other frame have one like it is no matter."""
    around = framed(PAGE.replace('button "Save"', 'link "Help"', 1) + '    button "Save"', "/home", "/work")
    save, street = within(0, "/home", "button", "Save"), within(0, "/home")
    assert heal(save, around, scope(save, street), risk="sends") == "nothing like it is there"
    gone = framed(PAGE.replace('/iframe [title="Home"]', "group", 1), "/work")
    assert heal(save, gone, scope(save, street), risk="sends") == "its frame is not there"


def test_what_was_renamed_in_a_frame_is_healed_there():
    """By what lies in the same frame with it; what is called so elsewhere keeps it from nothing."""
    around = framed(PAGE.replace('button "Save"', 'button "Store"', 1), "/home", "/work")
    save, street, other = (
        within(0, "/home", "button", "Save"),
        within(0, "/home"),
        within(1, "/work", "button", "Store"),
    )
    healing = heal(save, around, scope(save, replace(street, called="Home street"), replace(other, called="Other")))
    assert isinstance(healing, Healing)
    assert (healing.place, healing.now) == (5, "Store")
    assert healing.evidence.frame == save.frame


def test_the_row_of_a_record_is_looked_for_in_its_own_frame():
    """The same record stands in a list of the page and in one of a frame."""
    around = framed(ROWS, "/orders")
    pay = named("button", "Pay", row="{number}")
    values = scope(pay, number="R-1")
    assert resolve(pay, around, values) == Found(10, frozenset({"name", "row"}))
    inside = replace(pay, frame=(selector(0),))
    assert resolve(inside, around, values) == Found(5, frozenset({"name", "row"}))
