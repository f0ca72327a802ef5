"""Recordings of a browser alone: a pretend extension, the real native host, the real recorder's process."""

from __future__ import annotations

import stat
import struct
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from byhand.events.kinds import Button, Element, Key, Mark, Page
from byhand.recorder.control import Request, ask
from byhand.recorder.launch import spawn
from tests.capture.browser.extension import Extension, focus, framed, key, page, press, release
from tests.recorder.conftest import Person

Give = Callable[..., Person]
CANARY = "Zq7canary9Vx"
POLICY = """\
version = 1
purposes = ["mine", "train"]
streams = ["actions", "text"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "https://shop.example"

[[sites]]
origin = "https://desk.example"
streams = ["actions"]
"""
Recording = Callable[[], Person]


@pytest.fixture
def person(give: Give) -> Person:
    return give("actions", "text", policy=POLICY)


def begin(person: Person, **more: Any) -> None:
    process = spawn(person.home, person.grant.id, driver="browser", **more)
    person.running.append(process)
    person.hear(process, "recording")


@pytest.fixture
def browser(person: Person) -> Iterator[Callable[..., Extension]]:
    """Starts extensions, and ends them."""
    made: list[Extension] = []

    def start(name: str = "chromium") -> Extension:
        made.append(Extension(person.home, name))
        return made[-1]

    yield start
    for one in made:
        one.end()


def buttons(person: Person) -> list[str]:
    """Names of what was pressed, in order."""
    return [n.event.name for n in person.events() if isinstance(n.event, Element) and n.event.why == "press"]


def lost(person: Person) -> int:
    return sum(n.event.count for n in person.events() if isinstance(n.event, Mark) and n.event.reason == "lost")


def test_presses_in_a_page_are_kept_and_each_is_acknowledged(person: Person, browser: Callable[..., Extension]) -> None:
    """The state says which sites, events come out as pressed and with where they lie, the batch is acknowledged."""
    begin(person, task="order paper")
    extension = browser()
    state = extension.joins()
    assert state["alone"]
    assert [site["origin"] for site in state["sites"]] == ["https://shop.example", "https://desk.example"]
    assert state["sites"][1]["streams"] == ["actions"]
    assert state["task"] == "order paper"
    extension.batch(page(), press("Save"), release(), press("Cancel"), release())
    extension.acknowledges(5)
    status = person.end()
    assert status.lost == 0
    assert buttons(person) == ["Save", "Cancel"]
    kept = [n.event for n in person.events()]
    assert [e.down for e in kept if isinstance(e, Button)] == [True, False, True, False]
    assert {e.origin for e in kept if isinstance(e, Page)} == {"https://shop.example"}
    assert all(e.source == "browser" for e in kept if isinstance(e, Element) and e.why == "press")


def test_what_is_sent_again_is_kept_once_and_a_hole_is_told(person: Person, browser: Callable[..., Extension]) -> None:
    """After the host was killed, whatever was not acknowledged comes again; numbers that never come count as lost."""
    begin(person)
    first = browser()
    first.joins()
    first.batch(press("Save"), release())
    first.acknowledges(2)
    first.host.kill()
    first.host.wait(5)
    second = browser()
    second.joins()
    second.batch(press("Save"), release(), press("Close"), release(), first=0)
    second.acknowledges(4)
    second.batch(press("Open"), release(), first=7)
    second.acknowledges(9)
    assert person.end().lost == 0  # the inbox lost nothing
    assert buttons(person) == ["Save", "Close", "Open"]
    assert lost(person) == 3


def test_a_browser_that_is_back_at_once_costs_no_key(person: Person, browser: Callable[..., Extension]) -> None:
    """Its worker or its host is ended while somebody types: what waits for its verdict then is no stay elsewhere."""
    begin(person)
    first = browser()
    first.joins()
    first.batch(page(), press("Save"), release())
    first.batch(*(key("a", down=down) for down in (True, False) * 5), first=3)
    first.acknowledges(13)
    time.sleep(0.08)  # told by now, and not yet judged
    first.host.kill()
    first.host.wait(5)
    second = browser()
    second.joins()
    second.batch(*(key("a", down=down) for down in (True, False) * 5), first=13)
    second.acknowledges(23)
    person.end()
    assert [n.event.down for n in person.events() if isinstance(n.event, Key)].count(True) == 10


def test_a_torn_frame_harms_nobody(person: Person, browser: Callable[..., Extension]) -> None:
    """A host that dies in the middle of a message: the recorder drops the part, and hears the next one."""
    begin(person)
    torn = browser()
    torn.joins()
    torn.raw(struct.pack("=I", 5000) + b'{"say":"batch"')
    time.sleep(0.1)
    torn.host.kill()
    whole = browser()
    whole.joins()
    whole.batch(press("Save"), release())
    whole.acknowledges(2)
    assert person.end().error is None
    assert buttons(person) == ["Save"]


