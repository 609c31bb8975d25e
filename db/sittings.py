"""Sittings and their agenda items as we understand them from all records together."""

from datetime import date, time

from sqlmodel import Field, SQLModel


class Sitting(SQLModel, table=True):
    """A sitting; `id` from body, committee, day and kind (vocab.ids). `cancelled`: its announcement vanished."""

    __tablename__ = "sitting"

    id: str = Field(primary_key=True)
    body: str
    committee: str | None = None
    committee_id: str | None = Field(default=None, index=True)
    day: date = Field(index=True)
    starts_at: time | None = None
    place: str | None = None
    number: str | None = None
    extraordinary: bool = False
    cancelled: bool = False
    title: str


class AgendaItem(SQLModel, table=True):
    """An item of a sitting, joined to its bill where it is one."""

    __tablename__ = "agenda_item"

    id: str = Field(primary_key=True)
    sitting_id: str = Field(foreign_key="sitting.id", index=True)
    bill_id: str | None = Field(default=None, foreign_key="bill.id", index=True)
    position: int
    title: str
    kind: str
    readings: str = ""
