"""What an act is: one thing a person did, or one that was seen to happen. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from byhand.events.kinds import Element, Mark, Page, Window

What = Literal["click", "type", "text", "press", "scroll", "window", "title", "focus", "mark", "element", "page"]


@dataclass(slots=True)
class Act:
    """One thing done, or seen to happen. Which fields hold something depends on `what`.

    seq, by: the first event of it, and the rule that let it through.
    raised: the window a click brought to the front. led: where a key moved the focus.
    text: what its keys read as, if all of them are named. said: what stood there in the end, as the guard kept it; how:
    by which way it came.
    element: what it was done to; of one that a browser told of, `why` says what happened. onto: what it was dropped on.
    brings: what a page did because of it. unpressed: a page told of a press whose button is not told yet.
    seen_in_page: of how many of its presses a page told.
    """

    what: What
    seq: int
    by: str
    start_ns: int
    end_ns: int
    app: str
    held: bool = False
    button: int = 0
    times: int = 1
    presses: list[int] = field(default_factory=list[int])
    x: int = 0
    y: int = 0
    to: tuple[int, int] | None = None
    element: Element | None = None
    page: str = ""
    raised: Window | None = None
    key: str = ""
    led: Element | None = None
    classes: Counter[str] = field(default_factory=Counter[str])
    text: list[str] | None = None
    said: str = ""
    how: Literal["typed", "pasted", "value"] = "typed"
    dx: float = 0
    dy: float = 0
    window: Window | None = None
    mark: Mark | None = None
    page_event: Page | None = None
    unpressed: bool = False
    seen_in_page: int = 0
    onto: Element | None = None
    brings: str = ""
