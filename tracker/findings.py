"""Judgements → findings: what is new is added, what is no longer said is superseded, nothing is edited."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from db.batches import rows_in
from db.findings import Finding
from db.upsert import chunks, table_of, upsert
from tracker.judgement import Judgement
from vocab.ids import digest
from vocab.timeline import Evidence, Subject, SubjectKind

_CHUNK = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a batch of judgements changed: rows of findings that are new, and that are superseded now."""

    new: tuple[dict[str, Any], ...] = ()
    superseded: tuple[dict[str, Any], ...] = ()


def finding_id(subject: Subject, judgement: Judgement) -> str:
    """The public id: a hash of check, subject, case and content, without times and numbers of rows."""
    rule = judgement.rule
    content = {
        "day": judgement.day.isoformat(),
        "verdict": judgement.verdict,
        "reason": judgement.reason,
        "needs_review": judgement.needs_review,
        "rule": [rule.edition, rule.article, rule.quote, rule.verified],
        "figures": judgement.figures,
        "evidence": [[one.record, one.place] for one in judgement.evidence],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return digest(judgement.check_id, subject.kind, subject.id, judgement.case, text)


def finding_row(subject: Subject, judgement: Judgement, *, code_version: str, now: datetime) -> dict[str, Any]:
    """A row of the table of findings."""
    rule = judgement.rule
    return {
        "id": finding_id(subject, judgement),
        "check_id": judgement.check_id,
        "subject_kind": subject.kind.value,
        "subject_id": subject.id,
        "case_key": judgement.case,
        "day": judgement.day,
        "verdict": judgement.verdict.value,
        "needs_review": judgement.needs_review,
        "reason": judgement.reason,
        "edition": rule.edition,
        "article": rule.article,
        "quote": rule.quote,
        "verified": rule.verified,
        "figures": dict(judgement.figures),
        "evidence": [evidence_json(one) for one in judgement.evidence],
        "code_version": code_version,
        "computed_at": now,
        "superseded_at": None,
    }


def evidence_json(evidence: Evidence) -> dict[str, Any]:
    """Evidence as it is kept: moments in ISO form."""
    seen_at = evidence.seen_at
    return asdict(evidence) | {"seen_at": seen_at.isoformat() if seen_at else None}


def store_findings(
    conn: Connection, kind: SubjectKind, subjects: Collection[str], rows: Sequence[dict[str, Any]], *, now: datetime
) -> Outcome:
    """Make these the findings in force on the subjects; every finding of a subject must be among them."""
    wanted = {row["id"]: row for row in rows}
    in_force = {row["id"]: row for row in _in_force(conn, kind, subjects)}
    new = [row for key, row in wanted.items() if key not in in_force]
    gone = [row for key, row in in_force.items() if key not in wanted]
    table = table_of(Finding)
    for chunk in chunks([row["id"] for row in gone], _CHUNK):
        conn.execute(update(table).where(table.c.id.in_(chunk)).values(superseded_at=now))
    # What was superseded once and is said again is in force again, as it stood.
    upsert(conn, Finding, new, key=("id",), update=("superseded_at",))
    return Outcome(new=tuple(new), superseded=tuple(gone))


def _in_force(conn: Connection, kind: SubjectKind, subjects: Iterable[str]) -> list[dict[str, Any]]:
    table = table_of(Finding)
    query = select(table).where(table.c.subject_kind == kind.value, table.c.superseded_at.is_(None))
    return [dict(row._mapping) for row in rows_in(conn, query, table.c.subject_id, subjects)]
