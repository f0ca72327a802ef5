"""Acts that browsers tell in pieces or not at all: drags, hovers, suggestions, scrolls, shadow trees, frames."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from byhand.events.browser import PageTold, Seen
from tests.browser.pretend import Rig


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.mouse.move(*end)
    page.mouse.up()


def test_html_drag_and_drop_is_one_drag_and_one_drop(rig: Rig):
    """And one release, when it is let go."""
    page = rig.open("widgets.html")
    drag(page, middle(page, "#card"), middle(page, "#bin"))
    assert [(one.why, one.element.name) for one in rig.acts("element")] == [("drag", "Card"), ("drop", "Bin")]
    (press,), (release,) = rig.acts("press"), rig.acts("release")
    assert release.x > press.x + 50


def test_a_drag_that_the_page_makes_itself_is_told_too(rig: Rig):
    """Something that moves along with the pointer, and lies over where it is dropped."""
    page = rig.open("widgets.html")
    drag(page, middle(page, "#moving"), middle(page, "#track"))
    assert [(one.why, one.element.name) for one in rig.acts("element")] == [("drag", "Handle"), ("drop", "Track")]


def test_what_moves_as_it_is_pressed_is_told_where_it_stood(rig: Rig):
    """A list that takes its item out of the row at the very press: no selector leads to the place it is in now."""
    page = rig.open("widgets.html")
    page.evaluate(
        "document.body.innerHTML = '<ul><li>One</li><li>Two</li><li>Three</li><li>Four</li></ul>';"
        "addEventListener('pointerdown', event => event.target.parentElement.prepend(event.target))"
    )
    page.mouse.click(*middle(page, "li:nth-of-type(3)"))
    (press,) = rig.acts("press")
    assert press.element
    ways = [one for one in press.element.selectors if "li" in one]
    assert ways
    assert all("3" in one for one in ways), ways


def test_marking_words_and_slipping_a_little_are_no_drags(rig: Rig):
    """A press that ends on its own parent, and a selection."""
    page = rig.open("widgets.html")
    x, y = middle(page, "#pane")
    drag(page, (x, y), (x + 3, y))
    page.mouse.move(0, 0)
    assert rig.acts("element") == []


def test_resting_where_a_menu_opens_is_one_hover(rig: Rig):
    """A menu of CSS alone, and one of a script; passing over neither."""
    page = rig.open("widgets.html")
    rig.pretend.until(lambda: any(isinstance(one, Seen) for one in rig.pretend.events()))
    page.mouse.move(600, 400)
    page.mouse.move(*middle(page, "#filemenu"))
    page.wait_for_timeout(200)
    page.mouse.move(600, 400)
    page.mouse.move(*middle(page, "#flyer"))
    page.wait_for_timeout(200)
    page.mouse.move(600, 400)
    page.wait_for_timeout(100)
    assert [(one.why, one.element.name[:4]) for one in rig.acts("element")] == [("hover", "File"), ("hover", "Fly")]


def test_what_was_there_before_a_menu_opened_is_told_before_it(rig: Rig):
    """A hover is known as an act only once something has opened; the list that goes before it is of before that."""
    page = rig.open("widgets.html")
    rig.pretend.until(lambda: any(isinstance(one, Seen) for one in rig.pretend.events()))
    for selector in ("#filemenu", "#flyer"):
        page.mouse.move(600, 400)
        page.wait_for_timeout(2_500)  # as long as a busy machine takes to list the page that changed
        page.mouse.move(*middle(page, selector))
        page.wait_for_timeout(400)
    rig.pretend.until(lambda: sum(getattr(one, "why", "") == "hover" for one in rig.pretend.events()) == 2)
    told = rig.pretend.events()
    first, second = (at for at, one in enumerate(told) if getattr(one, "why", "") == "hover")
    lists = [one for one in told[first:second] if isinstance(one, Seen)]
    assert len(lists) == 1
    assert told[first].at < lists[0].at < told[second].at
    assert not any("expanded" in one.states for one in lists[0].nodes)


def test_a_suggestion_that_was_picked_is_told(rig: Rig):
    """A script writes it into the field; the field's change is told once."""
    page = rig.open("widgets.html")
    page.click("#town")
    page.keyboard.type("ber")
    page.click("#berlin")
    page.wait_for_timeout(250)
    assert [(one.why, one.element.name, one.value) for one in rig.acts("element")] == [
        ("input", "Town", "ber"),
        ("change", "Town", "Berlin"),
    ]


