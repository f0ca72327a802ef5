"""What a browser's extension tells: elements, pages, snapshots. The part of the guard that knows pages from inside.

Rules of this module: a frame is kept only if its own address and its tab's are both on listed sites and no private
context, its program is a listed browser, and no private window of that browser is in front; of the streams it has what
all of them allow. What a script did in a person's place is dropped. Names are cleared as those of the desktop are, what
a field holds as typed text is. Nothing told here changes who has the keyboard, but what an extension tells of a
program's fields the keys need not tell again: there no text is rebuilt from them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from byhand.consent.policy import SiteRule, Stream
from byhand.events import runs
from byhand.events.kinds import Element, Page, Snapshot
from byhand.events.raw import Raw, RawDom, RawElement, RawPage, RawSnapshot
from byhand.privacy.listing import list_of
from byhand.privacy.rules import aria, contexts, fields, selectors
from byhand.privacy.rules.others import correspondence, others_words
from byhand.privacy.scene import Scene
from byhand.privacy.text.addresses import NO_PAGE, page
from byhand.privacy.text.cleaner import Cleaner, Cleaners
from byhand.privacy.text.types import At
from byhand.privacy.values import Values
from byhand.privacy.waiting import Line
from byhand.privacy.writing import Writing

SCRIPTED = "made by a script"
_MOST = 10_000  # tabs and frames that are numbered
_MOST_NUMBER = 2**31 - 1  # a page can say any number
_MOST_SCALE = 100
_ENDING = frozenset({"press", "focus", "submit", "change", "drag", "open"})


class Pages:
    """One for each guard.

    Args:
        line: takes what is kept.
        scene: knows what may be kept.
        words: clear names and texts, of each page in its own way.
        writing: is told when the keys need no text.
        scripted: what scripts did is kept, and marked.
    """

    def __init__(self, line: Line, scene: Scene, words: Cleaners, writing: Writing, *, scripted: bool) -> None:
        self._line, self._scene, self._words, self._writing = line, scene, words, writing
        self._scripted = scripted
        self._values = Values()
        self._tabs: dict[int, int] = {}
        self._frames: dict[tuple[int, int], int] = {}
        self._private: set[int] = set()  # tabs whose title tells of a private context
        self._secret: tuple[int, int, int] | None = None  # the secret field whose filling was told last

    # ---- what happens

    def element(self, raw: RawElement, dom: RawDom) -> bool:
        """An element that answers no press of this line and tells nobody who has the keyboard. Is its page listed?"""
        if raw.why in _ENDING:
            self._values.ended(raw.mono_ns)
        over = dom.tab, dom.frame
        why, rule = self._judged(dom.app, raw.url, dom.top, dom.tab)
        why = why or self.forged(dom) or ("" if raw.found else fields.NO_TREE)
        if why or rule is None:
            self._line.drop(why, over)
            return False
        is_secret = self._scene.secret(raw)
        filled = (dom.tab, dom.frame, dom.node) if is_secret and raw.why == "input" else None
        if filled and filled == self._secret:
            self._line.drop(fields.PASSWORD, over)  # how often somebody rested in it tells of its length
            return True
        self._secret = filled
        self.tells(dom.app, dom.tab, raw)
        make = partial(self.described, raw, dom, rule, is_secret=is_secret)
        if self._values.typed(raw, dom):
            self._line.later(make, raw.mono_ns)
        else:
            self._line.say(make())
        return True

    def acted(self, raw: RawElement) -> None:
        """What an agent did to an element, of a page or of a desktop program; each act is whole when it is told."""
        self._values.ended(raw.mono_ns)
        dom = raw.dom
        if dom is None:
            self._line.drop(fields.NO_TREE)
            return
        program = self._scene.contexts.app(dom.app)
        if program.browser or dom.top:
            self.element(raw, dom)
            return
        scene = self._scene
        closed = contexts.LOCKED if scene.locked else contexts.PAUSED if scene.paused else program.reason
        if closed or not raw.found:
            self._line.drop(closed or fields.NO_TREE, dom.app)
            return
        is_secret = scene.secret(raw)
        make = partial(self.described, raw, dom, None, is_secret=is_secret)
        if self._values.typed(raw, dom):
            self._line.later(make, raw.mono_ns)
        else:
            self._line.say(make())

    def page(self, raw: RawPage) -> None:
        if raw.what in ("loaded", "moved", "left"):
            self._values.ended(raw.mono_ns)
        if raw.what == "loaded":
            self._scene.loaded(raw.tab, raw.frame)
        self._titled(raw)
        why, rule = self._judged(raw.app, raw.url, raw.top or raw.url, raw.tab)
        was_told = self._scene.heard.get(raw.app, set[int]())
        if raw.what == "tab closed" or (raw.what == "left" and not raw.frame):
            self._private.discard(raw.tab)
            self.silent(raw.app, raw.tab, raw)
        if why == contexts.ANOTHER_SITE and not raw.url:
            # That a tab is gone, or the browser, says nothing of a page; but only what was told before can go.
            gone = (raw.what == "tab closed" and raw.tab in self._tabs) or (raw.what == "window left" and was_told)
            why = "" if gone else why
        if why:
            self._line.drop(why, raw.tab, done=False)
            return
        if rule is not None and raw.what in ("loaded", "moved"):
            self.tells(raw.app, raw.tab, raw)
        words = self._words.of(rule)
        at = page(rule.origin, raw.url, words.words) if rule is not None else NO_PAGE
        title = self._title(raw, rule, words)
        by = ("text.page.public" if words.public else "text.page") if title else "actions.page"
        whole = raw.what in ("loaded", "moved", "left")
        numbers = self._tab(raw.tab), self._frame(raw.tab, raw.frame) if whole else 0
        self._line.say(Page(raw.server_ms, raw.mono_ns, by, raw.what, *numbers, at.origin, at.path, title))

    def snapshot(self, raw: RawSnapshot) -> None:
        made = self.listed(raw)
        if isinstance(made, str):
            self._line.drop(made, raw.tab, done=False)
        else:
            self._line.later(made, raw.mono_ns)

    def listed(self, raw: RawSnapshot) -> Callable[[], Snapshot] | str:
        """What makes the list as it may be kept; or why it may not be."""
        why, rule = self._judged(raw.app, raw.url, raw.top, raw.tab)
        why = why or self._scene.pictures()
        if why or rule is None:
            return why
        return partial(self._listed, raw, rule, (self._tab(raw.tab), self._frame(raw.tab, raw.frame)))

    def ended(self, mono_ns: int) -> None:
        """A press, Enter or Tab: what was typed until then is whole."""
        self._values.ended(mono_ns)

    # ---- what is asked for an element that answers a press, or has the keyboard

    def forged(self, dom: RawDom) -> str:
        """Why nothing a script did is kept, or ""."""
        return "" if dom.trusted or self._scripted else SCRIPTED

    def described(self, raw: RawElement, dom: RawDom, rule: SiteRule | None, *, is_secret: bool) -> Element:
        """The element as it may be written; its place is judged already. rule: of its page; None in no page."""
        words, bare = self._words.of(rule), is_secret or dom.masked
        others = self._others(raw, dom, words, raw.role)
        at = page(rule.origin, raw.url, words.words) if rule is not None else NO_PAGE
        plain = fields.kept(raw, at, words, is_secret=is_secret, others=others)
        by, name = (plain.by, plain.name) if is_secret or not dom.masked else ("actions.element.masked", "")
        value = ""
        if dom.value and not bare:
            theirs = self._others(raw, dom, words, "list item", ("list item", 0)) if fields.chosen(raw) else others
            value, of_text = self._values.kept(raw, dom, self._streams(dom.app, rule), words, others=theirs)
            by = ("text.element.public" if words.public else "text.element") if of_text else by
        return msgspec.structs.replace(
            plain,
            by=by, name=name, source="browser" if rule is not None else "desktop", aria=aria.role(dom.aria),
            tag=aria.tag(dom.tag),
            selectors=_selectors(raw, dom, words, others=others, bare=bare),
            area=tuple(map(_bounded, dom.area)), value=value, holds="" if bare else aria.holds(dom.holds),
            times=max(0, min(dom.times, 9)), tab=self._tab(dom.tab), frame=self._frame(dom.tab, dom.frame),
            node=_bounded(dom.node), injected=not dom.trusted, x=_bounded(raw.x), y=_bounded(raw.y),
            w=_bounded(raw.w), h=_bounded(raw.h), frames=tuple(min(max(one, 0), 999) for one in dom.frames[:10]),
            actor=raw.actor, verb=runs.verb(raw.verb), step=runs.step(raw.step),
        )  # fmt: skip

    def tells(self, app: str, tab: int, raw: Raw) -> None:
        """From now on the extension tells what this program's fields hold."""
        heard = self._scene.heard.setdefault(app, set())
        if tab in heard or len(heard) > _MOST:
            return
        heard.add(tab)
        if len(heard) == 1:
            self._writing.look(self._scene.text(), raw)

    def silent(self, app: str, tab: int, raw: Raw) -> None:
        """The extension says nothing more of this tab."""
        heard = self._scene.heard.get(app)
        if heard and tab in heard:
            heard.discard(tab)
            if not heard:
                self._writing.look(self._scene.text(), raw)

    # ---- its own

    def _judged(self, app: str, url: str, top: str, tab: int) -> tuple[str, SiteRule | None]:
        """Why nothing may be kept of a frame, and if something may, the rule of its site with the streams of both."""
        scene = self._scene
        if scene.locked or scene.paused:
            return (contexts.LOCKED if scene.locked else contexts.PAUSED), None
        program = scene.contexts.app(app)
        if program.reason or not program.browser:
            return program.reason or contexts.ANOTHER_APP, None
        front = scene.windows.get(scene.focus)
        if front is not None and front.name == app and front.reason:
            return front.reason, None  # it may be the very window this is in
        rule = scene.contexts.within(url, top) if tab not in self._private else None
        return ("", rule) if rule is not None else (contexts.ANOTHER_SITE, None)

    def _streams(self, app: str, rule: SiteRule | None) -> frozenset[Stream]:
        streams = self._scene.contexts.app(app).streams
        return streams & frozenset(rule.streams) if rule is not None else streams

    def _others(self, raw: RawElement, dom: RawDom, words: Cleaner, role: str, *more: tuple[str, int]) -> bool:
        if words.public:
            return False
        path = (*raw.path, (raw.role, 0), *more)  # whether or not it ends with the element itself
        states = raw.states if role == raw.role else ()
        return any(others_words(role, path, dom.app, url, states) for url in {raw.url, dom.top})

    def _titled(self, raw: RawPage) -> None:
        """A tab's title may tell of a private context, as a window's may."""
        if raw.frame or not (raw.title or raw.what == "loaded"):
            return
        rule = self._scene.contexts.site(raw.url) if raw.url else None
        if self._scene.contexts.telling(raw.app, raw.title, browser=True, page=rule):
            if len(self._private) < _MOST:
                self._private.add(raw.tab)
        else:
            self._private.discard(raw.tab)

    def _title(self, raw: RawPage, rule: SiteRule | None, words: Cleaner) -> str:
        if rule is None or not raw.title or "text" not in self._streams(raw.app, rule):
            return ""
        if not words.public and any(correspondence(raw.app, url) for url in (raw.url, raw.top)):
            return ""
        return words.shown(raw.title) if words.clears(raw.title, At("element")) else ""

    def _listed(self, raw: RawSnapshot, rule: SiteRule, numbers: tuple[int, int]) -> Snapshot:
        words = self._words.of(rule)
        at = page(rule.origin, raw.url, words.words)
        bounds = _bounded(raw.observer), _bounded(raw.x), _bounded(raw.y), _bounded(raw.w), _bounded(raw.h)
        scale = raw.scale if 0 < raw.scale < _MOST_SCALE else 1.0
        more = _bounded(max(0, raw.more))
        by = "actions.snapshot.public" if words.public else "actions.snapshot"
        return Snapshot(
            raw.server_ms, raw.mono_ns, by, raw.why, *numbers, at.origin, at.path, *bounds, scale,
            *list_of(raw, words), more,
        )  # fmt: skip

    def _tab(self, tab: int) -> int:
        return self._tabs.setdefault(tab, len(self._tabs) + 1) if len(self._tabs) < _MOST else self._tabs.get(tab, 0)

    def _frame(self, tab: int, frame: int) -> int:
        frames, at = self._frames, (tab, frame)
        return frames.setdefault(at, len(frames) + 1) if len(frames) < _MOST else frames.get(at, 0)


def _selectors(raw: RawElement, dom: RawDom, words: Cleaner, *, others: bool, bare: bool) -> tuple[str, ...]:
    def clears(text: str) -> bool:
        named = words.public or not (others or raw.role not in fields.NAMED)
        return named and words.clears(text, At("element", role=raw.role))

    if words.public and not bare:
        return selectors.as_they_stand(dom.selectors, clears)
    return selectors.kept(dom.selectors, words.words, clears, bare=bare)


def _bounded(number: int) -> int:
    return max(-_MOST_NUMBER, min(number, _MOST_NUMBER))
