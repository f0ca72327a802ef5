"""Examples side by side: padded to the longest of a batch, and the labels beside them. Tensors begin here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from byhand.models.features import Features
from byhand.models.keyed import BITS
from byhand.models.labels import END, LONGEST, Label

_AS = {torch.int32: torch.long, torch.float16: torch.float32}
"""Kept small, reckoned with as these."""


class Asked(NamedTuple):
    """Of B questions: G, A and E are the longest's; S = 1 + A + G + E. For the columns see `features.Features`.

    acts_here, words_here, elements_here: [B, .], what is no padding. kin: [B, S, S], lies: [B, E, E], uint8, as
    they are most of a batch.
    """

    words: Tensor
    word_keys: Tensor
    word_bits: Tensor
    word_means: Tensor
    words_here: Tensor
    acts: Tensor
    ops: Tensor
    act_roles: Tensor
    act_keys: Tensor
    act_bits: Tensor
    act_means: Tensor
    acts_here: Tensor
    elements: Tensor
    roles: Tensor
    tags: Tensor
    name_keys: Tensor
    name_bits: Tensor
    name_means: Tensor
    around: Tensor
    elements_here: Tensor
    kin: Tensor
    lies: Tensor

    def to(self, device: torch.device | str) -> Asked:
        return Asked(*(one.to(device, non_blocking=True) for one in self))


class Answers(NamedTuple):
    """[B] each, -1 (a place) where there is none; other: the label's `to`. signs: [B, LONGEST], -1 behind their end.
    weight: float32.
    """

    op: Tensor
    element: Tensor
    other: Tensor
    chord: Tensor
    source: Tensor
    start: Tensor
    end: Tensor
    named: Tensor
    until: Tensor
    turn: Tensor
    signs: Tensor
    case: Tensor
    weight: Tensor

    def to(self, device: torch.device | str) -> Answers:
        return Answers(*(one.to(device, non_blocking=True) for one in self))


def asked(questions: Sequence[Features]) -> Asked:
    """All of them, padded."""
    many = len(questions)
    most_acts = max(len(one.ops) for one in questions)
    most_words = max(1, *(len(one.words) for one in questions))
    most = max(1, *(len(one.elements) for one in questions))

    def padded(name: str, length: int) -> Tensor:
        first: np.ndarray[Any, Any] = getattr(questions[0], name)
        if many == 1 and len(first) == length:
            made = first[None]
        else:
            made = np.zeros((many, length, *first.shape[1:]), first.dtype)
            for place, one in enumerate(questions):
                column = getattr(one, name)
                made[place, : len(column)] = column
        found = _tensor(made)
        return found.to(_AS.get(found.dtype, found.dtype))

    def here(name: str, length: int) -> Tensor:
        counts = torch.tensor([len(getattr(one, name)) for one in questions])
        return torch.arange(length)[None, :] < counts[:, None]

    size = 1 + most_acts + most_words + most
    if many == 1 and len(questions[0].kin) == size:  # nothing to be padded
        kin, lies = questions[0].kin[None], questions[0].lies[None]
    else:
        kin, lies = np.zeros((many, size, size), np.uint8), np.zeros((many, most, most), np.uint8)
        for place, one in enumerate(questions):
            acts, words, count = len(one.ops), len(one.words), len(one.elements)
            at = np.concatenate([
                np.arange(1 + acts), 1 + most_acts + np.arange(words), 1 + most_acts + most_words + np.arange(count)
            ])  # fmt: skip
            kin[place][np.ix_(at, at)] = one.kin
            lies[place, :count, :count] = one.lies
    return Asked(
        padded("words", most_words), padded("word_keys", most_words), padded("word_bits", most_words),
        padded("word_means", most_words), here("words", most_words),
        padded("acts", most_acts), padded("ops", most_acts), padded("act_roles", most_acts),
        padded("act_keys", most_acts), padded("act_bits", most_acts), padded("act_means", most_acts),
        here("ops", most_acts),
        padded("elements", most), padded("roles", most), padded("tags", most), padded("name_keys", most),
        padded("name_bits", most), padded("name_means", most), padded("around", most), here("elements", most),
        _tensor(kin), _tensor(lies),
    )  # fmt: skip


def answers(labels: Sequence[Label], chords: Sequence[tuple[str, ...]], weights: Sequence[float]) -> Answers:
    """chords: all the model knows; one that it doesn't is -1, and not learned."""
    known = {one: place for place, one in enumerate(chords)}
    signs = torch.full((len(labels), LONGEST), -1)
    for place, one in enumerate(labels):
        if one.signs:
            signs[place, : len(one.signs)] = torch.tensor(one.signs)

    def column(values: Sequence[int]) -> Tensor:
        return torch.tensor(values, dtype=torch.long)

    return Answers(
        column([one.op for one in labels]), column([one.element for one in labels]), column([one.to for one in labels]),
        column([known.get(one.chord, -1) if one.chord else -1 for one in labels]),
        column([one.source if one.known and one.source else -1 for one in labels]),
        column([one.start for one in labels]), column([one.end for one in labels]),
        column([one.named for one in labels]), column([one.until for one in labels]),
        column([one.turn for one in labels]), signs,
        column([one.case for one in labels]),
        torch.tensor(weights, dtype=torch.float32),
    )  # fmt: skip


def _tensor(array: np.ndarray[Any, Any]) -> Tensor:
    return torch.from_numpy(array)  # pyright: ignore[reportUnknownMemberType]  # its stub has no types


WIDTH_BITS = BITS
SIGNS_IN_ALL = END + 1
