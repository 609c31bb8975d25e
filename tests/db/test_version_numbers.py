"""Versions are numbered in the order in which they were committed, so that a reader who goes on misses none."""

from datetime import UTC, datetime

from alembic import command
from sqlalchemy import Engine, select, text
from sqlmodel import col

from db.engine import open_engine, reader
from db.migrate import config, upgrade
from db.records import RecordVersion
from db.versions import last_version
from tests.db.test_writers import begin, result, start_writer


def after(engine: Engine, seen: int) -> list[int]:
    """The numbers that came since."""
    with reader(engine) as conn:
        number = col(RecordVersion.seq)
        return list(conn.execute(select(number).where(number > seen).order_by(number)).scalars())


def test_a_reader_beside_two_writers_misses_none(database_url: str, engine: Engine) -> None:
    writers = [start_writer(database_url, name, "15") for name in ("one", "two")]
    for writer in writers:
        begin(writer)
    seen: list[int] = []
    while any(writer.poll() is None for writer in writers):
        seen += after(engine, seen[-1] if seen else 0)
    seen += after(engine, seen[-1] if seen else 0)
    assert [len(result(writer)) for writer in writers] == [3, 3]
    assert seen == list(range(1, 301))


def test_older_versions_are_counted_in_the_order_of_their_time(database_url: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as conn:
        command.upgrade(config(conn), "0011")
        for key, minute in (("late", 5), ("early", 1), ("middle", 3)):
            values = {"key": key, "at": datetime(2026, 9, 1, 8, minute, tzinfo=UTC).replace(tzinfo=None)}
            insert = (
                "INSERT INTO record_version (record_type, record_key, version, content_hash, payload, changes,"
                " first_seen) VALUES ('press_record', :key, 1, '', '{}', '[]', :at)"
            )
            conn.execute(text(insert), values)
    upgrade(engine)
    with reader(engine) as conn:
        order = select(col(RecordVersion.record_key)).order_by(col(RecordVersion.seq))
        assert list(conn.execute(order).scalars()) == ["early", "middle", "late"]
        assert last_version(conn) == 3
    engine.dispose()
