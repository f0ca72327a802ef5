"""Where `byhand label` has its pictures from: a recording of yours, a folder of PNG files, or a video.

Rules of this module: of a recording only what is left after its edits. One picture at a time is in the memory. Files
are opened only if they are what their first bytes say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from byhand.cli import open as opened
from byhand.cli.demonstrated import read
from byhand.cli.pictures import MOST_PIXELS, sized
from byhand.datasets.formats.port import Picture
from byhand.datasets.formats.videos import Reel
from byhand.datasets.media import Screen
from byhand.errors import ByhandError, UsageFault
from byhand.events.kinds import Frame, Numbered
from byhand.events.time import MS
from byhand.models.loading import of_torch

VIDEOS = frozenset({".mp4", ".mkv", ".avi"})
APART_S = 0.25
"""A video is looked at so often: a screen that stood still so long is seen."""
_LONGEST_S = 4 * 3600
_FATE = "nothing was said"


class Shown(NamedTuple):
    """half: [h, w, 3], half the picture. where: what it is called in an answer. recorded: acts that the recording
    itself tells between this picture and the next one.
    """

    half: Any
    where: dict[str, object]
    recorded: Sequence[str] = ()


def of_a_recording(home: Path, which: str) -> Iterator[Shown]:
    """Its frames.

    Raises:
        NoSuchRecording: there is none of that name.
        UsageFault: it holds no pictures.
        VaultDamaged: it can't be read whole.
    """
    changes, pairs = of_torch("pictures.changes"), of_torch("pictures.pairs")
    with opened.vault(home) as vault:
        found = read(home, vault, opened.choose_shown(vault, which), "label")
    frames = [(one.seq, one.event) for one in found.events if isinstance(one.event, Frame) and one.event.patch]
    if not frames:
        raise UsageFault(
            f"recording {found.info.id} holds no pictures",
            hints=("pictures are kept where the consent covers the stream frames",), fate=_FATE,
        )  # fmt: skip
    done: dict[int, list[str]] = {}
    for episode in found.episodes:
        for seq, acts in pairs.between(episode, frozenset(seq for seq, _ in frames), Counter()).items():
            done.setdefault(seq, []).extend(act.op for act in acts if act.op != "wait")
    screen, began = Screen(), _began(found.events)
    for seq, frame in frames:
        screen.lay(frame)
        where: dict[str, object] = {"seq": seq, "ms": (frame.mono_ns - began) // MS}
        yield Shown(changes.half(screen.pixels), where, done.get(seq, ()))


def _began(events: Sequence[Numbered]) -> int:
    return events[0].event.mono_ns if events else 0


def of_a_folder(folder: Path) -> Iterator[Shown]:
    """Its PNG files, by name.

    Raises:
        UsageFault: there are fewer than two.
        ByhandError: one can't be read.
    """
    changes = of_torch("pictures.changes")
    files = sorted(one for one in folder.iterdir() if one.suffix.lower() == ".png" and one.is_file())
    if len(files) < 2:
        raise UsageFault(
            f"{folder} holds {'one picture' if files else 'no pictures'}",
            hints=("pictures of one screen, as PNG files whose names are in order",), fate=_FATE,
        )  # fmt: skip
    for file in files:
        try:
            data = _bytes(file)
            half = changes.opened(Picture("image/png", data, *sized(data)))
        except ByhandError as error:
            raise ByhandError(f"{file.name}: {error.message}", hints=error.hints, fate=_FATE) from None
        yield Shown(half, {"file": file.name})


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_PIXELS * 8:
            raise ByhandError("the picture is too large")
        return file.read_bytes()
    except OSError as error:
        raise ByhandError(f"it can't be read ({error.strerror})") from error


def of_a_video(file: Path) -> Iterator[Shown]:
    """Moments at which the screen stood still.

    Raises:
        UsageFault: it can't be read.
    """
    changes = of_torch("pictures.changes")
    reel = Reel(file)
    if (problem := reel.open()) is not None:
        raise UsageFault(f"{problem.source}: {problem.message}", fate=_FATE)
    before: Any = None
    for number in range(int(_LONGEST_S / APART_S)):
        second = number * APART_S
        reel.want(number, second)
        try:
            picture = reel[number]
        except KeyError:  # its end
            return
        assert isinstance(picture, Picture)
        half = changes.opened(picture)
        if before is not None and changes.changed(before, half) is None:
            yield Shown(half, {"second": second})
        before = half
