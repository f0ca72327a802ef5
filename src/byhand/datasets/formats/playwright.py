"""Test scripts for Playwright (Python): one file an episode, to be run by itself or by pytest-playwright.

A script finds its targets as a reader would name them: by role and name, by test id or id, and only then by place. Each
step says in its own words what it is, and so does the message where its target is not there, or there twice. What was
not kept is a parameter at the top of the file, from the environment when it runs: BYHAND_START for the address,
BYHAND_STEP_3 for a text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from byhand.datasets.formats.keynames import MODIFIERS
from byhand.datasets.formats.masked import is_masked, option_place
from byhand.datasets.formats.playwright_reading import read
from byhand.datasets.formats.port import Demonstration, Format
from byhand.datasets.formats.selectors import PIERCE, Way, address, template, ways
from byhand.datasets.formats.telling import tell
from byhand.datasets.formats.writing import file_name, whole
from byhand.episodes.types import Action, Episode, Target
from byhand.errors import Problem

NOTCH = 100
"""Pixels that a browser scrolls for one notch of a wheel."""
_PRESSES = {
    "click": "click()", "double_click": "dblclick()", "triple_click": "click(click_count=3)",
    "right_click": 'click(button="right")', "middle_click": 'click(button="middle")', "hover": "hover()",
    "check": "check()", "uncheck": "uncheck()",
}  # fmt: skip
_TEST_ID = re.compile(r'\[data-testid="([^"\\]*)"\]')
_WITHIN = (
    "def within(page: Page, *way: int) -> Frame:",
    '    """The frame at that place among those of the page, or of the frame above it, once it is there."""',
    "    found = page.main_frame",
    "    for place in way:",
    "        for _ in range(100):",
    "            if place < len(found.child_frames):",
    "                break",
    "            page.wait_for_timeout(100)",
    '        assert place < len(found.child_frames), f"the frame {way} is not on the page"',
    "        found = found.child_frames[place]",
    "    return found", "", "",
)  # fmt: skip
_WHY_NOT = {
    "upload": "choosing files needs their paths, and none is kept", "tab": "another tab came to the front by itself",
    "window": "another window is not the page's",
}  # fmt: skip


def write(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    for number, demonstration in enumerate(demonstrations, 1):
        episode = demonstration.episode
        lost: Counter[str] = Counter()
        text = script(episode, lost)
        if text is None:
            yield Problem(episode.id, "left out: nothing in it was done on a page")
            continue
        name = file_name(episode.instruction or "episode", number).replace("-", "_")
        (out / f"test_{name}.py").write_text(text, encoding="utf-8")
        for why, count in sorted(lost.items()):
            yield Problem(episode.id, f"{count} {'step' if count == 1 else 'steps'} left out: {why}")


def script(episode: Episode, lost: Counter[str]) -> str | None:
    """The file; None if nothing in the episode was done on a page. Counts in `lost` what is left out, and why."""
    start = next((step.action for step in episode.steps if step.action.origin), None)
    if start is None:
        return None
    given = parameters(episode)
    body: list[str] = []
    for number, step in enumerate(episode.steps, 1):
        if step.action is start and start.op == "navigate":
            continue
        words = f"{number}. {_plain(tell(step.action))}"
        body.append(f"    # {words}")
        told = _told(step.action, words, given.get(number))
        if isinstance(told, str):
            lost[told] += 1
            body.append(f"    # left out: {told}")
        else:
            body += [f"    {line}" for line in told]
    whole_address = address(start)
    default = '""' if template(whole_address) else _text(whole_address)
    framed = any(
        one is not None and one.frames for step in episode.steps for one in (step.action.target, step.action.to)
    )
    told_first = [
        f'{name} = os.environ.get("{_variable(number)}")  # {number}. {_plain(tell(episode.steps[number - 1].action))}'
        for number, name in given.items()
    ]
    asked = [
        f"    assert {name} is not None, {_text(f'set {_variable(number)}: what to type or choose in step {number}')}"
        for number, name in given.items()
    ]
    return "\n".join(
        (
            f"# {_plain(episode.instruction or 'What was done by hand')}",
            "# Run it: python THIS_FILE, or pytest with pytest-playwright. BYHAND_START is the address it begins at.",
            "import os", "",
            f"from playwright.sync_api import {'Frame, ' * framed}Locator, Page, expect, sync_playwright", "",
            f'START = os.environ.get("BYHAND_START", {default})'
            + (f"  # it began at {_plain(whole_address)}" if template(whole_address) else ""),
            *(("# What was typed or chosen and not kept: set these.", *told_first) if given else ()),
            "", "",
            "def on(found: Locator, step: str) -> Locator:",
            '    expect(found, f"step {step}: its target is not on the page once").to_have_count(1)',
            "    return found", "", "",
            *(_WITHIN if framed else ()),
            "def test_by_hand(page: Page) -> None:",
            '    assert START, "set BYHAND_START: the address to begin at"',
            *asked,
            "    page.goto(START)",
            *body, "", "",
            'if __name__ == "__main__":',
            "    with sync_playwright() as playwright:",
            '        program = os.environ.get("BYHAND_CHROMIUM")',
            "        browser = playwright.chromium.launch(executable_path=program)",
            "        test_by_hand(browser.new_page())",
            "        browser.close()", "",
        )
    )  # fmt: skip


def parameters(episode: Episode) -> dict[int, str]:
    """What has to be given, by number of the step: the parameter is called as its field is."""
    found: dict[int, str] = {}
    for number, step in enumerate(episode.steps, 1):
        action = step.action
        unknown = is_masked(action) or (action.op == "select" and not action.text)
        if action.op not in ("type", "select") or not unknown or (action.op == "select" and _by_place(action)):
            continue
        target = action.target
        said = target.name if target else ""
        name = re.sub(r"[^A-Z0-9]+", "_", said.upper().encode("ascii", "ignore").decode()).strip("_")[:40]
        if not name and target is not None and target.role == "password text":
            name = "PASSWORD"
        name = name if name and not name[0].isdigit() else f"TEXT_{number}"
        found[number] = f"{name}_{number}" if name in (*found.values(), "START") else name
    return found


def _by_place(action: Action) -> bool:
    return action.target is not None and action.target.tag == "select" and option_place(action) is not None


def _variable(number: int) -> str:
    return f"BYHAND_STEP_{number}"


def _told(action: Action, words: str, given: str | None) -> list[str] | str:
    if action.op in _WHY_NOT:
        return _WHY_NOT[action.op]
    if action.op == "navigate":
        return "an address is not kept whole" if template(action.page) else [
            f"page.goto({_text(action.origin + action.page)})"
        ]  # fmt: skip
    if action.op == "wait":
        return ["# nothing was done until something appeared; what comes next waits for it"]
    if action.op in ("key", "hotkey"):
        line = f"page.keyboard.press({_text('+'.join(_key(key) for key in action.keys))})"
        return [line] * max(action.times, 1) if action.keys else "no key"
    if action.op == "scroll":
        wheel = f"page.mouse.wheel({round(action.dx * NOTCH)}, {round(action.dy * NOTCH)})"
        found = (
            locator(action.target) if action.target and (action.target.tag != "html" or action.target.frames) else None
        )
        return [f"on({found}, {_text(words)}).hover()", wheel] if found else [wheel]
    found = locator(action.target)
    if found is None:
        return "how to find its target is not known"
    on = f"on({found}, {_text(words)})"
    if action.op in _PRESSES:
        held = [key for key in action.keys if key in MODIFIERS and key != "AltGraph"]
        call = _PRESSES[action.op]
        if held:
            call = call[:-1] + (", " if call[-2] != "(" else "") + f"modifiers={held!r})".replace("'", '"')
        return [f"{on}.{call}"]
    if action.op == "drag":
        end = locator(action.to)
        return [f"{on}.drag_to({end})"] if end else "how to find where it was dropped is not known"
    value = given or _text(action.text)
    tag = action.target.tag if action.target else ""
    if action.op == "select" and tag == "select":
        place = option_place(action)
        how = f"label={value}" if place is None or (action.text and not is_masked(action)) else f"index={place}"
        return [f"{on}.select_option({how})"]
    if action.op == "select" and tag != "input":
        return [f"{on}.click()", f'{_root(action.target)}.get_by_role("option", name={value}, exact=True).click()']
    check = [] if given or tag not in ("input", "textarea") else [f"expect({found}).to_have_value({value})"]
    return [f"{on}.fill({value})", *check]


def locator(target: Target | None) -> str | None:
    """How a script finds it: the most speaking way first."""
    known = ways(target)
    for want in (_by_role, _by_test_id, _by_id, _by_text, _by_css, _by_pierce, _by_xpath):
        for way in known:
            if (found := want(way)) is not None:
                return f"{_root(target)}.{found}"
    return None


def _root(target: Target | None) -> str:
    return f"within(page, {', '.join(map(str, target.frames))})" if target is not None and target.frames else "page"


def _by_role(way: Way) -> str | None:
    if way.kind != "aria" or not way.role or not way.words:
        return None
    return f"get_by_role({_text(way.role)}, name={_text(way.words)}, exact=True)"


def _by_test_id(way: Way) -> str | None:
    found = _TEST_ID.fullmatch(way.words) if way.kind == "css" else None
    return f"get_by_test_id({_text(found[1])})" if found else None


def _by_id(way: Way) -> str | None:
    return _by_css(way) if way.words.startswith("#") and " " not in way.words else None


def _by_text(way: Way) -> str | None:
    return f"get_by_text({_text(way.words)}, exact=True)" if way.kind == "text" and way.words else None


def _by_css(way: Way) -> str | None:
    return f"locator({_text('css=' + way.words)})" if way.kind == "css" and way.words else None


def _by_pierce(way: Way) -> str | None:
    if way.kind != "pierce" or not way.words:
        return None
    return ".".join(f"locator({_text('css=' + part)})" for part in way.words.split(PIERCE))


def _by_xpath(way: Way) -> str | None:
    if way.kind != "xpath" or not way.words:
        return None
    return f"locator({_text('xpath=' + way.words)})"


def _key(key: str) -> str:
    return "Space" if key == " " else key


def _text(text: str) -> str:
    """A literal of Python; what is no character is replaced."""
    return repr(str(whole(text)))


def _plain(text: str) -> str:
    """For a comment: one line."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", str(whole(text)))[:200]


PLAYWRIGHT = Format(
    "playwright", "test scripts for Playwright, one an episode; reads what its codegen writes", "text/x-python",
    read=read, write=write,
)  # fmt: skip
