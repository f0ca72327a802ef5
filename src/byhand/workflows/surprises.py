"""What was not there when it was shown, and must not be passed over: each in one sentence. Pure.

Rules of this module: text on a page is data: it can make a run stop, and never makes it do anything. A sentence tells
names of controls, and no value.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from byhand.workflows.around import BOXES, DIALOGS, FIELDS, Around
from byhand.workflows.checks import state
from byhand.workflows.meanings import alike, says, tidy
from byhand.workflows.targets import Scope, family

Kind = Literal["in the way", "required", "session", "server", "busy", "refused", "changed"]
_SAID = frozenset({"alert", "heading", "status", "alertdialog"})
_REFUSED = frozenset({400, 409, 422})
_GROUPS = frozenset({"group", "radiogroup"})
_SERVER, _UNKNOWN, _BUSY = 500, 401, frozenset({429, 503})
_OUT = frozenset({401, 403})
_SIGN_IN = frozenset({
    "login", "log-in", "signin", "sign-in", "logon", "auth", "authorize", "oauth", "oauth2", "sso", "saml", "saml2",
    "cas", "anmelden", "anmeldung", "connexion", "accedi", "acceso", "inloggen",
})  # fmt: skip
"""Parts of addresses that pages to sign in at have."""


class Surprise(NamedTuple):
    """kind: of `Stop`, but "busy": it is only to be waited for."""

    kind: Kind
    reason: str


def of_page(around: Around) -> Surprise | None:
    """What the page as a whole is, where it is none to work on."""
    view = around.view
    if view.address.startswith("chrome-error:"):
        return Surprise("server", "the page can't be reached")
    said = [one.name for one in around.all if one.role in _SAID] + [view.title]
    if view.status in _BUSY or (_bare(around) and any(says(text, "busy") for text in said)):
        return Surprise("busy", "the server is busy")
    secret = any("secret" in one.states and one.role == "textbox" for one in around.all)
    if view.status == _UNKNOWN or (any(says(text, "session") for text in said) and (secret or _bare(around))):
        return Surprise("session", "the session has ended: the page asks to sign in")
    if view.status in _REFUSED:
        return refused(around) or Surprise("refused", "the page did not take what was filled in")
    if view.status >= _SERVER:
        return Surprise("server", "the server answered with an error")
    if any(one.role in ("alert", "alertdialog") and _trouble(around, at) for at, one in enumerate(around.all)):
        return Surprise("server", "the page says that something went wrong")
    return None


def signed_out(around: Around, start: str, *, fills: bool) -> bool:
    """Does a page that the start led to ask to sign in?

    Args:
        around: the page.
        start: the address that was opened.
        fills: the program fills in a secret itself, so that a field for one may be meant.
    """
    view = around.view
    if view.status in _OUT:
        return True
    page = of_page(around)
    if page is not None and page.kind == "session":
        return True
    if not fills and any("secret" in one.states and one.role in FIELDS for one in around.all):
        return True
    at, wanted = urlsplit(view.address), urlsplit(start)
    if not view.address.startswith(("http:", "https:")) or (at.netloc, at.path) == (wanted.netloc, wanted.path):
        return False
    elsewhere = not (at.netloc.endswith(wanted.netloc) or wanted.netloc.endswith(at.netloc))
    return elsewhere or any(part in _SIGN_IN for part in re.split(r"[/._]", at.path.casefold()))


def _bare(around: Around) -> bool:
    """Has it nothing to be filled in or read? Then its heading says all there is to it."""
    return not any(one.role in FIELDS or one.role in ("table", "grid", "row") for one in around.all)


def _trouble(around: Around, at: int) -> bool:
    return any(says(text, "trouble") for text in around.texts(at)) and not refusals(around)


def in_the_way(around: Around, scope: Scope, place: int = -1) -> Surprise | None:
    """A dialog that nothing of the program is in, over what is to be acted on."""
    for dialog in reversed(around.dialogs):
        if dialog == place or (place >= 0 and dialog in around.up(place)):
            return None
        one = around[dialog]
        focus = any("focused" in around[at].states for at in around.inside(dialog))
        if not ("modal" in one.states or one.role == "alertdialog" or one.tag == "dialog" or focus):
            continue
        names = {tidy(around[at].name) for at in around.inside(dialog) if around[at].name}
        if place < 0 and any(tidy(other.name) in names for other in scope.targets.values() if other.name):
            continue
        title = one.name or next((around[at].name for at in around.inside(dialog) if around[at].name), "")
        return Surprise(
            "in the way", f'a dialog lies over the page: "{title[:60]}"' if title else "a dialog lies over it"
        )
    return None


def required(around: Around, scope: Scope, place: int) -> Surprise | None:
    """A field of the same form that has to be filled in, is empty, and is none of the program's."""
    form = around.form(place)
    if form < 0:
        return None
    for at in around.inside(form):
        one = around[at]
        if "required" not in one.states or one.value or one.role not in FIELDS | BOXES | _GROUPS:
            continue
        chosen = one.role in _GROUPS and any(state(around[inner]) for inner in around.inside(at))
        if state(one) or "disabled" in one.states or chosen:
            continue
        mine = any(one.role in family(other.role) and _called(one.name, other.name) for other in scope.targets.values())
        if not mine:
            return Surprise("required", f'"{one.name[:60]}" must be filled in, and no step does')
    return None


def _called(name: str, other: str) -> bool:
    return bool(other) and alike(name, other)


def refusals(around: Around, inside: int = -1) -> list[str]:
    """Names of fields that the page marks as wrong."""
    places = around.inside(inside) if inside >= 0 else range(len(around.all))
    return [around[at].name for at in places if "invalid entry" in around[at].states]


def refused(around: Around) -> Surprise | None:
    """The page did not take what was given."""
    if names := refusals(around):
        told = ", ".join(f'"{name[:40]}"' for name in names[:3] if name)
        return Surprise("refused", f"the page did not take {told or 'what was filled in'}")
    return None


def other_effect(around: Around, known: frozenset[str] = frozenset()) -> Surprise | None:
    """A note that says that more happens now than it did.

    Args:
        around: the view.
        known: notes that stood there when it was shown.
    """
    for at, one in enumerate(around.all):
        if one.role in ("note", "alert", "alertdialog"):
            for text in around.texts(at):
                if text not in known and says(text, "newly"):
                    return Surprise("changed", "a note on the page says that more happens now than when it was shown")
    return None


def covers(around: Around, place: int) -> bool:
    """Does it lie in a dialog?"""
    return around.role(place, DIALOGS) >= 0
