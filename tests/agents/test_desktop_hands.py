"""Promises of the hands in a desktop program, in a real window with real input."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from byhand.agents import reasons
from byhand.agents.actuators import windows
from byhand.agents.actuators.desktop import DesktopHands
from byhand.agents.actuators.desktop import opened as hands_on
from byhand.agents.brake import Brake, Desktop
from byhand.agents.loop import run_row
from byhand.agents.outcome import Outcome
from byhand.evals.office.catalog import FAMILIES, rows
from byhand.evals.office.desktop.running import Form, opened
from byhand.evals.office.families import Row
from byhand.workflows import cells, file
from byhand.workflows.program import Act, Risk, Workflow
from byhand.workflows.view import Seen
from stage.desktop import Desktop as Stage
from stage.desktop import wait_for

_SHORT = ("press", "fill")
ENTER = file.read((Path(__file__).parent / "enter-expense.yaml").read_text("utf-8"))


class Window:
    """The expense form and the hands in it."""

    def __init__(self, form: Form, hands: DesktopHands) -> None:
        self.form, self.hands = form, hands

    def one(self, role: str, name: str) -> Seen:
        view = self.hands.look()
        assert view is not None
        (found,) = [one for one in view.elements if (one.role, one.name) == (role, name)]
        return found

    def act(self, verb: str, role: str, name: str, text: str = "") -> str:
        return self.hands.act(verb, self.one(role, name).node, text)

    def there(self, role: str, name: str) -> bool:
        view = self.hands.look()
        return view is not None and any((one.role, one.name) == (role, name) for one in view.elements)


def window(desktop: Stage, folder: Path, *drifts: str, brake: Brake | None = None) -> Iterator[Window]:
    pulled = brake.pulled if brake else lambda: False
    with opened(folder, desktop.env, drifts=frozenset(drifts)) as form, hands_on(desktop.env, pulled=pulled) as hands:
        wait_for(lambda: any(one.app == "expenses" for one in windows.all_windows(hands.connection)), "the window")
        assert hands.go("expenses") == ""
        yield Window(form, hands)


@pytest.fixture
def expenses(desktop: Stage, tmp_path: Path) -> Iterator[Window]:
    yield from window(desktop, tmp_path)


def test_a_look_tells_the_whole_window_in_the_words_of_a_page(expenses: Window):
    """Fields with what stands in them, options of a closed list, and cells in rows, also those out of sight."""
    view = expenses.hands.look()
    assert view is not None
    assert view.address == "expenses"
    assert expenses.one("combobox", "Currency").value == "EUR"
    currency = view.elements.index(expenses.one("combobox", "Currency"))
    options = [one.name for one in view.elements if one.parent == currency]
    assert options[:3] == ["EUR", "USD", "GBP"]
    shown = [place for place, one in enumerate(view.elements) if one.role == "row"]
    cells_of = [[one.name for one in view.elements if one.parent == row] for row in shown]
    assert cells_of[0] == ["Person", "Purpose", "Date", "Amount"]
    assert len(cells_of) == 25
    assert {len(one) for one in cells_of} == {4}


def test_what_was_looked_at_keeps_its_number(expenses: Window):
    """A view can be compared with the one before."""
    assert expenses.hands.look() == expenses.hands.look()


@pytest.mark.parametrize("text", ["O'Neil & co: 50% #1", "łódź, ñandú, Ωmega, 漢字 ☃", "x{}[]@\\|~^"])
def test_any_text_is_typed_as_it_is(expenses: Window, text: str):
    """Also characters that no key of the keyboard has."""
    assert expenses.act("fill", "textbox", "Note", "before") == ""
    assert expenses.act("fill", "textbox", "Note", text) == ""
    assert expenses.one("textbox", "Note").value == text


def test_a_field_is_emptied_by_filling_it_with_nothing(expenses: Window):
    """No rest of what stood there is left."""
    assert expenses.act("fill", "textbox", "Note", "something") == ""
    assert expenses.act("fill", "textbox", "Note", "") == ""
    assert expenses.one("textbox", "Note").value == ""


def test_an_option_is_chosen_by_its_label_and_one_that_is_not_there_is_not(expenses: Window):
    """Real presses of the list and of the option; and no list is left open."""
    assert expenses.act("choose", "combobox", "Kind", "Hotel") == ""
    assert expenses.one("combobox", "Kind").value == "Hotel"
    assert expenses.act("choose", "combobox", "Kind", "Castle") == reasons.NO_OPTION
    assert expenses.act("press", "button", "New") == ""


def test_a_box_is_set_and_not_turned(expenses: Window):
    """Setting it twice leaves it on."""
    for _ in range(2):
        assert expenses.act("set", "checkbox", "Receipt attached", "on") == ""
        assert "checked" in expenses.one("checkbox", "Receipt attached").states
    assert expenses.act("set", "checkbox", "Receipt attached", "off") == ""
    assert "checked" not in expenses.one("checkbox", "Receipt attached").states


def test_a_row_out_of_sight_is_scrolled_to_and_pressed(expenses: Window):
    """By the wheel, as a person does."""
    view = expenses.hands.look()
    assert view is not None
    last = [one for one in view.elements if one.role == "cell"][-3]
    assert not last.box[2]
    assert expenses.hands.act("press", last.node) == ""
    assert expenses.one("textbox", "Purpose").value == last.name


def test_what_a_dialog_lies_over_is_not_pressed(desktop: Stage, tmp_path: Path):
    """It is said what lies there, and the window is as it was."""
    for there in window(desktop, tmp_path, "POPUP"):
        wait_for(lambda there=there: there.there("dialog", "We are updating our terms"), "the dialog")
        why = there.act("press", "button", "Save")
        assert reasons.kind(why) == "in the way"
        assert there.there("dialog", "We are updating our terms")


def test_a_program_that_is_nowhere_can_not_be_gone_to(expenses: Window):
    """Neither open nor installed."""
    assert expenses.hands.go("no-such-program") == reasons.NOT_OPENED


def calm(hands: DesktopHands) -> bytes:
    """A picture when nothing fades any more: buttons do, after the pointer has passed."""
    taken = [b""]

    def same() -> bool:
        taken.append(hands.picture())
        return taken[-1] == taken[-2]

    wait_for(same, "a calm window")
    return taken[-1]


def test_nothing_that_stands_in_a_field_is_in_a_picture(expenses: Window):
    """Two pictures of other values are the same, byte for byte."""
    pictures: set[bytes] = set()
    for text in ("one", "another one"):
        assert expenses.act("fill", "textbox", "Note", text) == ""
        assert expenses.act("fill", "textbox", "Person", text) == ""
        pictures.add(calm(expenses.hands))
    (picture,) = pictures
    assert picture.startswith(b"\x89PNG")


def test_hands_stop_within_a_text_when_a_person_takes_over(desktop: Stage, tmp_path: Path):
    """The brake is asked between keys."""
    brake = Brake()
    for there in window(desktop, tmp_path, brake=brake):
        field = there.one("textbox", "Note").node
        brake.stop("a key")
        assert there.hands.act("fill", field, "never") == reasons.PERSON
        assert there.one("textbox", "Note").value == ""


class _Yes:
    def may(self, act: Act, risk: Risk, sentence: str) -> bool:
        del act, risk, sentence
        return True


class _Book:
    def will(self, step: str, risk: Risk) -> None: ...

    def did(self, step: str) -> None: ...


def run(there: Window, program: Workflow, row: Row, brake: Brake) -> Outcome:
    known = {one.name: cells.read(row.values[one.name], one) for one in program.parameters}
    return run_row(program, known, there.hands, brake=brake, leave=_Yes(), book=_Book())


def test_a_program_is_run_in_a_window_and_its_own_input_does_not_stop_it(desktop: Stage, tmp_path: Path):
    """Done, read back in the list; and the records say that it was done once and right."""
    family = FAMILIES["expenses-enter"]
    brake = Brake()
    with Desktop(brake, desktop.env, ours=True):
        assert brake.arm(0.05)
        for there in window(desktop, tmp_path, brake=brake):
            row = rows(family, 3, 1)[0]
            before = there.form.state().tables
            outcome = run(there, ENTER, row, brake)
            assert outcome.state == "done", outcome.stop
            assert family.verdict(before, there.form.state().tables, row) == "right"


def test_a_save_that_the_program_drops_is_not_taken_for_done(desktop: Stage, tmp_path: Path):
    """The window says that it saved; the list tells otherwise."""
    row = rows(FAMILIES["expenses-enter"], 3, 1)[0]
    short = replace(ENTER, steps=tuple(one for one in ENTER.steps if isinstance(one, Act) and one.verb in _SHORT))
    for there in window(desktop, tmp_path, "DROPPED"):
        outcome = run(there, short, row, Brake())
        assert outcome.state == "stopped"
        assert outcome.stop is not None
        assert outcome.stop.kind == "lost"


def test_a_file_can_not_be_given_in_a_window(expenses: Window):
    """It is said so, and nothing is done: a file dialog is no page."""
    assert expenses.act("upload", "button", "Save", "/etc/hostname") == reasons.UNKNOWN
    assert expenses.hands.act("turn", 0, "1") == reasons.UNKNOWN
