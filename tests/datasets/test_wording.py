"""A model's words for episodes nobody named: what it is sent, and that nothing it does breaks a build."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from byhand.datasets.manifest import Part
from byhand.datasets.taken import About
from byhand.datasets.wording import Asking, Worded, endpoint, worded
from byhand.errors import UsageFault
from byhand.events.kinds import AnyEvent
from tests.datasets.writer import Heard, listening
from tests.episodes.kept import kept

NAMELESS = """
    0.5  click 10,10 (entry) "Search" node=3
    1.0  letters 3
    2.5  input (entry) "Search" node=3 value="typedcanary"
    3.0  click 10,90 (push button) "Find" node=9
"""


@pytest.fixture
def writer() -> Iterator[Heard]:
    with listening() as heard:
        yield heard


def events(text: str) -> list[AnyEvent]:
    return [one.event for one in kept(text)]


def ask(writer: Heard, text: str = NAMELESS, *, patience_s: float = 5, asking: Asking | None = None) -> Worded:
    asking = asking or Asking(endpoint(writer.url, "tiny"), "akey", patience_s)
    return worded(asking, Part("rec"), events(text), About(), lambda: None)


def test_it_is_sent_what_was_done_and_not_what_was_typed(writer: Heard):
    """To the address that was named, the model that was named, with the key in its header."""
    found = ask(writer)
    assert (list(found.words.values()), found.problem) == (["Answer the mail of the day"], None)
    assert (writer.paths, writer.keys) == (["/v1/chat/completions"], ["Bearer akey"])
    (asked,) = writer.asked
    assert (asked["model"], [one["role"] for one in asked["messages"]]) == ("tiny", ["system", "user"])
    assert asked["messages"][1]["content"].splitlines() == [
        "click Search (work.example)", "type into Search (work.example)", "choose Find (work.example)",
    ]  # fmt: skip
    assert "typedcanary" not in writer.everything()


def test_only_an_option_of_the_pages_own_list_is_told(writer: Heard):
    """A date or a number that was chosen may have been typed, and what stands in an editable list, too."""
    ask(
        writer,
        """
        1.0  click 10,40 (combo box) "Country" node=4 tag=select
        1.5  change (combo box) "Country" node=4 tag=select value="France"
        2.0  click 10,60 (date editor) "Day" node=5 tag=input
        2.5  change (date editor) "Day" node=5 tag=input value="datecanary"
        3.0  click 10,80 (combo box) "Town" node=6 tag=input
        3.5  change (combo box) "Town" node=6 tag=input value="towncanary"
    """,
    )
    assert writer.asked[0]["messages"][1]["content"].splitlines() == [
        "choose France in Country (work.example)", "choose in Day (work.example)", "choose in Town (work.example)",
    ]  # fmt: skip


def test_where_the_person_said_it_nobody_is_asked(writer: Heard):
    """Their words are the instruction, and leave nowhere."""
    named = '0.0  task "Mine"\n1.0  click 9,9 (link) "A" node=1\n2.0  done "done"'
    told: list[str] = []
    found = worded(Asking(endpoint(writer.url, "tiny")), Part("rec"), events(named), About(), lambda: told.append(""))
    assert (found, writer.asked, told) == (Worded({}), [], [])


def test_the_same_acts_are_asked_of_once(writer: Heard):
    """A chore done every day costs one request."""
    asking = Asking(endpoint(writer.url, "tiny"))
    assert [len(ask(writer, asking=asking).words) for _ in range(3)] == [1, 1, 1]
    assert len(writer.asked) == 1


@pytest.mark.parametrize(
    ("status", "raw", "says", "why"),
    [
        (500, None, "x", "answered with status 500"),
        (200, b"<html>canary", "x", "gave no answer that can be read"),
        (200, b'{"choices": []}', "x", "gave no sentence"),
        (200, None, "word " * 200, "gave no sentence"),
        (200, None, "<think>hm</think>", "gave no sentence"),
        (200, b"x" * 100_000, "x", "answered too much"),
    ],
)
def test_an_answer_that_is_none_is_a_problem(writer: Heard, status: int, raw: bytes | None, says: str, why: str):
    """The template's words are taken, and the problem quotes nothing."""
    writer.status, writer.raw, writer.says = status, raw, says
    found = ask(writer)
    assert found.words == {}
    assert found.problem is not None
    assert (found.problem.source, found.problem.message) == (
        "rec", f"1 of its episodes are called by their acts: the writer {why}",
    )  # fmt: skip


def test_a_slow_writer_is_not_waited_for(writer: Heard):
    """A build does not hang."""
    writer.slow_s = 0.5
    found = ask(writer, patience_s=0.1)
    assert found.problem is not None
    assert found.problem.message.endswith("did not answer in time")


def test_it_is_not_sent_on_to_another_address(writer: Heard):
    """A redirect is an answer like any other that is none."""
    with listening() as other:
        writer.status, writer.to = 307, f"{other.url}/chat/completions"
        assert ask(writer).words == {}
        assert other.asked == []


def test_after_three_failures_nobody_is_asked_any_more(writer: Heard):
    """A hundred episodes don't wait a hundred times."""
    writer.status = 500
    asking = Asking(endpoint(writer.url, "tiny"))
    for number in range(5):
        ask(writer, f'1.0  click 9,9 (link) "A{number}" node=1', asking=asking)
    assert len(writer.asked) == 3


def test_words_are_one_plain_line(writer: Heard):
    """Thoughts, quotes, line breaks and control characters are no part of an instruction."""
    writer.says = '<think>they seem\nto search</think>\n"Search\x1b[31m for\n it"'
    assert list(ask(writer).words.values()) == ["Search [31m for it"]


@pytest.mark.parametrize(
    "url",
    [
        "http://writer.example/v1", "http://192.0.2.7:80/v1", "ftp://127.0.0.1/", "127.0.0.1:8080", "http://",
        "https://a:secret@writer.example/v1", "http://127.0.0.1:x/", "https://writer.example/v1?key=secret",
    ],
)  # fmt: skip
def test_an_address_that_would_tell_others_is_refused(url: str):
    """In the open over a network, with a secret in it, or none at all; and the refusal does not quote it."""
    with pytest.raises(UsageFault) as refused:
        endpoint(url, "tiny")
    assert "secret" not in f"{refused.value.message} {refused.value.hints}"


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8080/v1", True), ("http://[::1]/v1", True), ("http://localhost:1/v1", True),
        ("https://writer.example/v1", False), ("https://127.0.0.1.writer.example/v1", False),
        ("https://localhost.writer.example/", False),
    ],
)  # fmt: skip
def test_only_loopback_is_this_computer(url: str, here: bool):
    """A name that looks like it is not."""
    assert endpoint(url, "tiny").here is here
