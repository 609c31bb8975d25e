"""Rows turned into columns, with contacts blanked: what every form of the files is written from. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any

from web.bulk.model import Column, Table, Type
from web.contacts import may_hold_contacts, without_contacts

Row = Mapping[str, Any]
_ROWS = 1_000
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False, default=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some rows of a table. `values` by column: JSON as text, everything else as Python has it; None is nothing."""

    table: Table
    values: tuple[Sequence[Any], ...]

    @property
    def number(self) -> int:
        """How many rows."""
        return len(self.values[0])

    def texts(self) -> Iterator[Sequence[Any]]:
        """The columns with days, times and moments in ISO 8601, moments in UTC: `2026-11-27T05:00:00Z`."""
        for column, values in zip(self.table.columns, self.values, strict=True):
            if column.type is Type.DATETIME:
                yield [None if moment is None else moment_text(moment) for moment in values]
            elif column.type in {Type.DATE, Type.TIME}:
                yield [None if value is None else value.isoformat() for value in values]
            else:
                yield values


def batches(table: Table, rows: Iterable[Row]) -> Iterator[Batch]:
    """The rows in batches. Raises KeyError for a row without one of the columns, ValueError for an empty needed one."""
    pick = itemgetter(*table.names)
    ahead = iter(rows)
    while some := [pick(row) for row in islice(ahead, _ROWS)]:
        columns = zip(table.columns, zip(*some, strict=True), strict=True)
        yield Batch(table=table, values=tuple(_column(table.name, column, values) for column, values in columns))


def _column(table: str, column: Column, values: Sequence[Any]) -> Sequence[Any]:
    if column.needed and None in values:
        raise ValueError(f"{table}.{column.name} is empty in a row")
    if column.type is Type.TEXT:
        return [value and blanked(value) for value in values]
    if column.type.is_json:
        return [None if value is None else json_text(value) for value in values]
    return values


@lru_cache(maxsize=4_096)
def blanked(text: str) -> str:
    """A text without phones and e-mail addresses. Titles come again and again."""
    return without_contacts(text) if may_hold_contacts(text) else text


def json_text(value: Any) -> str:
    """JSON with its keys in order, contacts blanked in every string of it."""
    text = _JSON.encode(value)
    return _JSON.encode(_bare(value)) if may_hold_contacts(text) else text


def _bare(value: Any) -> Any:
    if isinstance(value, str):
        return blanked(value)
    if isinstance(value, Mapping):
        return {name: _bare(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_bare(one) for one in value]
    return value


def moment_text(moment: datetime) -> str:
    """`2026-11-27T05:00:00Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
