"""Sittings whose pages all went to another sitting: an agenda that changed its day. Notes and duties go with them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from db.batches import delete_where, rows_where
from db.links import Link
from db.moves import MOVED
from db.planning import SittingMark
from db.upsert import upsert
from tracker.identify.links import LinkRow
from tracker.marks import BY_TRACKER


def note_moves(conn: Connection, changed: Sequence[tuple[LinkRow, LinkRow | None]], now: datetime) -> None:
    """Mark the sittings whose pages all went to one other sitting; take the mark off one that has pages again.

    A person's mark stays as it is.
    """
    after: dict[str, set[str]] = {}
    came = {str(new.dossier_id) for _, new in changed if new}
    for before, now_at in [(old.dossier_id, new.dossier_id) for old, new in changed if new]:
        after.setdefault(str(before), set()).add(str(now_at))
    left = {row["dossier_id"] for row in rows_where(conn, Link, "dossier_id", after, dossier_type="sitting")}
    rows = [
        {
            "sitting_id": before,
            "change": MOVED,
            "moved_to": next(iter(targets)),
            "reason": "",
            "marked_by": BY_TRACKER,
            "marked_at": now,
        }
        for before, targets in sorted(after.items())
        if before not in left and len(targets) == 1
    ]
    delete_where(conn, SittingMark, "sitting_id", came | left, marked_by=BY_TRACKER)
    upsert(conn, SittingMark, rows, key=("sitting_id",), update=())
