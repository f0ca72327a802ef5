"""All that a desktop program shows, by its accessibility tree.

Rules of this module: it only asks. What stands in a password field is never asked for. Unlike the recorder's lookup it
does ask what stands in the others: whoever fills them has to know, and a view stays in memory.

What is scrolled out of sight is told too, and so are the options of a closed list; what is hidden is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from byhand.capture.accessibility import tree
from byhand.capture.accessibility.bus import Answer, Bus, Call, Node, words
from byhand.capture.accessibility.roles import INPUTS, PASSWORD, STATES
from byhand.capture.accessibility.tree import Box

MOST = 4000
"""A program that shows more is not worked in."""
_TEXT, _VALUE, _SELECTION = (f"{tree.A11Y}{one}" for one in ("Text", "Value", "Selection"))
_WHOLE = words("ii", 0, -1)
_FIRST = words("i", 0)
_DESCRIPTION = words("ss", tree.ACCESSIBLE, "Description")
_NUMBER = words("ss", _VALUE, "CurrentValue")
_SENSITIVE = STATES.index("sensitive")
CELLS = frozenset({"table cell", "row header", "table row header"})
HEADS = frozenset({"column header", "table column header"})
ITEMS = frozenset({"menu item", "list item", "check menu item", "radio menu item"})
_LEAVES = CELLS | HEADS | {"push button", "label", "text", "entry", PASSWORD, "check box", "radio button"}
"""What lies in these is theirs."""
_WRITTEN = frozenset(
    {"text", "entry", "spin button", "date editor", "editbar", "autocomplete", "combo box", "paragraph"}
)
_NUMBERS = frozenset({"slider", "dial", "level bar", "progress bar"})


class Told(NamedTuple):
    """One accessible, as it was just now. `role` and `states` are AT-SPI's. depth: 0 for a window."""

    node: Node
    parent: int
    role: str
    name: str
    box: Box
    states: frozenset[str]
    value: str = ""
    hint: str = ""

    def __repr__(self) -> str:
        return f"Told({self.role})"


class Tree:
    """One program's tree.

    Args:
        bus: the accessibility bus.
        root: the program on it.
    """

    def __init__(self, bus: Bus, root: Node) -> None:
        self._bus, self._root = bus, root
        self._roles: dict[Node, str] = {}
        self._hints: dict[Node, tuple[str, str, bool]] = {}
        """Of a field: its label, what is said of it, and whether what stands in it is secret."""

    def read(self, until: float) -> list[Told]:
        """All of it, parents before children.

        Raises:
            NoAnswer: it hangs, or shows more than `MOST`.
            BusGone: the connection broke.
        """
        tops = tree.as_nodes(self._bus.call(tree.children(self._root), until))
        roles: dict[Node, str] = {}
        found: list[Told] = []
        below: dict[int, list[int]] = {}
        layer = [(node, -1) for node in tops]
        while layer and len(found) < MOST:
            first = len(found)
            layer = self._layer(layer, found, roles, until)
            for place in range(first, len(found)):
                below.setdefault(found[place].parent, []).append(place)
        self._roles = roles
        self._say(found, until)
        return _in_order(found, below)

    def tops(self, until: float) -> list[Told]:
        """Its windows, dialogs and open menus alone; see `read`."""
        nodes = tree.as_nodes(self._bus.call(tree.children(self._root), until))
        asks = [
            ask for node in nodes for ask in (tree.role(node), tree.name(node), tree.extents(node), tree.states(node))
        ]
        answers = self._bus.gather(asks, until)
        return [
            Told(node, -1, tree.as_role(role), tree.as_text(name), box(where), _states(states))
            for place, node in enumerate(nodes)
            for role, name, where, states in [answers[4 * place : 4 * place + 4]]
        ]

    def value(self, one: Told, until: float) -> str:
        """What stands in a field now; see `read`."""
        if "secret" in one.states:
            return ""
        asks = list(_asks(one))
        for ask, answer in zip(asks, self._bus.gather(asks, until), strict=True):
            if ask.member != "GetSelectedChild":
                said = _said(answer)
            else:
                node = tree.as_node(answer[0]) if answer else None
                said = tree.as_text(self._bus.call(tree.name(node), until)) if node else ""
            if said:
                return said
        return ""

    def selected(self, one: Told, until: float) -> bool:
        """Is all that stands in a field selected? Of a secret nobody is asked."""
        if "secret" in one.states:
            return True
        length = words("ss", _TEXT, "CharacterCount")
        asks = (
            Call(one.node, tree.PROPERTIES, "Get", "ss", length),
            Call(one.node, _TEXT, "GetSelection", "i", _FIRST),
        )
        match self._bus.gather(asks, until):
            case [(0,), _]:
                return True
            case [(int(many),), (0, int(end))]:
                return end == many
            case _:
                return False

    def _layer(
        self, layer: Sequence[tuple[Node, int]], found: list[Told], roles: dict[Node, str], until: float
    ) -> list[tuple[Node, int]]:  # fmt: skip
        nodes = [node for node, _ in layer]
        fresh = [node for node in nodes if node not in self._roles]
        asked = self._bus.gather([tree.role(node) for node in fresh], until)
        roles |= {node: self._roles[node] for node in nodes if node in self._roles}
        roles |= {node: tree.as_role(answer) for node, answer in zip(fresh, asked, strict=True)}
        asks = [ask for node in nodes for ask in (tree.name(node), tree.extents(node), tree.states(node))]
        inner = [node for node in nodes if roles[node] not in _LEAVES]
        answers = self._bus.gather([*asks, *map(tree.children, inner)], until)
        children = dict(zip(inner, map(tree.as_nodes, answers[len(asks) :]), strict=True))
        below: list[tuple[Node, int]] = []
        for place, (node, parent) in enumerate(layer):
            name, where, states = answers[3 * place : 3 * place + 3]
            one = Told(node, parent, roles[node], tree.as_text(name), box(where), _states(states))
            if _is_there(one, found):
                below += [(child, len(found)) for child in children.get(node, ())]
                found.append(one)
        return below

    def _say(self, found: list[Told], until: float) -> None:
        """What stands in fields, and what is said of them."""
        fields = [place for place, one in enumerate(found) if one.role in INPUTS or one.role in _NUMBERS]
        self._learn([found[place].node for place in fields if found[place].node not in self._hints], until)
        secret = {place for place in fields if self._hints[found[place].node][2]}
        asks: list[tuple[int, Call]] = []
        for place in fields:
            if place not in secret:
                asks += [(place, ask) for ask in _asks(found[place])]
        answers = self._bus.gather([ask for _, ask in asks], until)
        values: dict[int, str] = {}
        chosen: list[tuple[int, Node]] = []
        for (place, ask), answer in zip(asks, answers, strict=True):
            if ask.member == "GetSelectedChild":
                node = tree.as_node(answer[0]) if answer else None
                chosen += [(place, node)] if node else []
            else:
                values[place] = values.get(place) or _said(answer)
        names = self._bus.gather([tree.name(node) for _, node in chosen], until)
        for (place, _), name in zip(chosen, names, strict=True):
            values[place] = values.get(place) or tree.as_text(name)
        for place in fields:
            one = found[place]
            label, hint, _ = self._hints[one.node]
            states = one.states | (frozenset({"secret"}) if place in secret else frozenset[str]())
            found[place] = one._replace(
                name=one.name or label, value=values.get(place, ""), hint=hint, states=states
            )  # fmt: skip

    def _learn(self, nodes: Sequence[Node], until: float) -> None:
        asks = [
            ask for node in nodes
            for ask in (tree.attributes(node), tree.relations(node),
                        Call(node, tree.PROPERTIES, "Get", "ss", _DESCRIPTION), tree.role(node))
        ]  # fmt: skip
        answers = self._bus.gather(asks, until)
        labels: list[tuple[Node, Node]] = []
        for place, node in enumerate(nodes):
            attributes, relations, said, role = answers[4 * place : 4 * place + 4]
            told = tree.as_map(attributes)
            secret = tree.as_role(role) == PASSWORD or told.get("text-input-type") == "password"
            self._hints[node] = ("", told.get("placeholder-text", "") or tree.as_text(said), secret)
            if (label := tree.as_label(relations)) is not None:
                labels.append((node, label))
        names = self._bus.gather([tree.name(label) for _, label in labels], until)
        for (node, _), name in zip(labels, names, strict=True):
            self._hints[node] = (tree.as_text(name), *self._hints[node][1:])


