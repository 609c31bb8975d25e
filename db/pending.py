"""The dirty set: records and observations that changed since the tracker last took them in."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, tuple_

from db.records import PendingRecord
from db.upsert import table_of, upsert

_PENDING = table_of(PendingRecord)
_KEY = (_PENDING.c.record_type, _PENDING.c.record_key)


def mark_pending(conn: Connection, record_type: str, keys: Sequence[str]) -> None:
    """Put records (or observations) on the tracker's list of what to look at."""
    rows = [{"record_type": record_type, "record_key": key} for key in keys]
    upsert(conn, PendingRecord, rows, key=("record_type", "record_key"), update=())


def take_pending(conn: Connection, limit: int) -> tuple[tuple[str, str], ...]:
    """Take up to `limit` (record type, key) off the list, in order; a rollback puts them back.

    Take first, read the records afterwards: whoever changes one meanwhile waits, and puts it on the list again.
    """
    first = select(*_KEY).order_by(*_KEY).limit(limit)
    taken = conn.execute(delete(_PENDING).where(tuple_(*_KEY).in_(first)).returning(*_KEY))
    return tuple(sorted((record_type, key) for record_type, key in taken))
