"""Promises of typed.typist: when a run is over, what is masked unseen, what is never kept."""

from __future__ import annotations

import pytest

from byhand.events.raw import RawKey
from byhand.privacy.rules import keys
from byhand.privacy.typed.ends import TOO_LONG, UNSURE
from byhand.privacy.typed.typist import FIELDS, MOST, TAIL
from tests.privacy.typed.desk import FIELD, OTHER, PAGE, SHELL, Desk, wrote

DROPPED = f"({UNSURE})"


# ---- what stands in the field


@pytest.mark.parametrize(
    ("strokes", "stands"),
    [
        (["'hello"], "hello"),
        (["'hallo", "Left", "Left", "Left", "BackSpace", "'e"], "hello"),
        (["'helo", "Left", "'l"], "hello"),
        (["'xhello", "Home", "Delete", "End", "'!"], "hello!"),
        (["'hello x", "BackSpace", "BackSpace"], "hello"),
        (["'secret", "ctrl+a", "'hello"], "hello"),
        (["'secret", "ctrl+a", "BackSpace", "'hello"], "hello"),
        (["'secret", "ctrl+a", "Delete", "'hello"], "hello"),
        (["'well hello", "Home", "shift+Right", "shift+Right", "shift+Right", "shift+Right", "'so"], "so hello"),
        (["'hello there", "shift+Left", "shift+Left", "shift+Left", "shift+Left", "shift+Left", "ctrl+x"], "hello "),
        (["'hello", "shift+Left", "shift+Left", "Left", "'-"], "hel-lo"),
        (["'hello", "shift+Left", "shift+Left", "Right", "'!"], "hello!"),
        (["'hello", "shift+Home", "'bye"], "bye"),
        (["'hello", "Left", "shift+End", "'p!"], "hellp!"),
        (["'hello world", "ctrl+BackSpace", "'you"], "hello you"),
        (["'hello world ", "ctrl+BackSpace", "'you"], "hello you"),
        (["'one two", "ctrl+Left", "'and "], "one and two"),
        (["'one two", "ctrl+shift+Left", "'three"], "one three"),
    ],
)
def test_corrections_are_applied(strokes: list[str], stands: str):
    """What is judged is what stands in the field, not what the fingers did."""
    assert wrote(*strokes) == [stands]


def test_a_word_that_was_typed_and_deleted_again_never_appears():
    """Nor does anything else of a run that is empty when it ends."""
    assert wrote("'secret", *["BackSpace"] * 6) == []


@pytest.mark.parametrize("chord", ["ctrl+z", "ctrl+y", "ctrl+shift+z", "ctrl+x", "ctrl+Delete", "alt+BackSpace"])
def test_what_may_have_been_deleted_unseen_is_dropped(chord: str):
    """Undo may take any part of it back: nothing that was deleted shows, so none of it does."""
    assert wrote("'my secret", chord) == [DROPPED]


def test_a_word_with_signs_in_it_deleted_at_once_is_dropped():
    """Programs do not agree where such a word begins."""
    assert wrote("'a b.c@d", "ctrl+BackSpace") == [DROPPED]


@pytest.mark.parametrize("chord", ["ctrl+u", "ctrl+k", "ctrl+w", "alt+d", "ctrl+a", "ctrl+s"])
def test_in_a_terminal_every_chord_may_edit(chord: str):
    """The shell has keys of its own."""
    assert wrote("'secret", chord, where=SHELL) == [DROPPED]


def held(name: str, seconds: float) -> Desk:
    return Desk().types("hello worl").does(f"00.1 key {name} down\n+{seconds} key {name} up").keys("Return")


def test_a_letter_that_was_held_down_makes_its_word_uncertain():
    """The server repeats it for programs and does not tell us how often."""
    assert held("d", 0.2).texts == ["hello world"]
    assert held("d", 0.7).texts == ["hello [world]"]


def test_backspace_that_was_held_down_makes_all_uncertain():
    """Nobody knows how much it took."""
    assert held("BackSpace", 0.2).texts == ["hello wor"]
    assert held("BackSpace", 0.7).texts == [DROPPED]


def test_backspace_that_is_still_held_when_the_person_rests_counts_as_held():
    """Its end is not needed to know that it repeats."""
    desk = Desk().types("hello worl").does("00.1 key BackSpace down").rests(20)
    assert desk.texts == [DROPPED]


