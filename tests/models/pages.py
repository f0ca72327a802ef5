"""Pages and examples for tests of models, a page in a line: `button Save; textbox Name; checkbox Urgent *checked`."""

from __future__ import annotations

import random

from byhand.events.kinds import OBSERVER, Snapshot
from byhand.models.decision import OPS, Look
from byhand.models.examples import Example
from byhand.models.labels import WORDS, Label, in_goal

SYLLABLES = ("ka", "lo", "mi", "ru", "te", "za", "be", "ni", "po", "su", "ra", "lin", "dok", "mer", "vas", "tin")


def page(text: str, *, observer: int = OBSERVER) -> Snapshot:
    """Elements one below the other, numbered from 1. `*state` behind a name; `>` in front of a role: in the one above
    that has fewer.
    """
    roles: list[str] = []
    names: list[str] = []
    states: list[str] = []
    parents: list[int] = []
    holds: list[str] = []
    last: list[int] = []
    for line in (one.strip() for one in text.split(";")):
        depth = len(line) - len(line.lstrip(">"))
        said, _, state = line.lstrip("> ").partition("*")
        role, _, name = said.strip().partition(" ")
        last = [*last[:depth], len(roles)]
        parents.append(last[depth - 1] if depth else -1)
        roles.append(role)
        names.append(name.strip())
        states.append(state.strip())
        holds.append("empty" if role == "textbox" else "")
    count = len(roles)
    places = [edge for at in range(count) for edge in (10, 10 + 30 * at, 100, 20)]
    return Snapshot(
        0, 0, "", "asked", 1, 1, "https://work.example", "/", observer, 0, 0, 400, 30 * count + 20, 1.0,
        tuple(range(1, count + 1)), tuple(parents), tuple(roles), ("div",) * count, tuple(names), tuple(states),
        tuple(holds), tuple(places), 0,
    )  # fmt: skip


def word(draw: random.Random) -> str:
    return "".join(draw.sample(SYLLABLES, 2))


def examples(many: int, seed: int = 0) -> list[Example]:
    """Of two tasks: press the button of that name; type what is quoted into the field of that name. No two words are
    likely to be the same in two of them.
    """
    found: list[Example] = []
    for number in range(many):
        draw = random.Random(f"{seed}/{number}")
        names = [word(draw) for _ in range(8)]
        seen = page("; ".join(f"{'button' if at % 2 else 'textbox'} {name}" for at, name in enumerate(names)))
        if number % 2:
            at = draw.choice([1, 3, 5, 7])
            goal, label = f'Click on "{names[at]}".', Label(OPS.index("click"), at)
        else:
            at, text = draw.choice([0, 2, 4, 6]), word(draw)
            goal = f'Enter "{text}" into {names[at]}.'
            span = in_goal(goal, text)
            assert span is not None
            label = Label(OPS.index("type"), at, source=WORDS, start=span[0], end=span[1])
        found.append(Example(Look(goal, seen), label, f"e{number}", "click" if number % 2 else "type", "app"))
    return found
