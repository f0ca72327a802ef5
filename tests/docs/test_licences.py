"""What is installed, and under which licences."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.licences import PAGE, ROOT, Package, faults, kind, locked, packages, page


def test_the_page_of_licences_is_up_to_date():
    """docs/licences.md says what the lock and the installed packages say."""
    assert PAGE.read_text("utf-8") == page(packages())


def test_nothing_that_is_shipped_binds_its_users():
    """No GPL, AGPL or non-commercial licence in core or portable; LGPL only where the package can be replaced."""
    assert faults(packages()) == []


@pytest.mark.parametrize(
    "licence", ["GPL-3.0", "AGPL-3.0-only", "GPL-2.0-or-later", "CC-BY-NC-4.0", "GPL-2.0 AND MIT", "LGPL-3.0"]
)
def test_a_binding_licence_in_the_core_is_a_fault(licence: str):
    """Each of them is found, by name, also in a sum."""
    assert faults([Package("sly", "1.0", licence, "core")]) == [f"sly is under {licence}, in core"]


def test_a_choice_of_licences_counts_as_its_freest():
    """A package under "GPL or MIT" can be had under MIT."""
    assert kind("GPL-3.0 OR MIT") == "free"
    assert kind("LGPL-3.0") == "weak"


@pytest.mark.parametrize("name", ["core.txt", "dev.txt", "pages.txt", "vlm.txt"])
def test_the_lock_pins_by_hash_and_names_no_host(name: str):
    """Every package has hashes, and nothing says where to fetch it from."""
    text = (ROOT / "requirements" / name).read_text("utf-8")
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", block), block[:60]
        assert "--hash=sha256:" in block, block[:60]
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|--trusted", text)


def test_the_lock_holds_what_the_project_asks_for():
    """A dependency added to pyproject.toml and not to the lock is noticed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for file, wanted in (("core.txt", project["dependencies"]), ("dev.txt", project["optional-dependencies"]["dev"])):
        pins = locked(ROOT / "requirements" / file)
        for one in map(Requirement, wanted):
            if one.name == "byhand" or (one.marker and not one.marker.evaluate({"sys_platform": "linux"})):
                continue
            assert one.specifier.contains(pins[canonicalize_name(one.name)]), one.name
