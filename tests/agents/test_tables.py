"""Rows of tables: csv, spreadsheets, SQLite."""

from __future__ import annotations

import csv
import sqlite3
import tracemalloc
import zipfile
from contextlib import closing, suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from byhand.agents.tables import Row, opened, write_back
from byhand.errors import TableError
from byhand.workflows.program import Parameter, Workflow

INVOICE = Workflow(
    name="enter-invoice",
    identity=("number",),
    parameters=(
        Parameter(name="number"),
        Parameter(name="amount", kind="number", format="1.234,50"),
        Parameter(name="due", kind="date", format="%d.%m.%Y", needed=False),
        Parameter(name="currency", kind="choice", options=("EUR", "USD"), needed=False),
        Parameter(name="urgent", kind="flag", needed=False),
    ),
)
ORDER = Workflow(
    name="order",
    identity=("number",),
    parameters=(
        Parameter(name="number"),
        Parameter(
            name="lines",
            kind="list",
            fields=(Parameter(name="article"), Parameter(name="price", kind="number", needed=False)),
        ),
    ),
)


def rows(folder: Path, text: str | bytes, workflow: Workflow = INVOICE, name: str = "rows.csv") -> list[Row]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(opened(path, workflow).rows())


def refused(folder: Path, text: str | bytes, workflow: Workflow = INVOICE) -> str:
    with pytest.raises(TableError) as error:
        rows(folder, text, workflow)
    return " | ".join((str(error.value), *error.value.hints))


def test_a_table_is_typed_by_the_programs_parameters(tmp_path: Path):
    """Numbers are Decimal, dates are dates, options are as the page has them."""
    (one,) = rows(tmp_path, 'number,amount,due,currency,urgent\nA-1,"1.234,50",29.11.2026,eur,ja\n')
    assert one.values == {
        "number": "A-1", "amount": Decimal("1234.50"), "due": date(2026, 11, 29), "currency": "EUR", "urgent": True,
    }  # fmt: skip
    assert (one.number, one.lines, one.problems) == (1, (2,), ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_by_which_columns_are_found(tmp_path: Path, delimiter: str):
    """Also where another sign stands in every cell, as a decimal comma does."""
    text = (
        delimiter.join(("number", "amount")) + "\n" + delimiter.join(("A, B", "12,5" if delimiter != "," else '"12,5"'))
    )
    text = text.replace("A, B", '"A, B"')
    (one,) = rows(tmp_path, text)
    assert one.values["number"] == "A, B"
    assert one.values["amount"] == Decimal("12.5")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_encoding_is_known_and_where_it_is_a_guess_that_is_said(tmp_path: Path, encoding: str):
    """By its mark, or because all of the file fits; Windows-1252 is what is left."""
    path = tmp_path / "rows.csv"
    path.write_bytes("Nummer;Betrag\nMüller & Söhne;12,50\n".encode(encoding))
    workflow = Workflow(name="x", parameters=(Parameter(name="nummer"), Parameter(name="betrag", kind="number")))
    table = opened(path, workflow)
    assert next(table.rows()).values["nummer"] == "Müller & Söhne"
    assert bool(table.says) == (encoding == "cp1252")


@pytest.mark.parametrize("head", ["Größe in cm", "groesse_in_CM", "GROSSE-in-cm", "  größe   in cm "])
def test_a_column_is_found_by_its_name_whatever_its_spelling(tmp_path: Path, head: str):
    """Case, spaces and umlauts don't matter."""
    workflow = Workflow(name="x", parameters=(Parameter(name="größe_in_cm", kind="number"),))
    assert rows(tmp_path, f"{head}\n5\n", workflow)[0].values == {"größe_in_cm": Decimal(5)}


def test_columns_that_are_missing_or_there_twice_are_named(tmp_path: Path):
    """With the columns that there are."""
    said = refused(tmp_path, "Nr,amount,Amount \n1,2,3\n")
    assert "there is no column for number" in said
    assert "more than one column for amount: 'amount' (2) and 'Amount' (3)" in said
    assert "its columns are: Nr, amount, Amount" in said
    other = Workflow(name="x", parameters=(Parameter(name="supplier", column="vendor"),))
    assert "which is called 'vendor'" in refused(tmp_path, "supplier\nx\n", other)
    assert rows(tmp_path, "Vendor\nx\n", other)[0].values == {"supplier": "x"}


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        (["1.234", "1.234,50"], [Decimal(1234), Decimal("1234.50")]),
        (["1.234", "5.5"], [Decimal("1.234"), Decimal("5.5")]),
        (["1,234", "1,234.5"], [Decimal(1234), Decimal("1234.5")]),
        (["1.234.567", "1.234"], [Decimal(1234567), Decimal(1234)]),
        (["12,50 €", "7"], [Decimal("12.50"), Decimal(7)]), (["1 234,5", "1 234"], [Decimal("1234.5"), Decimal(1234)]),
        (["1,5", "2.5"], [Decimal("1.5"), Decimal("2.5")]), (["-5", "(5.00)"], [Decimal(-5), Decimal(-5)]),
    ],
)  # fmt: skip
def test_how_numbers_are_written_is_decided_by_all_of_a_column(
    tmp_path: Path, amounts: list[str], found: list[Decimal]
):
    """One value tells of the others."""
    text = "number;amount\n" + "".join(f"{number};{one}\n" for number, one in enumerate(amounts))
    assert [one.values["amount"] for one in rows(tmp_path, text)] == found


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [("amount", ["1.234"], "line 2 can be read as two numbers"),
     ("amount", ["1.234", "1,5", "2.5"], "also by lines 3 and 4"),
     ("due", ["01/02/2026"], "can be read as two dates"),
     ("due", ["13/02/2026", "02/13/2026", "01/02/2026"], "line 4")],
)  # fmt: skip
def test_what_remains_in_two_readings_is_an_error_that_says_how_to_state_it(
    tmp_path: Path, column: str, values: list[str], said: str
):
    """Nothing is guessed, and no value is quoted but ours."""
    base = "number;amount;due\n"
    text = base + "".join(
        f"{n};{v if column == 'amount' else 1};{v if column == 'due' else ''}\n" for n, v in enumerate(values)
    )
    assert said in refused(tmp_path, text)
    assert "write in the column's head how it is meant: " + column in refused(tmp_path, text)


