"""A pretend form and its list, as hands of a workflow see them: what is saved is a line of a file, there for good.

It is the state checker too: nobody but the file says what was saved, whoever was killed meanwhile.
"""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

from byhand.workflows.program import Act, Check, Effect, Evidence, Parameter, Workflow
from byhand.workflows.view import Seen, View

PROGRAM = Workflow(
    name="enter", start="http://form.example/", sites=("http://form.example",), identity=("number",),
    parameters=(Parameter(name="number"), Parameter(name="amount")),
    steps=(
        Act(id="s1", verb="press", target="New"),
        Act(id="s2", verb="fill", target="Number", text="{number}"),
        Act(id="s3", verb="fill", target="Amount", text="{amount}"),
        Act(id="s4", verb="press", target="Save", risk="sends", then=(Check(kind="see", text="Saved"),)),
    ),
    targets=(
        Evidence(called="New", role="link", name="New", tag="a", selectors=("#new",)),
        Evidence(called="Number", role="textbox", name="Number", tag="input", selectors=("#number",)),
        Evidence(called="Amount", role="textbox", name="Amount", tag="input", selectors=("#amount",)),
        Evidence(called="Save", role="button", name="Save", tag="button", selectors=("#save",)),
    ),
    effects=(
        Effect(
            kind="view", steps=(Act(id="e1", verb="open", text="http://form.example/"),),
            checks=(Check(kind="row", row="{number}", text="{amount}"),),
        ),
    ),
)  # fmt: skip


class FormHands:
    """Satisfies `outcome.Hands`. pause_s: how long each look and act takes, so that a kill may fall into it. dies_at:
    the process is killed in that one of them, counted from 1; a save is two, one before and one after it.
    """

    def __init__(self, file: Path, pause_s: float = 0.0, dies_at: int = 0) -> None:
        self._file, self._pause_s, self._left = file, pause_s, dies_at
        self._page, self._fields, self._saved = "/", {"Number": "", "Amount": ""}, False
        self.acts = 0

    def go(self, address: str) -> str:
        self._page, self._saved = urlsplit(address).path or "/", False
        self._fields = {"Number": "", "Amount": ""}
        return ""

    def look(self, selectors: tuple[str, ...] = ()) -> View:
        self._passes()
        elements = [Seen(1, -1, "document", "body", box=(0, 0, 800, 600))]
        ids: dict[str, str] = {}

        def add(role: str, tag: str, name: str = "", value: str = "", parent: int = 0, css: str = "") -> int:
            place = len(elements)
            elements.append(Seen(place + 1, parent, role, tag, name, (), value, (10, 30 * place, 200, 24)))
            if css:
                ids[css] = str(place)
            return place

        if self._page == "/":
            add("link", "a", "New", css="#new")
            table = add("table", "table", "Records")
            for number, amount in saved(self._file):
                row = add("row", "tr", f"{number} {amount}", parent=table)
                add("cell", "td", number, parent=row)
                add("cell", "td", amount, parent=row)
        else:
            for name, value in self._fields.items():
                add("textbox", "input", name, value, css=f"#{name.lower()}")
            add("button", "button", "Save", css="#save")
            if self._saved:
                add("status", "p", "Saved")
        hits = {css: (int(ids[css]),) for css in selectors if css in ids}
        return View(f"http://form.example{self._page}", "Form", tuple(elements), hits)

    def act(self, verb: str, node: int, text: str = "", to: int = 0, *, agrees: str = "") -> str:
        del to, agrees
        self._passes()
        self.acts += 1
        if verb == "open":
            return self.go(text)
        one = next(seen for seen in self.look().elements if seen.node == node)
        if verb == "fill":
            self._fields[one.name] = text
        elif one.name == "New":
            self._page = "/new"
        elif one.name == "Save":
            self._save()
            self._passes()  # its answer is on its way
            self._saved = True
        return ""

    def _passes(self) -> None:
        time.sleep(self._pause_s)
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def _save(self) -> None:
        handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, f"{self._fields['Number']},{self._fields['Amount']}\n".encode())
        finally:
            os.close(handle)

    def rest(self, seconds: float) -> None:
        time.sleep(min(seconds, 0.002))

    def picture(self) -> bytes:
        return b""

    def second(self) -> FormHands:
        return FormHands(self._file, self._pause_s)

    def close(self) -> None:
        """Nothing is held."""


def saved(file: Path) -> list[tuple[str, str]]:
    """What the file says was saved, in order."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [(number, amount) for number, _, amount in (line.partition(",") for line in lines)]
