"""A text with what differs written anew, and nothing else.

Rules of this module: two programs are compared as plain parts; where they differ, the same way is gone in the tree of
the text, and what stands there is replaced. Whoever calls reads the result and compares: where a hand set the file in a
way that this does not know, larger parts are replaced.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from byhand.workflows.filing.plain import Plain, Table, flowed, rendered, rendered_list, scalar
from byhand.workflows.filing.tree import Node


class _Edit(NamedTuple):
    """Between start and end stands `text` from now on."""

    start: int
    end: int
    text: str


def spliced(text: str, tree: Node, before: Table, after: Table, *, deep: bool) -> str:
    """The text that says `after`.

    Args:
        text: as it was.
        tree: of it.
        before: what it said.
        after: what it is to say.
        deep: go as deep as the parts are alike; else parts at the top are replaced whole.
    """
    work = _Splicing(text, deep=deep)
    work.table(tree, before, after)
    made = text
    ordered = sorted(enumerate(work.edits), key=lambda one: (one[1].start, one[1].end, one[0]), reverse=True)
    for _, edit in ordered:  # from the end; of two at one place, the inner one was made first and stands first
        made = made[: edit.start] + edit.text.replace("\n", work.newline) + made[edit.end :]
    return made


class _Splicing:
    def __init__(self, text: str, *, deep: bool) -> None:
        self.edits: list[_Edit] = []
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self._text = text
        self._deep = deep

    def table(self, node: Node, before: Table, after: Table) -> None:
        """Of a table in lines."""
        pairs = {key.text: (key, value) for key, value in node.pairs()}
        known = [key for key in after if key in pairs]
        for name, (key, value) in pairs.items():
            if name not in after:
                self._cut(key, value)
            elif before.get(name) != after[name]:
                self._value(key, value, before.get(name, ""), after[name])
        behind: dict[str, list[str]] = {}
        last = ""
        for name in after:
            if name in known:
                last = name
            else:
                behind.setdefault(last, []).append(name)
        for name, new in behind.items():
            lines = rendered({one: after[one] for one in new}, node.column)
            if name:
                self._insert_after(pairs[name][1], lines)
            else:
                at = node.start
                self.edits.append(_Edit(at, at, f"{lines[node.column :]}\n{' ' * node.column}"))

    def _value(self, key: Node, value: Node, before: Plain, after: Plain) -> None:
        if self._alike(value, before, after):
            return
        if value.flow or (value.kind == "text" and not isinstance(after, (dict, list))):
            self._replace(value, flowed(after) if isinstance(after, (dict, list)) or value.flow else scalar(after))
            return
        lines = rendered({key.text: after}, key.column)[key.column :]
        self.edits.append(_Edit(key.start, self._end(value), lines))

    def _alike(self, node: Node, before: Plain, after: Plain) -> bool:
        """Went deeper, where the text is set in lines as the parts are."""
        if not self._deep or node.flow:
            return False
        if isinstance(before, dict) and isinstance(after, dict) and node.kind == "map":
            is_like = {key.text for key, _ in node.pairs()} == before.keys() and bool(after.keys() & before.keys())
            if is_like:
                self.table(node, before, after)
            return is_like
        if isinstance(before, list) and isinstance(after, list) and node.kind == "list":
            is_like = len(node.items) == len(before) and bool(after)
            if is_like:
                self._list(node, before, after)
            return is_like
        return False

    def _list(self, node: Node, before: list[Plain], after: list[Plain]) -> None:
        match = SequenceMatcher(None, [repr(one) for one in before], [repr(one) for one in after], autojunk=False)
        for what, low, high, first, last in match.get_opcodes():
            if what == "equal":
                continue
            both = min(high - low, last - first)
            for place in range(both):
                self._item(node.items[low + place], before[low + place], after[first + place])
            for item in node.items[low + both : high]:
                self._cut_item(item)
            if new := after[first + both : last]:
                self._insert_items(node, low + both, new)

    def _item(self, node: Node, before: Plain, after: Plain) -> None:
        if self._alike(node, before, after):
            return
        if node.flow and node.kind != "text":
            self._replace(node, flowed(after))
            return
        lines = rendered_list([after], node.column - 2)[node.column :]
        self.edits.append(_Edit(node.start, self._end(node), lines))

    def _insert_items(self, node: Node, place: int, new: list[Plain]) -> None:
        lines = rendered_list(new, node.column)
        if place:
            self._insert_after(node.items[place - 1], lines)
        else:
            self.edits.append(_Edit(node.start, node.start, f"{lines[node.column :]}\n{' ' * node.column}"))

    def _replace(self, node: Node, new: str) -> None:
        self.edits.append(_Edit(node.start, self._end(node), new))

    def _end(self, node: Node) -> int:
        """A text in lines of its own (`|`) ends behind its last line break, which stays."""
        found = self._text[node.start : node.end]
        return node.start + len(found.rstrip()) if found.strip() else node.end

    def _insert_after(self, node: Node, lines: str) -> None:
        """Below the line in which it ends, with whatever is noted there."""
        at = self._text.find("\n", self._end(node))
        if at < 0:
            self.edits.append(_Edit(len(self._text), len(self._text), f"\n{lines}"))
        else:
            self.edits.append(_Edit(at + 1, at + 1, f"{lines}\n"))

    def _cut(self, key: Node, value: Node) -> None:
        self._cut_lines(
            self._text.rfind("\n", 0, key.start) + 1, self._end(value) if value.text or value.items else key.end
        )

    def _cut_item(self, node: Node) -> None:
        self._cut_lines(self._text.rfind("\n", 0, node.start) + 1, self._end(node))

    def _cut_lines(self, start: int, end: int) -> None:
        last = self._text.find("\n", end)
        self.edits.append(_Edit(start, len(self._text) if last < 0 else last + 1, ""))