def test_a_columns_head_can_say_how_it_is_written(tmp_path: Path):
    """Behind its name, in brackets; other brackets are part of the name."""
    text = "number;amount (1,234.50);due (%d/%m/%Y)\n1;1,234;01/02/2026\n"
    (one,) = rows(tmp_path, text)
    assert (one.values["amount"], one.values["due"]) == (Decimal(1234), date(2026, 2, 1))
    assert "no column for amount" in refused(tmp_path, "number;amount (net)\n1;2\n")


@pytest.mark.parametrize(
    ("days", "first"),
    [(["01/02/2026", "13/02/2026"], date(2026, 2, 1)), (["01/02/2026", "02/13/2026"], date(2026, 1, 2)),
     (["01.02.2026"], date(2026, 2, 1)), (["2026-02-01"], date(2026, 2, 1)),
     (["1 Feb 2026", "01/02/2026", "31/01/2026"],
     date(2026, 2, 1))],
)  # fmt: skip
def test_how_dates_are_written_is_decided_by_all_of_a_column(tmp_path: Path, days: list[str], first: date):
    """Where one of them has a thirteenth day, all are known."""
    text = "number;amount;due\n" + "".join(f"{number};1;{one}\n" for number, one in enumerate(days))
    assert rows(tmp_path, text)[0].values["due"] == first


