"""Everything held about a person in a recording, as files in open formats. Pure: values in, names and bytes out.

Rules of this module: nothing is left out but keys. What the person cut while reviewing is here as well: it is cut from
what would be shared, not from what is theirs.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from byhand.consent.grant import Grant
from byhand.consent.ledger import Entry
from byhand.consent.policy import policy_hash
from byhand.events.ids import event_id
from byhand.events.kinds import Frame, Header, Numbered, Wireframe
from byhand.events.time import utc
from byhand.privacy.frames.pixels import unpatch
from byhand.review.source import Source
from byhand.ui import ledger_words, png
from byhand.ui.story.rows import tell

File = tuple[str, bytes]
Words = ledger_words.Detail | None

README = """\
Everything Byhand holds about you in this recording, in formats any program can read.
None of it is encrypted: whoever can read these files can see the recording.

recording.json   when and how it was recorded, under which consent and policy, how it ended, and what can't be read
events.jsonl     one event a line, as it is kept; "by" is the rule that let it through
story.txt        the same as a story, for reading
frames/          what is kept of the screen: one PNG per frame, named by the number of its event
wireframes/      windows as boxes and cleared words: one SVG each, named the same way
edits.json       what you changed while reviewing, and what you approved to be shared
ledger.jsonl     the entries of the ledger that name this recording

What you cut while reviewing is still in here. To erase it for good, run: byhand forget
"""
README_ALL = """\
Everything Byhand holds about you on this computer, in formats any program can read.
None of it is encrypted: whoever can read these files can see the recordings.

recordings/      one folder for each recording; its README.txt explains what is in it
grants/          each consent you gave, as it was signed
policy.toml      the policy you agreed to
ledger.jsonl     all entries of the ledger, with their words where they were not erased

The keys are not in here: they stay where they are, and nothing in here needs them.
"""


def files(
    source: Source, grant: Grant | None, policy: str | None, ledger: Sequence[tuple[Entry, Words]]
) -> Iterator[File]:
    """The files of one recording: name and bytes. `policy`, the agreed one's text, is told only where it is the one the
    recording was made under; `ledger` holds the entries about it.

    Raises:
        VaultDamaged: a frame's patch can't be read.
    """
    yield "README.txt", README.encode()
    yield "recording.json", _recording(source, grant, policy)
    yield "events.jsonl", b"".join(_event(source.header, one) for one in source.events)
    yield "story.txt", _story(source)
    yield from _frames(source.events)
    for one in source.events:
        if isinstance(one.event, Wireframe):
            yield _named("wireframes", one.seq, "svg"), _svg(one.event)
    yield "edits.json", _json({"draft": _plain(source.draft), "approval": _plain(source.approved)})
    yield "ledger.jsonl", lines(ledger)


def lines(ledger: Iterable[tuple[Entry, Words]]) -> bytes:
    """Entries of the ledger, one a line."""
    told = (
        {
            "seq": entry.seq, "utc": _utc(entry.at), "kind": entry.kind, "says": ledger_words.says(entry.kind),
            "detail": said, "erased": said is None, "commitment": entry.commitment, "prev": entry.prev,
        }
        for entry, said in ledger
    )  # fmt: skip
    return b"".join(json.dumps(one).encode() + b"\n" for one in told)


def _recording(source: Source, grant: Grant | None, policy: str | None) -> bytes:
    header = source.header
    same = policy is not None and policy_hash(policy) == header.policy_hash
    return _json(
        {
            "header": _plain(header),
            "state": source.info.state,
            "reviewed": source.info.reviewed,
            "began_utc": utc(header, source.zero_ns).isoformat() if source.events else None,
            "summary": _plain(source.summary),
            "grant": _plain(grant),
            "policy": policy if same else None,
            "policy_note": "" if same else "the policy of that time is not kept; its hash is in the header",
            "can_not_be_read": source.problems,
        }
    )


def _event(header: Header, one: Numbered) -> bytes:
    event = one.event
    fields: dict[str, object] = {name: getattr(event, name) for name in event.__struct_fields__}
    if isinstance(event, Frame):
        del fields["patch"]
        fields["png"] = _named("frames", one.seq, "png")
    if isinstance(event, Wireframe):
        fields["svg"] = _named("wireframes", one.seq, "svg")
    known = {
        "seq": one.seq, "id": event_id(header.device, header.recording, one.seq), "kind": type(event).__name__.lower(),
        "utc": utc(header, event.mono_ns).isoformat(timespec="milliseconds"),
    }  # fmt: skip
    # `json` and not msgspec: a window title may hold halves of characters, which have no UTF-8; escaped they stay.
    return json.dumps({**known, **fields}).encode() + b"\n"


def _story(source: Source) -> bytes:
    said: list[str] = []
    for row in tell(source.events):
        at = f"{utc(source.header, row.ns):%Y-%m-%d %H:%M:%S}"
        note = f"  ({row.note})" if row.note else ""
        said.append(f"{at}  {row.app:12}  {row.words}{note}".rstrip())
    return "\n".join(["times are UTC", "", *said, ""]).encode("utf-8", "replace")


def _frames(events: Iterable[Numbered]) -> Iterator[File]:
    """Each frame as a whole picture: the tiles that changed, laid over those before. Nothing is known: white."""
    size, canvas = (0, 0), bytearray()
    for one in events:
        frame = one.event
        if not isinstance(frame, Frame):
            continue
        if size != (frame.w, frame.h):
            size, canvas = (frame.w, frame.h), bytearray(b"\xff" * (frame.w * frame.h * 3))
        for tile in unpatch(frame.patch):
            pixels, line = tile.rgb(), tile.w * 3
            for row in range(tile.h):
                at = ((tile.y + row) * frame.w + tile.x) * 3
                canvas[at : at + line] = pixels[row * line : (row + 1) * line]
        yield _named("frames", one.seq, "png"), png.encode(canvas, frame.w, frame.h)


def _svg(wires: Wireframe) -> bytes:
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{wires.x} {wires.y} {max(wires.w, 1)} {max(wires.h, 1)}">',
        '<g fill="none" stroke="#667" font-family="sans-serif" font-size="11">',
    ]
    for place, (role, name) in enumerate(zip(wires.roles, wires.names, strict=False)):
        x, y, w, h = wires.places[4 * place : 4 * place + 4]
        title = html.escape(f"{role} {name}".strip())
        drawn.append(f'<rect x="{x}" y="{y}" width="{max(w, 0)}" height="{max(h, 0)}"><title>{title}</title></rect>')
        if name:
            drawn.append(f'<text x="{x + 3}" y="{y + 13}" fill="#223" stroke="none">{html.escape(name)}</text>')
    # A reader of XML refuses what is no character of it.
    text = "".join(
        c if c >= " " or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in "\n".join([*drawn, "</g></svg>", ""])
    )
    return text.encode("utf-8", "replace")


def _named(folder: str, seq: int, ending: str) -> str:
    return f"{folder}/{seq:06d}.{ending}"


def _plain(value: msgspec.Struct | None) -> object:
    return None if value is None else msgspec.to_builtins(value)


def _json(value: object) -> bytes:
    return json.dumps(value, indent=2, default=_plain).encode() + b"\n"


def _utc(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat()
