"""Looking at a recording: it plays, the story follows, rows lead to their time, words are found."""

from __future__ import annotations

from tests.review.conftest import Visiting
from tests.review.visiting import FRAMED, SECRET, Visit, newest

REVIEW = "document.querySelector('byhand-review')"


def test_the_list_says_of_each_recording_what_it_is_and_in_which_state(visit: Visit) -> None:
    """Task, length, apps, streams, purpose, what was kept and what was not, and whether it was reviewed."""
    page = visit.page
    page.locator(".card").nth(2).wait_for()
    mine = page.locator(".card", has_text="my own chore")
    assert "for you only" in mine.inner_text()
    assert "can't be shared" in mine.inner_text()
    train = page.locator(".card", has_text="answer the mail")
    words = train.inner_text()
    for said in ("not reviewed", "mail, mousepad", "may train models, after review", "10 presses", "password field"):
        assert said in words
    train.get_by_role("link").click()
    page.wait_for_selector("byhand-review[ready]")
    page.go_back()
    page.locator(".card", has_text="looked at").wait_for()


def test_playing_moves_the_story(visit: Visit) -> None:
    """The row at the moment shown is marked, and another one a while later."""
    page = visit.open(newest(visit.home))
    page.get_by_role("button", name="Play").click()
    visit.until(f"{REVIEW}.t > 900")
    first = page.locator(".row[aria-current=true] .words").inner_text()
    visit.until(f"{REVIEW}.t > 3900")
    assert page.locator(".row[aria-current=true] .words").inner_text() != first
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate(f"{REVIEW}.playing") is False


def test_a_row_leads_to_its_time_and_is_chosen(visit: Visit) -> None:
    """What is shown and what is chosen are told apart: both on this row, until something else is played."""
    page = visit.open(newest(visit.home))
    visit.row('click button "Save"').click()
    row = page.locator(".row", has_text='click button "Save"')
    assert row.get_attribute("aria-selected") == "true"
    assert row.get_attribute("aria-current") == "true"
    assert "1 act chosen" in page.locator(".chosen").inner_text()
    visit.at(300)
    assert row.get_attribute("aria-selected") == "true"
    assert row.get_attribute("aria-current") is None


def test_words_are_found_in_any_case_and_all_of_them(visit: Visit) -> None:
    """A search keeps the rows in which every word occurs and says how many; none is said, too."""
    page = visit.open(newest(visit.home))
    total = page.evaluate(f"{REVIEW}.work.rows.length")
    find = page.get_by_role("searchbox")
    find.fill("BUTTON save")
    assert (
        page.locator(".row").all_inner_texts()[0].endswith('click button "Save"')
        or "Save" in visit.row("Save").inner_text()
    )
    assert page.locator(".row").count() == 1
    assert page.locator(".found").inner_text() == f"1 of {total}"
    find.fill("nothing like it")
    assert page.locator(".empty-story").is_visible()
    find.fill("")
    assert page.locator(".row").count() > 5


def test_what_was_masked_is_told_by_rule_and_never_by_content(visit: Visit) -> None:
    """Types, counts and times; a time leads back into the replay; the secret is in no answer of the server."""
    bodies: list[str] = []
    visit.page.on(
        "response",
        lambda answer: bodies.append(answer.text()) if "/api/" in answer.url and answer.status == 200 else None,
    )
    page = visit.open(newest(visit.home), "masked")
    section = page.locator(".sort-withheld")
    section.wait_for()
    assert "password" in section.inner_text()
    section.get_by_role("button").first.click()
    assert page.get_by_role("tab", name="Look and edit").get_attribute("aria-selected") == "true"
    assert page.evaluate(f"{REVIEW}.t") > 0
    assert bodies
    assert not any(SECRET in body for body in bodies)


def test_pictures_are_replayed_as_they_were_kept(visit: Visit) -> None:
    """Where frames were kept, the stage shows them and the timeline has their lane."""
    page = visit.open(FRAMED)
    visit.at(9500)
    visit.until(f"{REVIEW}.stage.frames.laid === 3")
    assert page.evaluate(f"{REVIEW}.timeline.lanes.map(lane => lane.name)") == [
        "task", "app", "keys", "pointer", "presses", "elements", "frames",
    ]  # fmt: skip


def test_a_reload_and_a_second_window_are_let_in_only_where_the_key_is(visiting: Visiting) -> None:
    """The page survives a reload; another window of the same browser has the cookie but not the key, and is told so."""
    visit = visiting()
    page = visit.open(newest(visit.home))
    page.reload()
    page.wait_for_selector("byhand-review[ready]")
    other = visit.context.new_page()
    visit.refuse(401, "Unauthorized")
    other.goto(f"{visit.origin}/recordings")
    other.get_by_role("heading", name="This visit is over").wait_for()
    assert other.locator(".card").count() == 0


def test_the_address_lets_in_once(visiting: Visiting) -> None:
    """Opened again, it says so, and the token is gone from the address."""
    visit = visiting()
    visit.refuse(401, "Unauthorized")
    other = visit.context.new_page()
    other.goto(visit.url)
    other.get_by_text("was used already").wait_for()
    assert other.url == visit.origin + "/"