def test_a_scroll_is_one_row_and_a_scripts_own_is_none(rig: Rig):
    """A wheel, then a key; then the page scrolls itself."""
    page = rig.open("widgets.html")
    page.mouse.move(700, 500)
    for _ in range(4):
        page.mouse.wheel(0, 50)
    page.wait_for_timeout(500)
    page.keyboard.press("PageDown")
    page.wait_for_timeout(700)
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(400)
    told = rig.acts("scroll", "element")
    wheel, key = (one for one in told if one.__struct_config__.tag == "scroll")
    assert (wheel.dy, wheel.dx) == (200, 0)
    assert key.dy > 300
    elements = [one for one in told if one.__struct_config__.tag == "element"]
    assert [(one.why, one.element.tag) for one in elements] == [("scroll", "html"), ("scroll", "html")]


ROLLING = """document.body.innerHTML = `<div style="height:150px;overflow:hidden" id="still"><div id="list"
  aria-label="Tickets" role="list" style="height:100px;overflow-y:auto"><p>Top<p style="height:300px">Last</div></div>
  <p style="height:3000px">Below`"""


@pytest.mark.parametrize("alone", [True, False])
def test_what_a_wheel_moves_is_told_once_a_row(rig: Rig, alone: bool):
    """The list under the pointer, not what only cuts it off; at its end the page; both ways to drive."""
    rig.records(alone=alone)
    page = rig.open("form.html")
    page.evaluate(ROLLING)
    page.mouse.move(*middle(page, "#list"))
    page.mouse.wheel(0, 60)
    for way, there in ((60, "=== 120"), (-60, "=== 60"), (900, ">= list.scrollHeight - 101")):
        page.mouse.wheel(0, way)
        page.wait_for_function(f"list.scrollTop {there}")
    page.wait_for_timeout(1100)
    page.mouse.wheel(0, 400)
    page.wait_for_function("scrollY > 0")
    told = rig.acts("element")
    assert [(one.why, one.element.name or one.element.tag) for one in told] == [
        ("scroll", "Tickets"), ("scroll", "Tickets"), ("scroll", "Tickets"), ("scroll", "html"),
    ]  # fmt: skip
    assert "#list" in told[0].element.selectors


@pytest.mark.parametrize("alone", [True, False])
def test_what_was_there_before_a_wheel_goes_before_it(rig: Rig, alone: bool):
    """Though the page has moved when it is told; and once a row, not once a turn."""
    rig.records(alone=alone)
    page = rig.open("form.html")
    page.evaluate(ROLLING)
    page.wait_for_timeout(600)
    page.mouse.move(*middle(page, "#list"))  # whoever moves has the page listed anew
    page.wait_for_timeout(600)
    before = len(rig.pretend.events())
    for _ in range(3):
        page.mouse.wheel(0, 60)
    page.wait_for_function("list.scrollTop === 180")
    rig.pretend.until(lambda: bool(rig.acts("element")))
    told = rig.pretend.events()[before:]
    lists = [one for one in told if isinstance(one, Seen) and one.why == "press"]
    assert [[node.box[1] for node in one.nodes if node.name == "Top"] != [] for one in lists] == [True]
    kinds = [one.__struct_config__.tag for one in told]
    assert kinds.index("snapshot") < min(kinds.index(kind) for kind in ("element", "scroll") if kind in kinds)


def test_a_scroll_comes_before_what_is_done_right_after_it(rig: Rig):
    """A press and a key end it, and are told behind it."""
    page = rig.open("widgets.html")
    page.mouse.move(*middle(page, "#card"))
    page.evaluate("addEventListener('wheel', () => { wheels = (window.wheels ?? 0) + 1; })")
    page.mouse.wheel(0, 30)
    page.wait_for_function("window.wheels === 1")
    page.mouse.down()
    page.mouse.up()
    page.mouse.wheel(0, 30)
    page.wait_for_function("window.wheels === 2")
    page.keyboard.press("x")
    told = [one.__struct_config__.tag for one in rig.acts("press", "key", "scroll")]
    assert told == ["scroll", "press", "scroll", "key", "key"]


@pytest.mark.parametrize("name", ["Open one", "Closed one"])
def test_shadow_trees_hide_nothing(rig: Rig, name: str):
    """Open or closed: the button in it was pressed, not its host."""
    page = rig.open("widgets.html")
    host = "#openhost" if name.startswith("Open") else "#closedhost"
    box = page.locator(host).bounding_box()
    assert box
    page.mouse.click(box["x"] + 20, box["y"] + 10)
    assert rig.acts("press")[0].element.name == name


