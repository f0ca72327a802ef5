"""The page of an rrweb recording, by its snapshots and mutations: what an element is and how it is called. Pure."""

from __future__ import annotations

from typing import Any

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
    """version: raised with every change."""

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {}
        self.version = 0
        self._labels: dict[str, int] = {}
        self._ids: dict[str, int] = {}

    def show(self, tree: Tree) -> None:
        """A full snapshot: all that was before is gone."""
        self.nodes, self._labels, self._ids = {}, {}, {}
        self.add(tree, 0)

    def tops(self) -> list[int]:
        """The document itself. What lies in nothing else was never put anywhere."""
        return [number for number, node in self.nodes.items() if not node.parent]

    def add(self, tree: Tree, parent: int) -> None:
        waiting = [(tree, parent)]
        self.version += 1
        while waiting:
            one, above = waiting.pop()
            if len(self.nodes) >= MOST_NODES:
                raise ValueError("a page of too many nodes")
            self.nodes[one.id] = Node(one, above)
            self._index(one.id)
            if above in self.nodes:
                self.nodes[above].children.append(one.id)
            waiting += [(child, one.id) for child in reversed(one.child_nodes)]

    def set(self, number: int, attributes: dict[str, Any]) -> None:
        """New values of some attributes; one without a value is gone."""
        node = self.nodes.get(number)
        if node is not None:
            self.version += 1
            node.attributes |= {name: str(value) for name, value in attributes.items() if value is not None}
            for name in (name for name, value in attributes.items() if value is None):
                node.attributes.pop(name, None)
            self._index(number)

    def say(self, number: int, words: str) -> None:
        """New words of a text."""
        if number in self.nodes:
            self.version += 1
            self.nodes[number].words = words

    def _index(self, number: int) -> None:
        node = self.nodes[number]
        if node.tag == "label" and node.get("for"):
            self._labels[node.get("for")] = number
        if node.get("id"):
            self._ids[node.get("id")] = number

    def remove(self, number: int) -> None:
        """With all that lies in it."""
        self.version += 1
        gone = self.nodes.get(number)
        above = self.nodes.get(gone.parent) if gone is not None else None
        if above is not None and number in above.children:
            above.children.remove(number)
        waiting = [number]
        while waiting:
            node = self.nodes.pop(waiting.pop(), None)
            waiting += node.children if node is not None else []

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
        given = node.get("aria-label") or self.by_ids(node.get("aria-labelledby"))
        field = node.tag in ("input", "select", "textarea")
        if not given and field:
            given = self.text(self._label(node))
        given = given or node.get("alt") or node.get("placeholder") or node.get("title")
        if not given and not field:
            given = self.text(number)
        return " ".join(given.split())[:200]

    def by_ids(self, ids: str) -> str:
        """The words of the elements of these ids."""
        found = [self._ids.get(one, 0) for one in ids.split()[:10]]
        return " ".join(self.text(number) for number in found if number)

    def _label(self, node: Node) -> int:
        """The label that says it is for that field, or that it lies in; 0 if there is none."""
        ident = node.get("id")
        label = self._labels.get(ident, 0) if ident else 0
        if label and (one := self.nodes.get(label)) is not None and one.get("for") == ident:
            return label
        at = node.parent
        for _ in range(8):
            above = self.nodes.get(at)
            if above is None or above.tag == "label":
                return at if above is not None else 0
            at = above.parent
        return 0

    def own_words(self, number: int) -> str:
        """The words directly in it."""
        inside = (self.nodes.get(at) for at in self.nodes[number].children)
        return " ".join(one.words for one in inside if one is not None and not one.tag and one.words.strip())

    def text(self, number: int) -> str:
        told: list[str] = []
        waiting, seen = [number], 0
        while waiting and seen < 1000:
            seen += 1
            node = self.nodes.get(waiting.pop())
            if node is not None and node.tag not in ("script", "style", "select", "textarea"):
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
