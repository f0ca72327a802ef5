"""BrowserGym: a line a step, what was to see as its agents see it and the act as its `HighLevelActionSet` reads it.

For browsergym-core 0.14.3. A `bid` is our number of the element, the same in the tree beside it; BrowserGym gives bids
of its own when it opens a page, so `action_by_place` says the act without one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from byhand.datasets.formats.chat_rows import told
from byhand.datasets.formats.hands import where
from byhand.datasets.formats.pictures import put
from byhand.datasets.formats.port import Demonstration, Format
from byhand.datasets.formats.selectors import template
from byhand.datasets.formats.views import Box, view
from byhand.datasets.formats.writing import add_line
from byhand.episodes.types import Action, Step, Target
from byhand.errors import Problem
from byhand.events.kinds import Snapshot

NOTCH = 100
"""Pixels that a browser scrolls for one notch of a wheel."""
_BUTTONS = {"click": "left", "right_click": "right", "middle_click": "middle"}


def write(demonstrations: Iterable[Demonstration], out: Path) -> Iterator[Problem]:
    for demonstration in demonstrations:
        lost: Counter[str] = Counter()
        episode = demonstration.episode
        for number, step in enumerate(episode.steps):
            by_node, by_place = _said(step.action), _by_place(demonstration, step)
            if by_node is None and by_place is None:
                lost[_why_not(step.action)] += 1
                continue
            seen = view(demonstration, step.before)
            add_line(out / "steps.jsonl", {
                "episode": episode.id, "step": number, "goal": episode.instruction,
                "axtree_txt": tree(seen.boxes),
                "screenshot": put(seen.picture, out / "images") if seen.picture is not None else "",
                "url": step.action.origin + step.action.page, "action": by_node or by_place,
                "action_by_place": by_place,
            })  # fmt: skip
        yield from told(demonstration, lost)


def tree(boxes: tuple[Box, ...]) -> str:
    """As BrowserGym's `flatten_axtree_to_str` indents it: `[bid] role 'name'`."""
    named = ((box, f"[{box.node}] " if box.node else "") for box in boxes)
    return "\n".join("\t" * box.depth + f"{bid}{box.role} {box.name!r}" for box, bid in named)


def _why_not(action: Action) -> str:
    if action.masked and not action.text:
        return "what was typed or chosen is not kept"
    return {"upload": "choosing files needs their paths, and none is kept"}.get(
        action.op, "this format has no word for it"
    )


def _said(action: Action) -> str | None:
    bid, keys = _bid(action.target), "+".join(action.keys)
    held = [key for key in action.keys if key in ("Alt", "Control", "Meta", "Shift")]
    if action.op in ("key", "hotkey"):
        return "\n".join([f"keyboard_press({keys!r})"] * max(action.times, 1)) if keys else None
    if action.op == "navigate":
        return None if template(action.page) or not action.origin else f"goto({action.origin + action.page!r})"
    if action.op == "scroll":
        return f"scroll({action.dx * NOTCH:g}, {action.dy * NOTCH:g})"
    if action.op == "wait":
        return f"noop({round((action.end_ns - action.start_ns) / 1e6)})"
    if bid is None:
        return None
    more = f", modifiers={held!r}" if held else ""
    if action.op in _BUTTONS:
        button = f", button={_BUTTONS[action.op]!r}" if action.op != "click" else ""
        return f"click({bid!r}{button}{more})"
    if action.op == "double_click":
        return f"dblclick({bid!r}{more})"
    if action.op in ("check", "uncheck", "hover"):
        return f"{action.op}({bid!r})"
    if action.op == "type" and action.text:
        return f"fill({bid!r}, {action.text!r})"
    if action.op == "select" and action.text:
        return f"select_option({bid!r}, {action.text!r})"
    end = _bid(action.to)
    return f"drag_and_drop({bid!r}, {end!r})" if action.op == "drag" and end else None


def _by_place(demonstration: Demonstration, step: Step) -> str | None:
    """In pixels of the page's viewport, which only a list of the page tells the place of."""
    action, page = step.action, _viewport(demonstration, step)
    if action.op == "type" and action.text:
        return f"keyboard_type({action.text!r})"
    place = where(action)
    if page is None or place is None:
        return None
    x, y = _inner(page, *place)
    if action.op in (*_BUTTONS, "check", "uncheck"):
        button = f", button={_BUTTONS[action.op]!r}" if action.op in ("right_click", "middle_click") else ""
        return f"mouse_click({x:g}, {y:g}{button})"
    if action.op == "double_click":
        return f"mouse_dblclick({x:g}, {y:g})"
    if action.op == "hover":
        return f"mouse_move({x:g}, {y:g})"
    if action.op == "drag" and (action.to_x or action.to_y):
        to_x, to_y = _inner(page, action.to_x, action.to_y)
        return f"mouse_drag_and_drop({x:g}, {y:g}, {to_x:g}, {to_y:g})"
    return None


def _viewport(demonstration: Demonstration, step: Step) -> Snapshot | None:
    found = (demonstration.sights.get(one.seq) for one in sorted(step.before, key=lambda one: -one.seq))
    return next((one for one in found if isinstance(one, Snapshot) and one.scale > 0), None)


def _inner(page: Snapshot, x: int, y: int) -> tuple[float, float]:
    return round((x - page.x) / page.scale, 1), round((y - page.y) / page.scale, 1)


def _bid(target: Target | None) -> str | None:
    return str(target.node) if target is not None and target.node else None


BROWSERGYM = Format(
    "browsergym", "BrowserGym steps: accessibility tree and high-level actions", "application/jsonl", write=write
)
