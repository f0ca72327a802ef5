"""Promises of typed.run: the text follows the edits, or says that it can't."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from byhand.privacy.typed.run import Run

EDITS = st.lists(st.sampled_from(["a", "b", " ", "back", "delete", "left", "right", "<", ">", "home", "end", "cut"]))


class Field:
    """A field as a toolkit has it, written down in the plainest way."""

    def __init__(self) -> None:
        self.text, self.caret, self.anchor = "", 0, 0

    def does(self, edit: str) -> None:
        first, last = sorted((self.caret, self.anchor))
        match edit:
            case "back" | "delete" | "cut":
                if first == last and edit != "cut":
                    first, last = (max(0, first - 1), last) if edit == "back" else (first, last + 1)
                self.text, self.caret = self.text[:first] + self.text[last:], first
            case "left" | "right":
                to = (
                    (first if edit == "left" else last)
                    if first != last
                    else self.caret + (1 if edit == "right" else -1)
                )
                self.caret = min(max(0, to), len(self.text))
            case "<" | ">":
                self.caret = min(max(0, self.caret + (1 if edit == ">" else -1)), len(self.text))
                return
            case "home" | "end":
                self.caret = 0 if edit == "home" else len(self.text)
            case _:
                self.text, self.caret = self.text[:first] + edit + self.text[last:], first + 1
        self.anchor = self.caret


@given(EDITS)
def test_a_run_follows_any_edits_as_a_field_does(edits: list[str]):
    """An edit it can't follow it refuses, and then nothing has changed."""
    run, field = Run(), Field()
    for edit in edits:
        match edit:
            case "back" | "delete" | "cut":
                followed = {"back": run.back, "delete": run.delete, "cut": run.cut}[edit]()
            case "left" | "right" | "<" | ">":
                followed = run.move(-1 if edit in ("left", "<") else 1, selecting=edit in "<>")
            case "home" | "end":
                followed = run.edge(-1 if edit == "home" else 1, selecting=False)
            case _:
                run.write(edit)
                followed = True
        if followed:
            field.does(edit)
        assert ("".join(run.text), run.caret) == (field.text, field.caret)


@given(EDITS)
def test_what_is_unfinished_is_never_less_than_the_words_at_the_caret_and_at_the_end(edits: list[str]):
    """No part of them is let out as a word."""
    run = Run()
    for edit in edits:
        if (len(edit) == 1 and edit.isalpha()) or edit == " ":
            run.write(edit)
        elif edit == "left":
            run.move(-1, selecting=False)
    covered = {at for first, last in run.unfinished() for at in range(first, last)}
    for at in (run.caret, len(run.text)):
        for beside in (at - 1, at):
            if 0 <= beside < len(run.text) and run.text[beside] != " ":
                assert beside in covered