def test_changes_in_a_closed_shadow_tree_are_told(rig: Rig):
    """Their events don't leave it."""
    page = rig.open("widgets.html")
    box = page.locator("#closedhost").bounding_box()
    assert box
    page.mouse.click(box["x"] + 20, box["y"] + 10)
    page.keyboard.press("Tab")
    page.keyboard.type("x")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert [(one.why, one.element.name, one.value) for one in rig.acts("element")] == [
        ("input", "Closed field", "x"),
        ("change", "Closed list", "B"),
    ]


def test_frames_of_every_kind_are_told_where_they_are_covered(rig: Rig):
    """Same site, another listed one, about:blank, srcdoc, blob; not an unlisted or a sandboxed one."""
    page = rig.open("frames.html")
    page.wait_for_timeout(400)
    page.evaluate("scrollTo(0, 100)")
    for frame in ("same", "srcdoc", "blob", "cross", "blank", "foreign", "sandboxed"):
        page.frame_locator(f"#{frame}").locator("button").click()
    presses = rig.acts("press")
    assert sorted(one.element.name for one in presses) == ["In blank", "In blob", "In srcdoc", "Inner", "Inner"]
    for batch in rig.pretend.batches():
        assert batch.url.startswith((rig.mine, rig.also))
        assert batch.top.startswith(rig.mine)
    places = page.evaluate("[...Array(length).keys()].map((at) => [...document.querySelectorAll('iframe')].findIndex("
                           "(one) => one.contentWindow === window[at]))")  # fmt: skip
    ways = {one.element.frames for one in presses}
    assert all(len(way) == 1 for way in ways)
    found = {page.locator("iframe").nth(places[way[0]]).get_attribute("id") for way in ways}
    assert found == {"same", "srcdoc", "blob", "cross", "blank"}


def test_another_address_without_loading_is_told(rig: Rig):
    """By history, by an anchor; with the page's list after it."""
    page = rig.open("form.html")
    page.evaluate("history.pushState(1, '', '/form.html?step=2')")
    page.wait_for_timeout(50)
    page.evaluate("location.hash = 'end'")
    page.wait_for_timeout(1700)
    told = rig.pretend.flush()
    assert [one.what for one in told if isinstance(one, PageTold)] == ["loaded", "moved", "moved"]
    assert rig.pretend.batches()[-1].url.endswith("?step=2#end")
    assert "moved" in [one.why for one in told if isinstance(one, Seen)]


def test_beside_a_desktop_the_desktop_tells_keys_and_scrolls(rig: Rig):
    """The extension tells what only it can see."""
    rig.records(alone=False)
    page = rig.open("form.html")
    page.click("#name")
    page.keyboard.type("Ada")
    page.mouse.wheel(0, 100)
    page.click("#save")
    kinds = {one.__struct_config__.tag for one in rig.pretend.flush()}
    assert kinds <= {"press", "element", "page", "snapshot"}
    assert [one.value for one in rig.acts("element")] == ["Ada"]


def test_a_press_is_told_with_the_page_before_it(rig: Rig):
    """The list comes first, and shows what the press took away."""
    page = rig.open("form.html")
    rig.pretend.until(lambda: any(isinstance(one, Seen) for one in rig.pretend.events()))
    rig.pretend.forget()
    rig.inside(
        page,
        "globalThis.made = 0; const list = observer.list;"
        "observer.list = async (how) => { const got = await list.call(observer, how); made++; return got; }",
    )
    for step in range(40):
        page.mouse.move(300 + step, 300)
        page.wait_for_timeout(100)
        if rig.inside(page, "made"):
            break
    page.locator("#gone").click()
    told = [one for one in rig.pretend.flush() if one.__struct_config__.tag in ("snapshot", "press")]
    assert [one.__struct_config__.tag for one in told][:2] == ["snapshot", "press"]
    assert "Vanish" in [node.name for node in told[0].nodes]  # pyright: ignore[reportAttributeAccessIssue]


def test_what_the_last_act_led_to_is_listed_once_it_is_quiet(rig: Rig):
    """Nobody presses again: the list comes by itself, once, and shows the page after the act."""
    page = rig.open("widgets.html")
    page.evaluate(
        "document.body.innerHTML = '<button>Save</button>';"
        "addEventListener('click', () => document.body.insertAdjacentHTML('beforeend', '<p>All saved</p>'))"
    )
    rig.pretend.until(lambda: any(isinstance(one, Seen) for one in rig.pretend.events()))
    page.click("button")

    def after() -> list[Seen]:
        return [one for one in rig.pretend.events() if isinstance(one, Seen) and one.why == "change"]

    rig.pretend.until(lambda: bool(after()))
    page.wait_for_timeout(2000)
    (seen,) = after()
    assert "All saved" in [node.name for node in seen.nodes]