def test_too_long_and_senseless_messages_are_dropped_whole_and_counted(
    person: Person, browser: Callable[..., Extension]
) -> None:
    """One that is too long, bytes that are no JSON, JSON that is no message: each is told as lost, none is quoted."""
    begin(person)
    extension = browser()
    extension.joins()
    extension.raw(framed(b" " * ((1 << 20) + 1)))
    extension.raw(framed(b"\xff\xfe{]" + CANARY.encode()))
    extension.say(say="batch", unknown=CANARY)
    extension.say(say="nothing of the kind")
    extension.raw(framed(b""))
    extension.batch(press("Save"), release())
    extension.acknowledges(2)
    assert person.end().error is None
    assert buttons(person) == ["Save"]
    assert lost(person) == 5
    assert extension.end() == ""


def test_one_event_that_breaks_a_limit_costs_no_other(person: Person, browser: Callable[..., Extension]) -> None:
    """It is told as lost and acknowledged, or it would come back for ever."""
    begin(person)
    extension = browser()
    extension.joins()
    extension.batch(press("Save"), press("x" * 301), release() | {CANARY: 1}, release())
    extension.acknowledges(4)
    person.end()
    assert buttons(person) == ["Save"]
    assert lost(person) == 2


LIES: list[dict[str, Any]] = [
    {"x": 2**63}, {"x": -(2**70)}, {"at": 1e308}, {"at": -1e308}, {"at": 0}, {"times": -5}, {"button": 2**40},
    {"element": None}, {"button": 4},
]  # fmt: skip


def test_lies_in_numbers_break_nothing(person: Person, browser: Callable[..., Extension]) -> None:
    """Boxes that no desktop has, times from nowhere, numbers beyond all words: the honest press after them is kept."""
    begin(person)
    extension = browser()
    extension.joins()
    number = 0
    for lie in LIES:
        extension.batch(press("Cancel") | lie, release(), first=number)
        number += 2
    for lie in ({"screen": [-9, -9, -(2**65), 2**65]}, {"node": -1}, {"area": [0, 0, -1, -1]}):
        extension.batch(press("Cancel", **lie), release(), first=number)
        number += 2
    extension.batch(press("Cancel"), first=number, window=2**70, tab=-(2**65), frame=-1, sent=1e300)
    extension.batch(press("Save"), release(), first=number + 1, skipped=-7)
    extension.acknowledges(number + 3)
    status = person.end()
    assert status.error is None
    assert buttons(person)[-1] == "Save"
    events = [numbered.event for numbered in person.events()]
    assert all(abs(e.x) <= 1 << 20 and e.w >= 0 for e in events if isinstance(e, Element))


def test_two_browsers_at_once(person: Person, browser: Callable[..., Extension]) -> None:
    """Both are heard, their tabs are kept apart, and the status names them."""
    begin(person)
    one, two = browser(), browser()
    one.joins()
    two.joins()
    one.batch(press("Save"), release(), document="a")
    one.acknowledges(2, "a")
    two.batch(press("Close"), release(), document="b")
    two.acknowledges(2, "b")
    status = ask(person.home, Request("status")).status
    assert status is not None
    assert status.browsers == ("chromium", "chromium")
    person.end()
    assert buttons(person) == ["Save", "Close"]
    assert len({n.event.tab for n in person.events() if isinstance(n.event, Element) and n.event.why == "press"}) == 2


def test_a_pause_is_told_and_nothing_of_it_is_kept(person: Person, browser: Callable[..., Extension]) -> None:
    """What waits is asked for first; then the state is paused, and what comes all the same goes nowhere."""
    begin(person)
    extension = browser()
    extension.joins()
    assert extension.ask(verb="pause")["status"]["state"] == "paused"
    flush = extension.hear(lambda said: said.get("say") == "flush", since=0)
    paused = extension.hear(lambda said: said.get("state") == "paused", since=extension.heard.index(flush))
    assert not paused["sites"]
    extension.say(say="flushed", mark=flush["mark"])
    extension.batch(press("Cancel"), release())
    extension.acknowledges(2)
    extension.say(ask=2, request={"verb": "resume"})
    extension.hear(lambda said: said.get("state") == "recording")
    extension.batch(press("Save"), release(), first=2)
    extension.acknowledges(4)
    status = person.end()
    assert buttons(person) == ["Save"]
    assert status.dropped["seen while paused"] == 2


def test_what_was_seen_before_a_pause_is_still_told(person: Person, browser: Callable[..., Extension]) -> None:
    """A press that waits in the page when the pause begins is asked for, and kept."""
    begin(person)
    extension = browser()
    extension.joins()
    at = time.time() * 1000
    time.sleep(0.02)
    extension.say(ask=1, request={"verb": "pause"})
    flush = extension.hear(lambda said: said.get("say") == "flush")
    extension.batch(press("Save") | {"at": at}, release() | {"at": at})
    extension.say(say="flushed", mark=flush["mark"])
    extension.hear(lambda said: said.get("state") == "paused")
    person.end()
    assert buttons(person) == ["Save"]


