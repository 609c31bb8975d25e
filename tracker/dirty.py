"""The dirty set: which records wait for the tracker, in batches whose order no crawl can change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select

from db.batches import rows_in
from db.pending import mark_pending, pending_keys
from db.records import RECORD_TABLES
from db.upsert import table_of
from tracker.rows import local_day

BATCH = 3000
"""Records in one transaction; a day is never divided."""

# Bills are told apart by the order of days; what only refers to bills comes after them.
_BY_DAY = {"registry_entry": "registered_on", "sitting_record": "day", "agenda_entry": "day", "ballot_record": "day"}
_PRESS = {"press_record": "published_at"}
_DAYS = _BY_DAY | _PRESS
_OFFICIAL, _RELEASES, _OTHERS = 1, 2, 3
_FIRST, _LAST = date.min, date.max


@dataclass(frozen=True, slots=True)
class Batch:
    """Keys of records that are taken in together, by record type."""

    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def of(self, record_type: str) -> Sequence[str]:
        """The keys of one type."""
        return self.keys.get(record_type, ())

    def __len__(self) -> int:
        return sum(len(keys) for keys in self.keys.values())


def pending_batches(conn: Connection) -> list[Batch]:
    """Everything that waits: lists of deputies first, then days in order, then press releases, then other records.

    A bill gets its id from an official record where there is one: the press comes after these.
    """
    waiting = pending_keys(conn)
    days = {kind: _days(conn, kind, column, waiting.get(kind, ())) for kind, column in _DAYS.items()}
    units = sorted(
        (_rank(kind), days[kind].get(key, _LAST) if kind in days else _FIRST, kind, key)
        for kind, keys in waiting.items()
        for key in keys
    )
    return [_batch(group) for group in _groups(units)]


Unit = tuple[int, date, str, str]


def _rank(record_type: str) -> int:
    if record_type == "deputy_record":
        return 0
    if record_type in _BY_DAY:
        return _OFFICIAL
    return _RELEASES if record_type in _PRESS else _OTHERS


def _days(conn: Connection, record_type: str, column: str, keys: Iterable[str]) -> dict[str, date]:
    table = table_of(RECORD_TABLES[record_type])
    rows = rows_in(conn, select(table.c.key, table.c[column]), table.c.key, keys)
    return {key: _day(moment) for key, moment in rows if moment is not None}


def _day(moment: date | datetime) -> date:
    return local_day(moment) if isinstance(moment, datetime) else moment


def _groups(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """Pieces of about `BATCH` units; all lists of deputies are one piece, and no day is divided."""
    start = 0
    for place in range(1, len(units) + 1):
        if place == len(units) or _is_border(units, start, place):
            yield units[start:place]
            start = place


def _is_border(units: Sequence[Unit], start: int, place: int) -> bool:
    before, after = units[place - 1], units[place]
    if before[0] == 0 or after[0] == 0:
        return before[0] != after[0]
    return place - start >= BATCH and (before[:2] != after[:2] or before[0] == _OTHERS)


def _batch(units: Sequence[Unit]) -> Batch:
    keys: dict[str, list[str]] = {}
    for _, _, record_type, key in units:
        keys.setdefault(record_type, []).append(key)
    return Batch(keys)


def mark_everything(conn: Connection) -> None:
    """Put every record on the list."""
    for record_type, model in RECORD_TABLES.items():
        mark_pending(conn, record_type, list(conn.execute(select(table_of(model).c.key)).scalars()))
