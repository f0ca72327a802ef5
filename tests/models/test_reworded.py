"""Promises of goals said otherwise: what a goal is about stays letter by letter, whatever goes from around it."""

from __future__ import annotations

import random

import msgspec
import pytest

from byhand.episodes.types import Action, Episode, Op, Step, Target
from byhand.models import meaning, words
from byhand.models.labels import in_goal
from byhand.models.reworded import around, in_another_order, said_otherwise, strange
from tests.datasets.demos import demonstration

GOAL = 'Please enter the vendor "Kerekes & Co" from Szeged: contact Zsófia, e-mail mail@firm.example. Then save it.'


def episode(goal: str, *acts: tuple[Op, str, str]) -> Episode:
    """Acts on what is called so, with a text."""
    kept = demonstration().episode
    first = kept.steps[0]

    def step(op: Op, name: str, text: str) -> Step:
        action: Action = msgspec.structs.replace(first.action, op=op, target=Target(name=name), text=text, masked=False)
        return msgspec.structs.replace(first, action=action)

    return msgspec.structs.replace(kept, instruction=goal, steps=tuple(step(*one) for one in acts))


ENTER = episode(
    GOAL, ("click", "New vendor", ""), ("type", "Name", "Kerekes & Co"), ("type", "City", "Szeged"),
    ("type", "Contact", "Zsófia"), ("type", "E-mail", "mail@firm.example"), ("click", "Save", ""),
)  # fmt: skip


def test_what_names_nothing_can_go_and_what_names_a_field_too():
    """Nothing that was pressed, typed, quoted, or is written as a name."""
    free = around(ENTER)
    assert [one.word for one in free if one.word.isalpha()] == [
        "please",
        "enter",
        "the",
        "from",
        "contact",
        "then",
        "it",
    ]
    assert [one.word for one in free if one.field] == ["contact", "e-mail"]


@pytest.mark.parametrize("seed", range(30))
def test_the_texts_can_still_be_pointed_at(seed: int):
    """And every word that is left is one of the goal's or a strange one."""
    said = said_otherwise(ENTER, ["pray"], random.Random(seed))
    texts = ("Kerekes & Co", "Szeged", "Zsófia", "mail@firm.example")
    spans = [span for text in texts if (span := in_goal(said, text)) is not None]
    assert len(spans) == len(texts)
    assert "vendor" in said
    assert "save" in said
    assert {one.folded for one in words.split(said)} <= {one.folded for one in words.split(GOAL)} | {"pray"}


def test_it_is_the_same_by_its_seed_and_others_differ():
    said = [said_otherwise(ENTER, ["pray"], random.Random(seed)) for seed in (1, 1, 2, 3, 4)]
    assert said[0] == said[1]
    assert len(set(said)) > 2


def test_strange_words_name_nothing_in_any_episode():
    """Nor are they such as say little: "from" would make a sender of whoever comes behind it."""
    other = episode("Please contact Ada from Bremen and reopen it now", ("click", "Reopen", ""), ("type", "To", "Ada"))
    found = strange([ENTER, other])
    common = set(meaning.common())
    assert {word for word in found if word not in common} | {"enter", "now", "please"} == {"enter", "now", "please"}
    assert len(found) > 10_000
    assert 0.4 < sum(word in {"enter", "now", "please"} for word in found) / len(found) < 0.6, "as many of either kind"
    assert not {"from", "reopen", "reopened", "contact"} & set(found)


def test_a_word_never_met_comes_into_goals() -> None:
    """And goes nowhere: what is typed and pressed stays."""
    known = strange([ENTER])
    said = [said_otherwise(ENTER, known, random.Random(seed)) for seed in range(60)]
    met = {one.folded for one in words.split(GOAL)}
    assert sum(any(one.folded not in met for one in words.split(text)) for text in said) > 20
    assert all(in_goal(text, "mail@firm.example") for text in said)


def test_a_goal_of_nothing_else_stays():
    assert said_otherwise(episode("now", ("click", "Go", "")), [], random.Random(3)) == "now"


def test_what_goes_into_fields_is_said_in_another_order() -> None:
    """Each with the words that lead to it; what ends a part of a sentence stays where it is."""
    goals = {in_another_order(ENTER, random.Random(seed)) for seed in range(40)}
    assert len(goals) > 12
    assert (
        'Please enter the vendor "Kerekes & Co" from Szeged: e-mail mail@firm.example, contact Zsófia. Then save it.'
        in goals
    )
    for goal in goals:
        assert sorted(goal) == sorted(GOAL), "nothing is lost or comes"
        assert '"Kerekes & Co"' in goal
        assert "contact Zsófia" in goal
        assert goal.endswith(". Then save it.")


@pytest.mark.parametrize(
    ("goal", "texts"),
    [
        ("Set Ada to Ada.", ("Ada", "Ada")),  # which of them is meant would be lost
        ("Enter Ada Ada and Bo.", ("Ada", "Bo")),
        ("Enter Ada.", ("Ada",)),
        ("Enter them.", ("Ada", "Bo")),
    ],
)
def test_a_goal_that_says_a_text_twice_or_only_one_stays(goal: str, texts: tuple[str, ...]) -> None:
    acts: list[tuple[Op, str, str]] = [("type", f"Field {at}", text) for at, text in enumerate(texts)]
    one = episode(goal, *acts)
    assert {in_another_order(one, random.Random(seed)) for seed in range(8)} == {goal}


def test_a_text_within_another_goes_with_it() -> None:
    one = episode(
        "Name Ada Bo, team Bo 7.", ("type", "Name", "Ada Bo"), ("type", "Team", "Bo 7"), ("type", "Short", "Bo")
    )
    assert {in_another_order(one, random.Random(seed)) for seed in range(8)} == {
        "Name Ada Bo, team Bo 7.",
        "team Bo 7, Name Ada Bo.",
    }
