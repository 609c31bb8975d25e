"""Protocols, vote lists and agendas in the database → sittings. One body, day and kind is one sitting."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, update

from db.batches import rows_where
from db.happenings import Happening
from db.links import Link
from db.planning import PlannedSitting
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of, upsert
from tracker.happenings import announced_key
from tracker.identify.links import LinkRow, Links
from tracker.identify.moved import note_moves
from tracker.marks import marked
from tracker.rows import SittingRow, local_day, sitting_row
from tracker.stored import records
from vocab.bodies import Body
from vocab.ids import committee_id, sitting_id

# Whose words are shown where several sources tell of one sitting.
_SPEAKERS = ("agenda", "protocol", "vote_list")

_KIND = {"record_type": "sitting_record", "dossier_type": "sitting"}

Group = tuple[str, str | None, date]


def is_cancelled(rows: Iterable[SittingRow], day: date) -> bool:
    """True when nothing but announcements told of the sitting and all vanished before its day."""
    told = list(rows)
    gone = [row.record.vanished_at for row in told if row.record.vanished_at and row.source == "agenda"]
    return bool(told) and len(gone) == len(told) and max(map(local_day, gone)) < day


def identify_sittings(conn: Connection, keys: Collection[str], now: datetime) -> set[str]:
    """Take in these sitting_records; give the sittings that they concern or no longer concern."""
    if not keys:
        return set()
    pending = [sitting_row(record) for record in records(conn, "sitting_record", keys)]
    groups = {_group(row) for row in pending}
    days = {day for _, _, day in groups}
    neighbours = [sitting_row(record) for record in records(conn, "sitting_record", days, column="day")]
    rows = [row for row in neighbours if _group(row) in groups]
    links = Links(conn, "sitting_record", "sitting", [row.key for row in rows])
    touched = links.store([link for group in sorted(groups, key=str) for link in _group_links(group, rows)])
    note_moves(conn, links.changed, now)
    touched |= {row["dossier_id"] for row in rows_where(conn, Link, "record_key", keys, **_KIND)}
    rewrite_sittings(conn, touched)
    return touched


def _group(row: SittingRow) -> Group:
    return row.body, committee_id(row.committee) if row.committee else None, row.day


def _group_links(group: Group, rows: Sequence[SittingRow]) -> list[LinkRow]:
    members = [row for row in rows if _group(row) == group]
    extraordinary = {row.extraordinary for row in members if row.source != "vote_list"}
    return [_link(row, _id_of(row, extraordinary=extraordinary == {True})) for row in members]


def _id_of(row: SittingRow, *, extraordinary: bool) -> str:
    """A vote list does not say its sitting's kind: it belongs to an extraordinary one where no other is known."""
    kind = extraordinary if row.source == "vote_list" else row.extraordinary
    return sitting_id(Body(row.body), row.day, committee=row.committee, extraordinary=kind)


def _link(row: SittingRow, identity: str) -> LinkRow:
    return LinkRow(
        record_type="sitting_record",
        record_key=row.key,
        dossier_type="sitting",
        dossier_id=identity,
        written=row.title,
        method="body_and_day",
    )


def rewrite_sittings(conn: Connection, ids: Collection[str]) -> None:
    """Write these sittings anew from their records, and from a person's word where no record tells of them.

    One without either is cancelled, or was never said to be.
    """
    linked = rows_where(conn, Link, "dossier_id", ids, dossier_type="sitting")
    sitting_of = {row["record_key"]: row["dossier_id"] for row in linked}
    members: dict[str, list[SittingRow]] = {identity: [] for identity in ids}
    for record in records(conn, "sitting_record", sitting_of):
        members[sitting_of[record.key]].append(sitting_row(record))
    plans = {row["id"]: row for row in rows_where(conn, PlannedSitting, "id", ids)}
    marks = marked(conn, plans)
    rows = [_sitting(identity, told, plans.get(identity, {})) for identity, told in sorted(members.items()) if told]
    alone = sorted(identity for identity, told in members.items() if identity in plans and not told)
    rows += [_by_hand(plans[identity], cancelled=identity in marks) for identity in alone]
    upsert(conn, Sitting, rows, key=("id",))
    _drop(conn, [identity for identity, told in members.items() if not told and identity not in plans])


def _sitting(identity: str, rows: Sequence[SittingRow], plan: Mapping[str, Any]) -> dict[str, Any]:
    """What the pages tell; hour and place by a person's word where they are silent."""
    told = sorted(rows, key=lambda row: (_SPEAKERS.index(row.source), row.key))
    first = told[0]
    return {
        "id": identity,
        "body": first.body,
        "committee": first.committee,
        "committee_id": committee_id(first.committee) if first.committee else None,
        "day": first.day,
        "starts_at": next((row.starts_at for row in told if row.starts_at), plan.get("starts_at")),
        "place": next((row.place for row in told if row.place), plan.get("place")),
        "number": next((row.number for row in told if row.number), None),
        "extraordinary": identity.endswith("-extraordinary"),
        "cancelled": is_cancelled(told, first.day),
        "title": first.title,
    }


def _by_hand(plan: Mapping[str, Any], *, cancelled: bool) -> dict[str, Any]:
    """A sitting that no page tells of, as a person entered it."""
    names = ("id", "body", "committee", "day", "starts_at", "place", "extraordinary", "title")
    committee = plan["committee"]
    identity = committee_id(committee) if committee else None
    return {name: plan[name] for name in names} | {
        "committee_id": identity,
        "number": None,
        "cancelled": cancelled,
    }


def _drop(conn: Connection, ids: Sequence[str]) -> None:
    """What was announced to people stays, cancelled; what no record told of any more goes."""
    announced = rows_where(conn, Happening, "key", map(announced_key, ids))
    kept = {row["subject_id"] for row in announced}
    sitting, item = table_of(Sitting), table_of(AgendaItem)
    conn.execute(update(sitting).where(sitting.c.id.in_(kept)).values(cancelled=True))
    gone = [identity for identity in ids if identity not in kept]
    conn.execute(delete(item).where(item.c.sitting_id.in_(gone)))
    conn.execute(delete(sitting).where(sitting.c.id.in_(gone)))
