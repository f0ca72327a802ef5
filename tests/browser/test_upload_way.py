"""A file given to a page: recorded by the whole real way, compiled, and given for each row by the command."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Playwright

from byhand.workflows import file
from byhand.workflows.program import Act
from tests.browser.saving import saving
from tests.browser.typed import Typed

SCANS = """<title>Scans</title><h1>Scans</h1><form onsubmit="return false">
<label>Title <input id="what"></label> <label>Attachment <input type="file" id="scan"></label>
<button onclick="scan.files[0].text().then((text) => save({title: what.value, name: scan.files[0].name, text}))">
Keep scan</button></form>"""
POLICY = """\
version = 1
streams = ["actions", "text"]
words = ["scans", "title", "attachment", "keep scan", "stored"]

[[apps]]
id = "chromium"
browser = true

[[sites]]
origin = "{here}"
"""
_KEY_MS, _LOOK_MS = 15, 700


def test_a_file_of_each_row_is_given_and_one_that_is_not_there_stops_its_row(
    play: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It is asked for like all that can't be undone; a missing file is told before anything is done for that row."""
    at = Typed(tmp_path_factory.mktemp("b"))
    shown = at.folder / "shown.txt"
    shown.write_text("seen")
    (at.folder / "one.txt").write_text("first")

    def work(page: Page) -> None:
        page.goto(f"{site.origin}/scans.html")
        page.get_by_label("Title").click()
        page.keyboard.type("long words", delay=_KEY_MS)
        page.keyboard.press("Tab")
        page.wait_for_timeout(_LOOK_MS)
        with page.expect_file_chooser():
            page.get_by_label("Attachment").click()
        # Playwright's own way forges the events of a browser that it did not start.
        session = page.context.new_cdp_session(page)
        field = session.send("Runtime.evaluate", {"expression": "scan"})["result"]["objectId"]
        session.send("DOM.setFileInputFiles", {"files": [str(shown)], "objectId": field})
        page.wait_for_timeout(_LOOK_MS)
        page.get_by_role("button", name="Keep scan").click()
        page.get_by_text("Stored").wait_for()

    with saving({"scans.html": SCANS}) as site:
        at.agree(POLICY.format(here=site.origin))
        recording = at.record(play, "keep a scan", work)
        assert [one["text"] for one in site.taken()] == ["seen"]
        at.byhand("workflow", "make", recording, "--as", "scans")
        program = file.read((at.folder / "home" / "workflows" / "scans.yaml").read_text())
        (upload,) = [one for one in program.steps if isinstance(one, Act) and one.verb == "upload"]
        assert (upload.risk, upload.target) == ("uploads", "Attachment")
        assert [(one.name, one.kind) for one in program.parameters] == [("title", "text"), ("attachment", "file")]
        for act in ('upload {attachment} to "Attachment"', 'press "Keep scan"'):
            at.byhand("workflow", "allow", "scans", "--act", act, "--site", site.origin, "--yes")
        (at.folder / "rows.csv").write_text("title,attachment\nfirst row,one.txt\nsecond row,none.txt\n")
        ran = at.run("workflow", "run", "scans", "--table", "rows.csv", "--unattended", "--json")
        done, missing = map(json.loads, ran.stdout.splitlines())
        assert done["state"] == "unchecked", done["reason"]
        assert (missing["state"], missing["kind"], missing["steps"]) == ("stopped", "value", 0)
        assert "names a file that isn't there" in missing["reason"]
        assert site.taken() == [{"title": "first row", "name": "one.txt", "text": "first"}]
