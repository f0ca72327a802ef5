"""What is done in Checkpoint: eleven families, from a bug's form to a checklist gone through line by line."""

from __future__ import annotations

import random

from byhand.evals.office.apps.tickets import BUGS, COMPONENTS, PROJECTS, SEVERITIES, TEAMS, TESTERS
from byhand.evals.office.families import Act, EachLine, EachShown, Effect, Family, Record, Row, Tables, When
from byhand.evals.office.seeds import PEOPLE, day_near
from byhand.evals.office.tasks.drawing import day_of, ids, lines_of, rows, unique

_NO_FORM = frozenset({"REQUIRED", "OPTIONS_RENAMED", "OPTIONS_REMOVED", "POPUP_TYPING"})
_NO_CHOICE = frozenset({"OPTIONS_RENAMED", "OPTIONS_REMOVED"})
_NEW = frozenset({"DUPLICATES"})
TOUCHES_MANY = 100_00
_RESULTS = ("Pass", "Fail", "Blocked")
_STEPS = (
    "Open {}, press Save twice.", "Sign in as {} and wait 10 minutes.", "1. {} öffnen 2. Suchen 3. Leere Liste",
    "Ouvrir {}, puis revenir en arrière.",
)  # fmt: skip


def _bug(draw: random.Random, number: int) -> dict[str, str]:
    project = draw.choice(PROJECTS)
    return {
        "title": f"Ticket {7000 + number}: {draw.choice(('no sound', 'wrong colour', 'Größe falsch', 'écran noir'))}",
        "project": project, "component": draw.choice(COMPONENTS), "severity": draw.choice(SEVERITIES),
        "steps": draw.choice(_STEPS).format(project), "assignee": draw.choice(PEOPLE[:12]),
        "due": day_near(draw, 3, 60), "affected": str(draw.choice((2, 40, 99, 101, 250, 1200))),
    }  # fmt: skip


