"""What observers saw in the room: append-only, corrections point at what they correct."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from db.types import UtcMoment


class Observation(SQLModel, table=True):
    """One observation. `uuid` comes from the observer's device and makes a second sending harmless.

    `kind`: head_count, absent, present, vote, proxy, note. `value` by kind: {"count": 54}, {"person": …},
    {"for": 94, "against": 6}, {"from": …, "to": …}, {"text": …}.
    """

    __tablename__ = "observation"

    uuid: str = Field(primary_key=True)
    sitting_id: str = Field(index=True)
    kind: str
    value: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    day: date
    observer: str
    observed_at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))
    received_at: datetime = Field(sa_column=Column(UtcMoment, nullable=False))
    corrects: str | None = None
