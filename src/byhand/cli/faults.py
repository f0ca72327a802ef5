"""How an error reads.

    byhand: error: no consent covers Firefox
    byhand: hint: to add it, run: byhand consent give --apps Firefox
    byhand: nothing was recorded

With `--json` the same as one object on stderr: {"error": {"message", "hints", "fate", "exit_code"}}. Captured content
is never quoted, and what an unforeseen exception says of itself is not printed: it might quote some.
"""

from __future__ import annotations

import difflib
import sys
import traceback

import msgspec
from cyclopts import CycloptsError
from cyclopts.exceptions import MissingArgumentError, UnknownCommandError, UnknownOptionError
from rich.text import Text

from byhand.cli.output import margin, say
from byhand.errors import ByhandError, UsageFault


def tell(error: ByhandError, *, as_json: bool) -> int:
    """Say it on stderr.

    Returns:
        The exit code.
    """
    sys.stdout.flush()
    if as_json:
        body = {"message": error.message, "hints": error.hints, "fate": error.fate, "exit_code": error.exit_code}
        sys.stderr.write(msgspec.json.encode({"error": body}).decode() + "\n")
        return error.exit_code
    console = margin()
    say(Text.assemble(("byhand: ", "quiet"), ("error: ", "bold red"), error.message), on=console)
    for hint in error.hints:
        say(Text.assemble(("byhand: ", "quiet"), ("hint: ", "cyan"), hint), on=console)
    if error.fate:
        say(Text.assemble(("byhand: ", "quiet"), error.fate), on=console)
    return error.exit_code


def usage(error: CycloptsError) -> UsageFault:
    """What was typed does not fit, in the house's form."""
    verb = " ".join(("byhand", *(error.command_chain or ())))
    see = f"to see what it takes, run: {verb} --help"
    if isinstance(error, UnknownCommandError):
        return _unknown_verb(error, verb)
    if isinstance(error, UnknownOptionError):
        word = error.token.keyword or error.token.value
        names = [name for argument in error.argument_collection for name in argument.names]
        near = difflib.get_close_matches(word, names, n=1)
        return UsageFault(f"{verb} has no option {word}", hints=(*(f"did you mean {n}?" for n in near), see))
    if isinstance(error, MissingArgumentError) and error.argument is not None:
        label = error.argument.name
        missing = label if not label.startswith("--") else f"a value for {error.keyword or label}"
        return UsageFault(f"{verb} needs {missing}", hints=(see,))
    if error.unused_tokens:
        return UsageFault(f"{verb} can't use {error.unused_tokens[0]}", hints=(see,))
    said, *more = [part.rstrip(".") for part in " ".join(str(error).split()).split(". ")]
    return UsageFault(_low(said), hints=(*map(_low, more), see))


def _low(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _unknown_verb(error: UnknownCommandError, verb: str) -> UsageFault:
    word = (error.unused_tokens or [""])[0]
    known = [name for name in (error.app or ()) if not name.startswith("-")]
    near = difflib.get_close_matches(word, known, n=1)
    return UsageFault(
        f"{verb} has no verb {word}",
        hints=(*(f"did you mean {name}?" for name in near), f"to see the verbs, run: {verb} --help"),
    )


def bug(error: Exception) -> ByhandError:
    """An exception nobody foresaw: its kind and where it happened, without its text."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "byhand" in f.filename]
    places = tuple(f"it went through {f.filename.rpartition('byhand/')[2]}:{f.lineno} in {f.name}" for f in frames[-3:])
    return ByhandError(f"byhand broke on something nobody foresaw ({type(error).__name__})", hints=places)
