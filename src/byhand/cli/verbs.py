"""The table of verbs. A verb's module is imported when it is called, so that `byhand --help` loads none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cyclopts import App, Group, Parameter
from cyclopts.help.protocols import HelpFormatter


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb.

    words: as typed. where: module and function. says: one line for the list of verbs. more: for its own page.
    tries: examples, without the program's name.
    """

    words: str
    where: str
    says: str
    more: str = ""
    tries: tuple[str, ...] = ()

    def help(self) -> str:
        examples = "\n".join(f"$ byhand {line}" for line in self.tries)
        return "\n\n".join(part for part in (self.says, self.more, examples) if part)


GROUPS: dict[str, tuple[Verb, ...]] = {
    "Consent": (
        Verb(
            "consent give", "consent:give", "Say yes to what may be recorded, stream by stream.",
            "At a terminal it shows the notice and asks one question per stream; the answer is no unless you type y. "
            "Say no, and nothing is written, not even that you were asked. The exit code is then 3.",
            (
                "consent give --policy policy.toml",
                "consent give --policy policy.toml --streams actions,pointer --days 7 --yes",
            ),
        ),
        Verb(
            "consent show", "consent:show", "What you agreed to, and until when.",
            "The exit code is 3 where nothing is agreed to.",
        ),
        Verb("consent withdraw", "consent:withdraw", "Take your consent back. A running recording ends at once."),
        Verb(
            "policy check", "policy:check", "Read a policy file and say what is wrong with it, line by line.", "",
            ("policy check policy.toml",),
        ),
        Verb(
            "policy example", "policy:example", "Print a policy for the programs open on this desktop.",
            "Every choice in it carries a comment. It allows little; take out what should stay private.",
            ("policy example > policy.toml",),
        ),
        Verb("policy show", "policy:show", "The policy you agreed to."),
        Verb("policy schema", "policy:schema", "Print the JSON Schema of a policy file."),
    ),
    "Record": (
        Verb(
            "record", "record:record", "Record your work until you stop it.",
            "A small window on the desktop and a line in this terminal say so all the time. Ctrl-C stops it; what was "
            "kept is in the vault. With --json every line is a status, and the last one sums up the recording.",
            ("record", 'record --for 20m --task "file the invoices"', "record --background"),
        ),
        Verb(
            "pause", "pause:pause", "Look away, for as long as you like.",
            "A click on the sign on your desktop does the same, and so does Ctrl+Alt+Shift+P: it pauses, then resumes.",
        ),
        Verb("resume", "resume:resume", "Go on after a pause."),
        Verb("stop", "stop:stop", "End the recording."),
        Verb(
            "status", "status:status", "What is being recorded right now.",
            "The exit code is 0 whether or not something is; --json says which.",
        ),
    ),
    "Browser": (
        Verb(
            "browser install", "browser:install", "Join the browsers found here to the recorder.",
            "Writes two small files for each browser, and says how to load the extension. Nothing is recorded by it: "
            "that takes your consent and a running recorder, as ever.",
            ("browser install", "browser install --browser chromium"),
        ),
        Verb(
            "browser status", "browser:status", "Which browsers are joined, whether that works, and who is connected.",
            "Each host is really started and heard. The exit code is 1 where one that was joined does not work.",
        ),
        Verb("browser remove", "browser:remove", "Take away what install wrote, and nothing else."),
        Verb(
            "browser pack", "browser:pack", "Write the extension as a .zip and, with a key, as a signed .crx.",
            "The same version gives the same bytes. The id printed is the one to name in a company's policy.",
            ("browser pack -o dist", "browser pack --key key.pem -o dist"),
        ),
    ),
    "Look": (
        Verb("list", "list:list_recordings", "Your recordings."),
        Verb(
            "show", "show:show", "A recording as a story; with --json one event a line.", "",
            ("show", "show 4k2q", "show last --json"),
        ),
        Verb(
            "why", "why:why", "Why one event was kept: the grant and the rules that let it through.",
            "Events are named by their number, as the story and show --json give it.", ("why last 17",),
        ),
        Verb(
            "replay", "replay:replay", "Write a recording as one HTML page that plays it back.",
            "The page holds everything it needs and asks for nothing: it can be read without a network.",
            ("replay last --open", "replay 4k2q -o monday.html"),
        ),
        Verb(
            "guide", "guide:guide", "Write what was done as a step guide, with a picture of each target.",
            "The file's ending says how: .html is one page that asks for nothing, .pdf is printed by Chromium, .md has "
            "its pictures in a folder beside it. What you cut in review is not in it.",
            ("guide last -o guide.html", "guide 4k2q -o invoices.pdf"),
        ),
        Verb(
            "script", "script:script", "Write what was done on a page as a Playwright test.",
            "It finds its targets by role and name first. What was typed and not kept is a parameter at the top of the "
            "file, set by the environment when the test runs.",
            ("script last -o test_order.py",),
        ),
    ),
    "Decide": (
        Verb(
            "review", "review:review", "See, cut, paint and approve what would leave, on a page of your own.",
            "The page is served on this computer alone, to the browser that opens the printed address, and ends with "
            "this command. What you approve is bound to its very bytes: a change voids it.",
            ("review", "review last --open"),
        ),
        Verb(
            "export", "export:export", "Everything held about you in a recording, in open formats.",
            "Written in plain text and PNG: whoever can read the folder can read it.",
            ("export last --mine -o my-recording",),
        ),
    ),
    "Guard": (
        Verb(
            "guard text", "guard_text:guard_text", "What the guard makes of texts: JSON lines in, JSON lines out.",
            'A line is {"text", "surface", "app", "role"}; surface is title, element, typed, url, paste or page. The '
            'answer is {"text", "masked": [[start, end, kind]], "verdict"}, by the very code that guards a recording.',
            ("guard text --json < texts.jsonl",),
        ),
        Verb(
            "guard image", "guard_image:guard_image",
            "What the guard makes of a screenshot: all that is not cleared is painted.",
            "What is not proven plain by its pixels is painted. With --boxes, the boxes of a file are known besides, "
            "as accessibility knows them. It needs the extra vision.",
            ("guard image in.png out.png", "guard image in.png out.png --boxes boxes.json"),
        ),
        Verb(
            "guard timing", "guard_timing:guard_timing", "What the guard makes of typing rhythm: a CSV in, a CSV out.",
            "Columns are person, key, down_ms, up_ms. The times that come out are drawn from a population's.",
            ("guard timing in.csv out.csv",),
        ),
    ),
    "Datasets": (
        Verb(
            "dataset build", "dataset_build:dataset_build", "Turn recordings into a dataset of steps.",
            "What you cut or painted in the review is not in it. A version never changes; building again under the "
            "same name makes the next one. A build that was killed goes on where it was.",
            ("dataset build --from all --as chores", "dataset build --from 4k2q 7f3a --as invoices --shareable"),
        ),
        Verb("dataset list", "dataset_look:dataset_list", "Your datasets, version by version."),
        Verb(
            "dataset show", "dataset_look:dataset_show", "What a dataset is made of; with --json its manifest.",
            "Its data card, for people, is the file card.html in it.", ("dataset show chores", "dataset show chores@1"),
        ),
        Verb(
            "dataset steps", "dataset_look:dataset_steps", "The steps of a dataset, one a line.",
            "With --json: op, target, text, keys, the range of events, and what could be seen before.",
            ("dataset steps chores --json",),
        ),
        Verb(
            "dataset routines", "dataset_routines:dataset_routines", "What is done again and again, step by step.",
            "A routine is two steps or more that were done at least twice, whatever was typed in them. First comes the "
            "one that most steps belong to. With --json one routine a line.",
            ("dataset routines chores",),
        ),
        Verb(
            "dataset diff", "dataset_look:dataset_diff", "What changed from one version to another.", "",
            ("dataset diff chores@1 chores@2",),
        ),
        Verb(
            "dataset import", "dataset_import:dataset_import", "Read demonstrations in another format into a dataset.",
            "What can't be read is named with file and line, and the rest is built. It is for your own use. Formats: "
            "agentnet, agentnet-raw, devtools, ducktrack, mind2web, miniwob-human, owamcap, playwright, rrweb.",
            ("dataset import agentnet traces.jsonl --as agentnet",),
        ),
        Verb(
            "dataset export", "dataset_export:dataset_export", "Write a dataset in the format of other tools.",
            "What a format can't tell is said. Formats: agentnet, browsergym, chat-anthropic, chat-openai, "
            "chat-qwen25vl, chat-qwen3vl, chat-uitars, devtools, lerobot, mind2web, ocel2, owamcap, playwright, rrweb, "
            "webdataset, xes.",
            ("dataset export chores chat-qwen3vl out", "dataset export chores playwright out --shareable"),
        ),
        Verb(
            "dataset verify", "dataset_look:dataset_verify", "Check every byte of a dataset against its manifest.",
            "The exit code is 1 where something is missing, changed or added.", ("dataset verify chores",),
        ),
        Verb(
            "dataset replay", "dataset_replay:dataset_replay", "Do each episode again in a fresh browser.",
            "It really acts on the pages. The exit code is 1 where an episode did not come to the end it came to. It "
            "needs the extra replay and Chromium.",
            ("dataset replay chores --json",),
        ),
        Verb(
            "dataset check", "dataset_check:dataset_check", "Check the steps of a dataset against what was recorded.",
            "Whether every press and key belongs to exactly one step, and whether what was typed and chosen is what "
            "the page held. The exit code is 1 where an episode is not right in both.",
            ("dataset check chores --json",),
        ),
    ),
    "Office": (
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
    ),
    "Models": (
        Verb(
            "learn", "learn:learn", "A model learns from a dataset, on this computer.",
            "What the dataset keeps for tests is left alone, and what it holds back besides says when to stop. The "
            "same command goes on where it was cut short. Each time the model gets a new version, with a card that "
            "says what it learned from; it is used from then on if it is not worse than the version before, on acts "
            "that were held back from both. With --json every line is a look at what is held back, the last one the "
            "model. How it went is also written for TensorBoard, beside the versions.",
            (
                "learn chores --as chores",
                "learn chores --as chores --budget 30m --seed 1 --json",
                "learn chores corrections --as chores --from chores",
            ),
        ),
        Verb("model list", "model:model_list", "Your models, version by version, and how good they are."),
        Verb("model show", "model:model_show", "A model's card: what it is and what it learned from."),
        Verb(
            "model promote", "model:model_promote", "Use that version of a model from here on.",
            "A version that was just learned is used by itself if it is not worse than the one before; this is for "
            "those that were not, or not known to be.", ("model promote chores@v2",),
        ),
        Verb(
            "model rollback", "model:model_rollback", "Use the version again that was used before.",
            "Once more, and it is as it was.", ("model rollback chores",),
        ),
    ),
    "Agents": (
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
    ),
    "Measure": (
        Verb(
            "eval privacy", "eval_privacy:eval_privacy", "Measure the guard on data you give, and draw the scorecard.",
            "The data is read where it lies and never copied. What is not in the folder is said to be not measured; "
            "secrets, utility, cost and canaries need none of it. All of it takes some minutes.",
            ("eval privacy --data DIR", "eval privacy --data DIR --only text secrets --json"),
        ),
        Verb(
            "eval model", "eval_model:eval_model", "How good a model is, live or on what was held for tests.",
            "Live, each task is done in a real page with real input, and the page itself says whether it was right. "
            "The seeds are none that anything is learned from, and the same for all that are compared. "
            "`byhand eval NAME` is short for it.",
            (
                "eval model chores --suite offline --dataset chores",
                "eval model chores --suite miniwob --tasks click-button,enter-text --episodes 50 --pages .venv/pages",
                "eval model random --suite miniwob --json",
            ),
        ),
        Verb(
            "eval behaviour", "eval_behaviour:eval_behaviour", "Are made-up typing and pointing like people's?",
            "Models of how a population types and points are made of some people, and compared with others whom they "
            "did not see, beside simpler models; a detector is tried on them. Nothing that is fitted here is kept.",
            ("eval behaviour --data DIR", "eval behaviour --data DIR --json"),
        ),
    ),
    "Workflows": (
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
    ),
    "Undo and check": (
        Verb(
            "forget", "forget:forget", "Erase: destroy the key, then the rows, then say so in the ledger.",
            "Asks first. What is forgotten is gone for good, also from the disk's free space: its key is no more.",
            ("forget 4k2q", "forget --last 10m", "forget --app mail", "forget --all"),
        ),
        Verb("ledger show", "ledger:show", "What was agreed, recorded, read and erased, in order."),
        Verb("ledger verify", "ledger:verify", "Check that no entry of the ledger was changed, moved or removed."),
        Verb(
            "doctor", "doctor:doctor", "Check this desktop, and say how to mend what is wrong.",
            "The exit code is 1 when something must be mended before recording works.",
        ),
        Verb(
            "completion", "completion:completion", "Print or install the completion for your shell.", "",
            ("completion bash", "completion --install"),
        ),
    ),
}  # fmt: skip

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
