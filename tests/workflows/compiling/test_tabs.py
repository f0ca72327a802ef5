"""What is done in several tabs is told with the way back to those that were there before."""

from __future__ import annotations

from byhand.episodes.types import Action, Episode, Op, Step, Target
from byhand.workflows.compiling.make import make
from byhand.workflows.compiling.shown import Shown
from byhand.workflows.program import Act, Check

MS = 1_000_000


def act(number: int, op: Op, name: str, tab: int, page: str, text: str = "") -> Step:
    target = Target(
        role="entry" if op == "type" else "push button", name=name, aria="textbox" if op == "type" else "button",
        source="browser", node=number, tag="input" if op == "type" else "button",
    )  # fmt: skip
    ns = number * 1000 * MS
    return Step(Action(
        op, ns, ns + MS, number, number, target=None if op in ("navigate", "tab") else target, text=text,
        app="chromium", origin="http://shop.example", page=page, tab=tab, frame=tab,
    ))  # fmt: skip


def steps(*acts: Step) -> list[tuple[str, str, tuple[Check, ...]]]:
    shown = Shown(Episode("e", "rec", "", "template", "done", acts, 0, 99, 0, 99_000 * MS))
    return [(one.verb, one.target or one.text, one.then) for one in make([shown], "tabs").steps if isinstance(one, Act)]


def test_a_tab_that_a_press_opened_needs_no_act_and_the_way_back_does():
    """It says which page is seen there; whether the one that was left closed by itself is no matter."""
    done = steps(
        act(1, "navigate", "", 1, "/orders"), act(2, "click", "Add note", 1, "/orders"),
        act(3, "type", "Words", 2, "/note", "long"), act(4, "click", "Keep", 2, "/note"),
        act(5, "type", "Remark", 1, "/orders", "short"), act(6, "click", "Done", 1, "/orders"),
    )  # fmt: skip
    assert [one[:2] for one in done] == [
        ("press", "Add note"), ("fill", "Words"), ("press", "Keep"), ("turn", "1"), ("fill", "Remark"),
        ("press", "Done"),
    ]  # fmt: skip
    assert done[0][2] == (Check(kind="page", text="/note"),)
    assert done[2][2] == ()
    assert done[3][2] == (Check(kind="page", text="/orders"),)


def test_a_tab_that_was_turned_to_by_hand_is_turned_to_once():
    """By its number, in the order in which something was done in them."""
    done = steps(
        act(1, "navigate", "", 5, "/orders"), act(2, "click", "Add note", 5, "/orders"),
        act(3, "type", "Words", 7, "/note", "long"), act(4, "tab", "", 5, "/orders"),
        act(5, "click", "Look", 5, "/orders"), act(6, "tab", "", 7, "/note"), act(7, "click", "Keep", 7, "/note"),
    )  # fmt: skip
    assert [one[:2] for one in done] == [
        ("press", "Add note"), ("fill", "Words"), ("turn", "1"), ("press", "Look"), ("turn", "2"), ("press", "Keep"),
    ]  # fmt: skip
