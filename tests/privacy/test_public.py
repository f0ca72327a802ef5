"""Promises of public sites: what stands there is kept as it stands, and what is a secret is not kept there either."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec
import pytest

from byhand.evals.canaries.values import MAKERS, Canary
from byhand.events.kinds import Element, Page, Snapshot
from byhand.events.raw import Raw
from byhand.privacy.second_look import look
from byhand.privacy.text.detect.union import detectors
from byhand.review.looking import finder
from byhand.review.looking import look as look_over
from tests.privacy.browser import kept, node, only, page, snapshot, told
from tests.privacy.rig import POLICY

ORIGIN = "http://127.0.0.1:8123"
HERE = f"{ORIGIN}/miniwob/task.html"
THERE = "https://work.example.org/miniwob/task.html"
PUBLIC = f"""{POLICY}
[[sites]]
origin = "{ORIGIN}"
UNSAFE_public = true
[[redact]]
name = "own"
kind = "OWN"
pattern = 'NW-[0-9]+'
"""
SECRETS = {
    "card", "iban", "jwt", "private key", "database url", "routing number", "aws key", "github token", "slack token",
    "stripe key", "openai key", "password", "google key",
}  # fmt: skip
"""Of the thirty kinds of canaries, those that are secrets whosever they are."""
MADE_UP = "@yol is Yolanda Vx of 14 Elm Road, (555) 018-4432, write to yol@vx.net"
BOTH = ("text",)


def public(*raws: Raw, streams: tuple[str, ...] = BOTH) -> list[object]:
    return list(kept(*raws, streams=streams, policy=PUBLIC))


def listed(*nodes: object, url: str = HERE, **more: object) -> Snapshot:
    events = kept(snapshot(1, *nodes, url=url, **more), streams=("actions",), policy=PUBLIC)  # pyright: ignore[reportArgumentType]
    (seen,) = (event for event in events if isinstance(event, Snapshot))
    return seen


def test_names_and_texts_of_a_public_page_stand_in_its_list():
    """Whatever they say, whatever their element is, whosever they look like; elsewhere none of them does."""
    nodes = (
        node(1, "article"), node(2, "text", MADE_UP, 0, w=37), node(3, "paragraph", "Kwai zorp", 0),
        node(4, "textbox", "user_name", 0, states=("read only",)), node(5, "generic", "x", 0),
    )  # fmt: skip
    seen = listed(*nodes)
    assert seen.names == ("", MADE_UP, "Kwai zorp", "user_name", "x")
    assert (seen.places[6], seen.by) == (37, "actions.snapshot.public")
    elsewhere = listed(*nodes, url=THERE)
    assert (elsewhere.names, elsewhere.by) == (("",) * 5, "actions.snapshot")


def test_what_was_used_there_is_called_what_it_is_called():
    """Name, selectors and what was chosen."""
    element = only(
        told(1, "press", "section", MADE_UP, url=HERE, selectors=("#jane-4711", f"text/{MADE_UP}")), policy=PUBLIC
    )
    assert (element.name, element.by) == (MADE_UP, "actions.element.public")
    assert element.selectors == ("#jane-4711", f"text/{MADE_UP}")
    chosen = only(told(1, "change", "combo box", "Who", url=HERE, value="Yolanda Vx"), streams=(), policy=PUBLIC)
    assert chosen.value == "Yolanda Vx"


def test_text_is_kept_as_it_was_typed_and_only_where_text_is_granted():
    """Also figures in field after field. A title is text, too."""
    fields = [
        told(at, "input", "entry", "Field", url=HERE, node=at, value=value)
        for at, value in enumerate((MADE_UP, "12", "4711", "x"), 1)
    ]
    raws = [page(0.5, url=HERE, title="Yolanda's page"), *fields]
    events = public(*raws)
    assert [event.value for event in events if isinstance(event, Element)] == [MADE_UP, "12", "4711", "x"]
    assert {event.by for event in events if isinstance(event, Element)} == {"text.element.public"}
    assert [(event.title, event.by) for event in events if isinstance(event, Page)] == [
        ("Yolanda's page", "text.page.public")
    ]
    bare = public(*raws, streams=("actions",))
    assert {event.value for event in bare if isinstance(event, Element)} == {""}
    assert {event.title for event in bare if isinstance(event, Page)} == {""}


def test_secret_fields_hidden_elements_and_what_was_typed_into_a_page_are_as_anywhere():
    """Withheld and without a name; what lies in a text field is in no list."""
    seen = listed(
        node(1, "textbox", "canary", secret=True, holds="4 characters"), node(2, "textbox", "Password", holds="on"),
        node(3, "text", "canary", masked=True), node(4, "textbox", "Note"), node(5, "text", "canary", 3),
    )  # fmt: skip
    assert (seen.names, seen.holds, seen.nodes) == (("", "", "", "Note"), ("",) * 4, (1, 2, 3, 4))
    more: dict[str, Any]
    for more in ({"secret": True}, {"masked": True}):
        element = only(
            told(1, "input", "entry", "canary", url=HERE, value="canary", selectors=("#canary",), **more),
            policy=PUBLIC,
        )
        assert "canary" not in msgspec.json.encode(element).decode()


def canaries() -> list[Canary]:
    made = [make(Random(f"{number} {turn}")) for number, make in enumerate(MAKERS) for turn in range(3)]
    return [one for one in made if one.kind in SECRETS]


@pytest.mark.parametrize("canary", canaries(), ids=lambda one: one.kind)
def test_no_planted_secret_comes_out_of_a_public_page(canary: Canary):
    """Not by a name, a list, a field, an option, a selector, a title or an address; and the scanner that reads what is
    about to be sealed finds nothing more to take away.
    """
    text = " ".join(canary.text.split())
    raws = [
        page(1, url=f"{HERE}?q={canary.secret}", title=text),
        told(2, "press", "push button", text, url=HERE, node=2, selectors=(f"text/{text}", f"[name='{text}']")),
        told(3, "input", "entry", "Note", url=HERE, node=3, value=canary.text),
        told(4, "change", "combo box", "Kind", url=HERE, node=4, value=text),
        snapshot(5, node(1, "text", text), node(2, "button", f"Use {text}"), url=HERE),
    ]
    events = kept(*raws, policy=PUBLIC)
    assert len([event for event in events if isinstance(event, Element | Page | Snapshot)]) == 5
    assert canary.secret not in msgspec.json.encode(events).decode().replace("\\n", "\n")
    assert look(events, frozenset({ORIGIN})).found == 0


def test_what_the_policy_masks_is_masked_there_too():
    """It said so."""
    assert listed(node(1, "text", "Case NW-123"), node(2, "text", "Case 123")).names == ("", "Case 123")
    element = only(told(1, "input", "entry", "Note", url=HERE, value="see NW-123 and Bo"), policy=PUBLIC)
    assert element.value == "see <OWN> and Bo"


def test_a_frame_is_public_where_the_page_around_it_is():
    """Nobody knows what a real page shows in a frame of a public one's origin, and the other way round."""
    for url, top in ((HERE, THERE), (THERE, HERE)):
        seen = listed(node(1, "text", "Kwai zorp"), url=url, top=top)
        assert (seen.names, seen.by) == (("",), "actions.snapshot")
    assert listed(node(1, "text", "Kwai zorp"), url=f"{ORIGIN}/inner", top=HERE).names == ("Kwai zorp",)


