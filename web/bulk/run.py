"""Make an export: read everything in one state of the database, write all forms beside, and rename at the end."""

import fcntl
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, select
from sqlmodel import col

from db.disk import sync
from db.engine import reader
from db.runs import Origin
from vocab.errors import StorageError, UsageError
from web.bulk.batch import batches
from web.bulk.forms import Form, Opened, csv_table, json_lines
from web.bulk.model import Table, load_model
from web.bulk.package import Edition, sums_of, write_papers
from web.bulk.parquet import parquet_table
from web.bulk.popolo import NAME as POPOLO
from web.bulk.popolo import TABLES as OF_POPOLO
from web.bulk.popolo import popolo
from web.bulk.readers import READERS
from web.bulk.sqlite_file import SqliteFile
from web.bulk.versions import named, versions
from web.bulk.view import View

_FORMS: Mapping[Form, Opened] = {Form.CSV: csv_table, Form.JSONL: json_lines, Form.PARQUET: parquet_table}
_DRAFT, _LOCK = ".draft", ".lock"

Told = Callable[[str, int], None]
"""Called with the name of a table and how many of its rows are written by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be exported: everything in all forms, as known now, where nothing else is said."""

    day: date
    as_of: date | None = None
    forms: Collection[Form] = tuple(Form)
    tables: Collection[str] = ()
    public_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What came of it. `is_new` False: a version with just these files stood there already."""

    version: str
    path: Path
    rows: Mapping[str, int]
    size: int
    checksum: str
    is_new: bool


def export(engine: Engine, folder: Path, wish: Wish, tell: Told = lambda *_: None) -> Exported:
    """Write a version below the folder, or find that it stands there.

    Raises UsageError where a table is unknown, or another export into this folder is under way; StorageError where the
    disk is full, and then leaves nothing of it.
    """
    model = load_model()
    if unknown := sorted(set(wish.tables) - set(model)):
        raise UsageError(f"no table {unknown[0]!r}; the tables are {', '.join(model)}")
    tables = {name: table for name, table in model.items() if not wish.tables or name in wish.tables}
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder), _drafted(folder) as draft:
        with reader(engine) as conn:
            view = View(conn=conn, as_of=wish.as_of, tables=tables)
            origin = conn.execute(select(col(Origin.kind))).scalar()
            with closing(view.aside):
                rows = _write(view, draft, tables, wish.forms, tell)
        return _place(draft, wish, rows, origin)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One export into a folder at a time: what a killed one left behind is nobody's."""
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(f"another export into {folder} is under way: wait for it") from error
        yield


@contextmanager
def _drafted(folder: Path) -> Iterator[Path]:
    """A folder to write in, gone at the end unless it got its name."""
    draft = folder / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir()
    try:
        yield draft
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"{folder}: the export could not be written and is taken away again: {error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(view: View, draft: Path, tables: Mapping[str, Table], forms: Collection[Form], tell: Told) -> dict[str, int]:
    """All tables in all forms; give the number of rows of each."""
    rows: dict[str, int] = {}
    with ExitStack() as stack:
        opened = [_FORMS[form] for form in _FORMS if form in forms]
        whole = SqliteFile(draft, tables) if Form.SQLITE in forms else None
        if whole:
            stack.callback(whole.close)
            opened.append(whole.table)
        for name, table in tables.items():
            rows[name] = 0
            tell(name, 0)
            with ExitStack() as files:
                writers = [files.enter_context(form(draft, table)) for form in opened]
                for batch in batches(table, READERS[name](view)):
                    for write in writers:
                        write(batch)
                    rows[name] += batch.number
                    tell(name, rows[name])
        if whole:
            whole.finish()
    if set(OF_POPOLO) <= tables.keys():
        (draft / POPOLO).write_text(popolo({name: READERS[name](view) for name in OF_POPOLO}), "utf-8")
    return rows


def _place(draft: Path, wish: Wish, rows: Mapping[str, int], origin: str | None) -> Exported:
    """Give the draft its name, the next free one of its day; where the same data stand there already, leave those."""
    folder, sums = draft.parent, dict(sums_of(draft))
    of_day = [one for one in versions(folder) if (one.day, one.as_of) == (wish.day, wish.as_of)]
    same = next((one for one in of_day if one.data_sums() == sums), None)
    if same:
        shutil.rmtree(draft)
        return _exported(same.path, rows, same.checksum, is_new=False)
    number = max((one.number for one in of_day), default=0) + 1
    edition = Edition(
        version=named(wish.day, wish.as_of, number),
        day=wish.day,
        as_of=wish.as_of,
        origin=origin,
        public_url=wish.public_url,
        rows=rows,
    )
    checksum = write_papers(draft, edition, sums)
    for path in draft.rglob("*"):
        sync(path)
    draft.rename(folder / edition.version)
    return _exported(folder / edition.version, rows, checksum, is_new=True)


def _exported(path: Path, rows: Mapping[str, int], checksum: str, *, is_new: bool) -> Exported:
    size = sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
    return Exported(version=path.name, path=path, rows=rows, size=size, checksum=checksum, is_new=is_new)
