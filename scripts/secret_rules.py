"""Makes the table of key shapes from gitleaks' configuration: `python -m scripts.secret_rules PATH/TO/gitleaks.toml`.

Of each rule only the facts are taken: which maker's words stand before the key (none where the key itself says what
it is), how the key is made up, how random it is at least, and which words a text must hold for it. What stands around a
key in a source file is not: on a screen keys stand elsewhere, and `privacy.text.detect.gitleaks` has its own frame.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import re2

OUT = Path(__file__).parent.parent / "src" / "byhand" / "privacy" / "text" / "detect" / "gitleaks_rules.json"
_NOTICE = (
    "The shapes of keys in this file are taken from gitleaks, https://github.com/gitleaks/gitleaks, under the "
    "MIT License. Copyright (c) 2019 Zachary Rice. Permission is hereby granted, free of charge, to any person "
    'obtaining a copy of this software and associated documentation files (the "Software"), to deal in the '
    "Software without restriction, including without limitation the rights to use, copy, modify, merge, "
    "publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the "
    "Software is furnished to do so, subject to the following conditions: The above copyright notice and this "
    "permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE "
    'IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE '
    "WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL "
    "THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN "
    "ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE "
    "OR OTHER DEALINGS IN THE SOFTWARE."
)
# Rules that are no shape of a key: `keys` and `passwords` have their own for what these look for.
LEFT_OUT = {
    "generic-api-key": "keys: a value behind a name",
    "curl-auth-header": "keys: a header",
    "curl-auth-user": "keys: user and password of a command",
    "kubernetes-secret-yaml": "keys: base64 that looks random",
    "nuget-config-password": "passwords: a quoted value",
    "private-key": "keys: PEM",
    "jwt-base64": "keys: base64 that looks random",
    "pkcs12-file": "a name of a file, not a text",
}
_SIGN = "(?:=|>|:{1,3}=|\\|\\||:|=>|\\?=|,)"
_AFTER = "(?:[\\x60'\"\\s;]|\\\\[nr]|$"
_FRONTS = ("(?i)\\b", "\\b", "(?i)", r"""(?:^|[\\'"\x60\s>=:(,)])""")
_BORDERS = (r"(?:[^\w-]|\z)", r"(?:[^a-zA-Z0-9+/]|\z)", r"(?:[\/|\#|\?|:]|$)", r"""(?:$|[\\'"\x60\s<),])""", "\\b")


def rule(made: dict[str, Any]) -> list[Any]:
    """Of gitleaks' rule: id, words in front, the key itself, least entropy, keywords."""
    pattern: str = made["regex"]
    words, value = "", pattern
    if _SIGN in pattern:
        front, _, behind = pattern.partition(_SIGN)
        words = front.rpartition("{0,50}?")[2]
        words = re.sub(r"\(\?:\[ \\t\\w\.-\]\{0,20\}\)\[\\s'\"\]\{0,3\}\)?$", "", words)
        value = behind.partition("{0,5}")[2]
    alternatives: list[str] = []
    for part in re.split(r"(?<=\$\))\|(?=\\b)", value):
        cut = part.partition(_AFTER)[0]
        for border in _BORDERS:
            cut = cut.removesuffix(border)
        for front in _FRONTS:
            cut = cut.removeprefix(front)
        alternatives.append(cut)
    flag = "(?i)" if pattern.startswith("(?i)") and not words else ""
    value = flag + "|".join(alternatives)
    return [made["id"], words, value, made.get("entropy", 0), made.get("keywords", [])]


def main(path: str) -> None:
    read = tomllib.loads(Path(path).read_text("utf-8"))
    rules: list[list[Any]] = []
    for made in read["rules"]:
        if made["id"] in LEFT_OUT:
            continue
        taken = rule(made)
        re2.compile(f"(?i:{taken[1]})")
        re2.compile(taken[2])
        rules.append(taken)
    lines = ",\n  ".join(json.dumps(one, ensure_ascii=True) for one in rules)
    OUT.write_text(f'{{\n "notice": {json.dumps(_NOTICE)},\n "rules": [\n  {lines}\n ]\n}}\n', "utf-8")
    print(f"{len(rules)} shapes of keys; left out {len(LEFT_OUT)}")


if __name__ == "__main__":
    main(sys.argv[1])
