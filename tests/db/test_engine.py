import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import col

from db.engine import open_engine, reader
from db.people import Membership, Person
from db.runs import Origin, Run
from db.settings import load_settings
from db.upsert import upsert
from vocab.errors import ConfigError

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
LIVE = {"id": 1, "kind": "live", "detail": "", "since": NOW}


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/x"])
def test_an_address_that_is_none_is_named(url: str) -> None:
    with pytest.raises(ConfigError, match="BAIKOO_DATABASE_URL"):
        open_engine(url)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match=r"requirements/pg.txt"):
        open_engine("postgresql://localhost/x")


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    assert load_settings({}).home == Path("data")
    assert load_settings({"BAIKOO_HOME": "~/x"}).home == Path.home() / "x"
    mine = load_settings({"BAIKOO_HOME": str(tmp_path)})
    assert mine.database_url == f"sqlite:///{tmp_path / 'baikoo.sqlite'}"
    assert (mine.archive_dir, mine.public_dir) == (tmp_path / "archive", tmp_path / "public")
    assert load_settings({"BAIKOO_DATABASE_URL": "postgresql://x/y"}).database_url == "postgresql://x/y"


def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/a/b/c.sqlite")
    with engine.begin() as conn:
        pragmas = [conn.execute(text(f"PRAGMA {name}")).scalar_one() for name in ("journal_mode", "foreign_keys")]
    engine.dispose()
    assert pragmas == ["wal", 1]


def test_a_database_in_memory_works() -> None:
    engine = open_engine("sqlite://")
    with engine.begin() as conn:
        assert conn.execute(text("SELECT 1")).scalar_one() == 1
    engine.dispose()


def test_moments_keep_their_zone_and_naive_ones_are_refused(engine: Engine) -> None:
    bishkek = NOW.astimezone(timezone(timedelta(hours=6)))
    with engine.begin() as conn:
        upsert(conn, Origin, [LIVE | {"since": bishkek}], key=("id",))
        since = conn.execute(select(col(Origin.since)).where(col(Origin.since) == NOW)).scalar_one()
    assert (since, since.tzinfo) == (NOW, UTC)
    with engine.begin() as conn, pytest.raises(StatementError, match="timezone"):
        upsert(conn, Origin, [LIVE | {"since": NOW.replace(tzinfo=None)}], key=("id",))


@pytest.mark.parametrize(
    ("update", "kept"),
    [(None, ("replay", "new")), ((), ("live", "")), (("detail",), ("live", "new"))],
)
def test_an_upsert_changes_what_it_is_told_to(engine: Engine, update: tuple[str, ...] | None, kept: object) -> None:
    with engine.begin() as conn:
        upsert(conn, Origin, [LIVE], key=("id",))
        upsert(conn, Origin, [LIVE | {"kind": "replay", "detail": "new"}], key=("id",), update=update)
        upsert(conn, Origin, [], key=("id",))
        assert tuple(conn.execute(select(col(Origin.kind), col(Origin.detail))).one()) == kept


def test_many_rows_are_upserted_and_the_last_of_a_key_counts(engine: Engine) -> None:
    rows = [{"id": f"p{n % 5000}", "name": str(n), "surname": "с"} for n in range(5001)]
    with engine.begin() as conn:
        upsert(conn, Person, rows, key=("id",))
        names = {row.id: row.name for row in conn.execute(select(col(Person.id), col(Person.name)))}
    assert (len(names), names["p0"], names["p4999"]) == (5000, "5000", "4999")


@pytest.mark.parametrize("second", [{"id": "b", "name": "b"}, {"id": "b", "name": "b", "surname": "b", "gender": "f"}])
def test_rows_with_other_columns_are_refused(engine: Engine, second: dict[str, str]) -> None:
    with engine.begin() as conn, pytest.raises(ValueError, match="person name different columns"):
        upsert(conn, Person, [{"id": "a", "name": "a", "surname": "a"}, second], key=("id",))


def test_columns_that_are_not_named_take_their_default(engine: Engine) -> None:
    with engine.begin() as conn:
        upsert(conn, Run, [{"id": 7, "stage": "crawl", "origin": "live", "started_at": NOW}], key=("id",))
        assert tuple(conn.execute(select(col(Run.figures), col(Run.reasons))).one()) == ({}, [])


def test_a_reference_to_nothing_is_refused(engine: Engine) -> None:
    day = NOW.date()
    row = {"person_id": "nobody", "convocation": "VI", "seen_first": day, "seen_last": day}
    with pytest.raises(IntegrityError), engine.begin() as conn:
        upsert(conn, Membership, [row], key=("person_id", "convocation", "seen_first"))


def test_json_keeps_its_letters_and_refuses_what_is_none(engine: Engine) -> None:
    run = {"id": 1, "stage": "crawl", "origin": "live", "started_at": NOW}
    with engine.begin() as conn:
        upsert(conn, Run, [run | {"figures": {"Күн": 1}}], key=("id",))
        assert conn.execute(text("SELECT CAST(figures AS TEXT) FROM run")).scalar_one() == '{"Күн":1}'
    with engine.begin() as conn, pytest.raises((StatementError, ValueError), match="JSON compliant"):
        upsert(conn, Run, [run | {"figures": {"x": float("nan")}}], key=("id",))


def test_a_reader_sees_one_state_and_cannot_write(engine: Engine) -> None:
    people = select(col(Person.id))
    with reader(engine) as conn:
        assert conn.execute(people).all() == []
        with engine.begin() as other:
            upsert(other, Person, [{"id": "a", "name": "a", "surname": "a"}], key=("id",))
        assert conn.execute(people).all() == []
    with reader(engine) as conn:
        assert conn.execute(people).scalars().all() == ["a"]
        with pytest.raises(DBAPIError, match="read"):
            conn.execute(text("DELETE FROM person"))
    with engine.begin() as conn:
        conn.execute(text("DELETE FROM person"))
