"""Texts are split so that what belongs together stays one word, and what is quoted is known to be."""

from __future__ import annotations

from byhand.models import words


def said(text: str) -> list[str]:
    return [one.folded for one in words.split(text)]


def test_what_belongs_together_is_one_word():
    """Dates, addresses and numbers are typed whole."""
    assert said("Set 03/31/2026, 1,250.00 or ada@mail.example") == [
        "set", "03/31/2026", ",", "1", ",", "250.00", "or", "ada@mail.example",
    ]  # fmt: skip


def test_case_and_accents_do_not_make_another_word():
    assert said("GRÜN grun") == ["grun", "grun"]


def test_quoted_words_are_marked_and_the_marks_are_not():
    """Also of two quoted texts in one sentence; a mark that is never closed quotes nothing."""
    told = {one.folded: one.quoted for one in words.split('name "ada b" and "c" then "open')}
    assert told == {"name": False, '"': False, "ada": True, "b": True, "and": False, "c": True, "then": False,
                    "open": False}  # fmt: skip


def test_places_lead_back_to_the_text():
    """What is typed is cut out of the goal, letter by letter as it stands there."""
    text = "Grüße an Änne"
    assert [text[one.start : one.end] for one in words.split(text)] == ["Grüße", "an", "Änne"]


def test_a_word_has_the_same_keys_on_every_machine():
    """A model would be worthless elsewhere."""
    assert (words.key("save"), words.second_key("save")) == (4221, 1770813030)


def test_whose_it_is_is_a_word_of_its_own():
    """ "Anne's email" is an email of Anne; and what is copied of it is no more than the name."""
    text = "Delete Anne's 1st email, it's old"
    found = words.split(text)
    assert [one.folded for one in found] == ["delete", "anne", "'s", "1st", "email", ",", "it", "'s", "old"]
    assert text[found[1].start : found[1].end] == "Anne"
    assert text[found[2].start : found[2].end] == "'s"
    assert [one.folded for one in words.split(text, 2)] == ["delete", "anne"]
