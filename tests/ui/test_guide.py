"""Step guides: what they say, what they never say, what they show."""

from __future__ import annotations

import base64
import re
import zlib
from typing import Any

import pytest
from msgspec.structs import replace

from byhand.episodes.types import Action, Episode, Observation, Op, Step, Target
from byhand.events.kinds import AnyEvent, Frame, Numbered, Snapshot
from byhand.ui.guide.drawing import Seen, around, drawn, towards
from byhand.ui.guide.making import Guide, guide
from byhand.ui.guide.markdown import markdown
from byhand.ui.guide.page import page
from byhand.ui.guide.telling import tell, words
from tests.ui.recordings import framed

S = 10**9


def on(role: str, name: str = "", **more: Any) -> Target:
    return Target(role=role, name=name, source="browser", **more)


def act(op: Op, target: Target | None = None, **more: Any) -> Action:
    return Action(op, 0, 0, 0, 0, target=target, **more)


COUNTRY = on("combo box", "Country", tag="select", box=(100, 200, 150, 30), node=4, selectors=("#country",))
PASSWORD = on("password text", "Password", tag="input", box=(100, 250, 150, 30), node=5, selectors=("#pw",))
SAVE = on("push button", "Save", tag="button", box=(100, 300, 80, 30), node=6, selectors=("#save",))


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (act("click", SAVE), 'Click the button "Save"'),
        (act("select", COUNTRY, text="Germany"), 'Choose "Germany" in the dropdown "Country"'),
        (act("select", replace(COUNTRY, holds="option 3 of 12"), masked=True),
         'Choose option 3 in the dropdown "Country"'),
        (act("select", on("date editor", "Due", holds="date"), text="2026-11-29"),
         'Set the date field "Due" to "2026-11-29"'),
        (act("type", on("entry", "Customer"), text="Blue paper"), 'Type "Blue paper" in the field "Customer"'),
        (act("type", on("entry", "Customer"), text="<EMAIL>", masked=True),
         'Type an email address in the field "Customer"'),
        (act("type", on("entry", "Note"), text="Dear <NAME-2>, hello", masked=True),
         'Type "Dear" a name ", hello" in the field "Note"'),
        (act("type", on("entry", "Note"), masked=True), 'Type your text in the field "Note"'),
        (act("type", PASSWORD, text="hunter2"), 'Type your password in the password field "Password"'),
        (act("check", on("check box", "Gift")), 'Tick the checkbox "Gift"'),
        (act("check", on("radio button", "By post")), 'Choose the option "By post"'),
        (act("hotkey", keys=("Control", "s")), "Press Ctrl+S"),
        (act("key", keys=("ArrowDown",), times=3), "Press ↓ 3 times"),
        (act("drag", on("list item", "Tea"), to=on("list", "Basket")), 'Drag the item "Tea" onto the list "Basket"'),
        (act("navigate", origin="https://shop.example", page="/orders/{id}"), 'Go to "shop.example/orders/…"'),
        (act("scroll", dy=3), "Scroll down"),
        (act("click", on("push button", "Edit", near="Ada Byron")), 'Click the button "Edit" at "Ada Byron"'),
        (act("click", on("unknown", near="Total")), 'Click what is ringed in the picture at "Total"'),
    ],
)  # fmt: skip
def test_a_step_is_told_in_plain_words(action: Action, said: str):
    """What to do, to what; and what was private is asked of the reader by its kind."""
    assert words(tell(action)) == said


def listed() -> Snapshot:
    rows = [("text", "p", "Order", (20, 20, 100, 20)), ("combobox", "select", "Country", (90, 100, 150, 30)),
            ("option", "option", "Germany", (90, 100, 150, 30)), ("text", "p", "", (20, 150, 60, 20)),
            ("textbox", "input", "", (90, 150, 150, 30)),
            ("button", "button", "Save <b>", (90, 200, 80, 30))]  # fmt: skip
    return Snapshot(
        0, 0, "t", "press", 1, 1, "https://shop.example", "/order", 1, 10, 100, 800, 600, 1.0,
        nodes=(2, 4, 9, 3, 5, 6), parents=(-1,) * 6, roles=tuple(row[0] for row in rows),
        tags=tuple(row[1] for row in rows), names=tuple(row[2] for row in rows),
        states=("", "", "selected", "", "", ""), holds=("", "3 options", "", "", "", ""),
        places=tuple(edge for row in rows for edge in row[3]), more=0,
    )  # fmt: skip


