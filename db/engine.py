"""The database engine: SQLite in WAL mode, or PostgreSQL."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from vocab.errors import ConfigError

_BUSY_SECONDS = 60


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`; folders of a SQLite file are made.

    Raises ConfigError for an address that is neither.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigError(f"BAIKOO_DATABASE_URL is not a database address: {error}") from error
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    if parsed.get_backend_name() != "sqlite":
        raise ConfigError(f"BAIKOO_DATABASE_URL: {parsed.get_backend_name()} is neither sqlite nor postgresql")
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL lets readers work beside the one writer. The driver's own BEGIN is late: we say ours, see `_begin_sqlite`."""
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(conn: Connection) -> None:
    """Take the write lock at the start: a transaction that reads first and writes later could not be saved.

    Readers ask for `readonly` in their execution options and take no lock.
    """
    readonly = conn.get_execution_options().get("readonly", False)
    conn.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


def reader(engine: Engine) -> Connection:
    """A connection that only reads and never waits for a writer. Use it as a context manager."""
    return engine.connect().execution_options(readonly=True)
