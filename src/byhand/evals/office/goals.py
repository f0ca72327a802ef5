"""What a person would say for a row of a task: goals in words, and which tasks and words are kept for tests.

Rules of this module: a goal says all that the row holds and names no button's place, as nobody does who knows the app.
`SHOWN` is what demonstrations are made of; what is measured on its tasks has other rows and the words of `Words.held`;
`KEPT` are tasks that nobody shows. This table is the one place where that is said.
"""

from __future__ import annotations

import random
from typing import Literal, NamedTuple

from byhand.evals.office.families import Row, filled

Which = Literal["shown", "various", "held"]


class Words(NamedTuple):
    """Templates over the row's columns. shown: of demonstrations by one person. held: for tests alone. more: as others
    would say it: with `shown`, the words of demonstrations by many.
    """

    shown: tuple[str, ...]
    held: tuple[str, ...]
    more: tuple[str, ...] = ()

    @property
    def various(self) -> tuple[str, ...]:
        return (*self.shown, *self.more)


SHOWN: tuple[str, ...] = (
    "invoices-vendor", "invoices-delete", "invoices-email", "moderation-rule", "moderation-note", "moderation-reopen",
    "tickets-person", "tickets-away",
)  # fmt: skip
"""Tasks that are shown and learned from."""
KEPT: tuple[str, ...] = (
    "invoices-block", "moderation-warn", "moderation-repeal", "tickets-close", "tickets-assign", "invoices-pay",
)  # fmt: skip
"""Tasks that nobody shows: each is made of acts that some shown task has too, in another order or app."""

