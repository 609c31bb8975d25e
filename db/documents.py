"""Files that records offer: bill texts, notes, roll calls. The text itself is read by the text layer."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Document(SQLModel, table=True):
    """One offered file, by its address."""

    __tablename__ = "document"

    url: str = Field(primary_key=True)
    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)
    kind: str
    title: str
    language: str | None = None
    first_seen: datetime
