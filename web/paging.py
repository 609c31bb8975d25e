"""Long lists in pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

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


def page_of(conn: Connection, query: Select[*tuple[Any, ...]], number: int) -> Listing:
    """The page with this number; its rows are empty beyond the last."""
    total = conn.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one()
    rows = conn.execute(query.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).mappings().all()
    return Listing(rows=rows, total=total, number=number)


def all_of(conn: Connection, query: Select[*tuple[Any, ...]]) -> Sequence[RowMapping]:
    """Every row, for a file."""
    return conn.execute(query).mappings().all()
