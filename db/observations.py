"""What observers saw in the room: append-only, corrections point at what they correct; and their pictures."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field, SQLModel


class Observation(SQLModel, table=True):
    """One note. `uuid` comes from the observer's device and makes a second sending harmless.

    `sitting_id` is the sitting that the note names; there may be none of this id, or it was called off: the note is
    kept, and not placed. `kind` and the fields of `value`: vocab.observation; besides them `item`, `bill` and `extra`
    (fields that the server did not know). A correction with an empty value withdraws a note.

    `observer` is the id of an account. `device_at` is the device's clock, `clock_offset` how many seconds were added
    to it to get `observed_at`. `digest` is a hash of the note as it was sent. `marks` are codes, separated by blanks:
    clock_corrected, other_day, two_devices.
    """

    __tablename__ = "observation"
    __table_args__ = (Index("ix_observation_observer", "observer", "sitting_id"),)

    uuid: str = Field(primary_key=True)
    sitting_id: str = Field(index=True)
    kind: str
    value: dict[str, Any] = Field(sa_type=JSON)
    day: date
    observer: str
    observed_at: datetime
    received_at: datetime
    corrects: str | None = Field(default=None, index=True)
    device: str | None = None
    device_at: datetime | None = None
    clock_offset: int | None = Field(default=None, sa_type=BigInteger)
    form_version: int | None = None
    digest: str | None = None
    marks: str | None = None


class Upload(SQLModel, table=True):
    """A picture, drawn anew without place, camera and name; `sha256` names its file, `sent_digest` what was sent."""

    __tablename__ = "upload"

    uuid: str = Field(primary_key=True)
    observer: str = Field(index=True)
    sha256: str = Field(index=True)
    sent_digest: str
    width: int
    height: int
    size: int
    received_at: datetime
