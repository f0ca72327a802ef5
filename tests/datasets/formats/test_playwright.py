from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from byhand.datasets.formats.out import export
from byhand.datasets.formats.playwright import PLAYWRIGHT
from tests.datasets.formats.samples import CUSTOMER, EVERY, ORDER, SAID, SAVE, act, demonstration, framed


def written(folder: Path, actions: tuple[object, ...], origin: str = "http://127.0.0.1") -> Path:
    export(PLAYWRIGHT, [demonstration(actions, origin=origin)], folder / "out")  # type: ignore[arg-type]
    return next((folder / "out").glob("test_*.py"))


def run(script: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(script)], capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"BYHAND_CHROMIUM": "/usr/bin/chromium"} | more,
    )  # fmt: skip


def test_a_script_does_again_what_was_done_on_the_page(tmp_path: Path, form: str):
    """It runs in a real Chromium, and the page says at the end what the person's page would say."""
    script = written(tmp_path, ORDER, form)
    look = script.read_text().replace(
        "\n\n\nif __name__",
        f'\n    expect(page.locator("#said")).to_contain_text({SAID!r}, timeout=1000)\n\n\nif __name__',
        1,
    )
    script.write_text(look)
    ran = run(script)
    assert ran.returncode == 0, ran.stderr
    script.write_text(look.replace("label='France'", "label='Germany'"))
    assert "to_contain_text" in run(script).stderr


def test_what_was_done_in_a_frame_is_done_in_that_frame(tmp_path: Path, form: str):
    """Of another origin, and not the one that stands first; another frame has a button of the same name."""
    script = written(tmp_path, framed(ORDER, f"{form}/shop", 1), form.replace("127.0.0.1", "localhost"))
    text = script.read_text()
    assert f"START = os.environ.get(\"BYHAND_START\", '{form}/shop')" in text
    assert "on(within(page, 1).get_by_role('button', name='Save', exact=True), " in text
    look = text.replace(
        "\n\n\nif __name__",
        f'\n    expect(page.locator("#said")).to_contain_text({SAID!r}, timeout=1000)\n\n\nif __name__',
        1,
    )
    script.write_text(look)
    ran = run(script)
    assert ran.returncode == 0, ran.stderr
    script.write_text(look.replace("within(page, 1)", "within(page, 7)"))
    assert "the frame (7,) is not on the page" in run(script).stderr


def test_a_text_that_was_not_kept_is_asked_of_who_runs_it(tmp_path: Path, form: str):
    """A password is nowhere in the script; without it the script says which one to set."""
    script = written(tmp_path, (act("type", CUSTOMER, masked=True), act("click", SAVE)), form)
    assert "set BYHAND_STEP_1" in run(script).stderr
    assert run(script, BYHAND_STEP_1="secret").returncode == 0


def test_an_address_with_holes_is_asked_of_who_runs_it(tmp_path: Path):
    """A path template leads nowhere."""
    script = written(tmp_path, (act("click", SAVE, page="/orders/{id}"),))
    assert "set BYHAND_START" in run(script).stderr


def test_every_script_is_python_whatever_was_typed(tmp_path: Path):
    """Quotes, newlines and comment signs in what was typed stay what they were: text."""
    hostile = 'a"""\'\n\\u2028\u2028#\x00*/ {x}'
    script = written(tmp_path, (*EVERY, act("type", CUSTOMER, text=hostile)))
    text = script.read_text()
    compile(text, "script", "exec")
    assert repr(hostile) in text
