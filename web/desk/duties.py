"""The duties of one observer, on the desk and in a calendar."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from db.batches import rows_where
from db.moves import follow, moves
from db.planning import Duty
from db.sittings import Sitting
from db.upsert import table_of
from publish.channels.calendar import Meeting, calendar_bytes
from publish.wording import meeting_title
from tracker.marks import marked
from web.desk.people import Staff
from web.desk.week_query import Planned, planned

BACK, AHEAD = timedelta(days=7), timedelta(days=28)
_CALENDAR_BACK = timedelta(days=90)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""When a duty was given that nothing tells of: a calendar entry has a moment."""


def own_duties(conn: Connection, user_id: int, today: date, staff: Staff) -> list[Planned]:
    """The sittings of the last week and the next four that an observer was asked to be at, in order."""
    rows = [row for row in _sittings(conn, user_id) if today - BACK <= row["day"] <= today + AHEAD]
    return planned(conn, rows, today, staff)


def calendar_of(conn: Connection, user_id: int, name: str, site: str, today: date) -> bytes:
    """The duties as a calendar; what was called off stays in it, marked, so that phones take it off."""
    rows = [row for row in _sittings(conn, user_id) if row["day"] >= today - _CALENDAR_BACK]
    since = {row["sitting_id"]: row["assigned_at"] for row in rows_where(conn, Duty, "user_id", [user_id])}
    first = min(since.values(), default=EPOCH)
    off = marked(conn, [row["id"] for row in rows])
    meetings = [_meeting(row, since.get(row["id"], first), site, is_off=row["id"] in off) for row in rows]
    return calendar_bytes(name, meetings)


def _sittings(conn: Connection, user_id: int) -> Sequence[Mapping[str, Any]]:
    """Where the duties of an observer are now: a sitting that moved stands at its new day."""
    now_at = moves(conn)
    duty, sitting = table_of(Duty).c, table_of(Sitting)
    asked = conn.execute(select(duty.sitting_id).where(duty.user_id == user_id)).scalars()
    query = select(sitting).where(sitting.c.id.in_(sorted({follow(now_at, key) for key in asked})))
    ordered = query.order_by(sitting.c.day, sitting.c.starts_at.asc().nulls_last(), sitting.c.id)
    return [dict(row) for row in conn.execute(ordered).mappings()]


def _meeting(row: Mapping[str, Any], since: datetime, site: str, *, is_off: bool) -> Meeting:
    return Meeting(
        id=f"duty-{row['id']}",
        title=meeting_title(row["committee"], extraordinary=row["extraordinary"]),
        day=row["day"],
        starts_at=row["starts_at"],
        place=row["place"],
        cancelled=row["cancelled"] or is_off,
        url=f"{site}/sittings/{row['id']}",
        text="",
        known_since=since,
        changes=1 + int(row["cancelled"] or is_off),
    )
