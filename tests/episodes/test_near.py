"""What an element is said to lie in or beside: a list as a tree of lines, the element asked for marked by <-."""

from __future__ import annotations

import re

import pytest

from byhand.episodes.build import build
from byhand.episodes.near import beside, near
from byhand.episodes.types import Target
from byhand.events.kinds import Button, Element, Numbered, Snapshot, Wireframe

_LINE = re.compile(r'( *)(\w+)(?: "([^"]*)")?(?: at (\d+),(\d+))?( <-)?')


def listed(text: str) -> tuple[Snapshot, int]:
    """A line is an element: indent, role, name, where it stands (80 x 20). Returns the list and the node asked for."""
    parents: list[int] = []
    roles: list[str] = []
    names: list[str] = []
    places: list[int] = []
    above: list[tuple[int, int]] = []
    asked = 0
    for number, line in enumerate(text.strip("\n").splitlines()):
        found = _LINE.fullmatch(line)
        assert found is not None, line
        indent, role, name, x, y, mark = found.groups()
        while above and above[-1][0] >= len(indent):
            above.pop()
        parents.append(above[-1][1] if above else -1)
        above.append((len(indent), number))
        roles.append(role)
        names.append(name or "")
        places += [int(x or 0), int(y or 0), 80, 20]
        asked = number + 1 if mark else asked
    count = len(roles)
    nothing = ("",) * count
    snapshot = Snapshot(
        0, 0, "test", "press", 1, 1, "https://work.example", "/", 1, 0, 0, 800, 600, 1.0, tuple(range(1, count + 1)),
        tuple(parents), tuple(roles), nothing, tuple(names), nothing, nothing, tuple(places), 0,
    )  # fmt: skip
    return snapshot, asked


GOLDEN = {
    "a name of its own": (
        """
        heading "Invoices"
        button "Save" <-
        button "Cancel"
        """,
        "",
    ),
    "the header of its row": (
        """
        table "People"
          row
            cell "7"
            rowheader "Ada Byron"
            cell
              button "Edit" <-
          row
            rowheader "Alan Turing"
            cell
              button "Edit"
        """,
        "Ada Byron",
    ),
    "the first words of a row without a header": (
        """
        list
          listitem
            button "Delete"
            link "Report"
            button "Share"
          listitem
            button "Delete" <-
            link "Draft"
            button "Share"
        """,
        "Draft",
    ),
    "words at the left of a field": (
        """
        form "Order"
          text "Town" at 0,100
          textbox at 100,100 <-
          text "Street" at 0,140
          textbox at 100,140
        """,
        "Town",
    ),
    "words above a field": (
        """
        group
          text "Town" at 100,70
          textbox at 100,100 <-
          text "Far" at 600,100
        """,
        "Town",
    ),
    "words behind a box": (
        """
        group
          text "Before" at 0,100
          checkbox at 100,100 <-
          text "Remember me" at 190,100
        """,
        "Remember me",
    ),
    "the group it lies in": (
        """
        group "Billing address"
          button "Change" <-
        group "Delivery address"
          button "Change"
        """,
        "Billing address",
    ),
    "the heading before it": (
        """
        heading "Mail"
        generic
          button "Turn on"
        heading "Calendar"
        generic
          button "Turn on" <-
        heading "Later"
        """,
        "Calendar",
    ),
    "words the guard did not clear": (
        """
        table
          row
            rowheader
            button "Edit" <-
          row
            rowheader
            button "Edit"
        """,
        "",
    ),
    "nothing around it": ("button <-", ""),
}


@pytest.mark.parametrize("case", GOLDEN)
def test_what_it_lies_in_or_beside(case: str):
    """From the element outwards, and nothing where nothing is known."""
    text, said = GOLDEN[case]
    lines = [line[8:] if line.startswith(" " * 8) else line for line in text.strip("\n").splitlines() if line.strip()]
    assert near(*listed("\n".join(lines))) == said


def test_an_element_that_is_not_in_the_list_is_near_nothing():
    """It came later, or did not fit."""
    snapshot, _ = listed('heading "Mail"\nbutton')
    assert near(snapshot, 99) == ""


def test_a_step_says_near_from_what_was_seen_before_it():
    """Two buttons of one name are told apart in the episode."""
    snapshot, node = listed('group "Billing"\n  button "Change" <-\ngroup "Delivery"\n  button "Change"')
    ms = 1_000_000
    press = Element(
        900, 900 * ms, "test", "press", "push button", "Change", (), 5, 5, 20, 20, "", "https://work.example", "/",
        source="browser", tab=1, frame=1, node=node,
    )  # fmt: skip
    events = [
        snapshot, Button(900, 900 * ms, "test", True, 1, 9, 9, False), press,
        Button(960, 960 * ms, "test", False, 1, 9, 9, False),
    ]  # fmt: skip
    (one,) = build("rec", [Numbered(seq, event) for seq, event in enumerate(events)]).episodes
    assert one.steps[0].action.target is not None
    assert one.steps[0].action.target.near == "Billing"


