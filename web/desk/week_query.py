"""A week of sittings with all that a coordinator has to know of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from db.batches import rows_where
from db.links import Link
from db.moves import former, moves
from db.planning import AccessRequest, PlannedSitting, Reminder
from db.records import SittingRecord
from db.sittings import Sitting
from db.upsert import table_of
from tracker.access import access_deadline
from tracker.marks import marked
from tracker.rows import local_day
from tracker.week.access import AccessState, Deadline, deadline
from tracker.week.duties import duties_of, watched
from tracker.week.warnings import Shift, Warning, warnings
from vocab.bodies import Body
from web.desk.people import Report, Staff, reports
from web.rule_book import rule_book

DAYS = 7
BEFORE = timedelta(days=60)
"""So far back is looked for pairs that always go together."""

AHEAD = timedelta(days=30)
"""So far ahead applications for access are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A sitting, its observers (rows of accounts), what they sent (by id of the account), and what is to be done."""

    row: Mapping[str, Any]
    is_watched: bool
    by_hand: bool = False
    mark: Mapping[str, Any] | None = None
    observers: Sequence[Mapping[str, Any]] = ()
    sent: Mapping[str, Report] = field(default_factory=dict)
    reminders: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    access: Deadline | None = None
    request: Mapping[str, Any] | None = None
    warnings: Sequence[Warning] = ()

    @property
    def takes_place(self) -> bool:
        """False where it was called off, or is another sitting now."""
        return not self.row["cancelled"] and self.mark is None


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def week(conn: Connection, start: date, today: date, staff: Staff) -> list[Planned]:
    """The sittings of seven days, in order."""
    rows = sittings_between(conn, start, start + timedelta(days=DAYS - 1))
    chosen = {row["committee_id"] for row in watched(conn)}
    earlier = sittings_between(conn, start - BEFORE, start - timedelta(days=1))
    told = warnings(_shifts(conn, rows, chosen), _shifts(conn, earlier, chosen))
    return planned(conn, rows, today, staff, told)


def planned(
    conn: Connection,
    rows: Sequence[Mapping[str, Any]],
    today: date,
    staff: Staff,
    told: Mapping[str, Sequence[Warning]] | None = None,
) -> list[Planned]:
    """What is known of these sittings."""
    ids = [row["id"] for row in rows]
    chosen = {row["committee_id"] for row in watched(conn)}
    by_hand = {row["id"] for row in rows_where(conn, PlannedSitting, "id", ids)}
    marks, duties = marked(conn, ids), duties_of(conn, ids)
    sent, first_seen = reports(conn, former(moves(conn), ids)), _announced(conn, ids)
    requests = {row["sitting_id"]: row for row in rows_where(conn, AccessRequest, "sitting_id", ids)}
    letters: dict[str, dict[int, Any]] = {}
    for letter in rows_where(conn, Reminder, "sitting_id", ids):
        letters.setdefault(letter["sitting_id"], {})[letter["user_id"]] = letter
    return [
        Planned(
            row=row,
            is_watched=is_watched(row, chosen),
            by_hand=row["id"] in by_hand,
            mark=marks.get(row["id"]),
            observers=[one for one in staff.rows if one["id"] in duties.get(row["id"], ())],
            sent=sent.get(row["id"], {}),
            reminders=letters.get(row["id"], {}),
            access=_access(row, first_seen.get(row["id"]), requests.get(row["id"]), today),
            request=requests.get(row["id"]),
            warnings=(told or {}).get(row["id"], ()),
        )
        for row in rows
    ]


def sittings_between(conn: Connection, first: date, last: date) -> list[dict[str, Any]]:
    """The sittings of these days, in order."""
    table = table_of(Sitting)
    query = select(table).where(table.c.day.between(first, last))
    ordered = query.order_by(table.c.day, table.c.starts_at.asc().nulls_last(), table.c.id)
    return [dict(row) for row in conn.execute(ordered).mappings()]


def is_watched(row: Mapping[str, Any], committees: Collection[str | None]) -> bool:
    """True for the plenary and for the watched committees."""
    return row["body"] == Body.PLENARY or row["committee_id"] in committees


def coming(conn: Connection, today: date, staff: Staff) -> list[Planned]:
    """The sittings of the coming weeks, in order."""
    return planned(conn, sittings_between(conn, today, today + AHEAD), today, staff)


def applications(sittings: Iterable[Planned], today: date) -> list[Planned]:
    """The watched ones among coming sittings by the last day to apply, what was answered last."""
    ours = [one for one in sittings if one.is_watched and one.takes_place and one.access]
    done = (AccessState.GRANTED, AccessState.REFUSED)
    return sorted(ours, key=lambda one: (one.access.state in done, one.access.due) if one.access else (True, today))


def _shifts(conn: Connection, rows: Iterable[Mapping[str, Any]], chosen: Collection[str | None]) -> list[Shift]:
    there = {row["id"]: row for row in rows if not row["cancelled"]}
    off, duties = marked(conn, there), duties_of(conn, there)
    return [
        Shift(
            sitting=key,
            day=row["day"],
            starts_at=row["starts_at"],
            observers=tuple(duties.get(key, ())),
            needs_observer=is_watched(row, chosen),
        )
        for key, row in there.items()
        if key not in off
    ]


def _announced(conn: Connection, sittings: Collection[str]) -> dict[str, date]:
    """The day on which the agenda of each sitting was first seen."""
    link, record = table_of(Link).c, table_of(SittingRecord).c
    query = (
        select(link.dossier_id, func.min(record.first_seen))
        .join(table_of(SittingRecord), record.key == link.record_key)
        .where(link.record_type == "sitting_record", link.dossier_type == "sitting", link.dossier_id.in_(sittings))
        .where(record.source == "agenda")
        .group_by(link.dossier_id)
    )
    return {key: local_day(seen) for key, seen in conn.execute(query)}


def _access(
    row: Mapping[str, Any], announced: date | None, request: Mapping[str, Any] | None, today: date
) -> Deadline | None:
    """Where the application stands; None where no rule says until when."""
    rule = access_deadline(rule_book(), row["day"], Body(row["body"]))
    if rule is None:
        return None
    answer = request["answer"] if request else None
    return deadline(
        row["day"], rule.request_by, announced=announced, sent=request is not None, answer=answer, today=today
    )
