"""Makes docs/licences.md from the lock and the installed packages: `python -m scripts.licences`.

`--check` writes nothing and fails if the page is out of date. Both fail where a licence that would bind our users (GPL,
AGPL, non-commercial) is in what is shipped. LGPL is allowed there only for a package that anybody can replace: the
portable driver's pynput, and python-xlib, which pynput asks for.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Literal, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts import vendor_accname

ROOT = Path(__file__).parent.parent
LISTS = ROOT / "src" / "byhand" / "privacy" / "text" / "lists"
PAGE = ROOT / "docs" / "licences.md"
Part = Literal[
    "core",
    "portable",
    "vision",
    "evals",
    "presidio",
    "replay",
    "data",
    "ray",
    "tables",
    "learn",
    "private",
    "vlm",
    "mlflow",
    "dev",
]
Kind = Literal["free", "weak", "forbidden"]

# Optional parts a person can install, and what each asks for.
EXTRAS: dict[Part, tuple[str, ...]] = {
    "portable": ("pynput", "mss"),
    "vision": ("rapidocr-onnxruntime", "opencv-python", "numpy"),
    "evals": ("numpy",),
    "presidio": ("presidio-analyzer",),
    "replay": ("playwright",),
    "data": ("daft", "pyarrow", "numpy", "pillow"),
    "ray": ("ray",),
    "tables": ("openpyxl",),
    "learn": ("torch", "tensorboard", "wordllama", "safetensors", "tokenizers"),
    "private": ("opacus",),
    "vlm": ("transformers", "trl", "peft", "accelerate", "datasets"),
    "mlflow": ("mlflow-skinny", "sqlalchemy", "alembic"),
}
REPLACEABLE = frozenset({"pynput", "python-xlib"})

_HEAD = """\
# Licences

Byhand is under Apache-2.0. This page is made by `scripts/licences.py` from the lock files in `requirements/` and from
what the installed packages say of themselves; a test fails when it is out of date.

- **core** is what `pip install byhand` brings on Linux.
- **portable** is the driver for other systems, an extra on Linux; **vision** finds text in pictures without geometry,
  **evals** measures the guard, **presidio** is one more detector, **replay** does recordings again, **data** builds
  datasets, **ray** does so on a cluster, **tables** reads spreadsheets, **learn** makes models, **private**
  hides in them whom they learned from, **vlm** teaches those that see and speak, **mlflow** tells figures to a store of
  a team. A package that several of them ask for stands at the first.
- **dev** is used to build and test, and is not shipped.

Nothing outside dev is under the GPL, the AGPL or a non-commercial licence. LGPL there stands only on separate packages
that you can replace by your own build, marked with ◇.

"""

# What a package says, in the words of the SPDX list. Longer ones first.
_NAMES = (
    (r"agpl|affero", "AGPL"),
    (r"lgpl(v?3| v3|-3)|lesser general public license v3|lgplv3", "LGPL-3.0"),
    (r"lgpl|lesser general public", "LGPL-2.1-or-later"),
    (r"(?<!l)gplv?3|general public license v3", "GPL-3.0"),
    (r"(?<!l)gpl|general public license", "GPL-2.0"),
    (r"non-?commercial|-nc-", "non-commercial"),
    (r"apache.*(2|software)|apache", "Apache-2.0"),
    (r"mozilla|mpl", "MPL-2.0"),
    (r"python software foundation|psf", "PSF-2.0"),
    (r"\bisc\b", "ISC"),
    (r"3-clause|new bsd|modified bsd", "BSD-3-Clause"),
    (r"2-clause|simplified bsd", "BSD-2-Clause"),
    (r"\bbsd\b", "BSD"),
    (r"hpnd|historical permission", "HPND"),
    (r"\bmit\b", "MIT"),
    (r"unlicense|public domain", "Unlicense"),
)


class Package(NamedTuple):
    name: str
    version: str
    licence: str
    part: Part


def locked(file: Path) -> dict[str, str]:
    """Name and version of each package in a lock file."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", file.read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


def _field(dist: Distribution, name: str) -> str:
    values = dist.metadata.get_all(name)
    return values[0] if values else ""


