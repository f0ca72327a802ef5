"""The fields of a form, each with its label, its hint and what is wrong with it.

Rules of this module: whatever draws a field, its accessible name is its label and nothing else, and the keyboard is
enough for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from byhand.evals.office.look import Look
from byhand.evals.office.markup import Html
from byhand.evals.office.shape import Field

_TICK = Html('<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 8l3.5 3.5L13 5"/></svg>')


def row(look: Look, one: Field, value: str, wrong: str = "") -> Html:
    """One field with all that belongs to it. `value` is as typed; a check is "on" or ""."""
    h, key = look.h, f"field-{one.name}"
    hints = [look.say(text) for text in _hints(look, one)]
    described = " ".join([*([f"{key}-hint"] if hints else []), *([f"{key}-wrong"] if wrong else [])])
    widget = look.widget(one)
    control = _control(look, one, value, described, wrong=bool(wrong))
    below = [
        h("p", " ".join(hints), id=f"{key}-hint", class_="hint") if hints else None,
        h("p", wrong, id=f"{key}-wrong", class_="wrong") if wrong else None,
    ]
    label = look.say(one.label)
    if one.kind == "check":
        return h("div", h("label", control, h("span", label), for_=key, class_="box"), below, class_="row check")
    needed = "needed" if one.required else ""
    if one.kind == "choice" and widget == "radio":
        return h(
            "fieldset",
            h("legend", label, class_=needed),
            control,
            below,
            class_="row radios",
            aria_describedby=described,
        )
    if one.kind == "choice" and widget == "listbox":
        return h("div", h("span", label, id=f"{key}-label", class_=f"label {needed}"), control, below, class_="row")
    return h("div", h("label", label, for_=key, class_=needed), control, below, class_=f"row {one.kind}")


def _hints(look: Look, one: Field) -> list[str]:
    found = [one.hint] if one.hint else []
    if one.kind == "date" and "WIDGET" in look.drifts:
        found.append("year-month-day")
    if one.kind == "amount" and "MEANING" in look.drifts:
        found.append("in thousands")
    return found


def _control(look: Look, one: Field, value: str, described: str, *, wrong: bool) -> Html:
    h, key = look.h, f"field-{one.name}"
    shared: Mapping[str, str | bool | None] = {
        "id": key, "name": one.name, "aria_describedby": described, "aria_invalid": "true" if wrong else None,
        "data_testid": f"{one.name}-input",
    }  # fmt: skip
    required = {"aria_required": "true" if one.required else None}
    if one.kind == "check":
        role = "switch" if "WIDGET" in look.drifts else None
        return h("input", type="checkbox", value="on", checked=value == "on", role=role, **shared)
    if one.kind == "long":
        return h("textarea", value, rows="3", **shared, **required)
    if one.kind == "choice":
        options = look.options(one, value)
        match look.widget(one):
            case "select":
                first = [] if one.default else [("", look.say("Choose"))]
                return h(
                    "select",
                    [h("option", told, value=stored, selected=stored == value) for stored, told in (*first, *options)],
                    **shared, **required,
                )  # fmt: skip
            case "radio":
                return _radios(look, one, value, options)
            case "listbox":
                return _listbox(look, one, value, options, shared)
    as_date = one.kind == "date" and "WIDGET" not in look.drifts
    mode = {"amount": "decimal", "number": "numeric"}.get(one.kind)
    return h(
        "input", type="date" if as_date else "text", value=value, inputmode=mode, autocomplete="off", **shared,
        **required,
    )  # fmt: skip


def _radios(look: Look, one: Field, value: str, options: Sequence[tuple[str, str]]) -> Html:
    h = look.h
    return h(
        "div",
        [
            h(
                "label",
                h("input", type="radio", id=f"field-{one.name}-{place}", name=one.name, value=stored,
                  checked=stored == value, data_testid=f"{one.name}-{place}"),
                h("span", told),
                for_=f"field-{one.name}-{place}",
            )
            for place, (stored, told) in enumerate(options)
        ],
        class_="choices",
    )  # fmt: skip


def _listbox(
    look: Look, one: Field, value: str, options: Sequence[tuple[str, str]], shared: Mapping[str, str | bool | None]
) -> Html:
    h, key = look.h, f"field-{one.name}"
    now = next((told for stored, told in options if stored == value), look.say("Choose"))
    return h(
        "div",
        h("input", type="hidden", name=one.name, value=value),
        h("button", h("span", now, id=f"{key}-now"), type="button", id=key, role="combobox", aria_haspopup="listbox",
          aria_expanded="false", aria_controls=f"{key}-list", aria_labelledby=f"{key}-label",
          aria_describedby=shared["aria_describedby"], aria_invalid=shared["aria_invalid"],
          data_testid=f"{one.name}-input", class_="picker"),
        h("ul", [
            h("li", _TICK, h("span", told), role="option", id=f"{key}-{place}", data_value=stored,
              aria_selected="true" if stored == value else "false")
            for place, (stored, told) in enumerate(options)
        ], id=f"{key}-list", role="listbox", aria_labelledby=f"{key}-label", hidden=True, tabindex="-1"),
        class_="listbox", data_listbox=True,
    )  # fmt: skip
