"""`byhand dataset check`: are the steps of each episode true to what was recorded?"""

from __future__ import annotations

from rich.text import Text

from byhand.cli import open as opened
from byhand.cli.dataset_home import Name
from byhand.cli.dataset_look import chosen
from byhand.cli.output import Json, emit, say
from byhand.datasets.checks import check
from byhand.datasets.store import open_at
from byhand.ui import words


def dataset_check(name: Name, /, *, json: Json = False) -> int:
    home = opened.home()
    dataset = open_at(chosen(home, name))
    explained = equal = total = 0
    for one in check(dataset.demonstrations(), dataset.manifest.source):
        total += 1
        explained += one.explained
        equal += one.values_equal
        if json:
            emit(one)
        elif one.why_not:
            say(Text.assemble((f"{one.episode}  ", "name"), words.shown("; ".join(one.why_not), 160)))
    if not json:
        say(
            f"of {words.many(total, 'episode')} {explained:,} are explained, and the values of {equal:,} are the page's"
        )
    return 0 if explained == equal == total else 1
