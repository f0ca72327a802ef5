"""Work in a frame of a frame, recorded by the whole real way: each script of it finds that frame again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Playwright

from byhand.cli import main
from tests.browser.recorded import Recorded, recorded, serving
from tests.datasets.formats import puppeteer

SHOP = """<!doctype html><html lang="en"><title>Shop</title><p id="said" role="status">Nothing yet</p>
<iframe title="Help" srcdoc="<button>Save</button>" width="200" height="60"></iframe>
<iframe title="Orders" src="orders.html" width="700" height="420"></iframe>
<script>addEventListener("message", (event) => { said.textContent = event.data; });</script>"""
ORDERS = """<!doctype html><html lang="en"><title>Orders</title><h1>Orders</h1>
<iframe title="Order" src="order.html" width="600" height="300"></iframe>"""
ORDER = """<!doctype html><html lang="en"><title>Order</title>
<label>Country <select id="country"><option>Choose<option>Austria<option>Germany</select></label>
<label><input type="checkbox" id="express"> Express delivery</label>
<ul aria-label="Terms" id="terms" style="height:60px;overflow-y:scroll"><li style="height:300px">Many words</ul>
<button id="save" disabled>Save</button>
<script>
const of = (id) => document.getElementById(id);
of("terms").onscroll = () => { of("save").disabled = false; };
of("save").onclick = () => {
  top.postMessage(of("express").checked && of("country").value === "Germany" ? "Order saved" : "Not yet", "*");
};
</script>"""
POLICY = """\
version = 1
streams = ["actions", "text"]
words = ["order", "country", "austria", "germany", "express", "delivery", "save", "terms"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{origin}"
"""
PAGES = {"shop.html": SHOP, "orders.html": ORDERS, "order.html": ORDER}


class Made(NamedTuple):
    script: Path
    flow: Path
    steps: list[dict[str, Any]]


@pytest.fixture(scope="module")
def made(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("b")
    (folder / "site").mkdir()
    for name, text in PAGES.items():
        (folder / "site" / name).write_text(text)
    with serving(folder / "site") as origin, recorded(play, folder, POLICY.format(origin=origin), Recorded) as rig:
        page = rig.open(f"{origin}/shop.html")
        order = page.frame_locator("[title=Orders]").frame_locator("[title=Order]")
        order.locator("#country").focus()
        page.keyboard.press("g")
        order.locator("#express").click()
        order.locator("#terms").hover()
        page.mouse.wheel(0, 100)
        order.locator("#save:enabled").click()
        page.get_by_text("Order saved").wait_for()
        rig.kept()
        rig.ask("stop")
        script = folder / "test_order.py"
        assert main(["script", "last", "-o", str(script)]) == 0
        assert main(["dataset", "build", "--from", "last", "--as", "framed"]) == 0
        assert main(["dataset", "export", "framed", "devtools", str(folder / "out")]) == 0
        program = Path(sys.executable).parent / "byhand"
        told = subprocess.run([program, "dataset", "steps", "framed", "--json"], capture_output=True, check=True)
        steps = [json.loads(line) for line in told.stdout.splitlines()]
        yield Made(script, next((folder / "out").glob("*.json")), steps)


def test_each_act_keeps_the_way_to_its_frame(made: Made):
    """The frame in the second frame of the page; of a wheel too, with the list that it moved."""
    targets = [one["target"] for one in made.steps if one["target"]]
    assert [one["op"] for one in made.steps if one["target"]] == ["select", "check", "scroll", "click"]
    assert [one["name"] or one["tag"] for one in targets] == ["Country", "Express delivery", "ul", "Save"]
    assert all(one["frames"] == [1, 0] for one in targets)


def test_the_script_passes_in_its_frame(made: Made):
    """It opens the page around, and the order is saved; another frame has a button of the same name."""
    text, end = made.script.read_text(), "\n\n\nif __name__"
    assert text.count(end) == 1
    look = 'expect(page.get_by_role("status")).to_have_text("Order saved")'
    made.script.write_text(text.replace(end, f"\n    {look}{end}"))
    ran = subprocess.run(
        [sys.executable, "-I", str(made.script)], capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"BYHAND_CHROMIUM": "/usr/bin/chromium"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_the_recorders_own_replay_passes_in_its_frame(made: Made):
    """@puppeteer/replay; the button can be pressed only when the list beside it has been scrolled."""
    ran = puppeteer.replayed(puppeteer.installed(), made.flow, "#said")
    assert ran.stdout == "Order saved", ran.stderr
