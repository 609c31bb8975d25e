"""A person's decision about a finding. It stands above every computation, and makes an accusation public."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from db.audit import append
from db.engine import take_turn
from db.findings import Finding, FindingReview
from db.upsert import table_of
from tracker.happenings import finding_news
from tracker.newsroom import latest_reviews, store_news, times_said
from tracker.timelines import bill_timeline, sitting_timeline
from vocab.errors import UsageError
from vocab.timeline import SubjectKind
from vocab.verdicts import Review, Verdict

_SHOWN = 5


def review(engine: Engine, finding_id: str, decision: Review, *, reason: str, who: str, now: datetime) -> str:
    """Confirm or dismiss a finding, known by its id or the first letters of it; gives the full id.

    The same decision again changes nothing. Raises UsageError for an unknown finding, for letters that several ids
    start with, for a finding that is superseded, and for an empty reason.
    """
    if not reason.strip():
        raise UsageError("a decision needs a reason: --reason «…»")
    with engine.begin() as conn:
        take_turn(conn)
        finding = find_finding(conn, finding_id)
        if finding["superseded_at"] is not None:
            raise UsageError(_superseded(conn, finding))
        before = latest_reviews(conn, [finding["id"]]).get(finding["id"])
        if before is not decision:
            _decide(conn, finding, decision, reason=reason, who=who, now=now)
            _tell(conn, finding, before, decision, now)
    full: str = finding["id"]
    return full


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


def _superseded(conn: Connection, finding: Mapping[str, Any]) -> str:
    table = table_of(Finding)
    same = [table.c[name] == finding[name] for name in ("check_id", "subject_kind", "subject_id", "case_key")]
    newer = conn.execute(select(table.c.id).where(*same, table.c.superseded_at.is_(None))).scalar()
    way_out = f"look at {newer}, which stands now" if newer else "nothing stands in its place"
    return f"finding {finding['id']} was superseded on {finding['superseded_at']:%Y-%m-%d}: {way_out}"


def _decide(
    conn: Connection, finding: Mapping[str, Any], decision: Review, *, reason: str, who: str, now: datetime
) -> None:
    row = {
        "finding_id": finding["id"],
        "decision": decision.value,
        "reason": reason,
        "decided_by": who,
        "decided_at": now,
    }
    conn.execute(insert(table_of(FindingReview)).values(**row))
    action = f"finding {decision.value}"
    append(conn, at=now, who=who, action=action, target=finding["id"], detail={"reason": reason})


def _tell(conn: Connection, finding: Mapping[str, Any], before: Review | None, decision: Review, now: datetime) -> None:
    """What the public learns: an accusation that was confirmed, or one that was public and is no more."""
    if finding["verdict"] != Verdict.BROKEN or (decision is Review.DISMISSED and before is not Review.CONFIRMED):
        return
    kind = "finding_confirmed" if decision is Review.CONFIRMED else "finding_withdrawn"
    show = sitting_timeline if finding["subject_kind"] == SubjectKind.SITTING else bill_timeline
    timeline = show(conn, finding["subject_id"])
    number = times_said(conn, [finding])[finding["id"]] + 1
    store_news(conn, [finding_news(kind, finding, timeline, number=number, now=now)])
