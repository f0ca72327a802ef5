"""Examples become conversations with their answers, as many elements of a page as fit into so many tokens.

Rules of this module: who learns and who acts are asked by one `Teller`. An act that can't be said, or whose element did
not fit, is counted by its reason. A picture is opened when it is its turn, and none is kept.

Whoever acts may have no picture (`decision.Look`), so half of the acts that have one are learned without it.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from PIL import Image

from byhand.datasets.formats.port import Picture
from byhand.models import line
from byhand.models.decision import Look
from byhand.models.examples import Example
from byhand.models.right import meant
from byhand.models.vision.opening import Opened
from byhand.models.vision.telling import Asked, asked, tame
from byhand.models.words import ELEMENTS

SIDE = 1280
"""Pixels of a picture's longer side, at most: of a desktop 1920 wide a word is still told from another."""
ANSWER = 96
"""Tokens that are left for the answer."""
_SHOWN = 0.5
UNKNOWN, BEYOND = "what was typed is not known", "its element is beyond what fits into a conversation"
Message = dict[str, Any]


class Row(NamedTuple):
    """A conversation. told: what is asked. answer: the act that was right, in one line. picture: opens what is shown
    with it.
    """

    told: Asked
    answer: str
    picture: Callable[[], Picture | None]
    pictured: bool

    def __repr__(self) -> str:
        return f"Row({self.told!r}, pictured={self.pictured})"


class Teller:
    """Asks one model.

    Args:
        opened: it, with its processor.
        longest: tokens of a conversation, answer and picture counted.
    """

    def __init__(self, opened: Opened, longest: int) -> None:
        self._processor, self._marks = opened.processor, opened.marks
        self._longest = longest
        self._sizes: dict[tuple[int, int], int] = {}

    def asked(self, look: Look, picture: Picture | None = None) -> Asked | None:
        """As much of the page as fits; None where not even the goal does."""

        def fits(most: int) -> Asked | None:
            told = asked(look, most, picture=picture, marks=self._marks)
            prompt = self._processor.apply_chat_template(messages(told), add_generation_prompt=True)
            count = len(self._processor.tokenizer(prompt, add_special_tokens=False)["input_ids"])
            return told if count + shown + ANSWER <= self._longest else None

        shown = self._of_picture(picture) if picture is not None else 0
        most = min(len(look.seen.nodes), ELEMENTS)
        if whole := fits(most):
            return whole
        best, low = fits(0), 0
        while best is not None and most - low > 1:  # so many more elements than `low` are still to be tried
            middle = (low + most) // 2
            told = fits(middle)
            if told is None:
                most = middle
            else:
                best, low = told, middle
        return best

    def answer(self, text: str) -> str:
        return tame(text, self._marks)

    def _of_picture(self, picture: Picture) -> int:
        """Tokens of a picture of that size: counted once, on a blank one."""
        size = (picture.w, picture.h)
        if size not in self._sizes:
            blank = Image.new("RGB", size)
            blank.thumbnail((SIDE, SIDE))
            with_one = self._processor.apply_chat_template(
                messages(Asked("", "", 0), [blank]), tokenize=True, return_dict=True
            )
            self._sizes[size] = len(with_one["input_ids"][0])
        return self._sizes[size]


def messages(told: Asked, pictures: Sequence[Any] = ()) -> list[Message]:
    """What is asked, in the form that chat templates take. A picture that is None is put there by TRL."""
    shown: list[Message] = [{"type": "image"} | ({} if one is None else {"image": one}) for one in pictures]
    return [
        {"role": "system", "content": [{"type": "text", "text": told.system}]},
        {"role": "user", "content": [*shown, {"type": "text", "text": told.user}]},
    ]


def drawn(picture: Picture) -> Image.Image:
    """Its pixels, no larger than `SIDE`."""
    with Image.open(io.BytesIO(picture.data)) as one:
        shown = one.convert("RGB")
    shown.thumbnail((SIDE, SIDE))
    return shown


def rows(examples: Iterable[Example], teller: Teller, seed: int, left: Counter[str]) -> list[Row]:
    """A row for each act, and so many as it counts for one that corrects a model.

    Args:
        examples: acts.
        teller: who tells of them.
        seed: by which half of the pictures are left out.
        left: acts that no row was made of, by reason; added to.
    """
    found: list[Row] = []
    for number, example in enumerate(examples):
        chance = _chance(f"{seed}/{number}/{example.episode}")
        picture = example.picture() if chance < _SHOWN else None
        decided = meant(example.label, example.look)
        told = teller.asked(example.look, picture) if decided is not None else None
        if decided is None:
            left[UNKNOWN] += 1
        elif told is None or max(example.label.element, example.label.to) >= told.elements:
            left[BEYOND] += 1
        else:
            times = int(example.weight) + (_chance(f"{seed}|{number}") < example.weight % 1)
            row = Row(told, teller.answer(line.written(decided)), example.picture, picture is not None)
            found += [row] * max(1, times)
    return found


def conversation(row: Row) -> dict[str, Any]:
    """As TRL takes it: what is asked, what is answered and alone learned, and its picture."""
    picture = row.picture() if row.pictured else None
    return {
        "images": [] if picture is None else [drawn(picture)],
        "prompt": messages(row.told, () if picture is None else (None,)),
        "completion": [{"role": "assistant", "content": [{"type": "text", "text": row.answer}]}],
    }


def _chance(of: str) -> float:
    return int.from_bytes(hashlib.sha256(of.encode()).digest()[:4], "big") / 2**32