def test_the_second_look_finds_secrets_there_and_no_persons():
    """What the guard should have kept back; addresses and numbers of made-up people stay. Elsewhere they don't."""
    (seen,) = (one for one in public(snapshot(1, node(1, "text", MADE_UP), url=HERE)) if isinstance(one, Snapshot))
    assert look([seen], frozenset({ORIGIN})).events == [seen]
    assert look([seen]).events == []
    for canary in canaries():
        slipped = msgspec.structs.replace(seen, names=(canary.text,))
        found = look([slipped], frozenset({ORIGIN})).events == []
        assert found or canary.kind == "routing number", canary.kind  # nine figures that only a checksum tells


def test_a_review_holds_nothing_made_up_against_a_recording():
    """It may be approved; a secret that got through is still found."""
    events = kept(snapshot(1, node(1, "text", MADE_UP), url=HERE), policy=PUBLIC)
    assert look_over(events, finder(detectors())) == []
    (seen,) = (one for one in events if isinstance(one, Snapshot))
    slipped = msgspec.structs.replace(seen, names=("password: Xk!9dkw2",))
    assert {hit.kind for hit in look_over([slipped], finder(detectors()))} == {"PASSWORD"}
    assert look_over([msgspec.structs.replace(seen, by="actions.snapshot")], finder(detectors()))
