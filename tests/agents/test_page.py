"""Hands in a real Chromium: what is meant is reached by real input, and nothing else ever is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from byhand.agents import reasons
from byhand.agents.actuators.page import PageHands, opened
from byhand.cli import extension
from byhand.workflows.view import Seen, View

Show = Callable[[str], PageHands]


@pytest.fixture(scope="module")
def chromium() -> Iterator[PageHands]:
    with opened("/usr/bin/chromium", extension.folder()) as hands:
        yield hands


@pytest.fixture
def show(chromium: PageHands, tmp_path: Path) -> Show:
    def shown(html: str) -> PageHands:
        (tmp_path / "page.html").write_text(f"<!doctype html><meta charset=utf-8><title>Page</title>{html}")
        assert chromium.go((tmp_path / "page.html").as_uri()) == ""
        return chromium

    return shown


def seen(hands: PageHands) -> View:
    found = hands.look()
    assert found is not None
    return found


def at(hands: PageHands, name: str, role: str = "") -> Seen:
    return next(one for one in seen(hands).elements if one.name == name and (not role or one.role == role))


def do(hands: PageHands, verb: str, name: str, text: str = "", role: str = "") -> str:
    return hands.act(verb, at(hands, name, role).node, text)


def said(hands: PageHands) -> str:
    """What the page's own scripts wrote down."""
    return str(hands.tab.page.evaluate("document.querySelector('output').textContent"))


LOG = (
    "<output></output><script>"
    "function log(text) { document.querySelector('output').textContent += text + ';' }</script>"
)


def test_the_whole_page_is_seen_with_what_stands_in_its_fields(show: Show):
    """What must be scrolled to is there too, and boxes are the page's."""
    hands = show(
        '<label>Name <input id=name value=Ada></label><div style="height:5000px"></div>'
        "<select aria-label=Kind><option>One<option selected>Two</select>"
        "<input type=password aria-label=Pin value=4711>"
    )
    view = hands.look(("#name", "#nothing"))
    assert view is not None
    fields = [one for one in view.elements if one.role in ("textbox", "combobox")]
    name, kind, pin = (next(one for one in fields if one.name == text) for text in ("Name", "Kind", "Pin"))
    assert (name.value, kind.value, pin.value) == ("Ada", "Two", "")
    assert "secret" in pin.states
    assert kind.box[1] > 5000
    assert view.elements[view.hits["#name"][0]] is name
    assert "#nothing" not in view.hits
    assert "4711" not in repr(view.elements)


def test_a_press_below_the_fold_is_real(show: Show):
    """It is scrolled to, and the page gets trusted events."""
    hands = show(LOG + '<div style="height:4000px"></div><button onclick="log(event.isTrusted)">Save</button>')
    assert do(hands, "press", "Save") == ""
    assert said(hands) == "true;"


def test_a_press_in_a_pane_that_shows_an_edge_of_it_is_real(show: Show):
    """The pane scrolls by itself, and something else lies where the rest of it would be."""
    hands = show(
        LOG + '<div style="height:100px;overflow-y:scroll"><div style="height:97px">Menu</div>'
        '<button style="display:block;height:35px" onclick="log(event.isTrusted)">Order</button></div><h1>Below</h1>'
    )
    assert do(hands, "press", "Order") == ""
    assert said(hands) == "true;"


def test_a_pane_has_the_scrollbar_that_a_person_sees(show: Show):
    """What stands beside it is laid out as it was where somebody showed it."""
    hands = show('<div style="width:100px;overflow-y:scroll"><button style="width:100%">Wide</button></div>')
    assert at(hands, "Wide").box[2] < 95


def test_what_lies_over_it_is_told_and_not_pressed(show: Show):
    """With its name, and whatever it is."""
    hands = show(
        LOG + '<button onclick="log(1)">Save</button>'
        '<div role=dialog aria-label="New terms" style="position:fixed;inset:0;background:#eee" onclick="log(2)"></div>'
    )
    assert do(hands, "press", "Save") == 'dialog "New terms" lies over it'
    assert said(hands) == ""


