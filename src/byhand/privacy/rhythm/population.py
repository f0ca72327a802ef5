"""How people type: the numbers from which times are drawn in place of a person's own.

Rules of this module: every number is from print or says that it is our reading of it. None was fitted to data that
this project measures itself on; how far the model is from such data, the bench tells (`byhand.evals.suites.timing`).

Sources:
    [D] Dhakal, Feit, Kristensson, Oulasvirta: Observations on Typing from 136 Million Keystrokes. CHI 2018. 168,000
        people: mean time between keys 238.7 ms (SD of people's means 111.6), mean hold about 116 ms (SD 24).
    [G] Gonzalez, Calot, Ierache, Hasperue: On the shape of timings distributions in free-text keystroke dynamics
        profiles. Heliyon 7 (2021). Of 14 shapes the log-logistic with a location fits hold and flight best.
    [C] Card, Moran, Newell: The Keystroke-Level Model. CACM 23 (1980). A keystroke takes 0.28 s in text for who is no
        typist, 0.50 s for random letters; Shift is a keystroke too; a hand goes to the mouse or back in 0.40 s.
    [S] Salthouse: Perceptual, Cognitive, and Motoric Aspects of Transcription Typing. Psychological Bulletin 99 (1986).
        The first letter of a word takes about a fifth longer than those within it.
    [E] Edmonds, Azzopardi: ClickSense (2026). A button is held 87 ms (25 to 34 years) to 137 ms (65 and more), a
        person's own SD is 30 to 50 ms.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from byhand.events.kinds import KeyClass


class LogLogistic(NamedTuple):
    """A log-logistic with a location: `least` + `scale` * (u / (1 - u)) ** (1 / shape), ms.

    scale is the median above `least`. The tail is cut at `most`.
    """

    least: float
    scale: float
    shape: float
    most: float

    def at(self, u: float) -> float:
        """The value below which a share `u` of all lies, 0 < u < 1."""
        return min(self.most, self.least + self.scale * (u / (1 - u)) ** (1 / self.shape))


def of_mean(mean: float, shape: float, *, least: float, most: float) -> LogLogistic:
    """The one with this mean (before its tail is cut): scale = (mean - least) * sin(b) / b with b = pi / shape."""
    b = math.pi / shape
    return LogLogistic(least, (mean - least) * math.sin(b) / b, shape, most)


LONGEST_MS = 2_000
"""From here on a time between two keys is a pause, not a flight."""

PAUSES_MS = ((2_000, 5_000), (5_000, 15_000), (15_000, 60_000), (60_000, 180_000))
"""The classes a pause is kept as. The last one has no end; it is told as if it had this one."""

SHORT_PAUSE_TOLD = 0.5
SHORT_PAUSE_MADE_UP = 0.04
"""Of the pauses of the first class only this share is told, and before this share of words one is made up.

How often somebody stops to think for a moment tells people apart; a pause of 2 to 5 s that may never have been does
not. Our choice, not a statistic: enough for one in each 150 keys of a text, what a quick typist of a known text has.
"""

_SHAPE = 3.3
"""Of flights. A spread of 0.7 of the mean: 0.47 between people [D], and about as much again within one [G]."""

# [D] is the mean over all keys of a text. With the factors below, and about one key in six a space, one in twenty
# struck to correct, letters within a word come out at 0.9 of it.
_WITHIN_A_WORD_MS = 238.7 * 0.9

_FIRST_OF_A_WORD = 1.2  # [S]
_UNPRACTISED = 0.50 / 0.28  # [C]: what is not a letter of a word goes at the rate of random letters
_IN_A_ROW = 1.0  # our reading: the second of a run of such keys needs no search

_READY: frozenset[KeyClass] = frozenset({"letter", "space", "modifier"})


def _factor(before: KeyClass, cls: KeyClass) -> float:
    if before == cls and cls not in _READY:
        return _IN_A_ROW
    if cls not in _READY or before not in _READY:
        return _UNPRACTISED
    return _FIRST_OF_A_WORD if before == "space" else 1.0


_CLASSES: tuple[KeyClass, ...] = (
    "letter", "digit", "symbol", "space", "edit", "move", "enter", "tab", "escape", "function", "modifier", "other",
)  # fmt: skip

FLIGHT: dict[tuple[KeyClass, KeyClass], LogLogistic] = {
    (before, cls): of_mean(_WITHIN_A_WORD_MS * _factor(before, cls), _SHAPE, least=25, most=LONGEST_MS - 100)
    for before in _CLASSES
    for cls in _CLASSES
}
"""From one key going down to the next, by the class of both."""

# [D], [G]. A spread of a third: 0.21 between people, the rest within one. A modifier is held over the key it is for:
# our reading, a flight and half a hold.
HOLD: dict[KeyClass, LogLogistic] = {cls: of_mean(116, 5.5, least=20, most=600) for cls in _CLASSES}
HOLD["modifier"] = of_mean(_WITHIN_A_WORD_MS + 58, 5.5, least=60, most=1_000)

RELEASE = of_mean(70, 4, least=10, most=400)
"""From the last key struck to letting go of the modifier that was held for it. Our reading of [D]: half a hold."""

REACH = of_mean(400, 4.5, least=80, most=LONGEST_MS - 100)
"""A hand goes from the keys to the pointer, or back [C]."""

CLICK = of_mean(105, 4.5, least=30, most=400)
"""A button held down for a click [E]."""

REPEAT_MS = (500, 30)
"""What the X server waits before a held key repeats, and between two repeats, unless somebody changes it."""
