"""Promises of events.codec."""

from __future__ import annotations

import math
from typing import Literal, get_args, get_origin

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand.errors import VaultDamaged, VaultError
from byhand.events import codec
from byhand.events.columns import fields_of
from byhand.events.kinds import KINDS, AnyEvent, Element, Event, Frame, Key, Mark, Motion, Scroll, Text, Wireframe

INT64 = st.integers(-(2**63), 2**63 - 1)
# Every string Python has, lone surrogates included.
TEXT = st.text(st.characters(codec=None, categories=None), max_size=30)


def _strategy(kind: object) -> st.SearchStrategy[object]:
    if kind is int:
        return st.one_of(INT64, st.integers(0, 3000))
    if kind is str:
        return TEXT
    if kind is float:
        return st.floats()
    if kind is bool:
        return st.booleans()
    if kind is bytes:
        return st.binary(max_size=40)
    if kind == tuple[str, ...]:
        return st.lists(TEXT, max_size=4).map(tuple)
    if kind == tuple[int, ...]:
        return st.lists(INT64, max_size=5).map(tuple)
    assert get_origin(kind) is Literal
    return st.sampled_from(get_args(kind))


def _events(kind: type[Event]) -> st.SearchStrategy[Event]:
    return st.builds(kind, **{field.name: _strategy(field.type) for field in msgspec.structs.fields(kind)})


def _same(left: AnyEvent, right: AnyEvent) -> bool:
    return all(
        (math.isnan(a) and math.isnan(b)) or (a == b and math.copysign(1, a) == math.copysign(1, b))
        if isinstance(a, float) and isinstance(b, float)
        else a == b and type(a) is type(b)
        for a, b in zip(msgspec.structs.astuple(left), msgspec.structs.astuple(right), strict=True)
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(*map(_events, KINDS)), max_size=30))
def test_any_events_come_back_as_they_were(events: list[AnyEvent]) -> None:
    """Every 64-bit integer, every float, every string, in every mix of kinds and in order."""
    back = codec.decode(codec.encode(events))
    assert len(back) == len(events)
    assert all(type(a) is type(b) and _same(a, b) for a, b in zip(events, back, strict=True))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 999), st.booleans()), min_size=1, max_size=300))
def test_a_long_pointer_path_comes_back_as_it_was(steps: list[tuple[int, int, bool]]) -> None:
    """The narrow columns (deltas, residuals of the second stamp, packed booleans) lose nothing."""
    now, events = 10**9, list[AnyEvent]()
    for gap, micro, injected in steps:
        now += gap
        events.append(Motion(now, now * 1_000_000 + micro * 1000, "pointer", micro * 3, -gap, injected))
    assert codec.decode(codec.encode(events)) == events


def test_a_title_that_is_no_unicode_comes_back_as_it_was() -> None:
    """Lone surrogates stand for bytes that were no UTF-8; they are kept, not replaced."""
    event = Mark(1, 1_000_000, "mark", "start", "", 0, 0, "a\udc80\ud83d b")
    assert codec.decode(codec.encode([event])) == [event]


def test_no_events_are_no_events() -> None:
    """An empty segment is valid."""
    assert codec.decode(codec.encode([])) == []


def test_columns_of_a_newer_version_are_refused() -> None:
    """A version we do not know is said so, not guessed at."""
    data = msgspec.msgpack.encode({"v": 2})
    with pytest.raises(VaultError, match="newer byhand") as caught:
        codec.decode(data)
    assert not isinstance(caught.value, VaultDamaged)


