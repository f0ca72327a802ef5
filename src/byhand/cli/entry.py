"""One call of `byhand`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError

from byhand import __version__
from byhand.cli import faults
from byhand.cli.help import Page
from byhand.cli.verbs import GROUPS, build
from byhand.errors import ByhandError

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb.

    Returns:
        The exit code; see the room's docstring.
    """
    words = in_full(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in words
    try:
        return _run(build(__version__, Page()), words)
    except ByhandError as error:
        return faults.tell(error, as_json=as_json)
    except CycloptsError as error:
        return faults.tell(faults.usage(error), as_json=as_json)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # `byhand show REC | head`: the reader has seen enough. Python would complain while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("BYHAND_UNSAFE_TRACEBACK"):
            raise
        return faults.tell(faults.bug(error), as_json=as_json)


def in_full(said: Sequence[str]) -> list[str]:
    """`byhand eval NAME` is `byhand eval model NAME`: what is measured is mostly a model."""
    words = list(said)
    family = {verb.words for verbs in GROUPS.values() for verb in verbs if verb.words.startswith("eval ")}
    if words[:1] == ["eval"] and len(words) > 1 and not words[1].startswith("-") and f"eval {words[1]}" not in family:
        words.insert(1, "model")
    return words


def _run(app: App, words: list[str]) -> int:
    result: object = app(words)
    sys.stdout.flush()
    return result if isinstance(result, int) else 0
