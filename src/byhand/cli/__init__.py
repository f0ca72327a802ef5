"""The command line: one file per verb, and the only room that prints.

    entry      one call of `byhand`: find the verb, run it, turn errors into text and an exit code
    verbs      the table of verbs, so that help answers without loading any of them
    help       how help looks
    output     the two ways to answer: for a person, or with --json for a program
    faults     how an error reads
    question   what is asked at a terminal
    story      a recording told in lines (pure); hands: how input becomes acts; words: how acts are named
    open       finds BYHAND_HOME, the vault in it and the consent that holds
    noting     what a verb adds to the ledger
    running    what a running recorder says, and how it is told
    checks     what doctor looks at; programs: what policy example lists
    durations  20s, 1h30m
    browsers   which are here; browser_host: the files that join them; browser_voice: starts a host and hears it
    browser_window, record_browser   the work window; browser_pack, browser_slim, extension: what is packed

Answers go to stdout. Errors, questions and progress go to stderr. With `--json` stdout carries nothing but JSON, and an
error is one JSON object on stderr. Exit codes: 0 done, 1 failed, 2 the words typed do not fit, 3 no consent, 130
interrupted.
"""

from byhand.cli.entry import main

__all__ = ["main"]
