"""`baikoo import notes`: all of a table, or nothing."""

import csv
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import Engine, select

from db.accounts import add_account
from db.audit import Act
from db.engine import open_engine
from db.observations import Observation
from db.sittings import Sitting
from db.upsert import table_of, upsert
from tests.cli.conftest import exit_code
from tracker.note_import import COLUMNS
from vocab.roles import Role

SITTING = "plenary-2017-05-17"
GOOD = {"sitting": SITTING, "day": "2017-05-17", "time": "11:05", "kind": "head_count", "count": "54"}
OTHER = {"sitting": "somewhere", "day": "2017-05-18", "kind": "materials", "item": "3", "handed_out": "жок"}


@pytest.fixture
def engine(empty_home: str) -> Engine:
    """A home with an observer and a sitting."""
    made = open_engine(empty_home)
    row = {"id": SITTING, "body": "plenary", "day": date(2017, 5, 17), "title": "Заседание"}
    with made.begin() as conn:
        add_account(conn, "aigul", "Айгүл", [Role.OBSERVER], "ky", act=Act(who="test", at=datetime.now(UTC)))
        upsert(conn, Sitting, [row], key=("id",))
    made.dispose()
    return made


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    return exit_code(monkeypatch, "import", "notes", *words)


def table(path: Path, *rows: dict[str, Any], delimiter: str = ",") -> str:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def kept(engine: Engine) -> list[dict[str, Any]]:
    with engine.connect() as conn:
        rows = [dict(row) for row in conn.execute(select(table_of(Observation))).mappings()]
    engine.dispose()
    return sorted(rows, key=lambda row: str(row["sitting_id"]))


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_table_comes_in_once(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], delimiter: str
) -> None:
    file = table(tmp_path / "notes.csv", GOOD, OTHER, delimiter=delimiter)
    assert run(monkeypatch, file, "--observer", "aigul", "--check") == 0
    assert "2 notes: 2 would be imported" in capsys.readouterr().out
    assert kept(engine) == []
    assert run(monkeypatch, file, "--observer", "aigul") == 0
    assert capsys.readouterr().out.splitlines() == [
        "2 notes: 2 imported, 0 known before, 1 of no known sitting.",
        "`baikoo track` takes them into the findings.",
    ]
    assert run(monkeypatch, file, "--observer", "aigul") == 0
    assert "0 imported, 2 known before" in capsys.readouterr().out
    first, second = kept(engine)
    assert (first["value"], first["device"], first["marks"]) == ({"count": 54}, None, None)
    assert second["value"] == {"item": 3, "handed_out": False}


def test_one_bad_row_and_nothing_is_imported(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(tmp_path / "notes.csv", GOOD, {**GOOD, "count": "много"}, {**OTHER, "day": "вчера"})
    assert run(monkeypatch, file, "--observer", "aigul") == 1
    told = capsys.readouterr().out
    assert "row 3, count: not_a_number" in told
    assert "row 4, day: bad_moment" in told
    assert "nothing was imported" in told
    assert kept(engine) == []


def test_the_template_is_a_table(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "template.xlsx"
    assert run(monkeypatch, "--template", str(file)) == 0
    book = load_workbook(file)
    sheet = book["notes"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    sheet.append([GOOD.get(name) for name in COLUMNS])
    book.save(file)
    assert run(monkeypatch, str(file), "--observer", "aigul") == 0
    assert "1 imported" in capsys.readouterr().out


def test_the_template_may_be_csv_and_nothing_else(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "template.csv"
    assert run(monkeypatch, "--template", str(file)) == 0
    with file.open("a", encoding="utf-8", newline="") as opened:
        csv.DictWriter(opened, COLUMNS).writerow(GOOD)
    assert run(monkeypatch, str(file), "--observer", "aigul") == 0
    assert "1 imported" in capsys.readouterr().out
    assert run(monkeypatch, "--template", str(tmp_path / "template.ods")) == 2
    assert "neither .xlsx nor .csv" in capsys.readouterr().err


def packed(size: int) -> bytes:
    """A zip of one file of so many zeros."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", bytes(size))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", b"no zip"), ("a.xlsx", packed(60_000_000)), ("a.csv", b"\xff\xfe\x00")],
    ids=["no zip", "a bomb", "no text"],
)
def test_what_is_no_table_is_refused(
    engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    data: bytes,
) -> None:
    (tmp_path / name).write_bytes(data)
    assert run(monkeypatch, str(tmp_path / name), "--observer", "aigul") == 2
    assert "is no table that can be read" in capsys.readouterr().err


def test_a_stranger_and_a_missing_table_are_refused(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = table(tmp_path / "notes.csv", GOOD)
    assert run(monkeypatch, file, "--observer", "nobody") == 2
    assert "no account 'nobody'" in capsys.readouterr().err
    assert run(monkeypatch, str(tmp_path / "nowhere.csv"), "--observer", "aigul") == 2
    assert "nowhere.csv cannot be read: No such file" in capsys.readouterr().err
    assert run(monkeypatch, file) == 2
    assert run(monkeypatch) == 2
    book = Workbook()
    book.save(tmp_path / "empty.xlsx")
    assert run(monkeypatch, str(tmp_path / "empty.xlsx"), "--observer", "aigul") == 1
