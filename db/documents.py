"""Files that records offer: bill texts, notes, roll calls; and the text that was read out of them."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Document(SQLModel, table=True):
    """One offered file, by its address as written; `address` is the canonical one, under which its page is archived."""

    __tablename__ = "document"

    url: str = Field(primary_key=True)
    address: str | None = Field(default=None, index=True)
    record_type: str = Field(primary_key=True)
    record_key: str = Field(primary_key=True)
    kind: str
    title: str
    language: str | None = None
    first_seen: datetime


class DocumentText(SQLModel, table=True):
    """The text of one version of a file.

    Another content at the same address is another row, so that the texts of two readings can be compared.

    `sha256` is of the file's bytes, `page_id` their archived answer. `text` has a line a paragraph, cells of a table
    row separated by tabs; "" with a `failure` where nothing could be read. `method` names what read it.
    """

    __tablename__ = "document_text"

    url: str = Field(primary_key=True)
    sha256: str = Field(primary_key=True)
    page_id: int | None = Field(default=None, foreign_key="source_page.id")
    media: str
    method: str
    code_version: str
    text: str
    language: str | None = None
    failure: str | None = None
    first_seen: datetime
    read_at: datetime
