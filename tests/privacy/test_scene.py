"""What the guard believes of the focus when accessibility is slow."""

from __future__ import annotations

from byhand.capture.scripted import script
from byhand.events.raw import Raw, RawElement, RawKey
from tests.privacy.rig import guard, run, told

TAB = """
00.0 focus mail
00.1 element entry "Subject"
01.0 key Tab
01.1 type "Secret"
05.0 stop
"""


def late(raws: list[Raw], element: RawElement) -> list[Raw]:
    """The same, and the element is told of after the Tab, though it was seen before it."""
    tab = next(place for place, raw in enumerate(raws) if isinstance(raw, RawKey) and not raw.down)
    return [*raws[: tab + 1], element, *raws[tab + 1 :]]


def field(role: str, name: str, at_s: float) -> RawElement:
    return next(
        one for one in script(f'00.0 focus mail\n{at_s} element {role} "{name}"') if isinstance(one, RawElement)
    )


def test_a_word_from_before_tab_does_not_settle_who_has_the_keyboard_after_it() -> None:
    """A slow answer about the field one has left must not let out what is typed into the next one."""
    stale = late(script(TAB), field("entry", "Subject", 0.9))
    assert [line for line in told(run(guard("actions"), stale)) if line.endswith("letter")] == []
    fresh = late(script(TAB), field("entry", "Message", 1.05))
    assert len([line for line in told(run(guard("actions"), fresh)) if line == "down letter"]) == 6


def test_tab_while_the_field_is_unknown_makes_older_words_useless_too() -> None:
    """A press, Tab at once, and only then the answer to the press: it tells of the field that was left."""
    text = TAB.replace("01.0 key Tab", "00.9 press 10,10\n00.95 release\n01.0 key Tab")
    stale = late(script(text), field("entry", "Subject", 0.9))
    assert [line for line in told(run(guard("actions"), stale)) if line.endswith("letter")] == []
