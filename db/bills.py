"""Bills as we understand them from all records together."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class Bill(SQLModel, table=True):
    """A bill; `id` comes from its strongest key when first met and never changes.

    `made_at` is when the id was given: of two bills that turn out to be one, the older id stays.
    """

    __tablename__ = "bill"

    id: str = Field(primary_key=True)
    title: str
    kind: str
    number: str | None = Field(default=None, index=True)
    initiator: str | None = None
    convocation: str | None = None
    first_day: date | None = None
    made_at: datetime | None = None


class BillKey(SQLModel, table=True):
    """Every key by which a bill is known: number, government resolution, title with initiators, title."""

    __tablename__ = "bill_key"

    kind: str = Field(primary_key=True)
    value: str = Field(primary_key=True)
    bill_id: str = Field(primary_key=True, foreign_key="bill.id", index=True)


class BillAlias(SQLModel, table=True):
    """An id that a bill had before it turned out to be another one: its page leads there.

    `method` is the kind of key that showed it, or "decided" by a person.
    """

    __tablename__ = "bill_alias"

    alias: str = Field(primary_key=True)
    bill_id: str = Field(foreign_key="bill.id", index=True)
    method: str
    since: datetime


class BillsApart(SQLModel, table=True):
    """Two bills of which a person decided that they are two; the smaller id stands left.

    Nothing computed joins them, and nothing proposes it. A later decision to merge them takes the row away.
    """

    __tablename__ = "bills_apart"

    left: str = Field(primary_key=True)
    right: str = Field(primary_key=True)
    decided_by: str
    decided_at: datetime
    reason: str = ""


class BillStanding(SQLModel, table=True):
    """What lists of bills show and ask of each: read off the timeline by the tracker whenever it judges the bill anew.

    It repeats what the timeline says, because 22,000 timelines cannot be merged to answer one list. `stage`
    (vocab.stages) is where the bill stands, None: no source tells; `readings` («1,2») in which it was considered;
    `last_day` the newest day that is told of it, `entries` on how many agendas it stood. `planned` is the next day of
    an agenda with it: once that day is over the row is written again.
    """

    __tablename__ = "bill_standing"
    __table_args__ = (Index("ix_bill_standing_last_day", "last_day", "bill_id"),)

    bill_id: str = Field(primary_key=True)
    stage: str | None = None
    readings: str = ""
    last_day: date | None = None
    entries: int = 0
    planned: date | None = Field(default=None, index=True)
