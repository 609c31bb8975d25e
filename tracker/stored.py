"""Records out of the database, in the version known now or on a day in the past."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

from db.batches import rows_in, rows_where
from db.moves import former, moves
from db.observations import Observation
from db.records import RECORD_TABLES, RecordVersion
from db.upsert import table_of
from tracker.rows import ObservationRow, RecordRow
from vocab.dates import BISHKEK
from vocab.payload import merged_fields

_BASE = ("payload", "content_hash", "site", "scope")


def end_of(day: date) -> datetime:
    """The first moment after a day in Bishkek; of the last day that there is, its beginning."""
    if day == date.max:
        return datetime.combine(day, datetime.min.time(), BISHKEK)
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), BISHKEK)


def records(
    conn: Connection,
    record_type: str,
    values: Iterable[Any],
    *,
    column: str = "key",
    as_of: date | None = None,
) -> list[RecordRow]:
    """The records whose column has one of the values, ordered by key.

    `as_of`: in the versions first seen by the end of that day; records seen later only are left out.
    """
    table = table_of(RECORD_TABLES[record_type])
    rows = rows_in(conn, _versioned(record_type, table, as_of), table.c[column], values)
    found = [_record(record_type, dict(row._mapping), as_of) for row in rows]
    return sorted(found, key=lambda row: row.key)


def _versioned(record_type: str, table: Table, as_of: date | None) -> Any:
    version = table_of(RecordVersion)
    joined = and_(version.c.record_type == record_type, version.c.record_key == table.c.key)
    columns = [column for column in table.c if column.name not in _BASE and column.name != "page_id"]
    said = [version.c.payload, version.c.page_id, version.c.first_seen.label("seen_at")]
    numbers = [version.c.version.label("said_in")]
    number: ColumnElement[Any] = table.c.version if as_of is None else _version_by(record_type, table, as_of)
    return select(*columns, *said, *numbers).select_from(table).join(version, and_(joined, version.c.version == number))


def _version_by(record_type: str, table: Table, as_of: date) -> ColumnElement[Any]:
    """The number of the last version that was seen by the end of a day."""
    earlier = table_of(RecordVersion).alias("earlier")
    query = select(func.max(earlier.c.version)).where(
        earlier.c.record_type == record_type,
        earlier.c.record_key == table.c.key,
        earlier.c.first_seen < end_of(as_of),
    )
    return query.correlate(table).scalar_subquery()


def _record(record_type: str, row: dict[str, Any], as_of: date | None) -> RecordRow:
    vanished_at = row["vanished_at"]
    if vanished_at and as_of and vanished_at >= end_of(as_of):
        vanished_at = None
    return RecordRow(
        record_type=record_type,
        key=row["key"],
        columns=row,
        fields=merged_fields(row["payload"]),
        version=row["said_in"],
        first_seen=row["first_seen"],
        seen_at=row["seen_at"],
        vanished_at=vanished_at,
        page_id=row["page_id"],
        url=row["url"],
    )


def observations(conn: Connection, sittings: Iterable[str], as_of: date | None = None) -> list[ObservationRow]:
    """What observers saw in these sittings and had sent by the day, without what was corrected or withdrawn.

    Notes of a sitting that became another one are that one's.
    """
    now_at = former(moves(conn), set(sittings))
    found = rows_where(conn, Observation, "sitting_id", now_at)
    known = [row for row in found if as_of is None or row["received_at"] < end_of(as_of)]
    corrected = {row["corrects"] for row in known}
    standing = [row for row in known if row["uuid"] not in corrected and (row["value"] or not row["corrects"])]
    rows = [_observation(row, now_at[row["sitting_id"]]) for row in standing]
    return sorted(rows, key=lambda row: (row.observed_at, row.uuid))


def _observation(row: dict[str, Any], sitting: str) -> ObservationRow:
    values = {name: row[name] for name in ObservationRow.__slots__}
    return ObservationRow(**values | {"sitting_id": sitting})
