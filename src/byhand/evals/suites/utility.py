"""What remains useful: how well the next act can be foretold from guarded recordings, against unguarded ones.

The same synthetic work is seen twice: as raw events (everything in them) and as the guard lets them out, with the
streams `actions` and `text`. A model of one kind is trained on each and asked what comes next; the answer it must give
is the same. The model is small: it counts what followed the last acts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from byhand.capture.scripted import script
from byhand.consent.grant import make
from byhand.consent.policy import parse
from byhand.evals import stand
from byhand.evals.figure import Figure
from byhand.evals.work import APPS, shift
from byhand.events.kinds import AnyEvent, Element, Key, Text, Window
from byhand.events.raw import Raw, RawButton, RawElement, RawKey, RawWindow
from byhand.privacy.guard import Guard

POLICY = 'version = 1\nstreams = ["actions", "text"]\npurposes = ["train"]\n' + "".join(
    f'[[apps]]\nid = "{app}"\n' for app in APPS
)
_ORDER = 4  # acts looked back on
_RESAMPLES = 1_000
_ACTS = ("press", "focus entry", "hotkey")  # with which a step begins: a click, typing into a field, a shortcut
_HELD = 4 | 8 | 64  # Control, Alt, Super


class Token(NamedTuple):
    """One act as it was seen. word: all that is known of it; sort: what is left of it when it was never seen before."""

    word: str
    sort: str


def measure(shifts: int = 60, chores: int = 40, *, seed: int = 1) -> list[Figure]:
    """Accuracy on guarded work as a share of that on unguarded work.

    Args:
        shifts: how many are worked; two thirds are learned from, one third is asked about.
        chores: in each.
        seed: of the dice.
    """
    dice = Random(seed)  # noqa: S311  # dice, not keys
    seen: list[tuple[list[str], list[Token], list[Token]]] = []
    for _ in range(shifts):
        work = shift(dice, chores)
        raws = script("\n".join(work.lines))
        seen.append((work.steps, raw_tokens(raws), kept_tokens(_guarded(raws))))
    cut = len(seen) * 2 // 3
    right: list[tuple[list[bool], list[bool]]] = []
    models = Model(), Model()
    for steps, *views in seen[:cut]:
        for model, tokens in zip(models, views, strict=True):
            for history, label in examples(steps, tokens):
                model.learn(history, label)
    for steps, *views in seen[cut:]:
        answers = [
            [model.foretell(history) == label for history, label in examples(steps, tokens)]
            for model, tokens in zip(models, views, strict=True)
        ]
        right.append((answers[0], answers[1]))
    return [_figure(right, Random(seed))]  # noqa: S311


def examples(steps: Sequence[str], tokens: Sequence[Token]) -> list[tuple[tuple[Token, ...], str]]:
    """For each step: what was seen before it, and which act it was.

    Raises:
        ValueError: an act was not seen, so that nobody knows which step is which.
    """
    acts = [place for place, token in enumerate(tokens) if token.sort.startswith(_ACTS)]
    return [(tuple(tokens[max(0, at - _ORDER) : at]), label) for at, label in zip(acts, steps, strict=True)]


class Model:
    """Counts what followed the last acts, for each number of them, by word and by sort."""

    def __init__(self) -> None:
        self._followed: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)

    def learn(self, history: tuple[Token, ...], label: str) -> None:
        for context in _contexts(history):
            self._followed[context][label] += 1

    def foretell(self, history: tuple[Token, ...]) -> str:
        """The likeliest label: what followed in all contexts, mixed from the shortest to the longest.

        How much a context counts is Witten and Bell's (1991): the more often it was seen, and the fewer different acts
        followed it, the more.
        """
        likely: dict[str, float] = {}
        for context in _contexts(history):
            known = self._followed.get(context)
            if known is None:
                continue
            seen = known.total()
            trust = seen / (seen + len(known))
            likely = {label: (1 - trust) * share for label, share in likely.items()}
            for label, count in known.items():
                likely[label] = likely.get(label, 0.0) + trust * count / seen
        return max(likely, key=lambda label: likely[label], default="")


def _contexts(history: tuple[Token, ...]) -> list[tuple[str, ...]]:
    """From none to all of the last acts: by their sorts, by the last one's word, by all their words."""
    made: list[tuple[str, ...]] = [()]
    for length in range(1, len(history) + 1):
        last = history[-length:]
        sorts = [token.sort for token in last]
        made.append(("sorts", *sorts))
        made.append(("last", *sorts[:-1], last[-1].word))
        made.append(("words", *(token.word for token in last)))
    return made