@pytest.mark.parametrize("verb", ["hush", "never"])
def test_a_site_can_be_paused_at_once(person: Person, browser: Callable[..., Extension], verb: str) -> None:
    """Nothing more is kept of it, even from a page that goes on telling; the other site goes on."""
    begin(person)
    extension = browser()
    extension.joins()
    extension.batch(press("Save"), release())
    extension.acknowledges(2)
    reply = extension.ask(verb=verb, origin="https://shop.example/cart?x=1")
    assert reply["status"]["hushed"] == ["https://shop.example"]
    extension.hear(lambda said: said.get("hushed") == ["https://shop.example"], since=0)
    extension.batch(press("Cancel"), release(), first=2)
    extension.batch(press("Close"), release(), document="d2", url="https://desk.example/", tab=8)
    extension.acknowledges(2, "d2")
    extension.ask(2, verb="unhush", origin="https://shop.example")
    extension.batch(press("Open"), release(), first=4)
    extension.acknowledges(6)
    person.end()
    assert buttons(person) == (["Save", "Close", "Open"] if verb == "hush" else ["Save", "Close"])


def test_never_is_for_the_next_recording_too(person: Person, browser: Callable[..., Extension]) -> None:
    """It stands in a file of the person's own, which only they can read."""
    begin(person)
    extension = browser()
    extension.joins()
    extension.ask(verb="never", origin="https://shop.example")
    assert "is no site" in extension.ask(2, verb="never", origin="file me")["error"]["message"]
    person.end()
    file = person.home / "never.txt"
    assert file.read_text().splitlines()[1:] == ["https://shop.example"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    begin(person)
    extension.hear(lambda said: said.get("state") == "recording" and said["hushed"] == ["https://shop.example"])
    extension.say(say="hello", version=1, browser="", extension="0.1.0")
    extension.batch(press("Save"), release())
    extension.acknowledges(2)
    person.end()
    assert not buttons(person)


def test_the_last_minutes_are_forgotten_from_the_popup(person: Person, browser: Callable[..., Extension]) -> None:
    """With what was on its way: only what comes afterwards is kept."""
    begin(person)
    extension = browser()
    extension.joins()
    extension.batch(press("Cancel"), release())
    extension.acknowledges(2)
    assert extension.ask(verb="forget", last_ns=600 * 10**9).get("error") is None
    extension.batch(press("Save"), release(), first=2)
    extension.acknowledges(4)
    person.end()
    assert buttons(person) == ["Save"]


def test_a_recorder_that_is_killed_is_waited_for(person: Person, browser: Callable[..., Extension]) -> None:
    """The extension hears that it is gone, and of the next one; a press from in between belongs to neither."""
    begin(person)
    extension = browser()
    extension.joins()
    person.running[-1].kill()
    person.running[-1].wait(5)
    extension.hear(lambda said: said.get("say") == "absent")
    extension.batch(press("Cancel"), release())
    begin(person)
    extension.joins()
    extension.batch(press("Cancel") | {"at": time.time() * 1000 - 60_000}, press("Save"), release())
    extension.acknowledges(3)
    person.end()
    assert buttons(person) == ["Save"]


def test_typed_text_goes_to_the_field_it_was_typed_into(person: Person, browser: Callable[..., Extension]) -> None:
    """A key from another page is told after its page: nothing typed on one site counts as typed on the next."""
    begin(person)
    extension = browser()
    extension.joins()
    extension.batch(page(), focus("Subject"), *(key(one, down=down) for one in "hello" for down in (True, False)))
    extension.acknowledges(12)
    extension.batch(
        *(key(one, down=down) for one in CANARY.lower() for down in (True, False)), document="d2", tab=8,
        url="https://desk.example/",
    )  # fmt: skip
    extension.acknowledges(24, "d2")
    person.end()
    assert CANARY.lower() not in repr(person.events()).lower()


def test_the_sign_is_needed(person: Person) -> None:
    """Like a Mac's: without its terminal a browser alone is not recorded."""
    process = spawn(person.home, person.grant.id, driver="browser", detached=True)
    person.running.append(process)
    last = person.hear(process)
    assert last.error is not None
    assert "background" in last.error.message


def test_a_flood_is_bounded_and_counted(person: Person, browser: Callable[..., Extension]) -> None:
    """More than a person can do is lost, said so, and acknowledged; the recorder lives, and the next page is heard."""
    begin(person)
    extension = browser()
    extension.joins()
    many, number = [release()] * 2000, 0
    for _ in range(20):
        extension.batch(*many, first=number)
        number += len(many)
        extension.acknowledges(number)
    extension.batch(press("Save"), release(), document="d2")
    extension.acknowledges(2, "d2")
    person.end()
    assert buttons(person) == ["Save"]
    assert 0 < lost(person) <= 10_000


def test_the_socket_is_the_persons_own(person: Person) -> None:
    """0600, gone at the end."""
    begin(person)
    path = person.home / "run" / "browser.sock"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    person.end()
    assert not path.exists()
