"""What observers saw in the room: append-only, corrections point at what they correct."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class Observation(SQLModel, table=True):
    """One observation. `uuid` comes from the observer's device and makes a second sending harmless.

    `kind`: head_count, absent, present, vote, proxy, note. `value` by kind: {"count": 54}, {"person": …},
    {"for": 94, "against": 6}, {"from": …, "to": …}, {"text": …}.
    """

    __tablename__ = "observation"

    uuid: str = Field(primary_key=True)
    sitting_id: str = Field(index=True)
    kind: str
    value: dict[str, Any] = Field(sa_type=JSON)
    day: date
    observer: str
    observed_at: datetime
    received_at: datetime
    corrects: str | None = None
