"""Promises of what words mean: other words for the same are near, codes are near to nothing, and nobody is asked."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from byhand.models import words
from byhand.models.meaning import ALIKE, alike, meaning, meanings, of_names

OFFLINE = """
import logging, socket
def never(*_: object, **__: object) -> None: raise AssertionError("the network was asked")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = never
before = (list(logging.getLogger().handlers), logging.getLogger().level)
from byhand.models.meaning import meaning
assert abs(float((meaning("delete") ** 2).sum()) - 1) < 1e-4
assert before == (list(logging.getLogger().handlers), logging.getLogger().level), "the log was set up"
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [("reply", "respond"), ("find", "search"), ("delete", "remove"), ("mail", "e-mail"), ("directed", "director")],
)
def test_other_words_for_the_same_are_near(one: str, other: str) -> None:
    assert float(meaning(one) @ meaning(other)) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"), [("save", "close"), ("delete", "save"), ("reply", "delete"), ("name", "city")]
)
def test_words_for_something_else_are_not(one: str, other: str) -> None:
    assert float(meaning(one) @ meaning(other)) < ALIKE


@pytest.mark.parametrize("code", ["inv-1234", "k9kh", "12", "ada@mail.example", "03/31/2026", '"', "#"])
def test_what_is_no_word_has_no_meaning(code: str) -> None:
    """Codes would be alike by the pieces they share."""
    assert not meaning(code).any()


def test_a_goal_finds_what_it_says_otherwise() -> None:
    goal = words.split("Respond to Gelya and get rid of INV-12")
    names = [words.name(one) for one in ("Reply", "Save", "INV-13", "", "Respond")]
    found, ties = alike(goal, names, of_names(names))
    assert found[0, 0] >= ALIKE > found[1, 0]
    assert not found[2:4].any()
    assert ties == ((0, 0),), "the first word means what is called Reply"


def test_a_word_itself_is_no_other_word_for_it() -> None:
    """That a name is said is told elsewhere; this tells what is said otherwise."""
    names = [words.name("Save")]
    found, ties = alike(words.split("Save it"), names, of_names(names))
    assert found[0, 0] == 0
    assert ties == ()


def test_a_goal_or_a_page_of_codes_alone_is_near_to_nothing() -> None:
    names = [words.name("12"), words.name("")]
    found, ties = alike(words.split("Press it"), names, of_names(names))
    assert not found[:, 0].any()
    assert ties == ()
    assert not alike(words.split("12 34"), [words.name("Save")], of_names([words.name("Save")]))[0].any()


def test_shapes_hold_for_nothing() -> None:
    assert meanings(()).shape == (0, 64)
    assert of_names([]).shape == (0, 64)
    assert np.isfinite(of_names([words.name("")])).all()


def test_no_other_computer_is_asked_and_the_log_is_left_alone() -> None:
    done = subprocess.run([sys.executable, "-c", OFFLINE], check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
