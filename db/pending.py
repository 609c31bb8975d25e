"""The dirty sets: what changed since a stage (the text layer, the tracker, publishing) last took it in."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, exists, select

from db.batches import delete_where
from db.following import PendingMatch, SavedSearch
from db.records import PendingRecord, PendingText
from db.upsert import table_of, upsert

Pending = type[PendingRecord] | type[PendingText] | type[PendingMatch]


def mark_pending(conn: Connection, record_type: str, keys: Sequence[str], waits_for: Pending = PendingRecord) -> None:
    """Put records (or observations) on a stage's list of what to look at: by default the tracker's."""
    rows = [{"record_type": record_type, "record_key": key} for key in keys]
    upsert(conn, waits_for, rows, key=("record_type", "record_key"), update=())


def mark_changed(conn: Connection, record_type: str, keys: Sequence[str]) -> None:
    """Records changed: the text layer and the tracker look at them again."""
    for stage in (PendingText, PendingRecord):
        mark_pending(conn, record_type, keys, stage)


def mark_for_followers(conn: Connection, dossier_type: str, ids: Collection[str]) -> None:
    """Put dossiers on the list of what may fit a followed list otherwise now; nothing while nobody follows one."""
    if ids and conn.execute(select(exists(select(table_of(SavedSearch).c.id)))).scalar():
        mark_pending(conn, dossier_type, sorted(ids), PendingMatch)


def pending_keys(conn: Connection, waits_for: Pending = PendingRecord) -> dict[str, list[str]]:
    """What is on a stage's list: the keys in order, by record type."""
    columns = table_of(waits_for).c
    key = (columns.record_type, columns.record_key)
    found: dict[str, list[str]] = {}
    for record_type, record_key in conn.execute(select(*key).order_by(*key)):
        found.setdefault(record_type, []).append(record_key)
    return found


def take_pending(conn: Connection, keys: Mapping[str, Sequence[str]], waits_for: Pending = PendingRecord) -> None:
    """Strike keys off a stage's list, by record type; a rollback puts them back.

    Take first (and take the turn before, see `db.engine`), read the records afterwards: whoever changes one meanwhile
    waits, and puts it on the list again.
    """
    for record_type, own in keys.items():
        delete_where(conn, waits_for, "record_key", own, record_type=record_type)
