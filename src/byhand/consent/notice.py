"""The plain words a person reads before the yes, as data. How they look is the command line's business.

Rule of this module: every sentence is true of this very policy, and one a tired person understands.
"""

from __future__ import annotations

from typing import NamedTuple

from byhand.consent import public
from byhand.consent.policy import Policy, Purpose, Stream, public_origins


class Section(NamedTuple):
    heading: str
    lines: tuple[str, ...]


class Question(NamedTuple):
    """One stream, one yes or no; the answer to an empty line is no. `note` says what a yes means."""

    stream: Stream
    text: str
    note: str


_KEPT: dict[Stream, str] = {
    "actions": "which buttons, menus and fields you use, shortcuts such as Ctrl+S, what kind of key you press "
    "(a letter, a digit; not which one), scrolling, and which listed program you are in",
    "text": "titles and words on the screen, as far as they are proved harmless",
    "timing": "exactly when you press and let go of each key",
    "pointer": "the path of your mouse",
    "frames": "pictures of the listed programs, with every text painted over that is not proved harmless",
}

_ASKED: dict[Stream, tuple[str, str]] = {
    "actions": (
        "Record which controls you use?",
        "Buttons, menus, shortcuts, scrolling. Not what you type. Without this there is no recording.",
    ),
    "text": (
        "Also keep text?",
        "Window titles and what you type or paste, cleaned: names, numbers and unknown words become placeholders.",
    ),
    "timing": (
        "Also keep your typing rhythm?",
        "The exact time of each key. Your rhythm identifies you like a fingerprint: it is biometric data.",
    ),
    "pointer": (
        "Also keep the path of your mouse?",
        "Every movement over listed programs. The way you move identifies you: it is biometric data.",
    ),
    "frames": (
        "Also keep pictures of the screen?",
        "Only of listed programs, at most 4 a second, with text painted over. Colours and shapes stay visible.",
    ),
}

_USES: dict[Purpose, str] = {
    "mine": "for yourself: guides and automations of your own chores; such a recording can't be shared, even later",
    "train": "to train models: you may share it, after you have looked through it; nothing is shared by itself",
}


def notice(policy: Policy, purpose: Purpose, days: int, contexts: str = "") -> tuple[Section, ...]:
    """What, where, how often, what for, who could read it, how long, how to stop.

    Args:
        policy: what will be agreed to.
        purpose: what for.
        days: how long the yes holds.
        contexts: the version of the list of what is never recorded (`privacy.rules.listed`).
    """
    names = tuple(rule.name or rule.id for rule in policy.apps)
    sites = tuple(rule.origin for rule in policy.sites)
    what = tuple(
        f"{'always' if stream == 'actions' else 'only if you say yes'}: {_KEPT[stream]}" for stream in policy.streams
    )
    where = ["in these programs, and in no other: " + (", ".join(names) or "none")]
    if sites:
        where.append("in a browser only on: " + ", ".join(sites))
    elif any(rule.browser for rule in policy.apps):
        where.append("in a browser only its own buttons and menus, on no page")
    if policy.contexts.unsafe_allow:
        # It stands here and not under what is never recorded: it is the opposite of that.
        allowed = ", ".join(policy.contexts.unsafe_allow)
        where.append(f"UNSAFE: also where it is health, banking or another thing that otherwise never is: {allowed}")
    nobodys = sorted(public_origins(policy))
    if nobodys:
        where.append(f"UNSAFE: {public.said(nobodys)}")
    return (
        Section("What is recorded", what),
        Section("Where", tuple(where)),
        Section("What never is", (
            "passwords and other secret fields, password managers, private windows, the lock screen",
            "health, banking, tax, payroll, staff matters, unions, the law, calls and screen sharing, as far as "
            f"our list{f' (version {contexts})' if contexts else ''} knows them{_more(policy)}",
            "what other people wrote: mails, chats, documents, comments, what a terminal prints"
            + (f" (but on {', '.join(nobodys)}, see above)" if nobodys else ""),
            "what is typed or shown in a program that does not tell us what its fields are",
        )),
        Section("How often", (
            f"only while a recording runs that you started{_hours(policy)}; a sign on the screen shows it",
        )),
        Section("What for", (_USES[purpose],)),
        Section("Who could read it", (
            "you, and anybody who can use your account on this computer",
            "it is encrypted on the disk, it stays on this computer, and the recorder can't use the network",
        )),
        Section("How long", (
            f"this yes ends by itself after {_days(days)}",
            f"a recording you have not looked through is erased after {_days(policy.retention_days)}",
        )),
        Section("How to stop", (
            "pause at any time, as long as you like: byhand pause",
            "take the yes back: byhand consent withdraw; a running recording ends within a second",
            "erase what was recorded: byhand forget --all",
            "saying no, now or later, changes nothing else on this computer",
        )),
    )  # fmt: skip


def questions(policy: Policy) -> tuple[Question, ...]:
    """One for each stream the policy allows, in order; the first, `actions`, is the yes itself."""
    return tuple(Question(stream, *_ASKED[stream]) for stream in _ASKED if stream in policy.streams)


def _more(policy: Policy) -> str:
    more = (*policy.contexts.apps, *policy.contexts.sites, *policy.contexts.titles)
    return f"; and here also: {', '.join(more)}" if more else ""


def _hours(policy: Policy) -> str:
    if policy.hours is None:
        return ""
    return f", and only {', '.join(policy.hours.days)} from {policy.hours.start} to {policy.hours.end}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"
