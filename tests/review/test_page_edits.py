"""Editing: what was cut or painted is gone at once from replay, story and what would leave; all can be undone."""

from __future__ import annotations

from pathlib import Path

from tests.review.visiting import FRAMED, Visit, newest

REVIEW = "document.querySelector('byhand-review')"


def test_acts_are_cut_and_come_back_with_undo(visit: Visit) -> None:
    """Two rows chosen and cut: struck out in the story, hidden on the stage, absent from the bytes; and back again."""
    page = visit.open(newest(visit.home))
    visit.row('click button "Save"').click()
    page.keyboard.press("Shift+ArrowDown")
    assert "2 acts chosen" in page.locator(".chosen").inner_text()
    page.get_by_role("button", name="Cut what is chosen").click()
    visit.says("cut")
    assert page.locator(".row.cut").count() == 2
    assert "Save" not in page.evaluate(f"JSON.stringify({REVIEW}.scene.data.elements)")
    stored = visit.stored()
    assert '"Save"' not in stored
    assert '"Reply"' in stored
    page.get_by_role("tab", name="Look and edit").click()
    page.get_by_role("button", name="Undo").click()
    visit.says("Undone")
    assert page.locator(".row.cut").count() == 0
    assert '"Save"' in visit.stored()
    page.get_by_role("tab", name="Look and edit").click()
    page.get_by_role("button", name="Redo").click()
    visit.says("Done again")
    assert page.locator(".row.cut").count() == 2


def test_an_app_is_cut_with_every_word_of_it(visit: Visit) -> None:
    """Its windows, its title and what happened in it are not in the bytes."""
    page = visit.open(newest(visit.home))
    page.get_by_role("button", name="Cut an app").click()
    page.get_by_label("App", exact=True).select_option("mousepad")
    page.get_by_role("button", name="Cut this app").click()
    visit.says("mousepad")
    stored = visit.stored()
    for word in ("mousepad", "Notes", '"Save"', '"Close"'):
        assert word not in stored
    assert '"mail"' in stored


def test_a_time_is_cut_that_was_typed(visit: Visit) -> None:
    """Minutes and seconds; what is no time is refused in words, at its field, and nothing is cut."""
    page = visit.open(newest(visit.home))
    page.get_by_role("button", name="Cut a time").click()
    page.get_by_label("From", exact=True).fill("noon")
    page.get_by_role("button", name="Cut this time").click()
    assert "no time" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("From", exact=True).get_attribute("aria-invalid") == "true"
    page.get_by_label("From", exact=True).fill("0:00")
    page.get_by_label("Until", exact=True).fill("0:00.5")
    page.get_by_role("button", name="Cut this time").click()
    visit.says("cut")
    assert '"Reply"' not in visit.stored()


def test_a_stretch_of_the_timeline_is_cut_that_was_drawn_with_shift(visit: Visit) -> None:
    """Dragging seeks; with Shift held it chooses."""
    page = visit.open(newest(visit.home))
    box = page.locator("canvas.timeline").bounding_box()
    assert box is not None
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + 70, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60, steps=6)
    page.mouse.up()
    page.keyboard.up("Shift")
    assert "0:00.0 to 0:0" in page.locator(".chosen").inner_text()
    page.get_by_role("button", name="Cut what is chosen").click()
    visit.says("cut")
    assert '"Reply"' not in visit.stored()


def test_rows_found_by_a_search_are_cut_without_those_between(visit: Visit) -> None:
    """Only what is seen to be chosen is cut: rows hidden by the search stay."""
    page = visit.open(newest(visit.home))
    page.get_by_role("searchbox").fill("mousepad click")
    page.locator(".row").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    visit.says("cut")
    stored = visit.stored()
    assert '"Save"' not in stored
    assert '"Close"' not in stored
    assert "\nscroll" in stored.replace("\t", "\n")


def test_a_rectangle_is_painted_with_the_mouse(visit: Visit) -> None:
    """Drawn over the stage; the pictures that would leave are painted there, and the button's name is gone."""
    page = visit.open(FRAMED)
    assert '"Reply"' in visit.stored()
    page.get_by_role("tab", name="Look and edit").click()
    page.get_by_role("button", name="Paint over the picture").click()
    canvas = page.locator("canvas.stage").bounding_box()
    assert canvas is not None
    scale = canvas["width"] / 1280
    page.mouse.move(canvas["x"] + 360 * scale, canvas["y"] + 100 * scale)
    page.mouse.down()
    page.mouse.move(canvas["x"] + 600 * scale, canvas["y"] + 150 * scale, steps=5)
    page.mouse.up()
    drawn = [int(page.get_by_label(name, exact=True).input_value()) for name in ("Left", "Top", "Width", "Height")]
    assert all(abs(one - wanted) <= 4 for one, wanted in zip(drawn, (360, 100, 240, 50), strict=True))
    page.get_by_role("button", name="Paint it over").click()
    visit.says("aint")
    assert '"Reply"' not in visit.stored()
    colours = page.evaluate("""() => {
        const canvas = document.querySelector('.pictures canvas');
        const scale = canvas.width / 1280;
        const line = canvas.getContext('2d').getImageData(374 * scale, 126 * scale, 80 * scale, 1).data;
        const shown = new Set();
        for (let i = 0; i < line.length; i += 4) shown.add(line.slice(i, i + 3).join());
        return shown.size;
    }""")
    assert colours == 1


