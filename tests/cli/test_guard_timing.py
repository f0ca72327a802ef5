"""`byhand guard timing`: what comes out of a table, and what is refused."""

from __future__ import annotations

import csv
import os
from itertools import pairwise
from pathlib import Path

import pytest

from byhand.cli import main
from byhand.evals.rhythm.typists import typists

HEAD = "person,key,down_ms,up_ms\n"
CANARY = "canary-4711"


def told(tmp_path: Path, text: str, *words: str) -> list[dict[str, str]]:
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    assert main(["guard", "timing", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), *words]) == 0
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_rows_stay_and_times_are_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each row is there, in its place; its times are whole ms, in order, and say nothing of the true ones."""
    rows = told(tmp_path, HEAD + "".join(f"a,{key},{n * 50},{n * 50 + 7}\n" for n, key in enumerate("abcdefgh")))
    assert [row["key"] for row in rows] == list("abcdefgh")
    downs = [int(row["down_ms"]) for row in rows]
    assert downs == sorted(downs)
    assert len({b - a for a, b in pairwise(downs)}) > 3
    assert all(int(row["up_ms"]) - int(row["down_ms"]) != 7 for row in rows)
    assert "8 rows of 1 person" in capsys.readouterr().out


def test_how_fast_somebody_types_is_not_in_the_answer(tmp_path: Path) -> None:
    """The same keys at another speed give the same answer, to the last digit, from the same seed."""
    slow, fast = (
        told(tmp_path, HEAD + f"a,x,0,30\na,y,{step},{step + 30}\na,z,{2 * step},{2 * step + 30}\n", "--seed", "x")
        for step in (60, 900)
    )  # fmt: skip
    assert slow == fast


def test_two_runs_differ(tmp_path: Path) -> None:
    """Without --seed nobody can draw the same again."""
    ((sentence, *_),) = typists(1, 1, seed=1).values()
    text = HEAD + "".join(f"a,{stroke.key},{stroke.down},{stroke.up}\n" for stroke in sentence)
    assert told(tmp_path, text) != told(tmp_path, text)


def test_people_may_take_turns_in_a_table(tmp_path: Path) -> None:
    """Each has an own time line, whoever else is in between, and no other draws."""
    alone = told(tmp_path, HEAD + "a,x,0,9\na,y,100,150\n", "--seed", "s")
    among = told(tmp_path, HEAD + "a,x,0,9\nb,x,5,9\na,y,100,150\nb,y,9000,9001\n", "--seed", "s")
    assert [row for row in among if row["person"] == "a"] == alone
    assert among[0]["up_ms"] != among[1]["up_ms"] or among[2]["down_ms"] != among[3]["down_ms"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "has no column person"),
        ("person,key,down_ms\n", "has no column up_ms"),
        ("person,key,down_ms,up_ms,flight\n", "other columns"),
        ("person,key,key,down_ms,up_ms\n", "a column twice"),
        (HEAD + f"a,{CANARY},x,1\n", "line 2 of the table has a time"),
        (HEAD + f"a,{CANARY},nan,1\n", "line 2 of the table has a time"),
        (HEAD + f"a,{CANARY},1e400,1\n", "line 2 of the table has a time"),
        (HEAD + f"a,{CANARY},9,1\n", "line 2 of the table has a key that went up before"),
        (HEAD + f"a,b,1,2\na,{CANARY},1\n", "line 3 of the table has 3 cells"),
        (HEAD + "a,b,1,2\n" + f'a,"{CANARY}' + "x" * 200_000, "is not CSV"),
    ],
)
def test_a_table_that_is_wrong_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    """The error names the line and quotes nothing of it; no half table stays behind, and what was there stays."""
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    (tmp_path / "out.csv").write_text("before")
    assert main(["guard", "timing", str(tmp_path / "in.csv"), str(tmp_path / "out.csv")]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert CANARY not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]
    assert (tmp_path / "out.csv").read_text() == "before"


def test_bytes_that_are_no_text_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another encoding, or a file that is no table."""
    (tmp_path / "in.csv").write_bytes(HEAD.encode() + b"a,\xff\xfe,1,2\n")
    assert main(["guard", "timing", str(tmp_path / "in.csv"), str(tmp_path / "out.csv")]) == 2
    assert "is not CSV in UTF-8" in capsys.readouterr().err


def test_a_table_is_not_told_into_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nor into a link to itself: the true times would be gone before they were read."""
    (tmp_path / "in.csv").write_text(HEAD + "a,b,1,2\n")
    (tmp_path / "out.csv").symlink_to(tmp_path / "in.csv")
    assert main(["guard", "timing", str(tmp_path / "in.csv"), str(tmp_path / "out.csv")]) == 2
    assert "into itself" in capsys.readouterr().err
    assert "a,b,1,2" in (tmp_path / "in.csv").read_text()


def test_a_table_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Said in the house's form."""
    assert main(["guard", "timing", str(tmp_path / "none.csv"), str(tmp_path / "out.csv"), "--json"]) == 2
    assert "no such file" in capsys.readouterr().err


def test_what_comes_out_is_for_the_person_alone(tmp_path: Path) -> None:
    """Which keys somebody typed is nobody else's business."""
    told(tmp_path, HEAD + "a,b,1,2\n")
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o600


def test_a_device_is_not_replaced_by_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file takes its name when it is whole: told to /dev/stdout, that would be gone for everybody."""
    (tmp_path / "in.csv").write_text(HEAD + "a,b,1,2\n")
    out = tmp_path / "pipe"
    os.mkfifo(out)
    assert main(["guard", "timing", str(tmp_path / "in.csv"), str(out)]) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert out.is_fifo()


def test_an_error_names_the_table_that_it_is_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one to read, or the one to write; never the nameless file beside it."""
    table = tmp_path / "in.csv"
    table.write_text("person,key,down_ms,up_ms\n1,a,0,90\n")
    assert main(["guard", "timing", str(tmp_path / "gone.csv"), str(tmp_path / "out.csv")]) == 2
    assert "gone.csv can't be read" in capsys.readouterr().err
    assert main(["guard", "timing", str(table), str(tmp_path / "no-folder" / "out.csv")]) == 2
    assert "out.csv can't be written" in capsys.readouterr().err
