"""Findings: append-only; a computation supersedes, never edits; a person reviews. *Not applicable* is counted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, TextClause
from sqlmodel import Field, SQLModel

WAITING = TextClause("superseded_at IS NULL AND (verdict = 'broken' OR needs_review IS NOT NULL)")
"""What a person has to look at, among many more that nobody has to."""


class Finding(SQLModel, table=True):
    """What a check said about one case.

    `id` is a hash of check, subject, case and content: the same content gives the same id, other content another.
    `case` tells apart several findings of one check on one subject ("transfer:3", ""). `reason` is a wording's
    code, `figures` its numbers and the arithmetic, `evidence` a list of vocab.timeline.Evidence as JSON.
    `superseded_at` is set when a newer row for the same case replaced it, or the case no longer exists.
    """

    __tablename__ = "finding"
    __table_args__ = (
        Index("ix_finding_case", "check_id", "subject_kind", "subject_id", "case_key"),
        Index("ix_finding_subject", "subject_kind", "subject_id"),
        Index("ix_finding_day", "day", "superseded_at"),
        Index("ix_finding_waiting", "verdict", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    id: str = Field(primary_key=True)
    check_id: str
    subject_kind: str
    subject_id: str
    case_key: str = ""
    day: date
    verdict: str = Field(index=True)
    needs_review: str | None = None
    reason: str
    edition: str
    article: str
    quote: str = ""
    verified: bool = False
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    evidence: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    code_version: str
    computed_at: datetime
    superseded_at: datetime | None = None


class NotApplicable(SQLModel, table=True):
    """How many cases of a subject a check had nothing to say of: they are counted, and are no findings.

    `year` is that of the days of the cases, `number` how many they are. Rows are replaced, without history.
    """

    __tablename__ = "not_applicable"

    subject_kind: str = Field(primary_key=True)
    subject_id: str = Field(primary_key=True)
    check_id: str = Field(primary_key=True)
    edition: str = Field(primary_key=True)
    reason: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    number: int


class FindingReview(SQLModel, table=True):
    """A person's decision about a finding; the newest row counts, the history stays."""

    __tablename__ = "finding_review"

    id: int | None = Field(default=None, primary_key=True)
    finding_id: str = Field(foreign_key="finding.id", index=True)
    decision: str
    reason: str
    decided_by: str
    decided_at: datetime
