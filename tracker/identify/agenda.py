"""Agenda items of sittings: one for each text on the agenda and the vote list of a sitting, with its bill."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, delete

from db.batches import dossiers_of, rows_where
from db.links import Link
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of, upsert
from tracker.rows import EntryRow, entry_row
from tracker.stored import records


def rewrite_agenda_items(conn: Connection, sittings: Collection[str]) -> None:
    """Write the items of these sittings anew, as far as they differ."""
    there = {row["id"] for row in rows_where(conn, Sitting, "id", sittings)}
    linked = rows_where(conn, Link, "dossier_id", there, dossier_type="sitting")
    sitting_of = {row["record_key"]: row["dossier_id"] for row in linked}
    entries = [entry_row(record) for record in records(conn, "agenda_entry", sitting_of, column="sitting_key")]
    bills = bills_of(conn, entries)
    wanted: dict[str, dict[str, Any]] = {}
    for entry in sorted(entries, key=lambda one: (one.sitting_key, one.position, one.key)):
        if entry.record.vanished_at is None:
            item = _item(entry, sitting_of[entry.sitting_key], bills)
            wanted.setdefault(item["id"], item)
    stored = {row["id"]: row for row in rows_where(conn, AgendaItem, "sitting_id", there)}
    table = table_of(AgendaItem)
    for identity in stored.keys() - wanted.keys():
        conn.execute(delete(table).where(table.c.id == identity))
    upsert(conn, AgendaItem, [row for key, row in wanted.items() if stored.get(key) != row], key=("id",))


def bills_of(conn: Connection, entries: Collection[EntryRow]) -> Mapping[str, str | None]:
    """The bill of each entry, by the entry's key."""
    return dossiers_of(conn, "agenda_entry", [entry.key for entry in entries], "bill")


def _item(entry: EntryRow, sitting: str, bills: Mapping[str, str | None]) -> dict[str, Any]:
    return {
        "id": f"{sitting}-{entry.key.rpartition(':')[2]}",
        "sitting_id": sitting,
        "bill_id": bills.get(entry.key),
        "position": entry.position,
        "title": entry.title,
        "kind": entry.kind,
        "readings": ",".join(map(str, sorted(entry.readings))),
    }
