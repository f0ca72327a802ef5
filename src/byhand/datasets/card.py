"""The data card: `README.md`, which dataset hubs read, and `card.html`, which a person reads. Both lie in the version.

Rules of this module: it says what `figures` counted. People are counted and never named, and where the dataset is to be
shared a small group is not even counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from byhand.datasets import whole
from byhand.datasets.figures import Counted, Figures, count
from byhand.datasets.manifest import TABLES, Manifest
from byhand.datasets.plots import bars

_PURPOSE = {
    "mine": "For the own use of the person who made it. It must not be shared: not every recording in it was approved "
    "for that.",
    "train": "For training. The person who made them looked through all recordings in it and approved them.",
}
_HUB_SPLITS = ("train", "validation", "test", "aside")


def write(place: Path, manifest: Manifest) -> list[str]:
    """Write the card into the version. Returns the names of its files."""
    figures = count(place, manifest)
    folder = whole.private_dir(place / "card")
    names = ["README.md", "card.html"]
    for name, title, counted in _plots(figures):
        (folder / f"{name}.svg").write_text(bars(title, counted), "utf-8")
        names.append(f"card/{name}.svg")
    (place / "README.md").write_text(markdown(manifest, figures), "utf-8")
    (place / "card.html").write_text(html(manifest, figures), "utf-8")
    return names


def _plots(figures: Figures) -> Iterator[tuple[str, str, Counted]]:
    for name, title, counted in (
        ("acts", "Steps by act", figures.acts),
        ("lengths", "Episodes by number of steps", figures.lengths),
        ("skills", "Episodes by skill", figures.skills),
        ("apps", "Episodes by program", figures.apps),
        ("sites", "Steps by site", figures.sites),
        ("shortcuts", "Steps by shortcut", figures.chords),
    ):
        if counted:
            yield name, title, counted


def _facts(manifest: Manifest, figures: Figures) -> list[tuple[str, str]]:
    mean = figures.steps / figures.episodes if figures.episodes else 0
    shared = " or ".join(f"a {one}" for one in manifest.split.by)
    return [
        ("People", figures.people),
        ("Recordings", f"{figures.recordings:,}"),
        ("Episodes", f"{figures.episodes:,}"),
        ("Steps", f"{figures.steps:,}"),
        ("Time", _span(figures.seconds)),
        ("Steps an episode", f"{mean:.1f}"),
        ("Events", f"{figures.events:,}"),
        ("Splits", f"{_said(figures.splits)}; no two share {shared}"),
        ("Dropdowns", f"used {figures.dropdowns:,} ×, {figures.dropdown_targets:,} different"),
        ("Shortcuts", f"used {sum(number for _, number in figures.chords):,} ×, {len(figures.chords):,} different"),
        ("Outcomes", _said(figures.outcomes)),
        ("Instructions by", _said(figures.instructions)),
        ("Pictures and pages", f"{manifest.media.count:,} files, {manifest.media.bytes / 1e3:,.0f} kB"),
        ("Identical episodes left out", f"{manifest.doubles:,}"),
        ("Guard", ", ".join(sorted({part.guard for part in manifest.recordings if part.guard})) or "none of ours"),
        ("Reducer", str(manifest.reducer)),
    ]


def _said(counted: Counted) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in counted) or "none"


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{seconds:.0f} s"


def markdown(manifest: Manifest, figures: Figures) -> str:
    title = f"{manifest.name}, version {manifest.version}"
    lines = [
        *_front(manifest, figures), f"# {title}", "", _PURPOSE[manifest.purpose], "",
        "Demonstrations of work on a computer: what could be seen before each act, and the act.", "",
        "| | |", "|---|---|",
    ]  # fmt: skip
    lines += [f"| {name} | {value.replace('|', ' ')} |" for name, value in _facts(manifest, figures)]
    for name, plot, counted in _plots(figures):
        lines += ["", f"## {plot}", "", f"![{plot}](card/{name}.svg)", "", "| | |", "|---|---|"]
        lines += [f"| {word.replace('|', ' ')} | {number:,} |" for word, number in counted]
    lines += ["", "## Known gaps", "", *(f"- {gap}" for gap in figures.gaps or ["None was found."])]
    lines += ["", "## Use it", "", "```python", *_use(manifest), "```", ""]
    return "\n".join(lines)


def _front(manifest: Manifest, figures: Figures) -> list[str]:
    """What dataset hubs read: the tables as configurations, their files by split."""
    lines = ["---", f"pretty_name: {manifest.name}", "configs:"]
    splits = [name for name in _HUB_SPLITS if dict(figures.splits).get(name)]
    for table in ("steps", *(one for one in TABLES if one != "steps")):
        lines += [f"- config_name: {table}", *(["  default: true"] if table == "steps" else []), "  data_files:"]
        for split in splits:
            lines += [f"  - split: {split}", f"    path: {table}/{split}-*.parquet"]
    return [*lines, "---", ""]


def _use(manifest: Manifest) -> list[str]:
    return [
        "import datasets, duckdb, polars  # any of them",
        'datasets.load_dataset(".", "steps", split="train")',
        'polars.read_parquet("steps/*.parquet")',
        "duckdb.sql(\"SELECT op, count(*) FROM 'steps/*.parquet' GROUP BY op\")",
        f"# as other formats: byhand dataset export {manifest.name} FORMAT OUT",
    ]


_STYLE = """
:root{color-scheme:light dark;--ground:#f6f3ec;--panel:#fffdf9;--ink:#22252b;--soft:#5d6068;--line:#dfd9cd;
--note:#fbeed5;--accent:#c8451b}
@media(prefers-color-scheme:dark){:root{--ground:#131519;--panel:#1d2026;--ink:#e4e1db;--soft:#a8abb3;--line:#343942;
--note:#2e2718;--accent:#f0703f}}
*{box-sizing:border-box} body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:47rem;margin:0 auto;padding:40px 24px 56px} h1{font-size:26px;line-height:1.2;margin:0}
h2{font-size:15px;font-weight:650;margin:0 0 12px} p.v{color:var(--soft);margin:4px 0 20px}
p.purpose{border-left:4px solid var(--accent);background:var(--note);padding:10px 16px;border-radius:0 10px 10px 0}
dl{margin:20px 0 0;display:grid;grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr));gap:10px}
dl div,section{background:var(--panel);border:1px solid var(--line);border-radius:12px}
dl div{padding:12px 16px;display:flex;flex-direction:column-reverse}
dt{color:var(--soft);font-size:13px} dd{margin:0;font-size:21px;font-weight:650;font-variant-numeric:tabular-nums}
section{margin-top:14px;padding:18px 20px;overflow-x:auto}
section svg{display:block;width:100%;min-width:30rem;height:auto}
table{border-collapse:collapse;width:100%} tr+tr>*{border-top:1px solid var(--line)}
th,td{text-align:left;padding:7px 0;vertical-align:top;overflow-wrap:anywhere}
th{font-weight:400;color:var(--soft);width:38%;padding-right:16px}
ul{margin:0;padding-left:20px} li+li{margin-top:4px}
pre{overflow:auto;margin:0;font-size:13px;line-height:1.6}
"""
_HEADLINE = 5
"""So many of the facts stand above all else."""


def html(manifest: Manifest, figures: Figures) -> str:
    title = escape(manifest.name)
    facts = _facts(manifest, figures)
    tiles = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts[:_HEADLINE])
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in facts[_HEADLINE:])
    plots = "".join(f"<section><h2>{plot}</h2>{bars(plot, counted)}</section>" for _, plot, counted in _plots(figures))
    gaps = "".join(f"<li>{escape(gap)}</li>" for gap in figures.gaps or ["None was found."])
    use = escape("\n".join(_use(manifest)))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title}, version {manifest.version}</title><style>{_STYLE}</style><main><h1>{title}</h1>"
        f'<p class="v">Version {manifest.version}: demonstrations of work on a computer</p>'
        f'<p class="purpose">{_PURPOSE[manifest.purpose]}</p><dl>{tiles}</dl>'
        f"<section><table>{rows}</table></section><section><h2>Known gaps</h2><ul>{gaps}</ul></section>{plots}"
        f'<section><h2>Use it</h2><pre tabindex="0">{use}</pre></section></main></html>\n'
    )
