"""What is new, said once: the append-only log that feeds, alerts and posts read."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel


class Happening(SQLModel, table=True):
    """One new thing. `key` is natural, so that computing it again adds nothing.

    `kind`: sitting_announced, agenda_changed, sitting_cancelled, protocol_published, bill_registered,
    bill_scheduled, bill_put_to_vote, press_released, act_published, finding_confirmed, finding_withdrawn; and
    bill_told_… for what a press release tells of a bill (bill_told_adopted, bill_told_committee_approve …),
    bill_told_corrected where a new reading of the release does not say it; live_video, live_video_withdrawn,
    interview_published, interview_withdrawn (tracker.media); correction.
    `day` is when it happened, `seen_at` when we knew; `facts` what a sentence about it needs.
    """

    __tablename__ = "happening"

    seq: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    subject_kind: str
    subject_id: str
    title: str
    day: date
    seen_at: datetime
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    evidence: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class HappeningAbout(SQLModel, table=True):
    """Every dossier that a happening is about (its subject, the bill, the committee, persons): feeds per dossier."""

    __tablename__ = "happening_about"
    __table_args__ = (Index("ix_happening_about", "dossier_type", "dossier_id"),)

    happening_key: str = Field(primary_key=True, foreign_key="happening.key")
    dossier_type: str = Field(primary_key=True)
    dossier_id: str = Field(primary_key=True)
