"""A trained network that decides: the likeliest act, how sure it is of it, and what it would have done instead.

Rules of this module: what can't be meant is never answered, however likely: an element that is disabled or not there, a
text that no words make. What only the page asks for (`ordered`) is not answered either, but told as what else there is,
not sure at all. Where nothing is left, it is `done` and not sure at all.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from msgspec.structs import replace
from torch import Tensor

from byhand.models import labels, words
from byhand.models.batches import SIGNS_IN_ALL, Asked, asked
from byhand.models.decision import OPS, Decision, Look, Op
from byhand.models.features import features
from byhand.models.network import Network, Read
from byhand.models.ordered import ordered

_ON_NOTHING = frozenset({"key", "done"})
_OPS_TRIED, _ELEMENTS_TRIED = 3, 3
_PASSED_OVER = 3
"""So many more elements are looked at, as some may be what only the page asks for."""
UNSURE = Decision("done", sure=0.0)
"""Nothing can be meant."""


def _no_marks(goal: str, most: int) -> Tensor:
    """[G]: 0 where a goal's word is a quotation mark; all 1 where nothing else would be left."""
    said = [float(one.folded not in words.MARKS) for one in words.split(goal, words.GOAL)][:most]
    return torch.tensor(said + [1.0] * (most - len(said))) if any(said) else torch.ones(most)


class _Tried(NamedTuple):
    op: Op
    place: int
    sure: float


