"""The expense form: a list, a search and a form in one GTK window.

Run by the system's Python with one argument, the file that says what to show and that keeps the records. It knows
nothing of byhand and has no words of its own; each save replaces the file in one move, so a reader never sees half.
"""

# GTK carries no types:
# pyright: reportUnknownLambdaType=false, reportUnknownMemberType=false, reportUnknownArgumentType=false

from __future__ import annotations

import json
import os
import re
import signal
import sys
from datetime import date
from importlib import import_module
from typing import Any

gi: Any = import_module("gi")
gi.require_version("Gtk", "3.0")
GLib: Any = import_module("gi.repository.GLib")
GLib.set_prgname("expenses")  # before GTK takes the file's name for it: windows and accessibility go by it
Gtk: Any = import_module("gi.repository.Gtk")

_STYLE = b"""
window { background: #f5f6f8; }
.card { background: #ffffff; border: 1px solid #e4e7ec; border-radius: 8px; padding: 14px; }
.said { color: #12805c; font-weight: bold; }
.wrong { color: #c4320a; font-weight: bold; }
.note { color: #93610a; }
.heading { font-size: 17px; font-weight: bold; }
"""
_OTHER = b"""
window, .card { background: #22252b; color: #eceff4; }
.card { border: 2px solid #88c0d0; border-radius: 0; padding: 8px; }
label, entry, button, checkbutton { font-family: monospace; }
"""
_AMOUNT = re.compile(r"\d+|\d{1,3}(?:([.,'\u2019 \u202f])\d{3})(?:\1\d{3})*")
_ID, _FIRST = 0, 1
_INTERRUPTS = 4
_SLOW_MS = 700


def cents(text: str) -> int | None:
    """An amount with two decimals after the last mark, or a whole one without any; None for anything else."""
    found = re.fullmatch(r"(.*?)(?:[.,](\d{2}))?", text.strip())
    if found is None or not _AMOUNT.fullmatch(found[1]) or (not found[2] and not found[1].isdigit()):
        return None
    return int(re.sub(r"\D", "", found[1])) * 100 + int(found[2] or 0)


def day(text: str) -> str | None:
    for shape, order in ((r"(\d{4})-(\d\d?)-(\d\d?)", (1, 2, 3)), (r"(\d\d?)\.(\d\d?)\.(\d{4})", (3, 2, 1))):
        found = re.fullmatch(shape, text.strip())
        if found:
            try:
                return date(*(int(found[part]) for part in order)).isoformat()
            except ValueError:
                return None
    return None


