"""Lists that people follow: which questions are asked, and what answers them since when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel


class SavedSearch(SQLModel, table=True):
    """A list (`kind`, of vocab.lists) with filters that people follow. `id` is made of the question; it names nobody.

    `words` are the normal forms of the words of a search when it was saved: [{written, forms, prefix}]. The feed tells
    of happenings after `from_seq`; `changed_at` is when its matches changed last. `asked_on` is the last day on which
    somebody asked for it; a list that nobody asks for lapses (`lapsed_on`), see `publish.lapsing`.
    """

    __tablename__ = "saved_search"

    id: str = Field(primary_key=True)
    kind: str
    filters: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    words: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    made_at: datetime
    changed_at: datetime = Field(index=True)
    from_seq: int = 0
    asked_on: date | None = None
    lapsed_on: date | None = None


class SavedMatch(SQLModel, table=True):
    """A dossier that fits a saved search, or did. For a search in texts it is a document, `kind:key`.

    `first_matched` is when we knew that it fits; `why` is of `publish.matching.Why`; `times` counts how often it began
    to fit. Its happenings are told after `from_seq`, and up to `until_seq` where it fits no more since `gone_at`.
    """

    __tablename__ = "saved_match"
    __table_args__ = (Index("ix_saved_match_dossier", "dossier_id"),)

    search_id: str = Field(primary_key=True, foreign_key="saved_search.id")
    dossier_id: str = Field(primary_key=True)
    first_matched: datetime
    why: str
    times: int = 1
    from_seq: int = 0
    gone_at: datetime | None = None
    until_seq: int | None = None


class PendingMatch(SQLModel, table=True):
    """The dirty set of those who follow lists: a bill, sitting, finding or document that may fit otherwise now.

    `record_type` is which of them, `record_key` its id. Nothing is marked while nobody follows a list.
    """

    __tablename__ = "pending_match"

    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)
