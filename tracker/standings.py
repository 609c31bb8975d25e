"""Where each bill stands, kept for the lists: written whenever a bill is judged anew."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from db.batches import delete_where, rows_in
from db.bills import Bill, BillStanding
from db.sittings import AgendaItem
from db.upsert import table_of, upsert
from tracker.stages import considered_in, held, reached, track
from vocab.timeline import EventKind, Timeline


def store_standings(conn: Connection, ids: Collection[str], timelines: Mapping[str, Timeline], today: date) -> None:
    """Write the rows of these bills; an id without a timeline is no bill any more."""
    item, bill = table_of(AgendaItem).c, table_of(Bill).c
    numbers = select(item.bill_id, func.count()).group_by(item.bill_id)
    entries = {row[0]: row[1] for row in rows_in(conn, numbers, item.bill_id, ids)}
    first = {row[0]: row[1] for row in rows_in(conn, select(bill.id, bill.first_day), bill.id, timelines)}
    rows = [
        standing_row(timeline, today, first.get(key)) | {"entries": entries.get(key, 0)}
        for key, timeline in timelines.items()
    ]
    upsert(conn, BillStanding, rows, key=("bill_id",))
    delete_where(conn, BillStanding, "bill_id", set(ids) - timelines.keys())


def standing_row(timeline: Timeline, today: date, first_day: date | None) -> dict[str, Any]:
    """What a timeline says of where its bill stands; `first_day` where it tells of no day."""
    steps, events = track(timeline, today), held(timeline)
    stage = reached(timeline, steps)
    days = [event.day for event in events]
    ahead = [event.day for event in events if event.kind is EventKind.SCHEDULED and event.day >= today]
    return {
        "bill_id": timeline.subject.id,
        "stage": stage.value if stage else None,
        "readings": ",".join(map(str, considered_in(steps))),
        "last_day": max(days, default=first_day),
        "planned": min(ahead, default=None),
    }


def outdated(conn: Connection, today: date) -> set[str]:
    """Bills whose next agenda was planned for a day that is over."""
    standing = table_of(BillStanding).c
    return set(conn.execute(select(standing.bill_id).where(standing.planned < today)).scalars())
