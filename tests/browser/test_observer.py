"""The list of what can be seen of a page, what it says of each element, and that no page can break or slow it."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from byhand.events.browser import ElementTold, NodeTold
from byhand.privacy.rules import aria, fields
from tests.browser.conftest import PAGES, Look
from tests.browser.looking import HANDED, SOURCE

STYLE = "<style>* { margin: 0 } button, input, select, div { font: 16px sans-serif }</style>"


def _told(nodes: list[dict[str, Any]]) -> list[str]:
    """One line an element: depth, role or tag, name, and what it holds."""
    depths: list[int] = []
    lines: list[str] = []
    for node in nodes:
        depths.append(0 if node["parent"] < 0 else depths[node["parent"]] + 1)
        said = [node["role"] or f"<{node['tag']}>", f'"{node["name"]}"' if node["name"] else "", node["holds"]]
        lines.append("  " * depths[-1] + " ".join(word for word in said if word))
    return lines


def test_a_page_is_listed_as_a_person_sees_it(look: Look):
    """Controls, words, pictures and what they lie in, parents first; of a text every word once."""
    eyes = look("""
      <nav><a href="#">Home</a></nav>
      <h1>Orders <small>today</small></h1>
      <p>Read the <b>small</b> print, or <a href="#">ask us</a>.</p>
      <form aria-label="Search"><label>Town <input value="Bern"></label>
        <input type="checkbox" checked aria-label="Open">
        <select aria-label="Year"><option>2025<option selected>2026</select><button>Go</button></form>
      <table><tr><th>Name<th>Sum<tr><td>Tea<td><button>Edit</button></table>
      <ul><li>One</li><li><a href="#">Two</a></li></ul><ul></ul>
      <img alt="Chart" width="50" height="50">
      <i style="display: block; width: 9px; height: 9px; background: red"></i>
      <span style="cursor: pointer">Like <b>it</b></span>""")
    assert _told(eyes.list()) == [
        "navigation",
        '  link "Home"',
        'heading "Orders today"',
        'text "Read the print, or ."',
        '  text "small"',
        '  link "ask us"',
        'form "Search"',
        '  text "Town"',
        '    textbox "Town" 4 characters',
        '  checkbox "Open" checked',
        '  combobox "Year" option 2 of 2',
        '    option "2025"',
        '    option "2026"',
        '  button "Go"',
        "table",
        "  rowgroup",
        "    row",
        '      columnheader "Name"',
        '      columnheader "Sum"',
        "    row",
        '      cell "Tea"',
        "      cell",
        '        button "Edit"',
        "list",
        '  listitem "One"',
        "  listitem",
        '    link "Two"',
        'img "Chart"',
        "<i>",
        'text "Like it"',
    ]


SEEN = [
    ("<button style='display:none'>x</button>", False),
    ("<button style='visibility:hidden'>x</button>", False),
    ("<div style='visibility:hidden'><button style='visibility:visible'>x</button></div>", True),
    ("<button style='opacity:0'>x</button>", False),
    ("<div style='opacity:0'><button>x</button></div>", False),
    ("<input type=checkbox style='opacity:0'>", True),
    ("<button style='width:0;height:0;padding:0;border:0'></button>", False),
    ("<button style='position:absolute;left:-900px'>x</button>", False),
    ("<div style='height:900px'></div><button>x</button>", False),
    (
        "<p style='height:900px'></p><div style='height:9px'><button style='position:fixed;top:0'>x</button></div>",
        True,
    ),
    ("<div style='overflow:hidden;height:20px'><p style='height:40px'>p</p><button>x</button></div>", False),
    (
        "<div style='overflow:auto;height:50px'><button style='margin-top:20px'>x</button><p>p<p>p</div>",
        True,
    ),
    ("<div style='overflow:hidden;height:0'><button style='position:absolute;top:0'>x</button></div>", True),
    ("<div style='width:0;height:0'><button>x</button></div>", True),
    ("<div style='display:contents'><button>x</button></div>", True),
    ("<details><summary>s</summary><button>x</button></details>", False),
    ("<x-a><template shadowrootmode=open><button>x</button></template></x-a>", True),
    ("<div id=host><button>x</button><template shadowrootmode=open><p>unslotted</p></template></div>", False),
    ("<div style='transform:translateX(2000px)'><button>x</button></div>", False),
]


def test_only_what_can_be_seen_is_listed(look: Look):
    """Not what is hidden, has no size, lies outside the viewport or is cut off; a drawn-over checkbox is."""
    eyes = look("<body></body>")
    for html, seen in SEEN:
        nodes = eyes.ask(f"document.body.setHTMLUnsafe({STYLE + html!r}); eyes.observer.listNow({{}})")["nodes"]
        found = [node for node in nodes if node["role"] in ("button", "checkbox") and node["tag"] != "summary"]
        assert bool(found) == seen, html


STATED = [
    ("<input>", ["editable"], "empty"),
    ("<input value=four readonly required>", ["read only", "required"], "4 characters"),
    ("<input value=x disabled>", ["disabled"], "1 character"),
    ("<fieldset disabled><input id=x></fieldset>", ["disabled"], "empty"),
    (
        "<textarea aria-invalid=true>two\nlines</textarea>",
        ["invalid entry", "multi line", "editable"],
        "9 characters",
    ),
    ("<input type=checkbox checked>", ["checked"], "checked"),
    ("<input type=radio>", [], "unchecked"),
    ("<div role=checkbox aria-checked=mixed></div>", ["indeterminate"], "mixed"),
    ("<div role=switch aria-checked=true></div>", ["checked"], "on"),
    ("<button aria-pressed=false></button>", [], "off"),
    ("<button aria-pressed=true></button>", ["pressed"], "on"),
    ("<button aria-haspopup=menu aria-expanded=false></button>", ["collapsed", "has popup"], ""),
    ("<select><option>a<option selected>b<option>c</select>", ["has popup"], "option 2 of 3"),
    ("<select multiple><option>a<option>b</select>", ["multiselectable"], "2 options"),
    ("<select></select>", ["has popup"], "0 options"),
    ("<input type=date value=2026-01-02>", ["editable"], "date"),
    ("<input type=time value=10:20>", ["editable"], "time"),
    ("<input type=color>", [], "colour"),
    ("<input type=number value=3>", ["editable"], "number"),
    ("<input type=file>", [], "0 files"),
    ("<div contenteditable>four</div>", ["multi line", "editable"], "4 characters"),
    ("<details open id=x></details>", ["expanded"], ""),
    ("<div role=tab aria-selected=true></div>", ["selected"], ""),
    ("<button autofocus></button>", ["focused"], ""),
    ("<dialog id=x><p></dialog>", ["modal"], ""),
]


def test_states_are_at_spis_and_what_is_held_is_told_by_its_form(look: Look):
    """In words the guard knows; never what it holds."""
    eyes = look("<body></body>")
    for html, states, holds in STATED:
        told = eyes.ask(
            f"document.body.innerHTML = {html!r}; document.querySelector('[autofocus]')?.focus();"
            "document.querySelector('dialog')?.showModal();"
            "eyes.observer.describe(document.querySelector('#x, body > :not(fieldset)'))"
        )
        found = [state for state in told["states"] if state != "focused" or "autofocus" in html]
        assert (found, told["holds"]) == (states, holds), html
        assert set(states) - {"disabled"} <= set(fields.states(tuple(states))), html
        assert aria.holds(holds) == holds, html


SIGNS = [
    ("<i class='star' {}></i>", "star"),
    ("<i class='fa fa-trash-o' {}></i>", "trash"),
    ("<button {}><svg width=9 height=9><use href='/icons.svg#arrowLeft'/></svg></button>", "arrow left"),
    ("<a href=# {}><img src='/a/b/print-16.svg?v=3'></a>", "print"),
    ("<button class='ng-btn css-1x2y3z' {}><i class='mdi mdi-close'></i></button>", "close"),
    ("<i id='closeEmail' {}></i>", "close email"),
    ("<i class='a-b sc-bdVaJa-0 x9k2 hvr btn-primary' {}></i>", ""),
    ("<img src='data:image/png;base64,delete' {}>", ""),
    ("<b class='one two three four' {}></b>", "one two three"),
]
"""What is nothing but a sign, and what its author calls it."""


def test_a_sign_without_a_name_is_called_by_its_author(look: Look):
    """By words of its classes, its id and its picture; it says that it has no name, in a word the guard knows."""
    drawn = "style='display:block;width:20px;height:20px;background:red;cursor:pointer'"
    for html, called in SIGNS:
        told = look(f"<body>{html.format(drawn)}").list()[0]
        assert (told["name"], "unnamed" in told["states"]) == (called, bool(called)), html
    assert fields.states(("unnamed",)) == ("unnamed",)


def test_only_signs_are_called_so(look: Look):
    """Not what has a name or words, nor a field, nor what somebody masked; and not in the list of the whole page."""
    drawn = "style='display:block;width:20px;height:20px;background:red'"
    eyes = look(
        f"<button class=trash aria-label=Delete {drawn}></button><div class=star tabindex=0 {drawn}><p>Word</p></div>"
        f"<input class=town {drawn}><input type=checkbox class=agree>"
        f"<div class='star' data-byhand-mask tabindex=0 {drawn}></div>"
        f"<div class=editor contenteditable {drawn}></div>"
    )
    told = eyes.list()
    assert {one["name"] for one in told} <= {"Delete", "Word", ""}
    assert not [one for one in told if "unnamed" in one["states"]]
    eyes = look(f"<i class=star {drawn}></i>")
    assert [one["name"] for one in eyes.list()] == ["star"]
    assert eyes.ask("eyes.observer.listNow({ whole: true }).nodes.map((one) => one.name)") == [""]
    assert eyes.describe("i")["name"] == ""


def test_what_is_told_fits_the_contract(look: Look):
    """The recorder can read every description and every list of a page with all controls."""
    eyes = look(PAGES / "controls.html")
    for told in eyes.ask("[...document.querySelectorAll('*')].map(eyes.observer.describe)"):
        read = msgspec.convert({**told, "screen": [0, 0, 0, 0]}, ElementTold)
        assert aria.role(read.role) == read.role
        assert aria.holds(read.holds) == read.holds
    nodes = msgspec.convert(eyes.list(), tuple[NodeTold, ...])
    assert len(nodes) > 60
    assert all(node.parent < place for place, node in enumerate(nodes))
    assert len({node.node for node in nodes}) == len(nodes)


def test_an_element_keeps_its_number_and_is_found_by_it(look: Look):
    """In descriptions and lists alike, as long as it lives."""
    eyes = look("<button id=x>Go</button>")
    number = eyes.describe("#x")["node"]
    assert [node["node"] for node in eyes.list()] == [number]
    assert eyes.ask(f"eyes.observer.element({number}) === document.querySelector('#x')")
    assert eyes.ask("eyes.observer.element(999)") is None


def test_what_an_element_lies_in_is_told_through_shadow_trees(look: Look):
    """Outermost first, and only what has a role."""
    eyes = look(
        "<main><div><x-a><template shadowrootmode=open><nav><slot></slot></nav></template>"
        "<ul><li><a id=x href=#>Go</a></li></ul></x-a></div></main>"
    )
    assert eyes.describe("#x")["above"] == ["main", "navigation", "list", "listitem"]


def test_boxes_are_of_the_viewport_and_areas_of_the_document(look: Look):
    """Also in a scrolled page, and for a link over two lines its first one."""
    eyes = look(
        f"{STYLE}<p style='height:1000px'></p><button style='width:80px;height:30px'>Go</button>"
        "<p style='height:2000px'></p>"
    )
    eyes.ask("window.scrollTo(0, 900)")
    assert eyes.describe("button")["area"] == [0, 1000, 80, 30]
    assert [node["box"] for node in eyes.list()] == [[0, 100, 80, 30]]
    nodes = look(f"{STYLE}<p style='width: 120px'>Some words <a href=#>and a link of many words</a></p>").list()
    assert next(node["box"] for node in nodes if node["role"] == "link")[3] < 30


def test_a_list_has_a_budget_and_counts_what_did_not_fit(look: Look):
    """A thousand buttons, ten told."""
    eyes = look("<button style='padding:0;border:0;font-size:5px'>x</button>" * 1000)
    told = eyes.ask("eyes.observer.list({ budget: 10 })")
    assert len(told["nodes"]) == 10
    assert told["more"] >= 990


def test_closed_shadow_trees_are_seen_only_through_the_hook(look: Look):
    """The extension may open them; a script in a page can't."""
    html = "<x-a></x-a><script>globalThis.closed = document.querySelector('x-a').attachShadow({ mode: 'closed' });"
    eyes = look(html + "closed.innerHTML = '<button>Inside</button>'</script>")
    assert eyes.list() == []
    handed = "const held = document.createElement('x-b'); const root = held.attachShadow({ mode: 'closed' });"
    eyes.ask(
        f"{handed} root.innerHTML = '<button>Inside</button>'; document.body.append(held);"
        "eyes.dom.openShadow = (el) => el === held ? root : null"
    )
    assert [node["name"] for node in eyes.list()] == ["Inside"]


