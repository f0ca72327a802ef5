"""Promises of the compiler over whole chores: the program is the one a person would write, and holds no record.

A family is a text: what was shown three times, and the outline of the program. Half of them are the office's.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from byhand.workflows import file
from byhand.workflows.compiling.make import make
from tests.workflows.compiling.outline import outline
from tests.workflows.compiling.showing import demonstrations, values_of

FAMILIES = Path(__file__).parent / "families"
NAMES = sorted(path.stem for path in FAMILIES.glob("*.txt"))


def family(name: str) -> tuple[str, str]:
    text, _, expected = (FAMILIES / f"{name}.txt").read_text().partition("===\n")
    return text, expected.strip()


@pytest.mark.parametrize("name", NAMES)
def test_three_demonstrations_make_the_program_a_person_would_write(name: str):
    """Parameters with their kinds, loops, conditions, what is read and which row: all as in the outline."""
    text, expected = family(name)
    assert outline(make(demonstrations(text), name)).strip() == expected


@pytest.mark.parametrize("blind", [False, True])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_program_of_any_demonstrations_is_a_good_file(count: int, blind: bool):
    """Also where only one was shown, and where no word of a record was kept; it reads back as what it was."""
    for name in NAMES:
        made = make(demonstrations(family(name)[0], only=count, blind=blind), name)
        written = file.write(made)
        assert file.check(written) == [], name
        assert file.read(written) == made, name


@pytest.mark.parametrize("count", [1, 2, 3])
def test_nothing_that_was_typed_or_read_is_in_the_file(count: int):
    """Only options of a list are, where they are a parameter's or a rule's; and a text that all three share."""
    for name in NAMES:
        text, _ = family(name)
        made = make(demonstrations(text, only=count), name)
        written = file.write(made)
        known = {option for one in made.parameters for option in one.options}
        for value in values_of(text):
            if len(value) > 3 and value not in known and not (count == 3 and value == "mara"):
                assert value not in written, (name, value)
