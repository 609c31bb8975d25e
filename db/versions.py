"""Store what sources state: a content hash decides what is the same, every change is a version.

A record may be stated in parts by several pages (a press release by its list and by its own page); each part has its
own hash, so that neither page undoes the other.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select, update
from sqlmodel import col

from db.changes import changed_fields
from db.engine import take_turn
from db.pages import PageRecord
from db.pending import mark_changed
from db.records import RECORD_TABLES, RecordBase, RecordVersion
from db.upsert import chunks, table_of, upsert

_CHUNK = 900
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one page says of one record.

    `fields` is JSON-able and decides sameness; `columns` are the record table's own columns as far as this part
    tells them, and follow from `fields`; `scope` names the list that a complete walk covers (see `mark_vanished`).
    """

    record_type: str
    key: str
    site: str
    scope: str
    part: str
    fields: Mapping[str, Any]
    columns: Mapping[str, Any]
    url: str | None = None
    page_id: int | None = None


@dataclass(slots=True)
class StoreCounts:
    """How many records were new, changed (or came back), and the same."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def add(self, other: "StoreCounts") -> None:
        """Sum in place."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged


@dataclass(frozen=True, slots=True)
class _Visit:
    """When the statements were read; `seen` False: in the archive, nothing was seen on the site."""

    now: datetime
    seen: bool


Parts = dict[str, Statement]


def content_hash(fields: Mapping[str, Any]) -> str:
    """The hash of canonical JSON: key order does not matter. Raises ValueError for what is not JSON (NaN)."""
    return hashlib.blake2b(_CANONICAL.encode(fields).encode(), digest_size=12).hexdigest()


def store_statements(
    conn: Connection, statements: Sequence[Statement], *, now: datetime, seen: bool = True
) -> StoreCounts:
    """Write what is new or changed, move `last_seen` of the rest. The caller's transaction makes it all or nothing.

    Of several statements of one part of one record the last counts. `seen` False: archived pages are read again;
    nothing was seen on the site, so `last_seen` and vanish marks stay.
    """
    counts = StoreCounts()
    by_type: dict[str, dict[str, Parts]] = {}
    for statement in statements:
        records = by_type.setdefault(statement.record_type, {})
        records.setdefault(statement.key, {})[statement.part] = statement
    if by_type:
        take_turn(conn)
    for record_type, records in by_type.items():
        for keys in chunks(sorted(records), _CHUNK):
            stated = {key: records[key] for key in keys}
            counts.add(_store_chunk(conn, RECORD_TABLES[record_type], stated, _Visit(now, seen)))
    return counts


def _store_chunk(conn: Connection, model: type[RecordBase], stated: Mapping[str, Parts], visit: _Visit) -> StoreCounts:
    known = _known_marks(conn, model, list(stated))
    fresh: dict[str, dict[str, str]] = {}
    same: list[str] = []
    for key, parts in stated.items():
        marks, _ = known.get(key, ({}, False))
        hashes = {part: content_hash(statement.fields) for part, statement in parts.items()}
        if all(marks.get(part) == value for part, value in hashes.items()):
            same.append(key)
        else:
            fresh[key] = marks | hashes
    if fresh:
        _write(conn, model, {key: stated[key] for key in fresh}, fresh, visit)
    back = [key for key in same if known[key][1]] if visit.seen else []
    if visit.seen:
        _see(conn, model, same, back, visit.now)
    new = sum(1 for key in fresh if key not in known)
    return StoreCounts(new=new, changed=len(fresh) - new + len(back), unchanged=len(same) - len(back))


def _known_marks(
    conn: Connection, model: type[RecordBase], keys: Sequence[str]
) -> dict[str, tuple[dict[str, str], bool]]:
    """(hash by part, vanished?) of the records that are there."""
    query = select(col(model.key), col(model.content_hash), col(model.vanished_at).is_not(None))
    found = conn.execute(query.where(col(model.key).in_(keys)))
    return {key: (_marks(text), bool(gone)) for key, text, gone in found}


def _marks(text: str) -> dict[str, str]:
    """The hash by part: "list:0a1b page:2c3d"."""
    return dict(mark.rsplit(":", 1) for mark in text.split())


def _see(conn: Connection, model: type[RecordBase], keys: Sequence[str], back: Sequence[str], now: datetime) -> None:
    """Move `last_seen`; records that came back lose their vanish mark, which is news."""
    if keys:
        conn.execute(update(model).where(col(model.key).in_(keys)).values(last_seen=now))
    if back:
        conn.execute(update(model).where(col(model.key).in_(back)).values(vanished_at=None))
        mark_changed(conn, table_of(model).name, back)


