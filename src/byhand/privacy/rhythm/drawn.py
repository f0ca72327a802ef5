"""Times drawn from the population. What comes out depends on what was done, never on how fast.

Rules of this module: of a person's own time nothing is used but which class of pause it falls into. Every draw is
independent of all others: a speed drawn once for a whole burst would be a rhythm to know the person by.
"""

from __future__ import annotations

import hashlib
import math
from random import Random

from byhand.events.kinds import KeyClass
from byhand.privacy.rhythm.population import (
    CLICK,
    FLIGHT,
    HOLD,
    LONGEST_MS,
    PAUSES_MS,
    REACH,
    RELEASE,
    REPEAT_MS,
    SHORT_PAUSE_MADE_UP,
    SHORT_PAUSE_TOLD,
    LogLogistic,
)


def pause_class(gap_ms: float) -> int:
    """Which of `PAUSES_MS` a time belongs to; -1 for none."""
    return sum(gap_ms >= begins for begins, _ in PAUSES_MS) - 1


class Rhythm:
    """Draws times, in whole ms.

    Args:
        seed: the same seed and the same questions give the same times. Secret and new for each recording: whoever
            knows it can tell which pauses were drawn long, though not how long they were.
    """

    def __init__(self, seed: bytes) -> None:
        digest = hashlib.sha256(b"byhand rhythm 1\0" + seed).digest()
        self._random = Random(int.from_bytes(digest))  # noqa: S311  # dice: nothing of the person is in what they show

    def flight(self, before: KeyClass, cls: KeyClass, gap_ms: float, *, pace: float = 1.0) -> int:
        """From a key of class `before` going down to the next, of class `cls`.

        Of the true time, `gap_ms`, only its class of pause matters, and of the shortest class not even that for sure:
        some such pauses are not told, some are made up. `pace` stretches what is drawn below the shortest
        pause; see `told` for who must turn it.
        """
        begun = pause_class(gap_ms)
        if begun > 0 or (begun == 0 and self._random.random() < SHORT_PAUSE_TOLD):
            return self.pause(gap_ms)
        if before == "space" and cls not in {"space", "edit"} and self._random.random() < SHORT_PAUSE_MADE_UP:
            return self.pause(LONGEST_MS)
        return min(LONGEST_MS - 1, round(self._draw(FLIGHT[before, cls]) * pace))

    def pause(self, gap_ms: float) -> int:
        """A time within the class of this one; all its magnitudes are as likely."""
        least, most = PAUSES_MS[max(0, pause_class(gap_ms))]
        return int(math.exp(self._random.uniform(math.log(least), math.log(most))))

    def hold(self, cls: KeyClass) -> int:
        """From a key going down to its going up."""
        return round(self._draw(HOLD[cls]))

    def release(self) -> int:
        """From the last key struck to a modifier's going up."""
        return round(self._draw(RELEASE))

    def repeat(self, *, first: bool) -> int:
        """From one repeat of a held key to the next; `first`: from its going down."""
        return REPEAT_MS[0 if first else 1]

    def reach(self, gap_ms: float) -> int:
        """From the keys to the pointer, or back."""
        return self.pause(gap_ms) if gap_ms >= LONGEST_MS else round(self._draw(REACH))

    def click(self) -> int:
        """How long a button is held."""
        return round(self._draw(CLICK))

    def within(self, most: int) -> int:
        """Any whole number from 0 to `most`, all as likely."""
        return self._random.randint(0, most)

    def _draw(self, of: LogLogistic) -> float:
        return of.at(min(max(self._random.random(), 1e-9), 1 - 1e-9))
