"""The queue of findings that a person has to look at, and all that is known of one of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, null, select

from db.batches import rows_where
from db.finding_queries import is_same_case, newest_reviews
from db.findings import WAITING, Finding, FindingReview
from db.observations import Observation
from db.upsert import table_of
from vocab.timeline import OBSERVED, note_of
from vocab.verdicts import Review, Verdict
from web.desk.parameters import QueueQuery
from web.rule_book import SEVERITIES, severities

_VERDICTS: dict[str, int] = {Verdict.BROKEN: 0, Verdict.CANNOT_TELL: 1, Verdict.KEPT: 2, Verdict.NOT_APPLICABLE: 3}


def queue(wanted: QueueQuery) -> Select[*tuple[Any, ...]]:
    """Findings that stand now: broken first, the gravest first, what waits longest first."""
    finding = table_of(Finding).c
    query = _undecided() if wanted.state == "open" else _decided(wanted.state)
    for column, value in ((finding.check_id, wanted.check), (finding.verdict, wanted.verdict)):
        query = query.where(column == value) if value else query
    return query.order_by(case(_VERDICTS, value=finding.verdict), _gravity(), finding.computed_at, finding.id)


def _undecided() -> Select[*tuple[Any, ...]]:
    """What nobody decided of and somebody has to; `ix_finding_waiting` has them, so all other findings are not read."""
    nothing = [null().label(name) for name in ("decision", "decided_by", "decided_at", "why")]
    decided = select(table_of(FindingReview).c.finding_id)
    return select(table_of(Finding), *nothing).where(WAITING, table_of(Finding).c.id.not_in(decided))


def _decided(state: str) -> Select[*tuple[Any, ...]]:
    """What stands and was last decided so."""
    finding, last = table_of(Finding).c, newest_reviews().c
    told = (last.decision, last.decided_by, last.decided_at, last.reason.label("why"))
    joined = select(table_of(Finding), *told).where(last.finding_id == finding.id)
    return joined.where(finding.superseded_at.is_(None), last.decision == state)


def _gravity() -> ColumnElement[int]:
    ranks = {check: SEVERITIES.index(grave) for check, grave in severities().items() if grave in SEVERITIES}
    return case(ranks, value=table_of(Finding).c.check_id, else_=len(SEVERITIES)) if ranks else func.abs(0)


def counts(conn: Connection) -> dict[str, int]:
    """How many findings there are in each state."""
    states = ("open", Review.ASKED_AGAIN.value, Review.CONFIRMED.value, Review.DISMISSED.value)
    return {state: _count(conn, queue(QueueQuery.model_validate({"state": state}))) for state in states}


def _count(conn: Connection, query: Select[*tuple[Any, ...]]) -> int:
    return conn.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar_one()


def checks_waiting(conn: Connection) -> list[str]:
    """The checks that have something in the queue."""
    finding = table_of(Finding).c
    query = queue(QueueQuery()).order_by(None).with_only_columns(finding.check_id).distinct()
    return sorted(conn.execute(query).scalars())


def next_open(conn: Connection, but: str) -> str | None:
    """The first finding of the queue that is another one."""
    query = queue(QueueQuery()).where(table_of(Finding).c.id != but).limit(1)
    found = conn.execute(query).mappings().first()
    return found["id"] if found else None


def finding_by_id(conn: Connection, key: str) -> Mapping[str, Any] | None:
    """Any finding, whether the public may see it or not."""
    rows = rows_where(conn, Finding, "id", [key])
    return rows[0] if rows else None


def reviews(conn: Connection, finding: str) -> list[dict[str, Any]]:
    """What people decided of it, the newest first."""
    return sorted(rows_where(conn, FindingReview, "finding_id", [finding]), key=lambda row: -row["id"])


def same_case(conn: Connection, finding: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The other findings on the same case, the newest first, each with its last review."""
    table, last = table_of(Finding), newest_reviews()
    query = (
        select(table, last.c.decision)
        .outerjoin(last, last.c.finding_id == table.c.id)
        .where(is_same_case(finding), table.c.id != finding["id"])
        .order_by(table.c.computed_at.desc(), table.c.id)
    )
    return [dict(row) for row in conn.execute(query).mappings()]


def notes_behind(conn: Connection, evidence: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The observers' notes among the evidence, by the record that names them."""
    wanted = filter(None, (note_of(str(piece.get("record", ""))) for piece in evidence))
    return {f"{OBSERVED}{row['uuid']}": row for row in rows_where(conn, Observation, "uuid", wanted)}


def sittings_of(finding: Mapping[str, Any], notes: Mapping[str, Mapping[str, Any]]) -> Sequence[str]:
    """The sittings whose notes a reviewer wants beside the finding: its own, and those of its evidence."""
    own = {finding["subject_id"]} if finding["subject_kind"] == "sitting" else set()
    return sorted(own | {note["sitting_id"] for note in notes.values()})
