"""What of videos and interviews the public may see now: nothing that was withdrawn, no quote without its approval."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from db.batches import rows_where
from db.bills import Bill, BillAlias
from db.media import Interview, LiveVideo
from db.moves import follow, former, moves
from db.people import Person
from db.sittings import Sitting
from db.upsert import table_of
from vocab.dates import BISHKEK

_VIDEO, _INTERVIEW = table_of(LiveVideo).c, table_of(Interview).c


def videos_of(
    conn: Connection, sittings: Collection[str], *, known_by: datetime | None = None
) -> dict[str, list[dict[str, Any]]]:
    """The videos of these sittings, by today's id of the sitting, in the order in which they were added.

    A row has id, sitting_id, platform, url, starts_at, added_at. A video goes with its sitting to another day; the
    hour that somebody gave for the day before does not: then it begins with the sitting. `starts_at` None: the hour
    of the sitting is not known. `known_by`: those that were added before this moment.
    """
    now_at = former(moves(conn), sittings)
    rows = [row for row in rows_where(conn, LiveVideo, "sitting_id", now_at) if row["withdrawn_at"] is None]
    known = [row for row in rows if known_by is None or row["added_at"] < known_by]
    held = {row["id"]: row for row in rows_where(conn, Sitting, "id", {now_at[row["sitting_id"]] for row in known})}
    found: dict[str, list[dict[str, Any]]] = {}
    for row in sorted(known, key=lambda one: int(one["id"])):
        sitting = now_at[row["sitting_id"]]
        begins = starts_at(held.get(sitting), row["starts_at"])
        told = {name: row[name] for name in ("id", "platform", "url", "added_at")}
        found.setdefault(sitting, []).append(told | {"sitting_id": sitting, "starts_at": begins})
    return found


def starts_at(sitting: Mapping[str, Any] | None, said: datetime | None) -> datetime | None:
    """When (UTC) the video of a sitting begins: as it was `said` for the day of the sitting, else with the sitting."""
    if sitting is None:
        return said
    if said is not None and said.astimezone(BISHKEK).date() == sitting["day"]:
        return said
    hour = sitting["starts_at"]
    return datetime.combine(sitting["day"], hour, tzinfo=BISHKEK).astimezone(UTC) if hour else None


def present_sitting(conn: Connection, key: str) -> dict[str, Any] | None:
    """The row of the sitting that this id leads to today; None where there is none."""
    return next(iter(rows_where(conn, Sitting, "id", [follow(moves(conn), key)])), None)


def quote_if_approved() -> ColumnElement[str | None]:
    """The quote of an interview, or nothing: the one place that says when it is public."""
    is_approved = _INTERVIEW.approved_on.is_not(None)
    return case((is_approved, _INTERVIEW.quote), else_=literal(None, String)).label("quote")


def shown_interviews() -> Select[*tuple[Any, ...]]:
    """Every interview that stands, by number, with the name of the `person` and today's `bill_id` and title (`bill`).

    quote, approver and approved_on are all three empty without an approval.
    """
    bill, alias, person = table_of(Bill), table_of(BillAlias), table_of(Person)
    plain = ("id", "person_id", "title", "language", "url", "day", "approved_on", "added_at")
    approver = case((_INTERVIEW.approved_on.is_not(None), _INTERVIEW.approver), else_=literal(None, String))
    return (
        select(
            *(_INTERVIEW[name] for name in plain),
            quote_if_approved(),
            approver.label("approver"),
            person.c.name.label("person"),
            bill.c.id.label("bill_id"),
            bill.c.title.label("bill"),
        )
        .join(person, person.c.id == _INTERVIEW.person_id)
        .outerjoin(alias, alias.c.alias == _INTERVIEW.bill_id)
        .outerjoin(bill, bill.c.id == func.coalesce(alias.c.bill_id, _INTERVIEW.bill_id))
        .where(_INTERVIEW.withdrawn_at.is_(None))
        .order_by(_INTERVIEW.id)
    )


def interviews_of(
    conn: Connection, *, person: str | None = None, bill: str | None = None, known_by: datetime | None = None
) -> Sequence[RowMapping]:
    """The interviews with a person, or of a bill, the newest first; `known_by`: added before this moment."""
    query = shown_interviews().order_by(None).order_by(_INTERVIEW.day.desc(), _INTERVIEW.id.desc())
    if person is not None:
        query = query.where(_INTERVIEW.person_id == person)
    if bill is not None:
        query = query.where(table_of(Bill).c.id == bill)
    if known_by is not None:
        query = query.where(_INTERVIEW.added_at < known_by)
    return conn.execute(query).mappings().all()


def topic_of(key: str, facts: Mapping[str, Any]) -> str:
    """What a happening is about, of all that are told of one video or interview: the key of the first."""
    told: str = facts.get("told", key)
    return told


def withdrawn_media(conn: Connection, topics: Collection[str]) -> set[str]:
    """Those of these topics of happenings (`live_video:7`, `interview_published:3`) that were withdrawn."""
    found: set[str] = set()
    for kind, model in TOLD_OF.items():
        numbers = {one.removeprefix(f"{kind}:") for one in topics if one.startswith(f"{kind}:")}
        rows = rows_where(conn, model, "id", {int(one) for one in numbers if one.isdecimal()})
        found |= {f"{kind}:{row['id']}" for row in rows if row["withdrawn_at"] is not None}
    return found


def keys_withdrawn() -> Select[str]:
    """The keys of the happenings that told what was withdrawn since: no post may say it any more."""
    asked = []
    for kind, ending, model in (*((kind, "", model) for kind, model in TOLD_OF.items()), QUOTE):
        column = table_of(model).c
        key = literal(f"{kind}:") + cast(column.id, String) + literal(ending)
        asked.append(select(key.label("key")).where(column.withdrawn_at.is_not(None)))
    return select(union_all(*asked).subquery().c.key)


TOLD_OF: Mapping[str, type[LiveVideo] | type[Interview]] = {
    "live_video": LiveVideo,
    "interview_published": Interview,
}
"""The happenings that tell of a video or an interview, by their kind."""

QUOTE = ("interview_published", ":quote", Interview)
"""The happening that tells of a quote which was approved later: kind, end of the key, table."""
