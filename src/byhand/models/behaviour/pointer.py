"""The pointer's way to a target, as a population's hands go it.

What it is for: motion that is nobody's own, made-up users for tests, an agent whose hand can be followed by eye. It
does not imitate a person and is no way round a bot detector; how well one tells it from people is measured and said.

Rules of this module: seconds and device pixels. What is kept are a few numbers of ten people or more, each weighing
the same.

Sources:
    Fitts 1954, in the Shannon form of MacKenzie 1992: T = a + b * log2(D / W + 1).
    Flash and Hogan 1985: a hand's way is that of minimum jerk, 10 s^3 - 15 s^4 + 6 s^5; Flash and Henis 1991: a
    correction is another such way, laid over the first.
    Meyer, Abrams, Kornblum, Wright, Smith 1988: a first submovement that errs in proportion to its length, and a
    second that corrects it where it missed the target.
    MacKenzie, Sellen, Buxton 1991: pointing with a mouse, a = -107 ms, b = 223 ms a bit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from byhand.errors import LearnError
from byhand.events.kinds import AnyEvent, Button, Motion
from byhand.models.behaviour.population import Numbers, enough

SHORTEST_S = 0.1
LONGEST_S = 5.0
_REST_S = 1.0  # before a press the hand may lie still so long
_PAUSE_S = 0.3  # without a move: what comes after it is another way
_LEAST_PX = 30.0
_CORRECTED = 0.6  # share of the time after which the second submovement begins: our reading of Meyer et al.
_TRIED = 200  # ways that a fit is tried on
_FEWEST = 20  # ways of one person, or they don't count
_WITHIN = 4.133  # widths of a target hold 96 % of presses where its width is so many standard deviations (ISO 9241-9)


class Way(NamedTuple):
    """One way of the pointer to where a button was pressed. t, x, y: (n,), s from its beginning, px. width: of the
    target, px; 0 where it is not known.
    """

    t: Numbers
    x: Numbers
    y: Numbers
    width: float = 0.0

    @property
    def distance(self) -> float:
        """From its beginning to its end, px."""
        return float(np.hypot(self.x[-1] - self.x[0], self.y[-1] - self.y[0]))


class Pointing(NamedTuple):
    """a (s), b (s a bit): Fitts' law. spread: standard deviation of the log of a duration about it. reached,
    reached_sd: share of the distance the first submovement covers. early, early_spread: median exponent of its time,
    below 1 where the fastest moment comes before the middle, and the standard deviation of its log. bow, bow_spread:
    median of the largest distance aside, as a share of the distance, and the standard deviation of its log. tremor:
    px, standard deviation.
    """

    a: float
    b: float
    spread: float
    reached: float
    reached_sd: float
    early: float
    early_spread: float
    bow: float
    bow_spread: float
    tremor: float

    def duration(self, distance: float, width: float) -> float:
        """The mean, s."""
        return max(SHORTEST_S, self.a + self.b * difficulty(distance, width))

    def way(
        self,
        begin: tuple[float, float],
        target: tuple[float, float],
        width: float,
        dice: np.random.Generator,
        *,
        step_s: float = 0.008,
    ) -> Way:
        """From `begin` to within `width` px about `target`, a place each `step_s`; the same `dice`, the same way."""
        missed = np.clip(dice.standard_normal(2) * width / _WITHIN, -width / 2, width / 2)
        x0, y0 = begin
        dx, dy = target[0] + float(missed[0]) - x0, target[1] + float(missed[1]) - y0
        distance = float(np.hypot(dx, dy))
        slow, far, late, wide = dice.standard_normal(4).tolist()
        lasts = self.duration(distance, width) * math.exp(self.spread * slow - self.spread**2 / 2)
        lasts = min(LONGEST_S, max(SHORTEST_S, lasts))
        t = np.linspace(0, lasts, max(2, round(lasts / step_s) + 1))
        s = t / lasts
        first = min(1.5, max(0.5, self.reached + self.reached_sd * far))
        if abs(first - 1) * distance <= width / 2:
            first = 1.0  # within the target: nothing to correct
        early = min(3.0, max(0.3, self.early * math.exp(self.early_spread * late)))
        done = first * least_jerk(s**early) + (1 - first) * least_jerk((s - _CORRECTED) / (1 - _CORRECTED))
        bow = min(1.0, self.bow * math.exp(self.bow_spread * wide)) * (1 if dice.random() < 0.5 else -1)
        aside = bow * np.sin(np.pi * done.clip(0, 1))
        shake = dice.standard_normal((2, len(s))) * self.tremor
        shake = (shake + np.roll(shake, 1, 1) + np.roll(shake, -1, 1)) / 3**0.5 * np.sin(np.pi * s)
        return Way(t, x0 + dx * done - dy * aside + shake[0], y0 + dy * done + dx * aside + shake[1], width)


PUBLISHED = Pointing(
    a=-0.107, b=0.223, spread=0.25, reached=0.97, reached_sd=0.06, early=0.85, early_spread=0.15, bow=0.03,
    bow_spread=0.8, tremor=0.5,
)  # fmt: skip
"""a, b: MacKenzie, Sellen, Buxton 1991. The first submovement falls a little short, and its fastest moment lies
before the middle: Meyer et al. 1988. The figures for that, and the rest, are our reading; none was fitted to data we
measure on.
"""


def difficulty(distance: float, width: float) -> float:
    """Bits, Shannon form."""
    return math.log2(distance / width + 1)


def least_jerk(s: Numbers) -> Numbers:
    """The share of the way at the share `s` of its time."""
    s = s.clip(0, 1)
    return s**3 * (10 - 15 * s + 6 * s**2)


def fit(people: Mapping[str, Sequence[Way]], *, width: float = 32.0) -> Pointing:
    """Mix people's ways. What they are called is not looked at. `reached` and `tremor` stay as published: places
    a tenth of a second apart don't show them.

    Args:
        people: their ways to where they pressed.
        width: px, of targets whose width is not known.

    Raises:
        LearnError: there are fewer than ten of them who pointed enough, or far ways don't take them longer.
    """
    told = {name: ways for name, ways in people.items() if len(ways) >= _FEWEST}
    enough(told)
    ways = [way for some in told.values() for way in some]
    weights = np.concatenate([np.full(len(some), 1 / len(some)) for some in told.values()])
    weights /= weights.sum()
    bits = np.array([difficulty(way.distance, way.width or width) for way in ways])
    lasts = np.array([way.t[-1] for way in ways])
    middle = float(weights @ bits)
    b = float(weights @ ((bits - middle) * lasts)) / max(1e-9, float(weights @ (bits - middle) ** 2))
    if b <= 0:
        raise LearnError("far targets take these people no longer than near ones", fate="nothing was learned")
    a = float(weights @ lasts) - b * middle
    off = np.log(lasts / np.maximum(SHORTEST_S, a + b * bits))
    looks = np.array([_look(way, width) for way in ways])
    s = np.linspace(0.0, 1.0, 201)
    half = np.clip(looks[:, 0], 0.02, 0.98)
    early = np.log(np.maximum(0.05, np.log(np.interp(half, least_jerk(s), s)) / math.log(0.5)))
    bow = np.log(looks[:, 1])
    # The median and the middle 68 %: ways with a detour in them must not set how wide the others are.
    made = PUBLISHED._replace(
        a=a, b=b, spread=_about(off, weights)[1], early=math.exp(_about(early, weights)[0]),
        early_spread=_about(early, weights)[1], bow=math.exp(_about(bow, weights)[0]),
        bow_spread=_about(bow, weights)[1],
    )  # fmt: skip
    return _reaching(made, ways, weights, float(weights @ looks[:, 2]), width)


def _reaching(model: Pointing, ways: Sequence[Way], weights: Numbers, past: float, width: float) -> Pointing:
    """With first submovements that err so far that such a share of ways go past the target. Seen at the same moments
    as these are: what lies between two of them is not in the data either.
    """
    step = max(1, len(ways) // _TRIED)
    some, of_some = ways[::step], weights[::step] / weights[::step].sum()
    found, off = model, math.inf
    for sd in np.linspace(0.02, 0.3, 15).tolist():
        one, dice = model._replace(reached_sd=sd), np.random.default_rng(11)
        gone = 0.0
        for way, weight in zip(some, of_some.tolist(), strict=True):
            begin, end = (float(way.x[0]), float(way.y[0])), (float(way.x[-1]), float(way.y[-1]))
            made = one.way(begin, end, way.width or width, dice, step_s=0.02)
            at = way.t * (float(made.t[-1]) / float(way.t[-1]))
            seen = Way(at, np.interp(at, made.t, made.x), np.interp(at, made.t, made.y), way.width)
            gone += weight * _look(seen, width)[2]
        apart = abs(gone - past)
        if apart < off - 0.005:  # of two that are as good the one that errs less
            found, off = one, apart
    return found


def _look(way: Way, width: float) -> tuple[float, float, float]:
    """The share of the distance at half its time, its bow, and whether it went past the target."""
    along, aside = shares(way)
    half = float(np.interp(float(way.t[-1]) / 2, way.t, along))
    past = float(along.max()) - 1 > (way.width or width) / 2 / max(1.0, way.distance)
    return half, max(0.002, float(np.abs(aside).max())), float(past)


def shares(way: Way) -> tuple[Numbers, Numbers]:
    """Each place along the line from beginning to end, and aside from it, as shares of the distance; (n,) both."""
    x, y = way.x - way.x[0], way.y - way.y[0]
    square = max(1e-9, float(x[-1] ** 2 + y[-1] ** 2))
    return (x * x[-1] + y * y[-1]) / square, (y * x[-1] - x * y[-1]) / square


def _about(of: Numbers, weights: Numbers) -> tuple[float, float]:
    order = np.argsort(of)
    low, mid, high = np.interp((0.16, 0.5, 0.84), np.cumsum(weights[order]), of[order]).tolist()
    return mid, (high - low) / 2


def ways(moves: Iterable[tuple[float, float, float, bool]]) -> Iterator[Way]:
    """Cut a pointer's (s, x, y, pressed?) into ways to where it pressed: those without a pause, of 30 px or more and
    at most `LONGEST_S`.
    """
    since: list[tuple[float, float, float]] = []
    for t, x, y, pressed in moves:
        if since and not 0 <= t - since[-1][0] <= (_REST_S if pressed else _PAUSE_S):
            since = []
        if not pressed:
            if not since or (x, y) != since[-1][1:]:
                since.append((t, x, y))
            continue
        if len(since) >= 4:
            table = np.array(since)
            way = Way(table[:, 0] - table[0, 0], table[:, 1], table[:, 2])
            if way.distance >= _LEAST_PX and SHORTEST_S <= way.t[-1] <= LONGEST_S:
                yield way
        since = []


def granted(events: Iterable[AnyEvent]) -> list[Way]:
    """The ways of a recording that keeps them: moves are there only where `pointer` was granted. What a program
    moved is left out.
    """
    return list(
        ways(
            (event.mono_ns / 1e9, float(event.x), float(event.y), isinstance(event, Button))
            for event in events
            if isinstance(event, Motion | Button) and not event.injected and (isinstance(event, Motion) or event.down)
        )
    )
