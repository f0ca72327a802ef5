"""Roles and names of elements: what Chromium's accessibility tree says too, and never what a person wrote."""

from __future__ import annotations

import re

import pytest

from scripts.vendor_accname import PACKAGE, VERSION
from tests.browser.conftest import PAGES, Look
from tests.browser.looking import CONTENT

CANARY = "Zq7canary9Vx"
WRITTEN = [
    (f"<label>Every <input value='{CANARY}'> days <input id=x></label>", ""),
    (f"<label for=x>Every <input value='{CANARY}'> days</label><input id=x>", "Every days"),
    (f"<label for=x>Every <textarea>{CANARY}</textarea> days</label><input id=x>", "Every days"),
    (f"<label for=x>In <select><option selected>{CANARY}</select> days</label><input id=x>", "In days"),
    (f"<label for=x>In <b role=textbox>{CANARY}</b> days</label><input id=x>", "In days"),
    (f"<label for=x>In <b contenteditable>{CANARY}</b> days</label><input id=x>", "In days"),
    (f"<label for=x>In <b role=slider aria-valuetext={CANARY}></b> days</label><input id=x>", "In days"),
    (f"<label for=x>In <b role=combobox>{CANARY}</b> days</label><input id=x>", "In days"),
    (f"<input id=v value='{CANARY}'><button id=x aria-labelledby=v></button>", ""),
    (f"<div id=v contenteditable>{CANARY}</div><input id=x aria-labelledby=v>", ""),
    (f"<div contenteditable><h1 id=x>{CANARY}</h1></div>", ""),
    (f"<div contenteditable><a href=# id=x>{CANARY}</a></div>", ""),
    (f"<div contenteditable>x<p id=x>{CANARY}</p></div>", ""),
    (f"<table role=grid><tr><td contenteditable id=x>{CANARY}</table>", ""),
    (f"<button id=x>Mail <span data-byhand-mask>{CANARY}</span></button>", "Mail"),
    (f"<div class=ph-no-capture><b id=v>{CANARY}</b></div><input id=x aria-labelledby=v>", ""),
    (f"<label for=x class=rr-mask>{CANARY}</label><input id=x>", ""),
    (f"<input id=x placeholder=Town value='{CANARY}'>", "Town"),
    (f"<textarea id=x>{CANARY}</textarea>", ""),
    (f"<div role=textbox id=x>{CANARY}</div>", ""),
    (f"<select id=x><option>{CANARY}</select>", ""),
]
LINES = [
    ("<button id=x>  Save \n\n the\tfile </button>", "Save the file"),
    ("<button id=x><span>Save</span><span>all</span></button>", "Saveall"),
    ("<button id=x><div>Save</div><div>all</div></button>", "Save all"),
    ("<button id=x>Save <span style='display:none'>never</span></button>", "Save"),
    ("<button id=x><svg aria-label=Bin></svg></button>", "Bin"),
    ("<button id=x><i-con><template shadowrootmode=open><b>Go</b></template></i-con></button>", "Go"),
    ("<span id=x onclick=1>Like</span>", "Like"),
    ("<form id=x aria-label=Order><input name=getAttribute><input name=childNodes></form>", "Order"),
    ("<button id=x>" + "😀" * 400 + "</button>", "😀" * 150),
]
# Chromium has roles of its own for some fields; ARIA has not.
CHROMIUM = {
    "image": "img", "DisclosureTriangle": "button", "ColorWell": "button", "Date": "textbox", "InputTime": "textbox",
    "DateTime": "textbox", "generic": "", "graphics-document": "img", "Section": "", "sectionfooter": "",
    "DisclosureTriangleGrouped": "button", "Details": "group", "progressbar": "progressbar", "none": "",
}  # fmt: skip


