"""A program as a Playwright test in Python: its parameters are the test's data. Pure.

Rules of this module: what a test can't do the same way is a comment in it, and told. No secret is in it: it is read
from the environment when the test runs. All texts go in as Python literals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from byhand.workflows import cells, sentences
from byhand.workflows.elsewhere import origin
from byhand.workflows.program import Act, Branch, Check, Condition, Effect, Evidence, Repeat, Statement, Workflow
from byhand.workflows.templates import pieces

_IN = "    "
_ROLES = {"textbox", "button", "link", "combobox", "checkbox", "radio", "option", "searchbox", "spinbutton", "tab",
          "menuitem", "switch", "listbox", "heading", "row", "cell", "dialog", "img", "slider"}  # fmt: skip


def playwright(workflow: Workflow, rows: Sequence[cells.Values]) -> str:
    """The file's text.

    Args:
        workflow: the program.
        rows: the test's data. Without any, one row of empty cells stands for what is to be filled in.

    Raises:
        CellError: a row's cell can't be typed.
    """
    writer = _Writer(workflow)
    name = re.sub(r"\W+", "_", workflow.name)
    data = [_words(workflow, row) for row in rows] or [{one.name: "" for one in workflow.parameters}]
    body = list(writer.steps(workflow.steps, "page", 1))
    for number, effect in enumerate(workflow.effects, 1):
        body += writer.effect(effect, number)
    told = "".join(f"        {row!r},\n" for row in data)
    secrets = "".join(
        f"    row[{one.name!r}] = os.environ[{'BYHAND_' + one.name.upper()!r}]\n"
        for one in workflow.parameters
        if one.kind == "secret"
    )
    start = workflow.start if origin(workflow.start) else ""
    head = (files("byhand.workflows") / "as_playwright.txt").read_text("utf-8")
    return (
        head.replace("{{about}}", _comment(workflow.about or workflow.name))
        .replace("{{name}}", workflow.name)
        .replace("{{start}}", repr(start))
        .replace("{{rows}}", f"[\n{told}    ]" if told else "[]")
        .replace("{{test}}", name)
        .replace("{{secrets}}", secrets)
        .replace("{{body}}", "\n".join(body) or f"{_IN}pass")
    )


def _words(workflow: Workflow, row: cells.Values) -> dict[str, object]:
    """As they are typed; beside a number or date its plain value, which conditions compare."""
    told: dict[str, object] = dict(cells.words(row, workflow.parameters))
    for one in workflow.parameters:
        cell = row.get(one.name, "")
        if isinstance(cell, tuple):
            forms = {field.name: field.format for field in one.fields}
            told[one.name] = [
                {name: cells.written(value, forms.get(name, "")) for name, value in entry.items()} for entry in cell
            ]
        elif one.kind in ("number", "date") and cell != "":
            told[f"{one.name}="] = cells.written(cell)
        else:
            told.setdefault(one.name, "")
    return told


class _Writer:
    def __init__(self, workflow: Workflow) -> None:
        self._targets: Mapping[str, Evidence] = {one.called: one for one in workflow.targets}
        self._kinds = {one.name: one.kind for one in workflow.parameters}
        self._start = origin(workflow.start)

    def steps(self, steps: Sequence[Statement], page: str, depth: int) -> Iterator[str]:
        pad = _IN * depth
        for step in steps:
            match step:
                case Act():
                    yield f"{pad}# {_comment(sentences.write_act(step))}"
                    yield from (pad + line for line in self._act(step, page))
                    for check in step.then:
                        yield from (pad + line for line in self._check(check, page))
                case Repeat():
                    yield from self._repeat(step, page, depth)
                case Branch():
                    yield f"{pad}if {self._condition(step.when, page)}:"
                    yield from self._block(step.steps, page, depth + 1)
                    if step.other:
                        yield f"{pad}else:"
                        yield from self._block(step.other, page, depth + 1)

    def effect(self, effect: Effect, number: int) -> list[str]:
        if effect.kind == "http":
            wanted = f"told(row, {self._template(effect.holds)})" if effect.holds else "''"
            return [f"{_IN}holds(page.request.get(at({self._text(effect.at)})), {wanted})"]
        if effect.kind != "view":
            return [f"{_IN}# how its effect is seen ({effect.kind}) is not something a page can be asked"]
        view = f"view{number}"
        lines = [f"{_IN}def effect{number}({view}: Page) -> None:"]
        if not any(act.verb == "open" for act in effect.steps):
            lines.append(f"{_IN * 2}{view}.goto(page.url)")
        lines += self.steps(effect.steps, view, 2)
        for check in effect.checks:
            lines += [_IN * 2 + line for line in self._check(check, view)]
        return [*lines, f"{_IN}eventually(page, effect{number})"]

    def _block(self, steps: Sequence[Statement], page: str, depth: int) -> Iterator[str]:
        lines = list(self.steps(steps, page, depth))
        yield from lines or [f"{_IN * depth}pass"]

    def _repeat(self, step: Repeat, page: str, depth: int) -> Iterator[str]:
        pad = _IN * depth
        match step.over:
            case "list":
                yield f"{pad}for entry in row[{step.name!r}]:"
                yield f"{pad}{_IN}row |= {{f'{step.name}.{{name}}': value for name, value in entry.items()}}"
                yield from self._block(step.steps, page, depth + 1)
            case "rows":
                yield f"{pad}for words in words_of_rows({page}, {self._values(step.row)}):"
                yield f"{pad}{_IN}row |= {{'row': words}}"
                yield from self._block(step.steps, page, depth + 1)
            case "pages":
                yield f"{pad}while True:"
                yield from self._block(step.steps, page, depth + 1)
                next_ = self._find(step.target, "", page)
                yield f"{pad}{_IN}if {next_}.count() == 0 or {next_}.is_disabled():"
                yield f"{pad}{_IN}{_IN}break"
                yield f"{pad}{_IN}{next_}.click()"

    def _act(self, act: Act, page: str) -> list[str]:
        found = self._find(act.target, act.row, page) if act.target else ""
        text = self._text(act.text)
        match act.verb:
            case "open":
                return [f"{page}.goto(at({text}))"]
            case "press":
                return [f"{found}.click()"]
            case "press twice":
                return [f"{found}.dblclick()"]
            case "press right":
                return [f'{found}.click(button="right")']
            case "fill":
                return [f"{found}.fill({text})"]
            case "choose":
                return [f"choose({found}, {text})"]
            case "set":
                return [f"{found}.set_checked({text} == 'on')"]
            case "key":
                return [f"{found}.press({text})" if found else f"{page}.keyboard.press({text})"]
            case "hover":
                return [f"{found}.hover()"]
            case "drag":
                return [f"{found}.drag_to({self._find(act.to, '', page)})"]
            case "upload":
                return [f"{found}.set_input_files({text})"]
            case "read":
                return [f"row[{act.into!r}] = said({found})"]
            case "turn":
                return [f"{page} = {page}.context.pages[{int(act.text) - 1}]"]

    def _check(self, check: Check, page: str) -> list[str]:
        text = self._text(check.text)
        match check.kind:
            case "holds":
                return [f"expect({self._find(check.target, '', page)}).to_have_value({text})"]
            case "set":
                wanted = "" if check.text == "on" else "not_"
                return [f"expect({self._find(check.target, '', page)}).{wanted}to_be_checked()"]
            case "see":
                return [f"expect(seen({page}, {check.role!r}, {text}).first).to_be_visible()"]
            case "gone":
                return [f"expect(seen({page}, {check.role!r}, {text})).to_have_count(0)"]
            case "page":
                return [f"expect({page}).to_have_url(path({text}))"]
            case "row":
                found = f"rows({page}, {self._values(check.row)})"
                more = f", {self._values(check.text, plain=True)}" if check.text else ""
                return [f"one_row({found}{more})"]
            case "count":
                return [f"expect(rows({page}, {self._values(check.row)})).to_have_count(int({text}))"]

    def _find(self, called: str, row: str, page: str) -> str:
        one = self._targets.get(called) or Evidence(called=called, name=called)
        scope = page
        for frame in one.frame:
            scope = f"{scope}.frame_locator({frame!r})"
        if row or one.row:
            scope = f"rows({scope}, {self._values(row or one.row)}).last"
        elif one.near:
            scope = f"near({scope}, {one.near!r})"
        role = one.role if one.role in _ROLES else ""
        return f"find({scope}, {role!r}, {one.name!r}, {one.label!r})"

    def _condition(self, when: Condition, page: str) -> str:
        if when.relation == "sees":
            return f"seen({page}, '', {self._text(when.right)}).count()"
        if when.relation == "given":
            return f"bool({self._text(when.left)})"
        return f"compare({self._plain(when.left)}, {when.relation!r}, {self._plain(when.right)})"

    def _plain(self, template: str) -> str:
        """The side of a condition: a number's or date's own value where there is one."""
        parts = pieces(template)
        if len(parts) == 1 and parts[0].slot and self._kinds.get(parts[0].text) in ("number", "date"):
            return f"row.get({parts[0].text + '='!r}, '')"
        return self._text(template)

    def _text(self, template: str) -> str:
        """A Python expression for what a template stands for."""
        parts = pieces(template)
        if not any(part.slot for part in parts):
            return repr("".join(part.text for part in parts))
        if len(parts) == 1:
            return f"row[{parts[0].text!r}]"
        return " + ".join(f"row[{part.text!r}]" if part.slot else repr(part.text) for part in parts)

    def _template(self, template: str) -> str:
        return repr(template)

    def _values(self, template: str, *, plain: bool = False) -> str:
        """The values of a row, apart: slots, and what stands between them. plain: numbers and dates as themselves."""
        said = [
            (self._plain(f"{{{part.text}}}") if plain else f"row[{part.text!r}]")
            if part.slot
            else repr(part.text.strip(" ,;"))
            for part in pieces(template)
            if part.slot or part.text.strip(" ,;")
        ]
        return f"[{', '.join(said)}]"


def _comment(text: str) -> str:
    return " ".join(text.replace("\\", "/").replace('"""', "'''").split())
