import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import StatementError
from sqlmodel import col

from db.engine import open_engine, reader
from db.records import PressRecord
from db.runs import Origin
from db.settings import load_settings
from db.upsert import upsert
from db.versions import Statement, store_statements
from vocab.errors import ConfigError

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("url", ["nonsense", "mysql://localhost/x"])
def test_an_address_that_is_none_is_named(url: str) -> None:
    with pytest.raises(ConfigError, match="BAIKOO_DATABASE_URL"):
        open_engine(url)


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    assert load_settings({}).home == Path("data")
    mine = load_settings({"BAIKOO_HOME": str(tmp_path)})
    assert mine.database_url == f"sqlite:///{tmp_path / 'baikoo.sqlite'}"
    assert (mine.archive_dir, mine.public_dir) == (tmp_path / "archive", tmp_path / "public")
    assert load_settings({"BAIKOO_DATABASE_URL": "postgresql://x/y"}).database_url == "postgresql://x/y"


def test_moments_keep_their_zone_and_naive_ones_are_refused(engine: Engine) -> None:
    bishkek = NOW.astimezone(timezone(timedelta(hours=6)))
    with engine.begin() as conn:
        upsert(conn, Origin, [{"id": 1, "kind": "live", "detail": "", "since": bishkek}], key=("id",))
        upsert(conn, Origin, [{"id": 1, "kind": "replay", "detail": "", "since": NOW}], key=("id",), update=())
        row = conn.execute(select(col(Origin.kind), col(Origin.since))).one()
    assert tuple(row) == ("live", NOW)
    naive = {"id": 2, "kind": "live", "detail": "", "since": NOW.replace(tzinfo=None)}
    with engine.begin() as conn, pytest.raises(StatementError, match="timezone"):
        upsert(conn, Origin, [naive], key=("id",))


def test_two_writers_lose_and_double_nothing(engine: Engine) -> None:
    def write(writer: int) -> None:
        for batch in range(10):
            rows = [
                Statement(
                    record_type="press_record",
                    key=f"k{batch}-{n}",
                    site="s",
                    scope="s",
                    part="list",
                    fields={"title": "t"},
                    columns={"title": f"{writer}"},
                )
                for n in range(20)
            ]
            with engine.begin() as conn:
                store_statements(conn, rows, now=NOW)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reader(engine) as conn:
        assert conn.execute(select(func.count()).select_from(PressRecord)).scalar_one() == 200
        assert conn.execute(select(func.max(col(PressRecord.version)))).scalar_one() == 1
