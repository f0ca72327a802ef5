"""Two versions of a model answer the same held-back acts. What each was right on is kept with it: by hash, no content.

Rules of this module: an act of an episode that either of them learned from, or was begun from a model that did, is no
case: who knows it by heart would win.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import torch

from byhand.errors import LearnError
from byhand.models import checkpoint
from byhand.models.batches import answers
from byhand.models.batches import asked as questions
from byhand.models.decision import Decides
from byhand.models.examples import Example
from byhand.models.losses import losses
from byhand.models.network import Network
from byhand.models.promotion import Case, Verdict, compared
from byhand.models.right import same
from byhand.models.training import Ready, ready

FILE = "cases.json"
_BATCH = 32


class Cases(msgspec.Struct, frozen=True):
    """Of a version. learned: hashes of the episodes it, and what it was begun from, learned from. held: whether it was
    right on an act that was held back, by the hash of that act.
    """

    schema: int = 1
    learned: tuple[str, ...] = ()
    held: dict[str, bool] = {}


def knows(place: Path) -> Callable[[str], bool]:
    """Of an episode: did the version in that folder, or what it was begun from, learn from it?"""
    learned = frozenset(kept(place).learned)
    return lambda episode: _hash(episode) in learned


def kept(place: Path) -> Cases:
    """Of the version in that folder. Of one that is older than these files nothing is known."""
    try:
        return msgspec.json.decode((place / FILE).read_bytes(), type=Cases)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Cases()


def told(
    network: Network, learned: Sequence[Example], held: Sequence[Example], those: Sequence[Ready],
    known: frozenset[str], device: str,
) -> Cases:  # fmt: skip
    """What is kept with a version.

    Args:
        network: it.
        learned: what it learned from.
        held: what was held back.
        those: the same as numbers.
        known: what it was begun with knew already.
        device: where it is.
    """
    return cases(learned, held, rights(network, those, device), known)


def cases(
    learned: Sequence[Example], held: Sequence[Example], right: Sequence[bool | None], known: frozenset[str]
) -> Cases:
    """The same of who was asked already: right is None for an act it was not asked about."""
    answered = {act: hit for act, hit in zip(_acts(held), right, strict=True) if hit is not None}
    return Cases(1, tuple(sorted({_hash(one.episode) for one in learned} | known)), answered)


@torch.inference_mode()
def rights(network: Network, those: Sequence[Ready], device: str = "cpu") -> list[bool]:
    """Whether it is right on each, in their order. A chord that it can't say is wrong."""
    network.eval()
    chords = network.shape.chords
    found: dict[int, bool] = {}
    order = sorted(range(len(those)), key=lambda place: len(those[place].features.elements))
    for at in range(0, len(order), _BATCH):
        places = order[at : at + _BATCH]
        batch = [those[place] for place in places]
        question = questions([one.features for one in batch]).to(device)
        wanted = answers([one.label for one in batch], chords, [1.0] * len(batch)).to(device)
        right = losses(network, question, wanted).each.cpu()
        for place, one, hit in zip(places, batch, right, strict=True):
            found[place] = bool(hit) and (not one.label.chord or one.label.chord in chords)
    return [found[place] for place in range(len(those))]


def judged(
    held: Sequence[Example], observer: int, new: Path, old: Path, device: str = "cpu", asked: Decides | None = None
) -> Verdict:
    """May the version in `new` take the place of that in `old`?

    Args:
        held: what the new one was held back from.
        observer: version of the observer their lists are of.
        new: folder of a version that was just made with `told`.
        old: folder of the version before.
        device: where it is answered.
        asked: the old one, ready to decide, where it is no network of ours.

    Raises:
        LearnError: the old one can't be asked any more.
    """
    about = checkpoint.read(old)
    if about.observer != observer:
        raise LearnError(f"{about.name} v{about.version} reads pages as another observer lists them")
    network = checkpoint.network(old, about).to(device) if asked is None else None
    mine, other = kept(new), kept(old)
    seen = {*mine.learned, *other.learned}
    acts = [
        (one, mine.held[act])
        for act, one in zip(_acts(held), held, strict=True)
        if act in mine.held and _hash(one.episode) not in seen
    ]
    if network is not None:
        before = rights(network, ready([one for one, _ in acts]), device)
    else:
        before = [asked is not None and same(one, asked.decide(one.look)) for one, _ in acts]
    return compared([
        Case(_hash(one.episode), was, now) for (one, now), was in zip(acts, before, strict=True)
    ])  # fmt: skip


def _acts(held: Sequence[Example]) -> list[str]:
    """A name for each act: the same for the same act of the same episode."""
    numbers: Counter[str] = Counter()
    found: list[str] = []
    for one in held:
        found.append(_hash(f"{one.episode}/{numbers[one.episode]}"))
        numbers[one.episode] += 1
    return found


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]
