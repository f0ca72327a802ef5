"""Fairground: what people reported, the written rules, and who wrote it."""

from __future__ import annotations

import random

from byhand.evals.office.families import Record, Tables
from byhand.evals.office.seeds import PEOPLE, day_near
from byhand.evals.office.shape import App, Collection, Deed, Field, Form

DECISIONS = ("Keep", "Remove", "Restrict")
RULES = ("1 Insults", "2 Spam", "3 Private data", "4 Counterfeits", "5 Adult content")
TEAMS = ("Legal", "Safety", "Payments", "Press")
COUNTRIES = ("Portugal", "Poland", "Japan", "Ghana", "Canada")
_WAITING = (("status", ("Waiting",)),)
_OVER = (("status", ("Decided", "Escalated")),)
_THINGS = (
    "Two bikes", "Old camera", "Garden chairs", "Concert tickets", "Vintage lamp", "Piano lessons", "Winter coat",
    "Handmade bowls", "Phone, as new", "Moving boxes", "Kids' books", "Sourdough starter", "Tent for four",
    "Sewing machine", "Designer bag", "Holiday flat", "Puppies", "Old coins",
)  # fmt: skip
_HEADS = ("Insults", "Spam", "Private data", "Counterfeits", "Adult content")
_WORDS = (
    "Fresh offer, write to me for the price.", "Wer das kauft, ist selber schuld!", "Cliquez ici pour gagner un prix.",
    "Call me at home after six.", "Original, mit Rechnung, kein Tausch.", "Nunca compren a esta persona.",
    "Best quality, ships from abroad.", "Looking for the owner of this.",
)  # fmt: skip

ITEMS = Collection(
    name="items", one="Report", many="Queue", key="title",
    fields=(
        Field("title", "Title", required=True, group="Report"),
        Field("author", "Author", group="Report"),
        Field("kind", "Kind", group="Report"),
        Field("reports", "Reports", kind="number", default=0, group="Report"),
        Field("text", "Text", kind="long", group="Report"),
        Field("status", "Status", kind="choice", options=(), later=("Waiting", "Decided", "Escalated"),
              default="Waiting", group="Decision"),
        Field("decision", "Decision", kind="choice", options=DECISIONS, more=("Ask the author",), required=True,
              widget="radio", group="Decision"),
        Field("rule", "Rule", kind="choice", options=RULES, more=("6 Other", "22 Spam by machines"), required=True,
              group="Decision"),
        Field("reason", "Reason", kind="long", required=True, group="Decision"),
        Field("notify", "Tell the author", kind="check", default=False, group="Decision"),
        Field("team", "Team", kind="choice", options=TEAMS, more=("Legal, abroad",), required=True, widget="listbox",
              group="Escalation"),
        Field("until", "Answer by", kind="date", group="Escalation"),
        Field("urgent", "Urgent", kind="check", default=False, group="Escalation"),
        Field("case", "Author's case number", group="Escalation"),
    ),
    columns=("title", "author", "kind", "reports", "status"),
    forms=(
        Form("decide", "Decide", "Decide on this report", ("decision", "rule", "reason", "notify"), "Save decision",
             (("status", "Decided"),), on="Save and next", when=_WAITING),
        Form("escalate", "Escalate", "Escalate this report", ("team", "until", "urgent"), "Escalate report",
             (("status", "Escalated"),), when=_WAITING),
        Form("case", "Link a case", "Link a case", ("case",)),
    ),
    deeds=(
        Deed("keep", "Keep", (("status", "Decided"), ("decision", "Keep")), when=_WAITING, done="Decided"),
        Deed("reopen", "Reopen", (("status", "Waiting"), ("decision", ""), ("rule", ""), ("reason", "")), when=_OVER,
             done="Opened again"),
    ),
    search=("title", "author"), filter="status", apart=("author", "kind", "reports"), waits=("status", "Waiting"),
)  # fmt: skip

