"""One home with three recordings, made once by the real recorder; every test gets a copy, a window and a server."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.review.visiting import Visit, consent, keep_framed, record

Visiting = Callable[..., Visit]


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Recordings for `train` and for `mine`, and one with pictures."""
    folder = tmp_path_factory.mktemp("worked")
    home = folder / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BYHAND_HOME", str(home))
        patch.setenv("BYHAND_KEYRING", "file")
        train, mine = consent(home, "granttrain", "train"), consent(home, "grantmine", "mine")
        record(home, folder, train, task="answer the mail and save the notes")
        record(home, folder, mine, task="my own chore")
        keep_framed(home, train)
    return home


@pytest.fixture
def work(worked: Path, tmp_path: Path) -> Path:
    """A copy of that home, to do anything to."""
    return Path(shutil.copytree(worked, tmp_path / "home", ignore=shutil.ignore_patterns("run")))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visiting(work: Path, browser: Browser) -> Iterator[Visiting]:
    """Opens visits. When the test is over, none has spoken to a stranger, and no page has complained."""
    visits: list[Visit] = []

    def begin(*words: str, home: Path = work, **how: object) -> Visit:
        one = Visit(home, browser, *words, **how)  # type: ignore[arg-type]
        visits.append(one)
        one.enter()
        return one

    yield begin
    for one in visits:
        one.close()
    for one in visits:
        assert one.told.strangers(one.origin) == []
        assert [words for words in one.told.complaints if words not in one.expected] == []


@pytest.fixture
def visit(visiting: Visiting) -> Visit:
    return visiting()
