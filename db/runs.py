"""Runs of the stages, what they quarantined, and where the data of this database comes from."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, TextClause, UniqueConstraint
from sqlmodel import Field, SQLModel

LOOKED_FOR = "looked_for"
"""The figure of a clean live crawl that says what it would have seen.

{a thing (vocab.papers.Posted): the address where its list begins}.
"""


OPEN = TextClause("settled_at IS NULL")
"""What of the quarantine no later reading settled."""


class Origin(SQLModel, table=True):
    """One row: live, replay or demonstration. Set by the first crawl; another origin is refused."""

    __tablename__ = "origin"

    id: int = Field(default=1, primary_key=True)
    kind: str
    detail: str = ""
    since: datetime


class Run(SQLModel, table=True):
    """One run of a stage. `ended_at` None: under way or killed; the next crawl of the site goes on with it.

    `asked`: what a person asked for (a recording, a first day, some page types): another wish is another run.
    `outcome`: clean, red or failed; `figures` what it counted; `reasons` why it is red.
    """

    __tablename__ = "run"

    id: int | None = Field(default=None, primary_key=True)
    stage: str
    site: str | None = None
    origin: str
    asked: str = ""
    started_at: datetime
    ended_at: datetime | None = None
    outcome: str | None = None
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    reasons: list[str] = Field(default_factory=list, sa_type=JSON)


class Quarantine(SQLModel, table=True):
    """A value, record or page that could not be read: where, why, and whether a later reading settled it.

    `record_lost`: not one value but a whole record or page could not be kept. `first_seen` starts anew when a
    settled problem comes back.
    """

    __tablename__ = "quarantine"
    __table_args__ = (
        UniqueConstraint("site", "address", "place", "reason"),
        Index("ix_quarantine_open", "site", "kind", "reason", "id", sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: int | None = Field(default=None, primary_key=True)
    site: str
    kind: str
    address: str
    page_id: int | None = Field(default=None, foreign_key="source_page.id")
    place: str
    reason: str
    excerpt: str = ""
    record_lost: bool = False
    first_seen: datetime
    last_seen: datetime
    settled_at: datetime | None = None