def _asks(one: Told) -> Iterator[Call]:
    if one.role == "combo box":
        yield Call(one.node, _SELECTION, "GetSelectedChild", "i", _FIRST)
    if one.role in _NUMBERS:
        yield Call(one.node, tree.PROPERTIES, "Get", "ss", _NUMBER)
    elif one.role in _WRITTEN:
        yield Call(one.node, _TEXT, "GetText", "ii", _WHOLE)


def _said(answer: Answer | None) -> str:
    """Not cut short: it is compared with what was typed."""
    match answer:
        case (str(text),):
            return text
        case (int(number) | float(number),):
            return f"{number:g}"
        case _:
            return ""


def box(answer: Answer | None) -> Box:
    """GTK tells of what is not drawn that it lies at the lowest number there is."""
    found = tree.as_box(answer)
    return found if min(found[:2]) > -(1 << 30) else tree.NOWHERE


def _states(answer: Answer | None) -> frozenset[str]:
    found = {name for at, name in enumerate(STATES) if tree.has(answer, at)}
    if not tree.has(answer, _SENSITIVE):
        found.add("disabled")
    return frozenset(found)


def _is_there(one: Told, found: Sequence[Told]) -> bool:
    """Does it show, is it scrolled out of sight, or an option of a closed list?"""
    if "showing" in one.states:
        return True
    if one.parent < 0 or "defunct" in one.states:
        return False
    above = found[one.parent]
    if one.role in ITEMS | {"menu", "window"} and (above.role == "combo box" or _of_list(one.parent, found)):
        return True
    return "visible" in one.states and one.box[2] > 0 and _scrolled(one.parent, found)


def _of_list(place: int, found: Sequence[Told]) -> bool:
    while place >= 0:
        if found[place].role == "combo box":
            return True
        if found[place].role not in ("menu", "window", "list"):
            return False
        place = found[place].parent
    return False


def _scrolled(place: int, found: Sequence[Told]) -> bool:
    while place >= 0:
        if found[place].role in ("scroll pane", "viewport") and "showing" in found[place].states:
            return True
        place = found[place].parent
    return False


def _in_order(found: Sequence[Told], below: Mapping[int, Sequence[int]]) -> list[Told]:
    """As they came, by layers; now each before what lies in it, and that before the next one."""
    told: list[Told] = []
    waiting = [(place, -1) for place in reversed(below.get(-1, ()))]
    while waiting:
        place, parent = waiting.pop()
        waiting += [(child, len(told)) for child in reversed(below.get(place, ()))]
        told.append(found[place]._replace(parent=parent))
    return told