def test_what_moves_away_at_the_last_moment_is_not_missed_into_something_else(show: Show):
    """The guard lets a press reach what is meant, and stops it everywhere else."""
    hands = show(
        LOG + '<button id=a onclick="log(1)">Save</button>'
        '<button onclick="log(2)" id=b style="display:none">Delete</button>'
        "<script>document.addEventListener('pointerover', () => {"
        " a.style.display = 'none'; b.style.display = '' })</script>"
    )
    assert do(hands, "press", "Save") in (reasons.MISSED, reasons.GONE)
    assert said(hands) == ""


def test_a_page_that_changed_since_the_look_is_noticed(show: Show):
    """Gone, or another thing under the same number: nothing is done."""
    hands = show(LOG + '<button onclick="log(1)">Save</button><button onclick="log(2)">Send</button>')
    save, send = at(hands, "Save"), at(hands, "Send")
    hands.tab.page.evaluate("document.querySelectorAll('button')[0].textContent = 'Delete'")
    hands.tab.page.evaluate("document.querySelectorAll('button')[1].remove()")
    assert hands.act("press", save.node) == reasons.OTHER
    assert hands.act("press", send.node) == reasons.GONE
    assert said(hands) == ""


def test_a_number_of_the_page_before_leads_nowhere(show: Show):
    """Elements are numbered anew on each page."""
    hands = show("<button>Save</button>")
    node = at(hands, "Save").node
    show("<button>Delete</button>")
    assert hands.act("press", node) == reasons.GONE


def test_text_replaces_what_stood_there_by_keys(show: Show):
    """In a field, a text area, an editor; the page is told of each."""
    hands = show(
        LOG + '<input aria-label=One value=old oninput="log(event.isTrusted)"><textarea aria-label=Two>old</textarea>'
        "<div contenteditable role=textbox aria-label=Three>old</div>"
    )
    for name, text in (("One", "Größe 5"), ("Two", "a\nb"), ("Three", "x")):
        assert do(hands, "fill", name, text) == ""
    assert [at(hands, name).value.split() for name in ("One", "Two", "Three")] == [["Größe", "5"], ["a", "b"], ["x"]]
    assert "false" not in said(hands)


def test_a_field_is_emptied(show: Show):
    """An empty value is one too."""
    hands = show("<input aria-label=One value=old>")
    assert do(hands, "fill", "One", "") == ""
    assert at(hands, "One").value == ""


def test_a_field_that_takes_only_keys_gets_them_one_by_one(show: Show):
    """Where a page makes something else of a text that is put in at once."""
    hands = show("<input aria-label=Code oninput=\"if (event.data && event.data.length > 1) this.value = ''\">")
    assert do(hands, "fill", "Code", "12345") == ""
    assert at(hands, "Code").value == "12345"


def test_a_date_a_number_and_a_range_are_filled(show: Show):
    """Whatever the browser draws for them."""
    hands = show(
        "<input type=date aria-label=Day><input type=number aria-label=Sum><input type=range aria-label=Far max=9>"
    )
    assert [do(hands, "fill", name, text) for name, text in (("Day", "2026-03-14"), ("Sum", "12.5"), ("Far", "7"))] == [
        ""
    ] * 3
    assert [at(hands, name).value for name in ("Day", "Sum", "Far")] == ["2026-03-14", "12.5", "7"]
    assert do(hands, "fill", "Day", "14 March") == reasons.NOT_TAKEN


def test_a_dialog_in_mid_typing_gets_none_of_it(show: Show):
    """Keys that would go elsewhere are stopped, and it is told."""
    hands = show(
        LOG + "<input aria-label=Note oninput=\"if (!window.over) { over = document.createElement('input'); "
        "over.ariaLabel = 'Opinion'; over.oninput = () => log('typed'); document.body.append(over); over.focus() }\">"
    )
    assert do(hands, "fill", "Note", "a longer text") == reasons.MISSED
    assert at(hands, "Opinion").value == ""
    assert said(hands) == ""


CHOICES = {
    "select": '<label>Kind <select onchange="log(this.value)"><option>One<option>Two<option>Three</select></label>',
    "radio": "<fieldset><legend>Kind</legend>"
    '<label><input type=radio name=k value=One onchange="log(this.value)">One</label>'
    '<label><input type=radio name=k value=Two onchange="log(this.value)">Two</label></fieldset>',
    "listbox": "<span id=l>Kind</span><button type=button role=combobox aria-haspopup=listbox aria-expanded=false "
    'aria-controls=o aria-labelledby=l onclick="o.hidden = false">Choose</button><ul role=listbox id=o hidden>'
    '<li role=option onclick="log(this.textContent); o.hidden = true">One</li>'
    '<li role=option onclick="log(this.textContent); o.hidden = true">Two</li></ul>',
    "datalist": '<label>Kind <input list=d onchange="log(this.value)"></label>'
    "<datalist id=d><option>One<option>Two</datalist>",
    "text": '<label>Kind <input onchange="log(this.value)"></label>',
}


