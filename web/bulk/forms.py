"""The forms of the files: CSV and JSON Lines. Each writes a table batch by batch; Parquet and SQLite have their own."""

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from web.bulk.batch import Batch
from web.bulk.model import Column, Table, Type


class Form(StrEnum):
    """A form of the files."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    SQLITE = "sqlite"


Write = Callable[[Batch], None]
Opened = Callable[[Path, Table], AbstractContextManager[Write]]
_BARE = {Type.INTEGER, Type.NUMBER, Type.ARRAY, Type.OBJECT}


@contextmanager
def csv_table(folder: Path, table: Table) -> Iterator[Write]:
    """CSV by RFC 4180, UTF-8 without a mark, for programs: every value as it is, nothing as an empty cell."""
    with _text(folder, table, "csv") as stream:
        out = csv.writer(stream, lineterminator="\r\n")
        out.writerow(table.names)

        def write(batch: Batch) -> None:
            columns = zip(table.columns, batch.texts(), strict=True)
            out.writerows(zip(*(_csv_cells(column, values) for column, values in columns), strict=True))

        yield write


def _csv_cells(column: Column, values: Sequence[Any]) -> Sequence[Any]:
    """The writer of the standard library knows None and strings; a boolean is `true` or `false`."""
    if column.type is Type.BOOLEAN:
        return [None if value is None else "true" if value else "false" for value in values]
    return values


@contextmanager
def json_lines(folder: Path, table: Table) -> Iterator[Write]:
    """A JSON object a line, with every column in order; nothing is null."""
    line = "{" + ",".join(f'"{name}":%s' for name in table.names) + "}\n"
    with _text(folder, table, "jsonl") as stream:

        def write(batch: Batch) -> None:
            columns = zip(table.columns, batch.texts(), strict=True)
            rows = zip(*(_json_cells(column, values) for column, values in columns), strict=True)
            stream.writelines(line % row for row in rows)

        yield write


def _json_cells(column: Column, values: Sequence[Any]) -> Sequence[Any]:
    if column.type in _BARE:
        return ["null" if value is None else value for value in values]
    if column.type is Type.BOOLEAN:
        return ["null" if value is None else "true" if value else "false" for value in values]
    return ["null" if value is None else encode_basestring(value) for value in values]


def _text(folder: Path, table: Table, form: str) -> Any:
    path = folder / form / f"{table.name}.{form}"
    path.parent.mkdir(exist_ok=True)
    return path.open("w", encoding="utf-8", newline="")
