"""Snapshots: a page's list of elements as it may be kept."""

from __future__ import annotations

from byhand.events.kinds import Snapshot
from byhand.events.raw import RawNode
from tests.privacy.browser import kept, node, snapshot


def listed(*nodes: RawNode) -> Snapshot:
    (seen,) = (e for e in kept(snapshot(1, *nodes), streams=("actions",)) if isinstance(e, Snapshot))
    return seen


def test_a_list_keeps_structure_and_cleared_words():
    """One column for each thing, parents before children, roles and tags only where a standard defines them."""
    seen = listed(
        node(1, "form", tag="form"), node(2, "button", "Save", 0, tag="button", states=("focusable", "canary")),
        node(3, "textbox", "Note", 0, tag="input", holds="12 characters"), node(4, "made-up", "Save", 0, tag="x-y"),
    )  # fmt: skip
    assert (seen.nodes, seen.parents, seen.roles) == ((1, 2, 3, 4), (-1, 0, 0, 0), ("form", "button", "textbox", ""))
    assert (seen.tags, seen.names) == (("form", "button", "input", ""), ("", "Save", "Note", ""))
    assert (seen.states, seen.holds) == (("", "focusable", "", ""), ("", "", "12 characters", ""))
    assert (seen.origin, seen.page, seen.by, seen.tab, seen.frame) == (
        "https://work.example.org", "/orders/{id}", "actions.snapshot", 1, 1,
    )  # fmt: skip


def test_what_an_author_calls_a_sign_is_judged_as_any_name():
    """A class can hold anybody's name: of what is no control nothing is kept, and of one only what was cleared."""
    seen = listed(
        node(1, "button", "close", states=("unnamed",)), node(2, "", "save", tag="i", states=("unnamed",)),
        node(3, "button", "canary", states=("unnamed",)),
    )  # fmt: skip
    assert seen.names == ("close", "", "")
    assert seen.states == ("unnamed",) * 3


def test_what_lies_in_a_text_field_is_left_out():
    """The paragraphs of what somebody wrote; the options of a dropdown stay. Parents count anew."""
    seen = listed(
        node(1, "textbox", "Note"), node(2, "paragraph", "canary", 0), node(3, "text", "Save", 1),
        node(4, "combobox", "Priority"), node(5, "option", "High contrast", 3),
        node(6, "generic", states=("editable",)), node(7, "link", "Save", 5),
    )  # fmt: skip
    assert seen.nodes == (1, 4, 5, 6)
    assert seen.parents == (-1, -1, 1, -1)


def test_a_text_that_was_not_cleared_tells_no_exact_width():
    """About nine letters are the least one can tell."""
    seen = listed(node(1, "text", "canary", w=37), node(2, "button", "canary", w=37), node(3, "text", "Save", w=37))
    assert seen.places[2::4] == (64, 37, 37)


def test_secret_and_hidden_fields_are_boxes():
    """No name, nothing of what they hold; a label that names a secret makes it one."""
    seen = listed(
        node(1, "textbox", "Save", secret=True, holds="4 characters"),
        node(2, "textbox", "Password", holds="4 characters"),
        node(3, "button", "Save", masked=True, holds="on"), node(4, "button", "Password"),
    )  # fmt: skip
    assert seen.names[:3] == ("", "", "")
    assert seen.holds == ("", "", "", "")


def test_words_in_an_article_are_other_peoples():
    """As in an element's name."""
    seen = listed(
        node(1, "heading", "Settings", above=("main", "article")), node(2, "heading", "Settings", above=("main",))
    )
    assert seen.names == ("", "Settings")


def test_lies_about_parents_and_sizes_break_nothing():
    """A parent that comes later, or is no place at all, is none."""
    seen = listed(node(2**80, "button", parent=5, w=2**70), node(2, "button", parent=-9))
    assert seen.parents == (-1, -1)
    assert max(seen.nodes + seen.places) == 2**31 - 1
