"""Rows by many values, a batch of values a statement: neither database takes any number of parameters."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, select
from sqlmodel import SQLModel

from db.links import Link
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


def dossiers_of(conn: Connection, record_type: str, keys: Iterable[str], dossier_type: str) -> dict[str, str | None]:
    """The dossier of one kind that each of these records speaks of, by the record's key; None: not resolved.

    The kind of dossier is compared here: asked for it, SQLite would read all links to bills for each batch of keys.
    """
    link = table_of(Link).c
    query = select(link.record_key, link.dossier_id, link.dossier_type).where(link.record_type == record_type)
    rows = rows_in(conn, query, link.record_key, keys)
    return {row.record_key: row.dossier_id for row in rows if row.dossier_type == dossier_type}


def delete_where(
    conn: Connection, model: type[SQLModel], column: str, values: Iterable[Any], **same: str | int
) -> None:
    """Delete the rows of a table whose column has one of the values, and whose other columns equal `same`."""
    table = table_of(model)
    alike = [table.c[name] == value for name, value in same.items()]
    for chunk in chunks(sorted(set(values)), _CHUNK):
        conn.execute(delete(table).where(table.c[column].in_(chunk), *alike))
