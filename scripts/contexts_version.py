"""Write the version and the digest of the list of contexts. With --check, only say whether they are right.

Run by whoever changed a file of the list: python -m scripts.contexts_version [--check]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from byhand.privacy.rules.listed import FILES, digest_of

FOLDER = Path(__file__).parents[1] / "src" / "byhand" / "privacy" / "rules" / "contexts"


def main() -> int:
    texts = {name: (FOLDER / f"{name.replace(' ', '_')}.txt").read_text("utf-8") for name in FILES}
    now = digest_of(texts)
    path = FOLDER / "version.txt"
    said = path.read_text("utf-8")
    if f"sha256 = {now}\n" in said:
        return 0
    if "--check" in sys.argv:
        print("the list of contexts was changed without a new version: run python -m scripts.contexts_version")
        return 1
    number = int(re.search(r"^version = (\d+)$", said, re.MULTILINE)[1])  # pyright: ignore[reportOptionalSubscript]
    first = "sha256 = -\n" in said
    said = re.sub(r"^version = .*$", f"version = {number if first else number + 1}", said, flags=re.MULTILINE)
    path.write_text(re.sub(r"^sha256 = .*$", f"sha256 = {now}", said, flags=re.MULTILINE), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
