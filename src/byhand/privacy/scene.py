"""What the guard knows of the desktop: windows, the focus, the field in focus, locks and grabs.

Rules of this module: what is not known counts as the worst. It remembers what it was told and judges by `rules`; it
never keeps an event and never holds what was typed.

A verdict on keys is a list of rules, each `(scene) -> reason`, the first reason wins, "" lets through:

    KEY_RULES    lock, pause, program, site: they drop every key, and the time without any is a gap
    TEXT_RULES   those, then grab and field: they withhold only the keys that bear text
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from byhand.consent.grant import Grant
from byhand.consent.policy import Policy, SiteRule, Stream
from byhand.events.raw import RawElement, RawWindow
from byhand.privacy.rules import contexts, fields
from byhand.privacy.rules.contexts import ANOTHER_APP, ANOTHER_SITE, App, Contexts, is_private
from byhand.privacy.typed.where import Where

_FRESH_NS = 500_000_000
_MOST_WINDOWS = 2_000
_MOST_SECRETS = 4_096
_MOST_LABEL = 200

Place = tuple[object, ...]


class Verdict(NamedTuple):
    """reason: why nothing is kept, "" if something is. open: the next word of accessibility may still change it."""

    reason: str
    open: bool


class Field(NamedTuple):
    """The element that has the keyboard in a window. text, site: reasons; place: see `fields.place`. typed: one types
    into it.
    """

    text: str
    site: str
    place: Place
    leaves_on_tab: bool
    role: str = ""
    label: str = ""
    typed: bool = False


@dataclass(slots=True)
class Known:
    """A top-level window. `number` names it in this recording, 0 while nothing of it was kept.

    private: a browser's private window. telling: its title tells of a private context.

    field: None while nobody knows. before: what it was until a press or Tab made that unknown. returns: it may be that
    again. unsettled_ns: when that press or Tab was; a word from before it no longer counts.
    """

    app: App
    name: str
    title: str
    private: bool
    telling: bool
    own: bool
    number: int = 0
    page: SiteRule | None = None
    field: Field | None = None
    field_ns: int = 0
    before: Field | None = None
    returns: bool = False
    unsettled_ns: int = 0

    @property
    def reason(self) -> str:
        if self.own:
            return contexts.OURS
        if self.app.reason or not (self.private or self.telling):
            return self.app.reason
        # In a browser it is one of all the pages that are not listed; a listed program has no crowd to hide in.
        return ANOTHER_SITE if self.app.browser else contexts.PRIVATE

    @property
    def streams(self) -> frozenset[Stream]:
        """What may be kept of what it shows; of a page, what its site allows too."""
        if not self.app.browser:
            return self.app.streams
        return self.app.streams & frozenset(self.page.streams if self.page else ("actions",))


class Scene:
    """See the module. `own`: ids of Byhand's windows."""

    def __init__(self, policy: Policy, grant: Grant, own: frozenset[int]) -> None:
        self.contexts = Contexts(policy, grant)
        self.windows: dict[int, Known] = {}
        self.focus = 0
        self.locked = self.grabbed = self.paused = False
        self._own = own
        self._numbers = 0
        self._grabs = 0
        self.heard: dict[str, set[int]] = {}  # program -> tabs whose fields a browser's extension tells of
        self._secrets: dict[Place, None] = {}
        self._sharing: set[int] = set()

    # ---- what it is told

    def learn(self, raw: RawWindow) -> Known | None:
        """A window appeared, changed or has the focus; None for the window that is none."""
        if raw.change == "closed":
            gone = self.windows.pop(raw.window, None)
            self._sharing.discard(raw.window)
            if raw.window == self.focus:
                self.focus = 0
            return gone
        known = self.windows.get(raw.window)
        if raw.window:
            app = self.contexts.app(raw.app) if raw.app or known is None else known.app
            private = app.browser and is_private(raw.title)
            if known is None or known.app != app:
                name = raw.app or (known.name if known else "")
                known = Known(app, name, raw.title, private, telling=True, own=raw.window in self._own)
                self._remember(raw.window, known)
            else:
                # A private window stays private: no browser turns one into another.
                known.title, known.private, known.telling = raw.title, known.private or private, True
            # It counted as telling until here: a rule that breaks leaves it so.
            known.telling = self._telling(known, raw.title)
            self._hear_of_sharing(raw.window, known)
        if raw.change == "focus" and raw.window != self.focus:
            self.focus = raw.window
            # Its element may have been told just before the window itself; an older word no longer counts.
            if known is not None and raw.mono_ns - known.field_ns > _FRESH_NS:
                known.field = known.before = None
        return known

    def look(self, raw: RawElement) -> tuple[Known | None, bool]:
        """An element was described. Returns its window, and whether it is a secret field."""
        known = self.windows.get(raw.window or self.focus)
        if known is None:
            return None, True
        if known.app.browser and is_private(raw.frame):
            known.private = True
        rule = self.site(raw)
        if known.app.browser and _in_page(raw):
            known.page = rule
            known.telling = self._telling(known, known.title)
        if raw.frame and raw.window not in (0, self.focus):
            # Only the focused window's title is followed; of others this is the newest word.
            known.telling = known.telling or self._telling(known, raw.frame)
        secret = raw.found and self.secret(raw)
        if raw.mono_ns < known.unsettled_ns:
            return known, secret  # a slow answer: the keyboard may have moved on since
        if raw.why == "focus" or (raw.found and (secret or raw.role in fields.INPUTS or "editable" in raw.states)):
            known.field = self._field(raw, known, rule, secret=secret)
            known.field_ns, known.before = raw.mono_ns, None
        elif raw.found and known.field is None and known.returns:
            # The press was on something one does not type into: the keyboard stays where it was.
            known.field, known.before = known.before, None
        return known, secret

    def pressed(self, window: int, mono_ns: int) -> None:
        """A press may move the keyboard: until accessibility says where, nobody knows who gets the next key."""
        if window == self.focus:
            self._unsettle(mono_ns, returns=True)

    def tabbed(self, mono_ns: int) -> None:
        """Tab was struck: it moves the keyboard, unless it is a character there."""
        known = self.windows.get(self.focus)
        if known and (known.field is None or known.field.leaves_on_tab):
            self._unsettle(mono_ns, returns=False)

    def loaded(self, tab: int, frame: int) -> None:
        """Another document is there: its elements are numbered anew."""
        for at in [at for at in self._secrets if at[:3] == ("page", tab, frame)]:
            del self._secrets[at]

    def grab(self, active: bool) -> None:
        self.grabbed = active
        self._grabs += active

    def blind(self) -> None:
        """Something was missed: who has the keyboard is unknown until we are told again."""
        self.focus = 0
        if self.paused:
            self._sharing.clear()  # whoever starts to look again says first which windows there are
        for known in self.windows.values():
            known.field = known.before = known.page = None

    def number(self, known: Known) -> int:
        """The window's number in this recording, given when first needed."""
        if not known.number:
            self._numbers += 1
            known.number = self._numbers
        return known.number

    def name(self, window: int) -> str:
        """Of its program; "" of a window that nobody knows."""
        known = self.windows.get(window)
        return known.name if known else ""

    def hush(self, origins: frozenset[str]) -> None:
        """Which pages are hushed has changed: what every browser shows is unknown until we are told again."""
        self.contexts.hush(origins)
        for known in self.windows.values():
            if known.app.browser:
                known.field = known.before = known.page = None

    # ---- what it judges

    def site(self, raw: RawElement) -> SiteRule | None:
        """The rule of the page an element lies in, if it may be kept; of a frame its tab's page must be one, too."""
        if not raw.found or not raw.url:
            return None
        return self.contexts.site(raw.url) if raw.dom is None else self.contexts.within(raw.url, raw.dom.top)

    def secret(self, raw: RawElement) -> bool:
        """Is it a secret field, or was it ever one?"""
        if raw.dom is not None:
            at: Place = ("page", raw.dom.tab, raw.dom.frame, raw.dom.node)
        else:
            at = (*fields.place(raw), "" if raw.path else raw.name[:200])
        if at in self._secrets:
            return True
        if not fields.secret(raw):
            return False
        if len(self._secrets) >= _MOST_SECRETS:
            del self._secrets[next(iter(self._secrets))]
        self._secrets[at] = None
        return True

    def keys(self) -> str:
        """Why no key at all may be kept now, or ""."""
        return next((reason for rule in KEY_RULES if (reason := rule(self))), "")

    def text(self) -> Verdict:
        """May a key that bears text be kept as one of its class?"""
        known = self.windows.get(self.focus)
        reason = next((reason for rule in TEXT_RULES if (reason := rule(self))), "")
        waits = known is not None and known.field is None and reason in (ANOTHER_SITE, fields.NO_TREE)
        return Verdict(reason, open=waits)

    def where(self) -> Where | None:
        """The field that has the keyboard, if what is typed into it may be kept as text."""
        known = self.windows.get(self.focus)
        if known is None or known.field is None or "text" not in known.streams or self.text().reason:
            return None
        if self.heard.get(known.name):
            return None  # the extension tells what its fields hold: from the keys it would be told twice
        field = known.field
        if not field.typed:
            return None  # keys are commands there: J for the next message
        timing, lines = "timing" in known.streams, not field.leaves_on_tab
        at = self.number(known), known.name, field.role, field.label
        return Where(field.place, *at, timing=timing, lines=lines, terminal=field.role == "terminal")

    def run(self) -> Place:
        """What makes two withheld keys one run: the same field of the same window in the same grab."""
        known = self.windows.get(self.focus)
        return (self.focus, known.field.place if known and known.field else (), self._grabs)

    def pictures(self) -> str:
        """Why no picture and no wireframe of any window may be kept now, or ""."""
        return contexts.PRIVATE if self._sharing else ""

    def under(self, window: int) -> str:
        """Why nothing of the pointer over this window may be kept, or "". A page's site is judged apart."""
        if self.locked or self.paused:
            return contexts.LOCKED if self.locked else contexts.PAUSED
        known = self.windows.get(window)
        return ANOTHER_APP if known is None else known.reason

    def over_page(self, window: int) -> str:
        """The same where no element tells what is under the pointer: then the page must be a listed one."""
        reason = self.under(window)
        if not reason and (known := self.windows[window]).app.browser and known.page is None:
            return ANOTHER_SITE
        return reason

    # ---- its own

    def _telling(self, known: Known, title: str) -> bool:
        if known.app.reason or known.own:
            return False  # nothing is kept of it anyway
        return self.contexts.telling(known.name, title, browser=known.app.browser, page=known.page)

    def _hear_of_sharing(self, window: int, known: Known) -> None:
        if not known.own and self.contexts.sharing(known.name, known.title):
            if len(self._sharing) < _MOST_WINDOWS:
                self._sharing.add(window)
        else:
            self._sharing.discard(window)

    def _unsettle(self, mono_ns: int, *, returns: bool) -> None:
        known = self.windows.get(self.focus)
        if known is None:
            return
        known.unsettled_ns = mono_ns
        if known.field is not None:
            known.before, known.field, known.returns = known.field, None, returns
        else:
            known.returns = known.returns and returns

    def _remember(self, window: int, known: Known) -> None:
        if len(self.windows) >= _MOST_WINDOWS:
            oldest = next(number for number in self.windows if number != self.focus)
            del self.windows[oldest]
        self.windows[window] = known

    def _field(self, raw: RawElement, known: Known, rule: SiteRule | None, *, secret: bool) -> Field:
        # Elements of a browser that lie in no page are its own: the address bar, a menu.
        elsewhere = known.app.browser and rule is None and _in_page(raw)
        site = ANOTHER_SITE if elsewhere else ""
        if not raw.found:
            return Field(fields.NO_TREE, site, (), leaves_on_tab=False)
        typed = raw.role in fields.INPUTS or "editable" in raw.states
        leaves, label = fields.leaves_on_tab(raw), raw.name[:_MOST_LABEL]
        return Field(fields.PASSWORD if secret else "", site, fields.place(raw), leaves, raw.role, label, typed)


def _in_page(raw: RawElement) -> bool:
    """Does it lie in a page, or may it? Elements of a browser that lie in none are its own."""
    return bool(raw.url) or not raw.found or raw.dom is not None


# ---- the rules

Rule = Callable[[Scene], str]


def _lock(scene: Scene) -> str:
    return contexts.LOCKED if scene.locked else ""


def _pause(scene: Scene) -> str:
    return contexts.PAUSED if scene.paused else ""


def _program(scene: Scene) -> str:
    known = scene.windows.get(scene.focus)
    return ANOTHER_APP if known is None else known.reason


def _site(scene: Scene) -> str:
    known = scene.windows.get(scene.focus)
    if known is None or not known.app.browser:
        return ""
    field = known.field or known.before
    return ANOTHER_SITE if field is None else field.site


def _grab(scene: Scene) -> str:
    return contexts.GRABBED if scene.grabbed else ""


def _field(scene: Scene) -> str:
    known = scene.windows.get(scene.focus)
    return fields.NO_TREE if known is None or known.field is None else known.field.text


KEY_RULES: tuple[Rule, ...] = (_lock, _pause, _program, _site)
TEXT_RULES: tuple[Rule, ...] = (*KEY_RULES, _grab, _field)
