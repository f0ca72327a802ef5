"""What is around every page: the bar, the ways to go, what is said and what lies over it; and the few plain pages.

Rules of this module: a page is a value drawn from a look; each control is reached by role and name, and by keyboard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from byhand.evals.office.look import Look
from byhand.evals.office.markup import Html, Part

MARK = Html(
    '<svg viewBox="0 0 24 24" aria-hidden="true"><rect x="2" y="2" width="20" height="20" rx="6"/>'
    '<path d="M7 8h10M7 12h10M7 16h6"/></svg>'
)

_VIEWPORT = Html('<meta name="viewport" content="width=device-width">')


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of the act before it: a text, and where to undo it."""

    text: str = ""
    undo: str = ""


class Frame:
    """Draws around one app as it now looks.

    Args:
        look: its drifts and words.
        person: who is there; "" for nobody.
        said: what happened just before.
        over: a dialog lies over every page.
    """

    def __init__(self, look: Look, person: str = "", said: Said | None = None, *, over: bool = False) -> None:
        self.look, self.person, self.said, self.over = look, person, said or Said(), over
        self.h, self.say = look.h, look.say
        self._here = ""  # the list a button stands in, to come back to

    def who(self, to: str, *, ended: bool) -> Html:
        h, say = self.h, self.say
        people = [
            h("form", h("input", type="hidden", name="_person", value=name),
              h("input", type="hidden", name="_to", value=to),
              h("button", say("Continue as {name}").format(name=name), type="submit", class_="person"),
              method="post", action="/continue")
            for name in self.look.app.people
        ]  # fmt: skip
        title = say("Your session has ended") if ended else say("Who are you?")
        return self.whole(title, h("div", h("h1", title), people, class_="sheet form narrow"))

    def prose(self, title: str, parts: Sequence[tuple[str, str]]) -> Html:
        h, say = self.h, self.say
        body = [[h("h2", say(head)), h("p", say(text))] for head, text in parts]
        return self.whole(
            say(title), h("header", h("h1", say(title)), class_="top"), h("div", body, class_="sheet prose")
        )

    def trouble(self, text: str, *, again: bool = False) -> Html:
        h = self.h
        reload = h("meta", http_equiv="refresh", content="1") if again else None
        return self.whole(
            self.say(text), h("div", h("h1", self.say(text)), role="alert", class_="sheet form narrow"), head=reload
        )

    def whole(self, title: str, *parts: Part, head: Part = None) -> Html:
        h, say, drifts = self.h, self.say, self.look.drifts
        app = self.look.app
        links = [h("a", say(one.many), href=f"/{one.name}") for one in app.collections]
        links += [h("a", say(heading), href=f"/{name}") for name, heading, _ in app.prose]
        same = "?ids" if "IDS" in drifts else ""  # a browser may keep either
        said = self.said
        undo = (
            h("form", h("button", say("Undo"), type="submit"), method="post", action=said.undo) if said.undo else None
        )
        banner = (
            h("p", say("Maintenance on Sunday from 02:00 to 04:00."), class_="banner") if "BANNER" in drifts else None
        )
        nav = h("nav", links if self.person else None, aria_label=say("Main"), class_="side")
        bar = h(
            "header",
            h("span", MARK, class_="mark"),
            h("span", app.title, class_="brand"),
            h("span", self.person, class_="who"),
            banner,
            class_="bar",
        )
        main = h(
            "main", h("div", h("span", said.text), undo, role="status", class_="said") if said.text else None, parts,
            id="main",
        )  # fmt: skip
        return Html("<!doctype html>" + h(
            "html",
            h("head", h("meta", charset="utf-8"), _VIEWPORT, head,
              h("title", f"{title} · {app.title}"), h("link", rel="stylesheet", href=f"/_office.css{same}"),
              h("link", rel="icon", href="data:,"), h("script", "", src="/_office.js", defer=True)),
            h("body", bar, h("div", nav, main, class_="frame", inert=self.over), self._over(), self._interrupts(),
              data_theme="other" if "THEME" in drifts else "own", data_app=app.name,
              data_layout="other" if "LAYOUT" in drifts else "own"),
            lang=self.look.locale,
        ))  # fmt: skip

    def _over(self) -> Part:
        h, say = self.h, self.say
        if not self.over:
            return None
        buttons = [
            h(
                "button",
                say(answer),
                type="submit",
                name="_answer",
                value=answer,
                class_="primary" if answer == "Accept" else "",
            )
            for answer in ("Decline", "Accept")
        ]
        return h(
            "div",
            h("form", h("h2", say("We are updating our terms"), id="over-title"),
              h("p", say("Do you accept the new terms for your company?")), h("div", buttons, class_="buttons"),
              method="post", action="/_answer", role="dialog", aria_modal="true", aria_labelledby="over-title"),
            class_="over", data_over=True,
        )  # fmt: skip

    def _note(self) -> Part:
        if "MEANING" not in self.look.drifts:
            return None
        return self.h("p", self.say(self.look.app.more[0]), role="note", class_="note")

    def _button(self, label: str, at: str) -> Html:
        h = self.h
        back = h("input", type="hidden", name="_back", value=self._here) if self._here else None
        return h("form", back, h("button", label, type="submit"), method="post", action=at, class_="one")

    def _interrupts(self) -> Part:
        """POPUP_TYPING: the dialog that `office.js` puts on the page once something is being typed."""
        h, say = self.h, self.say
        if not self.person or "POPUP_TYPING" not in self.look.drifts:
            return None
        dialog = h(
            "div",
            h("form", h("h2", say("How do you like it so far?"), id="opinion-title"),
              h("div", h("label", say("Your opinion"), for_="opinion"),
                h("input", type="text", id="opinion", name="_typed"), class_="row"),
              h("div", h("button", say("Send"), type="submit", class_="primary"), class_="buttons"),
              method="post", action="/_answer", role="dialog", aria_modal="true", aria_labelledby="opinion-title"),
            class_="over",
        )  # fmt: skip
        return h("template", dialog, data_interrupts=True)
