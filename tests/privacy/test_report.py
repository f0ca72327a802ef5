from __future__ import annotations

import re
from pathlib import Path

import byhand.privacy
from byhand.capture.scripted import script
from byhand.events.kinds import AnyEvent, Header, Mark
from byhand.privacy.report import REASONS, RULES, explain
from byhand.privacy.waiting import WITHHELD
from tests.privacy.rig import guard, run

SOURCES = [
    path.read_text()
    for path in Path(byhand.privacy.__file__).parent.rglob("*.py")
    if path.name not in ("report.py", "paint.py")
]
HEADER = Header(
    1,
    "rec",
    "dev",
    "grant",
    "ab" * 32,
    "mine",
    ("actions",),
    "scripted",
    "test",
    "boot",
    0,
    1_700_000_000 * 10**9,
    "",
    1,
    1,
    (),
)


def test_every_code_in_the_guards_source_is_explained():
    """A rule without a sentence would leave `byhand why` without an answer."""
    pattern = r'"((?:actions|text|timing|pointer|frames|guard|driver|person|run)\.[a-z.]+)"'
    written = {code for source in SOURCES for code in re.findall(pattern, source)}
    built = {
        f"{stream}.{what}" for stream in ("actions", "timing") for what in ("class", "key", "modifier", "shortcut")
    }
    later = {code for code in RULES if code.startswith(("mark.", "review."))}  # written by the vault and the review
    assert written | built == set(RULES) - later


def test_every_reason_is_explained():
    """The same for what was dropped."""
    named = {code for source in SOURCES for code in re.findall(r'^[A-Z_]+ = "([a-z ]+)"', source, re.MULTILINE)}
    assert (named | WITHHELD) <= set(REASONS)


def test_every_event_of_a_long_story_is_explained_with_its_grant():
    """Each has the grant, the rule in words, and no content."""
    kept: list[AnyEvent] = run(
        guard("text", "timing", "pointer"),
        script(
            """
            00.0 start
            00.1 focus mail "Inbox"
            00.2 element entry "Subject"
            01.0 type "aB 1"
            02.0 hotkey ctrl+s
            03.0 click "Reply"
            04.0 click "Anna Kowalska"
            05.0 secret "canary"
            06.0 scroll 2
            06.1 move 100,100 for=0.1
            07.0 focus bank
            09.0 focus mail
            09.5 gap "lost" 2
            """
        ),
    )
    for event in kept:
        said = explain(event, HEADER)
        assert "grant grant" in said[0]
        assert f"rule {event.by}: {RULES[event.by]}" in said
        assert "canary" not in " ".join(said)
    gap = next(event for event in kept if isinstance(event, Mark) and event.what == "gap")
    assert f"reason: {REASONS['another app']}" in explain(gap, HEADER)