def test_roles_and_names_are_those_of_chromium(look: Look):
    """On a page with more than 80 kinds of controls both say the same role and name of each."""
    eyes = look(PAGES / "controls.html")
    count: int = eyes.ask(
        "(() => { const all = [...document.querySelectorAll('[data-is]')]; all.forEach((el, i) => el.dataset.n = i);"
        " return all.length })()"
    )
    assert count > 80
    wrong: list[object] = []
    for index in range(count):
        selector = f'[data-n="{index}"]'
        told = eyes.describe(selector)
        role, name = eyes.ax(selector)
        wanted = eyes.ask(f"document.querySelector('{selector}').dataset.is")
        said = CHROMIUM.get(role, role), name if wanted else told["name"]
        if told["role"] != wanted or (told["role"], told["name"]) != said:
            wrong.append((index, wanted, (told["role"], told["name"]), (role, name)))
    assert wrong == []


def _together(cases: list[tuple[str, str]]) -> str:
    """All cases in one page, each with ids of its own."""
    html = (re.sub(r"(\b(?:id|for|aria-labelledby)=[xv])\b", rf"\g<1>{n}", case) for n, (case, _) in enumerate(cases))
    return "".join(f"<section>{one}</section>" for one in html)


def test_nothing_a_person_wrote_is_part_of_a_name(look: Look):
    """Not through a label around it, a reference to it, an editor around it; and nothing the page hides."""
    eyes = look(_together(WRITTEN))
    told = [eyes.describe(f"#x{n}") for n in range(len(WRITTEN))]
    assert [one["name"] for one in told] == [name for _, name in WRITTEN]
    # What can be chosen from is the page's own, and listed; what is chosen is told by its number.
    assert CANARY not in str(told) + str([node for node in eyes.list() if node["role"] != "option"])


def test_a_name_is_one_short_line(look: Look):
    """White space is collapsed, what is hidden is left out, no character is cut in two."""
    eyes = look(_together(LINES))
    assert [eyes.name(f"#x{n}") for n in range(len(LINES))] == [name for _, name in LINES]


def test_half_a_character_is_left_out(look: Look):
    """A lone surrogate would make the whole message unreadable."""
    eyes = look("<button id=x></button>")
    eyes.ask("document.querySelector('#x').textContent = 'a\\ud83db'; document.querySelector('#x').title = '\\udc00'")
    assert eyes.name("#x") == "ab"


@pytest.mark.parametrize(
    "inside",
    [
        "el.innerHTML = '<b>word </b>'.repeat(20_000)",
        "for (let i = 0, at = el; i < 5_000; i++, at = at.lastChild) at.append('word ', document.createElement('b'))",
        "el.textContent = 'word '.repeat(200_000)",
        "el.innerHTML = `<img alt='${'word '.repeat(200_000)}'>`.repeat(3)",
        "el.title = 'word '.repeat(200_000)",
        "el.setAttribute('aria-labelledby', 'x '.repeat(200_000))",
    ],
    ids=["wide", "deep", "long", "inner attribute", "attribute", "references"],
)
def test_a_name_takes_bounded_time_whatever_it_is_made_of(look: Look, inside: str):
    """A button with thousands of elements or a megabyte in it has a name of 300 characters, at once."""
    eyes = look("<button id=x style='height: 9px; overflow: hidden'></button>")
    eyes.ask(f"{{ const el = document.querySelector('#x'); {inside}; eyes.dom.rect(el) }}")
    name, took = eyes.worked("eyes.observer.describe(document.querySelector('#x')).name")
    assert len(name) <= 300
    assert name.startswith("word") or "labelledby" in inside
    assert took < 250  # without a bound it would be seconds


def test_the_library_as_it_is_carried_reads_no_value():
    """What is vendored has lost the step that puts values into names: it reads attributes, and no field."""
    carried = (CONTENT / "accname.js").read_text("utf-8")
    assert f"{PACKAGE} {VERSION}" in carried
    assert "MIT License" in carried
    assert set(re.findall(r"\w+\.value\b", carried)) == {"attribute.value"}
    assert "selectedOptions" not in carried
