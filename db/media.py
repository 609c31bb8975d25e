"""What we lead readers to outside: the live video of a sitting, and interviews with deputies."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel


class LiveVideo(SQLModel, table=True):
    """The video of a sitting on a platform (vocab.media). Append-only: what is wrong is withdrawn, and added anew.

    `sitting_id` is the id that the sitting had then: sittings move, see db.media_queries. `starts_at` is when it
    begins where somebody said so; None: with the sitting.
    """

    __tablename__ = "live_video"
    __table_args__ = (Index("ix_live_video_sitting", "sitting_id"),)

    id: int | None = Field(default=None, primary_key=True)
    sitting_id: str
    platform: str
    url: str
    starts_at: datetime | None = None
    added_by: str
    added_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None


class Interview(SQLModel, table=True):
    """An interview with a person, of a bill or of none. Append-only, as videos are; a quote is approved once.

    `bill_id` is the id that the bill had then: bills are merged. `quote` is for the public only after `approved_on`:
    who approved it is public, how ("letter of 3 May") is for the desk. Pages ask db.media_queries, which knows that.
    """

    __tablename__ = "interview"
    __table_args__ = (
        Index("ix_interview_person", "person_id"),
        Index("ix_interview_bill", "bill_id"),
        CheckConstraint(
            "approved_on IS NULL OR (quote <> '' AND approver <> '' AND approved_how <> '')",
            name="ck_interview_approval",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    bill_id: str | None = None
    title: str
    language: str
    url: str
    day: date
    quote: str = ""
    approver: str = ""
    approved_how: str = ""
    approved_on: date | None = None
    approval_kept_by: str | None = None
    approval_kept_at: datetime | None = None
    added_by: str
    added_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None
