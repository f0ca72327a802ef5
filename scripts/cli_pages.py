"""Writes docs/cli/*.md from the command line itself; with --check it only says whether they are up to date.

python scripts/cli_pages.py [--check]
"""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path

from rich.console import Console

from byhand.cli.help import Page
from byhand.cli.verbs import FAMILIES, GROUPS, build

PLACE = Path(__file__).parent.parent / "docs" / "cli"
WIDTH = 92
NOTE = "<!-- Written by scripts/cli_pages.py; change src/byhand/cli/verbs or the verb instead. -->\n"
INDEX = """\
Every verb takes `--json`: then stdout carries JSON and nothing else, one value a line, and an error is one object on
stderr, `{"error": {"message", "hints", "fate", "exit_code"}}`. Without it, answers go to stdout, and errors,
questions and progress to stderr. Colours and progress are only for terminals; `NO_COLOR` turns the colours off.

| exit code | means |
|---|---|
| 0 | done |
| 1 | failed |
| 2 | the words typed do not fit together |
| 3 | no consent |
| 130 | interrupted with Ctrl-C |

`REC` is a recording's id, the beginning of one, or `last`. `BYHAND_HOME` says where all state is (by default
`~/.local/share/byhand`); `BYHAND_KEYRING=file` keeps the keys in a file there, for machines without a keyring.
"""


def pages() -> dict[str, str]:
    """File name -> text."""
    made = {"index.md": _index()}
    for verbs in GROUPS.values():
        for verb in verbs:
            name = verb.words.split()[0]
            if f"{name}.md" not in made:
                title = FAMILIES.get(name, verb.says)
                made[f"{name}.md"] = f"# byhand {name}\n\n{NOTE}\n{title}\n"
            made[f"{name}.md"] += f"\n## byhand {verb.words}\n" if name in FAMILIES else ""
            made[f"{name}.md"] += f"\n```text\n{shown(verb.words.split())}```\n"
    return made


def shown(words: list[str]) -> str:
    """What `byhand WORDS --help` prints."""
    out = StringIO()
    build("", Page()).help_print(words, console=Console(file=out, width=WIDTH, no_color=True, highlight=False))
    return "\n".join(line.rstrip() for line in out.getvalue().strip().splitlines()) + "\n"


def _index() -> str:
    lines = ["# The command line", "", NOTE, INDEX]
    for title, verbs in GROUPS.items():
        lines += [f"## {title}", "", "| verb | |", "|---|---|"]
        lines += [f"| [`byhand {verb.words}`]({_link(verb.words)}) | {verb.says} |" for verb in verbs]
        lines.append("")
    return "\n".join(lines)


def _link(words: str) -> str:
    name = words.split(maxsplit=1)[0]
    return f"{name}.md#byhand-{words.replace(' ', '-')}" if name in FAMILIES else f"{name}.md"


def main() -> int:
    made = pages()
    if "--check" in sys.argv[1:]:
        stale = stale_pages(made)
        print(
            "\n".join(f"docs/cli/{name} is not up to date; run: python scripts/cli_pages.py" for name in stale), end=""
        )
        return 1 if stale else 0
    PLACE.mkdir(parents=True, exist_ok=True)
    for old in PLACE.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (PLACE / name).write_text(text)
    return 0


def stale_pages(made: dict[str, str]) -> list[str]:
    """Names of pages that are missing, left over or different."""
    there = {path.name: path.read_text() for path in PLACE.glob("*.md")}
    return sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))


if __name__ == "__main__":
    sys.exit(main())
