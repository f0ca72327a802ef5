"""The page of an rrweb recording, by its snapshots and mutations: what an element is and how it is called. Pure."""

from __future__ import annotations

import msgspec

_ROLES = {
    "button": ("push button", "button"), "a": ("link", "link"), "select": ("combo box", "combobox"),
    "textarea": ("entry", "textbox"), "option": ("list item", "option"), "li": ("list item", "listitem"),
    "input": ("entry", "textbox"), "summary": ("toggle button", "button"), "label": ("label", "label"),
}  # fmt: skip
_INPUTS = {
    "checkbox": ("check box", "checkbox"), "radio": ("radio button", "radio"), "submit": ("push button", "button"),
    "button": ("push button", "button"), "reset": ("push button", "button"), "range": ("slider", "slider"),
    "search": ("entry", "searchbox"), "number": ("spin button", "spinbutton"), "password": ("password text", "textbox"),
}  # fmt: skip
_AT_SPI = {aria: role for role, aria in (*_INPUTS.values(), *_ROLES.values())}
MOST_NODES = 1_000_000
MOST_DEPTH = 500


class Tree(msgspec.Struct, rename="camel"):
    """A node as rrweb serialises it. type: 0 document, 2 element, 3 text."""

    id: int
    type: int
    tag_name: str = ""
    attributes: dict[str, str | int | float | bool | None] = msgspec.field(
        default_factory=dict[str, "str | int | float | bool | None"]
    )
    text_content: str = ""
    child_nodes: list[Tree] = msgspec.field(default_factory=list["Tree"])


class Node:
    __slots__ = ("attributes", "children", "parent", "tag", "words")

    def __init__(self, tree: Tree, parent: int) -> None:
        self.tag = tree.tag_name.lower()
        self.attributes = {name: str(value) for name, value in tree.attributes.items() if value is not None}
        self.words = tree.text_content
        self.parent = parent
        self.children: list[int] = []

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


class Page:
    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {}

    def show(self, tree: Tree) -> None:
        """A full snapshot: all that was before is gone."""
        self.nodes = {}
        self.add(tree, 0)

    def add(self, tree: Tree, parent: int) -> None:
        waiting = [(tree, parent)]
        while waiting:
            one, above = waiting.pop()
            if len(self.nodes) >= MOST_NODES:
                raise ValueError("a page of too many nodes")
            self.nodes[one.id] = Node(one, above)
            if above in self.nodes:
                self.nodes[above].children.append(one.id)
            waiting += [(child, one.id) for child in reversed(one.child_nodes)]

    def remove(self, number: int) -> None:
        gone = self.nodes.pop(number, None)
        if gone is not None and gone.parent in self.nodes:
            siblings = self.nodes[gone.parent].children
            if number in siblings:
                siblings.remove(number)

    def control(self, number: int) -> int:
        """The nearest thing around it that can be meant: a press lands on the words of a button."""
        at = number
        for _ in range(MOST_DEPTH):
            node = self.nodes.get(at)
            if node is None:
                break
            if node.tag in _ROLES or node.get("role"):
                return at
            at = node.parent
        return number

    def roles(self, number: int) -> tuple[str, str]:
        """AT-SPI's name of its role and ARIA's."""
        node = self.nodes.get(number)
        if node is None:
            return "", ""
        if given := node.get("role"):
            return _AT_SPI.get(given, "unknown"), given
        if node.tag == "input":
            return _INPUTS.get(node.get("type"), _ROLES["input"])
        return _ROLES.get(node.tag, ("", ""))

    def name(self, number: int) -> str:
        node = self.nodes.get(number)
        if node is None:
            return ""
        given = node.get("aria-label") or node.get("alt") or node.get("placeholder") or node.get("title")
        if not given and node.tag not in ("input", "select", "textarea"):
            given = self.text(number)
        if not given and (ident := node.get("id")):
            label = next((at for at, one in self.nodes.items() if one.tag == "label" and one.get("for") == ident), 0)
            given = self.text(label)
        return " ".join(given.split())[:200]

    def text(self, number: int) -> str:
        told: list[str] = []
        waiting, seen = [number], 0
        while waiting and seen < 1000:
            seen += 1
            node = self.nodes.get(waiting.pop())
            if node is not None:
                told.append(node.words)
                waiting += reversed(node.children)
        return " ".join(word for word in told if word)

    def option(self, number: int, value: str) -> str:
        """The label of a list's option with that value."""
        waiting = list(self.nodes[number].children) if number in self.nodes else []
        while waiting:
            at = waiting.pop()
            node = self.nodes.get(at)
            if node is None:
                continue
            if node.tag == "option" and node.attributes.get("value", self.text(at)) == value:
                return self.text(at).strip()
            waiting += node.children
        return value
