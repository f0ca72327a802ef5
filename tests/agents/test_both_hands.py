"""What hands of every kind promise a run, those in memory and those in a real page: one suite for both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from byhand.agents import reasons
from byhand.agents.actuators.page import PageHands, opened
from byhand.agents.actuators.pretend_page import Part, PretendPage
from byhand.agents.outcome import Hands
from byhand.cli import extension
from byhand.workflows.view import Seen, View

PAGE = """<!doctype html><meta charset="utf-8"><title>Order</title>
<form onsubmit="return false"><label>Customer <input id="customer"></label>
<label>Pin <input type="password" value="4711"></label>
<label>Size <select><option>Small<option>Large</select></label>
<label><input type="checkbox"> Gift</label>
<button onclick="document.body.append(Object.assign(document.createElement('h2'), {textContent: 'Saved'}))">
Save</button><button disabled>Later</button>
<button onclick="this.textContent = 'Reopen'">Close</button>
<button onclick="document.body.insertAdjacentHTML('beforeend',
  '<div role=dialog aria-modal=true aria-label=Terms style=position:fixed;inset:0;background:white></div>')">
Ask</button>
</form>"""


def parts() -> list[Part]:
    options = [Part("option", "Small"), Part("option", "Large")]
    return [Part("form", inside=[
        Part("textbox", "Customer", selectors=("#customer",)), Part("textbox", "Pin", "4711", {"secret"}),
        Part("combobox", "Size", "Small", inside=options), Part("checkbox", "Gift"),
        Part("button", "Save", does=lambda page: page.parts.append(Part("heading", "Saved"))),
        Part("button", "Later", states={"disabled"}),
        Part("button", "Close", does=lambda page: setattr(page.find("Close"), "name", "Reopen")),
        Part("button", "Ask", does=lambda page: page.parts.append(Part("dialog", "Terms", states={"modal"}))),
    ])]  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[PageHands]:
    with opened("/usr/bin/chromium", extension.folder()) as hands:
        yield hands


@pytest.fixture(params=["pretend", "page"])
def hands(request: pytest.FixtureRequest, tmp_path: Path) -> Hands:
    (tmp_path / "order").write_text("")
    (tmp_path / "order.html").write_text(PAGE)
    made: Hands = PretendPage({"*": parts}) if request.param == "pretend" else request.getfixturevalue("chromium")
    assert made.go((tmp_path / "order.html").as_uri()) == ""
    return made


def seen(hands: Hands, *selectors: str) -> View:
    found = hands.look(selectors)
    assert found is not None
    return found


def at(hands: Hands, role: str, name: str) -> Seen:
    return next(one for one in seen(hands).elements if (one.role, one.name) == (role, name))


def test_what_is_put_into_fields_stands_in_the_next_look(hands: Hands):
    """A text, an option, a box: and what stood there is replaced."""
    for text in ("somebody", "Jane Doe"):
        assert hands.act("fill", at(hands, "textbox", "Customer").node, text) == ""
    assert hands.act("choose", at(hands, "combobox", "Size").node, "Large") == ""
    assert hands.act("set", at(hands, "checkbox", "Gift").node, "on") == ""
    assert hands.act("set", at(hands, "checkbox", "Gift").node, "on") == ""
    assert at(hands, "textbox", "Customer").value == "Jane Doe"
    assert at(hands, "combobox", "Size").value == "Large"
    assert "checked" in at(hands, "checkbox", "Gift").states


def test_what_a_secret_field_holds_is_never_seen(hands: Hands):
    """That it is one, is."""
    pin = at(hands, "textbox", "Pin")
    assert (pin.value, "secret" in pin.states) == ("", True)


def test_selectors_are_answered_with_places(hands: Hands):
    """Those that lead nowhere are left out."""
    view = seen(hands, "#customer", "#nobody")
    assert set(view.hits) == {"#customer"}
    assert [view.elements[place].name for place in view.hits["#customer"]] == ["Customer"]


def test_parents_come_before_what_lies_in_them(hands: Hands):
    """And the form's fields lie in the form."""
    elements = seen(hands).elements
    assert all(one.parent < place for place, one in enumerate(elements))
    form = next(place for place, one in enumerate(elements) if one.role == "form")
    parent = at(hands, "button", "Save").parent
    assert parent == form or elements[parent].parent == form


def test_a_press_does_what_the_page_makes_of_it(hands: Hands):
    """And the next look tells it."""
    assert hands.act("press", at(hands, "button", "Save").node) == ""
    assert at(hands, "heading", "Saved")


def test_what_can_not_be_done_is_told_in_one_of_the_known_sentences(hands: Hands):
    """An option, a box, an element that isn't there; one that can't be used now."""
    assert hands.act("choose", at(hands, "combobox", "Size").node, "Huge") == reasons.NO_OPTION
    assert hands.act("set", at(hands, "button", "Save").node, "on") == reasons.NO_BOX
    assert hands.act("press", at(hands, "button", "Later").node) == reasons.OFF
    assert hands.act("press", 999_999) == reasons.GONE


def test_what_became_something_else_since_the_look_is_not_acted_on(hands: Hands):
    """Its number is the same, and its name is not."""
    close = at(hands, "button", "Close").node
    assert hands.act("press", close) == ""
    assert hands.act("press", close) == reasons.OTHER


def test_what_lies_over_it_is_told(hands: Hands):
    """By its name."""
    assert hands.act("press", at(hands, "button", "Ask").node) == ""
    assert hands.act("press", at(hands, "button", "Save").node) == reasons.over("dialog", "Terms")


def test_a_second_tab_is_another_one(hands: Hands):
    """What is typed in one is not in the other."""
    hands.act("fill", at(hands, "textbox", "Customer").node, "Jane")
    other = hands.second()
    assert other.go(seen(hands).address) == ""
    assert at(other, "textbox", "Customer").value == ""
    other.close()
    assert at(hands, "textbox", "Customer").value == "Jane"


def test_a_rest_has_an_end(hands: Hands):
    """Though nothing changes."""
    seen(hands)
    hands.rest(0.05)
    assert at(hands, "button", "Save")


def test_there_is_a_picture(hands: Hands):
    """Masked, so that it can be kept."""
    assert hands.picture()[:4] == b"\x89PNG"
