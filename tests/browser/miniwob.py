"""Tasks of MiniWoB++ (Liu et al. 2018; MIT licence), done as a person does them, and what should be told of each act.

The pages come from the wheel that `./run setup` fetches. A task with a seed is the same each time, so it can be done
twice: once while it is recorded, and once to see whether each element is where the selectors kept of it lead.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from playwright.sync_api import ElementHandle, Locator, Page

from tests.browser.inputs import Inputs

WHEELS = Path(__file__).parents[2] / ".venv" / "pages"
PLAIN = "unknown"
"""The role of what has none of its own: a div, a span, a label. Its tag says what it is."""
UNDER = """([x, y]) => {
  const inner = document.elementFromPoint(x, y);
  return inner.closest('button, a[href], [role=button], [role=menuitem], [role=option]') ?? inner;
}"""
START = "seed => { core.EPISODE_MAX_TIME = 1e8; Math.seedrandom(seed); core.startEpisodeReal() }"


def unpacked(folder: Path) -> Path:
    """The folder of pages."""
    (wheel,) = WHEELS.glob("miniwob-*.whl")
    with ZipFile(wheel) as packed:
        packed.extractall(folder, [name for name in packed.namelist() if name.startswith("miniwob/html/")])
    return folder / "miniwob" / "html"


def vocabulary(html: Path) -> list[str]:
    """The words its pages are made of."""
    text = (html / "common" / "ui_utils.js").read_text("utf-8")
    return sorted({word.lower() for word in re.findall(r"[A-Za-z]{2,}", text)})


@dataclass(frozen=True)
class Act:
    """What should be told. name: "" where the page's own is not made of the policy's words. value: as it was typed."""

    why: str
    role: str = ""
    name: str = ""
    value: str = ""


@dataclass
class Person:
    """Does a task with mouse and keyboard, and notes each act before doing it.

    looks: is asked at each act, with the element it is about. inputs: what it is done with.
    """

    page: Page
    looks: Callable[[Act, ElementHandle], object]
    inputs: Inputs
    did: list[Act] = field(default_factory=list[Act])

    @property
    def query(self) -> str:
        return self.page.locator("#query").inner_text()

    def asked(self, pattern: str) -> str:
        """The part of the query in brackets."""
        found = re.search(pattern, self.query)
        assert found, self.query
        return found[1]

    def bold(self) -> list[str]:
        return self.page.locator("#query .bold").all_inner_texts()

    def tells(self, act: Act, element: Locator | ElementHandle | None = None) -> None:
        """From what comes now this should be told, of that element."""
        self.did.append(act)
        if element is not None:
            handle = element.element_handle() if isinstance(element, Locator) else element
            assert handle
            self.looks(act, handle)

    def press(self, at: Locator, role: str, name: str = "", *, x: float = 0.5, y: float = 0.5) -> None:
        """At that part of its box; what lies there is told."""
        px, py = self.point(at, x, y)
        self.tells(Act("press", role, name), self.under(px, py))
        self.inputs.mouse.click(px, py)

    def point(self, at: Locator, x: float = 0.5, y: float = 0.5) -> tuple[float, float]:
        """Where to press, once it stands still."""
        at.scroll_into_view_if_needed()
        box, before = at.bounding_box(), None
        while box != before:
            self.page.wait_for_timeout(30)
            box, before = at.bounding_box(), box
        assert box
        return box["x"] + box["width"] * x, box["y"] + box["height"] * y

    def under(self, x: float, y: float) -> ElementHandle:
        """The control there; else the innermost element."""
        found = self.page.evaluate_handle(UNDER, [x, y]).as_element()
        assert found
        return found

    def type(self, at: Locator, text: str, name: str = "", role: str = "entry") -> None:
        """Press the field, type; told once that is over."""
        self.press(at, role, name)
        self.inputs.keyboard.type(text, delay=8)
        self.tells(Act("input", role, name, text), at)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """From pixel to pixel: a mouse stands on whole ones. Nobody moves at the moment they press."""
        mouse = self.inputs.mouse
        start, end = (round(start[0]), round(start[1])), (round(end[0]), round(end[1]))
        mouse.move(*start)
        mouse.down()
        self.page.wait_for_timeout(80)
        for part in (0.1, 0.4, 0.7, 1):
            mouse.move(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part)
            self.page.wait_for_timeout(15)
        mouse.up()

    def submit(self, name: str = "Submit") -> None:
        self.press(self.page.locator("#area button.secondary-action"), "push button", name)


# ---- the tasks


def click_button(person: Person) -> None:
    wanted = person.asked(r'"(.+)" button')
    person.press(person.page.get_by_role("button", name=wanted, exact=True).first, "push button", wanted)


def click_checkboxes(person: Person) -> None:
    """Each other one by its label. Labels here are letters by chance."""
    wanted = person.asked(r"Select (.+) and").split(", ")
    for place, name in enumerate(wanted):
        label = person.page.locator("#boxes label", has_text=re.compile(f"^{re.escape(name)}$"))
        box = label.locator("input")
        if place % 2:
            person.press(box, "check box")
        else:
            person.press(label, PLAIN, x=0.9)
        person.tells(Act("change", "check box"), box)
    person.submit()


def click_option(person: Person) -> None:
    wanted = person.asked(r"Select (\S+) and")
    label = person.page.locator("#boxes label", has_text=re.compile(f"^{re.escape(wanted)}$"))
    person.press(label, PLAIN, x=0.9)
    person.tells(Act("change", "radio button"), label.locator("input"))
    person.submit()


def choose_list(person: Person) -> None:
    wanted = person.asked(r"Select (.+) from")
    chooser = person.page.locator("#options")
    options = chooser.locator("option").all_inner_texts()
    person.inputs.keyboard.press("Tab")
    person.tells(Act("change", "combo box", value=wanted), chooser)
    for _ in range(options.index(wanted)):
        person.inputs.keyboard.press("ArrowDown")
    person.submit()


def choose_date(person: Person) -> None:
    month, day, _ = map(int, person.asked(r"Select (\S+) as").split("/"))
    field_ = person.page.locator("#datepicker")
    person.press(field_, "entry")
    person.page.locator("#ui-datepicker-div").wait_for()
    shown = "$('#datepicker').datepicker('widget').find('.ui-datepicker-month').text()"
    while person.page.evaluate(shown) != calendar.month_name[month]:
        person.press(person.page.locator(".ui-datepicker-prev"), PLAIN)
    person.press(person.page.get_by_role("link", name=str(day), exact=True), "link")
    person.page.locator("#ui-datepicker-div").wait_for(state="hidden")
    person.submit()


def enter_date(person: Person) -> None:
    (wanted,) = person.bold()
    month, day, year = wanted.split("/")
    field_ = person.page.locator("#tt")
    person.press(field_, "date editor", x=0.08)
    person.inputs.keyboard.type(month + day + year)
    person.tells(Act("change", "date editor", value=f"{year}-{month}-{day}"), field_)
    person.submit()


def enter_text(person: Person) -> None:
    person.type(person.page.locator("#tt"), person.bold()[0])
    person.submit()


def enter_password(person: Person) -> None:
    """Of a secret only that something was typed."""
    (secret,) = person.bold()
    for name in ("#password", "#verify"):
        person.press(person.page.locator(name), "password text")
        person.tells(Act("withheld", value="password field"))
        person.inputs.keyboard.type(secret)
        person.tells(Act("input", "password text"), person.page.locator(name))
    person.submit()


def login_user(person: Person) -> None:
    user, secret = re.findall(r'"(\S+)"', person.query)
    person.type(person.page.locator("#username"), user)
    person.page.wait_for_timeout(350)  # letters wait 0.3 s in the guard: in a secret field by then, they are withheld
    person.inputs.keyboard.press("Tab")
    person.tells(Act("withheld", value="password field"))
    person.inputs.keyboard.type(secret)
    person.tells(Act("input", "password text"), person.page.locator("#password"))
    person.submit("Login")


def use_autocomplete(person: Person) -> None:
    begin, *end = person.bold()
    person.type(person.page.locator("#tags"), begin, "Tags:")
    offered = person.page.locator(".ui-menu-item", has_text=re.compile((end or [""])[0] + "$")).first
    offered.wait_for()
    wanted = offered.inner_text()
    person.press(offered, PLAIN)
    person.page.wait_for_timeout(200)
    person.tells(Act("change", "entry", "Tags:", wanted), person.page.locator("#tags"))
    person.submit()


def click_tab_2(person: Person) -> None:
    wanted = person.asked(r'link "(.+)"')
    link = person.page.locator("span.alink", has_text=re.compile(f"^{re.escape(wanted)}$")).first
    for number in (1, 2, 3):
        if link.is_visible():
            break
        person.press(person.page.locator("#area li a").nth(number - 1), "link", f"Tab #{number}")
    person.press(link, PLAIN)


def click_link(person: Person) -> None:
    wanted = person.asked(r'link "(.+)"')
    person.press(person.page.locator("span.alink", has_text=re.compile(f"^{re.escape(wanted)}$")).first, PLAIN)


def drag_box(person: Person) -> None:
    small, large = person.page.locator("#draggableSmall"), person.page.locator("#draggableLarge")
    start, end = person.point(small), person.point(large)
    person.tells(Act("press", PLAIN), small)
    person.tells(Act("drag", PLAIN), small)
    person.tells(Act("drop", PLAIN), large)
    person.drag(start, end)
    person.submit()


def drag_items(person: Person) -> None:
    """A list that is sorted by hand: what was dropped lies where the list is."""
    name, where = re.findall(r"Drag (\S+) (.+)\.", person.query)[0]
    items = person.page.locator("#sortable li")
    names = [one.strip() for one in items.all_inner_texts()]
    at = names.index(name)
    to = {"to the top": 0, "to the bottom": 4, "up by one position": at - 1, "down by one position": at + 1}.get(where)
    to = int(re.findall(r"\d", where)[0]) - 1 if to is None else to
    x, y = person.point(items.nth(at))
    _, until = person.point(items.nth(to))
    person.tells(Act("press", PLAIN), person.under(x, y))
    person.tells(Act("drag", PLAIN), person.under(x, y))
    person.tells(Act("drop", "list item"))
    person.drag((x, y), (x, until + (6 if to > at else -6)))


def email_inbox(person: Person) -> None:
    """A mail's words are other people's; the answer is the person's own."""
    sender, answer = person.bold()
    page = person.page
    person.press(page.locator(".email-thread", has_text=sender).first.locator(".email-sender"), PLAIN)
    person.press(page.locator(".email-reply div").last, PLAIN)
    person.type(page.locator("#reply-text"), answer)
    person.press(page.locator("#send-reply"), PLAIN)