def test_a_space_that_was_held_down_is_one():
    """One or ten: it ends the word."""
    assert held("space", 0.7).texts == ["hello worl "]


def test_repeats_that_a_driver_tells_are_counted():
    """Not every driver hides them."""
    desk = Desk()
    for at, repeat in ((1000, False), (1500, True), (1530, True)):
        raw = RawKey(at, at * 10**6, True, 38, 0x61, 0, repeat, False)
        desk.typist.key(raw, keys.stroke(0x61, 0), FIELD)
    desk.typist.up(RawKey(1550, 1550 * 10**6, False, 38, 0x61, 0, False, False))
    desk.now = 2 * 10**9
    assert desk.keys("Return").texts == ["aaa"]


# ---- when it ends


def test_a_run_is_over_soon_after_a_finished_word_and_later_after_an_unfinished_one():
    """A person who thinks in the middle of a word has not finished it."""
    assert Desk().types("hello ").rests(2).texts == ["hello "]
    desk = Desk().types("hello wor").rests(2)
    assert desk.texts == []
    assert desk.rests(9).texts == ["hello [wor]"]


@pytest.mark.parametrize("name", ["Return", "KP_Enter", "Tab", "Escape", "ctrl+s", "ctrl+Return", "alt+Tab"])
def test_an_act_ends_a_run_and_its_last_word_is_whole(name: str):
    """Enter, Tab, Escape and shortcuts say that something is finished."""
    assert Desk().types("hello").keys(name).texts == ["hello"]


@pytest.mark.parametrize(
    "leaves", [["Up"], ["Down"], ["Prior"], ["Left"] * 6, ["Right"], ["ctrl+Right"], ["ctrl+Home"], ["F5"], ["Insert"]]
)
def test_a_caret_that_leaves_the_run_ends_it_and_what_follows_begins_in_the_unknown(leaves: list[str]):
    """The next word may be a piece of any other; the one after it is not."""
    assert wrote("'hello", *leaves, "'lo there") == ["hello", "[lo] there"]


def test_what_follows_a_paste_may_belong_to_it():
    """The clipboard is never read: the words at both of its ends are pieces of something unknown."""
    for paste in ("ctrl+v", "shift+Insert", "ctrl+shift+v"):
        assert wrote("'pass", paste, "'word is here") == ["[pass]", "[word] is here"]
        assert wrote("'pass ", paste, "' and so on") == ["pass ", " and so on"]


def test_a_paste_struck_before_the_field_is_known_counts_where_one_types_next():
    """Click and Ctrl+V at once: accessibility has not answered yet."""
    assert Desk(None).keys("ctrl+v").goes(FIELD).types("word is here").keys("Return").texts == ["[word] is here"]


@pytest.mark.parametrize(("button", "texts"), [(1, ["hello", "[lo] you"]), (2, ["[hello]", "[lo] you"])])
def test_a_press_ends_a_run(button: int, texts: list[str]):
    """It sets the caret anew; the middle button also pastes."""
    desk = Desk().types("hello").does(f"00.1 press 5,5 button={button}").types("lo you").keys("Return")
    assert desk.texts == texts


def test_whoever_comes_back_after_a_finished_word_goes_on_as_before():
    """The usual case: the message was sent, the next one is typed into the same field."""
    desk = Desk().types("hello").keys("Return").does("00.1 press 5,5").types("thanks a lot").keys("Return")
    assert desk.texts == ["hello", "thanks a lot"]


def test_lost_keys_make_the_word_before_and_the_word_after_uncertain():
    """A letter may be missing, or a change of the field."""
    desk = Desk().types("one two")
    desk.typist.lost(desk.now)
    assert desk.types("three four").keys("Return").texts == ["one [two]", "[three] four"]


def test_a_pause_forgets_what_was_typed_and_stays_careful():
    """Of every field nothing is remembered but that something stands there."""
    desk = Desk().types("one two").keys("Return").goes(OTHER).types("three four").keys("Return")
    assert len(desk.drafts) == 2
    desk.typist.lost(desk.now)
    drafts = desk.goes(FIELD).types("five six").keys("Return").drafts
    assert [(d.text, d.open, d.at.before) for d in drafts] == [("five six", ((0, 4),), "")]


def test_a_key_that_writes_nobody_knows_what_ends_the_run():
    """Guessing would let a secret through under another form."""
    assert wrote("'pa", "ctrl+shift+u", "'e9 x") == ["[pa]", "[e9] x"]


