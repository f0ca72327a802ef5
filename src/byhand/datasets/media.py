"""What could be seen, as files that are named by the hash of their content: `media/ab/abcd....webp`.

Rules of this module: the same sight is one file, however often it was seen. Its time is not part of it: that stands
with the observation. A file is put in place in one step, and one that is there is never written again.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from byhand.datasets import whole
from byhand.datasets.formats.port import Markup, Picture, PictureMedia, Sight
from byhand.datasets.heavy import heavy
from byhand.episodes.types import Episode, Observation
from byhand.errors import VaultDamaged
from byhand.events.kinds import Frame, Numbered, Snapshot, Wireframe
from byhand.privacy.frames.pixels import unpatch

FOLDER = "media"
_ENDINGS: dict[PictureMedia, str] = {"image/png": "png", "image/webp": "webp", "image/jpeg": "jpg"}
_NAME = re.compile(r"[0-9a-f]{64}\.(png|webp|jpg|json|html)")
"""Nothing else is opened, whatever a dataset of somebody else says."""
_KINDS: dict[str, PictureMedia] = {ending: media for media, ending in _ENDINGS.items()}


class Ref(NamedTuple):
    """A file of `media`, and of a picture its size and its corner in device pixels of the desktop."""

    name: str
    w: int = 0
    h: int = 0
    x: int = 0
    y: int = 0


def place(folder: Path, name: str) -> Path:
    """Where the file of that name lies in a dataset's folder."""
    return folder / FOLDER / name[:2] / name


class Shelf:
    """Puts sights into a dataset's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, sight: Sight) -> Ref:
        match sight:
            case Picture():
                name = self._keep(sight.data, _ENDINGS[sight.media])
                return Ref(name, sight.w, sight.h, sight.x, sight.y)
            case Markup():
                return Ref(self._keep(sight.html.encode(), "html"))
            case Snapshot() | Wireframe():
                timeless = msgspec.structs.replace(sight, server_ms=0, mono_ns=0)
                return Ref(self._keep(msgspec.json.encode(timeless), "json"), sight.w, sight.h, sight.x, sight.y)

    def _keep(self, data: bytes, ending: str) -> str:
        name = f"{hashlib.sha256(data).hexdigest()}.{ending}"
        path = place(self._folder, name)
        if not path.exists():
            whole.private_dir(path.parent)
            whole.write(path, data)
        return name


_SEEN = msgspec.json.Decoder(Snapshot | Wireframe)


def load(folder: Path, ref: Ref, mono_ns: int) -> Sight:
    """The sight behind a reference.

    Raises:
        VaultDamaged: its file is missing or has another form.
    """
    try:
        if not _NAME.fullmatch(ref.name):
            raise VaultDamaged("a row names no file of media")
        data = place(folder, ref.name).read_bytes()
        ending = ref.name.rpartition(".")[2]
        if ending in _KINDS:
            return Picture(_KINDS[ending], data, ref.w, ref.h, ref.x, ref.y)
        if ending == "html":
            return Markup(data.decode())
        return msgspec.structs.replace(_SEEN.decode(data), mono_ns=mono_ns)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        raise VaultDamaged(
            "a file of media is missing or damaged", hints=("to see which: byhand dataset verify",)
        ) from None


class Sights(Mapping[int, Sight]):
    """What a dataset's episode could see, looked up when asked."""

    def __init__(self, folder: Path, refs: Mapping[int, tuple[Ref, int]]) -> None:
        self._folder = folder
        self._refs = refs

    def __getitem__(self, seq: int) -> Sight:
        ref, mono_ns = self._refs[seq]
        return load(self._folder, ref, mono_ns)

    def file(self, seq: int) -> str:
        """Name of the file in `media`, "" where none is kept."""
        return self._refs[seq][0].name if seq in self._refs else ""

    def __iter__(self) -> Iterator[int]:
        return iter(self._refs)

    def __len__(self) -> int:
        return len(self._refs)


def observations(episode: Episode) -> Iterator[Observation]:
    for step in episode.steps:
        yield from step.before
        yield from step.after


def shelve(shelf: Shelf, episode: Episode, sights: Mapping[int, Sight]) -> dict[int, Ref]:
    """Keep what an episode's steps could see. What is not told of is left out."""
    found: dict[int, Ref] = {}
    for one in observations(episode):
        if one.seq not in found and one.seq in sights:
            found[one.seq] = shelf.put(sights[one.seq])
    return found


def shelve_recording(
    shelf: Shelf, episodes: Sequence[Episode], events: Sequence[Numbered], known: Mapping[int, Ref]
) -> dict[int, Ref]:
    """The same for a recording: frames are patches, laid over those before. `known`: what is kept already.

    Raises:
        VaultDamaged: a frame's patch can't be read.
    """
    wanted = {one.seq for episode in episodes for one in observations(episode)}
    found: dict[int, Ref] = {}
    screen = Screen()
    last = max(wanted, default=-1)
    for one in events:
        if one.seq > last:
            break
        event = one.event
        if one.seq in known:
            if one.seq in wanted:
                found[one.seq] = known[one.seq]
        elif isinstance(event, Frame):
            if not event.patch:
                continue  # an import whose source has lost the picture
            screen.lay(event)
            if one.seq in wanted:
                found[one.seq] = shelf.put(screen.picture())
        elif one.seq in wanted and isinstance(event, Snapshot | Wireframe):
            found[one.seq] = shelf.put(event)
    return found


class Screen:
    """The desktop as the frames so far show it."""

    def __init__(self) -> None:
        self._pixels: Any = None
        self._size = (0, 0)

    @property
    def pixels(self) -> Any:
        """[h, w, 3], RGB; changed by the next frame. None before the first."""
        return self._pixels

    def lay(self, frame: Frame) -> None:
        """One frame more.

        Raises:
            VaultDamaged: its patch can't be read.
        """
        numpy = heavy("numpy")
        if self._size != (frame.w, frame.h):
            self._size = frame.w, frame.h
            self._pixels = numpy.zeros((frame.h, frame.w, 3), dtype=numpy.uint8)
        for tile in unpatch(frame.patch):
            there = self._pixels[tile.y : tile.y + tile.h, tile.x : tile.x + tile.w]
            if there.shape != (tile.h, tile.w, 3):
                raise VaultDamaged("a frame's patch does not fit its own size")
            if isinstance(tile.what, int):
                there[:] = tuple(tile.what.to_bytes(3, "big"))
            else:
                there[:] = numpy.frombuffer(tile.what, dtype=numpy.uint8).reshape(tile.h, tile.w, 3)[:, :, ::-1]

    def picture(self) -> Picture:
        """Lossless WebP: smaller than PNG and quicker to open (measured: docs/formats/dataset.md)."""
        out = io.BytesIO()
        heavy("PIL.Image").fromarray(self._pixels).save(out, "WEBP", lossless=True, method=4, quality=75)
        return Picture("image/webp", out.getvalue(), *self._size)
