"""What was shown in a desktop window becomes a program as what was shown on a page does."""

from __future__ import annotations

from byhand.episodes.types import Action, Episode, Observation, Op, Step, Target
from byhand.events.kinds import Wireframe
from byhand.workflows.compiling.make import make
from byhand.workflows.compiling.shown import Shown
from byhand.workflows.program import Act, Workflow

MS = 1_000_000
NAME, CURRENCY, SAVE = (10, 10, 100, 30), (10, 50, 100, 30), (10, 90, 50, 30)
NAMES = {"text": "Name", "combo box": "Currency", "push button": "Save"}


def wire(*more: tuple[str, str, tuple[int, int, int, int]]) -> Wireframe:
    boxes = (
        ("panel", "", (0, 0, 400, 300)), ("text", "Name", NAME), ("combo box", "Currency", CURRENCY),
        ("push button", "Save", SAVE), *more,
    )  # fmt: skip
    roles, names, places = zip(*boxes, strict=True)
    return Wireframe(
        0, 0, "actions.wireframe", "before", 1, 0, 0, 400, 300, roles, names, tuple(n for box in places for n in box)
    )


class Showing:
    """One demonstration in the window of a program."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.steps: list[Step] = []

    def act(self, op: Op, target: Target | None, at: tuple[int, ...] = (0, 0, 1, 1), text: str = "") -> None:
        ns = (len(self.steps) + 1) * 1000 * MS
        action = Action(
            op, ns, ns + MS, 0, 0, target=target, text=text, app="orders", window=1, x=at[0] + 5, y=at[1] + 5
        )
        self.steps.append(Step(action, before=(Observation("wireframe", 1, ns - MS),)))

    def shown(self, after: Wireframe | None = None) -> Shown:
        end = (len(self.steps) + 1) * 1000 * MS
        sights = {1: wire()}
        if after is not None:
            last = self.steps[-1]
            self.steps[-1] = Step(last.action, before=last.before, after=(Observation("wireframe", 2, end),))
            sights[2] = after
        name = f"e{self.number}"
        return Shown(Episode(name, "rec", "", "template", "done", tuple(self.steps), 0, 9, 0, end), sights)


def target(role: str, box: tuple[int, ...], name: str | None = None) -> Target:
    return Target(role=role, name=NAMES.get(role, "") if name is None else name, box=box)


def acts(program: Workflow) -> list[tuple[str, str, str]]:
    return [(one.verb, one.target, one.text) for one in program.steps if isinstance(one, Act)]


def demonstration(number: int, *, answered: bool = True, saved: Wireframe | None = None) -> Shown:
    show = Showing(number)
    show.act("click", target("text", NAME) if answered else None, NAME)
    show.act("type", target("text", NAME) if answered else target("push button", SAVE), NAME, f"order {number}")
    show.act("click", target("combo box", CURRENCY), CURRENCY)
    show.act("click", target("menu item", (10, 80, 100, 20), ["EUR", "USD"][number % 2]), (10, 80))
    show.act("click", target("push button", SAVE) if answered else None, SAVE)
    return show.shown(saved)


DONE = [("fill", "Name", "{name}"), ("choose", "Currency", "{currency}"), ("press", "Save", "")]


def test_an_option_of_a_menu_that_a_list_opened_is_a_choice_in_the_list():
    """Two presses were told; one choice was made."""
    program = make([demonstration(1), demonstration(2), demonstration(3)], "orders")
    assert acts(program) == DONE
    assert program.start == "orders"
    assert program.apps == ("orders",)
    assert {one.role for one in program.targets} == {"textbox", "combobox", "button"}


def test_a_double_press_of_a_list_is_a_choice_of_what_was_chosen_already():
    """The option lies where the list does, and both presses came quickly: what it was, each row must say."""
    shown: list[Shown] = []
    for number in (1, 2, 3):
        show = Showing(number)
        show.act("type", target("text", NAME), NAME, f"order {number}")
        if number == 2:
            show.act("double_click", target("combo box", CURRENCY), CURRENCY)
        else:
            show.act("click", target("combo box", CURRENCY), CURRENCY)
            show.act("click", target("menu item", (10, 80, 100, 20), ["EUR", "USD"][number % 2]), (10, 80))
        show.act("click", target("push button", SAVE), SAVE)
        shown.append(show.shown())
    assert acts(make(shown, "orders")) == DONE


def listed(*more: str) -> Wireframe:
    """The window's list under a search; what stands in it is not kept."""
    boxes = [("table", "", (200, 50, 190, 200)), ("text", "Search", (200, 10, 190, 30))]
    heads = [("table column header", name, (200 + 60 * at, 50, 60, 20)) for at, name in enumerate(("Name", "Currency"))]
    cells = [("table cell", "", (200 + 60 * at, 72, 60, 20)) for at in range(2)]
    return wire(*boxes, *heads, *cells, *(("label", name, (10, 200, 80, 20)) for name in more))


