"""How an app looks and speaks under its drifts. Everything that a drift changes on a page is decided here.

Rules of this module: no state, no clock. The same app, seed and drifts give the same page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from byhand.evals.office.families import Value
from byhand.evals.office.markup import Maker, changed, same
from byhand.evals.office.seeds import source
from byhand.evals.office.shape import App, Field, Widget
from byhand.evals.office.values import Locale, amount, shown_day
from byhand.evals.office.words import WORDS, renamed

_NEXT: dict[Widget, Widget] = {"select": "radio", "radio": "listbox", "listbox": "select"}
One = TypeVar("One")


@dataclass(frozen=True)
class Look:
    """Made anew whenever the drifts change."""

    app: App
    seed: int
    drifts: frozenset[str]
    h: Maker = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "h", Maker(changed if "IDS" in self.drifts else same))

    @property
    def locale(self) -> Locale:
        return "de" if "LANGUAGE" in self.drifts else "en"

    def say(self, text: str) -> str:
        said = WORDS.get(text)
        if said is None:
            return text
        if "LANGUAGE" in self.drifts:
            return said.german
        return said.other if "LABELS" in self.drifts else text

    def order(self, what: str, values: Sequence[One]) -> list[One]:
        """In another order, the same each time."""
        mixed = list(values)
        source(what, self.seed).shuffle(mixed)
        return mixed[1:] + mixed[:1] if mixed == list(values) else mixed

    def columns(self, table: str, names: Sequence[str]) -> list[str]:
        return self.order(f"columns of {table}", names) if "REORDER" in self.drifts else list(names)

    def fields(self, form: str, fields: Sequence[Field]) -> list[Field]:
        """Those of a form: with the new ones, and elsewhere."""
        mine = list(fields)
        if "OPTIONAL" in self.drifts:
            mine.insert(len(mine) // 2, self.app.optional)
        if "REQUIRED" in self.drifts:
            mine.insert(len(mine) // 2, self.app.required)
        return self.order(f"fields of {form}", mine) if "LAYOUT" in self.drifts else mine

    def widget(self, one: Field) -> Widget:
        return _NEXT[one.widget] if "WIDGET" in self.drifts else one.widget

    def options(self, one: Field, now: str = "") -> list[tuple[str, str]]:
        """(what is stored, what is said) of each; the one that is chosen now is always among them."""
        values = [*one.options, *one.more[:1]]
        if "OPTIONS" in self.drifts:
            values = self.order(one.name, (*one.options, *one.more))
        if "OPTIONS_REMOVED" in self.drifts and one is not self.app.required:
            values = list(one.more)
        if now and now not in values:
            values.append(now)
        return [(value, self._named(one, value)) for value in values]

    def value(self, one: Field, value: Value) -> str:
        """As a page shows it."""
        if one.kind == "amount" and isinstance(value, int):
            return amount(value, self.locale)
        if one.kind == "date" and isinstance(value, str):
            return shown_day(value, self.locale)
        if one.kind == "check":
            return self.say("Yes" if value else "No")
        return self._named(one, str(value))

    def _named(self, one: Field, option: str) -> str:
        drifted = "OPTIONS_RENAMED" in self.drifts and one is not self.app.required
        return renamed(option) if drifted and option in one.options else option

    def typed(self, one: Field, value: Value) -> str:
        """As it stands in a form's field."""
        if one.kind == "amount" and isinstance(value, int):
            return amount(value // 1000 if "MEANING" in self.drifts else value, self.locale) if value else ""
        return str(value) if value is not False else ""
