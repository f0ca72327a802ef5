"""What a card says of a model that tells acts from pictures, where it is not what every card says."""

from __future__ import annotations

from byhand.models.checkpoint import About

WHAT = "A small network that looks at two pictures of a screen and tells what was done between them."
USE = "It labels pictures that their person shared; what it says is inferred, and no part of a recording or a dataset."
TELLS = "It says kinds of acts and places, no word. What its weights remember of pictures was not measured."


def learned(about: About) -> list[str]:
    """Lines of Markdown."""
    return [
        "| | |", "|---|---|",
        f"| learned from | {about.examples:,} changes of {about.episodes:,} episodes, {about.steps:,} batches |",
        f"| seed | {about.seed} |",
        "| reads | two pictures of one screen, as the guard left them |",
    ]  # fmt: skip


def good(figures: dict[str, float]) -> list[str]:
    """The same, of what was held back."""
    return [
        f"Of {figures['examples']:.0f} changes held back: the right kind of act {figures['op']:.1%}, its place inside "
        f"what was acted on {figures['inside']:.1%}, both right {figures['right']:.1%}.", "",
        "They are of the same programs and people as those it learned from; `byhand eval --suite pictures` asks it "
        "about others.", "",
        "What the guard paints over it can't see: what stands in a field, and so most of what is typed.", "",
    ]  # fmt: skip
