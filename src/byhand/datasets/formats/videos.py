"""Pictures out of the video beside a recording, from before each act: by OpenCV, where it is installed.

Rules of this module: a video is read once, from its beginning to its end; a picture is decoded when it is asked for.
Only what begins as MP4, Matroska or AVI does is opened: other files can name further files, and a reader of videos
would open those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from byhand.datasets.formats.events_made import Maker
from byhand.datasets.formats.port import Picture, Sight
from byhand.datasets.formats.reading import inside
from byhand.errors import Problem
from byhand.events.kinds import Frame

NEEDS = "to see what was on the screen, install byhand[vision]"
_MOST_PIXELS = 1 << 26
_AHEAD_S = 20.0
"""Up to so far ahead frames are passed over one by one; further, the video is wound on."""
_RESTS_S = 0.25
"""A pointer that rested so long sets out anew: as `episodes.seen` has it."""
_AT_ONCE_S = 0.15
"""Of what is done so soon after what came before nobody waits to see what that did."""
_TYPED_S = 1.0
"""The same between two keys."""
_SHAPE = 0.02
_MATROSKA = b"\x1a\x45\xdf\xa3"


def beside(folder: Path) -> Path | None:
    """The one video of a folder; None if there is none, or more than one."""
    try:
        names = sorted(one.name for one in folder.iterdir() if one.suffix.lower() in (".mp4", ".mkv", ".avi"))
    except OSError:
        return None
    return inside(folder, names[0]) if len(names) == 1 else None


class Reel(Mapping[int, Sight]):
    """The pictures of a video by their places in a recording; each is decoded when it is asked for.

    Args:
        path: of the video.
        size: the screen's, in pixels; a video of that shape is scaled to it. (0, 0) if it isn't known.
        known: pictures that lie elsewhere.
    """

    def __init__(self, path: Path, size: tuple[int, int] = (0, 0), known: Mapping[int, Sight] | None = None) -> None:
        self._path = path
        self._size = size
        self._known = known or {}
        self._at: dict[int, float] = {}
        self._video: Any = None
        self._second = float("-inf")

    def open(self) -> Problem | None:
        """Why it can't be read, if it can't."""
        try:
            cv2 = import_module("cv2")
        except ImportError:
            return Problem(self._path.name, f"the video was not opened; {NEEDS}")
        try:
            with self._path.open("rb") as file:
                head = file.read(12)
        except OSError as error:
            return Problem(self._path.name, f"can't be read ({error.strerror})")
        if not (head[4:8] == b"ftyp" or head[:4] == _MATROSKA or (head[:4] == b"RIFF" and head[8:] == b"AVI ")):
            return Problem(self._path.name, "no MP4, Matroska or AVI; it was not opened")
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
        video = cv2.VideoCapture(str(self._path.absolute()))
        w, h = (int(video.get(one)) for one in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        if not video.isOpened() or not (0 < w < 1 << 15 and 0 < h < 1 << 15 and w * h <= _MOST_PIXELS):
            return Problem(self._path.name, "a video that can't be read")
        if not any(self._size):
            self._size = w, h
        elif abs(w * self._size[1] - h * self._size[0]) > _SHAPE * w * self._size[1]:
            return Problem(self._path.name, "a video of another shape than the screen; it was not used")
        self._video = video
        return None

    @property
    def size(self) -> tuple[int, int]:
        """Of its pictures."""
        return self._size

    def want(self, seq: int, second: float) -> None:
        """The picture of that place is the last one up to that second of the video."""
        self._at[seq] = second

    def __len__(self) -> int:
        return len(self._known) + len(self._at)

    def __iter__(self) -> Iterator[int]:
        return iter(sorted([*self._known, *self._at]))

    def __getitem__(self, seq: int) -> Sight:
        found = self._known[seq] if seq in self._known else self._picture(self._at[seq])
        if found is None:
            raise KeyError(seq)
        return found

    def items(self) -> Any:
        """In the order of time. What lies behind the video's end is left out."""
        for seq in self:
            found = self._known[seq] if seq in self._known else self._picture(self._at[seq])
            if found is not None:
                yield seq, found

    def _picture(self, second: float) -> Picture | None:
        cv2, video = import_module("cv2"), self._video
        step = 1 / min(max(video.get(cv2.CAP_PROP_FPS), 1.0), 240.0)
        if second < self._second or second - max(self._second, 0) > _AHEAD_S:
            video.set(cv2.CAP_PROP_POS_MSEC, max(second - 1, 0) * 1000)
            self._second = float("-inf")
        while self._second + step <= second + step / 100:
            if not video.grab():
                return None
            self._second = video.get(cv2.CAP_PROP_POS_MSEC) / 1000
        good, pixels = video.retrieve()
        if not good:
            return None
        if (pixels.shape[1], pixels.shape[0]) != self._size:
            pixels = cv2.resize(pixels, self._size, interpolation=cv2.INTER_AREA)
        good, data = cv2.imencode(".png", pixels, [cv2.IMWRITE_PNG_COMPRESSION, 1])
        return Picture("image/png", data.tobytes(), *self._size) if good else None


class Watch:
    """Decides at which moments of a recording a picture is wanted: before the hand sets out, and before what is done at
    once.

    Args:
        maker: of the recording's events.
        reel: its video.
        shown: the newest moment of the video by a time of the recording: that time, and its second in the video; None
            if there is none yet.
    """

    def __init__(self, maker: Maker, reel: Reel, shown: Callable[[float], tuple[float, float] | None]) -> None:
        self._maker, self._reel, self._shown = maker, reel, shown
        self._moved = self._did = self._looked = float("-inf")
        self._typed = False

    def moves(self, now: float) -> None:
        """The pointer moves: it sets out, if it rested before."""
        begins, self._moved = now - self._moved > _RESTS_S, now
        if begins:
            self._look(now, "clock")

    def does(self, now: float, *, key: bool = False) -> None:
        """A key or a button goes down, or a wheel is turned: is it done on what was not seen yet?"""
        rest = _TYPED_S if key and self._typed else _AT_ONCE_S
        unseen = self._looked <= self._did and now - self._did > rest
        self._did, self._typed = now, key
        if unseen:
            self._look(now, "before")

    def _look(self, now: float, why: Literal["clock", "before"]) -> None:
        shown = self._shown(now)
        if shown is None:
            return
        self._looked = now
        seq = self._maker.add(Frame(*self._maker.at(max(shown[0], 0)), why, *self._reel.size, 0, b""))
        self._reel.want(seq, max(shown[1], 0))