def made(*steps: Step, sight: AnyEvent | None = None, kind: Any = "snapshot", title: str = "order tea") -> Guide:
    shown = sight or listed()
    seen = tuple(replace(one, before=(Observation(kind, 0, 0),)) for one in steps)
    episode = Episode("e", "r", title, "person", "done", seen, 0, 9, 0, 75 * S)
    return guide([episode], [Numbered(0, shown)], when="29 November 2026")


def step(op: Op, target: Target, *tags: str, **more: Any) -> Step:
    return Step(act(op, target, tab=1, frame=1, origin="https://shop.example", page="/order", **more), tags=tags)


ORDER = (step("select", COUNTRY, text="Germany"), step("type", PASSWORD, masked=True), step("click", SAVE))


def told(one: Guide) -> list[str]:
    return [words(item.pieces) for chapter in one.chapters for item in chapter.items]


def test_a_click_into_a_field_is_part_of_what_is_written_there():
    """One step, as a person would tell it."""
    assert told(made(step("click", PASSWORD), *ORDER[1:2])) == ['Type your password in the password field "Password"']


def test_a_button_pressed_again_and_again_is_one_step():
    """With how often."""
    assert told(made(*(ORDER[2],) * 5)) == ['Click the button "Save", 5 times']


def test_a_slip_that_was_put_right_is_left_out_and_counted():
    """A wrong choice, and something undone: neither the slip nor its repair is for the reader to do."""
    wrong = step("select", COUNTRY, "error", text="France")
    undone = (step("click", SAVE, "error"), Step(act("hotkey", keys=("Control", "z")), tags=("recovery",)))
    one = made(wrong, *undone, *ORDER)
    assert told(one) == told(made(*ORDER))
    assert one.chapters[0].slips == 3
    assert "3 steps that went astray" in page(one)


def test_an_error_that_nobody_took_back_stays():
    """An alert may have told of success."""
    assert told(made(step("click", SAVE, "error"))) == ['Click the button "Save"']


def test_the_page_names_the_task_and_counts_what_it_takes():
    """Title, steps, duration, place, and the day."""
    text = page(made(*ORDER))
    for said in (
        "<h1>Order tea</h1>",
        "<li>3 steps</li>",
        "<li>took 1 min 15 s</li>",
        "shop.example",
        "29 November 2026",
    ):
        assert said in text


def test_the_target_is_ringed_where_it_lies_in_the_list():
    """In the drawing, at its own place, with the words that were cleared around it."""
    (item,) = made(ORDER[2]).chapters[0].items
    assert item.picture is not None
    ring = re.search(r'class="ring" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', item.picture.body)
    button = re.search(r'class="button" x="(\d+)" y="(\d+)" width="80" height="30"', item.picture.body)
    assert ring
    assert button
    assert [float(edge) for edge in ring.groups()] == [int(button[1]) - 5, int(button[2]) - 5, 90, 40]
    assert "Germany" in item.picture.body
    assert "Save &lt;b&gt;" in item.picture.body


def test_where_frames_were_kept_the_picture_is_cut_out_of_them():
    """The masked pixels around the target, and no more of the screen."""
    frame = next(one.event for one in framed() if isinstance(one.event, Frame))
    reply = replace(SAVE, name="Reply", box=(372, 112, 84, 30))
    (item,) = made(step("click", reply), sight=frame, kind="frame").chapters[0].items
    assert item.picture is not None
    found = re.search(r'<image width="(\d+)" height="(\d+)" href="data:image/png;base64,([^"]+)"', item.picture.body)
    assert found
    w, h = int(found[1]), int(found[2])
    assert (w, h) == (item.picture.w, item.picture.h)
    assert w < 700
    rows = zlib.decompress(base64.b64decode(found[3]).split(b"IDAT")[1][:-16])
    assert len(rows) == h * (w * 3 + 1)
    ring = re.search(r'class="ring" x="([\d.]+)" y="([\d.]+)"', item.picture.body)
    assert ring
    x, y = int(float(ring[1])) + 5, int(float(ring[2])) + 5
    inside = {rows[(y + 15) * (w * 3 + 1) + 1 + (x + at) * 3 :][:3] for at in range(84)}
    assert len(inside) > 10, "the cleared button is there as it was, with all its stripes"


