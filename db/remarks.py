"""What people outside wrote to us about a page, what was decided of it, and what we corrected."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class Remark(SQLModel, table=True):
    """A report of an error, or a reply to a finding: the text as it was typed, which nobody changes.

    `receipt_hash` is the hash of the number that the sender got and that is stored nowhere. `kind` and `state`:
    vocab.remarks. `about_kind` and `about_id` name the dossier or finding of `page`, the permanent address of the page.
    `name` and `post` are who replies, as they say; empty for a report of an error. How to reach them: RemarkContact.
    """

    __tablename__ = "remark"
    __table_args__ = (Index("ix_remark_about", "about_kind", "about_id"), Index("ix_remark_state", "state", "kind"))

    id: int | None = Field(default=None, primary_key=True)
    receipt_hash: str = Field(unique=True)
    kind: str
    about_kind: str
    about_id: str
    page: str
    text: str
    name: str = ""
    post: str = ""
    language: str
    state: str
    created_at: datetime


class RemarkContact(SQLModel, table=True):
    """How to reach a sender, sealed (db.sealing). The row is deleted when the matter is closed."""

    __tablename__ = "remark_contact"

    remark_id: int = Field(primary_key=True, foreign_key="remark.id")
    sealed: str


class RemarkDecision(SQLModel, table=True):
    """A person's decision about a remark; append-only, the newest counts.

    `reason` is for the desk (of a shown reply: how it was verified who replies), `answer` for the sender. `shown_as`
    is whose words a shown reply is said to be.
    """

    __tablename__ = "remark_decision"

    id: int | None = Field(default=None, primary_key=True)
    remark_id: int = Field(foreign_key="remark.id", index=True)
    decision: str
    reason: str
    answer: str = ""
    shown_as: str = ""
    decided_by: str
    decided_at: datetime


class Correction(SQLModel, table=True):
    """Something that we had said and that was not right. Append-only: no row is changed or deleted.

    `said` is what had stood there, `correct` what is right, `since` the day from which the wrong words stood, where it
    is known. The public reads `role` and never who corrected. The happening of it is `correction:<id>`.
    """

    __tablename__ = "correction"
    __table_args__ = (Index("ix_correction_about", "about_kind", "about_id"),)

    id: int | None = Field(default=None, primary_key=True)
    about_kind: str
    about_id: str
    page: str
    said: str
    correct: str
    reason: str
    since: date | None = None
    role: str
    corrected_by: str
    corrected_at: datetime
