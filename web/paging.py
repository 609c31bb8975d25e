"""Long lists in pages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from web.parameters import ListQuery

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list, and how long the whole is. `number` counts from 1; without paging it is the whole."""

    rows: Sequence[RowMapping]
    total: int
    number: int = 1
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))


def page_of(
    conn: Connection,
    query: Select[*tuple[Any, ...]],
    wanted: ListQuery,
    orders: Collection[str] = (),
    *,
    total: int | None = None,
) -> Listing:
    """The page that a reader asked for; its rows are empty beyond the last.

    `orders` are the columns that the list may be ordered by; another order is no order, the list's own stands.
    `total`: how many rows there are, where that is known.
    """
    total = total_of(conn, query) if total is None else total
    ordered = _ordered(query, wanted.sort or "", orders).limit(PER_PAGE).offset((wanted.page - 1) * PER_PAGE)
    return Listing(rows=conn.execute(ordered).mappings().all(), total=total, number=wanted.page)


def total_of(conn: Connection, query: Select[*tuple[Any, ...]]) -> int:
    """How many rows there are."""
    return conn.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one()


def _ordered(query: Select[*tuple[Any, ...]], sort: str, orders: Collection[str]) -> Select[*tuple[Any, ...]]:
    """«day» upwards, «-day» downwards; what has no value comes last."""
    name = sort.removeprefix("-")
    if name not in orders:
        return query
    column = query.selected_columns[name]
    by = column.desc() if sort.startswith("-") else column.asc()
    return query.order_by(None).order_by(by.nulls_last(), query.selected_columns["id"])


def all_of(conn: Connection, query: Select[*tuple[Any, ...]]) -> Sequence[RowMapping]:
    """Every row, for a file."""
    return conn.execute(query).mappings().all()
