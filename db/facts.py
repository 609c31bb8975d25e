"""What people of the coalition state by a letter or a paper, each with its source: append-only."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel


class StatedFact(SQLModel, table=True):
    """A fact of a bill or a sitting. A correction is a withdrawal and a new fact; no row is ever deleted.

    `subject_id` is the id that the dossier had when it was stated: bills get merged, sittings move. `kind` is a value
    of `EventKind`; it and the fields of `value`: vocab.facts. `day_told` False: the source does not tell the day, it
    had happened by then. `source` is a link, or words that name the paper. `digest` is a hash of the content: what
    stands is not stated twice.
    """

    __tablename__ = "stated_fact"
    __table_args__ = (Index("ix_stated_fact_subject", "subject_kind", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    subject_kind: str
    subject_id: str
    kind: str
    day: date
    day_told: bool = True
    value: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    source: str
    is_uncertain: bool = False
    digest: str = Field(index=True)
    stated_by: str
    stated_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None
