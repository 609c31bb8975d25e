import signal
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


Writer = subprocess.Popen[str]


def start_writer(url: str, *arguments: str) -> Writer:
    """A writer that is ready; it begins when its result is asked for, or by `begin`."""
    command = [sys.executable, str(WRITER), url, *arguments]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    return writer


def begin(writer: Writer) -> None:
    assert writer.stdin is not None
    writer.stdin.close()
    writer.stdin = None


def result(writer: Writer) -> tuple[int, ...]:
    """New, changed, unchanged; () for a killed writer."""
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
    rounds = 25
    writers = [start_writer(database_url, name, str(rounds)) for name in ("one", "two")]
    for writer in writers:
        begin(writer)
    counts = [result(writer) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    new, changed, unchanged = (sum(column) for column in zip(*counts, strict=True))
    assert (new, changed, unchanged) == (10, 2 * rounds * 10 - 10, 0)
    said = versions(engine)
    for key, version, title in stored(engine):
        assert version == len(said[key]) == 2 * rounds
        assert set(said[key]) == {f"{name} {number}" for name in ("one", "two") for number in range(rounds)}
        assert said[key][-1] == title


def test_a_killed_writer_leaves_whole_batches(database_url: str, engine: Engine) -> None:
    killed = start_writer(database_url, "one", "6", "3")
    assert result(killed) == ()
    assert killed.returncode == -signal.SIGKILL
    assert {words[-1] for words in versions(engine).values()} == {"one 2"}
    assert result(start_writer(database_url, "two", "2")) == (0, 20, 0)
    assert {tuple(words) for words in versions(engine).values()} == {("one 0", "one 1", "one 2", "two 0", "two 1")}


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
    try:
        for number in range(60):
            with engine.begin() as conn:
                change(conn, f"title {number}")
    finally:
        done.set()
        tracker.join(60)
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
    keys = [f"press:{n}" for n in range(10)]
    with engine.begin() as conn:
        rows = [{"address": "a", "record_type": "press_record", "record_key": key} for key in keys]
        upsert(conn, PageRecord, rows, key=("address", "record_type", "record_key"))
    writer = start_writer(engine.url.render_as_string(hide_password=False), "one", "20")
    begin(writer)
    for step in range(20):
        moment = NOW + timedelta(minutes=step)
        with engine.begin() as conn:
            mark_vanished(conn, "press_record", "s:press", not_seen_since=moment + timedelta(days=9999), now=moment)
        with engine.begin() as conn:
            touch_records_of_pages(conn, ["a"], moment)
    assert sum(result(writer)) == 200
    with reader(engine) as conn:
        alive = select(func.count()).where(col(PressRecord.vanished_at).is_(None))
        assert conn.execute(alive).scalar_one() == 10
