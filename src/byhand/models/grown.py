"""A network that is gone on with may have to say key chords that it never saw: its head grows, the rest stays.

Rules of this module: what it could say before it says as before; a new chord begins as one that a new network has.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from msgspec.structs import replace

from byhand.models.network import Network

_HEAD = "says_chord."


def grown(network: Network, chords: Iterable[tuple[str, ...]], *, seed: int) -> Network:
    """The same network, which can say those chords too.

    Args:
        network: it stays as it is.
        chords: what is to be said; those it knows already are left where they are.
        seed: of the new rows.
    """
    known = network.shape.chords
    new = [one for one in dict.fromkeys(chords) if one not in known]
    if not new:
        return network
    with torch.random.fork_rng(devices=[]):  # pyright: ignore[reportUnknownMemberType]
        torch.manual_seed(seed)  # pyright: ignore[reportUnknownMemberType]
        made = Network(replace(network.shape, chords=(*known, *new)))
    state = made.state_dict()
    for name, tensor in network.state_dict().items():
        if name.startswith(_HEAD):
            state[name][: len(known)] = tensor[: len(known)]
        else:
            state[name] = tensor
    made.load_state_dict(state)
    return made
