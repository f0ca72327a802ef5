"""Promises of vault.grants."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from byhand.consent.grant import Grant
from byhand.vault.grants import (
    delete_grants,
    is_withdrawn,
    load_grants,
    load_policy,
    save_grant,
    save_policy,
    withdraw,
    withdrawn_at,
)


def _grant(name: str, given: int = 1) -> Grant:
    return Grant(
        1, name, "adevice", "00" * 32, "ab" * 32, "mine", ("actions",), ("mail",), (), given, given + 60, "cd" * 64
    )


def test_grants_come_back_as_they_were_oldest_first(tmp_path: Path) -> None:
    """Files only the person can read."""
    save_grant(tmp_path, _grant("zz", 1))
    save_grant(tmp_path, _grant("aa", 2))
    assert load_grants(tmp_path) == ([_grant("zz", 1), _grant("aa", 2)], [])
    assert stat.S_IMODE((tmp_path / "grants" / "aa.json").stat().st_mode) == 0o600


def test_a_home_without_grants_has_none(tmp_path: Path) -> None:
    """Looking leaves no trace."""
    assert load_grants(tmp_path) == ([], [])
    assert not is_withdrawn(tmp_path, "aa")
    assert load_policy(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"version":1}'])
def test_a_file_that_is_no_grant_is_a_problem_and_the_rest_is_read(tmp_path: Path, content: bytes) -> None:
    """One damaged file takes no other grant with it."""
    save_grant(tmp_path, _grant("aa"))
    (tmp_path / "grants" / "bb.json").write_bytes(content)
    (tmp_path / "grants" / "cc.json").write_bytes((tmp_path / "grants" / "aa.json").read_bytes())
    grants, problems = load_grants(tmp_path)
    assert grants == [_grant("aa")]
    assert [problem.message for problem in problems] == ["this is no grant", "the grant in it has another id"]


def test_a_withdrawal_holds_whatever_is_in_its_file(tmp_path: Path) -> None:
    """Taking a yes back does not fail on a damaged file."""
    save_grant(tmp_path, _grant("aa"))
    assert not is_withdrawn(tmp_path, "aa")
    withdraw(tmp_path, "aa", 123)
    assert is_withdrawn(tmp_path, "aa")
    assert withdrawn_at(tmp_path, "aa") == 123
    (tmp_path / "grants" / "aa.withdrawn").write_bytes(b"\xff")
    assert is_withdrawn(tmp_path, "aa")
    assert withdrawn_at(tmp_path, "aa") == 0
    assert withdrawn_at(tmp_path, "bb") is None
    assert len(load_grants(tmp_path)[0]) == 1


def test_what_cant_be_looked_at_counts_as_withdrawn(tmp_path: Path) -> None:
    """A recorder that can't ask stops."""
    (tmp_path / "grants").symlink_to(tmp_path / "grants")
    assert is_withdrawn(tmp_path, "aa")


@pytest.mark.parametrize("name", ["../aa", "", "a/b", "A", "a.b", "a\0"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    """Ids become file names."""
    with pytest.raises(ValueError, match="lower-case"):
        withdraw(tmp_path, name, 1)
    assert list(tmp_path.iterdir()) == []


def test_the_policy_is_kept_byte_for_byte(tmp_path: Path) -> None:
    """Its hash is what was agreed to. No half-written file is left beside it."""
    save_policy(tmp_path, b"title = 'a'\r\n# \xc3\xa9\n")
    save_policy(tmp_path, b"title = 'b'\r\n")
    assert load_policy(tmp_path) == b"title = 'b'\r\n"
    assert [path.name for path in tmp_path.iterdir()] == ["policy.toml"]


def test_grants_can_be_deleted(tmp_path: Path) -> None:
    """With everything else a person wants gone; twice is fine."""
    save_grant(tmp_path, _grant("aa"))
    withdraw(tmp_path, "aa", 1)
    delete_grants(tmp_path)
    delete_grants(tmp_path)
    assert load_grants(tmp_path) == ([], [])
