"""Rows by many values, a batch of values a statement: neither database takes any number of parameters."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, select
from sqlmodel import SQLModel

from db.upsert import chunks, table_of

_CHUNK = 900


def rows_in(conn: Connection, query: Select[Any], column: ColumnElement[Any], values: Iterable[Any]) -> Iterator[Any]:
    """The rows of a query whose column is one of the values."""
    for chunk in chunks(sorted(set(values)), _CHUNK):
        yield from conn.execute(query.where(column.in_(chunk)))


def rows_where(
    conn: Connection, model: type[SQLModel], column: str, values: Iterable[Any], **same: str | int
) -> list[dict[str, Any]]:
    """The rows of a table whose column has one of the values, and whose other columns equal `same`."""
    table = table_of(model)
    query = select(table).where(*(table.c[name] == value for name, value in same.items()))
    return [dict(row._mapping) for row in rows_in(conn, query, table.c[column], values)]


def delete_where(
    conn: Connection, model: type[SQLModel], column: str, values: Iterable[Any], **same: str | int
) -> None:
    """Delete the rows of a table whose column has one of the values, and whose other columns equal `same`."""
    table = table_of(model)
    alike = [table.c[name] == value for name, value in same.items()]
    for chunk in chunks(sorted(set(values)), _CHUNK):
        conn.execute(delete(table).where(table.c[column].in_(chunk), *alike))
