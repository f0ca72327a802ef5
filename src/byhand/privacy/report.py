"""Why an event was kept, and what became of the rest, in words. `byhand why` and the review page read them out.

Rule of this module: every code and every reason the guard can give stands here; a test looks.
"""

from __future__ import annotations

from datetime import UTC, datetime

from byhand.consent.grant import Grant
from byhand.events.kinds import (
    AnyEvent,
    Button,
    Element,
    Frame,
    Header,
    Key,
    Mark,
    Motion,
    Page,
    Scroll,
    Snapshot,
    Text,
    Window,
    Wireframe,
)
from byhand.events.time import utc

RULES: dict[str, str] = {
    "actions.class": "a key that bears text: only its kind is kept, at a time drawn from how people type",
    "actions.key": "a key that moves, edits or ends: it is named, because it bears no text; its time is drawn",
    "actions.modifier": "a modifier key, named; its time is drawn",
    "actions.shortcut": "a shortcut: a key struck with Ctrl, Alt or Super held is an act, not text; its time is drawn",
    "actions.press": "a press or release of a mouse button over a listed program; its length is drawn",
    "actions.scroll": "a scroll over a listed program, and in a browser over a listed page",
    "actions.window": "a window of a listed program; its title was not asked for or not cleared",
    "actions.element": "what was used or got the focus; of its name every word is an everyday one, or it has none",
    "actions.element.masked": "what was used or got the focus; its name is not made of everyday words, or its "
    "page wants it hidden: not kept",
    "actions.element.others": "what was used or got the focus; what it says are other people's words: not kept",
    "actions.element.secret": "a field for a secret: that it is there, and nothing of it",
    "actions.element.public": "what was used or got the focus on a site that the policy calls public: its name as it "
    "stands, if it is no secret",
    "actions.page": "a page of a listed site: where it is, by its address's pattern; its title was not asked for or "
    "not cleared",
    "actions.snapshot": "a page of a listed site as a list of its elements, with the words the guard cleared",
    "actions.snapshot.public": "a page of a site that the policy calls public as a list of its elements, with all "
    "words but secrets",
    "text.element": "what happened in a page, with what its field holds; what was not cleared is a placeholder",
    "text.page": "a page of a listed site with its title, of which every word is an everyday one",
    "text.element.public": "what happened in a page of a site that the policy calls public, with what its field holds; "
    "what looks like a secret is a placeholder",
    "text.page.public": "a page of a site that the policy calls public, with its title",
    "text.title": "a window's title; what was not cleared is a placeholder",
    "timing.class": "a key that bears text: only its kind, but the exact time",
    "timing.key": "a key that moves, edits or ends, with its exact time",
    "timing.modifier": "a modifier key, with its exact time",
    "timing.shortcut": "a shortcut, with its exact time",
    "pointer.motion": "the path of the mouse over a listed program",
    "frames.tiles": "parts of the screen that changed: painted, but for controls and short labels that were cleared",
    "frames.looked": "parts of the screen that changed, of a program that tells no boxes: painted, but for what its "
    "pixels prove plain; seen up to 10 s before its time",
    "text.typed": "text you typed, corrections applied; what was not cleared is a placeholder",
    "text.pasted": "text that was pasted; what was not cleared is a placeholder",
    "text.value": "what a field held; what was not cleared is a placeholder",
    "actions.wireframe": "the boxes of the window and their roles, with the words the guard cleared; no pixels",
    "guard.gap": "a time of which nothing was kept; the mark stands at its end",
    "guard.withheld": "text was typed here and not kept; how much of it, nobody can tell",
    "driver.gap": "events were lost before the guard saw them",
    "person.mark": "something you said, or the recorder on your behalf",
    "run.mark": "what came of a row of a workflow's run, or that you took over: a word of a closed list",
    "mark.forgotten": "a time of which you erased what was kept",
    "review.cut": "a time you cut out while reviewing; it stays in your own recording",
    "review.painted": "a part of the screen you painted over while reviewing",
}
"""Code in an event's `by` -> what that rule says."""

