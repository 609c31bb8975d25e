"""Marks of sittings in the database, see `db.planning.SittingMark`."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection

from db.batches import rows_where
from db.planning import SittingMark

CANCELLED = "cancelled"
BY_TRACKER = "tracker"


def marked(conn: Connection, sittings: Collection[str]) -> dict[str, dict[str, Any]]:
    """The marks of these sittings."""
    return {row["sitting_id"]: row for row in rows_where(conn, SittingMark, "sitting_id", sittings)}
