"""Checkpoint: bugs, test runs with their checklists, and the people who work on them."""

from __future__ import annotations

import random

from byhand.evals.office.families import Record, Tables
from byhand.evals.office.seeds import PEOPLE, day_near
from byhand.evals.office.shape import App, Collection, Deed, Field, Form, Lines

PROJECTS = (
    "Atlas", "Beacon", "Comet", "Delta", "Ember", "Fjord", "Garnet", "Harbour", "Indigo", "Juniper", "Kestrel", "Lumen",
    "Meridian", "Nimbus", "Orchid", "Pelican", "Quartz", "Rowan", "Sable", "Tundra", "Umber", "Vertex",
    "Willow", "Zephyr",
)  # fmt: skip
COMPONENTS = ("Login", "Search", "Billing", "Export", "Settings")
SEVERITIES = ("Minor", "Major", "Critical")
TEAMS = ("Web", "Mobile", "Platform")
_OPEN = (("status", ("Open",)),)
_WHAT = (
    "Crash on save", "Wrong total", "Button does nothing", "Umlauts broken (ä, ö, ü)", "Slow list", "Date off by one",
    "Menu stays open", "Page is blank", "Icon missing", "Export is empty", "Text cut off", "Back loses input",
)  # fmt: skip
_CHECKS = (
    "Sign in with a new account", "Search for an umlaut", "Sort by date", "Export as CSV", "Change the language",
    "Print a page", "Undo a delete", "Open on a phone", "Work without network", "Sign out",
)  # fmt: skip

BUGS = Collection(
    name="bugs", one="Bug", many="Bugs", key="title",
    fields=(
        Field("title", "Title", required=True, group="Bug"),
        Field("project", "Project", kind="choice", options=PROJECTS, more=("Atlas (archived)",), required=True,
              group="Bug"),
        Field("component", "Component", kind="choice", options=COMPONENTS, more=("Search index",), required=True,
              widget="listbox", group="Bug"),
        Field("build", "Build", group="Bug"),
        Field("steps", "Steps", kind="long", group="Bug"),
        Field("severity", "Severity", kind="choice", options=SEVERITIES, more=("Cosmetic",), default="Minor",
              widget="radio", group="Weight"),
        Field("affected", "Affected users", kind="number", default=0, group="Weight"),
        Field("regression", "Regression", kind="check", default=False, group="Weight"),
        Field("blocks", "Blocks the release", kind="check", default=False, group="Weight"),
        Field("assignee", "Assignee", kind="choice", options=PEOPLE[:12], more=("Nobody",), group="Work"),
        Field("due", "Due date", kind="date", group="Work"),
        Field("status", "Status", kind="choice", options=(), later=("Open", "Closed"), default="Open", group="Work"),
        Field("triaged", "Triaged", kind="check", default=False, group="Work"),
    ),
    columns=("title", "project", "component", "severity", "due", "status"),
    forms=(
        Form("new", "New bug", "New bug", ("title", "project", "component", "build", "steps", "severity", "affected",
             "regression", "blocks", "assignee", "due"), "Report bug"),
        Form("edit", "Edit", "Edit bug", ("title", "project", "component", "build", "steps", "severity", "affected",
             "regression", "blocks", "assignee", "due")),
    ),
    deeds=(
        Deed("triage", "Triage", (("triaged", True),), when=(*_OPEN, ("triaged", (False,))), done="Triaged"),
        Deed("close", "Close", (("status", "Closed"),), when=_OPEN, done="Closed"),
        Deed("delete", "Delete", (("deleted", True),), asks="Delete this bug?", in_row=False, done="Deleted"),
    ),
    search=("title", "project"), filter="project", apart=("project", "component", "severity"), per_page=6, bin=True,
)  # fmt: skip

