"""The coordinator's week: sittings by hand, who observes what, what was sent and asked for."""

from datetime import date, datetime, time

from sqlmodel import Field, SQLModel


class PlannedSitting(SQLModel, table=True):
    """A sitting that a person entered, under the id that an agenda of it would give (vocab.ids)."""

    __tablename__ = "planned_sitting"

    id: str = Field(primary_key=True)
    body: str
    committee: str | None = None
    day: date = Field(index=True)
    starts_at: time | None = None
    place: str | None = None
    extraordinary: bool = False
    title: str
    planned_by: str
    planned_at: datetime


class SittingMark(SQLModel, table=True):
    """What people know of a sitting and the parliament's site does not tell: called off, or now another sitting.

    `change` is "cancelled" or "moved". Notes and duties of a moved sitting go with it to `moved_to`. `sitting_id` may
    be one that no dossier has: what an observer's phone called a sitting that nobody knew. `marked_by` "tracker": an
    agenda changed its day.
    """

    __tablename__ = "sitting_mark"

    sitting_id: str = Field(primary_key=True)
    change: str
    moved_to: str | None = None
    reason: str = ""
    marked_by: str
    marked_at: datetime


class Duty(SQLModel, table=True):
    """An observer who was asked to be at a sitting."""

    __tablename__ = "duty"

    sitting_id: str = Field(primary_key=True)
    user_id: int = Field(primary_key=True, foreign_key="account.id", index=True)
    assigned_by: str
    assigned_at: datetime


class WatchedCommittee(SQLModel, table=True):
    """A committee whose sittings are observed, by its id (vocab.ids)."""

    __tablename__ = "watched_committee"

    committee_id: str = Field(primary_key=True)
    name: str
    chosen_by: str
    chosen_at: datetime


class AccessRequest(SQLModel, table=True):
    """The application to be let into a sitting: when it was sent, and what was answered ("granted", "refused")."""

    __tablename__ = "access_request"

    sitting_id: str = Field(primary_key=True)
    sent_on: date
    sent_by: str
    answer: str | None = None
    answered_on: date | None = None
    note: str = ""


class Reminder(SQLModel, table=True):
    """A letter to an observer about a sitting of a day; the row stands before the letter goes out.

    `state`: "sending" (also where the machine stopped amid it: nobody knows, and it is not sent again), "sent", or
    "failed" with its `reason`.
    """

    __tablename__ = "reminder"

    sitting_id: str = Field(primary_key=True)
    user_id: int = Field(primary_key=True, foreign_key="account.id")
    day: date = Field(primary_key=True)
    state: str
    reason: str = ""
    at: datetime


class CalendarLink(SQLModel, table=True):
    """The private address of an observer's calendar: the hash of its token. A new link takes the old one's place."""

    __tablename__ = "calendar_link"

    user_id: int = Field(primary_key=True, foreign_key="account.id")
    token_hash: str = Field(unique=True)
    made_at: datetime
