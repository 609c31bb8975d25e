"""What sittings of committees have to know besides their records: the plenary of their day, and who the members are.

A committee does not sit on days of the plenary (art. 42 p. 2), and it needs more than half of its members (p. 3).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, select

from db.batches import rows_in, rows_where
from db.links import Link
from db.moves import former, moves
from db.observations import Observation
from db.records import DeputyRecord, RecordVersion, SittingRecord
from db.sittings import Sitting
from db.upsert import table_of
from tracker.bodies import listed_deputies
from tracker.checks.quorum import REGISTRATIONS
from tracker.committees import members_on
from tracker.identify.people import NOBODY, People
from tracker.identify.sittings import is_cancelled
from tracker.merge import with_events
from tracker.observed import observed_events
from tracker.rows import ObservationRow, SittingRow, local_day, sitting_row
from tracker.stored import observations, records
from vocab.bodies import Body
from vocab.ids import committee_id
from vocab.observation import ObservationKind
from vocab.timeline import Event, EventKind, Timeline

_LISTED = "deputy_record"
_TIMES = frozenset({ObservationKind.STARTED, ObservationKind.ENDED})
_COUNTS = (ObservationKind.HEAD_COUNT, ObservationKind.REGISTRATION)
_HELD = frozenset({*_TIMES, *_COUNTS, ObservationKind.AGENDA_VOTE, ObservationKind.VOTE})
"""Notes that nobody can make of a sitting that was not held."""


def with_beside(conn: Connection, timelines: Mapping[str, Timeline], as_of: date | None = None) -> dict[str, Timeline]:
    """The timelines; those of committees' sittings with the plenaries of their day and, where counted, the members."""
    committees = [one for one in timelines.values() if one.subject.body is Body.COMMITTEE]
    plenaries = _plenaries(conn, {one.subject.day for one in committees if one.subject.day}, as_of)
    counted = {one.subject.id for one in committees if one.of(*REGISTRATIONS, EventKind.HEAD_COUNT)}
    deputies = listed_deputies(conn, as_of) if counted else []
    found = dict(timelines)
    for one in committees:
        day, committee = one.subject.day, one.subject.committee
        events = list(plenaries.get(day, ())) if day else []
        if day and committee and one.subject.id in counted:
            events += members_on(deputies, committee_id(committee), day)
        found[one.subject.id] = with_events(one, events)
    return found


def _plenaries(conn: Connection, days: Collection[date], as_of: date | None) -> dict[date, list[Event]]:
    """What tells of plenary sittings of these days, but of those that were called off."""
    sittings = {row["id"]: row for row in rows_where(conn, Sitting, "day", days, body=Body.PLENARY)}
    linked = rows_where(conn, Link, "dossier_id", sittings, dossier_type="sitting")
    sitting_of = {row["record_key"]: row["dossier_id"] for row in linked}
    pages: dict[str, list[SittingRow]] = {}
    for record in records(conn, "sitting_record", sitting_of, as_of=as_of):
        pages.setdefault(sitting_of[record.key], []).append(sitting_row(record))
    notes: dict[str, list[ObservationRow]] = {}
    for row in observations(conn, sittings, as_of):
        notes.setdefault(row.sitting_id, []).append(row)
    found: dict[date, list[Event]] = {}
    for identity, sitting in sorted(sittings.items()):
        if not is_cancelled(pages.get(identity, ()), sitting["day"]):
            told = (*_of_pages(pages.get(identity, ())), *_of_notes(notes.get(identity, ())))
            found.setdefault(sitting["day"], []).extend(
                replace(event, body=Body.PLENARY, sitting_id=identity) for event in told
            )
    return found


def _of_pages(pages: Iterable[SittingRow]) -> Iterator[Event]:
    """An agenda announces a sitting; a protocol or a vote list shows that it was held."""
    for page in pages:
        kind = EventKind.ANNOUNCED if page.source == "agenda" else EventKind.STARTED
        yield Event(
            kind=kind,
            day=page.day,
            evidence=page.record.evidence(),
            at=page.starts_at if kind is EventKind.ANNOUNCED else None,
            uncertain=page.record.fields.get("day_note"),
        )


def _of_notes(notes: Iterable[ObservationRow]) -> Iterator[Event]:
    """When observers saw it begin and end; else one note that shows it was held, without a time."""
    held = [row for row in notes if row.kind in _HELD]
    timed = [row for row in held if row.kind in _TIMES]
    for event in observed_events(timed or held[:1], People(lambda _: NOBODY, {})):
        yield event if timed else replace(event, kind=EventKind.STARTED, at=None, count=None, votes=None, choice=None)


def committees_of_days(conn: Connection, sittings: Collection[str]) -> frozenset[str]:
    """The committees' sittings that are on the days of plenaries among these sittings."""
    days = {row["day"] for row in rows_where(conn, Sitting, "id", sittings) if row["body"] == Body.PLENARY}
    return frozenset(row["id"] for row in rows_where(conn, Sitting, "day", days, body=Body.COMMITTEE))


def counted_since(conn: Connection, keys: Collection[str], since: datetime | None) -> frozenset[str]:
    """The committees' sittings with a count on whose day a changed row of a list of deputies may tell of the members.

    `keys` are rows of such lists; they changed where they were seen otherwise, or for the last time, after `since`.
    """
    first = min(_changes(conn, keys, since), default=None)
    if first is None:
        return frozenset()
    sitting, record, link = table_of(Sitting).c, table_of(SittingRecord).c, table_of(Link).c
    query = select(sitting.id).where(sitting.body == Body.COMMITTEE, sitting.day >= first)
    later = set(conn.execute(query).scalars())
    now_at = former(moves(conn), later)
    noted = rows_where(conn, Observation, "sitting_id", now_at)
    protocols = select(link.dossier_id).join(table_of(SittingRecord), record.key == link.record_key)
    protocols = protocols.where(record.source == "protocol", link.record_type == "sitting_record")
    counted = {now_at[row["sitting_id"]] for row in noted if row["kind"] in _COUNTS}
    return frozenset(counted.union(row.dossier_id for row in rows_in(conn, protocols, link.dossier_id, later)))


def _changes(conn: Connection, keys: Collection[str], since: datetime | None) -> Iterator[date]:
    moments = [row["vanished_at"] for row in rows_where(conn, DeputyRecord, "key", keys)]
    moments += [row["first_seen"] for row in rows_where(conn, RecordVersion, "record_key", keys, record_type=_LISTED)]
    yield from (local_day(moment) for moment in moments if moment and (since is None or moment > since))
