"""INSERT … ON CONFLICT in batches, on SQLite and PostgreSQL alike."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

Row = Mapping[str, Any]

_CHUNK = 2000


def table_of(model: type[SQLModel]) -> Table:
    """The Core table behind a model."""
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def chunks(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """The rows in pieces of at most `size`."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def upsert(
    conn: Connection,
    model: type[SQLModel],
    rows: Sequence[Row],
    *,
    key: Sequence[str],
    update: Sequence[str] | None = None,
) -> None:
    """Insert rows; where the key is there already, set `update` (None: every other column given, (): nothing).

    A row that stands twice in a batch ends as its last form. Raises ValueError where the rows do not all name the
    same columns: the driver would leave out in silence what the first row does not name.
    """
    if not rows:
        return
    names = list(rows[0])
    if any(row.keys() != rows[0].keys() for row in rows):
        raise ValueError(f"rows for {table_of(model).name} name different columns")
    changed = [name for name in names if name not in key] if update is None else list(update)
    insert = postgresql.insert if conn.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table_of(model))
    if changed:
        new = {name: statement.excluded[name] for name in changed}
        statement = statement.on_conflict_do_update(index_elements=list(key), set_=new)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=list(key))
    for chunk in chunks(rows, _CHUNK):
        conn.execute(statement, list(chunk))