def scroll_text(person: Person) -> None:
    page = person.page
    text = page.locator("#text-area")
    person.tells(Act("scroll", value="down"))
    person.inputs.mouse.move(*person.point(text))
    person.inputs.mouse.wheel(0, 400)
    page.wait_for_timeout(250)
    person.type(page.locator("#answer-input"), text.input_value().split()[-1].strip("."))
    person.submit()


def use_slider(person: Person) -> None:
    """Its handle is drawn; then the arrow keys, which are keys."""
    page = person.page
    wanted = int(person.asked(r"Select (-?\d+)"))
    handle, slider = page.locator(".ui-slider-handle"), page.locator("#slider")
    x, y = person.point(handle)
    box = slider.bounding_box()
    assert box
    least, most = page.evaluate("[$('#slider').slider('option', 'min'), $('#slider').slider('option', 'max')]")
    share = (wanted - least) / (most - least)
    flat = page.evaluate("$('#slider').slider('option', 'orientation')") == "horizontal"
    end = (box["x"] + box["width"] * share, y) if flat else (x, box["y"] + box["height"] * (1 - share))
    person.tells(Act("press", PLAIN), handle)
    person.tells(Act("drag", PLAIN), handle)
    person.tells(Act("drop", PLAIN), slider)
    person.drag((x, y), end)
    for _ in range(20):
        now = int(page.locator("#val").inner_text())
        if now == wanted:
            break
        person.inputs.keyboard.press("ArrowRight" if now < wanted else "ArrowLeft")
    person.submit()