@pytest.mark.parametrize("change", ["kind", "column", "word", "form"])
def test_what_a_newer_byhand_added_is_refused(change: str) -> None:
    """An unknown kind, field, word of a closed list or form of a column is never dropped silently."""
    body = msgspec.msgpack.decode(codec.encode([Mark(1, 1_000_000, "mark", "start", "", 0, 0, "")]))
    match change:
        case "kind":
            body["kinds"] = ["gesture"]
        case "column":
            body["columns"][0]["mood"] = ["=", 3]
        case "word":
            body["columns"][0]["what"][1] = [b"begin_again"]
        case _:
            body["columns"][0]["count"] = ["z", 0]
    with pytest.raises(VaultError, match="newer byhand"):
        codec.decode(msgspec.msgpack.encode(body))


def test_an_old_segment_lacks_a_newer_field_and_gets_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extension rule: a field added later has a default, and old segments read as if it had been there."""
    old = msgspec.msgpack.decode(codec.encode([Motion(1, 1_000_000, "pointer", 2, 3, injected=False)]))
    later = msgspec.defstruct(
        "Motion",
        [("x", int), ("y", int), ("injected", bool), ("pressure", int, 7)],
        bases=(Event,),
        frozen=True,
        tag="motion",
    )
    monkeypatch.setattr(codec, "KINDS", (later,))
    (event,) = codec.decode(msgspec.msgpack.encode(old))
    assert msgspec.structs.asdict(event)["pressure"] == 7


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_damaged_columns_raise_and_never_crash(data: st.DataObject) -> None:
    """Whatever a byte is changed to, the answer is events or a VaultError that quotes nothing."""
    events: list[AnyEvent] = [
        Key(5, 5_000_000, "text", True, "letter", 38, "a", 0, repeat=False, injected=False),
        Scroll(6, 6_001_000, "actions", 0.5, -1.0, 3, 4, injected=True),
        Frame(7, 7_000_000, "frames", "clock", 100, 100, 1, b"\x00secretpatch"),
        Element(8, 8_000_000, "actions", "press", "push button", "Save", ("enabled",), 1, 2, 3, 4, "/0/1", "", ""),
        Text(9, 9_000_000, "text.typed", "typed", "Save it", 1),
        Wireframe(10, 10_000_000, "actions", "after", 1, 0, 0, 8, 6, ("entry", "label"), ("Save", ""), (*range(8),)),
    ]
    raw = bytearray(codec.encode(events))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    said = ""
    try:
        codec.decode(bytes(raw[: data.draw(st.sampled_from([len(raw), at]))]))
    except VaultError as error:
        said = str(error)
    assert "secretpatch" not in said
    assert "Save" not in said


def test_an_integer_of_more_than_64_bits_is_refused() -> None:
    """What can't be written is a caller's mistake."""
    with pytest.raises(OverflowError):
        codec.encode([Motion(2**63, 0, "pointer", 0, 0, injected=False)])


def test_every_field_of_every_kind_has_a_column() -> None:
    """A new field of a type without a column fails here, not at somebody's first recording."""
    for kind in KINDS:
        assert [field.name for field in fields_of(kind)] == [field.name for field in msgspec.structs.fields(kind)]


def test_a_column_that_says_nothing_new_is_left_out() -> None:
    """What only a browser tells costs an element of the desktop no byte, and old bytes stay the same bytes."""
    plain = Element(8, 8_000_000, "actions", "press", "push button", "Save", (), 1, 2, 3, 4, "", "", "")
    told = msgspec.structs.replace(plain, source="browser", tab=1, selectors=("#save",))
    for events, written in (([plain], set[str]()), ([plain, told], {"source", "tab", "selectors"})):
        body = msgspec.msgpack.decode(codec.encode(events))
        later = {field.name for field in fields_of(Element) if field.default is not msgspec.NODEFAULT}
        assert body["columns"][0].keys() & later == written
        assert codec.decode(codec.encode(events)) == events


def test_a_field_of_an_unheard_type_is_refused() -> None:
    """The columns are derived, so a type without one has to be noticed."""
    odd = msgspec.defstruct("Odd", [("why", dict[str, int]), ("what", Literal["a"])], bases=(Event,), frozen=True)
    with pytest.raises(TypeError, match="no column"):
        fields_of(odd)
