"""Deciding: an approval holds for these bytes alone, and only for a `train` recording; forgetting is final."""

from __future__ import annotations

import sqlite3
from hashlib import sha256

from playwright.sync_api import Page

from tests.review.conftest import Visiting
from tests.review.visiting import Visit, ids, newest


def approve(visit: Visit) -> str:
    """Approve what would leave; returns the hash that was shown."""
    page = visit.page
    visit.stored()
    page.get_by_role("button", name="Approve exactly these bytes").click()
    shown = hashed(page.get_by_role("alertdialog").locator(".hash").get_attribute("aria-label"))
    visit.confirm("Yes, approve")
    page.get_by_role("heading", name="You approved these bytes").wait_for()
    return shown


def hashed(label: str | None) -> str:
    return (label or "").removeprefix("SHA-256 ")


def is_void(page: Page) -> str:
    banner = page.locator("#banner .notice.bad", has_text="Approval void.")
    banner.wait_for()
    return banner.inner_text()


def test_an_approval_is_bound_to_the_bytes_that_were_shown(visit: Visit) -> None:
    """The hash in the question is that of the bytes one can save, and the ledger says it was approved."""
    page = visit.open(newest(visit.home))
    shown = approve(visit)
    with page.expect_download() as waited:
        page.get_by_role("button", name="Save a copy").click()
    assert sha256(waited.value.path().read_bytes()).hexdigest() == shown
    page.goto(f"{visit.origin}/ledger")
    page.locator(".entry-shares").first.wait_for()
    assert "The chain holds." in page.locator("#verdict").inner_text()
    page.goto(f"{visit.origin}/recordings")
    page.locator(".card", has_text="answer the mail").locator(".pill-approved").wait_for()


def test_not_now_approves_nothing(visit: Visit) -> None:
    """The first button that has the focus changes nothing; Escape neither."""
    page = visit.open(newest(visit.home))
    visit.stored()
    for way in ("Enter", "Escape"):
        page.get_by_role("button", name="Approve exactly these bytes").click()
        page.keyboard.press(way)
        page.get_by_role("alertdialog").wait_for(state="detached")
        assert page.locator("#state").inner_text() == "looked at"


def test_another_cut_voids_the_approval_and_its_undo_restores_the_bytes(visit: Visit) -> None:
    """The page says so at once; the very bytes that were approved are approved still when the cut is taken back."""
    page = visit.open(newest(visit.home))
    approve(visit)
    page.get_by_role("tab", name="Look and edit").click()
    visit.row('click button "Save"').click()
    page.keyboard.press("Delete")
    assert "changed since" in is_void(page)
    visit.stored()
    page.get_by_role("button", name="Approve exactly these bytes").wait_for()
    page.get_by_role("tab", name="Look and edit").click()
    page.get_by_role("button", name="Undo").click()
    page.locator("#state .pill-approved").wait_for()


def test_a_sheet_altered_in_the_vault_voids_the_approval(visit: Visit) -> None:
    """One byte of the sealed edits or of the sealed approval, changed behind the page's back."""
    recording = newest(visit.home)
    page = visit.open(recording)
    visit.row('click button "Save"').click()
    page.keyboard.press("Delete")
    visit.says("cut")
    approve(visit)
    with sqlite3.connect(visit.home / "vault.sqlite") as vault:
        for name, sealed in vault.execute("SELECT name, sealed FROM sheets WHERE recording=?", (recording,)).fetchall():
            broken = sealed[:-1] + bytes([sealed[-1] ^ 1])
            vault.execute("UPDATE sheets SET sealed=? WHERE recording=? AND name=?", (broken, recording, name))
    vault.close()
    page.reload()
    assert "do not verify" in is_void(page)
    page.goto(f"{visit.origin}/recordings")
    page.locator(".card", has_text="answer the mail").locator(".pill-damaged, .pill-void").wait_for()