HOSTILE = '</style><script>alert(1)</script> [x](javascript:y) <img src="http://evil.example/a.png"> `*_#'


def test_no_text_of_a_recording_becomes_markup():
    """In titles, names and texts, in the page and in Markdown."""
    target = replace(SAVE, name=HOSTILE)
    one = made(step("click", target), step("type", on("entry", HOSTILE, node=8), text=HOSTILE), title=HOSTILE)
    text = page(one)
    assert "<script" not in text
    assert "<img" not in text
    written, pictures = markdown(one, "pictures")
    for part in (written, *pictures.values()):
        assert "<script" not in part
        assert "<img" not in part
    assert "](javascript" not in written


def test_the_page_asks_for_nothing():
    """No address in it is one that is fetched, and its policy forbids the rest."""
    text = page(made(*ORDER))
    assert "default-src 'none'" in text
    assert not re.search(r'(?:src|href)="(?!data:)', text)
    assert "url(" not in text
    assert "@import" not in text


def test_markdown_names_its_pictures():
    """Each is there, under the name that the text calls it by."""
    text, pictures = markdown(made(*ORDER), "order-pictures")
    assert set(re.findall(r"\(<order-pictures/([^>]+)>\)", text)) == set(pictures)
    assert len(pictures) == 3
    assert text.startswith("# Order tea\n")
    assert "1. Choose “Germany” in the dropdown **Country**" in text


def seen(role: str, name: str, box: tuple[int, int, int, int]) -> Seen:
    return Seen(role, "", name, "", "", box)


def test_a_drawing_moves_to_where_there_is_something_to_show():
    """A button at a form's end does not leave half of it empty; a form that is a little wider is shown whole."""
    form = [seen("textbox", "", (52, 10, 560, 30)), seen("button", "Save", (512, 400, 100, 30))]
    assert around((512, 400, 100, 30))[:3:2] == (252, 620)
    assert towards(around((512, 400, 100, 30)), form)[:3:2] == (24, 620)
    wide = [seen("textbox", "", (52, 10, 620, 30)), seen("button", "Save", (572, 400, 100, 30))]
    assert towards(around((572, 400, 100, 30)), wide)[:3:2] == (24, 676)
    assert towards((0, 0, 620, 230), []) == (0, 0, 620, 230)


def test_no_word_is_cut_in_half_by_the_edge_of_a_drawing():
    """It is left out, and so is a box to tick; a longer one ends with an ellipsis, and a field may be cut."""
    part = (0, 100, 300, 200)
    page = [
        seen("text", "Above", (10, 90, 80, 20)), seen("checkbox", "Gift", (10, 290, 16, 16)),
        seen("textbox", "", (10, 280, 200, 60)), seen("text", "Please call before the delivery", (200, 150, 300, 20)),
        seen("text", "First of several lines", (10, 200, 250, 200)), seen("button", "Save", (280, 120, 80, 30)),
    ]  # fmt: skip
    body = drawn(page, part, ()).body
    assert re.findall("<text[^>]*>([^<]+)</text>", body) == ["Please call b…", "First of several lines"]
    assert [body.count(f'class="{name}"') for name in ("field", "button")] == [1, 1]


def test_a_cell_that_holds_a_button_is_no_bar():
    """A bar stands for words that were not cleared."""
    button = seen("button", "Reserve", (110, 105, 80, 20))
    assert 'class="bar"' not in drawn([seen("cell", "", (100, 100, 100, 30)), button], (0, 0, 620, 230), ()).body
    assert 'class="bar"' in drawn([seen("cell", "", (300, 100, 100, 30)), button], (0, 0, 620, 230), ()).body
