"""What is done again and again is found, once, as long as it is, and named."""

from __future__ import annotations

from byhand.episodes.build import build
from byhand.episodes.mining import routines
from byhand.episodes.types import Episode
from tests.episodes.kept import kept


def episode(name: str, letters: str) -> Episode:
    """Each letter is a press on a button of that name."""
    lines = [
        f'{n}.0  click {n * 20},40 (push button) "{letter}" node={ord(letter)}' for n, letter in enumerate(letters)
    ]
    (one,) = build(name, kept('0.0  task "x"\n' + "\n".join(lines))).episodes
    return one


def found(*rows: str, support: int = 2) -> list[tuple[int, list[tuple[int, int]]]]:
    episodes = [episode(str(number), row) for number, row in enumerate(rows)]
    ids = [one.id for one in episodes]
    return [
        (one.length, [(ids.index(name), at) for name, at in one.found]) for one in routines(episodes, support=support)
    ]


def test_the_longest_row_is_one_routine_and_its_parts_are_none():
    """`abcd` was done twice; `ab` and `bcd` are only parts of it."""
    assert found("abcdx", "yabcd") == [(4, [(0, 0), (1, 1)])]


def test_a_part_that_was_also_done_alone_is_a_routine_of_its_own():
    """As often as it was alone."""
    assert found("abcd", "abcd", "bcx", "ybc") == [(4, [(0, 0), (1, 0)]), (2, [(2, 0), (3, 1)])]


def test_times_of_one_routine_do_not_overlap():
    """`aaaa` is `aa` twice."""
    assert found("aaaa") == [(2, [(0, 0), (0, 2)])]


def test_what_was_done_less_often_than_asked_for_is_none():
    """Twice is enough by default."""
    assert found("abc", "abc", support=3) == []
    assert found("abc", "xyz") == []


def test_a_routine_is_named_by_what_it_does():
    """In the words of its actions."""
    (one,) = routines([episode("1", "ab"), episode("2", "ab")])
    assert one.name == "choose a and choose b"


def test_a_long_episode_of_one_act_takes_no_long_time():
    """No routine is longer than 40 steps."""
    (one, *_) = routines([episode("1", "a" * 600)])
    assert one.length == 40