def use_spinner(person: Person) -> None:
    wanted = int(person.asked(r"Select (-?\d+)"))
    arrow = person.page.locator(".ui-spinner-up" if wanted > 0 else ".ui-spinner-down")
    for _ in range(abs(wanted)):
        person.press(arrow, "push button")
        person.page.wait_for_timeout(30)
    person.submit()


def text_editor(person: Person) -> None:
    """All of it is marked by keys, then a button of the editor is pressed."""
    page = person.page
    style = person.bold()[-1]
    person.press(page.locator(".ql-editor p").first, PLAIN)
    person.inputs.keyboard.press("Control+A")
    page.wait_for_timeout(80)
    person.press(
        page.locator({"bold": ".ql-bold", "italics": ".ql-italic", "underlined": ".ql-underline"}[style]), "push button"
    )
    person.submit()


def click_menu(person: Person) -> None:
    """A menu whose parts open while the pointer rests on them."""
    *way, last = person.asked(r"Select (.+)").split(">")
    page = person.page
    for name in way:
        item = page.locator("#menu li > div", has_text=re.compile(f"^{re.escape(name)}$"))
        page.wait_for_timeout(450)
        person.tells(Act("hover", "menu item", name), item)
        person.inputs.mouse.move(*person.point(item))
        page.wait_for_timeout(400)
    person.press(page.locator("#menu li > div", has_text=re.compile(f"^{re.escape(last)}$")), "menu item", last)


TASKS: dict[str, tuple[int, Callable[[Person], None]]] = {
    "click-button": (3, click_button),
    "click-checkboxes": (2, click_checkboxes),
    "click-option": (1, click_option),
    "choose-list": (5, choose_list),
    "choose-date": (5, choose_date),
    "enter-date": (1, enter_date),
    "enter-text": (3, enter_text),
    "enter-password": (1, enter_password),
    "login-user": (1, login_user),
    "use-autocomplete": (3, use_autocomplete),
    "click-tab-2": (3, click_tab_2),
    "click-link": (1, click_link),
    "drag-box": (1, drag_box),
    "drag-items": (1, drag_items),
    "email-inbox": (3, email_inbox),
    "scroll-text": (1, scroll_text),
    "use-slider": (3, use_slider),
    "use-spinner": (3, use_spinner),
    "text-editor": (3, text_editor),
    "click-menu": (1, click_menu),
}


def do(
    page: Page, origin: str, task: str, looks: Callable[[Act, ElementHandle], object], inputs: Inputs | None = None
) -> tuple[list[Act], Any]:
    """One task from its beginning, with the page's own mouse and keyboard unless others are given.

    Gives what was done and the reward, 1 where it was done right.
    """
    seed, oracle = TASKS[task]
    page.goto(f"{origin}/miniwob/{task}.html")
    page.evaluate(START, seed)
    person = Person(page, looks, inputs or Inputs(page.mouse, page.keyboard))
    oracle(person)
    page.wait_for_timeout(60)
    return person.did, page.evaluate("WOB_RAW_REWARD_GLOBAL")
