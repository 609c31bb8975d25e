"""Long lists page by page by the sort values of the last row: rows that come in between move nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, literal, tuple_

from web.api.cursors import BadCursor, decode, encode
from web.api.parameters import ListWanted, misread


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Columns that are never null and of which the last tells rows apart, with what Python makes of each."""

    columns: tuple[ColumnElement[Any], ...]
    kinds: tuple[type, ...]
    newest_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows, and the cursor of the page after them; None where there is none."""

    rows: Sequence[RowMapping]
    next_cursor: str | None


def page_of(conn: Connection, query: Select[*tuple[Any, ...]], order: Order, wanted: ListWanted, name: str) -> Page:
    """The page that a reader asked for. Raises RequestValidationError for a cursor of another list."""
    scope = wanted.scope(name)
    after = position(wanted, name, order.kinds)
    keys = [column.label(f"order_{place}") for place, column in enumerate(order.columns)]
    ordered = query.add_columns(*keys).order_by(None).order_by(*map(_turned(order), order.columns))
    if after:
        ordered = ordered.where(_beyond(order, after))
    found = conn.execute(ordered.limit(wanted.rows + 1)).mappings().all()
    rows = found[: wanted.rows]
    more = len(found) > len(rows)
    last = [rows[-1][key.name] for key in keys] if more else []
    return Page(rows=rows, next_cursor=encode(scope, last) if more else None)


def position(wanted: ListWanted, name: str, kinds: Sequence[type]) -> tuple[Any, ...] | None:
    """What the cursor says, None for the first page. Raises RequestValidationError for one of another list."""
    if not wanted.cursor:
        return None
    try:
        return decode(wanted.scope(name), wanted.cursor, kinds)
    except BadCursor as error:
        raise misread("cursor", "This cursor was cut off, or belongs to another list or other filters.") from error


def _turned(order: Order) -> Any:
    return lambda column: column.desc() if order.newest_first else column.asc()


def _beyond(order: Order, after: Sequence[Any]) -> ColumnElement[bool]:
    values = tuple_(*(literal(one, column.type) for one, column in zip(after, order.columns, strict=True)))
    return tuple_(*order.columns) < values if order.newest_first else tuple_(*order.columns) > values
