"""The database engine: SQLite in WAL mode, or PostgreSQL."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from vocab.errors import ConfigError

_BUSY_SECONDS, _IMPATIENT_MS = 60, 20
_BUSY_CODES = {sqlite3.SQLITE_BUSY, "55P03"}
"""What SQLite and PostgreSQL (lock_not_available) say of a lock that somebody else has."""

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_TURN = 4_712_057  # the number of the lock that writers of records take in turn; any number that nobody else uses
AUDIT_TURN = 4_712_058
"""The lock of those who extend the audit's chain: an act at the desk does not wait for a crawl or a tracker."""


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`; folders of a SQLite file are made.

    Raises ConfigError for an address that is neither, or where the driver of PostgreSQL is missing.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigError(f"BAIKOO_DATABASE_URL is not a database address: {error}") from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _open_sqlite(parsed)
    if backend == "postgresql":
        return _open_postgresql(parsed)
    raise ConfigError(f"BAIKOO_DATABASE_URL: {backend} is neither sqlite nor postgresql")


def _open_sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    waiting = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=waiting, json_serializer=_to_json)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_postgresql(url: URL) -> Engine:
    try:
        return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True, json_serializer=_to_json)
    except ModuleNotFoundError as error:
        raise ConfigError(
            f"PostgreSQL needs its driver ({error}): .venv/bin/pip install --require-hashes -r requirements/pg.txt"
        ) from error


def _to_json(value: Any) -> str:
    """JSON with its letters as they are (a Cyrillic one takes two bytes and not six); what is not JSON is refused."""
    return _JSON.encode(value)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL lets readers work beside the one writer. The driver's own BEGIN is late: we say ours, see `_begin_sqlite`."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(conn: Connection) -> None:
    """Take the write lock at the start: a transaction that reads first and writes later could not be saved.

    A `reader` takes no lock and cannot write. WAL with synchronous = NORMAL may lose the last commits on a loss of
    power; those of a `durable_writer` are on the disk when they return.
    """
    impatient = conn.get_execution_options().get("impatient", False)
    conn.exec_driver_sql(f"PRAGMA busy_timeout = {_IMPATIENT_MS if impatient else _BUSY_SECONDS * 1000}")
    durable = conn.get_execution_options().get("durable", False)
    conn.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    readonly = conn.get_execution_options().get("readonly", False)
    conn.exec_driver_sql(f"PRAGMA query_only = {'ON' if readonly else 'OFF'}")
    conn.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


def reader(engine: Engine) -> Connection:
    """A connection that only reads, sees one state of the data and never waits for a writer. Use it by `with`."""
    if engine.dialect.name == "sqlite":
        return engine.connect().execution_options(readonly=True)
    return engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def durable_writer(engine: Engine) -> Connection:
    """A connection whose commits survive a loss of power (PostgreSQL's always do). Use it by `with`, then `begin`."""
    return engine.connect().execution_options(durable=True)


def try_write(engine: Engine, work: Callable[[Connection], object]) -> bool:
    """Do a small write that may as well be left out: False, and nothing written, where it would have to wait."""
    try:
        with engine.connect().execution_options(impatient=True) as conn, conn.begin():
            if conn.dialect.name == "postgresql":
                conn.exec_driver_sql(f"SET LOCAL lock_timeout = {_IMPATIENT_MS}")
            work(conn)
    except OperationalError as error:
        code = getattr(error.orig, "sqlite_errorcode", None) or getattr(error.orig, "sqlstate", None)
        if code not in _BUSY_CODES:
            raise
        return False
    return True


def take_turn(conn: Connection, turn: int = _TURN) -> None:
    """Wait for the other transactions that took their turn; this one keeps it until its end.

    For writers who read first and then write what follows from it (records with their versions, migrations).
    On SQLite every writing transaction is alone anyway.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_advisory_xact_lock(turn)))