@pytest.mark.parametrize("widget", list(CHOICES))
def test_an_option_is_chosen_by_its_label_from_whatever_it_is_drawn_as(show: Show, widget: str):
    """One word for all of them."""
    hands = show(LOG + CHOICES[widget] + "<button>Elsewhere</button>")
    role = {"radio": "group", "text": "textbox"}.get(widget, "combobox")
    assert do(hands, "choose", "Kind", "Two", role) == ""
    do(hands, "press", "Elsewhere")
    assert said(hands).startswith("Two;")


def test_a_list_of_the_browser_is_chosen_from_by_keys(show: Show):
    """The page is told of one choice, by the browser itself; a far option is set."""
    options = "".join(f"<option {'disabled' if n == 3 else ''}>No {n}" for n in range(60))
    hands = show(LOG + f'<label>Kind <select onchange="log(event.isTrusted + this.value)">{options}</select></label>')
    for label in ("No 5", "No 1", "No 59"):
        assert do(hands, "choose", "Kind", label, "combobox") == ""
    assert said(hands) == "trueNo 5;trueNo 1;falseNo 59;"


@pytest.mark.parametrize("widget", ["select", "radio", "listbox", "datalist"])
def test_an_option_that_is_not_there_is_told(show: Show, widget: str):
    """And nothing is chosen instead."""
    hands = show(LOG + CHOICES[widget])
    role = {"radio": "group"}.get(widget, "combobox")
    assert do(hands, "choose", "Kind", "Seven", role) == reasons.NO_OPTION
    assert said(hands) == ""


def test_a_box_is_set_and_not_toggled(show: Show):
    """On stays on; also one that is drawn by its label alone."""
    hands = show(
        "<label><input type=checkbox checked>Gift</label>"
        "<div role=switch aria-checked=false tabindex=0 aria-label=Urgent "
        "onclick=\"this.ariaChecked = this.ariaChecked === 'false'\">x</div>"
        '<label for=h>Hidden</label><input type=checkbox id=h style="position:absolute;opacity:0;width:1px;height:1px">'
    )
    assert [do(hands, "set", name, "on", role) for name, role in (("Gift", "checkbox"), ("Urgent", "switch"))] == [
        "",
        "",
    ]
    assert do(hands, "set", "Hidden", "on", "checkbox") == ""
    assert hands.tab.page.evaluate("[...document.querySelectorAll('input')].map((one) => one.checked)") == [True, True]
    assert at(hands, "Urgent").states.count("checked") == 1
    assert do(hands, "set", "Gift", "off", "checkbox") == ""


def test_what_is_disabled_can_not_be_used(show: Show):
    """It is waited for a moment, and then told."""
    assert do(show("<button disabled>Save</button>"), "press", "Save") == reasons.OFF


def test_frames_and_shadow_trees_are_seen_and_acted_in(show: Show):
    """A frame in a frame, and an open shadow root in it."""
    inner = (
        "<script>class X extends HTMLElement { constructor() { super(); this.attachShadow({mode: 'open'}).innerHTML = "
        "`<button onclick='parent.parent.log(1)'>Deep</button>` } } customElements.define('x-x', X)</script><x-x></x-x>"
    )
    middle = f'<p style="height:900px">Above</p><iframe srcdoc="{inner}"></iframe>'.replace("&", "&amp;")
    hands = show(
        LOG
        + '<p style="height:1200px">Far</p><iframe style="height:300px" srcdoc="'
        + middle.replace('"', "&quot;")
        + '"></iframe>'
    )
    hands.rest(0.5)
    deep = at(hands, "Deep")
    assert deep.frame > 0
    assert deep.box[1] > 2000
    assert hands.act("press", deep.node) == ""
    assert said(hands) == "1;"


def test_what_lies_over_a_frame_is_told(show: Show):
    """Inside of it nothing does."""
    hands = show(
        '<iframe srcdoc="<button>In</button>"></iframe><div style="position:fixed;inset:0;background:#fff"></div>'
    )
    hands.rest(0.5)
    assert hands.act("press", at(hands, "In").node) == "something lies over it"


