"""Writes the labels of secret fields into extension/content/secrets.js: `python -m scripts.secret_labels`.

There is one list, src/byhand/privacy/rules/secret_labels.txt; the page's script carries it as two patterns.
`--check` writes nothing and fails if the script is out of date.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

from byhand.privacy.text.lists import parts_of

ROOT = Path(__file__).parent.parent
LIST = ROOT / "src" / "byhand" / "privacy" / "rules" / "secret_labels.txt"
SCRIPT = ROOT / "extension" / "content" / "secrets.js"


def folded(label: str) -> str:
    """As `folded` in the script does: lower case without marks, signs turned to spaces. It differs from the recorder's:
    all marks go, because a browser's patterns don't know which of them combine.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", label).casefold().replace("ı", "i"))
    return " ".join(
        re.sub(r"[\W_]+", " ", "".join(one for one in plain if unicodedata.category(one)[0] != "M")).split()
    )


def patterns() -> tuple[str, str]:
    """What may stand as words of a label, and what may stand anywhere in it."""
    lists = parts_of(LIST.read_text("utf-8"))
    words = sorted({folded(entry).replace(" ", " ?") for entry in lists["words"]})
    return "|".join(words), "|".join(sorted({folded(entry) for entry in lists["anywhere"]}))


def script(text: str) -> str:
    """The page's script with today's list."""
    for name, pattern in zip(("WORDS", "ANYWHERE"), patterns(), strict=True):
        if not re.fullmatch(r"[\w ?|]+", pattern):
            raise ValueError("a label holds what means something in a pattern")
        text, count = re.subn(rf'^(  const {name} = ").*(";)$', rf"\g<1>{pattern}\g<2>", text, flags=re.MULTILINE)
        if count != 1:
            raise ValueError(f"secrets.js has no place for {name}")
    return text


def main() -> int:
    text = SCRIPT.read_text("utf-8")
    made = script(text)
    if "--check" in sys.argv[1:]:
        if text != made:
            print("secret_labels: error: secrets.js is out of date", file=sys.stderr)
            print("secret_labels: hint: run: python -m scripts.secret_labels", file=sys.stderr)
            return 1
    else:
        SCRIPT.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
