"""Acts as lines of pyautogui, as AgentNet says them: written, and read again without running anything. Pure.

Places are fractions of the picture, 0-1, with four digits. Reading is strict: a line is one call of a known function
with literal arguments, or it is a fault.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import msgspec

from byhand.datasets.formats.hands import Act
from byhand.datasets.formats.keynames import MODIFIERS, from_pyautogui, pyautogui

MOST = 100_000
"""Longest code that is parsed. A step is a few lines; what is longer is no step."""
_PRESSES = {
    "click": "pyautogui.click", "double_click": "pyautogui.doubleClick", "triple_click": "computer.triple_click",
    "right_click": "pyautogui.rightClick", "middle_click": "pyautogui.middleClick", "move": "pyautogui.moveTo",
}  # fmt: skip
_FROM_PRESSES = {theirs: ours for ours, theirs in _PRESSES.items()} | {
    "pyautogui.tripleClick": "triple_click", "computer.tripleClick": "triple_click",
}  # fmt: skip
NAMES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((*_FROM_PRESSES, "pyautogui.dragTo"), ("x", "y", "duration", "button")),
    "pyautogui.click": ("x", "y", "clicks", "interval", "button"),
    "pyautogui.moveTo": ("x", "y", "duration"),
    "pyautogui.dragTo": ("x", "y", "duration", "tween", "button"),
    "pyautogui.scroll": ("clicks", "x", "y"), "pyautogui.hscroll": ("clicks", "x", "y"),
    "pyautogui.vscroll": ("clicks", "x", "y"),
    "pyautogui.write": ("message", "interval"), "pyautogui.typewrite": ("message", "interval"),
    "pyautogui.press": ("keys", "presses", "interval"), "pyautogui.keyDown": ("key",), "pyautogui.keyUp": ("key",),
    "pyautogui.hotkey": ("keys", "interval"), "computer.wait": ("seconds",), "time.sleep": ("seconds",),
    "computer.terminate": ("status", "answer"),
}  # fmt: skip
"""Functions and the names of what they take, in order."""

Place = Callable[[int, int], tuple[float, float]]


def write(acts: tuple[Act, ...], place: Place) -> str:
    """place: from pixels of the picture to fractions of it."""
    return "\n".join(line for act in acts for line in _lines(act, place))


def _lines(act: Act, place: Place) -> list[str]:
    at = _at(*place(act.x, act.y))
    if act.do == "type":
        return [f"pyautogui.write(message={act.text!r})"]
    if act.do == "wait":
        return ["computer.wait()"]
    if act.do == "key":
        keys = [pyautogui(key) for key in act.keys]
        return [f"pyautogui.press(keys={keys!r})" if len(keys) == 1 else f"pyautogui.hotkey({keys!r})"]
    if act.do == "drag":
        did = [f"pyautogui.moveTo({at})", f"pyautogui.dragTo({_at(*place(act.to_x, act.to_y))}, button='left')"]
    elif act.do == "scroll":
        did = [f"pyautogui.moveTo({at})"]
        did += [f"pyautogui.scroll({-act.dy:g})"] if act.dy else []  # positive is up
        did += [f"pyautogui.hscroll({act.dx:g})"] if act.dx else []
    else:
        did = [f"{_PRESSES[act.do]}({at})"]
    held = [pyautogui(key) for key in act.keys]
    return [
        *(f"pyautogui.keyDown({key!r})" for key in held), *did, *(f"pyautogui.keyUp({key!r})" for key in held[::-1])
    ]  # fmt: skip


def _at(x: float, y: float) -> str:
    return f"x={x:.4g}, y={y:.4g}" if max(x, y) < 0.001 else f"x={round(x, 4)}, y={round(y, 4)}"


class Said(msgspec.Struct, frozen=True):
    """acts: places in pixels. status: of `computer.terminate`, "" where it isn't called."""

    acts: tuple[Act, ...]
    status: str = ""


def read(code: str, place: Callable[[float, float], tuple[int, int]]) -> Said:
    """place: from fractions to pixels.

    Raises:
        ValueError: no such code; the message quotes nothing of it.
    """
    if len(code) > MOST:
        raise ValueError("too long for one step")
    try:
        lines = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError("no Python") from None
    acts: list[Act] = []
    held: list[str] = []
    status = ""
    for line in lines:
        name, told = _call(line)
        if name == "pyautogui.keyDown":
            held.append(from_pyautogui(_text(told, "key")))
        elif name == "pyautogui.keyUp":
            key = from_pyautogui(_text(told, "key"))
            held = [one for one in held if one != key]
        elif name == "computer.terminate":
            status = str(told.get("status", ""))
        else:
            _act(name, told, acts, tuple(held), place)
    return Said(tuple(acts), status)


