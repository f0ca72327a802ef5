"""The table of verbs. A verb's module is imported when it is called, so that `byhand --help` loads none of them.

verb            what is said of one
contributing    what a contributor says yes to, records, looks at, decides and takes back
learning        from what was shared to models, and how good they are
working         work that is done for a person
"""

from __future__ import annotations

from typing import Any

from cyclopts import App, Group, Parameter
from cyclopts.help.protocols import HelpFormatter

from byhand.cli.verbs import contributing, learning, working
from byhand.cli.verbs.verb import Verb

__all__ = ["ABOUT", "FAMILIES", "GROUPS", "Verb", "build"]

GROUPS: dict[str, tuple[Verb, ...]] = {
    "Consent": contributing.CONSENT,
    "Record": contributing.RECORD,
    "Browser": contributing.BROWSER,
    "Look": contributing.LOOK,
    "Decide": contributing.DECIDE,
    "Guard": contributing.GUARD,
    "Datasets": learning.DATASETS,
    "Office": working.OFFICE,
    "Models": learning.MODELS,
    "Agents": working.AGENTS,
    "Measure": learning.MEASURE,
    "Workflows": working.WORKFLOWS,
    "Undo and check": contributing.UNDO_AND_CHECK,
}

FAMILIES = {
    "consent": "Give, show or withdraw your consent.",
    "policy": "Check a policy, or start one.",
    "browser": "Join your browsers to the recorder.",
    "ledger": "Read the ledger, or check it.",
    "guard": "Try the guard on texts, pictures and timing of your own.",
    "eval": "Measure what is promised.",
    "workflow": "Make programs of recorded chores, and run them for each row of a table, checked.",
    "dataset": "Build, read, change over and check datasets.",
    "model": "Models that were learned here.",
    "office": "Small apps to try workflows on, with a record of what came about.",
}

ABOUT = "Record how you work, on your terms. Nothing is recorded before you say yes, and nothing leaves this computer."


def build(version: str, page: HelpFormatter) -> App:
    """The whole command line as one app. Nothing of a verb is imported."""
    app = App(
        name="byhand", version=version, help=ABOUT, help_formatter=page, help_format="plaintext",
        version_format="plaintext",
        default_parameter=Parameter(negative=()), result_action="return_value", print_error=False, exit_on_error=False,
        suppress_keyboard_interrupt=False, group_commands=Group("Help"), group_parameters=Group("Options"),
        group_arguments=Group("Arguments"),
    )  # fmt: skip
    app["--help"].help = "Show this page, or that of a verb."
    app["--version"].help = "Show the version."
    for number, (title, verbs) in enumerate(GROUPS.items()):
        group = Group(title, sort_key=number)
        families: dict[str, App] = {}
        for order, verb in enumerate(verbs):
            parent, _, name = verb.words.rpartition(" ")
            settings: dict[str, Any] = {
                "name": name, "help": verb.help(), "sort_key": order,
            }  # fmt: skip
            if not parent:
                app.command(f"byhand.cli.{verb.where}", group=group, **settings)
                continue
            if parent not in families:
                families[parent] = App(
                    name=parent, help=FAMILIES[parent], group=group, sort_key=order, group_commands=Group("Verbs"),
                )  # fmt: skip
                app.command(families[parent])
            families[parent].command(f"byhand.cli.{verb.where}", **settings)
    return app
