"""Promises of a step that is shown again: only that step changes, and only to what was shown."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from byhand.workflows import file
from byhand.workflows.again import AgainError, again, named
from byhand.workflows.program import Workflow

PROGRAM = """\
byhand: workflow 1
name: enter
start: http://127.0.0.1:8000/
sites: [http://127.0.0.1:8000]
parameters:
  number: text
  currency: text
identity: [number]
steps:
  - fill "Number" with {number}   # as it stands on the letter
  - fill "Currency" with {currency}
  - press "Save":
      risk: sends
      then:
        - see "Saved"
  - if: "{number} is given"
    do:
      - press "Save"
effects:
  - view:
      - fill "Search" with {number}
    check:
      - one row of {number} with {currency}
targets:
  Number: {role: textbox, name: Number}
  Currency: {role: textbox, name: Currency}
  Save: {role: button, name: Save}
  Search: {role: searchbox, name: Search}
"""
SHOWN = """\
byhand: workflow 1
name: enter
parameters:
  text: text
  chosen: choice of EUR, USD
start: http://127.0.0.1:8000/
sites: [http://127.0.0.1:8000]
steps:
{steps}
targets:
{targets}
"""


def program() -> Workflow:
    return file.read(PROGRAM)


def shown(*lines: str) -> Workflow:
    """Sentences, and behind a bar what their targets are known by."""
    parts = [line.split(" | ") for line in lines]
    steps = "\n".join(f"  - {sentence}" for sentence, _ in parts)
    return file.read(SHOWN.format(steps=steps, targets="\n".join(f"  {target}" for _, target in parts)))


BOOK = 'press "Book it" | Book it: {role: button, name: Book it, selectors: ["#book"]}'
NUMBER = 'fill "Number" with {text} | Number: {role: textbox, name: Number, near: Invoice}'


def told(step: str, *lines: str) -> str:
    made = again(program(), named(program(), step), shown(*lines))
    return file.changed(PROGRAM, made.program)


def refused(step: str, *lines: str) -> AgainError:
    with pytest.raises(AgainError) as caught:
        told(step, *lines)
    return caught.value


def test_only_that_step_changes_and_its_checks_and_risk_stay():
    """The other step that presses Save was not shown: it presses Save still. All else is as it was, byte for byte."""
    after = told("3", BOOK)
    assert after == PROGRAM.replace('  - press "Save":\n', '  - press "Book it":\n', 1) + (
        '  Book it: {role: button, name: Book it, selectors: ["#book"]}\n'
    )
    assert again(program(), named(program(), "3"), shown(BOOK)).beside == ("4.1",)


def test_a_field_that_is_a_list_now_is_chosen_from_with_the_same_value():
    """What was shown as a value is none of the program's: that comes from the row."""
    after = told("2", 'choose {chosen} in "Money" | Money: {role: combobox, name: Money}')
    assert '  - choose {currency} in "Money"\n' in after
    assert "  Money: {role: combobox, name: Money}\n" in after
    assert "Currency: {role: textbox" not in after


def test_a_field_of_the_same_name_elsewhere_keeps_its_name():
    """Only by what it is known is another."""
    after = told('fill "Number" with {number}', NUMBER)
    assert after == PROGRAM.replace("name: Number}", "name: Number, near: Invoice}")


def test_of_several_acts_the_one_that_fits_is_taken():
    """By its name first; what else was done on the way is none of its business."""
    assert "near: Invoice" in told("1", BOOK, NUMBER, 'fill "Note" with {text} | Note: {role: textbox, name: Note}')
    assert 'fill "Find" with {number}' in told(
        "effect1.1", BOOK, 'fill "Find" with {text} | Find: {role: searchbox, name: Find}'
    )


def test_none_or_several_that_fit_are_refused_with_what_there_is():
    """Nothing is guessed."""
    several = refused("3", BOOK, 'press "Send" | Send: {role: button, name: Send}')
    assert str(several) == "2 things that were done in it could be that step: show that one alone"
    assert several.more == ('it has: press "Book it"', 'it has: press "Send"')
    none = refused("3", NUMBER, 'fill "Note" with {text} | Note: {role: textbox, name: Note}')
    assert str(none) == "none of what was done in it could be that step"
    assert "nothing was done" in str(refused("3", 'open "/" | Other: {role: button, name: Other}'))


def test_a_press_does_not_become_a_value_and_no_value_is_frozen():
    """What was typed when it was shown belongs to the record that was shown."""
    assert "this step has none" in str(refused("3", 'fill "Note" with {text} | Note: {role: textbox, name: Note}'))
    assert "puts no such value" in str(refused("1", BOOK))
    row = 'press "Save" in the row of {text} | Save: {role: button, name: Save}'
    assert "in the row of {text}" in str(refused("3", row))


def test_what_it_is_known_by_already_changes_nothing():
    """Then the fault is elsewhere."""
    assert "already" in str(refused("3", 'press "Save" | Save: {role: button, name: Save}'))


def test_a_step_is_named_by_its_place_or_its_sentence():
    """Where two are written alike, by the place only."""
    assert named(program(), "4.1").id == "4.1"
    assert named(program(), "fill Search with {number}").id == "effect1.1"
    with pytest.raises(AgainError, match="by its number"):
        named(program(), 'press "Save"')
    with pytest.raises(AgainError, match="no such step"):
        named(program(), "9")


def test_no_risk_is_taken_off():
    """A demonstration can't tell that nothing is sent any more."""
    made = again(program(), named(program(), "3"), shown(BOOK)).act
    assert (made.risk, made.then) == ("sends", program().steps[2].then)  # pyright: ignore[reportAttributeAccessIssue]
    pays = shown(BOOK)
    pays = replace(pays, steps=(replace(pays.steps[0], risk="pays"),))  # pyright: ignore[reportCallIssue]
    assert again(program(), named(program(), "3"), pays).act.risk == "pays"
