"""The public data as files: whole or not there, the same for the same data, readable by the tools of the docs."""

import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from db.bills import Bill
from db.engine import open_engine
from db.settings import HomeSettings
from db.upsert import table_of
from tests.data_page import PAGE, page
from tests.test_architecture import ROOT
from tests.web import sample
from web.bulk.forms import Form
from web.bulk.model import load_model
from web.bulk.package import sha256_of
from web.bulk.readers import READERS
from web.bulk.run import Exported, Wish, export
from web.bulk.versions import keep_newest, versions

DAY = date(2026, 11, 27)
SEEN = sample.NOW.date()
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, empty_tables: Path) -> Iterator[Engine]:
    """The sample; nothing writes to it."""
    home = tmp_path_factory.mktemp("source")
    shutil.copyfile(empty_tables, home / "baikoo.sqlite")
    engine = open_engine(f"sqlite:///{home / 'baikoo.sqlite'}")
    sample.fill(engine, HomeSettings(home=home, database_url=str(engine.url)))
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def made(source: Engine, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """Its export."""
    return export(source, tmp_path_factory.mktemp("out"), Wish(day=DAY, public_url="https://baikoo.test"))


def rows(exported: Exported, table: str) -> list[dict[str, object]]:
    lines = (exported.path / "jsonl" / f"{table}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_model_and_its_page_are_whole() -> None:
    assert PAGE.read_text("utf-8") == page(), "make dictionary"
    assert list(load_model()) == list(READERS)
    for table in load_model().values():
        assert set(table.key) <= set(table.names)
        assert all(len(one.columns) == len(one.at) for one in table.references)


def test_a_version_says_what_it_holds(made: Exported) -> None:
    assert made.rows["bills"] == 2
    assert {row["id"] for row in rows(made, "bills")} == {sample.BILL, sample.HOSTILE}
    assert [row["count"] for row in rows(made, "registrations")] == [97, 58]
    assert rows(made, "transfers")[0]["to_id"] == sample.HOLDER
    assert {row["id"] for row in rows(made, "findings")} == {"f-broken", "f-kept", "f-unsure", "f-bill"}
    listed = {line[66:]: line[:64] for line in (made.path / "CHECKSUMS").read_text("utf-8").splitlines()}
    files = {path.relative_to(made.path).as_posix() for path in made.path.rglob("*") if path.is_file()}
    assert listed.keys() == files - {"CHECKSUMS", "README.md"}
    assert all(sha256_of(made.path / name) == digest for name, digest in listed.items())
    assert made.checksum in (made.path / "README.md").read_text("utf-8")
    members = json.loads((made.path / "popolo.json").read_text("utf-8"))["memberships"]
    assert {"person_id": sample.PERSON, "on_behalf_of_id": "faction-respublika-ata-zhurt"}.items() <= members[0].items()


def test_the_same_data_are_one_version_and_others_another(source: Engine, made: Exported, tmp_path: Path) -> None:
    again = export(source, made.path.parent, Wish(day=DAY, public_url="https://elsewhere.test"))
    assert (again.is_new, again.version, again.checksum) == (False, made.version, made.checksum)
    with source.connect() as conn:
        conn.exec_driver_sql("COMMIT")
        conn.exec_driver_sql("VACUUM INTO ?", (str(tmp_path / "copy.sqlite"),))
    other = open_engine(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    out = tmp_path / "out"
    first = export(other, out, Wish(day=DAY, forms=(Form.CSV,)))
    with other.begin() as conn:
        conn.execute(update(table_of(Bill)).values(title="=1+1"))
    second = export(other, out, Wish(day=DAY, forms=(Form.CSV,)))
    assert (first.version, second.version) == ("2026-11-27", "2026-11-27.2")
    assert "=1+1" in (second.path / "csv" / "bills.csv").read_text("utf-8")
    assert [one.name for one in versions(out)] == ["2026-11-27.2", "2026-11-27"]
    assert keep_newest(out, 1) == ["2026-11-27"]
    other.dispose()


def test_as_of_a_day_nothing_later_is_told(source: Engine, tmp_path: Path) -> None:
    before = export(source, tmp_path, Wish(day=DAY, as_of=SEEN - timedelta(days=1)))
    assert {name for name, number in before.rows.items() if number} == {"rules"}
    then = export(source, tmp_path, Wish(day=DAY, as_of=SEEN))
    assert then.version == f"2026-11-27-as-of-{SEEN}"
    # The accusation was confirmed, and the older finding replaced, a day later.
    assert {row["id"] for row in rows(then, "findings")} == {"f-kept", "f-unsure", "f-bill", "f-old"}
    assert all(row["superseded_at"] is None for row in rows(then, "findings"))


def test_some_tables_refer_only_to_one_another(source: Engine, tmp_path: Path) -> None:
    some = export(source, tmp_path, Wish(day=DAY, tables=("bill_events", "bills"), forms=(Form.SQLITE, Form.CSV)))
    assert list(some.rows) == ["bills", "bill_events"]
    conn = sqlite3.connect(some.path / "baikoo.sqlite")
    assert {row[2] for row in conn.execute("PRAGMA foreign_key_list(bill_events)")} == {"bills"}
    assert conn.execute("SELECT count(*) FROM bills_fts WHERE bills_fts MATCH 'образовании'").fetchone() == (1,)
    conn.close()
    assert not (some.path / "popolo.json").exists()


def test_a_killed_export_leaves_no_version(source: Engine, tmp_path: Path) -> None:
    code = (
        "import os, signal, sys, datetime, pathlib\n"
        "from db.engine import open_engine\n"
        "from web.bulk.run import Wish, export\n"
        "die = lambda name, rows: os.kill(os.getpid(), signal.SIGKILL) if name == 'pages' else None\n"
        "export(open_engine(sys.argv[1]), pathlib.Path(sys.argv[2]), Wish(day=datetime.date(2026, 11, 27)), die)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(source.url), str(tmp_path)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert versions(tmp_path) == []
    assert export(source, tmp_path, Wish(day=DAY, forms=(Form.CSV,))).is_new
    assert {path.name for path in tmp_path.iterdir()} == {".lock", "2026-11-27"}


def test_a_full_disk_is_told_and_leaves_nothing(source: Engine, tmp_path: Path) -> None:
    code = (
        "import datetime, pathlib, resource, sys\n"
        "from db.engine import open_engine\n"
        "from web.bulk.run import Wish, export\n"
        "from web.bulk.forms import Form\n"
        "forms = [Form(sys.argv[3])]\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))\n"
        "wish = Wish(day=datetime.date(2026, 11, 27), forms=forms)\n"
        "export(open_engine(sys.argv[1]), pathlib.Path(sys.argv[2]), wish)\n"
    )
    for form in Form:
        command = [sys.executable, "-c", code, str(source.url), str(tmp_path), form]
        ended = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        assert "StorageError" in ended.stderr.splitlines()[-1]
        assert {path.name for path in tmp_path.iterdir()} == {".lock"}


def test_of_both_databases_the_same_files(made: Exported, postgres_engine: Engine, tmp_path: Path) -> None:
    sample.fill(postgres_engine, HomeSettings(home=tmp_path / "home", database_url=""))
    other = export(postgres_engine, tmp_path / "out", Wish(day=DAY, public_url="https://baikoo.test"))
    assert other.checksum == made.checksum


def test_what_the_document_shows_works(made: Exported) -> None:
    document = (ROOT / "docs" / "export.md").read_text("utf-8")
    fences = FENCE.findall(document)
    bin_folder = Path(sys.executable).parent
    for language, text in fences:
        lines = [line for line in text.splitlines() if line.startswith("datasette") and "--get" in line]
        if language == "python":
            subprocess.run([sys.executable, "-c", text], cwd=made.path, check=True)
        elif language == "r" and shutil.which("Rscript"):
            subprocess.run(["Rscript", "-e", text], cwd=made.path, check=True)
        for line in lines:
            shown = subprocess.run(
                f"{bin_folder}/{line}", shell=True, cwd=made.path, check=True, capture_output=True, text=True
            )
            assert json.loads(shown.stdout)["ok"]
    assert {"python", "r", "sh"} <= {language for language, _ in fences}
