"""Lists that are computed sitting by sitting: what timelines tell cannot be asked of one table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, tuple_

from db.sittings import Sitting
from db.upsert import table_of
from web.api.cursors import encode
from web.api.keyset import position
from web.api.parameters import DaysWanted
from web.api.sittings import within

_BATCH, _MOST_BATCHES = 40, 10
"""So many sittings are looked through for one page; where they tell too little, the page is shorter."""

_KINDS = (date, str, str)
Rows = Sequence[tuple[str, Mapping[str, Any]]]
"""Rows of one sitting, each with its place: a text that orders them and stays theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The sittings that may tell something, and how a batch of them is asked; `name` is that of the list."""

    name: str
    sittings: Select[*tuple[Any, ...]]
    tell: Callable[[Sequence[str]], Mapping[str, Rows]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """The rows of a page and the cursor of the next one; a page may be short and yet not the last."""

    rows: Sequence[Mapping[str, Any]]
    next_cursor: str | None


def walk(conn: Connection, walk: Walk, wanted: DaysWanted) -> Walked:
    """The page that a reader asked for. Raises RequestValidationError for a cursor of another list."""
    scope, after = wanted.scope(walk.name), position(wanted, walk.name, _KINDS)
    rows: list[Mapping[str, Any]] = []
    last = after
    for batch in _batches(conn, walk, wanted, after):
        for place, row in _places(batch, walk, after):
            if len(rows) == wanted.rows:
                return Walked(rows=rows, next_cursor=encode(scope, last or ()))
            rows.append(row)
            last = place
        if len(batch) < _BATCH:
            return Walked(rows=rows, next_cursor=None)
        last = (*batch[-1], "~")  # behind every place of this sitting
    return Walked(rows=rows, next_cursor=encode(scope, last) if last else None)


def _places(
    batch: Sequence[tuple[date, str]], walk: Walk, after: Sequence[Any] | None
) -> Iterator[tuple[tuple[date, str, str], Mapping[str, Any]]]:
    """The rows of a batch with their places, from behind the cursor on."""
    told = walk.tell([key for _, key in batch])
    for day, key in batch:
        for place, row in sorted(told.get(key, ()), key=lambda one: one[0]):
            if not (after and (day, key) == tuple(after[:2]) and place <= after[2]):
                yield (day, key, place), row


def _batches(
    conn: Connection, walk: Walk, wanted: DaysWanted, after: Sequence[Any] | None
) -> Iterator[list[tuple[date, str]]]:
    """The sittings in the order asked for, a batch at a time, beginning with the one that the cursor stands in."""
    table = table_of(Sitting).c
    newest_first = wanted.sort.startswith("-")
    by = (table.day.desc(), table.id.desc()) if newest_first else (table.day, table.id)
    query = within(walk.sittings.with_only_columns(table.day, table.id), wanted, table.day).order_by(*by)
    edge, there = tuple(after[:2]) if after else None, True
    for _ in range(_MOST_BATCHES):
        asked = query.where(_from(edge, newest_first=newest_first, there=there)) if edge else query
        batch = [(day, key) for day, key in conn.execute(asked.limit(_BATCH))]
        if not batch:
            return
        yield batch
        edge, there = batch[-1], False


def _from(edge: tuple[Any, ...], *, newest_first: bool, there: bool) -> Any:
    """From this sitting on; without it where it was told (`there` False)."""
    table = table_of(Sitting).c
    place = tuple_(table.day, table.id)
    if there:
        return place <= edge if newest_first else place >= edge
    return place < edge if newest_first else place > edge
