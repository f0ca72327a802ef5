"""Hand-made demonstrations for the tests of this room: people at their chores, with events, pages and pictures."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw

from byhand.datasets.formats.port import Demonstration, Markup, Picture, Sight
from byhand.episodes.types import Action, Episode, Observation, Step, Target
from byhand.events.kinds import (
    AnyEvent,
    Button,
    Element,
    Key,
    Mark,
    Motion,
    Numbered,
    Page,
    Scroll,
    Snapshot,
    Text,
    Window,
)

MS = 1_000_000


def picture(colour: tuple[int, int, int] = (200, 30, 30)) -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    return Picture("image/png", out.getvalue(), 64, 48)


def screenshot(seed: int) -> Picture:
    """A desktop of 1280x800: windows, boxes and words on them, as the guard leaves a screen."""
    chance = random.Random(seed)
    shown = Image.new("RGB", (1280, 800), (244, 245, 247))
    pen = ImageDraw.Draw(shown)
    for number in range(80):
        x, y = chance.randrange(1180), chance.randrange(760)
        pen.rectangle((x, y, x + 90, y + 24), fill=tuple(chance.randrange(256) for _ in range(3)))
        pen.text((x + 6, y + 6), f"Invoice {number}", fill=(20, 20, 20))
    out = io.BytesIO()
    shown.save(out, "WEBP", lossless=True, method=0)
    return Picture("image/webp", out.getvalue(), 1280, 800)


def page(mono_ns: int, title: str = "Invoices") -> Snapshot:
    return Snapshot(
        mono_ns // MS, mono_ns, "actions.page", "press", 1, 1, "https://work.example", "/invoices", 1, 0, 80, 1200, 700,
        1.0, (1, 2, 3), (-1, 0, 0), ("main", "combobox", "button"), ("main", "select", "button"),
        (title, "Country", "Save"), ("", "", "focused"), ("", "option 1 of 3", ""),
        (0, 0, 1200, 700, 20, 20, 200, 30, 20, 80, 90, 30), 0,
    )  # fmt: skip


def events(start: int = 0) -> list[Numbered]:
    """A second of work, one event of most kinds; the pointer moves most of the time."""
    made: list[AnyEvent] = [Mark(start, start * MS, "person.mark", "task_begin", "", 0, 0, "file the invoice")]
    ms = start
    for turn in range(40):
        ms += 8
        made.append(Motion(ms + turn % 2, ms * MS + turn * 1000, "pointer.moved", 100 + turn * 3, 200 + turn, False))
    made += [
        Button(ms + 9, (ms + 9) * MS, "actions.press", True, 1, 217, 240, False),
        Element(
            ms + 9, (ms + 9) * MS, "actions.element", "press", "combo box", "Country", (), 20, 100, 200, 30, "",
            "https://work.example", "/invoices", "browser", "combobox", "select", ("aria/Country", "#country"),
            (20, 20, 200, 30), "Norway", "option 2 of 3", 1, 1, 1, 2,
        ),
        Button(ms + 90, (ms + 90) * MS, "actions.press", False, 1, 217, 240, False),
        Key(ms + 200, (ms + 200) * MS, "actions.shortcut", True, "letter", 39, "s", 4, False, False),
        Scroll(ms + 300, (ms + 300) * MS, "actions.scroll", 0.0, 1.5, 217, 240, False),
        Text(ms + 400, (ms + 400) * MS, "text.typed", "typed", "Norway", 1),
        Window(ms + 500, (ms + 500) * MS, "actions.window", "focus", 1, "chromium", "", 0, 0, 1280, 800),
        Page(ms + 600, (ms + 600) * MS, "actions.page", "moved", 1, 1, "https://work.example", "/invoices"),
        page((ms + 700) * MS),
        Mark(ms + 900, (ms + 900) * MS, "person.mark", "task_end", "done", 0, 0, ""),
    ]  # fmt: skip
    return [Numbered(seq, event) for seq, event in enumerate(made)]


def target(name: str = "Country") -> Target:
    return Target(
        "combo box", name, ("enabled",), (20, 100, 200, 30), (20, 20, 200, 30), "combobox", "select",
        ("aria/Country", "#country"), "option 2 of 3", "browser", 2, "Address",
    )  # fmt: skip


def demonstration(
    name: str = "e1",
    *,
    task: str = "file the invoice",
    person: str = "p1",
    recording: str = "r1",
    choice: str = "Norway",
    shot: Picture | None = None,
) -> Demonstration:
    """Choose in a dropdown, then save with a shortcut."""
    own = events()
    seen = next(one for one in own if isinstance(one.event, Snapshot))
    at = seen.event.mono_ns
    sights: dict[int, Sight] = {seen.seq: page(at), 900: shot or picture(), 901: Markup("<p>Invoices</p>")}
    before = (Observation("snapshot", seen.seq, at), Observation("frame", 900, at), Observation("snapshot", 901, at))
    steps = (
        Step(
            Action(
                "select", 8 * MS, 500 * MS, 41, 43, (41, 42, 43), "choices.select", target(), None, 217, 240,
                path=(100, 200, 0, 217, 240, 320), text=choice, app="chromium", window=1, origin="https://work.example",
                page="/invoices", tab=1, frame=1,
            ),
            before,
            (Observation("frame", 902, at + MS),),
        ),
        Step(
            Action("hotkey", 600 * MS, 640 * MS, 44, 44, (44,), "typing.chord", keys=("Control", "s"), app="chromium"),
            tags=("recovery",),
        ),
    )  # fmt: skip
    episode = Episode(
        name, recording, task, "person", "done", steps, 0, len(own) - 1, 0, own[-1].event.mono_ns,
        skills=("dropdown", "shortcut"), gaps=(120,), person=person, grant="g1", guard="byhand 0",
    )  # fmt: skip
    return Demonstration(episode, sights, own, (1280, 800), 1_790_000_000 * 10**9, source="here.jsonl:3")