WORDS: dict[str, Words] = {
    "invoices-vendor": Words(
        (
            'Enter the vendor "{name}" from {city}: VAT number {vat}, contact {contact}, e-mail {email}. Then save.',
            'Add a new vendor called "{name}", city "{city}", VAT number "{vat}", contact "{contact}", e-mail {email}.',
            "New vendor: name {name}, city {city}, VAT number {vat}, contact {contact}, e-mail {email}.",
        ),
        (
            'Please create "{name}" of {city} as a vendor with VAT number {vat}, contact {contact} and e-mail {email}.',
            "We have a new supplier among the vendors: {name}, {city}. VAT {vat}, contact {contact}, mail {email}.",
        ),
        (
            "Put {name} in {city} on the list of vendors, VAT number {vat}, contact {contact}, e-mail {email}.",
            'Make an entry for the vendor "{name}": e-mail {email}, contact {contact}, city {city}, VAT number {vat}.',
            "{name}, {city}, VAT number {vat}, contact {contact}, e-mail {email}: put this vendor in.",
            "Register {name} as a vendor. City: {city}. VAT number: {vat}. Contact: {contact}. E-mail: {email}.",
            'The vendor "{name}" is not there yet. It is in {city}, has the VAT number {vat}; {contact}, {email}.',
            "Start a record for a vendor, {name} ({city}, {vat}), reached through {contact} at {email}.",
        ),
    ),
    "invoices-delete": Words(
        ('Delete the invoice "{number}".', "Find invoice {number} and delete it.", "Remove the invoice {number}."),
        ("Invoice {number} was a mistake: please delete it.", 'Get rid of "{number}".'),
        (
            "{number} should not exist. Delete it.",
            "Search for the invoice {number} and throw it out.",
            'We do not want the invoice "{number}" any more, delete it.',
            "Take invoice {number} off the list.",
            "Drop {number}.",
            'Please look for "{number}" among the invoices and then delete that one.',
        ),
    ),
    "invoices-email": Words(
        (
            'Change the e-mail of the vendor "{name}" in {city} to {email}.',
            "Set the e-mail of {name} ({city}) to {email} and save.",
            'The vendor "{name}" in "{city}" has a new e-mail: "{email}".',
        ),
        (
            "From now on we write to {email} when it is about the vendor {name} from {city}: change it.",
            'Edit the vendor "{name}" of {city}: e-mail {email}.',
        ),
        (
            "{name} in {city} can be reached at {email} now, update the vendor.",
            'Correct the e-mail of "{name}" ({city}): it is {email}.',
            "Replace what stands as e-mail for the vendor {name} of {city} with {email}.",
            "Vendor {name}, {city}: the e-mail should be {email}.",
            "Their address is {email} these days, I mean {name} from {city}. Save it.",
            'Look up "{name}" in {city} and put {email} as the e-mail.',
        ),
    ),
    "moderation-rule": Words(
        (
            'Write the rule "{code}" with the title "{name}", valid from {since}, text "{text}".',
            "New rule: code {code}, title {name}, valid from {since}, text: {text}",
            'Add a rule with code "{code}" and title "{name}"; it is valid from {since} and says "{text}".',
        ),
        (
            'We need a rule {code}, called "{name}", in force from {since}: "{text}"',
            'Enter rule {code} ({name}), valid from {since}. Its text is "{text}".',
        ),
        (
            'Put in a rule: "{name}", code {code}, since {since}. It reads "{text}"',
            "Code {code}, title {name}, valid from {since}, text {text} makes a new rule.",
            'From {since} there is a rule "{name}" with the code {code}: "{text}"',
            'Make a rule named {name} ({code}). Valid from: {since}. Text: "{text}"',
            'Set up "{name}" as rule {code}, starting {since}, saying "{text}".',
            "Record one more rule, {code}: {name}. It starts on {since}. Text: {text}",
        ),
    ),
    "moderation-note": Words(
        (
            'Note on the author "{name}" from {country}: "{note}"',
            'Write the note "{note}" on {name} from {country} and save.',
            'Find the author {name} in {country} and set the note to "{note}".',
        ),
        (
            'Add this to what we know of the author {name} ({country}): "{note}"',
            '{name} from "{country}" gets the note "{note}".',
        ),
        (
            'Leave a note for the author {name} of {country}: "{note}"',
            'The note on "{name}" in {country} should read "{note}".',
            '"{note}" is what I want noted about {name} from {country}.',
            "Author {name}, {country}. Note: {note}",
            'Put "{note}" into the note of the author {name}, who is in {country}.',
            'Please write down "{note}" for {name} ({country}).',
        ),
    ),
    "moderation-reopen": Words(
        ('Open "{title}" again.', "Reopen {title}.", 'Find the report "{title}" and reopen it.'),
        ("The report {title} has to be looked at again: reopen it.", 'Please put "{title}" back by Reopen.'),
        (
            "We closed {title} too early, reopen it.",
            'Look for "{title}" and make it open once more.',
            "The report {title} is not done: open it again.",
            "Reopen the one called {title}, please.",
            'I want "{title}" to be open again.',
            "{title} must be reopened.",
        ),
    ),
    "tickets-person": Words(
        (
            'Add "{name}" to the team {team}, e-mail {email}.',
            'Enter a new person "{name}", team "{team}", e-mail "{email}".',
            "New person: {name}, team {team}, e-mail {email}. Save.",
        ),
        (
            "{name} joins {team}; the e-mail is {email}. Enter that among the people.",
            'Create the person "{name}" in the team "{team}" with the e-mail {email}.',
        ),
        (
            "{name} is new here, in {team}. E-mail: {email}. Add this person.",
            "Put {name} on the list of people: {email}, team {team}.",
            'A new colleague: "{name}", e-mail {email}, works for {team}.',
            "Register {name} ({email}) with the team {team}.",
            "Team {team} has somebody new, {name}; write to them at {email}.",
            "Make an entry for the person {name}, e-mail {email}, and choose {team} as the team.",
        ),
    ),
    "tickets-away": Words(
        (
            "Set {name} of the team {team} away.",
            'Find "{name}" of the team "{team}" and set them away.',
            "{name} ({team}) is away: set it.",
        ),
        ("{name} from {team} is on leave, please set away.", 'Mark "{name}" of {team} as away among the people.'),
        (
            "{name} of {team} is not here: set away.",
            "Show everybody that {name} in the team {team} is away.",
            'Look up "{name}" ({team}) and switch them to away.',
            "Away from today: {name}, team {team}.",
            "Please change {name} from the team {team} to away.",
            "{name} in {team} is out, so set that person away.",
        ),
    ),
    "invoices-enter": Words(
        (),
        (
            "Enter the urgent invoice {number} of {vendor}: invoice date {date}, due date {due}, amount {amount}, "
            "currency {currency}, category {category}.",
        ),
    ),
    "invoices-approval": Words(
        (),
        (
            "Enter the invoice {number} of {vendor}: invoice date {date}, amount {amount}, category {category}; above "
            "1,000.00 its status is Needs approval.",
        ),
    ),
    "invoices-postpone": Words((), ('Set the due date of the invoice {number} to {due} with the note "{note}".',)),
    "invoices-pay": Words(
        (),
        ("Mark the invoice {number} as paid.", 'The invoice "{number}" is paid: find it and mark it as paid.'),
    ),
    "invoices-remind": Words((), ('Remind of every open invoice of the vendor "{vendor}".',)),
    "invoices-block": Words(
        (),
        ("Block the vendor {name} in {city}.", 'Find "{name}" of {city} among the vendors and block it.'),
    ),
    "invoices-vat": Words((), ("Carry the VAT number of the vendor {vendor} over to the invoice {number}.",)),
    "moderation-decide": Words(
        (),
        ('Decide on "{title}": {decision}, by rule {rule}, reason "{reason}", and tell the author.',),
    ),
    "moderation-escalate": Words((), ('Escalate "{title}" to {team} as urgent, answer by {until}.',)),
    "moderation-triage": Words((), ('Escalate "{title}" to Safety if more than 10 reported it, else keep it.',)),
    "moderation-clear": Words((), ("Keep everything of {author} that waits.",)),
    "moderation-warn": Words(
        (),
        ("Warn the author {name} from {country}.", 'Find "{name}" from "{country}" among the authors and warn them.'),
    ),
    "moderation-case": Words((), ('Link the case number of the author {author} to "{title}".',)),
    "moderation-repeal": Words(
        (),
        ("Repeal the rule {code} for good.", 'Find the rule "{code}" and repeal it.'),
    ),
    "tickets-report": Words(
        (),
        (
            'Report the bug "{title}" in {project}, component {component}, steps "{steps}", severity {severity}, '
            "a regression, assignee {assignee}, due date {due}.",
        ),
    ),
    "tickets-crash": Words(
        (),
        (
            'Report "{title}" in {project}, component {component}, affected users {affected}; above 100 it is Critical '
            "and blocks the release.",
        ),
    ),
    "tickets-assign": Words(
        (),
        ('Hand "{title}" over to {assignee}, due date {due}.', 'Edit "{title}": assignee {assignee}, due date {due}.'),
    ),
    "tickets-close": Words((), ('Close "{title}".', "Find the bug {title} and close it.")),
    "tickets-triage": Words((), ("Triage every open bug of {project}.",)),
    "tickets-pass": Words((), ('Pass every check of the test run "{run}" and finish it.',)),
    "tickets-restore": Words((), ('Restore the deleted bug "{title}".',)),
    "tickets-build": Words((), ('Carry the build of the test run "{run}" over to the bug "{title}".',)),
}
"""By family. Left out are those whose row is a table of its own: no sentence says it all."""


def goal(family: str, row: Row, which: Which, seed: int) -> str:
    """The words for a row, drawn by the seed.

    Raises:
        KeyError: there are none for that family.
        ValueError: none of that kind.
    """
    templates: tuple[str, ...] = getattr(WORDS[family], which)
    if not templates:
        raise ValueError("this task has no such words")
    draw = random.Random(f"{family}/{which}/{seed}")  # noqa: S311  no secret
    return filled(draw.choice(templates), row.values)
