"""A picture of a page as it may be shown to a model: made by the guard that a recording's pictures go through.

It is told of a window with that page, and then of a frame of it whose boxes are the page's list; the picture is that of
the `Frame` it keeps. So all holds here that holds for a recording: the grant must cover `frames` there, everything is
painted but small controls and short texts whose words were cleared, and whose pixels bear the words out.

Rules of this module: boxes come from the list that the guard let through, so that what has no name there has none
here, even where a site's own words are nobody's. It keeps nothing. List and pixels are of one moment: that is for
whoever asks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from byhand.consent.grant import Grant
from byhand.consent.policy import Policy
from byhand.events.kinds import Frame, Snapshot
from byhand.events.raw import RawBox, RawElement, RawFrame, RawWindow
from byhand.privacy.frames.pixels import TILE
from byhand.privacy.frames.still import whole
from byhand.privacy.guard import Guard
from byhand.privacy.rules.aria import at_spi
from byhand.privacy.second_look import look
from byhand.privacy.text.cleaner import for_policy
from byhand.privacy.text.types import Detector

NOT_GRANTED = "your consent covers no pictures of it"
_WINDOW, _MS = 1, 1_000_000


class Picturing:
    """One for each run.

    Args:
        policy: what may be recorded, and so seen.
        grant: that the person said yes to; `consent.decide` has found it good.
        app: window class of the browser it is done in.
        extra: detectors that packages bring.
        clock: CLOCK_MONOTONIC in ns.
    """

    def __init__(
        self, policy: Policy, grant: Grant, *, app: str = "chromium", extra: Sequence[Detector] = (),
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:  # fmt: skip
        self._policy, self._grant, self._app, self._clock = policy, grant, app, clock
        self._words = for_policy(policy, b"", extra)

    def masked(self, seen: Snapshot, url: str, title: str, pixels: memoryview) -> bytes | str:
        """Rows of RGB, as large as the viewport, or why there is no picture.

        Args:
            seen: the list of the page, as the guard let it through.
            url: of the page.
            title: of the page.
            pixels: rows of BGRX, one a CSS pixel of the viewport.
        """
        now, (w, h) = self._clock(), (seen.w, seen.h)
        guard = Guard(self._policy, self._grant, cleaner=self._words, screen=(w, h), watches=False)
        page = (("document web", 0),)
        at = now // _MS, now
        guard.feed(RawWindow(*at, "focus", _WINDOW, self._app, title, 0, 0, 0, w, h, override=False))
        guard.feed(RawElement(
            *at, "focus", True, _WINDOW, 0, "document web", "", (), 0, 0, w, h, page, url,
        ))  # fmt: skip
        tiles = frozenset((c, r) for c in range(-(-w // TILE)) for r in range(-(-h // TILE)))
        frame = RawFrame(
            *at, "clock", _WINDOW, 0, 0, w, h, w * 4, pixels, tiles, _boxes(seen, at), url, lambda: None,
        )  # fmt: skip
        if not guard.sees(frame):
            return NOT_GRANTED
        kept = [one for one in (*guard.feed(frame), *guard.close(now)) if isinstance(one, Frame)]
        left = [one for one in look(kept, frozenset()).events if isinstance(one, Frame)]
        return whole(left[0].patch, w, h) if left else NOT_GRANTED


def _boxes(seen: Snapshot, at: tuple[int, int]) -> tuple[RawBox, ...]:
    return tuple(
        RawBox(*at, at_spi(role), name, *seen.places[4 * place : 4 * place + 4])
        for place, (role, name) in enumerate(zip(seen.roles, seen.names, strict=True))
    )