def test_a_bad_cell_is_a_problem_of_its_row_told_by_row_and_column(tmp_path: Path):
    """The other rows can be run; what stands in the cell isn't repeated."""
    first, second, third = rows(tmp_path, "number,amount,urgent\n1,2,yes\n2,many,perhaps\n,5,no\n")
    assert first.problems == ()
    assert second.problems == ("row 2 (line 3): amount is no number", "row 2 (line 3): urgent is neither yes nor no")
    assert second.values == {}
    assert third.problems == ("row 3 (line 4): number is empty",)


def test_a_row_is_known_by_what_tells_it_from_all_others(tmp_path: Path):
    """In whatever order rows and columns stand and however the value is spelled; without identity all cells count."""
    one, two = rows(tmp_path, "number,amount\nA,1\nB,2\n")
    other, first = rows(tmp_path, "amount;number\n2,00;B\n1,00;A\n")
    assert (one.key, two.key) == (first.key, other.key)
    bare = Workflow(name="x", parameters=INVOICE.parameters[:2])
    same, again, else_ = rows(tmp_path, "number,amount\nA,1\nA,1.0\nA,2\n", bare)
    assert len({same.key, again.key, else_.key}) == 3
    assert rows(tmp_path, "number,amount\nA,2\nA,1\n", bare)[1].key == same.key


def test_a_record_that_is_there_twice_is_a_problem(tmp_path: Path):
    """It would be left out as done, without a word."""
    first, second = rows(tmp_path, "number,amount\nA,1\nA,2\n")
    assert first.problems == ()
    assert second.problems == ("row 2 has the same number as row 1",)


def test_lists_are_rows_beside_each_other_columns_or_json(tmp_path: Path):
    """However they stand there, a record has its entries."""
    entries = ({"article": "Bolt", "price": Decimal("1.5")}, {"article": "Nut", "price": ""})
    one, two = rows(tmp_path, "number,lines.article,Lines Price\nA,Bolt,1.5\nA,Nut,\nB,Nut,2\n", ORDER)
    assert (one.values["lines"], one.lines) == (entries, (2, 3))
    assert (two.number, two.values["number"]) == (2, "B")
    text = 'number;lines\nA;"[{""article"": ""Bolt"", ""price"": 1.50}, {""article"": ""Nut""}]"\n'
    assert rows(tmp_path, text, ORDER)[0].values["lines"] == entries
    apart = rows(tmp_path, "number,lines.article\nA,Bolt\nB,Nut\nA,Nut\n", ORDER)
    assert "stands apart from it; sort the table by it" in apart[2].problems[0]


@pytest.mark.parametrize(
    "cell", ["x", "{}", "[1]", '[{""article"": []}]', '[{""articel"": ""x""}]', "[" * 5000, '[{""article"": """"}]']
)
def test_a_list_that_is_none_is_a_problem_of_its_row(tmp_path: Path, cell: str):
    """Whatever stands there."""
    (one,) = rows(tmp_path, f'number;lines\nA;"{cell}"\n', ORDER)
    assert one.problems[0].startswith("row 1 (line 2): lines ")