def test_a_list_that_was_searched_in_a_window_is_where_the_effect_is_read_back():
    """The program's window is opened, the search is filled, and the row holds what its columns are called by."""
    shown: list[Shown] = []
    for number in (1, 2, 3):
        show = Showing(number)
        show.act("type", target("text", NAME), NAME, f"order {number}")
        show.act("click", target("push button", SAVE), SAVE)
        show.act("type", target("text", (200, 10, 190, 30), "Search"), (200, 10), f"order {number}")
        show.act("click", target("table cell", (200, 72, 60, 20), ""), (200, 72))
        told = show.shown()
        shown.append(Shown(told.episode, {1: listed()}))
    program = make(shown, "orders")
    (effect,) = program.effects
    assert [(one.verb, one.target, one.text) for one in effect.steps] == [
        ("open", "", "orders"), ("fill", "Search", "{name}"),
    ]  # fmt: skip
    assert [(one.kind, one.row) for one in effect.checks] == [("row", "{name}")]
    assert [(one.kind, one.text) for one in effect.before] == [("count", "0")]


def test_a_cell_that_came_by_a_search_is_in_the_row_of_what_was_searched_for():
    """The window was not drawn again between the last key and the press; its columns are known all the same."""
    shown: list[Shown] = []
    for number in (1, 2, 3):
        show = Showing(number)
        show.act("type", target("text", (200, 10, 190, 30), "Search"), (200, 10), f"order {number}")
        show.act("click", target("table cell", (205, 300, 50, 20), ""), (205, 300))
        show.act("click", target("push button", (10, 120, 50, 30), "Delete"), (10, 120))
        told = show.shown()
        shown.append(Shown(told.episode, {1: listed()}))
    program = make(shown, "orders")
    assert acts(program) == [("fill", "Search", "{name}"), ("press", "Name", ""), ("press", "Delete", "")]
    (pressed,) = [one for one in program.steps if isinstance(one, Act) and one.target == "Name"]
    assert pressed.row == "{name}"
    (effect,) = program.effects
    assert [(one.kind, one.row, one.text) for one in effect.checks] == [("count", "{name}", "0")]


def test_presses_that_no_element_was_told_for_are_known_by_what_was_drawn_there():
    """And what is typed then went there, whatever had the keyboard before."""
    program = make([demonstration(1), demonstration(2, answered=False), demonstration(3)], "orders")
    assert acts(program) == DONE


def test_a_press_over_an_open_list_is_not_guessed():
    """What was drawn there before the list opened is not what was pressed."""
    shown: list[Shown] = []
    for number in (1, 2, 3):
        show = Showing(number)
        show.act("click", target("combo box", CURRENCY), CURRENCY)
        show.act("click", None, SAVE)
        show.act("click", target("push button", SAVE), SAVE)
        shown.append(show.shown())
    assert [one[:2] for one in acts(make(shown, "orders"))] == [("choose", "Currency"), ("press", "Save")]


def test_words_that_come_up_after_a_press_are_seen_for():
    """A window has no role for a note; that it was not there before tells."""
    saved = wire(("label", "Saved", (10, 200, 80, 20)))
    program = make([demonstration(number, saved=saved) for number in (1, 2, 3)], "orders")
    last = program.steps[-1]
    assert isinstance(last, Act)
    assert [(one.kind, one.text) for one in last.then] == [("see", "Saved")]


def test_two_fields_whose_names_were_not_kept_stay_two_and_a_person_is_asked():
    """They are told from each other by where they lie, which is not enough to find them again."""
    shown: list[Shown] = []
    for number in (1, 2):
        show = Showing(number)
        for at, word in (((200, 10, 100, 30), "upper"), ((200, 50, 100, 30), "lower")):
            show.act("type", target("text", at, ""), at, f"{word} {number}")
        show.act("click", target("push button", SAVE), SAVE)
        shown.append(show.shown())
    program = make(shown, "orders")
    assert [one.verb for one in program.steps if isinstance(one, Act)] == ["fill", "fill", "press"]
    assert sum("was not kept: write its name into targets" in ask for ask in program.asks) == 2
