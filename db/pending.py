"""The dirty set: records and observations that changed since the tracker last took them in."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, select

from db.records import PendingRecord
from db.upsert import chunks, table_of, upsert

_PENDING = table_of(PendingRecord)
_KEY = (_PENDING.c.record_type, _PENDING.c.record_key)
_CHUNK = 900


def mark_pending(conn: Connection, record_type: str, keys: Sequence[str]) -> None:
    """Put records (or observations) on the tracker's list of what to look at."""
    rows = [{"record_type": record_type, "record_key": key} for key in keys]
    upsert(conn, PendingRecord, rows, key=("record_type", "record_key"), update=())


def pending_keys(conn: Connection) -> dict[str, list[str]]:
    """What is on the list: the keys in order, by record type."""
    found: dict[str, list[str]] = {}
    for record_type, key in conn.execute(select(*_KEY).order_by(*_KEY)):
        found.setdefault(record_type, []).append(key)
    return found


def take_pending(conn: Connection, keys: Mapping[str, Sequence[str]]) -> None:
    """Strike keys off the list, by record type; a rollback puts them back.

    Take first (and take the turn before, see `db.engine`), read the records afterwards: whoever changes one meanwhile
    waits, and puts it on the list again.
    """
    for record_type, own in keys.items():
        for chunk in chunks(own, _CHUNK):
            conn.execute(delete(_PENDING).where(_KEY[0] == record_type, _KEY[1].in_(chunk)))
