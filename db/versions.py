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

from sqlalchemy import Connection, and_, select, update
from sqlmodel import col

from db.changes import changed_fields
from db.pages import PageRecord
from db.records import RECORD_TABLES, PendingRecord, RecordBase, RecordVersion
from db.upsert import chunks, table_of, upsert

_CHUNK = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one page says of one record.

    `fields` is JSON-able and decides sameness; `columns` are the record table's own columns as far as this part
    tells them; `scope` names the list that a complete walk covers (see `mark_vanished`).
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


def content_hash(fields: Mapping[str, Any]) -> str:
    """The hash of canonical JSON: key order does not matter."""
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def store_statements(
    conn: Connection, statements: Sequence[Statement], *, now: datetime, seen: bool = True
) -> StoreCounts:
    """Write what is new or changed, move `last_seen` of the rest. The caller's transaction makes it all or nothing.

    `seen` False: archived pages are read again; nothing was seen on the site, so `last_seen` and vanish marks stay.
    """
    counts = StoreCounts()
    by_type: dict[str, list[Statement]] = {}
    for statement in statements:
        by_type.setdefault(statement.record_type, []).append(statement)
    for record_type, group in by_type.items():
        for chunk in chunks(group, _CHUNK):
            counts.add(_store_chunk(conn, record_type, chunk, now, seen))
    return counts


def _store_chunk(
    conn: Connection, record_type: str, chunk: Sequence[Statement], now: datetime, seen: bool
) -> StoreCounts:
    model = RECORD_TABLES[record_type]
    marks = _marks(conn, model, {statement.key for statement in chunk})
    same: set[str] = set()
    fresh: dict[str, list[tuple[Statement, str]]] = {}
    for statement in chunk:
        mark = f"{statement.part}:{content_hash(statement.fields)}"
        known = marks.get(statement.key)
        gone = seen and known is not None and known[1]
        if known is not None and not gone and mark in known[0].split(" "):
            same.add(statement.key)
        else:
            fresh.setdefault(statement.key, []).append((statement, mark))
    touched = sorted(same - fresh.keys())
    if seen:
        _touch(conn, model, touched, now)
    written = _write(conn, model, fresh, now, seen) if fresh else 0
    new = sum(1 for key in fresh if key not in marks)
    return StoreCounts(new=new, changed=written - new, unchanged=len(touched) + len(fresh) - written)


def _marks(conn: Connection, model: type[RecordBase], keys: set[str]) -> dict[str, tuple[str, bool]]:
    """(content hash, vanished?) of the records that are there."""
    query = select(col(model.key), col(model.content_hash), col(model.vanished_at).is_not(None))
    return {key: (mark, bool(gone)) for key, mark, gone in conn.execute(query.where(col(model.key).in_(sorted(keys))))}


def _touch(conn: Connection, model: type[RecordBase], keys: Sequence[str], now: datetime) -> None:
    if keys:
        conn.execute(update(model).where(col(model.key).in_(keys)).values(last_seen=now))


def _write(
    conn: Connection,
    model: type[RecordBase],
    fresh: Mapping[str, Sequence[tuple[Statement, str]]],
    now: datetime,
    seen: bool,
) -> int:
    """Write new and changed records with their versions; give how many really differ."""
    table = table_of(model)
    current = {
        row["key"]: dict(row) for row in conn.execute(select(table).where(table.c.key.in_(sorted(fresh)))).mappings()
    }
    rows: list[dict[str, Any]] = []
    versions: list[dict[str, Any]] = []
    for key, stated in fresh.items():
        row, version = _merged(current.get(key), stated, now, seen)
        rows.append(row)
        if version is not None:
            versions.append(version)
    for group in _same_columns(rows):
        upsert(conn, model, group, key=("key",))
    upsert(conn, RecordVersion, versions, key=("record_type", "record_key", "version"))
    pending = [{name: one[name] for name in ("record_type", "record_key")} for one in versions]
    upsert(conn, PendingRecord, pending, key=("record_type", "record_key"), update=())
    return len(versions)


