"""The one door: raw events in, kept events out. Nothing else turns one into the other.

Rules of this module: it asks `rules` and `scene` and does what they say; it fails closed. A rule that breaks costs
its event and is counted, and nothing of the event is told.

    raw event --> scene: who has the keyboard, what is under the pointer? --> kept, dropped, or held in line
    held      --> decided when it is due, or when what it waits for came  --> kept, or one mark for a whole run

The codes in `by` are explained in `privacy.report`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from byhand.consent.grant import Grant
from byhand.consent.policy import Policy
from byhand.events import runs
from byhand.events.kinds import AnyEvent, Mark, Motion, Scroll, Snapshot, Window
from byhand.events.raw import (
    Raw,
    RawButton,
    RawElement,
    RawFrame,
    RawGap,
    RawGrab,
    RawKey,
    RawLock,
    RawMark,
    RawMotion,
    RawPage,
    RawScroll,
    RawSnapshot,
    RawText,
    RawWindow,
)
from byhand.privacy.pages import Pages
from byhand.privacy.pictures import Pictures
from byhand.privacy.rules import contexts, fields, keys
from byhand.privacy.rules.others import others_words
from byhand.privacy.scene import Known, Scene
from byhand.privacy.text.addresses import NO_PAGE, page
from byhand.privacy.text.cleaner import Cleaner, Cleaners, for_policy
from byhand.privacy.text.types import At, Detector
from byhand.privacy.waiting import FAILED, KEY_NS, MOST, NO_STREAM, PRESS_NS, HeldKey, HeldPress, HeldRelease, Line
from byhand.privacy.writing import Writing

SCROLL_NS = 1_000_000_000  # scrolls that follow each other within it are one, in one place
MOST_ROWS = 10**9
_BESIDE = "lost in a browser"  # whoever watches the desktop has missed nothing
_GAPS = frozenset({"computer slept"})  # reasons of drivers that are told as they are; all others are "lost"


class Guard:
    """One for each recording.

    Args:
        policy: what may be kept here at all.
        grant: what the person said yes to; `consent.decide` has found it good.
        own_windows: ids of Byhand's windows; nothing of them is kept.
        screen: the desktop in device pixels; without it no frame is kept.
        scale: device pixels per logical pixel.
        seed: new and secret for each recording; what is drawn at random comes from it.
        cleaner: judges texts; the shipped one, with what the policy adds, if none is given.
        extra: detectors that packages bring, for that cleaner.
        watches: a person's keyboard and pointer are watched. Where they are not (a run tells of itself), that nobody
            knows who has the keyboard is no gap.
    """

    def __init__(
        self,
        policy: Policy,
        grant: Grant,
        *,
        own_windows: frozenset[int] = frozenset(),
        screen: tuple[int, int] = (0, 0),
        scale: float = 1.0,
        seed: bytes = b"",
        cleaner: Cleaner | None = None,
        extra: Sequence[Detector] = (),
        watches: bool = True,
    ) -> None:
        self._watches = watches
        self._words = cleaner or for_policy(policy, seed, extra)
        self._scene = Scene(policy, grant, own_windows)
        texts = "text" in grant.streams
        self._line = Line(seed, self._words if texts else None)
        self._writing = Writing(self._line, self._scene)
        self._pictures = Pictures(self._line, self._scene, self._words, screen, scale)
        scripted = policy.guard.scripted
        self._of_pages = Cleaners(self._words)
        self._pages = Pages(self._line, self._scene, self._of_pages, self._writing, scripted=scripted)
        self.tally = self._line.tally
        self._downs: dict[int, HeldKey] = {}
        self._buttons: dict[int, HeldPress] = {}
        self._paths: dict[int, str] = {}  # window -> why the pointer's path over it is dropped, or ""
        self._scrolled: tuple[int, int, int, int] | None = None  # the last scroll: window, mono_ns, x, y as kept
        self._begun = False
        self._now: tuple[object, ...] = ()
        self.scene = 0  # counts the changes of what decides whether a picture may be kept
        self._handlers: dict[type[Raw], Callable[[Any], None]] = {
            RawKey: self._key, RawMotion: self._motion, RawButton: self._button, RawScroll: self._scroll,
            RawWindow: self._window, RawElement: self._element, RawGrab: self._state, RawLock: self._state,
            RawFrame: self._pictures.frame, RawGap: self._gap, RawMark: self._mark,
            RawText: self._writing.text, RawPage: self._pages.page, RawSnapshot: self._pages.snapshot,
        }  # fmt: skip

    # ---- the door

    def feed(self, raw: Raw) -> list[AnyEvent]:
        """Take a raw event; returns the events whose fate is decided now, in order."""
        line = self._line
        if isinstance(raw, RawMotion) and self._paths.get(raw.window) == "" and not line:
            # A thousand of these come in a second. All others take the long way.
            return line.told(Motion(raw.server_ms, raw.mono_ns, "pointer.motion", raw.x, raw.y, raw.injected))
        line.now = max(line.now, raw.mono_ns)
        try:
            if not self._begun:
                self._begun = True
                self._away(raw)
            line.decide()
            self._handlers[type(raw)](raw)
        except Exception:  # whatever a rule does wrong, the event is dropped, and the count says nothing of it
            line.failed()
            if not isinstance(raw, RawMotion | RawScroll | RawFrame):
                # What it would have told us is unknown: nobody has the keyboard until we are told again.
                self._scene.blind()
                self._turned()
                self._away(raw)
        line.decide()
        return line.taken()

    def settle(self, now_ns: int) -> list[AnyEvent]:
        """Time passed: decide what is due. Call it only when all raw events that are there were fed."""
        self._line.now = max(self._line.now, now_ns)
        self._line.decide()
        self._line.judge()
        return self._line.taken()

    def close(self, now_ns: int) -> list[AnyEvent]:
        """The end: what is not decided counts as secret. It may be fed again afterwards."""
        self._line.close(now_ns)
        return self._line.taken()

    def hush(self, origins: frozenset[str], server_ms: int, mono_ns: int) -> list[AnyEvent]:
        """From now on nothing is kept of pages of these origins: there the person has paused, or never wants any."""
        self._scene.hush(origins)
        if not self._begun:
            return []
        self._changed(RawGap(server_ms, mono_ns, "", 0))  # for its stamps
        return self._line.taken()

    def listed(self, raw: RawSnapshot) -> Snapshot | str:
        """A page as it would be kept now, at once, or why it would not: for whoever acts there. Nothing is counted."""
        try:
            made = self._pages.listed(raw)
            return made if isinstance(made, str) else made()
        except Exception:  # as in `feed`
            return FAILED

    def held(self) -> int:
        """How many events wait for their verdict, or behind one that does; text that is not finished is one."""
        return len(self._line) + bool(self._writing)

    # ---- input

    def _key(self, raw: RawKey) -> None:
        if not raw.down:
            self._key_up(raw)
            return
        stroke, before = keys.stroke(raw.keysym, raw.mods), self._downs.pop(raw.keycode, None)
        if before is not None:
            stroke = keys.stricter(before.stroke, stroke)
        elif raw.repeat:
            self._writing.missed(raw)
            return  # it went down where nothing is kept
        scene = self._scene
        why, text = scene.keys(), scene.text()
        if why and not (stroke.text and text.open):
            self._line.drop(why)
            return
        due = max(raw.mono_ns, self._line.now) + KEY_NS
        key = HeldKey(raw, stroke, due, "timing" in scene.windows[scene.focus].streams, where=self._writing.where)
        self._downs[raw.keycode] = key
        if stroke.text or (text.reason == fields.PASSWORD and not stroke.stays):
            self._line.wait_key(key, text, scene.run())
            return
        self._writing.struck(raw, stroke)
        if stroke.cls in ("enter", "tab"):
            self._pages.ended(raw.mono_ns)
        self._line.say(keys.kept(raw, stroke, timing=key.timing))
        if stroke.cls == "tab" and not raw.mods & (keys.CONTROL | keys.ALT | keys.SUPER):
            self._line.moved_on()
            scene.tabbed(raw.mono_ns)
            self._writing.look(scene.text(), raw)

    def _key_up(self, raw: RawKey) -> None:
        self._writing.ended(raw)
        # The end of a stroke is judged as the stroke was, whatever the modifiers are by now.
        struck = self._downs.pop(raw.keycode, None)
        if struck is None or self._scene.keys():
            return
        if not struck.stroke.text and not struck.reason:
            self._line.say(keys.kept(raw, struck.stroke, timing=struck.timing))
        else:
            self._line.wait_end(HeldKey(raw, struck.stroke, struck.due_ns, struck.timing, of=struck))

    def _motion(self, raw: RawMotion) -> None:
        why = self._paths.get(raw.window)
        if why is None:
            why = self._scene.over_page(raw.window)
            if not why and "pointer" not in self._scene.windows[raw.window].streams:
                why = NO_STREAM
            if len(self._paths) > MOST:
                self._paths.clear()
            self._paths[raw.window] = why
        if why:
            self._line.drop(why, raw.window)
        else:
            self._line.say(Motion(raw.server_ms, raw.mono_ns, "pointer.motion", raw.x, raw.y, raw.injected))

    def _button(self, raw: RawButton) -> None:
        why = self._scene.under(raw.window)
        press = self._buttons.pop(raw.button, None)
        if raw.down:
            self._line.moved_on()
            self._writing.pressed(raw)
            self._pages.ended(raw.mono_ns)
        if not raw.down:
            if press is not None and not why:
                self._line.wait_release(HeldRelease(raw, press))
        elif why:
            self._line.drop(why, raw.window)
        else:
            due = max(raw.mono_ns, self._line.now) + PRESS_NS
            known = self._scene.windows[raw.window]
            press = HeldPress(raw, due, browser=known.app.browser, app=known.name)
            self._buttons[raw.button] = press
            self._line.wait_press(press)
            self._scene.pressed(raw.window, raw.mono_ns)
            self._changed(raw)

    def _scroll(self, raw: RawScroll) -> None:
        if why := self._scene.over_page(raw.window):
            self._line.drop(why, raw.window)
            return
        x, y, last = raw.x, raw.y, self._scrolled
        is_path = last is not None and last[0] == raw.window and raw.mono_ns - last[1] < SCROLL_NS
        if last and is_path and "pointer" not in self._scene.windows[raw.window].streams:
            x, y = last[2:]  # where the pointer went meanwhile is its path
        self._scrolled = raw.window, raw.mono_ns, x, y
        self._line.say(Scroll(raw.server_ms, raw.mono_ns, "actions.scroll", raw.dx, raw.dy, x, y, raw.injected))

    # ---- what tells the scene

    def _turned(self) -> None:
        self._paths.clear()
        scene, before = self._scene, self._now
        self._now = scene.focus, scene.keys(), scene.under(scene.focus), scene.pictures(), scene.grabbed
        self.scene += self._now != before

    def _changed(self, raw: Raw) -> None:
        """The scene is another: judge again what waits, and begin or end a gap."""
        self._turned()
        verdict = self._scene.text()
        self._writing.look(verdict, raw)
        self._line.hear(verdict, self._scene.run(), self._writing.where)
        self._away(raw)

    def _away(self, raw: Raw) -> None:
        """Begin or end a gap: a time in which nothing may be kept."""
        why = self._scene.keys()
        unknown = not self._watches and why in (contexts.ANOTHER_APP, contexts.ANOTHER_SITE)
        self._line.away("" if unknown else why, raw.server_ms, raw.mono_ns)

    def _window(self, raw: RawWindow) -> None:
        scene = self._scene
        if raw.change == "focus" and raw.window != scene.focus:
            self._line.moved_on()
        known = scene.learn(raw)
        self._changed(raw)
        if known is None or known.reason or scene.locked or scene.paused or raw.change == "seen":
            return
        title = self._title(known) if raw.change in ("focus", "title") else ""
        if (raw.change == "title" and not title) or (raw.change in ("geometry", "closed") and not known.number):
            return
        self._line.say(
            Window(
                raw.server_ms, raw.mono_ns, "text.title" if title else "actions.window", raw.change,
                scene.number(known), known.name, title, raw.x, raw.y, raw.w, raw.h,
            )
        )  # fmt: skip

    def _title(self, known: Known) -> str:
        if "text" not in known.streams or not known.title:
            return ""
        if known.app.browser:
            # Nobody can tell yet whether the page it names is a listed one: all of it is harmless, or nothing is kept.
            return self._words.shown(known.title) if self._words.clears(known.title, At("element")) else ""
        return self._words.clean(known.title, At("title", app=known.name)).text

    def _element(self, raw: RawElement) -> None:
        scene, dom = self._scene, raw.dom
        if raw.actor == "agent":  # whoever acts tells of it; it answers no press and says nothing of the person's focus
            self._pages.acted(raw)
            return
        if dom is not None and not (dom.alone and raw.why in ("press", "focus")):
            if self._pages.element(raw, dom) and raw.why == "press" and dom.trusted:
                self._line.vouch(raw, dom.app)
            return
        press = self._line.press_at(raw.server_ms, raw.mono_ns) if raw.why == "press" else None
        if dom is not None and (forged := self._pages.forged(dom)):
            self._forged(press, forged)
            return
        if raw.why == "press" and not raw.found:
            self._line.moved_on()  # nobody will say where the press put the keyboard
        known, secret = scene.look(raw)
        self._changed(raw)
        if raw.why == "press" and press is None:
            return  # it came too late; what it says of the field was heard
        window = press.raw.window if press else scene.focus
        if press:
            known = scene.windows.get(window)
        why, element = scene.under(window), None
        rule = scene.site(raw)
        browser = known is not None and known.app.browser
        if not why and browser and (not raw.found or ((raw.url or dom is not None) and rule is None)):
            why = contexts.ANOTHER_SITE
        if raw.found and not why and known is scene.windows.get(window) and dom is not None:
            if rule is not None and browser:
                self._pages.tells(dom.app, dom.tab, raw)
                element = self._pages.described(raw, dom, rule, is_secret=secret)
        elif raw.found and not why and known is scene.windows.get(window):
            words = self._of_pages.of(rule if browser else None)
            at = page(rule.origin, raw.url, words.words) if rule and browser else NO_PAGE
            others = not words.public and others_words(raw.role, raw.path, scene.name(window), raw.url, raw.states)
            element = fields.kept(raw, at, words, is_secret=secret, others=others)
        if press and browser and not raw.found and why == contexts.ANOTHER_SITE:
            return  # nobody at the desktop can say: until its time is over, the browser may
        if press:
            press.answered, press.reason, press.element = True, why, element
        elif element:
            self._line.say(element)

    def _forged(self, press: HeldPress | None, why: str) -> None:
        if press is not None:
            press.answered, press.reason = True, why
        else:
            self._line.drop(why)

    def _state(self, raw: RawGrab | RawLock) -> None:
        if isinstance(raw, RawLock):
            self._scene.locked = raw.active
        else:
            self._scene.grab(raw.active)
        if raw.active:  # a list of suggestions opens in the middle of a word
            self._writing.missed(raw)
        self._changed(raw)

    def _gap(self, raw: RawGap) -> None:
        self.tally.lost += raw.count
        reason = raw.reason if raw.reason in _GAPS else "lost"
        self._line.say(Mark(raw.server_ms, raw.mono_ns, "driver.gap", "gap", reason, 0, raw.count, ""))
        if raw.reason == _BESIDE:
            return
        self._released()
        self._writing.lost(raw)
        if reason == "lost":  # a change of focus may be among it
            self._scene.blind()
        self._changed(raw)

    def _mark(self, raw: RawMark) -> None:
        if raw.what in ("start", "pause", "resume"):
            self._released()
            self._writing.lost(raw)
            self._line.new_run()
            self._scene.paused = raw.what == "pause"
            if raw.what == "pause":
                self._scene.blind()  # whoever starts to look again says first who has the focus
            self._changed(raw)
        reason = runs.harmless(raw.what, raw.reason)
        by = "run.mark" if raw.what in ("row", "takeover") else "person.mark"
        count = raw.count if raw.what == "row" and 0 <= raw.count < MOST_ROWS else 0
        self._line.say(Mark(raw.server_ms, raw.mono_ns, by, raw.what, reason, 0, count, raw.text))

    def _released(self) -> None:
        """Ends of strokes and presses may have gone by unseen."""
        self._downs.clear()
        self._buttons.clear()

    # ---- pictures

    def sees(self, raw: RawFrame) -> bool:
        """Would pixels of this frame be kept, if anything in it were proven harmless? `scene` tells until when."""
        return self._pictures.sees(raw)

    def unseen(self, raw: RawFrame) -> None:
        """Count a frame that is not fed, because it was not looked through in time."""
        self._pictures.unseen(raw)