def test_rest_ends_when_the_page_changes(show: Show):
    """And not before its time where nothing does."""
    hands = show("<p id=p>one</p><script>setTimeout(() => p.textContent = 'two', 300)</script>")
    seen(hands)
    hands.rest(30)
    assert "two" in [one.name for one in seen(hands).elements]


def test_a_file_is_uploaded(show: Show, tmp_path: Path):
    """By the field, and by a button that asks for it."""
    (tmp_path / "scan.txt").write_text("x")
    hands = show(
        LOG + '<input type=file aria-label=Scan onchange="log(this.files[0].name)">'
        '<button onclick="f.click()">Attach</button>'
        '<input type=file id=f hidden onchange="log(this.files[0].name)">'
    )
    assert do(hands, "upload", "Scan", str(tmp_path / "scan.txt")) == ""
    assert do(hands, "upload", "Attach", str(tmp_path / "scan.txt")) == ""
    assert said(hands) == "scan.txt;scan.txt;"
    assert do(hands, "upload", "Scan", str(tmp_path / "none.txt")) == reasons.NO_FILE


def test_a_thing_is_dragged_to_another(show: Show):
    """By the mouse, in small moves."""
    hands = show(
        LOG + '<div draggable=true id=a role=listitem tabindex=0>Card</div><div style="height:60px"></div>'
        '<div id=b role=list aria-label=Bin style="height:80px;background:#ddd" ondragover="event.preventDefault()" '
        'ondrop="log(1)"><p>Here</p></div>'
    )
    assert hands.act("drag", at(hands, "Card").node, "", at(hands, "Here").node) == ""
    assert said(hands) == "1;"


def test_keys_go_to_what_is_meant(show: Show):
    """A chord in a field, and one that goes to the page."""
    hands = show(
        LOG + '<input aria-label=One onkeydown="log(event.key)"><script>'
        "addEventListener('keydown', (event) => event.target === document.body && log('page ' + event.key))</script>"
    )
    assert do(hands, "key", "One", "Enter") == ""
    hands.tab.page.evaluate("document.activeElement.blur()")
    assert hands.act("key", 0, "Control+S") == ""
    assert said(hands) == "Enter;page Control;page S;" or said(hands) == "Enter;page Control;page s;"


def test_a_question_of_the_browser_is_answered_with_no_and_told(show: Show):
    """Nobody showed that it would come."""
    hands = show(LOG + "<button onclick=\"log(confirm('Really?'))\">Delete</button>")
    assert do(hands, "press", "Delete") == reasons.ASKED
    assert said(hands) == "false;"


def test_a_question_is_answered_with_yes_where_the_step_says_so_and_only_once(show: Show):
    """Of that kind; the second one, and one of another kind, are answered with no."""
    hands = show(
        LOG + "<button onclick=\"log(confirm('Really?'))\">Delete</button>"
        "<button onclick=\"log(confirm('Really?')); log(confirm('And all the others?'))\">Clear</button>"
        "<button onclick=\"log(prompt('Whose?'))\">Give</button>"
        "<button onclick=\"alert('Done'); log('told')\">Tell</button>"
    )

    def press(name: str, agrees: str) -> str:
        return hands.act("press", at(hands, name).node, agrees=agrees)

    assert press("Delete", "confirm") == ""
    assert press("Clear", "confirm") == reasons.ASKED
    assert press("Give", "confirm") == reasons.ASKED
    assert press("Tell", "confirm") == reasons.ASKED
    assert press("Tell", "alert") == ""
    assert press("Delete", "") == reasons.ASKED
    assert said(hands) == "true;true;false;null;told;told;false;"


def test_a_question_that_comes_late_stops_the_act_after_it(show: Show):
    """It was answered with no, and whoever goes on has to know."""
    late = "setTimeout(() => log(confirm('Really?')), 60)"
    hands = show(LOG + f'<button onclick="{late}">Delete</button><button>Next</button>')
    assert do(hands, "press", "Delete") == ""
    hands.tab.page.wait_for_function("document.querySelector('output').textContent")
    assert do(hands, "press", "Next") == reasons.ASKED
    assert do(hands, "press", "Next") == ""
    assert hands.act("press", at(hands, "Delete").node, agrees="confirm") == ""
    hands.tab.page.wait_for_function("document.querySelector('output').textContent.length > 6")
    assert do(hands, "press", "Next") == ""
    assert said(hands) == "false;true;"