REASONS: dict[str, str] = {
    "another app": "the keyboard or the pointer was in a program that the policy or the grant does not list",
    "another site": "the page was not on a listed site, or it or its window was private, or nobody could tell which",
    "lock screen": "the screen was locked",
    "private context": "something that is never kept: health, money, staff matters, a call, a password manager and the "
    "like. All of them have this one reason, so that it does not tell which",
    "paused": "the recording was paused",
    "byhand": "a window of Byhand itself",
    "made by a script": "a script of the page did it in your place, and the policy does not ask for that",
    "words of others": "what a field held was not typed there but read: other people's words",
    "password field": "a field for a password or another secret",
    "no accessibility tree": "the program does not tell what its fields are, so its text counts as secret",
    "keyboard grab": "another program held the whole keyboard",
    "no time to judge": "the recording ended, or too much came at once, before the field was known",
    "stream not granted": "you did not say yes to this stream",
    "second look": "a second, independent check found something private in it just before it was written",
    "text not cleared": "a text of which nothing could be kept: private, not judged in time, or all of it masked",
    "text not certain": "typed text that its keys do not tell for certain: undone, cut, or a secret came after",
    "text too long": "a pasted text or a field's content that is too long to be judged",
    "not looked through": "a picture of a program that tells no boxes, dropped: the one before was still looked "
    "through, or it took too long, or the scene was another by then",
    "guard failed": "a rule broke; what it judged was dropped",
    "lost": "events were lost on the way from the system",
    "lost in a browser": "events were lost on the way from a browser's extension; what the desktop tells is all there",
    "paused here": "you paused on this site, or never want anything of it kept",
    "computer slept": "the computer slept",
    "forgotten": "you erased it",
    "cut": "you cut it out while reviewing",
}
"""Reason of a gap, of withheld text, or in the tally of what was dropped -> what it means."""

_PURPOSES = {"mine": "your own use only", "train": "training models, once you share it"}


def explain(event: AnyEvent, header: Header, grant: Grant | None = None) -> list[str]:
    """Sentences that say under which grant and by which rules an event was kept.

    Args:
        event: as read back.
        header: of its recording.
        grant: the one the header names, where it is still there.
    """
    streams = ", ".join(header.streams)
    said = [f"kept under grant {header.grant}, for {_PURPOSES[header.purpose]}; streams: {streams}"]
    if grant is not None:
        days = f"{utc_day(grant.given)} to {utc_day(grant.expires)}"
        said.append(f"that grant holds from {days} and covers: {', '.join((*grant.apps, *grant.sites))}")
    said.append(f"rule {event.by}: {RULES.get(event.by, 'a rule of another version of this program')}")
    said += _more(event)
    if isinstance(event, Element) and event.actor == "agent":
        said.append("an agent did it in your place, not you")
    said.append(f"policy {header.policy_hash[:12]}, at {utc(header, event.mono_ns):%Y-%m-%d %H:%M:%S} UTC")
    return said


def reason(code: str) -> str:
    """What a reason means; the code itself if it is of another version."""
    return REASONS.get(code, code)


def _more(event: AnyEvent) -> list[str]:
    """What else is to be known of this very event."""
    match event:
        case Key(keysym="", cls=cls):
            return [f"which {cls} it was is not in the recording"]
        case Element(origin=origin) | Page(origin=origin) | Snapshot(origin=origin) if origin:
            said = [f"the page is on a listed site, {origin}; of its path only everyday words are kept"]
            return said + _of_page(event)
        case Mark(what="gap" | "withheld", reason=code) if code:
            return [f"reason: {reason(code)}"]
        case (
            Key() | Motion() | Button() | Scroll() | Window() | Element() | Frame() | Mark() | Text() | Wireframe()
            | Page() | Snapshot()
        ):  # fmt: skip
            return []


def _of_page(event: AnyEvent) -> list[str]:
    if not isinstance(event, Element) or event.source != "browser" or event.actor == "agent":
        return []
    said = ["the browser's extension told it; a selector is kept only if every word in it was cleared"]
    return [*said, "a script did it, not a person"] if event.injected else said


def utc_day(seconds: int) -> str:
    """A grant's time as a day."""
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y-%m-%d}"
