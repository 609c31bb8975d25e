import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlmodel import col

from db.engine import open_engine, reader, take_turn
from db.pages import PageRecord
from db.pending import mark_pending, pending_keys, take_pending
from db.records import PressRecord, RecordVersion
from db.upsert import upsert
from db.versions import Statement, mark_vanished, store_statements, touch_records_of_pages

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
WRITER = Path(__file__).with_name("writing.py")


def start_writer(url: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, str(WRITER), url, *arguments], stdout=subprocess.PIPE, text=True)


def counted(writer: "subprocess.Popen[str]") -> tuple[int, ...]:
    out, _ = writer.communicate(timeout=120)
    return tuple(int(number) for number in out.split())


def stored(engine: Engine) -> list[tuple[str, int, str]]:
    """Key, version and title of all records."""
    query = select(col(PressRecord.key), col(PressRecord.version), col(PressRecord.title))
    with reader(engine) as conn:
        return [(key, version, title) for key, version, title in conn.execute(query.order_by(col(PressRecord.key)))]


def versions(engine: Engine) -> dict[str, list[Any]]:
    """The words of each record's versions in order."""
    query = select(col(RecordVersion.record_key), col(RecordVersion.payload))
    found: dict[str, list[Any]] = {}
    with reader(engine) as conn:
        for key, payload in conn.execute(query.order_by(col(RecordVersion.version))):
            found.setdefault(key, []).append(payload["list"]["title"])
    return found


def test_two_writers_lose_and_double_nothing(database_url: str, engine: Engine) -> None:
    writers = [start_writer(database_url, name, "20") for name in ("one", "two")]
    counts = [counted(writer) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    records, said = stored(engine), versions(engine)
    assert len(records) == sum(new for new, _, _ in counts) == 200
    assert sum(changed for _, changed, _ in counts) == 200, "each record was stated in two ways, one after the other"
    for key, version, title in records:
        assert version == len(said[key]) == 2
        assert {words.split()[0] for words in said[key]} == {"one", "two"}
        assert said[key][-1] == title


def test_a_killed_writer_leaves_whole_batches(database_url: str, engine: Engine) -> None:
    killed = start_writer(database_url, "one", "6", "3")
    assert counted(killed) == ()
    assert killed.returncode == -9
    assert len(stored(engine)) == 30
    assert counted(start_writer(database_url, "one", "6")) == (30, 0, 30)
    assert [version for _, version, _ in stored(engine)] == [1] * 60
    assert len(versions(engine)) == 60


def change(conn: Any, title: str, now: datetime = NOW) -> None:
    one = Statement(
        record_type="press_record",
        key="press:1",
        site="s",
        scope="s:press",
        part="list",
        fields={"title": title},
        columns={"title": title, "has_body": False},
    )
    store_statements(conn, [one], now=now)


def test_what_changes_while_it_is_taken_is_pending_again(database_url: str, engine: Engine) -> None:
    last_seen: list[int] = []
    done = threading.Event()

    def track() -> None:
        other = open_engine(database_url)
        while True:
            finished = done.is_set()
            with other.begin() as conn:
                take_turn(conn)
                if waiting := pending_keys(conn):
                    take_pending(conn, waiting)
                    last_seen.append(conn.execute(select(col(PressRecord.version))).scalar_one())
                elif finished:
                    break
        other.dispose()

    tracker = threading.Thread(target=track)
    tracker.start()
    for number in range(60):
        with engine.begin() as conn:
            change(conn, f"title {number}")
    done.set()
    tracker.join()
    assert last_seen[-1] == 60
    assert last_seen == sorted(last_seen)


def test_what_is_pending_is_taken_once_and_put_back_by_a_rollback(engine: Engine) -> None:
    with engine.begin() as conn:
        mark_pending(conn, "observation", ["b", "a", "b"])
        mark_pending(conn, "act_record", ["z"])
    with engine.connect() as conn:
        take_pending(conn, {"observation": ["a"], "act_record": ["z"]})
        assert pending_keys(conn) == {"observation": ["b"]}
        conn.rollback()
    with engine.begin() as conn:
        assert pending_keys(conn) == {"act_record": ["z"], "observation": ["a", "b"]}


def test_walks_of_two_processes_do_not_cross(engine: Engine) -> None:
    """One writer states records and their page again while another marks what vanished; nothing deadlocks."""
    keys = [f"press:{number}-{n}" for number in range(3) for n in range(10)]
    with engine.begin() as conn:
        rows = [{"address": "a", "record_type": "press_record", "record_key": key} for key in keys]
        upsert(conn, PageRecord, rows, key=("address", "record_type", "record_key"))
    writer = start_writer(engine.url.render_as_string(hide_password=False), "one", "3")
    for step in range(20):
        moment = NOW + timedelta(minutes=step)
        with engine.begin() as conn:
            mark_vanished(conn, "press_record", "s:press", not_seen_since=moment + timedelta(days=9999), now=moment)
        with engine.begin() as conn:
            touch_records_of_pages(conn, ["a"], moment)
    assert sum(counted(writer)) == 30
    with reader(engine) as conn:
        alive = select(func.count()).where(col(PressRecord.vanished_at).is_(None))
        assert conn.execute(alive).scalar_one() == 30
