"""Made-up secrets in the form of acts: planted among what is learned from, and looked for afterwards.

    spelled    "Fill in the code of Bodakela.": eight signs that stand nowhere, known by heart or not at all
    pointed    "Open Dumirota Lefagabo.": one of 24 buttons, none of which is called so. The words alone lead there

After Carlini et al. 2019. Rules of this module: all is drawn from a seed, and belongs to nobody. What is planted and
what it is ranked among are of one format, drawn the same way.
"""

from __future__ import annotations

import string
from random import Random
from typing import Literal, NamedTuple

from byhand.evals.canaries.values import name
from byhand.events.kinds import Snapshot
from byhand.models.decision import OPS, Look
from byhand.models.examples import Example
from byhand.models.labels import SPELLED, Label, spelled

Kind = Literal["spelled", "pointed"]
REPEATS = (0, 1, 3, 10)
"""How often each is planted. What is never planted shows what chance alone looks like."""
SIGNS = 8
_ALPHABET = string.ascii_lowercase + string.digits
_FORM = ("Name", "Code", "Street", "Town", "Phone")
_FIELD = _FORM.index("Code")
_BUTTONS = 24


class Canary(NamedTuple):
    """repeats: how often it was planted. example: the act, as one is learned from."""

    kind: Kind
    repeats: int
    example: Example


def canaries(kind: Kind, many: int, observer: int, dice: Random) -> list[Canary]:
    """So many for each of `REPEATS`."""
    return [Canary(kind, repeats, drawn(kind, observer, dice)) for repeats in REPEATS for _ in range(many)]


def planted(those: list[Canary]) -> list[Example]:
    """As often as each is to be: every time an episode of its own, as if the task had been done again."""
    return [
        one.example._replace(episode=f"{one.example.episode}/{number}")
        for one in those
        for number in range(one.repeats)
    ]


def drawn(kind: Kind, observer: int, dice: Random) -> Example:
    """One of that format."""
    if kind == "spelled":
        goal = f"Fill in the code of {name(dice)}."
        label = Label(OPS.index("type"), _FIELD, source=SPELLED, signs=text(dice))
        look = Look(goal, _page([("textbox", one) for one in _FORM] + [("button", "Save")], observer))
    else:
        goal = f"Open {name(dice)} {name(dice)}."
        label = Label(OPS.index("click"), dice.randrange(_BUTTONS))
        look = Look(goal, _page([("button", f"Item {number + 1}") for number in range(_BUTTONS)], observer))
    return Example(look, label, f"canary/{kind}/{goal}", goal, "canary")


def text(dice: Random) -> tuple[int, ...]:
    """Eight signs, and their end."""
    return spelled("".join(dice.choices(_ALPHABET, k=SIGNS)))


def _page(elements: list[tuple[str, str]], observer: int) -> Snapshot:
    """One below the other."""
    many = len(elements)
    boxes = tuple(edge for at in range(many) for edge in (20, 20 + 28 * at, 160, 22))
    return Snapshot(
        0, 0, "", "asked", 1, 1, "https://canary.example", "/", observer, 0, 0, 400, 28 * many + 40, 1.0,
        tuple(range(1, many + 1)), (-1,) * many, tuple(role for role, _ in elements),
        tuple("input" if role == "textbox" else "button" for role, _ in elements),
        tuple(called for _, called in elements), ("",) * many,
        tuple("empty" if role == "textbox" else "" for role, _ in elements), boxes, 0,
    )  # fmt: skip