def _new_bugs(_: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows(_bug(draw, number) for number in range(count))


def _of_bug(row: Row, *names: str) -> Record:
    return BUGS.blank() | {name: row.values[name] for name in names}


def _reported(_: Tables, row: Row) -> Effect:
    record = _of_bug(row, "title", "project", "component", "severity", "steps", "assignee")
    return Effect(added=(("bugs", record | {"due": day_of(row.values["due"]), "regression": True}),))


def _crashed(_: Tables, row: Row) -> Effect:
    record = _of_bug(row, "title", "project", "component")
    affected = int(row.values["affected"])
    many: Record = {"severity": "Critical", "blocks": True} if affected * 100 > TOUCHES_MANY else {}
    return Effect(added=(("bugs", record | {"affected": affected} | many),))


def _open_bugs(tables: Tables, draw: random.Random, count: int, *, deleted: bool = False) -> list[Record]:
    return draw.sample([one for one in tables["bugs"].values() if bool(one.get("deleted")) is deleted], count)


def _titles(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows({"title": str(one["title"])} for one in _open_bugs(tables, draw, count))


def _deleted_titles(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows({"title": str(one["title"])} for one in _open_bugs(tables, draw, count, deleted=True))


def _handovers(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows(
        {
            "title": str(one["title"]), "due": day_near(draw, 61, 90),
            "assignee": draw.choice([name for name in PEOPLE[:12] if name != one["assignee"]]),
        }
        for one in _open_bugs(tables, draw, count)
    )  # fmt: skip


def _handed(before: Tables, row: Row) -> Effect:
    return _of(before, row, assignee=row.values["assignee"], due=day_of(row.values["due"]))


def _of(before: Tables, row: Row, **fields: str | bool) -> Effect:
    return Effect(changed=(("bugs", unique(before, "bugs", title=row.values["title"]), dict(fields)),))


def _restored(before: Tables, row: Row) -> Effect:
    found = [key for key, one in before["bugs"].items() if one["title"] == row.values["title"] and one.get("deleted")]
    return Effect(changed=tuple(("bugs", key, {"deleted": ""}) for key in found[:1]))


def _projects(_: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows({"project": name} for name in draw.sample(PROJECTS, count))


def _triaged(before: Tables, row: Row) -> Effect:
    found = ids(before, "bugs", project=row.values["project"], status="Open")
    return Effect(
        changed=tuple(("bugs", key, {"triaged": True}) for key in found if not before["bugs"][key]["triaged"])
    )


def _checklists(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return [
        Row(
            number, {"run": str(one["name"])},
            tuple({"check": str(line["text"]), "result": draw.choice(_RESULTS)} for line in lines_of(one, "checks")),
        )
        for number, one in enumerate(draw.sample(list(tables["runs"].values()), count))
    ]  # fmt: skip


def _runs(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows({"run": str(one["name"])} for one in draw.sample(list(tables["runs"].values()), count))


def _run(before: Tables, row: Row) -> tuple[str, list[dict[str, str | int]]]:
    key = unique(before, "runs", name=row.values["run"])
    return key, lines_of(before["runs"][key], "checks") if key else []


def _checked(before: Tables, row: Row) -> Effect:
    key, lines = _run(before, row)
    said = {line["check"]: line["result"] for line in row.lines}
    return Effect(changed=(("runs", key, {"checks": [line | {"result": said[str(line["text"])]} for line in lines]}),))


def _passed(before: Tables, row: Row) -> Effect:
    key, lines = _run(before, row)
    done: Record = {"checks": [line | {"result": line.get("result", "Pass")} for line in lines], "status": "Done"}
    return Effect(changed=(("runs", key, done),))


def _twins(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    """The people that are there twice come first, so that few rows already show it."""
    known = list(tables["people"].values())
    names = [one["name"] for one in known]
    twice = [one for one in known if names.count(one["name"]) > 1]
    chosen = [*twice, *draw.sample([one for one in known if one not in twice], max(0, count - len(twice)))][:count]
    return rows({"name": str(one["name"]), "team": str(one["team"])} for one in chosen)


def _away(before: Tables, row: Row) -> Effect:
    key = unique(before, "people", name=row.values["name"], team=row.values["team"])
    return Effect(changed=(("people", key, {"away": True}),))


def _builds(tables: Tables, draw: random.Random, count: int) -> list[Row]:
    runs = {str(one["project"]): str(one["name"]) for one in tables["runs"].values()}
    return rows(
        {"title": str(one["title"]), "run": runs[str(one["project"])]} for one in _open_bugs(tables, draw, count)
    )


def _built(before: Tables, row: Row) -> Effect:
    run = before["runs"].get(unique(before, "runs", name=row.values["run"]), {})
    return _of(before, row, build=str(run.get("build", "")))


def _newcomers(_: Tables, draw: random.Random, count: int) -> list[Row]:
    return rows(
        {
            "name": f"{draw.choice(PEOPLE).split()[0]} {draw.choice(PEOPLE).split()[-1]}-{number}",
            "team": draw.choice(TEAMS), "email": f"new{number}@checkpoint.example",
        }
        for number in range(count)
    )  # fmt: skip


def _joined(_: Tables, row: Row) -> Effect:
    return Effect(added=(("people", TESTERS.blank() | dict(row.values)),))


def _link(name: str) -> Act:
    return Act("press", name, role="link")


_FIND = (Act("fill", "Search", "{title}"), Act("press", "Show"))
_OPEN_IT = (*_FIND, _link("{title}"))
_OPEN_RUN = (_link("Test runs"), Act("fill", "Search", "{run}"), Act("press", "Show"), _link("{run}"))

FAMILIES: tuple[Family, ...] = (
    Family(
        "tickets-person", "tickets", "Add {name} to the team {team}.", ("parameters",), _newcomers,
        (
            _link("People"), _link("New person"), Act("fill", "Name", "{name}"), Act("choose", "Team", "{team}"),
            Act("fill", "E-mail", "{email}"), Act("press", "Save"),
        ),
        _joined, _NEW,
    ),
    Family(
        "tickets-report", "tickets", "Report the bug {title} in {project}.", ("parameters",), _new_bugs,
        (
            _link("New bug"), Act("fill", "Title", "{title}"), Act("choose", "Project", "{project}"),
            Act("choose", "Component", "{component}"), Act("fill", "Steps", "{steps}"),
            Act("choose", "Severity", "{severity}"), Act("check", "Regression"),
            Act("choose", "Assignee", "{assignee}"), Act("date", "Due date", "{due}"), Act("press", "Report bug"),
        ),
        _reported, _NEW,
    ),
    Family(
        "tickets-crash", "tickets", "Report {title}; if it touches more than 100 people it is critical and blocks.",
        ("parameters", "branch"), _new_bugs,
        (
            _link("New bug"), Act("fill", "Title", "{title}"), Act("choose", "Project", "{project}"),
            Act("choose", "Component", "{component}"), Act("fill", "Affected users", "{affected}"),
            When("affected", TOUCHES_MANY, (Act("choose", "Severity", "Critical"), Act("check", "Blocks the release"))),
            Act("press", "Report bug"),
        ),
        _crashed, _NEW,
    ),
    Family(
        "tickets-assign", "tickets", "Hand {title} over to {assignee}, due {due}.", ("parameters",), _handovers,
        (
            *_OPEN_IT, _link("Edit"), Act("choose", "Assignee", "{assignee}"), Act("date", "Due date", "{due}"),
            Act("press", "Save"),
        ),
        _handed,
    ),
    Family(
        "tickets-close", "tickets", "Close {title}.", ("parameters", "row"), _titles,
        (*_FIND, Act("press", "Close", row=("{title}",))), lambda before, row: _of(before, row, status="Closed"),
        _NO_FORM,
    ),
    Family(
        "tickets-triage", "tickets", "Triage every open bug of {project}.", ("parameters", "loop", "pages", "row"),
        _projects,
        (
            Act("choose", "Project", "{project}"), Act("press", "Show"),
            EachShown(("{project}", "Open"), "Triage", next="Next page"),
        ),
        _triaged, _NO_FORM - _NO_CHOICE | {"DUPLICATES"},
    ),
    Family(
        "tickets-check", "tickets", "Go through the checklist of {run}.", ("parameters", "lines", "row"), _checklists,
        (*_OPEN_RUN, EachLine((Act("press", "{result}", row=("{check}",)),))), _checked, _NO_FORM,
    ),
    Family(
        "tickets-pass", "tickets", "Pass every check of {run} and finish it.", ("parameters", "loop", "row"), _runs,
        (*_OPEN_RUN, EachShown(("Not run",), "Pass"), Act("press", "Finish run")), _passed, _NO_FORM,
    ),
    Family(
        "tickets-restore", "tickets", "Take back that {title} was deleted.", ("parameters", "pages", "row"),
        _deleted_titles, (_link("Deleted"), EachShown(("{title}",), "Restore", next="Next page")), _restored, _NO_FORM,
    ),
    Family(
        "tickets-away", "tickets", "Set {name} of the team {team} away.", ("parameters", "row", "twins"), _twins,
        (
            _link("People"), Act("fill", "Search", "{name}"), Act("press", "Show"),
            Act("press", "Set away", row=("{name}", "{team}")),
        ),
        _away, _NO_FORM - {"OPTIONS_RENAMED"} | {"DUPLICATES"},
    ),
    Family(
        "tickets-build", "tickets", "Carry the build of {run} over to {title}.", ("parameters", "copy"), _builds,
        (
            *_OPEN_RUN, Act("read", "Build", "build"), _link("Bugs"), *_OPEN_IT, _link("Edit"),
            Act("fill", "Build", "{build}"), Act("press", "Save"),
        ),
        _built, _NO_CHOICE,
    ),
)  # fmt: skip
