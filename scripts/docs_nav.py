"""mkdocs hook: the generated pages of docs/cli and further format pages join the navigation by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_Nav = list[dict[str, object]]


def _pages(docs: Path, folder: str) -> list[str]:
    pages = sorted(page.relative_to(docs).as_posix() for page in (docs / folder).rglob("*.md"))
    return sorted(pages, key=lambda page: not page.endswith("index.md"))


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    docs = Path(config.docs_dir)
    nav: _Nav = []
    for entry in cast("_Nav", config.nav or []):
        if "Commands" in entry:
            pages = _pages(docs, "cli")
            if pages:
                nav.append({"Commands": pages})
        elif "Formats" in entry:
            named = cast("list[dict[str, str]]", entry["Formats"])
            listed = {path for one in named for path in one.values()}
            nav.append({"Formats": [*named, *(page for page in _pages(docs, "formats") if page not in listed)]})
        else:
            nav.append(entry)
    config.nav = nav
    return config
