"""One read-only SQLite file of everything, as datasette shows it: foreign keys, indexes, search in titles."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from web.bulk.batch import Batch
from web.bulk.forms import Write
from web.bulk.model import Table, Type

NAME = "baikoo.sqlite"
SEARCHED = {"bills": "title", "sittings": "title", "agenda_items": "title", "documents": "title", "people": "name"}
"""The tables that can be searched, and by which column."""

_TYPES = {Type.INTEGER: "INTEGER", Type.BOOLEAN: "INTEGER", Type.NUMBER: "REAL"}


class SqliteFile:
    """Made table by table, whatever their order; `finish` adds what makes it quick to ask."""

    def __init__(self, folder: Path, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._path = folder / NAME
        self._conn = sqlite3.connect(self._path, isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "page_size = 8192"):
            self._conn.execute(f"PRAGMA {pragma}")

    @contextmanager
    def table(self, _: Path, table: Table) -> Iterator[Write]:
        """Write one table."""
        self._conn.execute(_create(table, self._tables))
        marks = ", ".join("?" * len(table.columns))
        statement = f'INSERT INTO "{table.name}" VALUES ({marks})'  # noqa: S608 - names of the model
        self._conn.execute("BEGIN")

        def write(batch: Batch) -> None:
            self._conn.executemany(statement, zip(*batch.texts(), strict=True))

        yield write
        self._conn.execute("COMMIT")

    def finish(self) -> None:
        """Indexes, search, and proof that every reference leads somewhere. Raises ValueError where one does not."""
        with closing(self._conn) as conn:
            for table in self._tables.values():
                for statement in (*_indexes(table, self._tables), *_search(table)):
                    conn.execute(statement)
            lost = conn.execute("PRAGMA foreign_key_check").fetchone()
            if lost:
                raise ValueError(f"row {lost[1]} of {lost[0]} refers to no row of {lost[2]}")
            conn.execute("ANALYZE")
            conn.execute("PRAGMA optimize")

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._conn.close()


def _create(table: Table, tables: Mapping[str, Table]) -> str:
    columns = [
        f'"{one.name}" {_TYPES.get(one.type, "TEXT")}{" NOT NULL" if one.needed else ""}' for one in table.columns
    ]
    keys = [f"PRIMARY KEY ({_names(table.key)})"]
    keys += [
        f'FOREIGN KEY ({_names(one.columns)}) REFERENCES "{one.table}" ({_names(one.at)})'
        for one in table.references_to(tables)
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join([*columns, *keys])})'


def _indexes(table: Table, tables: Mapping[str, Table]) -> Iterator[str]:
    wanted = [one.columns for one in table.references_to(tables)]
    wanted += [(name,) for name in ("day", "kind", "check_id", "verdict", "subject_id") if name in table.names]
    for columns in dict.fromkeys(wanted):
        if columns != table.key[: len(columns)]:
            yield f'CREATE INDEX "{table.name}_by_{"_".join(columns)}" ON "{table.name}" ({_names(columns)})'


def _search(table: Table) -> Iterator[str]:
    column = SEARCHED.get(table.name)
    if column:
        name = f"{table.name}_fts"
        yield (
            f'CREATE VIRTUAL TABLE "{name}" USING fts5("{column}", content="{table.name}", '
            'tokenize="unicode61 remove_diacritics 0")'
        )
        yield f'INSERT INTO "{name}" ("{name}") VALUES (\'rebuild\')'  # noqa: S608 - names of the model


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def datasette_metadata(tables: Mapping[str, Table], about: Mapping[str, Any]) -> str:
    """What datasette shows beside the data: `datasette baikoo.sqlite --metadata metadata.json`."""
    described = {
        table.name: {"description": table.about, "columns": {one.name: one.about for one in table.columns}}
        | ({"label_column": SEARCHED[table.name]} if table.name in SEARCHED else {})
        for table in tables.values()
    }
    said = {**about, "databases": {NAME.removesuffix(".sqlite"): {"tables": described}}}
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