def test_further_lines_of_a_record_say_the_same_or_nothing(tmp_path: Path):
    """Two amounts of one invoice would be one too many."""
    workflow = Workflow(name="x", identity=("number",), parameters=(*INVOICE.parameters[:2], ORDER.parameters[1]))
    good, bad = rows(tmp_path, "number,amount,lines.article\nA,1,x\nA,,y\nB,1,x\nB,2,y\n", workflow)
    assert good.problems == ()
    assert bad.problems == ("row 2 (line 5): amount is another than in the record's first line",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "is empty"), (b"\n \n", "is empty"), (b"number,amount\n", "has no rows"),
        (b"number,amount\n,\n \n", "has no rows"),
        (b'number,amount\n"A,1\n', "line 2: a text in quotes isn't closed"),
        (b'number,amount\n"A"b,1\n', "quotes and cells"),
        (b"number,amount\nA\x00,1\x01\x02", "is no text"), (b"PK\x03\x04rest", "can't be read as a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old or a locked spreadsheet"), (b"SQLite format 3\x00rest", "SQLite"),
        (b"number,amount\nM\x81,1\n", "neither UTF-8 nor Windows-1252"),
        (b"number,amount\n" + b"x" * 140_000 + b",1", "longer than"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_said(tmp_path: Path, text: bytes, said: str):
    """An empty one too: a run over nothing is not done."""
    assert said in refused(tmp_path, text)


def test_a_row_with_more_cells_than_the_header_is_a_problem(tmp_path: Path):
    """A comma too many moves everything behind it."""
    good, bad = rows(tmp_path, "number,amount\nA,1,,\nB,1,234\n")
    assert good.problems == ()
    assert bad.problems == ("row 2 (line 3): it has 3 cells, and the header 2",)


def test_a_file_that_is_not_there_is_said(tmp_path: Path):
    """By its name."""
    with pytest.raises(TableError, match=r"rows\.csv is not there"):
        opened(tmp_path / "rows.csv", INVOICE)


def test_what_excel_saves_is_read(tmp_path: Path):
    """Its line that says the delimiter, its mark, its line ends, cells of more than one line."""
    text = '\ufeffsep=;\r\nNumber;Amount\r\n"A\r\nB";"1.234,50"\r\nC;2\r\n'
    first, second = rows(tmp_path, text)
    assert first.values["number"] == "A B"
    assert second.lines == (5,)


def test_a_secret_is_never_read_from_a_table(tmp_path: Path):
    """And it isn't written back."""
    workflow = Workflow(name="x", parameters=(Parameter(name="number"), Parameter(name="pin", kind="secret")))
    path = tmp_path / "rows.csv"
    path.write_text("number,pin\nA,hunter2\n")
    table = opened(path, workflow)
    assert "pin" not in next(table.rows()).values
    assert "the column pin isn't read" in table.says[0]
    write_back(table, path, lambda _: ("done", ""))
    assert "hunter2" not in path.read_text("utf-8-sig")


def test_a_file_is_looked_for_beside_the_table(tmp_path: Path):
    """One that isn't there is found before anything is done."""
    workflow = Workflow(name="x", parameters=(Parameter(name="scan", kind="file"),))
    (tmp_path / "a.pdf").write_bytes(b"x")
    good, bad = rows(tmp_path, "scan\na.pdf\nb.pdf\n", workflow)
    assert good.values["scan"] == str(tmp_path / "a.pdf")
    assert bad.problems == ("row 2 (line 3): scan names a file that isn't there",)


# ---- spreadsheets and databases


def _book(path: Path, *lines: tuple[str, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


def test_a_spreadsheets_cells_have_their_types(tmp_path: Path):
    """Dates, numbers without noise, yes and no; a code that shows zeros in front has them."""
    path = tmp_path / "rows.xlsx"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Number", "Amount", "Due", "Urgent"))
    sheet.append((42, 0.1 + 0.2, datetime(2026, 11, 29), True))
    sheet.append((None, None, None, None))
    sheet.append(("B", "1.234,50", "2026-11-29", "nein"))
    sheet["A2"].number_format = "00000"
    book.create_sheet("Notes")
    book.save(path)
    first, second = opened(path, INVOICE).rows()
    assert first.values == {
        "number": "00042",
        "amount": Decimal("0.3"),
        "due": date(2026, 11, 29),
        "currency": "",
        "urgent": True,
    }
    assert second.values["amount"] == Decimal("1234.50")
    assert second.lines == (4,)


def test_of_a_formula_its_value_counts_and_never_its_text(tmp_path: Path):
    """Where it was never worked out, that is the row's problem."""
    path = _book(tmp_path / "raw.xlsx", ("number", "amount"), ("A", "=1+1"), ("B", "=2+2"), ("C", "#REF!"))
    worked = tmp_path / "rows.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(worked, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                assert b"<f>2+2</f><v" in data
                data = data.replace(b"<f>2+2</f><v></v>", b"<f>2+2</f><v>4</v>").replace(
                    b"<f>2+2</f><v />", b"<f>2+2</f><v>4</v>"
                )
            new.writestr(name, data)
    first, second, third = opened(worked, INVOICE).rows()
    assert "amount is a formula that was never worked out" in first.problems[0]
    assert second.values["amount"] == Decimal(4)
    assert "an error of the spreadsheet" in third.problems[0]


def test_which_sheet_is_meant_is_never_guessed(tmp_path: Path):
    """One that is empty doesn't count; the name stands behind a #."""
    path = tmp_path / "rows.xlsx"
    book = Workbook()
    for name in ("May", "June"):
        sheet = book.create_sheet(name)
        sheet.append(("number", "amount"))
        sheet.append((name, 1))
    book.save(path)
    with pytest.raises(TableError, match="something stands in 2 sheets") as error:
        opened(path, INVOICE)
    assert error.value.hints[0].endswith("rows.xlsx#May")
    assert next(opened(f"{path}#June", INVOICE).rows()).values["number"] == "June"
    with pytest.raises(TableError, match="has no sheet July"):
        opened(f"{path}#July", INVOICE)


def test_a_database_has_one_table_or_is_told_which(tmp_path: Path):
    """Its numbers are numbers, and nothing is written to it."""
    path = tmp_path / "rows.sqlite"
    with closing(sqlite3.connect(path)) as base:
        base.execute('CREATE TABLE "in voices" (number TEXT, amount REAL, due TEXT)')
        base.execute("INSERT INTO \"in voices\" VALUES ('A', 1234.5, '2026-11-29'), ('B', x'00', NULL)")
        base.commit()
    before = path.read_bytes()
    first, second = opened(path, INVOICE).rows()
    assert (first.values["amount"], first.values["due"]) == (Decimal("1234.5"), date(2026, 11, 29))
    assert "amount holds bytes" in second.problems[0]
    assert path.read_bytes() == before
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE other (x)")
        base.commit()
    with pytest.raises(TableError, match="has 2 tables"):
        opened(path, INVOICE)
    assert len(list(opened(f"{path}#in voices", INVOICE).rows())) == 2


# ---- many, and back


def test_a_large_table_is_gone_through_one_row_at_a_time(tmp_path: Path):
    """Held are keys to see doubles by, and no row."""
    path = tmp_path / "rows.csv"
    with path.open("w") as file:
        file.write("number;amount;due;note\n")
        file.writelines(f"N-{n};{n},50;29.11.2026;{'x' * 5000}\n" for n in range(4000))
    tracemalloc.start()
    try:
        found = sum(not row.problems for row in opened(path, INVOICE).rows())
        assert tracemalloc.get_traced_memory()[1] < 4_000_000 < path.stat().st_size
    finally:
        tracemalloc.stop()
    assert found == 4000


def test_the_table_is_written_back_with_what_became_of_each_row(tmp_path: Path):
    """Over itself, whole or not at all; a reason that begins like a formula is none."""
    path = tmp_path / "rows.csv"
    path.write_text("number;amount;note\nA;1,50;=cmd\nB;x;\n")
    table = opened(path, INVOICE)
    said = {1: ("done", ""), 2: ("stopped", "=HYPERLINK()")}
    write_back(table, path, lambda number: said[number])
    with path.open(newline="", encoding="utf-8-sig") as file:
        found = list(csv.reader(file))
    assert found[0] == ["number", "amount", "note", "byhand state", "byhand reason"]
    assert found[1:] == [["A", "1,50", "=cmd", "done", ""], ["B", "x", "", "stopped", "'=HYPERLINK()"]]
    assert path.stat().st_mode & 0o077 == 0
    assert [one.name for one in tmp_path.iterdir()] == ["rows.csv"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80), st.booleans())
def test_any_file_is_rows_or_an_error(tmp_path: Path, data: bytes, has_header: bool):
    """Whatever somebody drops on it."""
    with suppress(TableError):
        for row in rows(tmp_path, (b"number,amount\n" if has_header else b"") + data):
            assert row.problems or row.values
