"""Put a backup in the place of a home: everything is checked and brought up to date beside, and moved at the end."""

import errno
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from alembic import command
from sqlalchemy import Connection, Engine, inspect, text

from db.backup.dump import SQLITE, TABLES, check_sqlite, sqlite_file, tables_in_order
from db.backup.manifest import Manifest
from db.backup.reading import check, unpack
from db.backup.writing import ARCHIVE, KEY, UPLOADS
from db.disk import sync
from db.engine import open_engine
from db.migrate import config, is_known, upgrade
from db.settings import HomeSettings
from vocab.errors import StorageError, UsageError

_STAGE, _LOCK, _ASIDE = ".restore", ".restore.lock", ".before-restore-"
_BLOCK = 1 << 20


def restore(engine: Engine, settings: HomeSettings, path: Path, *, force: bool = False) -> tuple[Manifest, Path | None]:
    """Make the home what it was when the backup was made; give the folder where `force` put what stood there.

    Raises UsageError where something stands there and `force` is not said, where another restore is under way, or where
    the backup is of the other kind of database; StorageError for a file that is damaged or of a newer version. Then
    nothing was changed.
    """
    manifest = check(path)
    engine.dispose()  # our own connections must not keep the file busy
    _refuse(manifest, engine, settings, force)
    with _alone(settings.home):
        stage = settings.home / _STAGE
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(mode=0o700)
        unpack(path, lambda name: _opened(stage / name))
        if manifest.kind == "sqlite":
            _bring_up_to_date(stage / SQLITE)
        aside = _place(stage, settings, manifest, engine)
        shutil.rmtree(stage)
    return manifest, aside


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One restore into a home at a time: what a killed one left behind is nobody's."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(f"another restore into {home} is under way: wait for it") from error
        yield


def _refuse(manifest: Manifest, engine: Engine, settings: HomeSettings, force: bool) -> None:
    if not is_known(manifest.revision):
        raise StorageError(
            f"the backup is of revision {manifest.revision}, unknown to this version: install the newer version"
        )
    if manifest.kind != engine.dialect.name:
        raise UsageError(
            f"the backup is of a {manifest.kind} database, and BAIKOO_DATABASE_URL names {engine.dialect.name}"
        )
    there = [str(one) for one in _standing(engine, settings)]
    if there and not force:
        raise UsageError(f"{there[0]} is there already: restore into an empty home, or say --force")


def _standing(engine: Engine, settings: HomeSettings) -> Iterator[Path | str]:
    """What a restore would replace."""
    if engine.dialect.name == "sqlite":
        path = sqlite_file(str(engine.url))
        yield from (path for _ in (1,) if path.exists())
    else:
        with engine.connect() as conn:
            yield from (f"the table {name}" for name in inspect(conn).get_table_names()[:1])
    for path in (settings.archive_dir, settings.uploads_dir):
        yield from (path for _ in (1,) if path.is_dir() and any(path.iterdir()))


def _opened(path: Path) -> IO[bytes]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _bring_up_to_date(path: Path) -> None:
    check_sqlite(path)
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect() as conn:
        conn.exec_driver_sql("COMMIT")
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _place(stage: Path, settings: HomeSettings, manifest: Manifest, engine: Engine) -> Path | None:
    """Put the new in its place; what it replaces is kept aside.

    The files come first and beside the old ones, so that whoever dies here leaves a database with all its files; the
    database changes in one step; then what it does not know of goes.
    """
    aside = settings.home / f"{_ASIDE}{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
    if manifest.kind == "postgresql":
        with engine.begin() as conn:
            _fill(conn, stage / TABLES, manifest)
            _merge(stage, settings, aside)
    else:
        database = sqlite_file(str(engine.url))
        database.parent.mkdir(parents=True, exist_ok=True)
        _let_go(database)
        _merge(stage, settings, aside)
        _put(stage / SQLITE, database, aside / database.name)
        sync(database.parent)
    for folder in (settings.archive_dir, settings.uploads_dir):
        for path in [path for path in folder.rglob("*") if path.is_file()]:
            name = f"{_name_of(folder, settings)}/{path.relative_to(folder).as_posix()}"
            if name not in manifest.members:
                _move(path, aside / name)
    return aside if aside.is_dir() else None


def _name_of(folder: Path, settings: HomeSettings) -> str:
    return ARCHIVE if folder == settings.archive_dir else UPLOADS


def _let_go(database: Path) -> None:
    """Bring the log of the old database into its file. Raises UsageError where somebody has it open."""
    if not database.exists():
        return
    with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as conn:
        try:
            conn.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise UsageError(f"{database} is in use: stop `baikoo serve` and the timers first") from error
    for more in ("-wal", "-shm"):
        database.with_name(f"{database.name}{more}").unlink(missing_ok=True)


def _merge(stage: Path, settings: HomeSettings, aside: Path) -> None:
    """Files of the backup beside those that are there; of two of one name in the archive the longer is whole."""
    places = {KEY: settings.home / KEY}
    for folder in (settings.archive_dir, settings.uploads_dir):
        name = _name_of(folder, settings)
        there = [path for path in (stage / name).rglob("*") if path.is_file()]
        places |= {
            f"{name}/{path.relative_to(stage / name).as_posix()}": folder / path.relative_to(stage / name)
            for path in there
        }
    for name, path in places.items():
        source = stage / name
        longer = name.startswith(ARCHIVE) and path.is_file() and path.stat().st_size >= source.stat().st_size
        if source.is_file() and not longer:
            _put(source, path, aside / name)


def _put(source: Path, target: Path, kept: Path) -> None:
    """Replace a file in one step, and keep the old one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shutil.copy2(target, kept)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        draft = target.with_name(f".{target.name}.part")
        shutil.copy2(source, draft)
        draft.replace(target)


def _move(path: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.move(path, kept)


def _fill(conn: Connection, folder: Path, manifest: Manifest) -> None:
    """Tables as they were, then filled, then brought up to date: one transaction."""
    _empty(conn)
    command.upgrade(config(conn), str(manifest.revision))
    tables = tables_in_order(conn)
    conn.execute(text("TRUNCATE " + ", ".join(f'"{name}"' for name in tables)))
    driver: Any = conn.connection.driver_connection
    for name in tables:
        listed = ", ".join(f'"{column}"' for column in manifest.columns[name])
        with (folder / f"{name}.copy").open("rb") as stream, driver.cursor() as cursor:
            with cursor.copy(f'COPY "{name}" ({listed}) FROM STDIN') as copy:
                while block := stream.read(_BLOCK):
                    copy.write(block)
            if cursor.rowcount != manifest.rows[name]:
                raise StorageError(f"{name}: {cursor.rowcount} rows came in, {manifest.rows[name]} were kept")
    for name, number in manifest.sequences.items():
        conn.execute(text("SELECT setval(:name, :number)"), {"name": f'"{name}"', "number": number})
    command.upgrade(config(conn), "head")


def _empty(conn: Connection) -> None:
    """Drop the tables, sequences and functions of the schema; what an extension brought stays."""
    for name in inspect(conn).get_table_names():
        conn.execute(text(f'DROP TABLE "{name}" CASCADE'))
    sequences = "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = current_schema()"
    functions = (
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
        "AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
    )
    for kind, query in (("SEQUENCE", sequences), ("FUNCTION", functions)):
        for name in list(conn.execute(text(query)).scalars()):
            conn.exec_driver_sql(f"DROP {kind} {name} CASCADE")
