"""From what was shared to models, and how good they are."""

from __future__ import annotations

from byhand.cli.verbs.verb import Verb

DATASETS: tuple[Verb, ...] = (
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
        "dataset worth", "dataset_worth:dataset_worth", "Is it worth collecting? With the data and without it.",
        "Two models are learned alike, one with the data in question and one without, and both do the same tasks with "
        "the same seeds, live. By skill it says how much the data adds, how sure that is, and whether it is justified, "
        "not shown (and how much would show it), or time to stop. The models are not kept. It is asked of a "
        "dataset, or of recordings of your own: no figure is made of a person.",
        (
            "dataset worth chores@2 --base chores@1 --tasks choose-list,copy-paste,login-user -o worth.html",
            "dataset worth chores --of 4k2q 7f3a --episodes 50 --pairs 3 --json",
        ),
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
)  # fmt: skip

MODELS: tuple[Verb, ...] = (
    Verb(
        "learn", "learn:learn", "A model learns from a dataset, on this computer.",
        "What the dataset keeps for tests is left alone, and what it holds back besides says when to stop. The "
        "same command goes on where it was cut short. Each time the model gets a new version, with a card that "
        "says what it learned from; it is used from then on if it is not worse than the version before, on acts "
        "that were held back from both. With --json every line is a look at what is held back, the last one the "
        "model. How it went is also written for TensorBoard, beside the versions. With --follow it stays, and "
        "learns on as you approve and correct: one line a round.",
        (
            "learn chores --as chores",
            "learn chores --as chores --budget 30m --seed 1 --json",
            "learn chores corrections --as chores --from chores",
            "learn chores --as chores --follow --idle 1h",
            "learn chores --as eyes --frames",
        ),
    ),
    Verb(
        "label", "label:label", "Infer from pictures of a screen what was done, where nobody recorded it.",
        "A model that was learned with --frames looks at each change and says what a person did, where, and how sure "
        "it is. What is less sure than --sure is counted and not said. Each line says that it is inferred and by whom: "
        "it becomes no part of a recording or a dataset. A video is read by OpenCV (the extra vision).",
        ("label last --model eyes", "label screenshots --model eyes --sure 0.8 --json", "label work.mp4 --model eyes"),
    ),
    Verb("model list", "model:model_list", "Your models, version by version, and how good they are."),
    Verb("model show", "model:model_show", "A model's card: what it is and what it learned from."),
    Verb(
        "model rounds", "model_rounds:model_rounds", "What each version of a model came to, also as a picture.",
        "How many tasks it does is told by `byhand eval`, of the suite that most versions did; how often somebody is "
        "needed by the same, and by what happened in `byhand do`: it asked, stopped, or you took over.",
        ("model rounds chores", "model rounds chores -o rounds.svg", "model rounds chores -o rounds.html"),
    ),
    Verb(
        "model compare", "model_compare:model_compare", "Models beside each other, of what eval printed.",
        "Give it the files that `byhand eval MODEL --json` wrote: of suites miniwob, office, injection, memory and "
        "offline, of six models at most. Where two did the same tasks and seeds it says how far they lie apart. In the "
        "suites injection and memory smaller is better, and that is said.",
        ("model compare chores.json rules.json -o scorecard.html", "model compare chores.json rules.json --json"),
    ),
    Verb(
        "model join", "model_join:model_join", "Let several models decide together, as one.",
        "Models that learned from few demonstrations and differ in their seed alone are wrong in different places. "
        "Together they do what most of them are sure of. It is a model like any other, with its members' weights, and "
        "is marked when what one of them saw is forgotten.",
        ("model join chores-1 chores-2 chores-3 --as chores",),
    ),
    Verb(
        "model promote", "model:model_promote", "Use that version of a model from here on.",
        "A version that was just learned is used by itself if it is not worse than the one before; this is for "
        "those that were not, or not known to be.", ("model promote chores@v2",),
    ),
    Verb(
        "model rollback", "model:model_rollback", "Use the version again that was used before.",
        "Once more, and it is as it was.", ("model rollback chores",),
    ),
    Verb(
        "model allow", "model_allow:model_allow", "Let pages be shown to a model on another computer.",
        "A signed yes to that recipient, for the sites that your consent covers now, with an end. Without it nothing "
        "is sent; each send is in the ledger. One on this computer needs none. With --key its key is asked for and "
        "kept in the keyring; it is never an argument.",
        (
            "model allow", "model allow openai:gpt-5 --endpoint https://api.openai.com/v1 --days 7 --key",
            "model allow --withdraw 4k2q7f3a",
        ),
    ),
)  # fmt: skip

MEASURE: tuple[Verb, ...] = (
    Verb(
        "eval privacy", "eval_privacy:eval_privacy", "Measure the guard on data you give, and draw the scorecard.",
        "The data is read where it lies and never copied. What is not in the folder is said to be not measured; "
        "secrets, utility, cost and canaries need none of it. All of it takes some minutes.",
        ("eval privacy --data DIR", "eval privacy --data DIR --only text secrets --json"),
    ),
    Verb(
        "eval model", "eval_model:eval_model", "How good a model is, live or on what was held for tests.",
        "Live, each task is done in a real page with real input, and the page itself says whether it was right; in "
        "the office its own records do. With hostile text in the page it is told whether the text was obeyed. "
        "The seeds are none that anything is learned from, and the same for all that are compared. "
        "What one remembers is asked of models that are learned for it, as it was; that takes as long. "
        "`byhand eval NAME` is short for it.",
        (
            "eval model chores --suite offline --dataset chores",
            "eval model chores --suite miniwob --tasks click-button,enter-text --episodes 50 --pages .venv/pages",
            "eval model random --suite miniwob --json",
            "eval model chores --suite office --families variants --drift LABELS --episodes 20",
            "eval model chores --suite injection --json",
            "eval model chores --suite memory --models 4 --canaries 4",
            "eval model openai:qwen3 --endpoint http://127.0.0.1:8000/v1 --suite miniwob --tasks click-button",
        ),
    ),
    Verb(
        "eval behaviour", "eval_behaviour:eval_behaviour", "Are made-up typing and pointing like people's?",
        "Models of how a population types and points are made of some people, and compared with others whom they "
        "did not see, beside simpler models; a detector is tried on them. Nothing that is fitted here is kept.",
        ("eval behaviour --data DIR", "eval behaviour --data DIR --json"),
    ),
)  # fmt: skip
