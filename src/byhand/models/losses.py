"""How far the network's answers are from a person's: one figure for each head that had something to say."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from byhand.models.batches import Answers, Asked
from byhand.models.decision import OPS
from byhand.models.labels import ELEMENT, SPELLED, WORDS
from byhand.models.network import Network

HEADS = ("op", "element", "other", "chord", "source", "start", "end", "named", "until", "case", "turn", "signs")
_FARTHEST = 30.0
"""Of one answer: an element that was not read is as far as can be."""
_KEEPING = 0.2
"""What it weighs that an element is read, beside that it is pointed at."""
_SCROLL, _KEY = OPS.index("scroll"), OPS.index("key")


class Losses(NamedTuple):
    """whole: to be lowered. heads: mean of each head, nan where none had to say it. right: share of examples whose op,
    element, and all else that was asked for, are the likeliest; op, element: of those alone.
    each: [B], whether all of an example is right. far: [B], the loss of each, whatever it weighs; the sum of its heads.
    """

    whole: Tensor
    heads: dict[str, float]
    op: float
    element: float
    right: float
    each: Tensor
    far: Tensor


def losses(network: Network, one: Asked, answers: Answers) -> Losses:
    """The heads are asked as if those before had answered rightly."""
    pointed = [answers.element, answers.other, answers.named, answers.until]
    read = network.read(one, pointed if torch.is_grad_enabled() else ())
    meant = network.meant(read, answers.op, answers.element)
    spelled = answers.source == SPELLED
    stands = (answers.source == WORDS) | (answers.source == ELEMENT)
    said: dict[str, tuple[Tensor, Tensor]] = {
        "op": (network.op(read), answers.op),
        "element": (network.element(read, answers.op), answers.element),
        "other": (network.other(read, meant), answers.other),
        "chord": (network.chord(read, answers.op), torch.where(answers.op == _KEY, answers.chord, -1)),
        "source": (network.source(meant), answers.source),
        "start": (network.first_word(read, meant, one), torch.where(answers.source == WORDS, answers.start, -1)),
        "end": (
            network.last_word(read, meant, answers.start, one), torch.where(answers.source == WORDS, answers.end, -1)
        ),
        "named": (network.named(read, meant), torch.where(answers.source == ELEMENT, answers.named, -1)),
        "until": (
            network.until(read, meant, answers.named), torch.where(answers.source == ELEMENT, answers.until, -1)
        ),
        "case": (network.case(meant), torch.where(stands, answers.case, -1)),
        "turn": (network.turn(read, answers.op), torch.where(answers.op == _SCROLL, answers.turn, -1)),
    }  # fmt: skip
    whole = torch.zeros((), device=answers.op.device)
    far = torch.zeros_like(answers.weight)
    heads: dict[str, float] = {}
    right = torch.ones_like(answers.op, dtype=torch.bool)
    hits: dict[str, float] = {}
    total = answers.weight.sum().clamp_min(1e-6)
    for name, (logits, wanted) in said.items():
        asked = wanted >= 0
        if not bool(asked.any()):
            continue
        each = functional.cross_entropy(logits, wanted, ignore_index=-1, reduction="none").clamp_max(_FARTHEST)
        whole = whole + (each * answers.weight).sum() / total
        far += each.detach()
        heads[name] = float((each * asked).sum().detach() / asked.sum())
        hit = (logits.argmax(-1) == wanted) | ~asked
        right &= hit
        hits[name] = float((hit & asked).sum() / asked.sum())
    for wanted in pointed:  # what is pointed at has to be read
        each = functional.cross_entropy(read.kept, wanted, ignore_index=-1, reduction="none")
        whole = whole + _KEEPING * (each * answers.weight).sum() / total
    if bool(spelled.any()):
        logits = _spelled(network, one, answers, spelled)
        wanted = answers.signs[spelled]
        each = functional.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=-1, reduction="none")
        each = each.view_as(wanted).sum(-1) / (wanted >= 0).sum(-1)
        whole = whole + (each * answers.weight[spelled]).sum() / total
        far[spelled] += each.detach()
        heads["signs"] = float(each.mean().detach())
        hit = ((logits.argmax(-1) == wanted) | (wanted < 0)).all(-1)
        right[spelled] &= hit
    return Losses(whole, heads, hits.get("op", 1.0), hits.get("element", 1.0), float(right.float().mean()), right, far)


def _spelled(network: Network, one: Asked, answers: Answers, those: Tensor) -> Tensor:
    """Only those that are spelled are read on: it is a step for each sign."""
    read = network.read(Asked(*(column[those] for column in one)))
    meant = network.meant(read, answers.op[those], answers.element[those])
    return network.spelling(read, meant, answers.signs[those])
