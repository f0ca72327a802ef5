"""What a contributor says yes to, records, looks at, decides and takes back."""

from __future__ import annotations

from byhand.cli.verbs.verb import Verb

CONSENT: tuple[Verb, ...] = (
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
)  # fmt: skip

RECORD: tuple[Verb, ...] = (
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
)  # fmt: skip

BROWSER: tuple[Verb, ...] = (
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
)  # fmt: skip

LOOK: tuple[Verb, ...] = (
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
)  # fmt: skip

DECIDE: tuple[Verb, ...] = (
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
)  # fmt: skip

GUARD: tuple[Verb, ...] = (
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
)  # fmt: skip

UNDO_AND_CHECK: tuple[Verb, ...] = (
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
)  # fmt: skip
