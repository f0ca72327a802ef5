"""The network: a small transformer over what was asked, what was done and what is there, and heads that point.

    kept      of a page of more than `KEPT` elements, those that are read at all
    op        what to do; from the first place of the sequence
    element   which of the elements, given the op
    other     which other one: where a drag ends, the option that is chosen
    text      words of the goal from one to another; an element's name, or those of several in a row; or spelled,
              sign by sign; in capitals or not
    chord     which keys; turn: how far to scroll, and which way

It has no words of its own to say but signs: what it types is mostly pointed at. How two things belong together (`kin`)
and lie to each other (`lies`) is added to the attention, so that a word of the goal finds the element it names without
having learned that word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import torch
from torch import Tensor, nn
from torch.nn import functional

from byhand.models import features as told
from byhand.models import lying, pairs
from byhand.models.batches import SIGNS_IN_ALL, WIDTH_BITS, Asked
from byhand.models.decision import OPS
from byhand.models.labels import CASES, SOURCES, TURNS
from byhand.models.meaning import MEANING
from byhand.models.mentioned import AROUND
from byhand.models.words import BUCKETS

KEPT = 96
"""Of a page's elements, at most, are read by the layers: the likeliest by what each says by itself. A page of 300 takes
less than half of the time so, and a person looks no closer at most of it either.
"""
_FAR = -1e9


class Shape(msgspec.Struct, frozen=True):
    """Its size. width: of each place of the sequence. chords: the key chords it knows, in order."""

    width: int = 128
    layers: int = 3
    heads: int = 4
    dropout: float = 0.1
    words: int = 48
    chords: tuple[tuple[str, ...], ...] = ()


class Read(NamedTuple):
    """What was made of the sequence. whole: [B, D]. words, elements: [B, ., D], 0 for elements that were not read.
    elements_here: [B, E], those that were. kept: [B, E], logits of which are to be. all, here: [B, S, D], [B, S], of
    what was read.
    """

    whole: Tensor
    words: Tensor
    elements: Tensor
    elements_here: Tensor
    kept: Tensor
    all: Tensor
    here: Tensor


class _Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width = shape.width
        self.heads, self.dropout = shape.heads, shape.dropout
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.mixes, self.gives = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.works = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU(), nn.Dropout(shape.dropout), nn.Linear(4 * width, width)
        )
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, size, width = x.shape
        mixed = self.mixes(self.first(x)).view(batch, size, 3, self.heads, width // self.heads)
        q, k, v = mixed.permute(2, 0, 3, 1, 4)
        seen = self._attends(q, k, v, bias)
        x = x + self.drop(self.gives(seen.transpose(1, 2).reshape(batch, size, width)))
        return x + self.drop(self.works(self.second(x)))

    def _attends(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
        """Torch's own attention, but on processors: with a bias, it takes three times as long there as its parts."""
        if q.is_cuda or torch.is_grad_enabled():
            dropout = self.dropout if self.training else 0.0
            return functional.scaled_dot_product_attention(q, k, v, attn_mask=bias, dropout_p=dropout)
        ties = (q.flatten(0, 1) * q.shape[-1] ** -0.5).bmm(k.flatten(0, 1).transpose(1, 2)).add_(bias.flatten(0, 1))
        return torch.softmax(ties, -1, out=ties).bmm(v.flatten(0, 1)).view_as(q)