def _write(
    conn: Connection,
    model: type[RecordBase],
    stated: Mapping[str, Parts],
    marks: Mapping[str, Mapping[str, str]],
    visit: _Visit,
) -> None:
    """Write new and changed records, a version of each, and put them on the lists of what to look at."""
    table = table_of(model)
    query = select(table).where(table.c.key.in_(list(stated)))
    current = {row["key"]: dict(row) for row in conn.execute(query).mappings()}
    rows: list[dict[str, Any]] = []
    versions: list[dict[str, Any]] = []
    for key, parts in stated.items():
        before = current.get(key)
        row = _row(before, parts, marks[key], visit)
        rows.append(row)
        changes = changed_fields(before["payload"], row["payload"]) if before else []
        versions.append(_version(table.name, row, changes, visit.now))
    first = last_version(conn) + 1
    for seq, version in enumerate(versions, start=first):
        version["seq"] = seq
    for group in _same_columns(rows):
        upsert(conn, model, group, key=("key",))
    upsert(conn, RecordVersion, versions, key=("record_type", "record_key", "version"))
    mark_changed(conn, table.name, list(stated))


def _row(before: Mapping[str, Any] | None, parts: Parts, marks: Mapping[str, str], visit: _Visit) -> dict[str, Any]:
    """The record's row with these parts laid over what it was."""
    last = list(parts.values())[-1]
    row = dict(before) if before else _blank(last, visit.now)
    if visit.seen:
        row |= {"last_seen": visit.now, "vanished_at": None}
    for statement in parts.values():
        row |= statement.columns
    return row | {
        "scope": last.scope,
        "version": row["version"] + 1,
        "content_hash": " ".join(f"{part}:{value}" for part, value in sorted(marks.items())),
        "payload": row["payload"] | {part: dict(one.fields) for part, one in parts.items()},
        "page_id": last.page_id,
        "url": last.url,
    }


def _blank(statement: Statement, now: datetime) -> dict[str, Any]:
    return {
        "key": statement.key,
        "site": statement.site,
        "version": 0,
        "payload": {},
        "first_seen": now,
        "last_seen": now,
        "vanished_at": None,
    }


def _version(record_type: str, row: Mapping[str, Any], changes: list[str], now: datetime) -> dict[str, Any]:
    copied = {name: row[name] for name in ("version", "content_hash", "payload", "page_id")}
    return copied | {"record_type": record_type, "record_key": row["key"], "changes": changes, "first_seen": now}


def _same_columns(rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Rows grouped by the columns they name: a part that tells less must not blank what another told."""
    groups: dict[frozenset[str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(frozenset(row), []).append(row)
    return list(groups.values())


def last_version(conn: Connection) -> int:
    """The `seq` of the newest version, 0 without any. Writers took their turn: nobody else takes the next number."""
    return conn.execute(select(func.max(col(RecordVersion.seq)))).scalar() or 0


def mark_vanished(
    conn: Connection, record_type: str, scope: str, *, not_seen_since: datetime, now: datetime
) -> tuple[str, ...]:
    """Mark the records of a wholly walked scope that the walk did not see; give their keys."""
    take_turn(conn)
    model = RECORD_TABLES[record_type]
    unseen = and_(col(model.scope) == scope, col(model.last_seen) < not_seen_since, col(model.vanished_at).is_(None))
    keys = tuple(conn.execute(select(col(model.key)).where(unseen).order_by(col(model.key))).scalars())
    mark_gone(conn, record_type, keys, now)
    return keys


def mark_gone(conn: Connection, record_type: str, keys: Sequence[str], now: datetime) -> None:
    """Mark these records as dropped by their source and put them on the lists of what to look at."""
    model = RECORD_TABLES[record_type]
    for chunk in chunks(keys, _CHUNK):
        conn.execute(update(model).where(col(model.key).in_(chunk)).values(vanished_at=now))
    mark_changed(conn, record_type, keys)


def touch_records_of_pages(conn: Connection, addresses: Sequence[str], now: datetime) -> int:
    """An unchanged page states its records again: move their `last_seen`, undo a vanish mark. Give how many."""
    take_turn(conn)
    query = select(col(PageRecord.record_type), col(PageRecord.record_key))
    by_type: dict[str, set[str]] = {}
    for chunk in chunks(addresses, _CHUNK):
        for record_type, key in conn.execute(query.where(col(PageRecord.address).in_(chunk))):
            by_type.setdefault(record_type, set()).add(key)
    for record_type, keys in by_type.items():
        model = RECORD_TABLES[record_type]
        for chunk in chunks(sorted(keys), _CHUNK):
            gone = and_(col(model.key).in_(chunk), col(model.vanished_at).is_not(None))
            _see(conn, model, chunk, list(conn.execute(select(col(model.key)).where(gone)).scalars()), now)
    return sum(len(keys) for keys in by_type.values())