AUTHORS = Collection(
    name="authors", one="Author", many="Authors", key="name",
    fields=(
        Field("name", "Name", required=True, group="Author"),
        Field("country", "Country", group="Author"),
        Field("case", "Case number", group="Author"),
        Field("strikes", "Strikes", kind="number", default=0, group="Standing"),
        Field("note", "Note", kind="long", group="Standing"),
    ),
    columns=("name", "country", "strikes"),
    forms=(Form("edit", "Edit", "Edit author", ("country", "note")),),
    deeds=(Deed("warn", "Warn", counts="strikes", done="Warned"),),
    search=("name", "country"), apart=("country", "case", "strikes"), per_page=12,
)  # fmt: skip

WRITTEN = Collection(
    name="rules", one="Rule", many="Rules", key="code",
    fields=(
        Field("code", "Code", required=True, group="Rule"),
        Field("title", "Title", required=True, group="Rule"),
        Field("weight", "Weight", kind="choice", options=("Light", "Medium", "Heavy"), more=("None",), default="Medium",
              group="Rule"),
        Field("since", "Valid from", kind="date", required=True, group="Rule"),
        Field("text", "Text", kind="long", required=True, group="Rule"),
    ),
    columns=("code", "title", "weight", "since"),
    forms=(
        Form("new", "New rule", "New rule", ("code", "title", "weight", "since", "text")),
        Form("edit", "Edit", "Edit rule", ("code", "title", "weight", "since", "text")),
    ),
    deeds=(
        Deed("repeal", "Repeal", asks="Repeal this rule for good?", in_row=False, removes=True, done="Repealed"),
    ),
    search=("code", "title"), apart=("title", "weight", "since"),
)  # fmt: skip


def _seed(draw: random.Random) -> Tables:
    authors: dict[str, Record] = {}
    for place, name in enumerate((*PEOPLE, *PEOPLE[:4])):
        # The first four are there twice, from two countries.
        country = COUNTRIES[(place + (place >= len(PEOPLE)) * 2) % len(COUNTRIES)]
        authors[f"a{place + 1}"] = AUTHORS.blank() | {
            "name": name, "country": country, "case": f"C-{draw.randrange(10**5, 10**6)}", "strikes": draw.randrange(3),
        }  # fmt: skip
    titles = [f"{thing}, lot {lot}" for thing in _THINGS for lot in draw.sample(range(10, 99), 6)]
    draw.shuffle(titles)
    items: dict[str, Record] = {}
    for place, title in enumerate(titles[:100]):
        author = PEOPLE[place % len(PEOPLE)]
        record = ITEMS.blank() | {
            "title": title, "author": author, "kind": draw.choice(("Listing", "Comment", "Photo", "Message")),
            "reports": draw.choice((1, 2, 3, 5, 8, 12, 14, 21)), "text": draw.choice(_WORDS),
        }  # fmt: skip
        if place >= 3 * len(PEOPLE):
            record |= {
                "status": "Decided", "decision": draw.choice(DECISIONS), "rule": draw.choice(RULES),
                "reason": "As written in the rule.",
            }  # fmt: skip
        items[f"r{place + 1}"] = record
    mixed = list(items)
    draw.shuffle(mixed)
    rules: dict[str, Record] = {}
    for letter in "ABCDE":
        for title, number in zip(_HEADS, draw.sample(range(10, 99), len(_HEADS)), strict=True):
            rules[f"w{len(rules) + 1}"] = WRITTEN.blank() | {
                "code": f"{letter}-{number}", "title": title, "weight": draw.choice(("Light", "Medium", "Heavy")),
                "since": day_near(draw, -400, -30), "text": f"{title}: removed when more than one person reported it.",
            }  # fmt: skip
    return {"items": {key: items[key] for key in mixed}, "authors": authors, "rules": rules}


APP = App(
    name="moderation", title="Fairground", people=("Ngozi Abara", "Jørgen Fossum"),
    collections=(ITEMS, AUTHORS, WRITTEN), seed=_seed,
    optional=Field("reference", "Your reference"),
    required=Field("language", "Language of the text", kind="choice", options=("English", "German", "French"),
                   required=True),
    more=("Every change now also tells all who reported it.", "told"),
    prose=(("help", "Help", (
        ("What to do with a report", "Read it, find the rule, decide, and say why in one sentence."),
        ("When to escalate", "A report that more than 10 people made goes to Safety; all others are kept."),
        ("Two authors of one name", "The country tells them apart."),
    )),),
)  # fmt: skip