# ---- the same acts, seen raw and seen kept


def raw_tokens(raws: Sequence[Raw]) -> list[Token]:
    """What somebody without a guard would have: every name, every letter."""
    tokens: list[Token] = []
    typed = ""
    for raw in raws:
        if isinstance(raw, RawKey) and raw.down and not raw.mods & _HELD and 0x20 <= raw.keysym < 0x7F:
            typed += chr(raw.keysym)
            continue
        if typed and not isinstance(raw, RawKey):
            tokens.append(Token(f"type {typed}", "type"))
            typed = ""
        match raw:
            case RawWindow(change="focus"):
                tokens.append(Token(f"focus {raw.app} {raw.title}", f"focus {raw.app}"))
            case RawElement():
                tokens.append(Token(f"{raw.why} {raw.role} {raw.name}", f"{raw.why} {raw.role}"))
            case RawKey(down=True) if raw.mods & _HELD:
                tokens.append(Token(f"hotkey {raw.mods} {raw.keysym}", "hotkey"))
            case RawButton() | _:
                pass
    return tokens


def kept_tokens(events: Sequence[AnyEvent]) -> list[Token]:
    """The same from what the guard let out."""
    tokens: list[Token] = []
    for event in events:
        match event:
            case Window(change="focus"):
                tokens.append(Token(f"focus {event.app} {event.title}", f"focus {event.app}"))
            case Element():
                tokens.append(Token(f"{event.why} {event.role} {event.name}", f"{event.why} {event.role}"))
            case Text():
                tokens.append(Token(f"type {event.text}", "type"))
            case Key(down=True) if event.mods & _HELD:
                tokens.append(Token(f"hotkey {event.mods} {event.keysym}", "hotkey"))
            case _:
                pass
    return tokens


def _guarded(raws: Sequence[Raw]) -> list[AnyEvent]:
    policy = parse(POLICY, "policy.toml")
    grant = make(POLICY, policy, ("actions", "text"), None, None, "train", 1_780_000_000, 30, "work", stand.KEY)
    guard = Guard(policy, grant, seed=b"work")
    kept: list[AnyEvent] = []
    for raw in raws:
        kept += guard.settle(raw.mono_ns - 1)
        kept += guard.feed(raw)
    return kept + guard.close(raws[-1].mono_ns + 5_000_000_000)


def _figure(right: Sequence[tuple[list[bool], list[bool]]], dice: Random) -> Figure:
    def share(some: Sequence[tuple[list[bool], list[bool]]]) -> float:
        raw, kept = (sum(sum(pair[view]) for pair in some) for view in (0, 1))
        return kept / raw if raw else 0.0

    again = sorted(share(dice.choices(right, k=len(right))) for _ in range(_RESAMPLES))
    n = sum(len(pair[0]) for pair in right)
    raw, kept = (sum(sum(pair[view]) for pair in right) / n for view in (0, 1))
    return Figure(
        row="next action", what="next-action accuracy, guarded against unguarded work", unit="share", n=n,
        value=share(right), low=again[int(0.025 * _RESAMPLES)], high=again[int(0.975 * _RESAMPLES)], reach=0.97,
        better="higher",
        note=f"unguarded {raw:.3f}, guarded {kept:.3f}: a placeholder is met again, a name is new each "
        "time. Made-up chores and a model that counts; real work is harder",
    )  # fmt: skip