class Window:
    """The window and its records."""

    def __init__(self, file: str) -> None:
        self.file = file
        with open(file, encoding="utf-8") as told:  # noqa: PTH123  no pathlib is needed for one file
            self.held: dict[str, Any] = json.load(told)
        self.form: dict[str, Any] = self.held["form"]
        self.words: dict[str, str] = self.form["words"]
        self.records: dict[str, dict[str, Any]] = self.held["tables"]["expenses"]
        self.drifts = set(self.held["drifts"])
        self.now = ""
        self.typed = 0
        self.inputs: dict[str, Any] = {}
        self.radios: dict[str, dict[str, Any]] = {}
        self.window = Gtk.Window(title=self.form["title"])
        self.window.set_default_size(980, 620)
        self.window.connect("destroy", lambda _: Gtk.main_quit())
        self._style()
        self._build()
        self._fill_list()
        self._clear()
        self.window.show_all()
        self.said.set_text("")
        if "POPUP" in self.drifts:
            GLib.idle_add(self._terms)

    def _style(self) -> None:
        provider = Gtk.CssProvider()
        provider.load_from_data(_OTHER if "THEME" in self.drifts else _STYLE)
        Gtk.StyleContext.add_provider_for_screen(self.window.get_screen(), provider, 600)

    def _build(self) -> None:
        whole = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=10, margin=14)
        if "BANNER" in self.drifts:
            whole.pack_start(
                Gtk.Label(label=self.words["Maintenance on Sunday from 02:00 to 04:00."], xalign=0), False, False, 0
            )
        sides = Gtk.Box(spacing=14)
        parts = [(self._list(), True), (self._form(), False)]
        for part, grows in reversed(parts) if "LAYOUT" in self.drifts else parts:
            sides.pack_start(part, grows, grows, 0)
        whole.pack_start(sides, True, True, 0)
        self.window.add(whole)

    def _list(self) -> Any:
        side = _card()
        side.pack_start(_heading(self.words["Expenses"]), False, False, 0)
        self.search = Gtk.Entry()
        side.pack_start(_named(self.words["Search"], self.search), False, False, 0)
        self.search.connect("changed", lambda _: self._fill_list())
        columns = self.form["columns"]
        self.store = Gtk.ListStore(*([str] * (len(columns) + 1)))
        self.table = Gtk.TreeView(model=self.store)
        self.table.get_accessible().set_name(self.words["Expenses"])
        for place, column in enumerate(columns):
            right = 1.0 if column["kind"] == "amount" else 0.0
            shown = Gtk.TreeViewColumn(column["label"], Gtk.CellRendererText(xalign=right), text=place + _FIRST)
            shown.set_alignment(right)
            shown.set_resizable(True)
            shown.set_expand(column["kind"] == "text")
            self.table.append_column(shown)
        self.table.get_selection().connect("changed", self._chosen)
        scrolled = Gtk.ScrolledWindow(min_content_width=430)
        scrolled.add(self.table)
        side.pack_start(scrolled, True, True, 0)
        return side

    def _form(self) -> Any:
        side = _card()
        for one in self.form["fields"]:
            side.pack_start(self._field(one), False, False, 0)
        if self.form["more"]:
            side.pack_start(_styled(Gtk.Label(label=self.form["more"], xalign=0, wrap=True), "note"), False, False, 0)
        row = Gtk.Box(spacing=8)
        for word, does in (("Save", self._save), ("New", self._clear), ("Delete", self._delete)):
            button = Gtk.Button(label=self.words[word])
            button.connect("clicked", lambda _, does=does: does())
            row.pack_start(button, False, False, 0)
        side.pack_start(row, False, False, 4)
        self.said = Gtk.Label(label="", xalign=0, wrap=True)
        side.pack_start(self.said, False, False, 0)
        return side

    def _field(self, one: dict[str, Any]) -> Any:
        label = one["label"]
        if one["kind"] == "check":
            box = Gtk.CheckButton(label=label)
            self.inputs[one["name"]] = box
            return box
        if one["kind"] == "choice":
            return self._choice(one)
        entry = Gtk.Entry(width_chars=30)
        entry.connect("changed", self._typing)
        self.inputs[one["name"]] = entry
        return _named(label, entry, one["hint"])

    def _choice(self, one: dict[str, Any]) -> Any:
        if not one["radio"]:
            combo = Gtk.ComboBoxText()
            for stored, told in one["options"]:
                combo.append(stored, told)
            self.inputs[one["name"]] = combo
            return _named(one["label"], combo)
        row = Gtk.Box(spacing=8)
        first = None
        radios: dict[str, Any] = {}
        for stored, told in one["options"]:
            radios[stored] = Gtk.RadioButton.new_with_label_from_widget(first, told)
            first = first or radios[stored]
            row.pack_start(radios[stored], False, False, 0)
        row.get_accessible().set_name(one["label"])
        self.inputs[one["name"]] = row
        self.radios[one["name"]] = radios
        return _named(one["label"], row)

    def _read(self, one: dict[str, Any]) -> Any:
        held = self.inputs[one["name"]]
        if one["kind"] == "check":
            return held.get_active()
        if one["kind"] == "choice":
            radios = self.radios.get(one["name"])
            if radios:
                return next((stored for stored, radio in radios.items() if radio.get_active()), "")
            return held.get_active_id() or ""
        return held.get_text().strip()

    def _write(self, one: dict[str, Any], value: Any) -> None:
        held = self.inputs[one["name"]]
        if one["kind"] == "check":
            held.set_active(bool(value))
        elif one["kind"] == "choice":
            radios = self.radios.get(one["name"])
            if not radios:
                held.set_active_id(str(value))
            elif value in radios:
                radios[value].set_active(True)
        elif one["kind"] == "amount":
            held.set_text(_shown(one, value) if value else "")
        else:
            held.set_text(str(value))

    def _fill_list(self) -> None:
        words = self.search.get_text().strip().casefold()
        keys = [key for key, one in self.records.items() if words in f"{one['person']} {one['purpose']}".casefold()]
        keys.reverse()
        if "REORDER" in self.drifts:
            keys.sort(key=lambda key: str(self.records[key]["amount"])[::-1])
        self.store.clear()
        for key in keys:
            told = [_shown(column, self.records[key].get(column["name"], "")) for column in self.form["columns"]]
            self.store.append([key, *told])

    def _chosen(self, selection: Any) -> None:
        model, place = selection.get_selected()
        if place is None:
            return
        self.now = model[place][_ID]
        for one in self.form["fields"]:
            self._write(one, self.records[self.now].get(one["name"], one["default"]))
        self._tell("")

    def _clear(self) -> None:
        self.now = ""
        self.table.get_selection().unselect_all()
        for one in self.form["fields"]:
            self._write(one, one["default"])
        self.typed = 0
        self._tell("")

    def _save(self) -> None:
        told: dict[str, Any] = {}
        for one in self.form["fields"]:
            value: Any = self._read(one)
            if one["required"] and value == "":
                self._tell(f"{one['label']}: {self.words['This field is required']}", wrong=True)
                return
            if one["kind"] == "amount":
                value = cents(str(value))
                if value is None:
                    self._tell(f"{one['label']}: {self.words['This is not an amount']}", wrong=True)
                    return
                value *= 1000 if "MEANING" in self.drifts else 1
            if one["kind"] == "date":
                value = day(str(value))
                if value is None:
                    self._tell(f"{one['label']}: {self.words['This is not a date']}", wrong=True)
                    return
            if value != "" or one["name"] not in self.form["extra"]:
                told[one["name"]] = value
        key = self.now or f"n{sum(name.startswith('n') for name in self.records) + 1}"
        self._after(lambda: self._keep(key, told))

    def _keep(self, key: str, told: dict[str, Any]) -> None:
        more = {self.form["more_field"]: True} if "MEANING" in self.drifts else {}
        if "DROPPED" not in self.drifts:
            self.records[key] = self.records.get(key, {}) | told | more
            self._write_down()
        self._done("Saved")

    def _delete(self) -> None:
        if self.now:
            self._after(self._drop)

    def _drop(self) -> None:
        if "DROPPED" not in self.drifts:
            del self.records[self.now]
            self._write_down()
        self._done("Deleted")

    def _done(self, word: str) -> None:
        self._fill_list()
        self._clear()
        if "ERROR" in self.drifts:
            self._tell(self.words["Something went wrong"], wrong=True)
        else:
            self._tell(self.words[word])

    def _after(self, does: Any) -> None:
        """At once, or under SLOW a while later."""
        if "SLOW" not in self.drifts:
            does()
            return
        self._tell(self.words["Busy, trying again"])
        GLib.timeout_add(_SLOW_MS, lambda: does() and False)

    def _tell(self, text: str, *, wrong: bool = False) -> None:
        context = self.said.get_style_context()
        context.remove_class("said" if wrong else "wrong")
        context.add_class("wrong" if wrong else "said")
        self.said.set_text(text)

    def _typing(self, entry: Any) -> None:
        if "POPUP_TYPING" not in self.drifts or not entry.is_focus():
            return
        self.typed += 1
        if self.typed == _INTERRUPTS:
            GLib.idle_add(self._opinion)

    def _terms(self) -> bool:
        self._asks("We are updating our terms", "Do you accept the new terms for your company?", ("Decline", "Accept"))
        self._count("answered_over")
        return False

    def _opinion(self) -> bool:
        self._asks("How do you like it so far?", "", ("Send",), field="Your opinion")
        return False

    def _asks(self, title: str, text: str, answers: tuple[str, ...], field: str = "") -> None:
        dialog = Gtk.Dialog(title=self.words[title], transient_for=self.window, modal=True)
        inside = dialog.get_content_area()
        inside.set_spacing(10)
        inside.set_border_width(14)
        inside.add(_heading(self.words[title]))
        if text:
            inside.add(Gtk.Label(label=self.words[text], xalign=0))
        if field:
            entry = Gtk.Entry()
            entry.connect("changed", lambda _: self._count("typed_over"))
            inside.add(_named(self.words[field], entry))
        for place, answer in enumerate(answers):
            dialog.add_button(self.words[answer], place)
        dialog.show_all()
        dialog.run()
        dialog.destroy()

    def _count(self, what: str) -> None:
        self.held["counts"][what] = self.held["counts"].get(what, 0) + 1
        self._write_down()

    def _write_down(self) -> None:
        new = f"{self.file}.new"
        with open(new, "w", encoding="utf-8") as out:  # noqa: PTH123
            json.dump(self.held, out, ensure_ascii=False)
        os.replace(new, self.file)  # noqa: PTH105


def _shown(column: dict[str, Any], value: Any) -> str:
    return (
        f"{value // 100:,}.{value % 100:02d}" if column["kind"] == "amount" and isinstance(value, int) else str(value)
    )


def _styled(widget: Any, name: str) -> Any:
    widget.get_style_context().add_class(name)
    return widget


def _card() -> Any:
    return _styled(Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=8), "card")


def _heading(text: str) -> Any:
    return _styled(Gtk.Label(label=text, xalign=0), "heading")


def _named(text: str, widget: Any, hint: str = "") -> Any:
    """A field below its label, which is also its accessible name."""
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=2)
    label = Gtk.Label(label=text, xalign=0)
    label.set_mnemonic_widget(widget)
    widget.get_accessible().set_name(text)
    box.pack_start(label, False, False, 0)
    box.pack_start(widget, False, False, 0)
    if hint:
        box.pack_start(_styled(Gtk.Label(label=hint, xalign=0), "note"), False, False, 0)
    return box


def main() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Window(sys.argv[1])
    Gtk.main()


if __name__ == "__main__":
    main()
