"""An action in a few plain words, as rows tell what was done before. Pure."""

from __future__ import annotations

from byhand.episodes.types import Action, Target

_VERBS = {
    "double_click": "double-click", "triple_click": "triple-click", "right_click": "right-click",
    "middle_click": "middle-click", "hover": "point at", "check": "check", "uncheck": "uncheck", "click": "click",
}  # fmt: skip


def tell(action: Action) -> str:
    what = thing(action.target)
    if action.op in _VERBS:
        return f"{_VERBS[action.op]} {what}"
    if action.op == "type":
        into = f" into {what}" if action.target else ""
        return f'type "{action.text}"{into}' if action.text else f"type something that is not kept{into}"
    if action.op in ("key", "hotkey"):
        return f"press {'+'.join(action.keys)}" + (f" {action.times} times" if action.times > 1 else "")
    if action.op == "select":
        return f'choose "{action.text}" in {what}' if action.text else f"choose in {what}"
    if action.op == "drag":
        return f"drag {what} to {thing(action.to)}"
    if action.op == "scroll":
        way = ("down" if action.dy > 0 else "up") if action.dy else ("right" if action.dx > 0 else "left")
        return f"scroll {way}"
    if action.op == "upload":
        return f"choose a file in {what}"
    if action.op == "navigate":
        return f"go to {action.origin}{action.page}"
    return {"tab": "go to another tab", "window": f"go to {action.app or 'another window'}"}.get(action.op, "wait")


def thing(target: Target | None) -> str:
    if target is None:
        return "a place"
    role = target.aria or target.role or target.tag or "thing"
    beside = f' near "{target.near}"' if target.near else ""
    return f'{role} "{target.name}"{beside}' if target.name else f"{role}{beside}"
