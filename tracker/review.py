"""A person's decision about a finding. It stands above every computation, and makes an accusation public."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from db.audit import Act, append
from db.engine import take_turn
from db.finding_queries import is_same_case
from db.findings import Finding, FindingReview
from db.pending import mark_for_followers
from db.upsert import table_of
from tracker.bodies import body_timeline
from tracker.happenings import finding_news
from tracker.newsroom import store_news, times_said
from tracker.timelines import bill_timeline, sitting_timeline
from vocab.errors import UsageError
from vocab.timeline import SubjectKind
from vocab.verdicts import Review, Verdict

_SHOWN = 5


class DecidedMeanwhile(UsageError):
    """Somebody decided while another person was looking: `by` whom and `what`, so that the second can decide anew."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        moment = f"{row['decided_at']:%Y-%m-%d %H:%M}"
        super().__init__(f"{row['decided_by']} decided {row['decision']} at {moment}: {row['reason']}")
        self.row = row


class NoLongerStands(UsageError):
    """The finding was superseded; `successor` is the id of what stands now, None where nothing does."""

    def __init__(self, message: str, successor: str | None) -> None:
        super().__init__(message)
        self.successor = successor


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A person's word about a finding. `seen` is the number of the last review that the person saw (0: none)."""

    decision: Review
    reason: str
    who: str
    seen: int | None = None


def review(engine: Engine, finding_id: str, decided: Decided, *, now: datetime) -> str:
    """Decide about a finding, known by its id or the first letters of it; gives the full id.

    The same decision again changes nothing, but a question that is asked again is. Raises UsageError for an unknown
    finding, for letters that several ids start with, and for an empty reason; NoLongerStands for a finding that is
    superseded; DecidedMeanwhile where a review is newer than the one that the person saw.
    """
    if not decided.reason.strip():
        raise UsageError("a decision needs a reason: --reason «…»")
    with engine.begin() as conn:
        take_turn(conn)
        finding = find_finding(conn, finding_id)
        if finding["superseded_at"] is not None:
            raise _superseded(conn, finding)
        last = _last(conn, finding["id"])
        if last and decided.seen is not None and last["id"] > decided.seen:
            raise DecidedMeanwhile(last)
        before = Review(last["decision"]) if last else None
        if before is not decided.decision or decided.decision is Review.ASKED_AGAIN:
            _decide(conn, finding, decided, now)
            _tell(conn, finding, before, decided.decision, now)
    full: str = finding["id"]
    return full


def _last(conn: Connection, finding: str) -> Mapping[str, Any] | None:
    """The newest review of a finding."""
    table = table_of(FindingReview)
    query = select(table).where(table.c.finding_id == finding).order_by(table.c.id.desc()).limit(1)
    row = conn.execute(query).mappings().first()
    return dict(row) if row else None


def find_finding(conn: Connection, start: str) -> dict[str, Any]:
    """The finding with this id or these first letters. Raises UsageError for none and for several."""
    table = table_of(Finding)
    query = select(table).where(table.c.id.startswith(start, autoescape=True)).order_by(table.c.id).limit(_SHOWN + 1)
    found = [dict(row) for row in conn.execute(query).mappings()] if start else []
    exact = [row for row in found if row["id"] == start]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        raise UsageError(f"no finding {start!r}; `baikoo findings` lists them with their ids")
    ids = ", ".join(row["id"] for row in found[:_SHOWN])
    raise UsageError(f"several findings start with {start!r}: {ids}{' …' if len(found) > _SHOWN else ''}; add letters")


def _superseded(conn: Connection, finding: Mapping[str, Any]) -> NoLongerStands:
    table = table_of(Finding)
    newer = conn.execute(select(table.c.id).where(is_same_case(finding), table.c.superseded_at.is_(None))).scalar()
    way_out = f"look at {newer}, which stands now" if newer else "nothing stands in its place"
    told = f"finding {finding['id']} was superseded on {finding['superseded_at']:%Y-%m-%d}: {way_out}"
    return NoLongerStands(told, newer)


def _decide(conn: Connection, finding: Mapping[str, Any], decided: Decided, now: datetime) -> None:
    row = {
        "finding_id": finding["id"],
        "decision": decided.decision.value,
        "reason": decided.reason,
        "decided_by": decided.who,
        "decided_at": now,
    }
    conn.execute(insert(table_of(FindingReview)).values(**row))
    mark_for_followers(conn, "finding", [finding["id"]])
    mark_for_followers(conn, finding["subject_kind"], [finding["subject_id"]])
    action = f"finding {decided.decision.value}"
    act = Act(who=decided.who, at=now)
    append(conn, act, action=action, target=finding["id"], typed={"reason": decided.reason})


def _tell(conn: Connection, finding: Mapping[str, Any], before: Review | None, decision: Review, now: datetime) -> None:
    """What the public learns: an accusation that was confirmed, or one that was public and is no more."""
    if finding["verdict"] != Verdict.BROKEN or Review.CONFIRMED not in (decision, before):
        return
    kind = "finding_confirmed" if decision is Review.CONFIRMED else "finding_withdrawn"
    show = {SubjectKind.SITTING: sitting_timeline, SubjectKind.BODY: body_timeline}
    timeline = show.get(finding["subject_kind"], bill_timeline)(conn, finding["subject_id"])
    number = times_said(conn, [finding])[finding["id"]] + 1
    store_news(conn, [finding_news(kind, finding, timeline, number=number, now=now)])
