"""The whole way by commands alone: pages are worked on while `byhand record` records, and what came of it is built into
a dataset, done again, written in formats of others and read by their own readers.

Three tasks of MiniWoB++, in a real browser, with real input. Nothing of Byhand is called from inside.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import ElementHandle, Page, Playwright

from byhand.evals.miniwob.pages import vocabulary
from byhand.evals.miniwob.stage import START
from tests.browser.again import LOOK_MS
from tests.browser.miniwob import TASKS, Act, do, unpacked
from tests.browser.recorded import serving
from tests.browser.test_miniwob import POLICY
from tests.browser.typed import Typed

_LISTED_S = 10.0
FAMILIES = ("choose-list", "click-checkboxes", "enter-text")


class Way(NamedTuple):
    """typed: what was typed into fields, by task. built: what the build told."""

    at: Typed
    recordings: dict[str, str]
    typed: dict[str, list[str]]
    built: dict[str, Any]

    def given(self, steps: list[Any]) -> Path:
        """A file with what was typed and not kept, as a person would write it from the list of steps."""
        texts: dict[str, dict[str, str]] = {}
        for step in steps:
            if step["op"] == "type" and (step["masked"] or "<" in step["text"]):
                (text,) = self.typed["enter-text"]
                texts.setdefault(step["episode"], {})[str(step["step"] + 1)] = text
        file = self.at.folder / "given.json"
        file.write_text(json.dumps(texts))
        return file


def started(html: Path, task: str) -> None:
    """The page begins its task by itself, with the same dice each time: whoever opens it again finds the same one."""
    page = html / "miniwob" / f"{task}.html"
    begin = f"<script>addEventListener('load', () => ({START})({TASKS[task][0]}))</script></body>"
    page.write_text(page.read_text().replace("</body>", begin))


def by_hand(at: Typed, page: Page, origin: str, task: str) -> list[str]:
    """Read what is asked, do it, and look it over before it is sent off. Gives what was typed."""
    listed = lists(at)
    acts: list[Act] = []

    def looks(act: Act, _: ElementHandle) -> None:
        acts.append(act)
        until = time.monotonic() + _LISTED_S
        while len(acts) == 1 and lists(at) == listed and time.monotonic() < until:
            page.wait_for_timeout(50)
        if act.role == "push button":
            page.wait_for_timeout(LOOK_MS)

    did, reward = do(page, origin, task, looks)
    assert reward == 1
    return [act.value for act in did if act.why == "input"]


def lists(at: Typed) -> int:
    """How many lists of pages were kept by now."""
    (status,) = at.told("status")
    return status["kept"].get("snapshot", 0)


@pytest.fixture(scope="module")
def way(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    folder = tmp_path_factory.mktemp("b")
    html = unpacked(folder)
    at = Typed(folder)
    recordings: dict[str, str] = {}
    typed: dict[str, list[str]] = {}
    with serving(html) as origin:
        words = [*vocabulary(html), "miniwob", *(word for task in FAMILIES for word in task.split("-"))]
        at.agree(POLICY.format(words=json.dumps(sorted(set(words))), origin=origin))
        for task in FAMILIES:
            started(html, task)

            def does(page: Page, origin: str = origin, task: str = task) -> None:
                typed[task] = by_hand(at, page, origin, task)

            recordings[task] = at.record(play, f"do {task}", does)
        (built,) = at.told("dataset", "build", "--from", *recordings.values(), "--as", "tasks")
        yield Way(at, recordings, typed, built)


def test_each_recording_is_an_episode_in_the_persons_words(way: Way):
    """Nothing is set aside, and each step has its act and its events."""
    assert (way.built["recordings"], way.built["episodes"], way.built["problems"]) == (3, 3, [])
    steps = way.at.told("dataset", "steps", "tasks")
    assert len(steps) == way.built["steps"]
    ops: dict[str, list[str]] = {}
    for step in steps:
        assert step["first"] <= step["last"]
        ops.setdefault(step["episode"], []).append(step["op"])
    assert all(found[0] == "navigate" and found[-1] == "click" for found in ops.values())
    assert {"select", "check", "type"} <= {op for found in ops.values() for op in found}


def test_each_episode_is_done_again_to_its_end(way: Way):
    """In a fresh browser, with what was typed and not kept given by hand; and every step is true to its events."""
    steps = way.at.told("dataset", "steps", "tasks")
    done = way.at.run("dataset", "replay", "tasks", "--given", way.given(steps), "--json")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["reached"], one["why"]) for one in told] == [(True, "")] * 3, done.stderr
    assert done.returncode == 0
    checked = way.at.told("dataset", "check", "tasks")
    assert [(one["explained"], one["values_equal"]) for one in checked] == [(True, True)] * 3


READERS = {
    "owamcap": """