def test_a_rectangle_is_painted_with_the_keyboard(visit: Visit) -> None:
    """Arrow keys move it, with Shift they size it, numbers set it; it never leaves the desktop."""
    page = visit.open(FRAMED)
    page.get_by_role("button", name="Paint over the picture").press("Enter")
    area = page.locator(".brush")
    assert area.evaluate("one => one === document.activeElement")
    numbers = {name: page.get_by_label(name, exact=True) for name in ("Left", "Top", "Width", "Height")}
    before = {name: int(one.input_value()) for name, one in numbers.items()}
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Shift+ArrowLeft")
    after = {name: int(one.input_value()) for name, one in numbers.items()}
    assert after == {
        "Left": before["Left"] + 10,
        "Top": before["Top"] + 1,
        "Width": before["Width"] - 10,
        "Height": before["Height"],
    }
    assert f"{after['Width']} by {after['Height']}" in str(area.get_attribute("aria-label"))
    numbers["Left"].fill("9999")
    assert page.evaluate(f"{REVIEW}.brush.box.x") == 1279
    numbers["Left"].fill("300")
    numbers["Width"].fill("200")
    page.get_by_label("Until", exact=True).fill("0:05")
    page.keyboard.press("Enter")
    visit.says("aint")
    made = page.evaluate(f"{REVIEW}.work.draft.edits[0].edit")
    assert (made["x"], made["w"], made["start"], made["end"]) == (300, 200, 0, 5000)
    assert page.locator(".drawer").is_hidden()


def test_the_task_is_named_anew_and_its_outcome_said(visit: Visit) -> None:
    """The heading, the story and the bytes say it."""
    page = visit.open(newest(visit.home))
    page.get_by_role("button", name="Name the task").click()
    page.get_by_label("What was the task?").fill("answer a question")
    page.get_by_label("How did it end?").select_option("partly")
    page.get_by_role("button", name="Keep these words").click()
    page.get_by_role("heading", name="answer a question").wait_for()
    assert visit.row("task: answer a question").is_visible()
    stored = visit.stored()
    assert "answer a question" in stored
    assert "save the notes" not in stored


def test_private_words_of_ones_own_are_named_before_they_are_kept(visit: Visit) -> None:
    """The guard reads what a person writes, too, and offers it masked."""
    page = visit.open(newest(visit.home))
    page.get_by_role("button", name="Name the task").click()
    page.get_by_label("What was the task?").fill("write to anna.muster@example.org")
    page.get_by_role("button", name="Use them masked").click()
    assert "anna.muster" not in page.get_by_label("What was the task?").input_value()


def test_a_correction_is_noted_at_an_act(visit: Visit) -> None:
    """It stands at its row and goes into the bytes as a note."""
    page = visit.open(newest(visit.home))
    visit.row('click button "Close"').click()
    page.get_by_role("button", name="Note a correction").click()
    page.get_by_role("button", name="Keep the note").click()
    assert page.get_by_label("What should have happened here?").get_attribute("aria-invalid") == "true"
    page.get_by_label("What should have happened here?").fill("save first")
    page.get_by_role("button", name="Keep the note").click()
    page.locator(".row.noted", has_text="Close").wait_for()
    assert "save first" in visit.stored()


def test_what_was_cut_can_be_looked_at_before_one_decides(visit: Visit) -> None:
    """On the stage a cut is hidden; asked for, it is shown, and named as cut."""
    page = visit.open(newest(visit.home))
    visit.row('click button "Save"').click()
    page.keyboard.press("Delete")
    visit.says("cut")
    assert "Save" not in page.evaluate(f"JSON.stringify({REVIEW}.scene.data.elements)")
    page.get_by_role("button", name="show cuts").click()
    assert "Save" in page.evaluate(f"JSON.stringify({REVIEW}.scene.data.elements)")


def test_markup_in_a_persons_words_is_text(visit: Visit, tmp_path: Path) -> None:
    """A task that looks like script stands there as it was written."""
    page = visit.open(newest(visit.home))
    page.get_by_role("button", name="Name the task").click()
    hostile = "<img src=x onerror=alert(1)> {{ 7 * 7 }}"
    page.get_by_label("What was the task?").fill(hostile)
    page.get_by_role("button", name="Keep these words").click()
    page.get_by_role("heading", name=hostile).wait_for()
    assert page.locator("main img").count() == 0
    page.goto(f"{visit.origin}/recordings")
    page.get_by_role("link", name=hostile).wait_for()
    assert page.locator("main img").count() == 0
