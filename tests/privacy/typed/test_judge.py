"""Promises of typed.judge: what may be a piece of something is masked, and what is found only in the whole, too."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from byhand.privacy.text.types import At, Cleaned, Span
from byhand.privacy.typed.ends import Draft
from byhand.privacy.typed.judge import judged

AT = At("typed", "mail", "entry", "Subject")


class Finds:
    """Masks what a pattern finds, with what stands before."""

    def __init__(self, pattern: str, kind: str = "ODD") -> None:
        self._pattern, self._kind = re.compile(pattern), kind

    def clean(self, text: str, at: At) -> Cleaned:
        shift = len(at.before)
        spans = [
            Span(max(0, match.start() - shift), match.end() - shift, self._kind)
            for match in self._pattern.finditer(at.before + text)
            if match.end() > shift
        ]
        kept, last = "", 0
        for span in spans:
            kept += text[last : span.start] + f"<{self._kind}>"
            last = span.end
        return Cleaned(kept + text[last:], tuple(spans), "masked" if spans else "clear")


def draft(text: str, *parts: tuple[int, int], before: str = "") -> Draft:
    return Draft(text, parts, AT._replace(before=before), "typed", 1, 0, 0)


def test_a_piece_is_masked_whatever_the_cleaner_says():
    """Half of a secret looks harmless."""
    assert judged(draft("send the sun", (9, 12)), Finds("nothing")) == "send the <PART>"


def test_a_thing_that_goes_into_a_piece_is_masked_whole():
    """Its beginning would tell what it was."""
    assert judged(draft("call 12 34 56", (11, 13)), Finds(r"12 34 56", "PHONE")) == "call <PHONE>"


def test_what_is_found_only_in_the_whole_text_is_masked_in_its_pieces():
    """A word beside it, on the other side of a piece, says what it is."""
    assert judged(draft("anna is my x name", (11, 12)), Finds(r"anna(?= is my x name)")) == "<ODD> is my <PART> name"


def test_a_thing_that_began_before_is_masked():
    """The judge of a piece is told what stood before it."""
    assert judged(draft("34 sun", (3, 6), before="12 "), Finds(r"12 34")) == "<ODD> <PART>"


def test_two_pieces_are_two():
    """At the beginning and at the end."""
    assert judged(draft("ne today sun", (0, 2), (9, 12)), Finds("nothing")) == "<PART> today <PART>"


WORDS = st.lists(st.sampled_from(["sun", "moon", "12", "34", "a@b"]), min_size=1, max_size=8)
PATTERNS = st.sampled_from(["sun moon", "12 34", "a@b", r"\d+ sun", "moon$"])


@given(WORDS, st.lists(st.integers(0, 7), max_size=3), PATTERNS)
def test_nothing_that_was_found_and_no_piece_ever_shows(words: list[str], pieces: list[int], pattern: str):
    """Whatever overlaps whatever: what is left has none of their characters."""
    text = " ".join(words)
    starts = [sum(len(word) + 1 for word in words[:place]) for place in range(len(words))]
    parts = sorted({(starts[place], starts[place] + len(words[place])) for place in pieces if place < len(words)})
    hidden = {at for first, last in parts for at in range(first, last)}
    hidden |= {at for match in re.finditer(pattern, text) for at in range(*match.span())}
    harmless = iter(sign for at, sign in enumerate(text) if at not in hidden)
    kept = re.sub("<[A-Z]+>", "", judged(draft(text, *parts), Finds(pattern)))
    assert all(sign in harmless for sign in kept)  # in that order
