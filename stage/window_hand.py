"""A hand of the office done in the desktop form, with real X input: found by role and name, pressed and typed.

What is on the screen is asked of the accessibility bus, as a screen reader does. It is no runner: it doesn't look
whether what it did has come about.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import TracebackType
from typing import NamedTuple, Self

from byhand.capture.accessibility import tree
from byhand.capture.accessibility.bus import Bus, NoAnswer, Node, accessibility_bus
from byhand.capture.accessibility.programs import Programs
from byhand.capture.accessibility.roles import SHOWING
from byhand.evals.office.families import Act, Hand, Row, Step, When, filled
from byhand.evals.office.values import cents
from stage.desktop import wait_for
from stage.hands import Hands

_SECONDS = 3.0
_MOST = 4000


class Thing(NamedTuple):
    """Something on the screen: its middle, and its size."""

    role: str
    name: str
    x: int
    y: int
    w: int
    h: int


class WindowHand:
    """Acts on one window's process.

    Args:
        hands: real input on the window's display.
        environ: of the desktop, with its accessibility bus.
        pid: the window's process.
    """

    def __init__(self, hands: Hands, environ: Mapping[str, str], pid: int) -> None:
        self.hands, self.pid = hands, pid
        self._bus: Bus = accessibility_bus(environ, _SECONDS)
        self._programs = Programs(self._bus)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bus.close()

    def play(self, hand: Hand, row: Row) -> None:
        """Do a row. The form's tasks have no loops."""
        self._all(hand, dict(row.values))

    def find(self, role: str, name: str) -> Thing | None:
        """The one of this role and name that is on the screen now; None for none or several."""
        found = {one for one in self.things() if (one.role, one.name) == (role, name)}  # an open menu is there twice
        return found.pop() if len(found) == 1 else None

    def things(self) -> list[Thing]:
        """All that the window shows."""
        until = time.monotonic() + _SECONDS
        try:
            return self._things(until)
        except NoAnswer:
            return []

    def _things(self, until: float) -> list[Thing]:
        found: list[Thing] = []
        layer = self._programs.of(self.pid, until)
        asked = 0
        while layer and asked < _MOST:
            asked += len(layer)
            layer, shown = self._layer(layer, until)
            found += shown
        return found

    def _layer(self, nodes: list[Node], until: float) -> tuple[list[Node], list[Thing]]:
        asks = (tree.role, tree.name, tree.extents, tree.states, tree.children)
        answers = self._bus.gather([ask(node) for node in nodes for ask in asks], until)
        below: list[Node] = []
        shown: list[Thing] = []
        for place in range(len(nodes)):
            role, name, box, states, children = answers[place * 5 : place * 5 + 5]
            below += tree.as_nodes(children)
            x, y, w, h = tree.as_box(box)
            words = tree.as_words(states)
            if words and words[0] >> SHOWING & 1 and w > 0 and h > 0:
                shown.append(Thing(tree.as_role(role), tree.as_text(name), x + w // 2, y + h // 2, w, h))
        return below, shown

    def _all(self, steps: tuple[Step, ...], values: dict[str, str]) -> None:
        for step in steps:
            match step:
                case Act():
                    self._act(step, values)
                case When():
                    above = (cents(values[step.column]) or 0) > step.above
                    self._all(step.then if above else step.otherwise, values)
                case _:
                    raise TypeError("a window's hand has no loops")

    def _act(self, act: Act, values: dict[str, str]) -> None:
        name, value = filled(act.name, values), filled(act.value, values)
        match act.do:
            case "press":
                self._press({"button": "push button"}.get(act.role, act.role), name)
            case "fill" | "date":
                self._press("text", name)
                self.hands.key("a", "Control_L")
                self.hands.type(value)
            case "check" | "uncheck":
                self._press("check box", name)
            case "choose":
                self._press("combo box", name)
                self._press("menu item", value)
            case _:
                raise TypeError("not an act for a window")

    def _press(self, role: str, name: str) -> None:
        found: list[Thing] = []

        def there() -> bool:
            """Found twice at the same place: what is still moving is not pressed."""
            one = self.find(role, name)
            still = one is not None and found[-1:] == [one]
            found[:] = [one] if one else []
            return still

        wait_for(there, f"the {role} {name}")
        self.hands.click(found[0].x, found[0].y)
