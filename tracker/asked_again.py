"""Findings of which a reviewer asks the observers again: their words stand on the next form."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from db.finding_queries import newest_reviews
from db.findings import Finding
from db.sittings import Sitting
from db.upsert import table_of
from tracker.asks import ASKS
from tracker.rows import local_day
from vocab.observation import ObservationKind
from vocab.timeline import SubjectKind
from vocab.verdicts import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgain:
    """A reviewer's question; `bill` where it is about one, else it is about the sitting. `words` are the reviewer's."""

    finding: str
    check_id: str
    reason: str
    words: str
    kind: ObservationKind
    bill: str | None = None


def asked_again(conn: Connection, sitting: Mapping[str, Any], bills: Collection[str]) -> list[AskedAgain]:
    """What is asked again on the form of a sitting (a row of the table) with these bills on its agenda.

    A question about a bill stands where the bill is taken up; one about a sitting on its own form, for what was seen
    and not yet written down, and on that of the next sitting of the body.
    """
    return [_asked(row) for row in _open(conn) if _belongs(conn, row, sitting, bills)]


def _open(conn: Connection) -> list[dict[str, Any]]:
    """The findings that still stand and whose latest review asks again."""
    review, finding = newest_reviews(), table_of(Finding)
    query = (
        select(finding, review.c.reason.label("words"), review.c.decided_at)
        .join(review, review.c.finding_id == finding.c.id)
        .where(review.c.decision == Review.ASKED_AGAIN, finding.c.superseded_at.is_(None))
        .order_by(review.c.id)
    )
    return [dict(row) for row in conn.execute(query).mappings()]


def _belongs(conn: Connection, row: Mapping[str, Any], sitting: Mapping[str, Any], bills: Collection[str]) -> bool:
    if row["subject_kind"] == SubjectKind.BILL:
        return row["subject_id"] in bills
    if row["subject_kind"] != SubjectKind.SITTING:
        return False
    return sitting["id"] in (row["subject_id"], _next_of(conn, row))


def _next_of(conn: Connection, row: Mapping[str, Any]) -> str | None:
    """The first sitting of the same body after the question was asked."""
    table = table_of(Sitting)
    about = conn.execute(select(table).where(table.c.id == row["subject_id"])).mappings().first()
    if about is None:
        return None
    query = select(table.c.id).where(
        table.c.body == about["body"],
        table.c.committee_id.is_not_distinct_from(about["committee_id"]),
        table.c.day > local_day(row["decided_at"]),
        table.c.cancelled.is_(False),
    )
    found: str | None = conn.execute(query.order_by(table.c.day, table.c.id).limit(1)).scalar()
    return found


def _asked(row: Mapping[str, Any]) -> AskedAgain:
    kinds = ASKS.get((row["check_id"], row["reason"]), (ObservationKind.NOTE,))
    return AskedAgain(
        finding=row["id"],
        check_id=row["check_id"],
        reason=row["reason"],
        words=row["words"],
        kind=kinds[0],
        bill=row["subject_id"] if row["subject_kind"] == SubjectKind.BILL else None,
    )