# ---- a window's boxes


_BOX = re.compile(r'([a-z ]+?)(?: "([^"]*)")? at (\d+),(\d+) (\d+)x(\d+)( <-)?')


def drawn(text: str) -> tuple[Wireframe, Target]:
    """A line is a box, the largest first: role, name, place, size. Returns the wireframe and the element asked for."""
    roles: list[str] = []
    names: list[str] = []
    places: list[int] = []
    asked = Target()
    for line in text.strip().splitlines():
        found = _BOX.fullmatch(line.strip())
        assert found is not None, line
        role, name, *place, mark = found.groups()
        box = tuple(map(int, place))
        roles.append(role)
        names.append(name or "")
        places += box
        asked = Target(role, name or "", box=box) if mark else asked
    wire = Wireframe(0, 0, "test", "before", 1, 0, 0, 800, 600, tuple(roles), tuple(names), tuple(places))
    return wire, asked


DESKTOP = {
    "a name of its own": (
        """
        panel at 0,0 800x600
        push button "Save" at 10,10 80x30 <-
        push button "Cancel" at 100,10 80x30
        """,
        "",
    ),
    "a label at its left": (
        """
        panel at 0,0 800x600
        panel at 20,100 400x40
        entry at 140,105 200x30 <-
        label "Street" at 20,110 90x20
        label "Town" at 20,160 90x20
        """,
        "Street",
    ),
    "words behind a box": (
        """
        panel at 0,0 800x600
        check box at 20,20 20x20 <-
        label "Send a copy" at 46,20 120x20
        """,
        "Send a copy",
    ),
    "the first cell of its row": (
        """
        table at 0,100 800x300
        table cell "Ada Byron" at 0,100 400x30
        table cell "Alan Turing" at 0,130 400x30
        table cell at 400,100 300x30
        table cell at 400,130 300x30 <-
        """,
        "Alan Turing",
    ),
    "a row that says it is one": (
        """
        table at 0,100 800x300
        table row at 0,100 800x30
        table row at 0,130 800x30
        row header "Ada Byron" at 0,100 200x30
        row header "Alan Turing" at 0,130 200x30
        push button "Edit" at 700,100 60x30 <-
        push button "Edit" at 700,130 60x30
        """,
        "Ada Byron",
    ),
    "the heading before it": (
        """
        panel at 0,0 800x600
        heading "Sound" at 0,0 400x40
        push button "Change" at 0,50 90x30
        heading "Screen" at 0,100 300x30
        push button "Change" at 0,150 90x29 <-
        """,
        "Screen",
    ),
    "words the guard did not clear": (
        """
        panel at 0,0 800x600
        entry at 140,105 200x30 <-
        label at 20,110 128x20
        """,
        "",
    ),
    "an open menu lies over the table": (
        """
        table at 0,100 800x300
        table cell "Ada Byron" at 0,100 400x30
        table cell "Editor" at 400,100 300x30
        popup at 380,90 200x200
        menu item at 390,100 180x30 <-
        """,
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DESKTOP)
def test_a_desktops_element_is_near_what_its_window_shows(case: str):
    """The same questions, asked of boxes that say only where they stand."""
    text, said = DESKTOP[case]
    assert beside(*drawn(text)) == said


def test_a_text_that_is_told_wider_than_it_is_stands_where_it_stands():
    """Of words that were not cleared the width is told in steps; role, corner and height are its own."""
    wire, asked = drawn('panel at 0,0 800x600\nlabel "Street" at 20,110 90x20\nentry at 140,105 256x30 <-')
    assert beside(wire, Target("entry", box=(140, 105, 200, 30))) == "Street"
    assert beside(wire, Target("entry", box=(140, 105, 190, 30))) == ""
    assert beside(wire, Target("push button", box=asked.box)) == ""
    assert beside(wire, Target("entry")) == ""


def test_a_desktops_step_says_near_from_the_wireframe_before_it():
    """Of the window it was done in, and of no other."""
    wire, _ = drawn('panel at 0,0 800x600\nlabel "Street" at 20,110 90x20\nentry at 140,105 200x30 <-')
    ms = 1_000_000
    press = Element(900, 900 * ms, "test", "press", "entry", "", (), 140, 105, 200, 30, "", "", "")
    events = [wire, Button(900, 900 * ms, "test", True, 1, 150, 110, False), press]
    (one,) = build("rec", [Numbered(seq, event) for seq, event in enumerate(events)]).episodes
    assert one.steps[0].action.target is not None
    assert one.steps[0].action.target.near == "Street"
