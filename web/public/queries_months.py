"""What a month holds: sittings, the marks that people set on them, and days of bills that lie ahead or are told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, String, and_, cast, func, literal, select

from db.annotations import PressEventRow
from db.bills import Bill
from db.facts import StatedFact
from db.links import Link
from db.records import PressRecord
from db.sittings import Sitting
from db.upsert import table_of
from tracker.marks import marked
from vocab.timeline import EventKind, SubjectKind

_DAYS = (EventKind.AMENDMENTS_UNTIL, EventKind.HEARING, EventKind.PUBLIC_DISCUSSION)
"""What a person may state of a bill that belongs on a calendar."""


def sittings_between(
    conn: Connection, first: date, after: date, body: str | None, committee: str | None
) -> Sequence[RowMapping]:
    """The sittings from a day on and before another one, in order of time; cancelled ones too."""
    sitting = table_of(Sitting).c
    query = select(table_of(Sitting)).where(sitting.day >= first, sitting.day < after)
    for column, value in ((sitting.body, body), (sitting.committee_id, committee)):
        query = query.where(column == value) if value else query
    ordered = query.order_by(sitting.day, sitting.starts_at.nulls_last(), sitting.body.desc(), sitting.id)
    return conn.execute(ordered).mappings().all()


def marks_of(conn: Connection, sittings: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """What people know of these sittings and the parliament's site does not tell: called off, or moved."""
    return marked(conn, sittings)


def days_of_bills(conn: Connection, first: date, after: date) -> list[RowMapping]:
    """Days that are stated of bills (the last one for amendments, hearings), and hearings that press releases tell of.

    Columns: day, id and title of the bill, kind (of an event), page_id.
    """
    fact, bill = table_of(StatedFact).c, table_of(Bill).c
    event, link, press = table_of(PressEventRow).c, table_of(Link).c, table_of(PressRecord).c
    stated = (
        select(fact.day, bill.id, bill.title, fact.kind, literal(None).label("page_id"))
        .join(table_of(Bill), and_(bill.id == fact.subject_id, fact.subject_kind == SubjectKind.BILL))
        .where(fact.kind.in_(_DAYS), fact.withdrawn_at.is_(None), fact.day >= first, fact.day < after)
    )
    told = (
        select(event.day, bill.id, bill.title, literal(EventKind.PUBLIC_DISCUSSION.value).label("kind"), press.page_id)
        .join(
            table_of(Link),
            and_(
                link.record_key == event.record_key,
                link.record_type == "press_record",
                link.dossier_type == "bill",
                link.place == "event:" + cast(event.seq, String),
            ),
        )
        .join(table_of(Bill), bill.id == link.dossier_id)
        .join(table_of(PressRecord), press.key == event.record_key)
        .where(event.body == "public_hearing", event.day >= first, event.day < after)
    )
    rows = [*conn.execute(stated).mappings(), *conn.execute(told).mappings()]
    return sorted(rows, key=lambda row: (row["day"], row["title"]))


def nearest(conn: Connection, first: date, after: date) -> list[date]:
    """The last sitting's day before, and the first one's after, where there are such."""
    day = table_of(Sitting).c.day
    before = conn.execute(select(func.max(day)).where(day < first)).scalar()
    later = conn.execute(select(func.min(day)).where(day >= after)).scalar()
    return [one for one in (before, later) if one is not None]
