"""The texts of a bill's documents for the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from db.documents import Document, DocumentText
from db.links import Link
from db.upsert import table_of
from tracker.papers import PaperWords

_SHORT = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of the text of a file; `id` is the beginning of the SHA-256 of the file's bytes.

    `readings` are those that the title says it is for; `letters` 0: nothing could be read.
    """

    id: str
    url: str
    title: str
    language: str | None
    page_id: int | None
    first_seen: datetime
    letters: int
    readings: frozenset[int]


def versions(conn: Connection, bill: str) -> list[Version]:
    """Every text of a bill's documents, in the order in which we saw them; without the texts themselves."""
    document, link, read = table_of(Document).c, table_of(Link).c, table_of(DocumentText).c
    query = (
        select(read.sha256, read.url, func.max(document.title).label("title"), read.page_id, read.first_seen)
        .add_columns(func.coalesce(read.language, func.max(document.language)).label("language"))
        .add_columns(func.length(read.text).label("letters"))
        .join_from(table_of(DocumentText), table_of(Document), document.url == read.url)
        .join(table_of(Link), (link.record_type == document.record_type) & (link.record_key == document.record_key))
        .where(link.dossier_type == "bill", link.dossier_id == bill)
        .group_by(read.url, read.sha256)
        .order_by(read.first_seen, read.url, read.sha256)
    )
    words = PaperWords.load()
    return [
        Version(
            id=row.sha256[:_SHORT],
            url=row.url,
            title=row.title,
            language=row.language,
            page_id=row.page_id,
            first_seen=row.first_seen,
            letters=row.letters or 0,
            readings=words.readings_of(row.title),
        )
        for row in conn.execute(query)
    ]


def text_of(conn: Connection, version: Version) -> str:
    """What was read out of a file."""
    read = table_of(DocumentText).c
    same = (read.url == version.url, read.sha256.startswith(version.id, autoescape=True))
    return conn.execute(select(read.text).where(*same)).scalars().first() or ""


def pair_to_compare(found: Sequence[Version]) -> tuple[Version, Version] | None:
    """The newest readable text and the one before it in its language; None where there are no two."""
    readable = [one for one in found if one.letters]
    for after in reversed(readable):
        before = [one for one in readable if one.language == after.language and one.first_seen < after.first_seen]
        if before:
            return before[-1], after
    return None
