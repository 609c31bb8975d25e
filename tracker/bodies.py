"""Committees out of the lists of deputies in the database: their timelines, and which of them a change concerns."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from db.batches import rows_in, rows_where
from db.links import Link
from db.records import DeputyRecord, RecordVersion
from db.upsert import table_of
from tracker.committees import ListedDeputy, Stand, committee_timelines, committees_named
from tracker.rows import RecordRow, local_day
from tracker.stored import end_of, records
from vocab.payload import merged_fields
from vocab.timeline import Timeline

_TYPE = "deputy_record"


def body_timelines(conn: Connection, ids: Collection[str], *, as_of: date | None = None) -> dict[str, Timeline]:
    """The timelines of these committees, by id; an id that no list names now is left out."""
    found = committee_timelines(listed_deputies(conn, as_of), as_of) if ids else {}
    return {identity: timeline for identity, timeline in found.items() if identity in set(ids)}


def body_timeline(conn: Connection, body_id: str, *, as_of: date | None = None) -> Timeline | None:
    """The timeline of one committee, None for an id that no list names."""
    return body_timelines(conn, (body_id,), as_of=as_of).get(body_id)


def body_ids(conn: Connection) -> frozenset[str]:
    """All committees that a list ever named."""
    return committees_named(listed_deputies(conn))


def bodies_of(conn: Connection, keys: Collection[str]) -> frozenset[str]:
    """The committees that these rows of lists of deputies may concern: all where such a list changed, else none."""
    changed = {row["scope"] for row in rows_where(conn, DeputyRecord, "key", keys)}
    return body_ids(conn) if keys and changed & _scopes(conn) else frozenset()


def listed_deputies(conn: Connection, as_of: date | None = None) -> list[ListedDeputy]:
    """The deputies on all lists that name committees, with what each list said of them one after the other."""
    found = records(conn, _TYPE, _scopes(conn), column="scope", as_of=as_of)
    version = table_of(RecordVersion).c
    query = select(version.record_key, version.payload, version.first_seen).where(version.record_type == _TYPE)
    if as_of is not None:
        query = query.where(version.first_seen < end_of(as_of))
    keys = [record.key for record in found]
    said: dict[str, list[Any]] = {}
    for row in rows_in(conn, query.order_by(version.record_key, version.version), version.record_key, keys):
        said.setdefault(row.record_key, []).append(row)
    linked = rows_where(conn, Link, "record_key", keys, record_type=_TYPE, dossier_type="person")
    persons = {row["record_key"]: row["dossier_id"] for row in linked}
    return [_deputy(record, said[record.key], persons.get(record.key)) for record in found]


def _scopes(conn: Connection) -> set[str]:
    """The lists that name committees: those of old years, and imports, do not."""
    record = table_of(DeputyRecord).c
    named = func.json_array_length(record.payload["list"]["committees"]) > 0
    return set(conn.execute(select(record.scope).where(named).distinct()).scalars())


def _deputy(record: RecordRow, versions: Iterable[Any], person_id: str | None) -> ListedDeputy:
    """Who vanished from the list is in no committee since then."""
    stands = [_stand(merged_fields(row.payload), local_day(row.first_seen)) for row in versions]
    if record.vanished_at is not None:
        stands.append(Stand(since=local_day(record.vanished_at), committees=frozenset(), faction=None))
    name: str = record.columns["name"]
    return ListedDeputy(name=name, person_id=person_id, evidence=record.evidence(), stands=tuple(stands))


def _stand(fields: dict[str, Any], day: date) -> Stand:
    return Stand(since=day, committees=frozenset(fields.get("committees") or ()), faction=fields.get("faction"))
