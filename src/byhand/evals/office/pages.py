"""The pages of an app: lists, records, forms, and the few that stand between.

Rules of this module: a page is a value drawn from a look and the records; nothing here changes a record. Each control
can be reached by role and name, and by keyboard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from byhand.evals.office import widgets
from byhand.evals.office.families import Record
from byhand.evals.office.frame import Frame
from byhand.evals.office.look import Look
from byhand.evals.office.markup import Html, Part
from byhand.evals.office.shape import Collection, Deed, Field, Form, Lines, offered


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list was asked for."""

    search: str = ""
    filter: str = ""
    page: int = 1

    def query(self, page: int) -> str:
        told = {"q": self.search, "f": self.filter, "page": str(page) if page > 1 else ""}
        return urlencode({key: value for key, value in told.items() if value})


class Pages(Frame):
    """Draws one app's lists, records and forms as it now looks."""

    def list(
        self, collection: Collection, records: Sequence[tuple[str, Record]], asked: Asked, *, deleted: bool = False
    ) -> Html:
        h, say = self.h, self.say
        size = collection.per_page
        pages = max(1, -(-len(records) // size))
        page = min(max(asked.page, 1), pages)
        shown = records[(page - 1) * size : page * size]
        self._here = f"/{collection.name}?{asked.query(page)}"
        columns = [collection.field(name) for name in self.look.columns(collection.name, collection.columns)]
        table: Part = h("p", say("Nothing here"), class_="empty")
        if shown:
            table = h(
                "table",
                h("thead", h("tr", [h("th", say(one.label), scope="col", class_=one.kind) for one in columns],
                             h("th", say("Actions"), scope="col", class_="acts"))),
                h("tbody", [self._row(collection, key, record, columns, deleted=deleted) for key, record in shown]),
                aria_label=say(collection.many),
            )  # fmt: skip
        here = f"/{collection.name}" + ("/deleted" if deleted else "")
        new = collection.form("new")
        title = say("Deleted") if deleted else say(collection.many)
        links: list[Part] = []
        if new and not deleted:
            links.append(h("a", say(new.opens), href=f"/{collection.name}/new", class_="button primary"))
        if collection.bin and not deleted:
            links.append(h("a", say("Deleted"), href=f"/{collection.name}/deleted", class_="button quiet"))
        turn: Part = None
        if pages > 1:
            turn = h(
                "nav",
                self._turn("Previous page", f"{here}?{asked.query(page - 1)}") if page > 1 else None,
                h("span", say("Page {page} of {pages}").format(page=page, pages=pages)),
                self._turn("Next page", f"{here}?{asked.query(page + 1)}") if page < pages else None,
                class_="turn", aria_label=say("Page {page} of {pages}").format(page=page, pages=pages),
            )  # fmt: skip
        parts: list[Part] = [
            self._search(collection, asked) if not deleted else None,
            h("div", table, class_="sheet"),
            turn,
        ]
        return self.whole(
            title, h("header", h("h1", title), h("div", links, class_="links"), class_="top"), self._note(), parts
        )

    def record(
        self, collection: Collection, key: str, record: Record, wrong: Mapping[str, str], posted: Mapping[str, str]
    ) -> Html:
        h, say = self.h, self.say
        links: list[Part] = [
            h("a", say(form.opens), href=f"/{collection.name}/{quote(key)}/{form.name}", class_="button")
            for form in collection.forms
            if form.name != "new" and offered(form.when, record)
        ]
        links += [self._deed(collection, key, deed) for deed in collection.deeds if offered(deed.when, record)]
        title = str(record[collection.key])
        parts = [self._values(collection, record)]
        if collection.lines:
            parts.append(self._lines(collection, collection.lines, key, record, wrong, posted))
        if "LAYOUT" in self.look.drifts:
            parts.reverse()
        return self.whole(
            title,
            h("header", h("p", say(collection.one), class_="kind"), h("h1", title), h("div", links, class_="links"),
              class_="top"),
            self._note(), parts,
        )  # fmt: skip

    def form(
        self, collection: Collection, form: Form, key: str, values: Mapping[str, str], wrong: Mapping[str, str]
    ) -> Html:
        h, say = self.h, self.say
        fields = self.look.fields(f"{collection.name} {form.name}", [collection.field(name) for name in form.fields])
        at = f"/{collection.name}/{quote(key)}/{form.name}" if key else f"/{collection.name}/{form.name}"
        back = f"/{collection.name}/{quote(key)}" if key else f"/{collection.name}"
        groups: dict[str, list[Field]] = {}
        for one in fields:
            groups.setdefault(one.group if "LAYOUT" not in self.look.drifts else "", []).append(one)
        drawn: list[Part] = [
            h(
                "div",
                h("h2", say(group)) if group and len(groups) > 1 else None,
                h("div", [self._field(one, values, wrong) for one in inside], class_="grid"),
                class_="group",
            )
            for group, inside in groups.items()
        ]
        buttons = h(
            "div",
            h("button", say(form.button), type="submit", class_="primary", data_testid="save"),
            h("button", say(form.on), type="submit", name="_on", value="1") if form.on else None,
            h("a", say("Cancel"), href=back, class_="button quiet"),
            class_="buttons",
        )
        body = [buttons, *drawn] if "LAYOUT" in self.look.drifts else [*drawn, buttons]
        known: Part = self._values(collection, self._known, without=form.fields) if self._known else None
        return self.whole(
            say(form.title), h("header", h("h1", say(form.title)), class_="top"),
            h("p", say("Something went wrong"), role="alert", class_="alert") if wrong else None,
            known, h("form", self._note(), body, method="post", action=at, class_="sheet form", novalidate=True),
        )  # fmt: skip

    _known: Record | None = None

    def beside(self, record: Record) -> Pages:
        """The form that follows also shows the record it is about."""
        self._known = record
        return self

    def asks(self, collection: Collection, key: str, deed: Deed, record: Record) -> Html:
        h, say = self.h, self.say
        return self.whole(
            say(deed.label),
            h("form", h("h1", say(deed.asks)), h("p", str(record[collection.key]), class_="kind"), self._note(),
              h("div", h("button", say(deed.label), type="submit", class_="danger"),
                h("a", say("Cancel"), href=f"/{collection.name}/{quote(key)}", class_="button quiet"),
                class_="buttons"),
              method="post", action=f"/{collection.name}/{quote(key)}/do/{deed.name}", class_="sheet form narrow"),
        )  # fmt: skip

    def _turn(self, label: str, to: str) -> Html:
        return self.h("a", self.say(label), href=to, class_="button")

    def _row(
        self, collection: Collection, key: str, record: Record, columns: Sequence[Field], *, deleted: bool
    ) -> Html:
        h, say = self.h, self.say
        at = f"/{collection.name}/{quote(key)}"
        cells = [
            h("td", self._linked(one, record, at) if one.name == collection.key and not deleted
              else self._shown(one, record), class_=one.kind)
            for one in columns
        ]  # fmt: skip
        if deleted:
            acts: list[Part] = [self._button(say("Restore"), f"{at}/restore")]
        else:
            acts = [
                self._deed(collection, key, deed)
                for deed in collection.deeds
                if deed.in_row and offered(deed.when, record)
            ]
        return h("tr", cells, h("td", acts, class_="acts"), data_testid="row")

    def _linked(self, one: Field, record: Record, at: str) -> Html:
        return self.h("a", self.look.value(one, record.get(one.name, "")), href=at)

    def _shown(self, one: Field, record: Record) -> Part:
        told = self.look.value(one, record.get(one.name, ""))
        return (
            self.h("span", told, class_="chip", data_value=str(record.get(one.name)))
            if one.name == "status" and told
            else told
        )

    def _deed(self, collection: Collection, key: str, deed: Deed) -> Html:
        at = f"/{collection.name}/{quote(key)}/do/{deed.name}"
        if deed.asks:
            return self.h("a", self.say(deed.label), href=at, class_="button")
        return self._button(self.say(deed.label), at)

    def _search(self, collection: Collection, asked: Asked) -> Html:
        h, say = self.h, self.say
        narrow: Part = None
        if collection.filter:
            one = collection.field(collection.filter)
            values = [*self.look.options(one), *((value, value) for value in one.later)]
            options = [h("option", say("All"), value="")]
            options += [h("option", told, value=value, selected=value == asked.filter) for value, told in values]
            narrow = h(
                "div",
                h("label", say(one.label), for_="filter"),
                h("select", options, id="filter", name="f"),
                class_="row",
            )
        return h(
            "form",
            h("div", h("label", say("Search"), for_="search"),
              h("input", type="search", id="search", name="q", value=asked.search, autocomplete="off"), class_="row"),
            narrow, h("button", say("Show"), type="submit"),
            method="get", action=f"/{collection.name}", class_="search", role="search",
        )  # fmt: skip

    def _field(self, one: Field, values: Mapping[str, str], wrong: Mapping[str, str]) -> Html:
        said = wrong.get(one.name, "")
        return widgets.row(self.look, one, values.get(one.name, ""), self.say(said) if said else "")

    def _values(self, collection: Collection, record: Record, without: Sequence[str] = ()) -> Html:
        h = self.h
        extra = [one for one in (self.look.app.optional, self.look.app.required) if record.get(one.name)]
        fields = [one for one in (*collection.fields, *extra) if one.name not in without]
        if "LAYOUT" in self.look.drifts:
            fields = self.look.order(collection.name, fields)
        pairs = [
            h("div", h("dt", self.say(one.label)), h("dd", self._shown(one, record) or "–"), class_=f"pair {one.kind}")
            for one in fields
        ]
        return h("dl", pairs, class_="sheet values")

    def _lines(
        self,
        collection: Collection,
        lines: Lines,
        key: str,
        record: Record,
        wrong: Mapping[str, str],
        posted: Mapping[str, str],
    ) -> Html:
        h, say = self.h, self.say
        held = record.get(lines.field)
        rows = held if isinstance(held, list) else []
        heads = [h("th", say(one.label), scope="col", class_=one.kind) for one in lines.fields]
        if lines.results:
            heads += [h("th", say("Result"), scope="col"), h("th", say("Actions"), scope="col", class_="acts")]
        body: list[Part] = []
        for place, line in enumerate(rows):
            cells: list[Part] = [
                h("td", self.look.value(one, line.get(one.name, "")), class_=one.kind) for one in lines.fields
            ]
            if lines.results:
                said = str(line.get("result", "")) or lines.none
                cells.append(h("td", h("span", say(said), class_="chip", data_value=said)))
                at = f"/{collection.name}/{quote(key)}/lines/{place}"
                cells.append(h("td", [self._result(at, one) for one in lines.results], class_="acts"))
            body.append(h("tr", cells, data_testid="line"))
        add: Part = None
        if lines.add:
            fields = self.look.order("lines", lines.fields) if "LAYOUT" in self.look.drifts else lines.fields
            add = h(
                "form",
                h("div", [self._field(one, posted or _begin(self.look, fields), wrong) for one in fields],
                  class_="grid"),
                h("div", h("button", say(lines.add), type="submit"), class_="buttons"),
                method="post", action=f"/{collection.name}/{quote(key)}/lines", class_="form", novalidate=True,
            )  # fmt: skip
        table = h("table", h("thead", h("tr", heads)), h("tbody", body), aria_label=say(lines.title)) if rows else None
        return h("section", h("h2", say(lines.title)), table, add, class_="sheet lines", aria_label=say(lines.title))

    def _result(self, at: str, result: str) -> Html:
        h = self.h
        return h(
            "form", h("input", type="hidden", name="_result", value=result),
            h("button", self.say(result), type="submit"), method="post", action=at, class_="one",
        )  # fmt: skip


def _begin(look: Look, fields: Sequence[Field]) -> dict[str, str]:
    return {one.name: look.typed(one, one.default) for one in fields}
