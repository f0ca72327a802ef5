"""The same program for another place of the same app: its addresses with another origin.

Rules of this module: pure. Only addresses of the program's own start move; what it knows its targets by stays.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from msgspec.structs import replace

from byhand.workflows.program import Act, Branch, Effect, Repeat, Statement, Workflow


def origin(address: str) -> str:
    """`https://host:port` of an address, "" where it is none of a page."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.hostname else ""


def moved(workflow: Workflow, address: str) -> Workflow:
    """With the origin of that address in place of its start's. The new one joins its sites for this once.

    Raises:
        ValueError: the address is none of a page, or the program begins at none.
    """
    new, old = origin(address), origin(workflow.start)
    if not new or not old:
        raise ValueError("no origin")

    def there(text: str) -> str:
        return new + text[len(old) :] if text == old or text.startswith((f"{old}/", f"{old}?", f"{old}#")) else text

    def step(one: Statement) -> Statement:
        match one:
            case Act():
                return replace(one, text=there(one.text)) if one.verb == "open" else one
            case Repeat():
                return replace(one, steps=tuple(map(step, one.steps)))
            case Branch():
                return replace(one, steps=tuple(map(step, one.steps)), other=tuple(map(step, one.other)))

    def effect(one: Effect) -> Effect:
        acts = tuple(replace(act, text=there(act.text)) if act.verb == "open" else act for act in one.steps)
        return replace(one, at=there(one.at), steps=acts)

    sites = tuple(dict.fromkeys((*map(there, workflow.sites), new)))
    return replace(
        workflow, start=there(workflow.start), sites=sites, steps=tuple(map(step, workflow.steps)),
        effects=tuple(map(effect, workflow.effects)),
    )  # fmt: skip
