"""The database as files: one state of it, while others write. SQLite by its backup interface, PostgreSQL by COPY."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.engine import make_url

from db.engine import reader
from db.migrate import revision_of
from db.pages import SourcePage
from db.upsert import table_of
from vocab.errors import StorageError, UsageError

SQLITE = "database.sqlite"
TABLES = "tables"
_VERSION = "alembic_version"
_PAGES_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an archived page lies, and the hash that its row names."""

    page: int
    file: str
    offset: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """The files of a dump by their names in the backup, and what the manifest says of them."""

    kind: str
    revision: str | None
    files: Mapping[str, Path]
    rows: Mapping[str, int]
    places: list[Place]
    columns: Mapping[str, list[str]] = field(default_factory=dict)
    sequences: Mapping[str, int] = field(default_factory=dict)


def sqlite_file(url: str) -> Path:
    """The file of a SQLite database. Raises UsageError for one in memory."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise UsageError("a database in memory has nothing to keep")
    return Path(name)


def dump(engine: Engine, folder: Path) -> Dump:
    """Write the database into files below a folder. Raises StorageError for a database that is damaged."""
    if engine.dialect.name == "sqlite":
        return _dump_sqlite(engine, folder)
    with reader(engine) as conn:
        return _dump_postgresql(conn, folder)


def _dump_sqlite(engine: Engine, folder: Path) -> Dump:
    copy = folder / SQLITE
    found = sqlite_file(str(engine.url))
    if not found.is_file():
        raise UsageError(f"there is no database {found}")
    # All pages in one step: the copy is one state, and a writer meanwhile does not make it begin anew.
    with closing(sqlite3.connect(found)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    check_sqlite(copy)
    with closing(sqlite3.connect(copy)) as conn:
        tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = {name: conn.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608
        found_places = conn.execute("SELECT id, warc_file, warc_offset, sha256 FROM source_page ORDER BY id")
        places = [Place(page=a, file=b, offset=c, sha256=d) for a, b, c, d in found_places]
        revision = conn.execute(f"SELECT version_num FROM {_VERSION}").fetchone()  # noqa: S608
    return Dump(kind="sqlite", revision=revision and revision[0], files={SQLITE: copy}, rows=rows, places=places)


def check_sqlite(path: Path) -> None:
    """Raises StorageError where the file is no sound database."""
    try:
        with closing(sqlite3.connect(path)) as conn:
            said = conn.execute("PRAGMA integrity_check").fetchone()[0]
            lost = conn.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise StorageError(f"{path.name}: {error}") from error
    if said != "ok":
        raise StorageError(f"{path.name} is damaged: {said}")
    if lost:
        raise StorageError(f"{path.name}: row {lost[1]} of {lost[0]} refers to no row of {lost[2]}")


def _dump_postgresql(conn: Connection, folder: Path) -> Dump:
    """Every table by COPY in one transaction that sees one state: needs no program beside the driver."""
    rows: dict[str, int] = {}
    columns: dict[str, list[str]] = {}
    files: dict[str, Path] = {}
    for name in tables_in_order(conn):
        columns[name] = _columns(conn, name)
        path = folder / f"{name}.copy"
        files[f"{TABLES}/{name}.copy"] = path
        listed = ", ".join(f'"{column}"' for column in columns[name])
        cursor = _driver(conn).cursor()
        with path.open("wb") as stream, cursor.copy(f'COPY "{name}" ({listed}) TO STDOUT') as copy:
            for block in copy:
                stream.write(block)
        rows[name] = cursor.rowcount
    query = text("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema()")
    page = table_of(SourcePage).c
    found = conn.execute(select(page.id, page.warc_file, page.warc_offset, page.sha256).order_by(page.id))
    return Dump(
        kind="postgresql",
        revision=revision_of(conn),
        files=files,
        rows=rows,
        places=[Place(page=a, file=b, offset=c, sha256=d) for a, b, c, d in found],
        columns=columns,
        sequences={name: number for name, number in conn.execute(query) if number is not None},
    )


def tables_in_order(conn: Connection) -> list[str]:
    """All tables but that of the revision, those that others refer to first."""
    ordered = inspect(conn).get_sorted_table_and_fkc_names()
    return [name for name, _ in ordered if name and name != _VERSION]


def _columns(conn: Connection, table: str) -> list[str]:
    """Those that hold something of their own: what the database computes is computed again."""
    query = text(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() "
        "AND table_name = :name AND is_generated = 'NEVER' ORDER BY ordinal_position"
    )
    return list(conn.execute(query, {"name": table}).scalars())


def _driver(conn: Connection) -> Any:
    """The connection of psycopg below: COPY is its own."""
    return conn.connection.driver_connection
