"""A question as numbers: what a name has to do with the goal counts, not which words it is made of."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from byhand.episodes.types import Action, Target
from byhand.models.amounts import AMOUNTS
from byhand.models.decision import Decision, Did, Look
from byhand.models.features import features
from byhand.models.history import by_model, by_person
from byhand.models.lying import LIES
from byhand.models.named import LEXICAL
from byhand.models.pairs import KIN
from byhand.models.placed import PLACED
from byhand.models.words import ELEMENTS, split
from tests.models.pages import page

SEEN = page("heading Orders; textbox Name; button Save; button Save all; list Rows; > listitem Ada; > button Open")


def kin(goal: str, did: tuple[Did, ...] = ()) -> tuple[list[str], int, int]:
    """Of each word of the goal to each element. Then where words and elements begin."""
    told = features(Look(goal, SEEN, did))
    words, elements = 1 + len(told.ops), 1 + len(told.ops) + len(told.words)
    return [KIN[one] for one in told.kin[words:elements, elements:].ravel()], words, elements


def test_a_word_of_the_goal_is_tied_to_what_is_called_so():
    """To each element that has it in its name, and to no other; quoted ones by another tie."""
    ties, _, _ = kin("press save")
    assert ties[7:] == ["none", "none", "word of its name", "word of its name", "none", "none", "none"]
    quoted, _, _ = kin('press "save"')
    assert quoted.count("word of its quoted name") == 2


def test_new_words_give_the_same_numbers_as_known_ones():
    """All but keys and signs of words are the same if every word is replaced by another one."""
    one = features(Look('press "save"', SEEN))
    renamed = page("heading Xu; textbox Yo; button Blop; button Blop zup; list Qi; > listitem Fra; > button Mem")
    other = features(Look('press "blop"', renamed))
    assert np.array_equal(one.kin, other.kin)
    assert np.array_equal(one.elements[:, :22], other.elements[:, :22])
    assert not np.array_equal(one.name_keys, other.name_keys)


def test_what_lies_in_another_knows_it():
    told = features(Look("x", SEEN))
    first = 1 + len(told.words)
    block = told.kin[first:, first:]
    assert (KIN[block[5, 4]], KIN[block[4, 5]], KIN[block[5, 6]]) == ("parent", "child", "sibling")


def test_what_was_acted_on_is_tied_to_its_act():
    _, _, first = kin("x", (Did("click", 3),))
    told = features(Look("x", SEEN, (Did("click", 3),)))
    assert KIN[told.kin[1, first + 2]] == "acted on"
    assert told.elements[2].sum() != features(Look("x", SEEN)).elements[2].sum()


def test_places_say_what_is_over_and_under():
    told = features(Look("x", page("button A; button B; button C")))
    assert (LIES[told.lies[0, 1]], LIES[told.lies[1, 0]]) == ("next under it", "next over it")
    assert (LIES[told.lies[0, 2]], LIES[told.lies[2, 0]]) == ("under it", "over it")


def test_words_of_one_stem_are_tied():
    """Who says "directed by" means the field that is called Director."""
    seen = page("textbox Director; textbox Year")
    goal, told, first = "films directed by Bird", features(Look("films directed by Bird", seen)), 1 + 4
    assert KIN[told.kin[1 + goal.split().index("directed"), first]] == "akin to a word of its name"
    assert not told.kin[1:first, first + 1].any()


def test_of_a_list_without_places_nothing_is_made_up():
    told = features(Look("x", replace(SEEN, places=())))
    assert not told.lies.any()


def test_what_is_too_many_is_counted():
    long = page("; ".join(f"button B{number}" for number in range(ELEMENTS + 7)))
    told = features(Look("x", long))
    assert (len(told.elements), told.left) == (ELEMENTS, 7)


def test_an_empty_page_and_an_empty_goal_are_no_fault():
    told = features(Look("", page("text")))
    assert len(told.words) == 0
    assert np.isfinite(told.elements).all()


def test_the_third_of_a_kind_is_tied_to_the_word_that_says_so():
    """However it is said; a number that only counts ties nothing."""
    fields = page("textbox; button A; textbox; textbox; button B")
    for goal, places in (("into the 3rd field", [3]), ("the second one", [2, 4]), ("#1", [0, 1]), ("the last", [3, 4]),
                         ("type 3 letters", [])):  # fmt: skip
        told = features(Look(goal, fields))
        first = 1 + len(told.words)
        ties = (told.kin[1:first, first:] == KIN.index("says its place")).any(0)
        assert list(np.flatnonzero(ties)) == places, goal


def test_what_kind_of_thing_the_goal_says_is_known():
    """By the role; names have nothing to do with it."""
    told = features(Look("press the button", SEEN)).elements[:, LEXICAL + PLACED + 1 + AMOUNTS].tolist()
    assert told == [0, 0, 1, 1, 0, 0, 1]


def test_two_chords_before_are_two_things():
    """Else one who copied would not know it from having selected."""
    copied, selected = (features(Look("copy it", SEEN, (Did("key", keys=("Control", key)),))) for key in "ca")
    assert not np.array_equal(copied.act_keys, selected.act_keys)


def test_names_are_told_by_their_capitals():
    """But for the first word of a sentence; and whether the page shows them is told of each element."""
    told = features(Look("Find Anne in the book. Press OK", page("heading Anne; button Next")))
    goal = ["find", "anne", "in", "the", "book", ".", "press", "ok"]
    assert [word for word, own in zip(goal, told.words, strict=True) if own[10]] == ["anne", "ok"]
    assert [word for word, own in zip(goal, told.words, strict=True) if own[11]] == ["ok"]
    assert told.elements[:, -1].tolist() == [0.5, 0.5]


def test_somebodys_handle_is_there_or_not():
    """Whatever else the goal says."""
    goal = 'For the user @ada, click on the "Like" button of Anne'
    shown = (features(Look(goal, page(f"text {name}; button Like"))).elements[0, -1] for name in ("@ada", "@bea"))
    assert [*shown] == [1, 0]


def test_which_way_it_was_scrolled_is_known():
    """Whoever seeks something has to know where it was sought; it is no text that was written anywhere."""
    ways = [by_model(Decision("scroll", 1, dy=dy), SEEN) for dy in (2.0, -2.0)]
    assert [one.text for one in ways] == ["down", "up"]
    down, up = (features(Look("find it", page("list Mails; button Down"), (one,))) for one in ways)
    assert not np.array_equal(down.act_keys, up.act_keys)
    assert not down.elements[:, 21].any()


def test_keys_are_told_of_what_has_the_keyboard_whoever_presses_them():
    """A recording knows the field; a model names none, and means what it acted on last."""
    seen = page("textbox Notes; textbox Copy; button Submit")
    target = Target(role="textbox", aria="textbox", name="Notes", node=1)
    pressed = by_person(Action("hotkey", 0, 0, 0, 0, target=target, keys=("Control", "a")), seen)
    clicked = by_model(Decision("click", 1), seen)
    decided = by_model(Decision("key", keys=("Control", "a")), seen, (clicked,))
    assert decided == pressed
    assert by_model(Decision("key", keys=("Control", "c")), seen, (clicked, decided)).node == 1
    assert by_model(Decision("key", keys=("Enter",)), seen).node == 0
    gone = page("button Submit")
    assert by_model(Decision("key", keys=("Enter",)), gone, (by_model(Decision("click", 2), seen),)).name == ""


def test_the_goal_over_again_with_words_in_bold_is_its_copy():
    """It and its parts: they name nothing. What only shares words with the goal is none."""
    seen = page('text For , click on " " .; > text @ada; > text Like; text @ada; list For , click on; > text @ada')
    told = features(Look('For @ada, click on "Like".', seen))
    assert told.elements[:, 11].tolist() == [1, 1, 1, 0, 0, 0]


def test_how_far_a_word_is_from_what_was_acted_on_last():
    """Behind it, before it, and far away; nothing where the goal does not say its name."""
    goal = "Put Adler into Vendor name and set Due date of it to Friday"
    seen = page("textbox Vendor name; textbox Due date")
    done = (Did("click", seen.nodes[0], "textbox", "Vendor name"),)
    told = features(Look(goal, seen, done)).words
    said = [one.folded for one in split(goal)]
    behind = [word for word, near in zip(said, told[:, 12], strict=True) if near]
    before = [word for word, near in zip(said, told[:, 13], strict=True) if near]
    assert behind == ["and", "set", "due", "date", "of"]
    assert before == ["put", "adler", "into"]
    assert not features(Look("Do it", seen, done)).words[:, 12:15].any()


def test_what_a_goal_calls_by_its_kind_is_told_as_if_it_were_called_so() -> None:
    """A field without a name, where the goal says "text" in quotation marks: as one that is called text."""
    goal = 'Click on a "text" widget.'
    nameless = features(Look(goal, page("button Save; textbox; button Close")))
    called = features(Look(goal, page("button Save; textbox text; button Close")))
    for column in ("name_keys", "name_bits", "name_means", "around"):
        assert np.array_equal(getattr(nameless, column), getattr(called, column)), column
    assert np.array_equal(nameless.elements[1, :LEXICAL], called.elements[1, :LEXICAL])
    assert np.array_equal(nameless.kin, called.kin)
    other = features(Look("Press Save.", page("button Save; textbox; button Close")))
    assert not other.name_keys[1].any()
