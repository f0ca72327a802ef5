"""What is done in Fairground: ten families, from a new rule to a decision that depends on what the page shows."""

from __future__ import annotations

import random

from byhand.evals.office.apps.moderation import AUTHORS, COUNTRIES, DECISIONS, RULES, TEAMS, WRITTEN
from byhand.evals.office.families import Act, EachShown, Effect, Family, Record, Row, Tables, When
from byhand.evals.office.seeds import PEOPLE, day_near
from byhand.evals.office.tasks.drawing import day_of, ids, rows, unique

_NO_FORM = frozenset({"REQUIRED", "OPTIONS_RENAMED", "OPTIONS_REMOVED", "POPUP_TYPING"})
_NO_CHOICE = frozenset({"OPTIONS_RENAMED", "OPTIONS_REMOVED"})
MANY = 10_00
_NEW_RULES = ("Scams", "Raffles", "Live animals", "Waffen", "Contrefaçons")
_REASONS = (
    "Reported by {}, and rightly so.", "The second time this week – see {}'s note.", "Rien à redire, dit {}.",
    "Eindeutig, laut {}.",
)  # fmt: skip


def _waiting(tables: Tables, draw: random.Random, count: int, status: str = "Waiting") -> list[Record]:
    return draw.sample([one for one in tables["items"].values() if one["status"] == status], count)


