"""A decision becomes a line of BrowserGym's actions, read back as BrowserGym reads it: names and literals."""

from __future__ import annotations

import ast

import msgspec
import pytest

from byhand.evals.browsergym.acts import Page, Thing, line, option
from byhand.models.decision import Decision
from tests.models.pages import page

SEEN = page(
    "button Save; textbox Name; checkbox Urgent; combobox Currency; >option USD; >option EUR; textbox Due; "
    "listbox Kind; >option Goods; >option goods; combobox City"
)
TAGS = ("button", "input", "input", "select", "option", "option", "input", "ul", "li", "li", "div")
KINDS = {2: "text", 3: "checkbox", 7: "date"}


def looked(keyboard: str = "90", states: dict[int, str] | None = None, secret: int = 0) -> Page:
    things = {
        node: Thing(str(10 + node), KINDS.get(node, ""), (states or {}).get(node, ""), node == secret)
        for node in SEEN.nodes
    }
    return Page(msgspec.structs.replace(SEEN, tags=TAGS), things, keyboard)


def calls(text: str) -> list[tuple[str, ...]]:
    """What BrowserGym finds in it: each call with its literals."""
    found: list[tuple[str, ...]] = []
    for one in ast.parse(text).body:
        assert isinstance(one, ast.Expr)
        assert isinstance(one.value, ast.Call)
        assert isinstance(one.value.func, ast.Name)
        found.append((one.value.func.id, *(ast.literal_eval(arg) for arg in one.value.args)))
    return found


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision("click", 1), [("click", "11")]),
        (Decision("double_click", 1), [("dblclick", "11")]),
        (Decision("right_click", 1), [("click", "11", "right")]),
        (Decision("hover", 1), [("hover", "11")]),
        (Decision("drag", 1, 2), [("drag_and_drop", "11", "12")]),
        (Decision("type", 2, text="R-7"), [("fill", "12", "R-7", True)]),
        (Decision("type", 2, text='say "it\'s"\nso'), [("fill", "12", 'say "it\'s"\nso', True)]),
        (Decision("type", 2), [("clear", "12")]),
        (Decision("type", 7, text="10/02/2013"), [("fill", "17", "2013-10-02")]),
        (Decision("key", 2, keys=("Control", "a")), [("press", "12", "Control+a")]),
        (Decision("key", keys=("Enter",)), [("press", "90", "Enter")]),
        (Decision("key", 2, keys=(" ",)), [("press", "12", "Space")]),
        (Decision("select", 4, text="EUR"), [("select_option", "14", "EUR")]),
        (Decision("select", 4, 6), [("select_option", "14", "EUR")]),
        (Decision("type", 4, text="EUR"), [("select_option", "14", "EUR")]),
        (Decision("select", 8, text="Goods"), [("click", "19")]),
        (Decision("check", 3), [("click", "13")]),
        (Decision("scroll", dy=-2), [("scroll", 0, -200)]),
        (Decision("scroll", 8, dy=1), [("hover", "18"), ("scroll", 0, 100)]),
        (Decision("done"), [("send_msg_to_user", "done")]),
    ],
    ids=lambda one: f"{one.op}-{one.node}" if isinstance(one, Decision) else "",
)  # fmt: skip
def test_an_act_is_the_line_that_does_it(decision: Decision, said: list[tuple[object, ...]]):
    assert calls(line(decision, looked()).text) == said


def test_a_box_that_is_as_it_should_be_is_left_alone():
    """A press would turn it over."""
    on, off = looked(states={3: "on"}), looked(states={3: "off"})
    assert [calls(line(Decision("check", 3), one).text)[0][0] for one in (on, off)] == ["noop", "click"]
    assert [calls(line(Decision("uncheck", 3), one).text)[0][0] for one in (on, off)] == ["click", "noop"]


def test_a_list_is_opened_first_and_its_option_pressed_then():
    """As soon as it is there, by its label; two of one label are none."""
    found = line(Decision("select", 11, text="Reno"), looked())
    assert (calls(found.text), found.wants) == ([("click", "21")], "Reno")
    assert option("Reno", looked()) == ""
    open_ = page("combobox City; >option Reno; >option Rome")
    things = {node: Thing(str(30 + node)) for node in open_.nodes}
    assert calls(option("Reno", Page(open_, things))) == [("click", "32")]
    assert calls(option("reno", Page(open_, things))) == [("click", "32")]
    twice = page("option Reno; option Reno")
    assert option("Reno", Page(twice, {1: Thing("1"), 2: Thing("2")})) == ""


@pytest.mark.parametrize(
    "decision",
    [
        Decision("click", 99), Decision("drag", 1, 99), Decision("key", 99, keys=("Enter",)), Decision("key"),
        Decision("select", 4), Decision("done", sure=0.0), Decision("done", why="wrote nonsense", sure=0.0),
    ],
)  # fmt: skip
def test_what_cant_be_done_is_told_as_infeasible(decision: Decision):
    ((name, why),) = calls(line(decision, looked()).text)
    assert name == "report_infeasible"
    assert why


def test_a_secret_field_is_never_written_by_a_model():
    """Neither as a text nor by keys, also where only the keyboard is there."""
    for decision in (
        Decision("type", 2, text="hunter2"), Decision("key", 2, keys=("h",)), Decision("key", keys=("Shift", "H")),
    ):  # fmt: skip
        text = line(decision, looked("12", secret=2)).text
        assert calls(text)[0][0] == "report_infeasible"
        assert "hunter2" not in text
    assert calls(line(Decision("key", keys=("Enter",)), looked("12", secret=2)).text) == [("press", "12", "Enter")]


def test_what_is_typed_is_in_no_repr():
    assert "R-7" not in repr(line(Decision("type", 2, text="R-7"), looked()))
