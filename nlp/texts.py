"""The texts of records, as the text layer reads them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from db.batches import rows_in
from db.records import RECORD_TABLES
from db.upsert import table_of
from nlp.record_text import RecordText
from vocab.dates import BISHKEK

TEXT_TYPES = ("press_record", "registry_entry", "agenda_entry", "act_record")
"""The records that have a text of their own: a title, press releases a body too."""

_DAY = {"registry_entry": "registered_on", "agenda_entry": "day", "act_record": "adopted_on"}


def record_texts(conn: Connection, record_type: str, keys: Iterable[str]) -> list[RecordText]:
    """The texts of these records, ordered by key."""
    model = RECORD_TABLES[record_type]
    day = _DAY.get(record_type, "published_at")
    table = table_of(model).c
    columns = (table.key, table.version, table.content_hash, table.title, table[day], table.first_seen)
    rows = rows_in(conn, select(*columns, table.payload), table.key, keys)
    found = [_text(record_type, tuple(row)) for row in rows]
    return sorted(found, key=lambda one: one.key)


def versions_of(conn: Connection, record_type: str, keys: Sequence[str]) -> Mapping[str, int]:
    """The newest version of each record."""
    table = table_of(RECORD_TABLES[record_type]).c
    rows = rows_in(conn, select(table.key, table.version), table.key, keys)
    return {row.key: row.version for row in rows}


def _text(record_type: str, row: tuple[Any, ...]) -> RecordText:
    key, version, content_hash, title, moment, first_seen, payload = row
    return RecordText(
        record_type=record_type,
        key=key,
        version=version,
        content_hash=content_hash,
        title=title,
        body=_BODIES[record_type](payload) if record_type in _BODIES else "",
        day=_local_day(moment or first_seen),
    )


def _release(payload: Mapping[str, Mapping[str, Any]]) -> str:
    body: str = payload.get("page", {}).get("body") or payload.get("list", {}).get("summary") or ""
    return body


def _amended(payload: Mapping[str, Mapping[str, Any]]) -> str:
    item: Mapping[str, Any] = payload.get("page", {}).get("item", {})
    return "\n".join(act for act in item.get("amends", ()) if act not in item["title"])


_BODIES = {"press_record": _release, "agenda_entry": _amended}


def _local_day(moment: date | datetime) -> date:
    return moment.astimezone(BISHKEK).date() if isinstance(moment, datetime) else moment
