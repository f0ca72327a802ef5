"""Makes what docs/workflows.md shows: `./run demo`, then `python -m scripts.workflow_pictures demo-out`.

The demo's program as it is, drawn as an editor draws YAML up to where its targets begin, in light and dark:
docs/assets/workflow-file-*.png. With --report also the report of its run, as docs/assets/run-report-*.png.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import YamlLexer

from scripts.chore_pictures import photograph
from stage.chore import NAME

_LOOK = """
  body { margin: 0; padding: 18px 24px; font: 14px/1.5 "DejaVu Sans Mono", monospace; background: #fbfaf5 }
  pre { margin: 0; white-space: pre-wrap } .highlight { background: none }
  @media (prefers-color-scheme: dark) { body { background: #1b1d21; color: #d6d9df } }
"""


def drawn(program: Path) -> str:
    """A page of the part that is read: all but by what things are known again."""
    text = program.read_text("utf-8").partition("targets:\n")[0] + "targets:\n  …\n"
    light = HtmlFormatter(style="friendly", nobackground=True).get_style_defs(".highlight")
    dark = HtmlFormatter(style="monokai", nobackground=True).get_style_defs(".highlight")
    style = f"{_LOOK}{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}"
    return f"<!doctype html><meta charset='utf-8'><style>{style}</style>{highlight(text, YamlLexer(), HtmlFormatter())}"


def taken(chromium: Browser, out: Path, *, report: bool) -> None:
    program = out / "home" / "workflows" / f"{NAME}.yaml"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "program.html"
        page.write_text(drawn(program), "utf-8")
        photograph(chromium, page, "workflow-file", "pre", 18)
    if report:
        photograph(chromium, out / "report.html", "run-report", "section", 28)


def main() -> None:
    named = [word for word in sys.argv[1:] if word != "--report"]
    out = Path(named[0] if named else "demo-out").resolve()
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        taken(chromium, out, report="--report" in sys.argv)
        chromium.close()


if __name__ == "__main__":
    main()
