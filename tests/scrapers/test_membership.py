"""Imported lists of deputies."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.records import DeputyRecord, RecordVersion
from db.runs import Origin, Quarantine, Run
from scrapers.imports.membership import ImportReport, import_membership, snapshots
from tests.scrapers.conftest import Home
from vocab.errors import UsageError

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LIST = "index,name,party\n1,Мисалов  Мисал Мисалович,Фракция «Проба»\n2,Пробова Проба,\n"


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def home(sqlite_engine: Engine, tmp_path: Path) -> Home:
    return Home(tmp_path, sqlite_engine)


def run(home: Home, files: Mapping[str, str]) -> ImportReport:
    return import_membership(home.engine, write(home.folder / "lists", files), now=NOW)


def test_a_list_becomes_deputy_records(home: Home) -> None:
    links = '{"archived_urls": [{"url": "u20", "date": "2016-11-20"}, {"url": "u03", "date": "2016-11-03"}]}'
    files = {"export/VI/2016-11.csv": LIST, "kenesh_VI_links.json": links, "export/cleaned/VI.csv": "name\nX\n"}

    report = run(home, files)

    assert report.outcome == "clean"
    assert report.figures == {"lists": 1, "rows": 2, "new": 2, "changed": 0, "unchanged": 0, "quarantined": 0}
    first, second = home.rows(DeputyRecord)
    assert first["key"] == "kenesh:membership:VI:2016-11-03:Мисалов Мисал Мисалович"
    assert (first["convocation"], first["faction"], first["shown_on"]) == ("VI", "Фракция «Проба»", date(2016, 11, 3))
    assert (first["url"], second["faction"]) == ("u03", None)
    assert home.rows(Origin) == []
    assert [(one["stage"], one["outcome"]) for one in home.rows(Run)] == [("import", "clean")]


def test_a_second_import_changes_nothing(home: Home) -> None:
    run(home, {"VI/2016-11.csv": LIST})
    report = run(home, {"VI/2016-11.csv": LIST})

    assert (report.figures["unchanged"], len(home.rows(RecordVersion))) == (2, 2)


def test_without_links_a_list_is_of_the_first_of_its_month(tmp_path: Path) -> None:
    (snapshot,) = snapshots(write(tmp_path, {"V/2010-12.csv": LIST}))
    assert (snapshot.day, snapshot.convocation, snapshot.url) == (date(2010, 12, 1), "V", None)


def test_a_row_that_names_nobody_is_quarantined(home: Home) -> None:
    report = run(home, {"VI/2016-11.csv": LIST + "3,,Фракция\n"})

    assert (report.outcome, report.figures["quarantined"]) == ("clean", 1)
    (row,) = home.rows(Quarantine)
    assert (row["address"], row["place"], row["reason"]) == ("membership:VI/2016-11.csv", "line 4", "no name")
    run(home, {"VI/2016-11.csv": LIST})
    assert home.rows(Quarantine)[0]["settled_at"] == NOW


def test_two_deputies_of_one_name_are_not_merged(home: Home) -> None:
    report = run(home, {"VI/2016-11.csv": LIST + "3,Пробова Проба,Фракция «Другая»\n"})

    assert report.outcome == "red"
    assert len(home.rows(DeputyRecord)) == 2
    assert "different content" in report.reasons[0]


@pytest.mark.parametrize("content", [b"number,who\n1,X\n", "name,party\nПроба,".encode("cp1251")])
def test_a_file_that_is_no_list_is_red(home: Home, content: bytes) -> None:
    write(home.folder / "lists", {"VI/2016-10.csv": ""})
    (home.folder / "lists" / "VI" / "2016-10.csv").write_bytes(content)

    report = run(home, {"VI/2016-11.csv": LIST})

    assert report.outcome == "red"
    assert len(home.rows(DeputyRecord)) == 2


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"VI/list.csv": LIST}, "holds no lists"),
        ({"VI/2016-11.csv": LIST, "kenesh_VI_links.json": "[]"}, "does not name archived pages"),
    ],
)
def test_a_folder_of_another_form_is_refused(tmp_path: Path, files: Mapping[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        snapshots(write(tmp_path, files))