class Network(nn.Module):
    """See the module. `read` once for a question, then the heads in the order in which they depend on each other."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        width, small = shape.width, shape.words
        self.keys = nn.EmbeddingBag(BUCKETS, small, mode="mean", padding_idx=0)
        self.roles = nn.Embedding(BUCKETS // 8, small, padding_idx=0)
        self.ops = nn.Embedding(len(OPS), width)
        self.start = nn.Parameter(torch.zeros(width))
        named = small + WIDTH_BITS
        self.knows = nn.Linear(MEANING, small, bias=False)
        self.asks_kept = nn.Linear(width, width)
        self.enters_words = nn.Linear(told.WORD + named + 2 * small, width)
        self.enters_acts = nn.Linear(told.ACT + named + small, width)
        self.enters_elements = nn.Sequential(
            nn.Linear(told.ELEMENT + named + (2 + AROUND) * small, 2 * width), nn.GELU(), nn.Linear(2 * width, width)
        )
        self.kinds = nn.Parameter(torch.randn(3, width) * 0.02)
        self.kin = nn.Embedding(len(pairs.KIN), shape.heads)
        self.lies = nn.Embedding(len(lying.LIES), shape.heads)
        self.layers = nn.ModuleList(_Layer(shape) for _ in range(shape.layers))
        self.ends = nn.LayerNorm(width)
        self.says_op = nn.Linear(width, len(OPS))
        self.says_chord = nn.Linear(2 * width, max(1, len(shape.chords)))
        self.says_turn = nn.Linear(2 * width, len(TURNS))
        self.asks_element = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, width))
        self.asks_other = nn.Sequential(nn.Linear(3 * width, width), nn.GELU(), nn.Linear(width, width))
        self.says_source = nn.Linear(3 * width, SOURCES)
        self.says_case = nn.Linear(3 * width, CASES)
        self.asks_start = nn.Linear(3 * width, width)
        self.asks_end = nn.Linear(4 * width, width)
        self.asks_named = nn.Linear(3 * width, width)
        self.asks_until = nn.Linear(4 * width, width)
        self.signs = nn.Embedding(SIGNS_IN_ALL + 1, small)
        self.begins = nn.Linear(3 * width, width)
        self.spells = nn.GRUCell(small + width, width)
        self.looks = nn.Linear(width, width)
        self.says_sign = nn.Linear(2 * width, SIGNS_IN_ALL)
        nn.init.zeros_(self.kin.weight)
        nn.init.zeros_(self.lies.weight)

    # ---- reading

    def read(self, one: Asked, needed: Sequence[Tensor] = ()) -> Read:
        """The sequence, once for all heads.

        Args:
            one: what was asked.
            needed: [B] each, places of elements that are read in any case; -1 for none. Of what is learned from, those
                that a head has to point at.
        """
        batch, acts, words = len(one.words), one.ops.shape[1], one.words.shape[1]
        first = 1 + acts + words
        before = torch.cat([self.start.expand(batch, 1, -1), self._acts(one), self._words(one)], 1)
        before_here = torch.cat([torch.ones_like(one.words_here[:, :1]), one.acts_here, one.words_here], 1)
        elements, here, kin, lies = self._elements(one), one.elements_here, one.kin, one.lies
        asks = self.asks_kept((before * before_here[..., None]).sum(1) / before_here.sum(1, keepdim=True))
        kept = self._points(asks, elements, here)
        places = None
        if elements.shape[1] > KEPT:
            places = _likeliest(kept, needed)
            elements, here = _taken(elements, places), here.gather(1, places)
            lies = _both(lies, places)
            lead = torch.arange(first, device=places.device).expand(batch, -1)
            kin = _both(kin, torch.cat([lead, first + places], 1))
        x, here = torch.cat([before, elements], 1), torch.cat([before_here, here], 1)
        bias = self._bias(kin, lies, here, first)
        for layer in self.layers:
            x = layer(x, bias)
        x = self.ends(x)
        elements, there = x[:, first:], one.elements_here
        if places is not None:
            spread = places[..., None].expand(-1, -1, elements.shape[-1])
            elements = elements.new_zeros(*kept.shape, elements.shape[-1]).scatter(1, spread, elements)
            there = torch.zeros_like(there).scatter(1, places, here[:, first:])
        return Read(x[:, 0], x[:, 1 + acts : first], elements, there, kept, x, here)

    def _bias(self, kin: Tensor, lies: Tensor, here: Tensor, first: int) -> Tensor:
        """[B, heads, S, S]: how two places belong together and, of elements, lie.

        Args:
            kin: [B, S, S], of what is read.
            lies: [B, E, E], of its elements.
            here: [B, S], what is no padding.
            first: place of the first element.
        """
        away = ~here[:, None, None, :]
        if torch.is_grad_enabled():
            inner = functional.pad(self.lies(lies.int()), (0, 0, first, 0, first, 0))
            return (self.kin(kin.int()) + inner).permute(0, 3, 1, 2).contiguous().masked_fill_(away, _FAR)
        # Both looked up at once, a head at a time and nothing moved afterwards: a tenth of the time, but nothing can be
        # learned through it.
        akin, lying = self.kin.weight.t(), self.lies.weight.t()
        both = torch.cat([akin, (akin[:, None, :] + lying[:, :, None]).flatten(1)], 1)
        places = kin.int()
        places[:, first:, first:] += len(self.kin.weight) * (lies.int() + 1)
        bias = both.index_select(1, places.flatten()).view(-1, *places.shape).transpose(0, 1)
        return bias if bool(here.all()) else bias.masked_fill_(away, _FAR)

    def _keyed(self, keys: Tensor) -> Tensor:
        """[., n] buckets -> the mean of their vectors. Bucket 0 is no word, and its vector stays nought."""
        if not torch.is_grad_enabled():  # for sums that nothing is learned through, a fifth of the time
            found = functional.embedding(keys, self.keys.weight)
            many = (keys != 0).sum(-1, keepdim=True).clamp_min(1)
            return found.sum(-2).div_(many) if keys.shape[-1] > 1 else found.squeeze(-2)
        return self.keys(keys.reshape(-1, keys.shape[-1])).view(*keys.shape[:-1], -1)

    def _words(self, one: Asked) -> Tensor:
        """Each with the words on both sides of it: "from Anne" and "to Anne" are not the same Anne."""
        own = self._keyed(one.word_keys[..., None]) + self.knows(one.word_means)
        before, after = functional.pad(own, (0, 0, 1, 0))[:, :-1], functional.pad(own, (0, 0, 0, 1))[:, 1:]
        return self.enters_words(torch.cat([one.words, own, one.word_bits, before, after], -1)) + self.kinds[1]

    def _acts(self, one: Asked) -> Tensor:
        if not one.ops.shape[1]:
            return self.ops(one.ops)
        called = self._keyed(one.act_keys) + self.knows(one.act_means)
        said = [one.acts, called, one.act_bits, self.roles(one.act_roles % (BUCKETS // 8))]
        return self.enters_acts(torch.cat(said, -1)) + self.ops(one.ops) + self.kinds[0]

    def _elements(self, one: Asked) -> Tensor:
        small = BUCKETS // 8
        said = [
            one.elements, self._keyed(one.name_keys) + self.knows(one.name_means), one.name_bits,
            self.roles(one.roles % small), self.roles(one.tags % small), self._keyed(one.around[..., None]).flatten(-2),
        ]  # fmt: skip
        return self.enters_elements(torch.cat(said, -1)) + self.kinds[2]

    # ---- saying: logits

    def op(self, read: Read) -> Tensor:
        """[B, OPS]"""
        return self.says_op(read.whole)

    def element(self, read: Read, ops: Tensor) -> Tensor:
        """[B, E]"""
        asked = self.asks_element(torch.cat([read.whole, self.ops(ops)], -1))
        return self._points(asked, read.elements, read.elements_here)

    def meant(self, read: Read, ops: Tensor, places: Tensor) -> Tensor:
        """[B, 3D]: what all that follows goes by. places: of the element; -1 for none."""
        at = places.clamp_min(0)[:, None, None].expand(-1, 1, read.elements.shape[-1])
        chosen = read.elements.gather(1, at)[:, 0] * (places >= 0)[:, None]
        return torch.cat([read.whole, self.ops(ops), chosen], -1)

    def other(self, read: Read, meant: Tensor) -> Tensor:
        """[B, E]"""
        return self._points(self.asks_other(meant), read.elements, read.elements_here)

    def chord(self, read: Read, ops: Tensor) -> Tensor:
        return self.says_chord(torch.cat([read.whole, self.ops(ops)], -1))

    def turn(self, read: Read, ops: Tensor) -> Tensor:
        return self.says_turn(torch.cat([read.whole, self.ops(ops)], -1))

    def source(self, meant: Tensor) -> Tensor:
        return self.says_source(meant)

    def case(self, meant: Tensor) -> Tensor:
        return self.says_case(meant)

    def first_word(self, read: Read, meant: Tensor, one: Asked) -> Tensor:
        """[B, G]"""
        return self._points(self.asks_start(meant), read.words, one.words_here)

    def last_word(self, read: Read, meant: Tensor, starts: Tensor, one: Asked) -> Tensor:
        """[B, G]: not before the first."""
        at = starts.clamp_min(0)
        began = read.words.gather(1, at[:, None, None].expand(-1, 1, read.words.shape[-1]))[:, 0]
        later = torch.arange(read.words.shape[1], device=at.device)[None, :] >= at[:, None]
        return self._points(self.asks_end(torch.cat([meant, began], -1)), read.words, one.words_here & later)

    def named(self, read: Read, meant: Tensor) -> Tensor:
        """[B, E]"""
        return self._points(self.asks_named(meant), read.elements, read.elements_here)

    def until(self, read: Read, meant: Tensor, firsts: Tensor) -> Tensor:
        """[B, E]: the last of several whose names make up a text; not before the first."""
        at = firsts.clamp_min(0)
        began = read.elements.gather(1, at[:, None, None].expand(-1, 1, read.elements.shape[-1]))[:, 0]
        later = torch.arange(read.elements.shape[1], device=at.device)[None, :] >= at[:, None]
        return self._points(self.asks_until(torch.cat([meant, began], -1)), read.elements, read.elements_here & later)

    def _points(self, asked: Tensor, there: Tensor, here: Tensor) -> Tensor:
        found = (there @ asked[:, :, None])[..., 0] / there.shape[-1] ** 0.5
        return found.masked_fill(~here, _FAR)

    def spelling(self, read: Read, meant: Tensor, signs: Tensor) -> Tensor:
        """[B, N, signs] where the signs before each are known. signs: [B, N], -1 for none."""
        state = torch.tanh(self.begins(meant))
        before = torch.full_like(signs[:, 0], SIGNS_IN_ALL)
        found: list[Tensor] = []
        for place in range(signs.shape[1]):
            state, logits = self.next_sign(read, state, before)
            found.append(logits)
            before = signs[:, place].clamp_min(0)
        return torch.stack(found, 1)

    def next_sign(self, read: Read, state: Tensor, before: Tensor) -> tuple[Tensor, Tensor]:
        """State and logits after one more sign. before: [B], `SIGNS_IN_ALL` at the beginning."""
        sees = self._points(self.looks(state), read.all, read.here).softmax(-1)
        context = (sees[:, None, :] @ read.all)[:, 0]
        state = self.spells(torch.cat([self.signs(before), context], -1), state)
        return state, self.says_sign(torch.cat([state, context], -1))


# ---- a part of a page


def _likeliest(kept: Tensor, needed: Sequence[Tensor]) -> Tensor:
    """[B, KEPT]: places in the order of the page."""
    sought = kept.detach().clone()
    for places in needed:
        rows = (places >= 0).nonzero()[:, 0]
        sought[rows, places[rows]] = -_FAR
    return sought.topk(KEPT, -1).indices.sort(-1).values


def _taken(rows: Tensor, places: Tensor) -> Tensor:
    """[B, N, D] -> [B, KEPT, D]"""
    return rows.gather(1, places[..., None].expand(-1, -1, rows.shape[-1]))


def _both(square: Tensor, places: Tensor) -> Tensor:
    """[B, N, N] -> [B, n, n]: of those places, both ways."""
    if len(square) == 1:
        return square[0].index_select(0, places[0]).index_select(1, places[0])[None]
    return _taken(square, places).gather(2, places[:, None, :].expand(-1, places.shape[1], -1))
