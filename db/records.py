"""Records: what one source said. Never edited to fit; each change of content is a new version with its page."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel


class RecordBase(SQLModel):
    """What every record has.

    `key` is `<site>:<page type>:<the source's own key>`. `content_hash` holds a hash per part
    ("list:0a1b… page:2c3d…"); `payload` the parts' fields ({part: {field: value}}); `version` counts from 1.
    `last_seen` moves with every crawl that saw the record; `vanished_at` is set when the source dropped it.
    `page_id` is the page that showed the newest version.
    """

    key: str = Field(primary_key=True)
    site: str
    scope: str
    version: int
    content_hash: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    page_id: int | None = Field(default=None, foreign_key="source_page.id")
    url: str | None = None
    first_seen: datetime
    last_seen: datetime
    vanished_at: datetime | None = None


class RegistryEntry(RecordBase, table=True):
    """A bill in the parliament's register."""

    __tablename__ = "registry_entry"

    number: str | None = Field(default=None, index=True)
    registered_on: date | None = None
    title: str


class SittingRecord(RecordBase, table=True):
    """A sitting as one page tells it: `source` is agenda, protocol or vote_list."""

    __tablename__ = "sitting_record"

    source: str
    body: str
    committee: str | None = None
    day: date = Field(index=True)
    number: str | None = None
    extraordinary: bool = False
    title: str


class AgendaEntry(RecordBase, table=True):
    """One line of an agenda or vote list. `sitting_key` is its sitting_record."""

    __tablename__ = "agenda_entry"

    sitting_key: str = Field(index=True)
    day: date
    position: int
    kind: str
    title: str
    readings: str = ""
    ballot: str | None = None


class BallotRecord(RecordBase, table=True):
    """A vote: its figures where the source gives them (None: not given), and its roll-call file."""

    __tablename__ = "ballot_record"

    sitting_key: str = Field(index=True)
    entry_key: str | None = None
    day: date
    number: str
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None


class PressRecord(RecordBase, table=True):
    """A press release. `has_body` False: only its list page was seen."""

    __tablename__ = "press_record"

    title: str
    published_at: datetime | None = None
    has_body: bool = False


class DeputyRecord(RecordBase, table=True):
    """A row of a list of deputies on the day that the list shows."""

    __tablename__ = "deputy_record"

    name: str
    convocation: str | None = Field(default=None, index=True)
    faction: str | None = None
    shown_on: date


class ActRecord(RecordBase, table=True):
    """A document of the law registry."""

    __tablename__ = "act_record"

    code: str
    title: str
    kind: str | None = None
    adopted_on: date | None = Field(default=None, index=True)
    published_on: date | None = None


class RecordVersion(SQLModel, table=True):
    """One version of a record, kept for ever. `changes` names what differs from the version before.

    `seq` counts all versions in the order in which they were committed: whoever has read up to a number misses nothing.
    """

    __tablename__ = "record_version"
    __table_args__ = (
        Index("ix_record_version_seen", "record_type", "first_seen"),
        Index("ix_record_version_seq", "seq", unique=True),
        Index("ix_record_version_recorded", "first_seen", "seq"),
    )

    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    content_hash: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    changes: list[str] = Field(default_factory=list, sa_type=JSON)
    page_id: int | None = Field(default=None, foreign_key="source_page.id")
    first_seen: datetime
    seq: int


class PendingRecord(SQLModel, table=True):
    """The dirty set: records whose content changed and that the tracker has not taken in yet."""

    __tablename__ = "pending_record"

    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)


class PendingText(SQLModel, table=True):
    """The dirty set of the text layer: records whose text it has not read yet."""

    __tablename__ = "pending_text"

    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)


RECORD_TABLES: dict[str, type[RecordBase]] = {
    "registry_entry": RegistryEntry,
    "sitting_record": SittingRecord,
    "agenda_entry": AgendaEntry,
    "ballot_record": BallotRecord,
    "press_record": PressRecord,
    "deputy_record": DeputyRecord,
    "act_record": ActRecord,
}
