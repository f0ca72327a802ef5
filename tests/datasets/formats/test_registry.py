from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from byhand.datasets.formats.out import export
from byhand.datasets.formats.port import Format
from byhand.datasets.formats.registry import formats
from byhand.errors import UsageFault
from tests.datasets.formats.samples import EVERY, demonstration

DOCS = Path(__file__).parents[3] / "docs" / "formats"


def register_formats() -> list[Format]:
    return [Format("mine", "made for a test", "text/plain")]


def register_taken() -> list[Format]:
    return [Format("agentnet", "not ours", "text/plain")]


def broken() -> list[Format]:
    raise RuntimeError("secret")


def entry(name: str) -> tuple[EntryPoint, ...]:
    return (EntryPoint("theirs", f"{__name__}:{name}", "byhand.formats"),)


def test_a_package_brings_a_format_by_its_entry_point():
    """`register_formats` is all it takes; ours stay in front."""
    known = formats(entry("register_formats"))
    assert known["mine"].says == "made for a test"
    assert list(known)[-1] == "mine"


@pytest.mark.parametrize("name", ["register_taken", "broken", "missing"])
def test_a_package_that_is_broken_or_takes_a_name_is_refused_by_name(name: str):
    """Nobody exports by a format they did not mean."""
    with pytest.raises(UsageFault) as refused:
        formats(entry(name))
    assert "secret" not in refused.value.message
    assert refused.value.hints


def test_every_format_has_its_page():
    """A format is a page before it is code."""
    assert [name for name in formats(()) if not (DOCS / f"{name}.md").is_file()] == []


@pytest.mark.parametrize("name", [name for name, kind in formats(()).items() if kind.write])
def test_each_export_is_the_same_twice_and_survives_an_empty_episode(name: str, tmp_path: Path):
    """Same demonstrations, same bytes: a dataset's export can be compared by its hashes."""
    many = [
        demonstration(EVERY),
        demonstration((), id="e2"),
        demonstration(EVERY, id="e3", pictures=False, outcome="unknown"),
    ]
    for out in ("a", "b"):
        export(formats(())[name], many, tmp_path / out)
    assert files(tmp_path / "a") == files(tmp_path / "b")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_export_that_fails_half_way_leaves_nothing(tmp_path: Path):
    """A full disk, a bug in a format of somebody else's: no folder that looks like an export."""

    def two() -> object:
        yield demonstration(EVERY)
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        export(formats(())["agentnet"], two(), tmp_path / "out")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_an_export_never_writes_over_what_is_there(tmp_path: Path):
    """Nor through a link."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "there").mkdir()
    for name in ("link", "there", "no/such"):
        with pytest.raises(UsageFault):
            export(formats(())["agentnet"], [], tmp_path / name)
    with pytest.raises(UsageFault, match="only be read"):
        export(formats(())["ducktrack"], [], tmp_path / "out")