def _titles(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows({"title": str(one["title"])} for one in _waiting(tables, draw, count))


def _decided_titles(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows({"title": str(one["title"])} for one in _waiting(tables, draw, count, "Decided"))


def _decisions(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows(
        {
            "title": str(one["title"]), "decision": draw.choice(DECISIONS), "rule": draw.choice(RULES),
            "reason": draw.choice(_REASONS).format(draw.choice(PEOPLE)),
        }
        for one in _waiting(tables, draw, count)
    )  # fmt: skip


def _decided(before: Tables, row: Row) -> Effect:
    told = row.values
    return _item(
        before, row, decision=told["decision"], rule=told["rule"], reason=told["reason"], notify=True, status="Decided"
    )


def _escalations(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows(
        {"title": str(one["title"]), "team": draw.choice(TEAMS), "until": day_near(draw, 2, 40)}
        for one in _waiting(tables, draw, count)
    )


def _escalated(before: Tables, row: Row) -> Effect:
    until = day_of(row.values["until"])
    return _item(before, row, team=row.values["team"], until=until, urgent=True, status="Escalated")


def _triaged(before: Tables, row: Row) -> Effect:
    item = before["items"].get(unique(before, "items", title=row.values["title"]), {})
    if int(str(item.get("reports", 0))) * 100 > MANY:
        return _item(before, row, team="Safety", status="Escalated")
    return _item(before, row, decision="Keep", status="Decided")


def _reopened(before: Tables, row: Row) -> Effect:
    return _item(before, row, status="Waiting", decision="", rule="", reason="")


def _item(before: Tables, row: Row, **fields: str | bool) -> Effect:
    return Effect(changed=(("items", unique(before, "items", title=row.values["title"]), dict(fields)),))


def _authors(_: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows({"author": name} for name in draw.sample(PEOPLE, count))


def _cleared(before: Tables, row: Row) -> Effect:
    found = ids(before, "items", author=row.values["author"], status="Waiting")
    return Effect(changed=tuple(("items", key, {"status": "Decided", "decision": "Keep"}) for key in found))


def _twins(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    """The authors that are there twice come first, so that few rows already show it."""
    known = list(tables["authors"].values())
    names = [one["name"] for one in known]
    twice = [one for one in known if names.count(one["name"]) > 1]
    chosen = [*twice, *draw.sample([one for one in known if one not in twice], max(0, count - len(twice)))][:count]
    return rows({"name": str(one["name"]), "country": str(one["country"])} for one in chosen)


def _noted(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return [
        Row(row.number, row.values | {"note": draw.choice(_REASONS).format(draw.choice(PEOPLE))})
        for row in _twins(tables, draw, count)
    ]


def _author(before: Tables, row: Row) -> str:
    return unique(before, "authors", name=row.values["name"], country=row.values["country"])


def _warned(before: Tables, row: Row) -> Effect:
    key = _author(before, row)
    strikes = int(str(before["authors"].get(key, AUTHORS.blank())["strikes"]))
    return Effect(changed=(("authors", key, {"strikes": strikes + 1}),))


def _noted_effect(before: Tables, row: Row) -> Effect:
    return Effect(changed=(("authors", _author(before, row), {"note": row.values["note"]}),))


def _with_author(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    names = [one["name"] for one in tables["authors"].values()]
    found = [one for one in tables["items"].values() if one["status"] == "Waiting" and names.count(one["author"]) == 1]
    return rows({"title": str(one["title"]), "author": str(one["author"])} for one in draw.sample(found, count))


def _linked(before: Tables, row: Row) -> Effect:
    author = before["authors"].get(unique(before, "authors", name=row.values["author"]), {})
    return _item(before, row, case=str(author.get("case", "")))


def _new_rules(_: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows(
        {
            "code": f"N-{100 + number}", "name": draw.choice(_NEW_RULES),
            "since": day_near(draw, 1, 90),
            "text": f"Not allowed in {draw.choice(COUNTRIES)}; ask {draw.choice(PEOPLE)} when in doubt.",
        }
        for number in range(count)
    )  # fmt: skip


def _added_rule(_: Tables, row: Row) -> Effect:
    told = row.values
    record: Record = {
        "code": told["code"], "title": told["name"], "since": day_of(told["since"]), "text": told["text"],
    }  # fmt: skip
    return Effect(added=(("rules", WRITTEN.blank() | record),))


def _codes(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows({"code": str(one["code"])} for one in draw.sample(list(tables["rules"].values()), count))


def _repealed(before: Tables, row: Row) -> Effect:
    return Effect(removed=(("rules", unique(before, "rules", code=row.values["code"])),))


def _link(name: str) -> Act:
    return Act("press", name, role="link")


_OPEN_IT = (Act("fill", "Search", "{title}"), Act("press", "Show"), _link("{title}"))
_FIND_AUTHOR = (_link("Authors"), Act("fill", "Search", "{name}"), Act("press", "Show"))

FAMILIES: tuple[Family, ...] = (
    Family(
        "moderation-rule", "moderation", "Write the rule {code}, valid from {since}.", ("parameters",), _new_rules,
        (
            _link("Rules"), _link("New rule"), Act("fill", "Code", "{code}"), Act("fill", "Title", "{name}"),
            Act("date", "Valid from", "{since}"), Act("fill", "Text", "{text}"), Act("press", "Save"),
        ),
        _added_rule, _NO_CHOICE | {"DUPLICATES"}, risky=True,
    ),
    Family(
        "moderation-decide", "moderation", "Decide on {title}: {decision}, by rule {rule}.", ("parameters",),
        _decisions,
        (
            *_OPEN_IT, _link("Decide"), Act("choose", "Decision", "{decision}"), Act("choose", "Rule", "{rule}"),
            Act("fill", "Reason", "{reason}"), Act("check", "Tell the author"), Act("press", "Save decision"),
        ),
        _decided,
    ),
    Family(
        "moderation-escalate", "moderation", "Escalate {title} to {team}, answer by {until}.", ("parameters",),
        _escalations,
        (
            *_OPEN_IT, _link("Escalate"), Act("choose", "Team", "{team}"), Act("date", "Answer by", "{until}"),
            Act("check", "Urgent"), Act("press", "Escalate report"),
        ),
        _escalated,
    ),
    Family(
        "moderation-triage", "moderation", "Escalate {title} to Safety if more than 10 reported it, else keep it.",
        ("parameters", "branch"), _titles,
        (
            *_OPEN_IT, Act("read", "Reports", "reports"),
            When("reports", MANY, (
                _link("Escalate"), Act("choose", "Team", "Safety"), Act("press", "Escalate report"),
            ), (Act("press", "Keep"),)),
        ),
        _triaged,
    ),
    Family(
        "moderation-clear", "moderation", "Keep everything of {author} that waits.",
        ("parameters", "loop", "pages", "row"), _authors,
        (EachShown(("{author}", "Waiting"), "Keep", next="Next page"),), _cleared, _NO_FORM | {"DUPLICATES"},
    ),
    Family(
        "moderation-reopen", "moderation", "Open {title} again.", ("parameters", "row"), _decided_titles,
        (Act("fill", "Search", "{title}"), Act("press", "Show"), Act("press", "Reopen", row=("{title}",))),
        _reopened, _NO_FORM,
    ),
    Family(
        "moderation-warn", "moderation", "Warn {name} from {country}.", ("parameters", "row", "twins"), _twins,
        (*_FIND_AUTHOR, Act("press", "Warn", row=("{name}", "{country}"))), _warned, _NO_FORM | {"DUPLICATES"},
        risky=True,
    ),
    Family(
        "moderation-note", "moderation", "Note on {name} from {country}: {note}", ("parameters", "row", "twins"),
        _noted,
        (
            *_FIND_AUTHOR, Act("press", "{name}", role="link", row=("{name}", "{country}")), _link("Edit"),
            Act("fill", "Note", "{note}"), Act("press", "Save"),
        ),
        _noted_effect, _NO_CHOICE | {"DUPLICATES"},
    ),
    Family(
        "moderation-case", "moderation", "Link the case number of {author} to {title}.", ("parameters", "copy"),
        _with_author,
        (
            _link("Authors"), Act("fill", "Search", "{author}"), Act("press", "Show"), _link("{author}"),
            Act("read", "Case number", "case"), _link("Queue"), *_OPEN_IT, _link("Link a case"),
            Act("fill", "Author's case number", "{case}"), Act("press", "Save"),
        ),
        _linked, _NO_CHOICE,
    ),
    Family(
        "moderation-repeal", "moderation", "Repeal the rule {code} for good.", ("parameters",), _codes,
        (
            _link("Rules"), Act("fill", "Search", "{code}"), Act("press", "Show"), _link("{code}"), _link("Repeal"),
            Act("press", "Repeal"),
        ),
        _repealed, _NO_FORM, risky=True,
    ),
)  # fmt: skip
