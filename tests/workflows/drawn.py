"""Views for tests, drawn as text: one element a line, what lies in another is indented.

form "Invoice"
  textbox "Amount" =12.50 !required #amount ~in cents
  button "Save"
"""

from __future__ import annotations

import re
from textwrap import dedent

from byhand.workflows.around import Around
from byhand.workflows.cells import Cell
from byhand.workflows.program import Evidence, Parameter
from byhand.workflows.targets import Scope
from byhand.workflows.view import Seen, View

_LINE = re.compile(
    r'(?P<role>[a-z]+)?(?:/(?P<tag>\w+))?(?: "(?P<name>[^"]*)")?'
    r"(?P<rest>(?: (?:=\S+|>\S+|![\w-]+|#\S+|\[\S+\]|~.*|\?\w+))*)\s*"
)
_TAGS = {
    "textbox": "input",
    "button": "button",
    "link": "a",
    "row": "tr",
    "cell": "td",
    "combobox": "select",
    "option": "option",
}


def view(text: str, address: str = "http://site.example/", title: str = "", status: int = 200) -> View:
    """=VALUE !state #selector [selector] >path ?kind ~hint; a `_` in a value or state is a space."""
    elements: list[Seen] = []
    hits: dict[str, tuple[int, ...]] = {}
    above: list[tuple[int, int]] = []
    for line in dedent(text).strip("\n").splitlines():
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip())
        found = _LINE.fullmatch(line.strip())
        assert found is not None, line
        while above and above[-1][0] >= indent:
            above.pop()
        parent, at = above[-1][1] if above else -1, len(elements)
        role = found["role"] or ""
        rest = found["rest"] or ""
        hint = rest.split(" ~", 1)[1] if " ~" in rest else ""
        words = rest.split(" ~", 1)[0].split()
        for one in words:
            if one[0] in "#[":
                hits[one] = (*hits.get(one, ()), at)
        elements.append(Seen(
            at + 1, parent, role, found["tag"] or _TAGS.get(role, "div"), found["name"] or "",
            tuple(one[1:].replace("_", " ") for one in words if one[0] == "!"),
            next((one[1:].replace("_", " ") for one in words if one[0] == "="), ""),
            (indent * 10, at * 30, 400, 24), 0, next((one[1:] for one in words if one[0] == "?"), ""), hint,
            next((one[1:] for one in words if one[0] == ">"), ""),
        ))  # fmt: skip
        above.append((indent, at))
    return View(address, title, tuple(elements), hits, status)


def around(text: str, address: str = "http://site.example/", title: str = "", status: int = 200) -> Around:
    return Around(view(text, address, title, status))


def scope(*targets: Evidence, parameters: tuple[Parameter, ...] = (), **values: Cell) -> Scope:
    return Scope({one.called: one for one in targets}, values, parameters)


def named(role: str, name: str, **more: object) -> Evidence:
    """What is known of an element of that role and name."""
    return Evidence(called=name, role=role, name=name, **more)  # pyright: ignore[reportArgumentType]