def test_where_no_text_is_kept_nothing_is_held():
    """A field of a program without the grant."""
    desk = Desk(None).types("secret").rests()
    assert desk.texts == []
    assert len(desk.typist) == 0


def test_another_field_is_another_run():
    """What was typed before stays where it was typed."""
    desk = Desk().types("one").goes(OTHER).types("two").keys("Return")
    drafts = desk.drafts
    assert [(d.text, d.at.label, d.at.before) for d in drafts] == [("one", "Subject", ""), ("two", "To", "")]


def test_a_field_that_turns_out_secret_takes_all_that_was_open_with_it():
    """A page moved the keyboard into a password field by itself, a while ago."""
    desk = Desk().types("hunter")
    desk.typist.secret()
    assert desk.texts == [DROPPED]
    assert len(desk.typist) == 0
    assert desk.rests().texts == []


# ---- split over runs


def test_what_stood_before_is_told_to_the_judge():
    """A number typed in two goes, with a rest between: the second go is judged with the first one."""
    drafts = Desk().types("4539 1488 ").rests(3).types("0343 6467").keys("Return").drafts
    assert [(draft.text, draft.at.before) for draft in drafts] == [("4539 1488 ", ""), ("0343 6467", "4539 1488 ")]


def test_a_word_that_goes_on_after_a_rest_stays_masked():
    """Half of it is masked, and so is the other half."""
    assert Desk().types("sun").rests().types("shine today").keys("Return").texts == ["[sun]", "[shine] today"]


@pytest.mark.parametrize("back", [OTHER, None])
def test_a_word_that_goes_on_after_a_look_elsewhere_is_masked(back: object):
    """Its first half counted as a word; the second one does not."""
    away = OTHER if back else None
    desk = Desk().types("sun").goes(away).goes(FIELD).types("shine today").keys("Return")
    assert desk.texts == ["sun", "[shine] today"]


def test_a_correction_of_what_was_told_already_is_a_piece_of_it():
    """BackSpace goes back into the run before."""
    desk = Desk().types("hello wordl ").rests().keys("BackSpace", "BackSpace", "BackSpace").types("ld you")
    drafts = desk.keys("Return").drafts
    assert [(d.text, d.open, d.at.before) for d in drafts][1:] == [("ld you", ((0, 2),), "hello wor")]


def test_replacing_all_of_a_field_begins_anew():
    """After Ctrl+A what stood there before is gone, and joins nothing."""
    desk = Desk().types("sun").rests().keys("ctrl+a").types("shine today").keys("Return")
    drafts = desk.drafts
    assert [(d.text, d.open, d.at.before) for d in drafts][1:] == [("shine today", (), "")]


def test_what_is_remembered_is_bounded():
    """Of a field its last characters, of all fields the last ones."""
    desk = Desk()
    desk.types("a" * 150 + " ").rests().types("b" * 150 + " ").rests()
    assert max(len(draft.at.before) for draft in desk.types("c").keys("Return").drafts) <= TAIL
    for number in range(FIELDS * 2):
        desk.goes(FIELD._replace(place=(2, number))).types("x").keys("Return")
    assert len(desk.typist._past) <= FIELDS  # the promise is about memory


def test_a_run_without_end_is_judged_in_pieces():
    """No piece is longer than the bound, none is cut inside a word where there is a space, and nothing is missing."""
    desk = Desk()
    text = "lorem ipsum " * 300
    for start in range(0, len(text), 60):
        desk.types(text[start : start + 60])
        assert len(desk.typist) <= MOST
    drafts = desk.keys("Return").drafts
    assert "".join(draft.text for draft in drafts) == text
    assert not any(draft.open for draft in drafts)


def test_a_word_without_end_is_masked():
    """It is no word of a person; nothing of it shows."""
    drafts = Desk().types("x" * (MOST + 50)).keys("Return").drafts
    assert all(part == (0, len(draft.text)) for draft in drafts for part in draft.open)
    assert all(draft.open for draft in drafts)


# ---- signs


def test_dead_keys_and_compose_write_one_character():
    """As people type their own languages."""
    desk = Desk().types("caf").keys("dead_acute", "e").types(" ").keys("Multi_key", "s", "s").types(" ")
    assert desk.keys("Return").texts == ["café ß "]