def _merged(
    current: dict[str, Any] | None, stated: Sequence[tuple[Statement, str]], now: datetime, seen: bool
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The record's new row and its new version (None where the statements change nothing)."""
    first = stated[0][0]
    row = current or {
        "key": first.key,
        "site": first.site,
        "version": 0,
        "content_hash": "",
        "payload": {},
        "first_seen": now,
        "last_seen": now,
        "vanished_at": None,
    }
    before = row["payload"]
    payload = before | {statement.part: dict(statement.fields) for statement, _ in stated}
    marks = dict(mark.split(":", 1) for mark in row["content_hash"].split() if mark)
    marks |= dict(mark.split(":", 1) for _, mark in stated)
    new_hash = " ".join(f"{part}:{marks[part]}" for part in sorted(marks))
    returned = seen and row["vanished_at"] is not None
    differs = returned or new_hash != row["content_hash"]
    last = stated[-1][0]
    if seen:
        row = row | {"last_seen": now, "vanished_at": None}
    row = row | {
        "scope": last.scope,
        "content_hash": new_hash,
        "payload": payload,
        "version": row["version"] + differs,
    }
    if differs:
        row["page_id"] = last.page_id
        row["url"] = last.url
    for statement, _ in stated:
        row |= statement.columns
    if not differs:
        return row, None
    changes = ["returned"] * returned + (changed_fields(before, payload) if before else [])
    version = {
        "record_type": first.record_type,
        "record_key": first.key,
        "version": row["version"],
        "content_hash": new_hash,
        "payload": payload,
        "changes": changes,
        "page_id": last.page_id,
        "first_seen": now,
    }
    return row, version


def _same_columns(rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Rows grouped by the columns they name: a part that tells less must not blank what another told."""
    groups: dict[frozenset[str], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(frozenset(row), []).append(row)
    return list(groups.values())


def mark_vanished(
    conn: Connection, record_type: str, scope: str, *, not_seen_since: datetime, now: datetime
) -> tuple[str, ...]:
    """Mark the records of a wholly walked scope that the walk did not see; give their keys."""
    model = RECORD_TABLES[record_type]
    unseen = and_(col(model.scope) == scope, col(model.last_seen) < not_seen_since, col(model.vanished_at).is_(None))
    keys = tuple(conn.execute(select(col(model.key)).where(unseen).order_by(col(model.key))).scalars())
    for chunk in chunks(keys, _CHUNK):
        conn.execute(update(model).where(col(model.key).in_(chunk)).values(vanished_at=now))
    mark_pending(conn, record_type, keys)
    return keys


def mark_pending(conn: Connection, record_type: str, keys: Sequence[str]) -> None:
    """Put records (or observations) on the tracker's list of what to look at."""
    rows = [{"record_type": record_type, "record_key": key} for key in keys]
    upsert(conn, PendingRecord, rows, key=("record_type", "record_key"), update=())


def touch_records_of_pages(conn: Connection, addresses: Sequence[str], now: datetime) -> int:
    """An unchanged page states its records again: move their `last_seen`, undo a vanish mark. Give how many."""
    query = select(col(PageRecord.record_type), col(PageRecord.record_key))
    by_type: dict[str, list[str]] = {}
    for chunk in chunks(addresses, _CHUNK):
        for record_type, key in conn.execute(query.where(col(PageRecord.address).in_(chunk))):
            by_type.setdefault(record_type, []).append(key)
    for record_type, keys in by_type.items():
        for chunk in chunks(sorted(set(keys)), _CHUNK):
            _revive(conn, record_type, chunk)
            _touch(conn, RECORD_TABLES[record_type], chunk, now)
    return sum(len(set(keys)) for keys in by_type.values())


def _revive(conn: Connection, record_type: str, keys: Sequence[str]) -> None:
    model = RECORD_TABLES[record_type]
    gone = and_(col(model.key).in_(keys), col(model.vanished_at).is_not(None))
    back = tuple(conn.execute(select(col(model.key)).where(gone)).scalars())
    if back:
        conn.execute(update(model).where(col(model.key).in_(back)).values(vanished_at=None))
        mark_pending(conn, record_type, back)