def licence(dist: Distribution) -> str:
    """In the words of the SPDX list where we know them; never empty.

    Raises:
        ValueError: the package says nothing that we understand.
    """
    said = _field(dist, "License-Expression")
    if said:
        return said
    classifiers = [one for one in dist.metadata.get_all("Classifier") or [] if one.startswith("License :: ")]
    field = _field(dist, "License").strip().splitlines()
    for text in [*(one.rsplit(" :: ", 1)[-1] for one in classifiers), *field[:1]]:
        for pattern, name in _NAMES:
            if re.search(pattern, text.lower()):
                return name
    for file in dist.files or []:
        if "licenses/" in str(file) and (
            found := re.match(r"\s*(MIT License|Apache License)", file.read_text("utf-8"))
        ):
            return {"MIT License": "MIT", "Apache License": "Apache-2.0"}[found[1]]
    raise ValueError(f"{dist.name} does not say its licence")


def kind(expression: str) -> Kind:
    """How far a licence binds; of alternatives the freest counts, of a sum the strictest."""
    if " OR " in expression:
        kinds = {kind(one) for one in expression.split(" OR ")}
        return "free" if "free" in kinds else "weak" if "weak" in kinds else "forbidden"
    low = expression.lower()
    if re.search(r"agpl|(?<!l)gpl|non-?commercial|-nc", low):
        return "forbidden"
    return "weak" if "lgpl" in low else "free"


def _closure(roots: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    todo = list(roots)
    while todo:
        name = canonicalize_name(todo.pop())
        if name in found:
            continue
        found.add(name)
        needed = (Requirement(text) for text in distribution(name).requires or [])
        todo += [one.name for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    return found


def packages() -> list[Package]:
    core = locked(ROOT / "requirements" / "core.txt")
    every: dict[str, str] = {}
    for name in ("dev", "learn", "private", "vlm", "mlflow"):
        every |= locked(ROOT / "requirements" / f"{name}.txt")
    asked: dict[Part, set[str]] = {extra: _closure(roots) - core.keys() for extra, roots in EXTRAS.items()}

    def part(name: str) -> Part:
        parts: list[Part] = [one for one, names in asked.items() if name in names]
        return "core" if name in core else (*parts, "dev")[0]

    order: tuple[Part, ...] = ("core", *EXTRAS, "dev")
    made = [Package(name, version, licence(distribution(name)), part(name)) for name, version in (every | core).items()]
    return sorted(made, key=lambda one: (order.index(one.part), one.name))


def faults(found: list[Package]) -> list[str]:
    """Packages that may not be shipped."""
    return [
        f"{one.name} is under {one.licence}, in {one.part}"
        for one in found
        if one.part != "dev"
        and (kind(one.licence) == "forbidden" or (kind(one.licence) == "weak" and one.name not in REPLACEABLE))
    ]


def word_lists() -> list[str]:
    """What the heads of the shipped word lists say of their sources."""
    rows = ["", "## Word lists", "", "Made by `scripts/word_lists.py` ([why these](adr/0010-words-decide.md)).", ""]
    rows += ["| list | source and licence |", "|---|---|"]
    for path in sorted(LISTS.glob("*.txt")):
        said = [line.removeprefix("# Source: ") for line in path.read_text("utf-8").splitlines()[:9]]
        rows += [f"| {path.stem} | {source} |" for source in said if ": " in source and not source.startswith("#")]
    return rows


def extension() -> list[str]:
    """What the browser extension carries of others."""
    rows = [
        "",
        "## In the browser extension",
        "",
        "Made by `scripts/vendor_accname.py`; the notice stands in the file.",
        "",
    ]
    rows += ["| file | from | version | licence |", "|---|---|---|---|"]
    return [*rows, f"| accname.js | {vendor_accname.PACKAGE} | {vendor_accname.VERSION} | {vendor_accname.LICENCE} |"]


def page(found: list[Package]) -> str:
    rows = ["| package | version | licence | part |", "|---|---|---|---|"]
    for one in found:
        flag = " ◇" if one.part != "dev" and kind(one.licence) == "weak" else ""
        rows.append(f"| {one.name} | {one.version} | {one.licence}{flag} | {one.part} |")
    return _HEAD + "\n".join(rows + word_lists() + extension()) + "\n"


def main() -> int:
    found = packages()
    for fault in faults(found):
        print(f"licences: error: {fault}", file=sys.stderr)
    made = page(found)
    if "--check" in sys.argv[1:]:
        if PAGE.read_text("utf-8") != made:
            print("licences: error: docs/licences.md is out of date", file=sys.stderr)
            print("licences: hint: run: python -m scripts.licences", file=sys.stderr)
            return 1
    else:
        PAGE.write_text(made, "utf-8")
    return 1 if faults(found) else 0


if __name__ == "__main__":
    sys.exit(main())