class Deciding:
    """Satisfies `decision.Decides`.

    Args:
        network: trained.
        name: of the model.
        observer: version of the observer whose lists it learned from.
        heat: what its logits are divided by, so that `sure` is the share of times it is right.
    """

    def __init__(self, network: Network, name: str, observer: int, heat: float = 1.0) -> None:
        self.network = network.eval()
        self.name, self.observer, self.heat = name, observer, heat

    def decide(self, look: Look) -> Decision:
        return self.told(look, asked([features(look)])) if look.seen.nodes else UNSURE

    @torch.inference_mode()
    def told(self, look: Look, one: Asked) -> Decision:
        """The same where it is worked out already what a network is told.

        Args:
            look: of a page that has elements.
            one: `asked` of its features.
        """
        read = self.network.read(one)
        tried = sorted(self._tried(read, look), key=lambda each: -each.sure)
        found = [self._whole(each, read, one, look) for each in tried[: 1 + _ELEMENTS_TRIED]]
        found += [self._whole(each, read, one, look) for each in tried[1 + _ELEMENTS_TRIED :] if not each.sure][:1]
        found += [self._other_way(each, read, look) for each in tried if each.op == "scroll"][:1]
        good = sorted((each for each in found if each is not None), key=lambda each: -each.sure)
        if not good or not good[0].sure:
            return replace(UNSURE, other=tuple(good))
        first, *others = good
        return Decision(
            first.op, first.node, first.to, first.text, first.keys, first.dy, first.sure, tuple(others)
        )  # fmt: skip

    def _tried(self, read: Read, look: Look) -> list[_Tried]:
        """Likely acts and what they would be done to; not sure at all of what only the page asks for."""
        seen = look.seen
        ops = self._likely(self.network.op(read)[0])
        found: list[_Tried] = []
        for at in _best(ops, _OPS_TRIED):
            op, chance = OPS[at], float(ops[at])
            if op in _ON_NOTHING:
                found.append(_Tried(op, -1, chance))
                continue
            if op == "scroll":  # which part of what scrolls the pointer is over says nothing, until that one fails
                places = self._likely(self.network.element(read, torch.tensor([at]))[0])
                first, *others = _best(places, _ELEMENTS_TRIED)
                found.append(_Tried(op, first, chance))
                found += [_Tried(op, place, chance * float(places[place])) for place in others]
                continue
            places = self._likely(self.network.element(read, torch.tensor([at]))[0])
            places = places * torch.tensor([float("disabled" not in said) for said in seen.states[: len(places)]])
            likely = [place for place in _best(places, _ELEMENTS_TRIED + _PASSED_OVER) if float(places[place]) > 0]
            orders = [place for place in likely if ordered(look.goal, seen, place)]
            found += [_Tried(op, place, 0.0) for place in orders]
            own = [place for place in likely if place not in orders]
            found += [_Tried(op, place, chance * float(places[place])) for place in own[:_ELEMENTS_TRIED]]
        return found

    def _whole(self, tried: _Tried, read: Read, one: Asked, look: Look) -> Decision | None:
        """With its text, keys or other end; None where there is none."""
        ops = torch.tensor([OPS.index(tried.op)])
        node = look.seen.nodes[tried.place] if tried.place >= 0 else 0
        match tried.op:
            case "key":
                if not self.network.shape.chords:
                    return None
                chance, at = self._likely(self.network.chord(read, ops)[0]).max(-1)
                keys = self.network.shape.chords[int(at)]
                return Decision("key", node, keys=keys, sure=tried.sure * float(chance))
            case "scroll":
                chance, at = self._likely(self.network.turn(read, ops)[0]).max(-1)
                return Decision("scroll", node, dy=float(labels.TURNS[int(at)]), sure=tried.sure * float(chance))
            case "type":
                text, chance = self._text(tried, ops, read, one, look)
                return Decision("type", node, text=text, sure=tried.sure * chance) if text else None
            case "drag" | "select":
                meant = self.network.meant(read, ops, torch.tensor([tried.place]))
                chance, at = self._likely(self.network.other(read, meant)[0]).max(-1)
                to, text = look.seen.nodes[int(at)], look.seen.names[int(at)] if tried.op == "select" else ""
                return Decision(tried.op, node, to, text, sure=tried.sure * float(chance))
            case _:
                return Decision(tried.op, node, sure=tried.sure)

    def _other_way(self, tried: _Tried, read: Read, look: Look) -> Decision:
        """The likeliest scroll up where down is likelier, and the other way round."""
        turns = self._likely(self.network.turn(read, torch.tensor([OPS.index("scroll")]))[0])
        down = torch.tensor([float(one > 0) for one in labels.TURNS])
        ways = [(turns * way).max(-1) for way in (down, 1 - down)]
        chance, at = min(ways, key=lambda each: float(each[0]))
        dy = float(labels.TURNS[int(at)])
        return Decision("scroll", look.seen.nodes[tried.place], dy=dy, sure=tried.sure * float(chance))

    def _text(self, tried: _Tried, ops: Tensor, read: Read, one: Asked, look: Look) -> tuple[str, float]:
        """What is typed, and how sure that is."""
        net = self.network
        meant = net.meant(read, ops, torch.tensor([tried.place]))
        sources = self._likely(net.source(meant)[0])
        sources[labels.NONE] = 0
        chance, source = sources.max(-1)
        likely, case = self._likely(net.case(meant)[0]).max(-1)
        match int(source):
            case labels.WORDS:
                starts = self._likely(net.first_word(read, meant, one)[0])
                starts = starts * _no_marks(look.goal, len(starts))  # what is quoted begins behind its mark
                sure, start = starts.max(-1)
                ends = self._likely(net.last_word(read, meant, start[None], one)[0])
                more, end = ends.max(-1)
                text = labels.text_of(look.goal, int(start), int(end))
                return labels.cased(text, int(case)), float(chance * sure * more * likely)
            case labels.ELEMENT:
                sure, at = self._likely(net.named(read, meant)[0]).max(-1)
                more, last = self._likely(net.until(read, meant, at[None])[0]).max(-1)
                text = labels.joined(look.seen.names, int(at), int(last))
                return labels.cased(text, int(case)), float(chance * sure * more * likely)
            case _:
                text, sure = self._spell(read, meant)
                return text, float(chance) * sure

    def _spell(self, read: Read, meant: Tensor) -> tuple[str, float]:
        state = torch.tanh(self.network.begins(meant))
        before = torch.tensor([SIGNS_IN_ALL])
        text, sure = "", 1.0
        for _ in range(labels.LONGEST):
            state, logits = self.network.next_sign(read, state, before)
            chance, at = self._likely(logits[0]).max(-1)
            sure *= float(chance)
            if int(at) == labels.END:
                return text, sure
            text += labels.SIGNS[int(at)]
            before = at[None]
        return "", 0.0

    def _likely(self, logits: Tensor) -> Tensor:
        return (logits / self.heat).softmax(-1)


def _best(chances: Tensor, most: int) -> list[int]:
    """Places of the likeliest, the first the most."""
    return [int(at) for at in chances.argsort(descending=True)[:most]]