def test_a_dead_key_that_is_taken_back_leaves_nothing():
    """BackSpace takes the accent, not the letter before it."""
    assert Desk().types("caf").keys("dead_acute", "BackSpace", "e", "Return").texts == ["cafe"]


def test_a_sequence_that_nobody_knows_ends_the_run():
    """Programs differ in what they make of it."""
    assert Desk().types("caf").keys("dead_acute", "q").types("x y").keys("Return").texts == ["[caf]", "[x] y"]


@pytest.mark.parametrize("text", ["zażółć", "привет", "שלום", "日本", "👍 ok"])
def test_every_script_is_text(text: str):
    """Characters come as Unicode keysyms, or as those of older alphabets."""
    assert wrote(f"'{text}") == [text]


@pytest.mark.parametrize("text", ["שלום", "مرحبا", "👨\u200d👩", "e\u0301e\u0301", "🇩🇪"])
def test_a_caret_that_moves_where_one_can_not_follow_ends_the_run(text: str):
    """To the left is forwards in some scripts, and one step may be several code points."""
    assert wrote(f"'{text}", "Left", "'x y") == [text, "[x] y"]


def test_backspace_on_what_is_more_than_one_code_point_drops_the_run():
    """Some programs take the accent, some the whole letter."""
    assert wrote("'secret e\u0301", "BackSpace") == [DROPPED]


# ---- texts that drivers know


def test_what_an_input_method_made_stands_in_place_of_its_spelling():
    """The keys spelled it; the field never held them."""
    desk = Desk().types("nihao ").does('00.1 text typed "你好"').types("shijie ").does('00.1 text typed "世界"')
    assert desk.keys("Return").texts == ["你好世界"]


def test_a_pasted_text_that_a_driver_knows_is_a_run_of_its_own():
    """What is typed behind it may belong to its last word."""
    desk = Desk().types("see ").keys("ctrl+v").does('00.1 text pasted "the plan"').types("s for it").keys("Return")
    drafts = desk.drafts
    assert [(d.how, d.text, d.open) for d in drafts] == [
        ("typed", "see ", ()), ("pasted", "the plan", ()), ("typed", "s for it", ((0, 1),)),
    ]  # fmt: skip
    assert drafts[1].at.surface == "paste"


def test_a_paste_into_a_word_is_a_piece_of_it():
    """The key goes on after what was typed."""
    desk = Desk().types("sk-live").keys("ctrl+v").does('00.1 text pasted "abc def"')
    assert desk.texts == ["[sk-live]", "[abc] def"]


def test_a_text_of_a_megabyte_is_dropped_unread():
    """It is counted, and what follows may belong to it."""
    desk = Desk().does(f'00.1 text pasted "{"x" * 1_000_000}"').types("yz a").keys("Return")
    assert desk.texts == [f"({TOO_LONG})", "[yz] a"]


def test_nothing_it_says_of_itself_shows_what_is_held():
    """A trace in a log must not hold what was typed."""
    desk = Desk(PAGE).types("canary ").rests().types("canary")
    assert "canary" not in repr(vars(desk.typist))


# ---- with the shipped cleaner


def test_a_card_number_typed_with_a_typo_and_its_correction_is_a_card_number():
    """It is judged as it stands in the field."""
    desk = Desk().types("card 4539 1499").keys("BackSpace", "BackSpace").types("88 0343 6467").keys("Return")
    (kept,) = desk.kept
    assert "<CARD>" in kept
    assert not any(figure.isdigit() for figure in kept)


def test_a_card_number_typed_in_two_goes_leaves_no_figure():
    """With a rest between, and with a look elsewhere."""
    for desk in (
        Desk().types("4539 1488 ").rests().types("0343 6467").keys("Return"),
        Desk().types("4539 1488 ").goes(OTHER).goes(FIELD).types("0343 6467").keys("Return"),
    ):
        assert not any(figure.isdigit() for text in desk.kept for figure in text)


def test_a_number_of_the_social_security_typed_in_two_goes_leaves_no_figure():
    """The first half counts for nothing, the second completes it."""
    desk = Desk().types("ssn 078-05").rests().types("-1120 please").keys("Return")
    assert not any(figure.isdigit() for text in desk.kept for figure in text)


def test_everyday_sentences_come_through_with_their_corrections():
    """What is harmless is of use."""
    desk = Desk().types("please sned").keys("BackSpace", "BackSpace", "BackSpace").types("end the report today")
    assert desk.keys("Return").kept == ["please send the report today"]