RUNS = Collection(
    name="runs", one="Test run", many="Test runs", key="name",
    fields=(
        Field("name", "Name", required=True, group="Test run"),
        Field("project", "Project", kind="choice", options=PROJECTS, more=("Atlas (archived)",), required=True,
              group="Test run"),
        Field("build", "Build", required=True, group="Test run"),
        Field("status", "Status", kind="choice", options=(), later=("Open", "Done"), default="Open", group="Test run"),
    ),
    columns=("name", "project", "build", "status"),
    forms=(Form("new", "New test run", "New test run", ("name", "project", "build")),),
    deeds=(Deed("finish", "Finish run", (("status", "Done"),), when=_OPEN, in_row=False, done="Run finished"),),
    lines=Lines("checks", "Checklist", (Field("text", "Check"),), results=("Pass", "Fail", "Blocked"), none="Not run"),
    search=("name", "project"), apart=("project", "build"),
)  # fmt: skip

TESTERS = Collection(
    name="people", one="Person", many="People", key="name",
    fields=(
        Field("name", "Name", required=True, group="Person"),
        Field("team", "Team", kind="choice", options=TEAMS, more=("Web, abroad",), required=True, widget="radio",
              group="Person"),
        Field("email", "E-mail", required=True, group="Person"),
        Field("away", "Away", kind="check", default=False, group="Person"),
    ),
    columns=("name", "team", "email", "away"),
    forms=(
        Form("new", "New person", "New person", ("name", "team", "email")),
        Form("edit", "Edit", "Edit person", ("name", "team", "email", "away")),
    ),
    deeds=(
        Deed("away", "Set away", (("away", True),), when=(("away", (False,)),), done="Set away"),
        Deed("back", "Set back", (("away", False),), when=(("away", (True,)),), done="Set back"),
    ),
    search=("name", "team"), apart=("team", "email"), per_page=12,
)  # fmt: skip


def _seed(draw: random.Random) -> Tables:
    bugs: list[Record] = []
    for project in PROJECTS:
        for what in draw.sample(_WHAT, 8):
            deleted: Record = {"deleted": True} if len(bugs) % 8 == 7 else {}
            bugs.append(
                BUGS.blank()
                | {
                    "title": f"{what} in {project}", "project": project, "component": draw.choice(COMPONENTS),
                    "severity": draw.choice(SEVERITIES), "affected": draw.randrange(400), "due": day_near(draw, 1, 60),
                    "assignee": draw.choice(PEOPLE[:12]), "build": "", "steps": "Open it, look.",
                }
                | deleted
            )  # fmt: skip
    draw.shuffle(bugs)
    runs: dict[str, Record] = {}
    for place, project in enumerate(draw.sample(PROJECTS, len(PROJECTS))):
        checks: list[dict[str, str | int]] = [{"text": text} for text in draw.sample(_CHECKS, draw.randrange(3, 6))]
        runs[f"t{place + 1}"] = RUNS.blank() | {
            "name": f"{project} smoke test", "project": project, "checks": checks,
            "build": f"{draw.randrange(1, 9)}.{draw.randrange(20)}.{draw.randrange(100, 999)}",
        }  # fmt: skip
    people: dict[str, Record] = {}
    for place, name in enumerate((*PEOPLE, *PEOPLE[:5])):
        # The first five are there twice, in two teams.
        team = TEAMS[(place + (place >= len(PEOPLE))) % len(TEAMS)]
        people[f"p{place + 1}"] = TESTERS.blank() | {
            "name": name, "team": team, "email": f"person{place + 1}@checkpoint.example",
        }  # fmt: skip
    return {"bugs": {f"b{place + 1}": one for place, one in enumerate(bugs)}, "runs": runs, "people": people}


APP = App(
    name="tickets", title="Checkpoint", people=("Asta Lindqvist", "Kofi Mensah"), collections=(BUGS, RUNS, TESTERS),
    seed=_seed,
    optional=Field("reference", "Your reference"),
    required=Field("milestone", "Milestone", kind="choice", options=("Spring", "Summer", "Autumn"), required=True),
    more=("Every change now also appears on the customers' page.", "published"),
    prose=(("help", "Help", (
        ("How bad is it", "A bug that touches more than 100 people is critical and blocks the release."),
        ("When is a run finished", "Once each check has a result."),
        ("Two people of one name", "The team tells them apart."),
    )),),
)  # fmt: skip
