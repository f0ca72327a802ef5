"""What may be kept of how a window looks: pictures whose pixels are proven plain, and wireframes.

Rules of this module: only the focused window of a listed program, on a listed page, is ever looked at, and no window
while the screen is shown to others. A frame is let go of whatever becomes of it.
"""

from __future__ import annotations

from functools import partial

from byhand.consent.policy import Stream
from byhand.events.kinds import Frame, Wireframe
from byhand.events.raw import RawBox, RawFrame
from byhand.privacy.frames.pixels import Canvas
from byhand.privacy.frames.roles import LOOKED, QUOTABLE, SHOWABLE
from byhand.privacy.frames.wireframe import Sketch
from byhand.privacy.rules import contexts, fields
from byhand.privacy.rules.others import others_words
from byhand.privacy.scene import Scene
from byhand.privacy.text.cleaner import Cleaner
from byhand.privacy.text.types import At
from byhand.privacy.waiting import NO_STREAM, Line

UNLOOKED = "not looked through"


class Pictures:
    """One for each guard.

    Args:
        line: takes what is kept.
        scene: knows what may be kept.
        words: clears names.
        screen: the desktop in device pixels; without it no frame is kept.
        scale: device pixels per logical pixel.
    """

    def __init__(self, line: Line, scene: Scene, words: Cleaner, screen: tuple[int, int], scale: float) -> None:
        self._line, self._scene, self._words = line, scene, words
        self._canvas = Canvas(*screen, scale) if min(screen) > 0 else None
        self._sketch = Sketch()

    def frame(self, raw: RawFrame) -> None:
        try:
            why, canvas = self._unseen(raw), self._canvas
            pixels = not why and canvas is not None and bool(raw.pixels) and "frames" in self._streams(raw)
            if canvas is not None and pixels:
                kept = canvas.keep(raw, partial(self._shown, raw))
                if kept is not None:
                    size = canvas.width, canvas.height
                    by = "frames.looked" if LOOKED in {box.role for box in raw.boxes or ()} else "frames.tiles"
                    self._line.say(Frame(raw.server_ms, raw.mono_ns, by, raw.why, *size, *kept))
                return
            if canvas is not None:
                canvas.missed()
            if why:
                self._line.drop(why, raw.window, done=False)
            else:
                self._wireframe(raw)
        finally:
            raw.release()

    def sees(self, raw: RawFrame) -> bool:
        """Would pixels of this frame be kept, if anything in it were proven harmless? `scene` tells until when."""
        return self._canvas is not None and not self._unseen(raw) and "frames" in self._streams(raw)

    def unseen(self, raw: RawFrame) -> None:
        """Count a frame that is not fed, because it was not looked through in time."""
        self._line.drop(UNLOOKED, raw.window, done=False)
        if self._canvas is not None:
            self._canvas.missed()

    def _wireframe(self, raw: RawFrame) -> None:
        """The look of a window of which no pixel may be kept."""
        if raw.boxes is None:
            self._line.drop(fields.NO_TREE, raw.window, done=False)
            return
        wires = self._sketch.keep(raw, partial(self._named, raw))
        if wires is not None:
            window = self._scene.number(self._scene.windows[raw.window])
            at = raw.x, raw.y, raw.w, raw.h
            self._line.say(
                Wireframe(raw.server_ms, raw.mono_ns, "actions.wireframe", raw.why, window, *at, *wires),
            )

    def _unseen(self, raw: RawFrame) -> str:
        """Why nothing of a frame may be kept, not even its boxes, or ""."""
        scene = self._scene
        known = scene.windows.get(raw.window)
        if why := scene.keys() or scene.under(raw.window) or scene.pictures():
            return why
        if known is None or raw.window != scene.focus:
            return contexts.ANOTHER_APP
        if known.app.browser and scene.contexts.site(raw.url) is None:
            return contexts.ANOTHER_SITE
        return "" if "actions" in self._streams(raw) else NO_STREAM

    def _streams(self, raw: RawFrame) -> frozenset[Stream]:
        """What may be kept of the window a frame shows; in a browser, what the page it shows allows too."""
        app = self._scene.windows[raw.window].app
        if not app.browser:
            return app.streams
        rule = self._scene.contexts.site(raw.url)
        return app.streams & frozenset(rule.streams if rule else ())

    def _shown(self, raw: RawFrame, box: RawBox) -> bool:
        return box.role in SHOWABLE | QUOTABLE and bool(self._named(raw, box))

    def _named(self, raw: RawFrame, box: RawBox) -> str:
        if others_words(box.role, (), self._scene.windows[raw.window].name, raw.url):
            return ""
        return self._words.shown(box.name) if self._words.clears(box.name, At("element", role=box.role)) else ""
