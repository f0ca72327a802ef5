"""Boxes that are checked, options that are chosen, and words that mean the same."""

from __future__ import annotations

from byhand.evals.miniwob.hand import Hand, asked, exactly, submit

ALIKE = (
    "big large huge enormous gigantic", "small tiny little mini petite", "red scarlet crimson vermillion",
    "happy cheerful joyful gleeful delighted", "sad unhappy sorrowful miserable tragic", "angry mad furious irritated",
    "evil wicked immoral sinful corrupt depraved", "wrong incorrect mistaken erroneous", "real genuine actual",
    "strange odd peculiar unusual weird", "stop cease halt end finish",
    "scared terrified panicked fearful frightened afraid", "quiet calm peaceful serene mild", "old aged archaic",
    "love like adore favor", "kill murder assassinate", "keep retain preserve sustain maintain",
    "hide conceal camouflage",
    "hate despise loathe detest dislike", "funny humorous amusing comical laughable", "fat fleshy plump chubby",
    "stupid dumb dull unwise", "delicious savory delectable appetizing", "cut slice carve chop",
    "brave courageous fearless", "begin start initiate launch", "answer reply response",
    "television televisions TV TVs",
    "house home houses homes", "fire flame fires flames", "pig pork swine", "rabbit rabbits bunny bunnies",
    "car cars automobile automobiles vehicle vehicles", "water",
)  # fmt: skip
"""What a person knows of words."""


def _labels(hand: Hand) -> list[str]:
    return [one.strip() for one in hand.page.locator("#area label").all_inner_texts()]


def boxes(hand: Hand) -> None:
    """Each other one by its label. Labels here are letters by chance."""
    (said,) = asked(hand, r"Select (.+) and")
    if said != "nothing":
        for place, name in enumerate(said.split(", ")):
            label = hand.page.locator("#area label", has_text=exactly(name)).first
            hand.check(label.locator("input"), None if place % 2 else label)
    submit(hand)


def alike(hand: Hand) -> None:
    """Those that mean the same as what is asked for."""
    (said,) = asked(hand, r"similar to (.+) and")
    groups = [frozenset(one.split()) for one in ALIKE]
    for word in said.split(", "):
        mine = next(one for one in groups if word in one)
        at = next(at for at, label in enumerate(_labels(hand)) if label in mine)
        hand.check(hand.page.locator("#area label").nth(at).locator("input"))
    submit(hand)


def option(hand: Hand) -> None:
    (wanted,) = asked(hand, r"Select (\S+) and")
    label = hand.page.locator("#area label", has_text=exactly(wanted)).first
    hand.check(label.locator("input"), label)
    submit(hand)
