"""The pages we fetched: one row per answer whose bytes are in the archive, and what each page states."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel


class SourcePage(SQLModel, table=True):
    """One archived answer. A page whose bytes are the same as last time gets no new row, only `last_seen`.

    `address` is the canonical address (host aliases and scheme folded), `request_body` what a POST asked for;
    `sha256` is of the archived bytes, `original_sha256` of the bytes as they came where contacts were blanked
    (`redacted`). `links` are the links that the parser found (JSON list of {url, kind, key, body}), so that an
    unchanged list page can be followed unread. `parsed_with` is the parser's version; None: the page type is kept
    and not parsed, or reading it failed.
    """

    __tablename__ = "source_page"
    __table_args__ = (Index("ix_source_page_address", "address", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    site: str = Field(index=True)
    kind: str
    address: str
    url: str
    method: str = "GET"
    request_body: str | None = None
    status: int
    content_type: str | None = None
    sha256: str
    original_sha256: str | None = None
    redacted: bool = False
    size: int
    etag: str | None = None
    last_modified: str | None = None
    shown_on: date
    fetched_at: datetime
    last_seen: datetime
    warc_file: str
    warc_offset: int
    run_id: int | None = Field(default=None, foreign_key="run.id")
    parsed_with: str | None = None
    is_last: bool = False
    links: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)


class PageRecord(SQLModel, table=True):
    """Which records a page (by its canonical address) states: an unchanged page moves their `last_seen`."""

    __tablename__ = "page_record"

    address: str = Field(primary_key=True)
    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)
