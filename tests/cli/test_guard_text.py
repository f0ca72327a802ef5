from __future__ import annotations

import json
import subprocess

from tests.cli.terminal import PROGRAM


def guard(lines: list[str], *words: str) -> tuple[int, list[str], str]:
    done = subprocess.run(
        [*PROGRAM, "guard", "text", *words], input="\n".join([*lines, ""]), capture_output=True, text=True, check=False,
        timeout=100,
    )  # fmt: skip
    return done.returncode, done.stdout.splitlines(), done.stderr


def line(text: str, surface: str = "typed") -> str:
    return json.dumps({"text": text, "surface": surface, "app": "mail", "role": "entry", "id": 7})


def test_each_line_is_answered_in_order():
    """A script may send many and pair the answers by their place."""
    code, out, _ = guard([line("Ask Priya"), line("Inbox - Mail", "title"), line("x" * 1_000_000, "page")], "--json")
    assert code == 0
    assert [json.loads(one) for one in out] == [
        {"text": "Ask <NAME>", "masked": [[4, 9, "NAME"]], "verdict": "masked"},
        {"text": "Inbox - Mail", "masked": [], "verdict": "clear"},
        {"text": "", "masked": [[0, 1_000_000, "UNKNOWN"]], "verdict": "dropped"},
    ]


def test_a_line_that_is_none_is_told_by_its_number_and_the_rest_is_answered():
    """Nothing of it is quoted, and the exit code says that something was wrong."""
    broken = ['{"text": canary', '["canary"]', '{"text": 5, "canary": 1}', line("canary", "canary"), "", "[" * 5_000]
    code, out, errors = guard([*broken, line("Save the file")], "--json")
    assert code == 1
    assert [json.loads(one).get("line") for one in out] == [1, 2, 3, 4, 5, 6, None]
    assert json.loads(out[-1])["verdict"] == "clear"
    assert "canary" not in "".join(out) + errors


def test_text_that_no_encoding_has_is_answered():
    """Half a sign, as broken programs put it on the screen: nobody can say what it meant, so it is dropped."""
    code, out, _ = guard(['{"text": "Save \\ud83d the file", "surface": "typed"}'], "--json")
    assert code == 0
    assert json.loads(out[0]) == {"text": "", "masked": [[0, 15, "UNKNOWN"]], "verdict": "dropped"}


def test_a_person_reads_the_verdict_first():
    """Without --json a line for people: verdict and text."""
    code, out, _ = guard([line("Ask Priya"), "nothing"])
    assert code == 1
    assert out == ["masked  Ask <NAME>", "line 2 is no JSON object with a text and a surface that is known"]