def test_an_approval_is_taken_back(visit: Visit) -> None:
    """Afterwards nothing is approved, and it can be approved again."""
    page = visit.open(newest(visit.home))
    approve(visit)
    page.get_by_role("button", name="Take the approval back").click()
    page.get_by_role("button", name="Approve exactly these bytes").wait_for()
    assert "approved" not in page.locator("#state").inner_text()


def test_a_recording_for_mine_can_be_looked_at_and_never_approved(visit: Visit) -> None:
    """There is no button, and the page says why; asked by hand the server refuses, too."""
    recording = newest(visit.home, "mine")
    page = visit.open(recording)
    assert "never be approved for sharing" in page.locator("#banner").inner_text()
    visit.stored()
    assert "for your own use only" in page.locator(".decision").inner_text()
    assert page.get_by_role("button", name="Approve").count() == 0
    visit.refuse(409, "Conflict")
    shown = hashed(page.locator(".panel .hash").first.get_attribute("aria-label"))
    refused = page.evaluate(
        """async ([path, sha256]) => {
            const key = sessionStorage.getItem('byhand-key');
            const headers = { 'Content-Type': 'application/json', 'X-Byhand-Key': key };
            const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify({ sha256 }) });
            return (await answer.json()).code;
        }""",
        [f"/api/recordings/{recording}/approve", shown],
    )
    assert refused == "mine_only"


def test_an_edit_on_an_older_draft_is_refused_and_the_page_catches_up(visit: Visit) -> None:
    """Something was cut meanwhile, elsewhere: nothing is cut over it, and what is there is shown."""
    recording = newest(visit.home)
    page = visit.open(recording)
    page.evaluate(
        """async (path) => {
            const key = sessionStorage.getItem('byhand-key');
            const headers = { 'Content-Type': 'application/json', 'X-Byhand-Key': key };
            const edit = { kind: 'cut_time', start: 0, end: 300 };
            await fetch(path, { method: 'POST', headers, body: JSON.stringify({ revision: 0, edit }) });
        }""",
        f"/api/recordings/{recording}/edits",
    )
    visit.refuse(409, "Conflict")
    visit.row('click button "Save"').click()
    page.keyboard.press("Delete")
    page.locator("#status.bad").wait_for()
    assert "Your changes · 1" in page.locator(".changes").inner_text()


def test_a_recording_is_forgotten_after_the_word_was_typed(visit: Visit) -> None:
    """Until then the button does nothing; afterwards it is nowhere, and the ledger says that something was erased."""
    recording = newest(visit.home)
    page = visit.open(recording)
    page.get_by_role("button", name="Forget this recording").click()
    assert page.get_by_role("button", name="Forget it for good").is_disabled()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Forget this recording").click()
    visit.confirm("Forget it for good", "forget")
    page.wait_for_url("**/recordings")
    page.locator(".card").nth(1).wait_for()
    assert page.locator(".card", has_text="answer the mail and save").count() == 0
    page.goto(f"{visit.origin}/ledger")
    page.get_by_role("button", name="Erasures").click()
    page.locator(".entry-erasures").first.wait_for()
    visit.close()
    assert recording not in ids(visit.home)


def test_the_last_minutes_are_forgotten(visit: Visit) -> None:
    """What was recorded before stays."""
    page = visit.page
    page.locator(".card").nth(2).wait_for()
    page.get_by_role("button", name="Forget the last minutes").click()
    page.get_by_label("How many minutes").fill("30")
    page.get_by_role("alertdialog").get_by_label("To go on").fill("forget")
    page.get_by_role("button", name="Forget them for good").click()
    visit.says("Forgotten")
    assert page.locator(".card").count() == 1
    assert "answer the invoice mail" in page.locator(".card").inner_text()


def test_a_forgotten_recording_cannot_be_opened(visiting: Visiting) -> None:
    """Its page says that there is no such recording."""
    visit = visiting()
    visit.refuse(404, "Not Found")
    visit.page.goto(f"{visit.origin}/recordings/n0such1d")
    visit.says("no such recording")
