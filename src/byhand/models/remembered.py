"""How far a network's answer is from a given one, one by one: what whoever asks what it remembers needs to know.

Rules of this module: it only measures. Losses are in nats, in the order of what was asked.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch.nn import functional

from byhand.models.arrays import Floats
from byhand.models.batches import answers, asked
from byhand.models.labels import Label
from byhand.models.losses import losses
from byhand.models.network import Network, Read
from byhand.models.training import Ready

_BATCH, _TEXTS = 32, 1024


@torch.inference_mode()
def losses_of(network: Network, those: Sequence[Ready], device: str = "cpu") -> tuple[Floats, Floats]:
    """Of each act: all that its heads are wrong by, together; and 1 where all of it is right, else 0."""
    network.eval()
    found, right = np.zeros(len(those), np.float32), np.zeros(len(those), np.float32)
    order = sorted(range(len(those)), key=lambda place: len(those[place].features.elements))
    for at in range(0, len(order), _BATCH):
        places = order[at : at + _BATCH]
        batch = [those[place] for place in places]
        question = asked([one.features for one in batch]).to(device)
        wanted = answers([one.label for one in batch], network.shape.chords, [1.0] * len(batch)).to(device)
        told = losses(network, question, wanted)
        found[places], right[places] = told.far.cpu().numpy(), told.each.cpu().numpy()
    return found, right


@torch.inference_mode()
def spelled_losses(network: Network, one: Ready, texts: Sequence[tuple[int, ...]], device: str = "cpu") -> Floats:
    """Of each text, how unlikely it is that this act types it: the sum over its signs.

    Args:
        network: asked.
        one: an act that types into an element.
        texts: places in `labels.SIGNS`, all of the same length, with `END` at their end.
        device: where.
    """
    network.eval()
    question = asked([one.features]).to(device)
    wanted = answers([Label(one.label.op, one.label.element)], network.shape.chords, [1.0]).to(device)
    read = network.read(question)
    meant = network.meant(read, wanted.op, wanted.element)
    parts: list[Floats] = []
    for at in range(0, len(texts), _TEXTS):
        signs = torch.tensor(texts[at : at + _TEXTS], device=device)
        many = len(signs)
        same = Read(*(column.expand(many, *column.shape[1:]) for column in read))
        logits = network.spelling(same, meant.expand(many, -1), signs)
        each = functional.cross_entropy(logits.flatten(0, 1), signs.flatten(), reduction="none").view_as(signs)
        parts.append(each.sum(-1).cpu().numpy())
    return np.concatenate(parts)
