"""A script without its comments, for packing: they are a third of its bytes, and no browser reads them.

Only whole lines of comment, blank lines and indentation go; nothing is renamed or moved, so what is packed can be read
beside its source. A comment with a copyright stays. tests/cli/test_browser.py holds each packed script against its
source, token by token.
"""

from __future__ import annotations

import re

_TICK = re.compile(r"(?<!\\)`")


def slim(source: str) -> str:
    kept: list[str] = []
    comment: list[str] = []  # the one we are in
    template = False  # in a text of several lines between backticks: there every space counts
    for line in source.split("\n"):
        code = line if template else line.strip()
        if comment:
            comment.append(code)
            if "*/" in code:
                kept += _end(comment)
                comment = []
            continue
        if not template:
            if not code or code.startswith("//"):
                continue
            if code.startswith("/*") and ("*/" not in code or code.endswith("*/")):
                comment = [code]
                if "*/" in code:
                    kept += _end(comment)
                    comment = []
                continue
        kept.append(code)
        template ^= len(_TICK.findall(code)) % 2 == 1
    return "\n".join((*kept, ""))


def _end(comment: list[str]) -> list[str]:
    """What stays of a comment: all of it if it tells whose work this is, and the code behind it."""
    if "Copyright" in "".join(comment):
        return comment
    behind = comment[-1].partition("*/")[2].strip()
    return [behind] if behind else []