def test_a_person_stops_it_in_mid_text(chromium: PageHands, show: Show):
    """Within a few letters."""
    hands = show("<input aria-label=One oninput=\"if (event.data && event.data.length > 1) this.value = ''\">")
    node, asked = at(hands, "One").node, iter([False, False, True, True, True, True])
    chromium.pulled = lambda: next(asked, True)
    try:
        assert hands.act("fill", node, "a text of many letters, typed key by key") == reasons.PERSON
    finally:
        chromium.pulled = lambda: False
    assert len(at(hands, "One").value) < 30


def test_the_second_tab_leaves_the_first_as_it_is(show: Show, tmp_path: Path):
    """An effect is looked for beside the work."""
    hands = show("<input aria-label=One>")
    do(hands, "fill", "One", "kept")
    (tmp_path / "other.html").write_text("<p>Other")
    other = hands.second()
    assert other.go((tmp_path / "other.html").as_uri()) == ""
    found = other.look()
    assert found is not None
    assert "Other" in [one.name for one in found.elements]
    other.close()
    assert at(hands, "One").value == "kept"
    assert hands.second().tab is other.tab


def test_a_picture_shows_names_of_controls_and_no_text(show: Show):
    """What was not cleared is painted over."""
    page = '<button>Save</button><p style="width:300px">'
    one, other = (show(f"{page}{text}</p><input value='{text}'>").picture() for text in ("Ada Byron", "Eve Wilde"))
    assert one[:4] == b"\x89PNG"
    assert one == other


@pytest.fixture
def slow_server() -> Iterator[str]:
    """/form sends a form that is answered after a while with /done."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = (
                b"<h1>Done</h1>"
                if self.path == "/done"
                else b"<form method=post><button>Save</button></form><a href=/done>Away</a>"
            )
            self.send_response(500 if self.path == "/trouble" else 200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            threading.Event().wait(0.5)
            self.send_response(303)
            self.send_header("location", "/done")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's word
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_press_is_over_when_the_page_it_leads_to_is_there(chromium: PageHands, slow_server: str):
    """However long the answer takes: nothing of the page before is acted on meanwhile."""
    chromium.go(f"{slow_server}/form")
    assert do(chromium, "press", "Save") == ""
    assert seen(chromium).address.endswith("/done")


def test_the_status_of_an_answer_is_known(chromium: PageHands, slow_server: str):
    """A page of an error says so in its own way, or not at all."""
    chromium.go(f"{slow_server}/trouble")
    assert seen(chromium).status == 500
    assert chromium.go("http://127.0.0.1:1/") == reasons.NOT_OPENED


def test_where_a_link_leads_is_seen(chromium: PageHands, slow_server: str):
    """Its path, for it says what it is."""
    chromium.go(f"{slow_server}/form")
    assert at(chromium, "Away").leads == "/done"


TABS = '<a href="page.html" target=_blank>Again</a><label>Name <input></label>'


def test_a_tab_that_an_act_opens_is_in_front_and_the_one_before_can_be_turned_back_to(show: Show):
    """What was begun there is still there, though both show the same page; one that was closed can't be turned to."""
    hands = show(TABS)
    assert do(hands, "fill", "Name", "begun", role="textbox") == ""
    assert do(hands, "press", "Again") == ""
    assert at(hands, "Name", "textbox").value == ""
    assert hands.act("turn", 0, "1") == ""
    assert at(hands, "Name", "textbox").value == "begun"
    assert hands.act("turn", 0, "2") == ""
    assert at(hands, "Name", "textbox").value == ""
    hands.tab.page.close()
    assert at(hands, "Name", "textbox").value == "begun"
    assert hands.act("turn", 0, "2") == reasons.NO_TAB
    assert hands.act("turn", 0, "3") == reasons.NO_TAB


def test_to_begin_anew_closes_what_was_opened(show: Show):
    """A row does not begin in a tab that the one before has left open."""
    hands = show(TABS)
    before = hands.tab.page.context.pages
    assert do(hands, "press", "Again") == ""
    assert len(hands.tab.page.context.pages) == len(before) + 1
    show(TABS)
    assert hands.tab.page.context.pages == before
