"""Marks of sittings in the database, see `db.planning.SittingMark`."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select

from db.batches import rows_where
from db.planning import SittingMark
from db.upsert import table_of

CANCELLED, MOVED = "cancelled", "moved"
BY_TRACKER = "tracker"


def moves(conn: Connection) -> dict[str, str]:
    """Every sitting that became another one, and which: a few a year."""
    mark = table_of(SittingMark).c
    query = select(mark.sitting_id, mark.moved_to).where(mark.change == MOVED)
    return {row.sitting_id: row.moved_to for row in conn.execute(query)}


def marked(conn: Connection, sittings: Collection[str]) -> dict[str, dict[str, Any]]:
    """The marks of these sittings."""
    return {row["sitting_id"]: row for row in rows_where(conn, SittingMark, "sitting_id", sittings)}
