"""What a person did, as what a model should have said; and what it could never say is a reason, not a guess."""

from __future__ import annotations

import pytest

from byhand.episodes.types import Action, Op, Target
from byhand.models import labels
from byhand.models.decision import OPS
from byhand.models.labels import Label, label
from tests.models.pages import page

FORM = page("textbox Name; combobox Country; > option France; > option Peru; button Save; text Lima")


def act(op: Op, node: int = 0, **more: object) -> Action:
    target = Target(node=node, source="browser") if node else None
    return Action(op, 0, 0, 0, 0, target=target, **more)  # pyright: ignore[reportArgumentType]


def made(action: Action, goal: str = 'Enter "Ada B" and save') -> Label:
    found = label(action, FORM, goal)
    assert isinstance(found, Label), found
    return found


def test_a_press_points_at_its_element():
    assert made(act("click", 5)) == Label(OPS.index("click"), 4)


def test_what_was_typed_is_looked_for_in_the_goal_first():
    """First and last of its words there; quoted ones before others."""
    found = made(act("type", 1, text="Ada B"), 'Ada B: enter "Ada B"')
    assert (found.source, found.start, found.end) == (labels.WORDS, 5, 6)
    assert labels.text_of('Ada B: enter "Ada B"', found.start, found.end) == "Ada B"


def test_then_on_the_page_and_then_it_is_spelled():
    onpage, nowhere = made(act("type", 1, text="Lima")), made(act("type", 1, text="7+1"))
    assert (onpage.source, onpage.named) == (labels.ELEMENT, 5)
    assert nowhere.source == labels.SPELLED
    assert "".join(labels.SIGNS[one] for one in nowhere.signs[:-1]) == "7+1"
    assert nowhere.signs[-1] == labels.END


def test_what_a_page_draws_letter_by_letter_is_pointed_at_from_the_first_to_the_last():
    """As it is written there, capitals and all; what only begins so is spelled."""
    seen = page("text Type this; text l; text V; text Zh; textbox Here")
    found = label(act("type", 5, text="lVZh"), seen, "Type the text below")
    assert isinstance(found, Label)
    assert (found.source, found.named, found.until) == (labels.ELEMENT, 1, 3)
    assert labels.joined(seen.names, found.named, found.until) == "lVZh"
    short = label(act("type", 5, text="lVZ"), seen, "Type the text below")
    assert isinstance(short, Label)
    assert short.source == labels.SPELLED


def test_what_stands_there_in_another_case_is_pointed_at_too():
    """So that "in capitals" is learned of a few words for all others. "STRASSE" is longer than "straße"."""
    goal = 'Enter "Ada B" in upper case'
    found = made(act("type", 1, text="ADA B"), goal)
    assert (found.source, found.case) == (labels.WORDS, labels.CAPITALS)
    assert labels.cased(labels.text_of(goal, found.start, found.end), found.case) == "ADA B"
    small = made(act("type", 1, text="lima"))
    assert (small.source, small.named, small.case) == (labels.ELEMENT, 5, labels.SMALL)
    assert made(act("type", 1, text="STRASSE"), 'Enter "straße"').source == labels.SPELLED


def test_what_scrolls_and_is_in_no_list_is_what_lies_in_its_middle():
    """There the wheel is turned; how far is one of a few, and the way is kept."""
    target = Target(node=99, source="browser", area=(0, -90, 120, 360))
    found = made(Action("scroll", 0, 0, 0, 0, target=target, dy=-4))
    assert (found.element, labels.TURNS[found.turn]) == (2, -3)
    assert labels.TURNS[made(act("scroll", 6, dy=15)).turn] == 10


MAILS = page("list Mails; > ; >> text Anne; >> text Rent; >> ; > ; >> text Bob; >> text Rent")


@pytest.mark.parametrize(
    ("pressed", "goal", "meant"),
    [(4, "Open Anne's mail", 3), (2, "Open Anne's mail", 3), (3, "Open Anne's mail", 3), (5, "Open Anne's mail", 5),
     (8, "Open Anne's mail", 8), (4, "Open it", 4), (4, "Open the rent of Anne", 4)],
    ids=["another text of hers", "the line", "her name", "her icon", "of another", "nobody is named", "it is said too"],
)  # fmt: skip
def test_of_a_line_that_is_pressed_as_a_whole_the_text_that_the_goal_says_is_meant(pressed: int, goal: str, meant: int):
    """People press any of them; a model can learn no rule from that."""
    found = label(act("click", pressed), MAILS, goal)
    assert isinstance(found, Label)
    assert found.element == meant - 1


def test_nothing_is_scrolled_further_than_is_seen_of_it():
    """A person looks while it moves, and a model only when it has stopped."""
    target = Target(node=99, source="browser", area=(0, 60, 120, 150))
    assert labels.TURNS[made(Action("scroll", 0, 0, 0, 0, target=target, dy=4)).turn] == 1


def test_what_was_copied_from_the_goal_and_pasted_is_typed():
    """A model has the goal, and nothing that was copied. What stands elsewhere is pasted."""
    pasted = act("hotkey", 1, text="Ada B", keys=("Control", "v"))
    found = made(pasted, 'Enter "Ada B"')
    assert (OPS[found.op], found.source, labels.text_of('Enter "Ada B"', found.start, found.end)) == (
        "type", labels.WORDS, "Ada B",
    )  # fmt: skip
    assert made(pasted, "Paste what you copied").chord == ("Control", "v")


@pytest.mark.parametrize(
    ("held", "goal", "span"),
    [("2013-10-02", "Enter 10/02/2013 as the date", (1, 1)), ("20:04", "Enter 8:04 PM as the time", (1, 2)),
     ("20:04", "at 20:04", (1, 1))],
)  # fmt: skip
def test_a_date_that_was_picked_is_pointed_at_in_the_goal(held: str, goal: str, span: tuple[int, int]):
    """However it is written there; its field takes it in its own way."""
    found = made(act("select", 1, text=held), goal)
    assert (OPS[found.op], found.source, (found.start, found.end)) == ("type", labels.WORDS, span)


def test_a_part_of_a_word_is_not_pointed_at():
    """It could not be cut out by words."""
    assert labels.in_goal("Enter Adamant", "Ada") is None


def test_of_a_text_that_was_not_kept_only_the_field_is_learned():
    found = made(act("type", 1, text="", masked=True))
    assert (found.element, found.known, found.source) == (0, False, labels.NONE)


def test_an_option_is_the_one_of_that_name_in_the_list():
    assert made(act("select", 2, text="Peru")).to == 3


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (act("upload", 1), "no word for upload"),
        (act("click", 99), "not in the list"),
        (act("select", 2, text="Chad"), "option that was chosen"),
        (act("scroll", 0, dx=1.0), "to the side"),
        (act("drag", 1, to=Target(node=77)), "dragged to"),
    ],
)
def test_what_a_model_could_not_say_is_a_reason(action: Action, why: str):
    """Counted by whoever asks; never a guess."""
    found = label(action, FORM, "x")
    assert isinstance(found, str)
    assert why in found
