"""A model's card: what it is, what it learned from, how good it is on what was held back, and what that doesn't say."""

from __future__ import annotations

from byhand.models.checkpoint import About
from byhand.models.pictures import card as of_pictures


def card(about: About) -> bytes:
    """`README.md` of its folder, in Markdown."""
    figures = about.figures
    lines = [
        f"# {about.name}, version {about.version}", "",
        _what(about) + " Made by " + about.program + ".", "",
        *(_learned(about) if about.pictures is None else of_pictures.learned(about)),
        "", "## Where it comes from", "",
        "| dataset | version | purpose | grants | recordings | manifest |", "|---|---|---|---|---|---|",
        *(
            f"| {one.dataset} | {one.version} | {one.purpose} | {len(one.grants)} | {len(one.recordings)} "
            f"| `{one.manifest[:12]}` |"
            for one in about.sources
        ),
        "",
        "Grants and recordings are listed by pseudonym in `model.json`. When a recording is forgotten, `byhand forget` "
        "names every model that saw it, and `byhand learn --without` learns anew without it.", "",
        "## How good it is", "",
    ]  # fmt: skip
    if figures and about.pictures is not None:
        lines += of_pictures.good(figures)
    elif figures:
        lines += [
            f"Of {figures['examples']:.0f} acts held back: the right kind of act {figures['op']:.1%}, on the right "
            f"element {figures['element']:.1%}, all of it right {figures['right']:.1%}.", "",
            "These acts are of the same tasks, programs and people as those it learned from. How it does on others, "
            "and whether it finishes tasks, says `byhand eval`.", "",
        ]  # fmt: skip
    elif about.members:
        lines += [
            "Together they were asked nothing yet: `byhand eval` says how good they are, and each has its card.",
            "",
        ]
    else:
        lines += ["Nothing was held back, so nothing is known.", ""]
    if about.tests:
        lines += ["It learned from what these datasets keep for tests, too: of them nothing says how good it is.", ""]
    if about.left:
        lines += ["## What it did not learn from", "", "| acts | why |", "|---|---|"]
        lines += [f"| {count:,} | {reason} |" for reason, count in sorted(about.left.items(), key=lambda one: -one[1])]
        lines.append("")
    lines += ["## What it may tell of those it learned from", "", *_told_of(about), ""]
    mine = any(one.purpose == "mine" for one in about.sources)
    lines += [
        "## What it is for", "",
        ("It learned from recordings for their person's own use: it is for them alone, and must not be passed on."
         if mine else "It learned only from recordings that were approved to be shared for training."), "",
        ("It acts only through `byhand do`, which asks before what can't be undone and stops at any key."
         if about.pictures is None else of_pictures.USE) + " It must not be used to judge people.", "",
    ]  # fmt: skip
    return "\n".join(lines).encode()


def _learned(about: About) -> list[str]:
    return [
        "| | |", "|---|---|",
        f"| learned from | {about.examples:,} acts of {about.episodes:,} episodes, {about.steps:,} batches |",
        f"| seed | {about.seed} |",
        *_network(about),
        *([f"| begun from | {about.parent} |"] if about.parent else []),
    ]  # fmt: skip


def _told_of(about: About) -> list[str]:
    private = about.private
    if about.pictures is not None:
        return [of_pictures.TELLS]
    spelled = "Every text that stands nowhere was learned by heart, also one that was typed once."
    if about.spelled > 1:
        spelled = (
            f"A text that stands neither in the goal nor on the page was learned by heart if {about.spelled} people "
            "typed it, or, where there are not as many, if it was typed in as many episodes."
        )
    if private is None:
        return [spelled, "", "Nothing else is hidden: `byhand eval --suite memory` says what models like it remember."]
    return [
        spelled, "",
        f"Its weights were learned with differential privacy (DP-SGD): whether one {private.unit} of "
        f"{private.units:,} was there changes the chance of any weights by no more than a factor of "
        f"e^{private.epsilon:g}, but for a chance of {private.delta:g}.", "",
        "| | |", "|---|---|",
        f"| epsilon, delta | {private.epsilon:g}, {private.delta:g} |",
        f"| hidden | one {private.unit} |",
        f"| noise | {private.noise:g} times the longest gradient ({private.clip:g}) |",
        f"| steps | {private.steps:,}, each {private.unit} in one with a chance of {private.rate:.3g} |", "",
        "That is not said of episodes that were held back: the figures above, and how sure it says it is, come from "
        "them. It is said of `weights.pt` alone: the other files name what it learned from.",
    ]  # fmt: skip


def _what(about: About) -> str:
    if about.pictures is not None:
        return of_pictures.WHAT
    if about.members:
        return f"{len(about.members)} small networks that do tasks on pages step by step, and decide together."
    if about.adapter is None:
        return "A small network that does tasks on pages step by step."
    return f"An adapter of {about.adapter.base} that does tasks on pages step by step, answering with an act in words."


def _network(about: About) -> list[str]:
    shape, made = about.shape, about.adapter
    if about.members:
        return [
            *(
                f"| member {one.name} v{one.version} | {one.shape.layers} layers, {one.shape.width} wide |"
                for one in about.members
            ),
            f"| reads | lists of observer {about.observer}, features {about.features} |",
        ]
    if made is None:
        return [
            f"| network | {shape.layers} layers, {shape.width} wide, {shape.heads} heads,"
            f" {len(shape.chords)} key chords |",
            f"| reads | lists of observer {about.observer}, features {about.features} |",
        ]
    return [
        f"| adapter of | {made.base}, `{made.revision[:12]}`, which has its own licence |",
        f"| weights | LoRA of rank {made.rank}, beside attention and feed-forward of the part that speaks |",
        f"| reads | lists of observer {about.observer}, told in version {made.telling}, to {made.longest:,} tokens |",
        f"| pictures | shown with {made.pictures:,} acts |",
    ]
