import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text

import db
from db.engine import open_engine, reader
from db.metadata import METADATA
from db.migrate import check, is_current, newest, upgrade
from vocab.errors import StorageError


@pytest.fixture
def empty_engine(database_url: str) -> Iterator[Engine]:
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


def test_the_steps_make_what_the_tables_say(empty_engine: Engine) -> None:
    assert check(empty_engine) == (
        f"the database is at no revision, the code needs {newest()}: run `baikoo db upgrade`",
    )
    assert not is_current(empty_engine)
    upgrade(empty_engine)
    upgrade(empty_engine)
    assert check(empty_engine) == ()
    assert is_current(empty_engine)


def test_create_all_makes_what_the_steps_make(sqlite_engine: Engine, tmp_path: Path) -> None:
    made = create_engine(f"sqlite:///{tmp_path / 'made.sqlite'}")
    METADATA.create_all(made)
    with made.connect() as conn:
        assert compare_metadata(MigrationContext.configure(conn), METADATA) == []
    by_steps, by_tables = inspect(sqlite_engine), inspect(made)
    tables = {name for name in by_steps.get_table_names() if not name.startswith("search_index")}
    assert tables - {"alembic_version"} == set(by_tables.get_table_names())
    for table in by_tables.get_table_names():
        assert by_steps.get_pk_constraint(table) == by_tables.get_pk_constraint(table)
        assert {one["name"] for one in by_steps.get_indexes(table)} == {
            one["name"] for one in by_tables.get_indexes(table)
        }
        assert len(by_steps.get_foreign_keys(table)) == len(by_tables.get_foreign_keys(table))
    made.dispose()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ("ALTER TABLE bill DROP COLUMN title", "missing column: bill.title"),
        ("ALTER TABLE bill ADD COLUMN colour INTEGER", "unknown column: bill.colour"),
        ("DROP TABLE absence", "missing table: absence"),
        ("DROP INDEX ix_bill_number", "missing index: bill(number)"),
        (
            "ALTER TABLE bill DROP COLUMN kind; ALTER TABLE bill ADD COLUMN kind INTEGER",
            "other type: bill.kind is INTEGER() and not AutoString()",
        ),
    ],
)
def test_a_difference_is_named(engine: Engine, damage: str, words: str) -> None:
    with engine.begin() as conn:
        for statement in damage.split(";"):
            conn.execute(text(statement))
    assert words in check(engine)


def test_a_newer_database_is_left_alone(engine: Engine) -> None:
    with engine.begin() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "revision 9999, which this version does not know" in check(engine)[0]
    with pytest.raises(StorageError, match="install the newer version"):
        upgrade(engine)


def test_two_that_start_at_once_make_one_database(empty_engine: Engine) -> None:
    failed: list[Exception] = []

    def start() -> None:
        try:
            upgrade(empty_engine)
        except Exception as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert check(empty_engine) == ()


def test_a_check_does_not_wait_for_a_writer(engine: Engine) -> None:
    with engine.begin() as conn:
        conn.execute(text("INSERT INTO bill (id, title, kind) VALUES ('b', 't', 'law')"))
        assert check(engine) == ()
        with reader(engine) as other:
            assert other.execute(text("SELECT count(*) FROM bill")).scalar_one() == 0


def test_a_new_step_is_written_from_the_tables(tmp_path: Path) -> None:
    source = Path(db.__file__).parent
    for package in ("db", "vocab"):
        shutil.copytree(source.parent / package, tmp_path / package)
    write = [sys.executable, "-m", "db.migrations", "Give bills a colour"]
    steps = tmp_path / "db" / "migrations" / "versions"
    before = set(steps.glob("*.py"))
    subprocess.run(write, cwd=tmp_path, check=True, capture_output=True)
    assert set(steps.glob("*.py")) == before, "nothing differs, nothing is written"
    bills = tmp_path / "db" / "bills.py"
    bills.write_text(bills.read_text().replace("    kind: str\n", "    kind: str\n    colour: str | None = None\n", 1))
    for _ in range(2):
        subprocess.run(write, cwd=tmp_path, check=True, capture_output=True)
    (made,) = set(steps.glob("*.py")) - before
    assert made.name.endswith("_give_bills_a_colour.py")
    assert "add_column(sa.Column('colour', sa.String(), nullable=True))" in made.read_text()