def test_ten_thousand_elements_are_listed_in_short_slices(look: Look):
    """No slice blocks the page for long, and all of them together are few."""
    rows = "".join(f"<tr><td>{i}<td><a href=#{i}>Open {i}</a><td><button>Edit {i}</button>" for i in range(1_700))
    eyes = look(f"<table>{rows}</table>")
    assert eyes.ask("document.querySelectorAll('*').length") > 10_000
    assert min(eyes.worked("void eyes.observer.listNow({})")[1] for _ in range(5)) < 30
    (slices, count), took = eyes.worked(
        "(async () => { const idle = window.requestIdleCallback.bind(window); let slices = 0;"
        " window.requestIdleCallback = (then, how) => idle(() => { slices++; then() }, how);"
        f" const fresh = (() => {{ {SOURCE}; return observer }})();"
        " const { nodes } = await fresh.list({}); return [slices, nodes.length] })()"
    )
    assert count > 80
    assert slices > 1
    assert took / slices < 8


def test_the_files_need_nothing_of_an_extension():
    """They run as plain scripts in any page, so they may not speak to a browser's extension interface."""
    assert not re.search(r"\b(?:chrome|browser)\.\w", re.sub(r"/\*.*?\*/|//[^\n]*", "", HANDED, flags=re.DOTALL))
