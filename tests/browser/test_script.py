"""A page is worked on by hand and recorded by the whole real way; what comes of it is a test script and a guide."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Playwright

from byhand.cli import main
from tests.browser.recorded import Recorded, recorded, serving

PAGE = Path(__file__).parent / "pages" / "order.html"
CUSTOMER, SECRET = "Wilhelmina Ostrowski", "correct-horse-17"
POLICY = """\
version = 1
streams = ["actions", "text"]
words = ["order", "customer", "austria", "germany", "express", "delivery", "saved", "new", "country"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{origin}"
"""


class Made(NamedTuple):
    """What was written of one recording. site: the folder that is served, where the page can be changed."""

    script: Path
    guide: Path
    paper: Path
    site: Path


@pytest.fixture(scope="module")
def made(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("b")
    site = folder / "site"
    site.mkdir()
    (site / "order.html").write_text(PAGE.read_text())
    with serving(site) as origin, recorded(play, folder, POLICY.format(origin=origin), Recorded) as rig:
        page = rig.open(f"{origin}/order.html")
        page.wait_for_timeout(700)
        page.click("#customer")
        page.keyboard.type(CUSTOMER, delay=10)
        page.locator("#country").focus()
        page.keyboard.press("g")
        page.click("#password")
        page.keyboard.type(SECRET, delay=10)
        page.wait_for_timeout(700)
        page.click("label.box")
        page.wait_for_timeout(1100)  # a list is made once a second at most
        page.click("#save")
        page.wait_for_timeout(500)
        rig.kept()
        rig.ask("stop")
        told = Made(folder / "test_order.py", folder / "order.html", folder / "order.pdf", site)
        assert main(["script", "last", "-o", str(told.script)]) == 0
        assert main(["guide", "last", "-o", str(told.guide)]) == 0
        assert main(["guide", "last", "-o", str(told.paper)]) == 0
        yield told


def run(made: Made, **given: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("BYHAND_STEP")}
    return subprocess.run(
        [sys.executable, "-I", str(made.script)], capture_output=True, text=True, timeout=120, check=False,
        env=known | {"BYHAND_CHROMIUM": "/usr/bin/chromium"} | given,
    )  # fmt: skip


def given(made: Made) -> dict[str, str]:
    """What was not kept, by the variables that the script asks for."""
    wanted = {"CUSTOMER": CUSTOMER, "PASSWORD": SECRET}
    lines = [line for line in made.script.read_text().splitlines() if "BYHAND_STEP" in line and " = " in line]
    return {line.split('"')[1]: wanted[line.split(" = ")[0]] for line in lines}


def checked(made: Made) -> None:
    """The same script, with a look at what the page says in the end: the recording does not tell the order's fate."""
    text, end = made.script.read_text(), "\n\n\nif __name__"
    assert text.count(end) == 1
    look = 'expect(page.get_by_role("status")).to_have_text("Order saved")'
    made.script.write_text(text.replace(end, f"\n    {look}{end}"))


def test_the_script_passes_against_the_page(made: Made):
    """Each step is done again, and the page saves the order."""
    checked(made)
    ran = run(made, **given(made))
    assert ran.returncode == 0, ran.stderr
    without = {name: "x" if value == CUSTOMER else "" for name, value in given(made).items()}
    assert "to_have_text" in run(made, **without).stderr


def test_the_script_says_plainly_which_step_has_no_target(made: Made):
    """The button is renamed: the script fails with the words of its step."""
    page = made.site / "order.html"
    page.write_text(PAGE.read_text().replace('id="save">Save order', 'id="send">Send it off'))
    ran = run(made, **given(made))
    page.write_text(PAGE.read_text())
    assert ran.returncode != 0
    assert 'click button "Save order": its target is not on the page once' in ran.stderr


def test_what_was_not_kept_is_a_named_parameter_at_the_top(made: Made):
    """And no value of it is anywhere."""
    text = made.script.read_text()
    head = text[: text.index("def test_by_hand")]
    assert "\nCUSTOMER = os.environ.get(" in head
    assert "\nPASSWORD = os.environ.get(" in head
    assert "set BYHAND_STEP_" in run(made).stderr
    for word in (*CUSTOMER.split(), SECRET):
        assert word not in text


def test_targets_are_found_by_role_and_name_and_each_step_says_what_it_is(made: Made):
    """As somebody who reads it would write it."""
    text = made.script.read_text()
    assert "on(page.get_by_role('combobox', name='Country', exact=True), " in text
    assert ".select_option(label='Germany')" in text
    assert re.search(r'# \d\. click button "Save order"', text)


def test_the_guide_tells_secrets_by_their_kind(made: Made):
    """What was private is asked of the reader; the file asks for nothing."""
    text = made.guide.read_text()
    assert "<i>your password</i>" in text
    assert "<q>Germany</q>" in text
    for word in (*CUSTOMER.split(), SECRET):
        assert word not in text
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert text.count('class="ring"') >= 4


def test_the_guide_can_be_read_by_everybody_and_asks_for_nothing(made: Made, play: Playwright):
    """Nothing serious for axe-core, in light and dark, on a window as narrow as a phone; and no request leaves it."""
    browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    asked: list[str] = []
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme, viewport={"width": 390, "height": 800})
        page.on("request", lambda request: asked.append(request.url))
        page.goto(made.guide.as_uri())
        found = [one for one in Axe().run(page).response["violations"] if one["impact"] in {"serious", "critical"}]
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    browser.close()
    assert set(asked) == {made.guide.as_uri()}


def test_the_guide_can_be_printed(made: Made):
    """As a PDF with its words as text."""
    assert made.paper.read_bytes().startswith(b"%PDF-")
    assert made.paper.stat().st_mode & 0o777 == 0o600


def byhand(*words: str | Path) -> tuple[int, list[dict[str, Any]]]:
    """A process of its own: Playwright runs in this one already."""
    program = Path(sys.executable).parent / "byhand"
    ran = subprocess.run([program, *words, "--json"], capture_output=True, text=True, timeout=120, check=False)
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()]


def test_the_episode_is_done_again_from_a_dataset(made: Made):
    """With what was not kept it comes to its end; without, it says what is missing. In another page it does not."""
    built, _ = byhand("dataset", "build", "--from", "last", "--as", "orders")
    assert built == 0
    failed, (told,) = byhand("dataset", "replay", "orders")
    assert (failed, told["reached"]) == (1, False)
    assert told["why"] == "step 3: what was typed was not kept, and is not given"
    texts = made.site.parent / "given.json"
    texts.write_text(json.dumps({told["episode"]: {"3": CUSTOMER, "6": SECRET}}))
    done, (told,) = byhand("dataset", "replay", "orders", "--given", texts)
    assert (done, told["reached"], told["why"], told["compared"]) == (0, True, "", "page")
    page = made.site / "order.html"
    page.write_text(PAGE.read_text().replace('id="express"', 'id="express" disabled'))
    failed, (told,) = byhand("dataset", "replay", "orders", "--given", texts)
    page.write_text(PAGE.read_text())
    assert (failed, told["reached"], told["done"]) == (1, False, 6)
