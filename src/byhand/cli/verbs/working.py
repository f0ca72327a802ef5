"""Work that is done for a person: workflows, agents, and the small apps to try them on."""

from __future__ import annotations

from byhand.cli.verbs.verb import Verb

OFFICE: tuple[Verb, ...] = (
    Verb(
        "office serve", "office:serve", "Serve a small app to try things on, on this computer alone.",
        "Its records are made up. It ends with Ctrl-C, or when whoever started it is gone. With --json it prints "
        "one line: url, entry (an address that is signed in already), and token, with which the app's own record "
        "of what happened is read.",
        ("office serve --app invoices", "office serve --app invoices --drift LABELS,REORDER --port 0 --json"),
    ),
    Verb(
        "office state", "office:state", "The records of an app that is being served, as it holds them.",
        "What was really saved, whatever its pages said.", ("office state --json",),
    ),
    Verb(
        "office reset", "office:reset", "Begin again with the records of a seed.", "", ("office reset --seed 2",),
    ),
    Verb("office list", "office:show", "The tasks to do in them, and what can be other than usual."),
)  # fmt: skip

AGENTS: tuple[Verb, ...] = (
    Verb(
        "do", "do:do", "A model does what you say, in a browser; any key of yours stops it.",
        "It is asked for each next act, and told of none that the consent does not cover. What can't be undone is "
        "asked for; a secret field is filled by you. Where it is unsure it asks, and with nobody there it stops. "
        "The exit code is 0 when it is done and every --check holds, 4 where it stopped, 5 where nothing but the "
        "model says that it is done, 6 when you stopped it. With --json every line is an act, and the last one "
        "the outcome.",
        (
            'do "type R-7 into Number and press Save" --url http://127.0.0.1:8000/ --model mine --watch',
            'do "block the vendor Adler Works" --url http://127.0.0.1:8000/ --model mine --yes-to none --json',
        ),
    ),
)  # fmt: skip

WORKFLOWS: tuple[Verb, ...] = (
    Verb(
        "workflow make", "workflow_make:make", "Turn what you recorded into a program you can read.",
        "What differs from one demonstration to the other becomes a parameter, what was done again and again a "
        "loop, what only some show a condition. Of a single one all that was typed is a parameter. What it leaves "
        "open is said, with what to show next.",
        ("workflow make last --as enter-invoice", "workflow make 4k2q 7f3a 9c1d --as enter-invoice"),
    ),
    Verb(
        "workflow teach", "workflow_teach:teach", "Show it once more: the whole chore, or one step of it.",
        "The whole chore: it is made anew of all demonstrations. With --step, only that step becomes what is "
        "shown: what it is done to, and how; without a recording it is shown now. What the program was is kept: "
        "workflow rollback goes back to it. What stays the same in its file stays as you wrote it.",
        (
            "workflow teach enter-invoice last", "workflow teach enter-invoice --step 4",
            "workflow teach enter-invoice --step 'press \"Save\"' last",
        ),
    ),
    Verb("workflow versions", "workflow_versions:versions", "What it was before each change."),
    Verb(
        "workflow rollback", "workflow_versions:rollback", "Make it again what it was.",
        "What it is now is kept too.", ("workflow rollback enter-invoice", "workflow rollback enter-invoice 2"),
    ),
    Verb("workflow list", "workflow_look:list_workflows", "Your workflows."),
    Verb(
        "workflow show", "workflow_look:show", "What it does, step by step, and how that is known to be done.", "",
        ("workflow show enter-invoice",),
    ),
    Verb(
        "workflow check", "workflow_look:check", "Read its file and say what is wrong with it, line by line.",
        "The exit code is 1 where it can't be run.",
        ("workflow check enter-invoice", "workflow check ./chore.yaml"),
    ),
    Verb(
        "workflow run", "workflow_run:run", "Do it for each row of a table, checked; any key of yours stops it.",
        "Each row is done once, whatever is killed when; run it again to go on. What can't be undone is asked for, "
        "or was allowed beforehand. The exit code is 0 when all rows are done and were seen to be, 4 where one "
        "stopped, 5 where nothing tells whether one had its effect, 6 when you stopped it.",
        (
            "workflow run enter-invoice --table invoices.csv --dry-run",
            "workflow run enter-invoice --table invoices.csv --watch",
        ),
    ),
    Verb("workflow runs", "workflow_runs:runs", "Its runs, and what became of their rows."),
    Verb(
        "workflow report", "workflow_runs:report", "The report of a run, as a page.", "",
        ("workflow report enter-invoice", "workflow report enter-invoice 3 -o report.html"),
    ),
    Verb(
        "workflow undo", "workflow_runs:undo", "Say that a row was taken back, so that it is done anew.",
        "It takes nothing back itself: it tells how far the row went.", ("workflow undo enter-invoice 7",),
    ),
    Verb(
        "workflow heal", "workflow_heal:heal", "What the last run found changed; accept it.",
        "Shown as what it was and what it is. Accepted, it has a new revision, and the one before is kept: "
        "workflow rollback goes back to it.",
        ("workflow heal enter-invoice", "workflow heal enter-invoice --accept"),
    ),
    Verb(
        "workflow allow", "workflow_allow:allow", "Allow a step that can't be undone, within limits and days.",
        "Signed with your key. It covers that very step on one site and nothing else. Without a step, what is "
        "allowed is listed.",
        ("workflow allow enter-invoice --act 'press \"Save\"' --limit '{amount} under 500' --days 7",),
    ),
    Verb(
        "workflow secret", "workflow_secrets:secret", "Keep one of its secrets in the keyring.",
        "It is typed at the terminal, never given as an argument.", ("workflow secret enter-invoice password",),
    ),
    Verb(
        "workflow schedule", "workflow_schedule:schedule", "Run it at set times, by a systemd timer of yours.",
        "Shows the two files; with --install they are written and the timer is started.",
        ('workflow schedule enter-invoice --at "Mon..Fri 08:00" --table invoices.csv',),
    ),
    Verb(
        "workflow export", "workflow_export:export", "Write it as a Playwright test, a tool or a guide.", "",
        (
            "workflow export enter-invoice playwright test_invoice.py --table invoices.csv",
            "workflow export enter-invoice guide invoice.html",
        ),
    ),
    Verb(
        "workflow import", "workflow_import:import_", "Make one of a DevTools flow or a Playwright script.", "",
        ("workflow import devtools flow.json --as enter-invoice",),
    ),
    Verb(
        "workflow serve", "workflow_serve:serve", "Serve it as a tool to an MCP client, over stdin and stdout.",
        "The client starts it; workflow export writes its settings. What can't be undone is asked for through the "
        "client, and refused where that can't ask.",
        ("workflow serve enter-invoice",),
    ),
)  # fmt: skip