def _call(line: ast.stmt) -> tuple[str, dict[str, Any]]:
    call = line.value if isinstance(line, ast.Expr) else None
    if not (
        isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
    ):
        raise ValueError("a line that is no call")  # noqa: TRY004  of the text, not of an object
    name = f"{call.func.value.id}.{call.func.attr}"
    if name not in NAMES:
        raise ValueError("a call of an unknown function")
    names = NAMES[name]
    try:
        given = [ast.literal_eval(value) for value in call.args]
        told = {keyword.arg or "": ast.literal_eval(keyword.value) for keyword in call.keywords}
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        raise ValueError("an argument that is no literal") from None
    if name == "pyautogui.hotkey" and given and not isinstance(given[0], list | tuple):
        given = [given]
    if len(given) > len(names) or any(key not in names for key in told):
        raise ValueError("an argument too many")
    return name, dict(zip(names, given, strict=False)) | told


def _act(
    name: str,
    told: dict[str, Any],
    acts: list[Act],
    held: tuple[str, ...],
    place: Callable[[float, float], tuple[int, int]],
) -> None:
    last = acts[-1] if acts else None
    if name in ("pyautogui.write", "pyautogui.typewrite"):
        acts.append(Act("type", text=_text(told, "message")))
    elif name in ("computer.wait", "time.sleep"):
        acts.append(Act("wait", seconds=_number(told, "seconds", 0)))
    elif name == "pyautogui.press":
        each = _keys(told)
        times = min(int(_number(told, "presses", 1)), 1000)
        acts += [Act("key", keys=(*held, from_pyautogui(key))) for _ in range(times) for key in each]
    elif name == "pyautogui.hotkey":
        keys = tuple(from_pyautogui(key) for key in _keys(told))
        acts.append(
            Act(
                "key", keys=(*(key for key in keys if key in MODIFIERS), *(key for key in keys if key not in MODIFIERS))
            )
        )
    elif name in ("pyautogui.scroll", "pyautogui.hscroll", "pyautogui.vscroll"):
        by = _number(told, "clicks", 0)
        dx, dy = (by, 0.0) if name == "pyautogui.hscroll" else (0.0, -by)
        x, y = place(_number(told, "x", 0), _number(told, "y", 0)) if "x" in told else (0, 0)
        if last is not None and last.do in ("move", "scroll") and "x" not in told:
            acts.pop()
            x, y, dx, dy = last.x, last.y, dx + last.dx, dy + last.dy
        acts.append(Act("scroll", x, y, dx=dx, dy=dy, keys=held))
    elif name == "pyautogui.dragTo":
        if last is None or last.do != "move":
            raise ValueError("a drag from nowhere")
        acts[-1] = Act("drag", last.x, last.y, *place(_number(told, "x"), _number(told, "y")), keys=held)
    else:
        do: Any = _FROM_PRESSES[name]
        button, clicks = told.get("button", "left"), told.get("clicks", 1)
        if do == "click" and button in ("right", "middle"):
            do = f"{button}_click"
        elif do == "click" and clicks in (2, 3):
            do = "double_click" if clicks == 2 else "triple_click"
        if "x" not in told and last is not None and last.do == "move":
            acts[-1] = Act(do, last.x, last.y, keys=held)
        else:
            acts.append(Act(do, *place(_number(told, "x"), _number(told, "y")), keys=held))


def _keys(told: dict[str, Any]) -> list[str]:
    value = told.get("keys")
    keys: list[Any] = [value] if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else []  # pyright: ignore[reportUnknownArgumentType]
    if not keys or len(keys) > 50 or not all(isinstance(key, str) for key in keys):
        raise ValueError("an argument of the wrong kind")
    return keys


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str):
        raise ValueError("an argument of the wrong kind")  # noqa: TRY004  of the text, not of an object
    return value


def _number(told: dict[str, Any], name: str, other: float | None = None) -> float:
    value = told.get(name, other)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -1e6 < value < 1e6:
        raise ValueError("an argument of the wrong kind")
    return float(value)