import pathlib, sys
from mcap.reader import make_reader
found = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.mcap")):
    with path.open("rb") as file:
        topics = [channel.topic for _, channel, _ in make_reader(file).iter_messages()]
    found.append({"mouse": topics.count("mouse"), "keyboard": topics.count("keyboard")})
print(__import__("json").dumps(found))
""",
    "agentnet": """
import json, sys
from datasets import load_dataset
rows = load_dataset("json", data_files=sys.argv[1] + "/agentnet.jsonl", split="train", cache_dir=sys.argv[2])
print(json.dumps([{"task": row["instruction"], "code": [one["value"]["code"] for one in row["traj"]]} for row in rows]))
""",
    "chat-qwen3vl": """
import json, sys
from datasets import load_dataset
rows = load_dataset("json", data_files=sys.argv[1] + "/*/metadata.jsonl", split="train", cache_dir=sys.argv[2])
print(json.dumps([[one["role"] for one in row["messages"]] for row in rows]))
""",
}
"""What each prints of an export: with the reader its own people use."""


def read(way: Way, kind: str) -> Any:
    """Export, and read by others, in a process where nothing of ours is loaded."""
    (told,) = way.at.told("dataset", "export", "tasks", kind, kind)
    assert told["format"] == kind
    words = [sys.executable, "-I", "-c", READERS[kind], str(way.at.folder / kind), str(way.at.folder / "cache")]
    ran = subprocess.run(
        words, capture_output=True, text=True, check=False, timeout=100, env=way.at.env | {"HF_HUB_OFFLINE": "1"}
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_owamcap_is_read_by_the_library_of_its_container(way: Way):
    """An episode a file, by its index: every press. Of keys only those that kept their names are told, and in these
    tasks there is none: what is typed are letters, and a native list takes its arrows for itself.
    """
    found = read(way, "owamcap")
    assert sorted(one["mouse"] for one in found) == [4, 4, 6]
    assert [one["keyboard"] for one in found] == [0, 0, 0]


def seen(way: Way) -> dict[str, int]:
    """How many steps of each episode a model can learn from: something could be seen before, and a hand can do them."""
    steps = way.at.told("dataset", "steps", "tasks")
    return Counter(step["episode"] for step in steps if step["observation"] and step["op"] != "navigate")


def test_agentnet_is_read_by_the_library_it_is_published_for(way: Way):
    """An episode a row, in the person's words; each step as code, and no text that was not kept."""
    rows = {row["task"]: row["code"] for row in read(way, "agentnet")}
    assert sorted(rows) == sorted(f"do {task}" for task in FAMILIES)
    assert sorted(map(len, rows.values())) == sorted(seen(way).values())
    assert any("pyautogui.write(message='Congo')" in code for code in rows["do choose-list"])
    assert way.typed["enter-text"][0] not in str(rows)


def test_chat_rows_are_read_by_the_library_that_trainers_read_them_with(way: Way):
    """A row a step, each a whole conversation."""
    assert read(way, "chat-qwen3vl") == [["system", "user", "assistant"]] * sum(seen(way).values())
