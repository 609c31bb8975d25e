"""What the staff is told of the machine: once when something begins, once when it ends."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class StaffAlert(SQLModel, table=True):
    """A condition from its beginning to its end, written down before anybody is told.

    `key` names the condition («last_crawl:cbd»), `words` say what was seen. `state`: "begun" and "ended" are still to
    be told, "told" stands and the staff knows, "over" is past. `failed` is why the last telling did not go out.
    """

    __tablename__ = "staff_alert"

    key: str = Field(primary_key=True)
    began_at: datetime = Field(primary_key=True)
    words: str
    state: str = Field(index=True)
    ended_at: datetime | None = None
    told_at: datetime | None = None
    failed: str = ""
