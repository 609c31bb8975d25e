"""Archived files → their texts: each version of a file is read once, and again when the reading code changes."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, Engine, and_, or_, select

from db.archive import Archive
from db.batches import rows_where
from db.code_version import code_digest
from db.documents import Document, DocumentText
from db.engine import reader, take_turn
from db.pages import SourcePage
from db.pending import mark_pending
from db.stage_runs import remember_run
from db.upsert import table_of, upsert
from nlp.documents.converters import NO_CONVERTER, can_convert
from nlp.documents.formats.media import Media
from nlp.documents.reading import DocumentReading, read_document
from nlp.documents.worker import DocumentWorker
from vocab.errors import StorageError

STAGE = "documents"
PAGE_KIND = "document"
"""The page type of archived files."""
CODE = ("nlp.documents", "nlp.words", "nlp.lexicon", "vocab")
"""The packages whose code and data a stored text depends on: other code there, and every file is read again."""

Progress = Callable[[int, int], None]

_PAGE, _DOCUMENT, _TEXT = table_of(SourcePage), table_of(Document), table_of(DocumentText)
_FOUND = 200


@dataclass(slots=True)
class DocumentCounts:
    """Versions of files looked at (the rest were read before by the same code); those read, and those that failed."""

    looked_at: int = 0
    read: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class _File:
    """A version of a file to read, and the addresses under which records offer it."""

    page_id: int
    url: str
    sha256: str
    warc_file: str
    warc_offset: int
    fetched_at: datetime
    offered: tuple[str, ...]


def read_documents(
    engine: Engine,
    archive: Archive,
    *,
    now: datetime,
    everything: bool = False,
    progress: Progress | None = None,
) -> DocumentCounts:
    """Read the archived files that this code has not read yet; `everything`: all of them, and again.

    A file that cannot be read is a row with the reason. Each is written as soon as it is read, so a killed run goes
    on where it was. `progress` is told how many of how many are done.
    """
    started, counts = time.monotonic(), DocumentCounts()
    version = code_digest(CODE)
    with reader(engine) as conn:
        files = _waiting(conn, None if everything else version)
    with DocumentWorker() as worker:
        for file in files:
            reading = _read(archive, file, worker)
            with engine.begin() as conn:
                take_turn(conn)
                upsert(conn, DocumentText, list(_rows(file, reading, version, now)), key=("url", "sha256"))
                _tell_tracker(conn, file)
            counts.looked_at += 1
            counts.failed += reading.failure is not None
            counts.read += reading.failure is None
            if progress:
                progress(counts.looked_at, len(files))
    if files:
        took = timedelta(seconds=time.monotonic() - started)
        with engine.begin() as conn:
            remember_run(conn, STAGE, asdict(counts) | {"code_version": version}, started_at=now, took=took)
    return counts


def _waiting(conn: Connection, version: str | None) -> Sequence[_File]:
    """The files to read, oldest first: those of which a text by this version of the code is missing; None: all.

    Old Word files that nothing here could read are waiting as soon as something can.
    """
    same = and_(_TEXT.c.url == _DOCUMENT.c.url, _TEXT.c.sha256 == _PAGE.c.sha256, _TEXT.c.code_version == version)
    if can_convert():
        same = and_(same, or_(_TEXT.c.failure.is_(None), _TEXT.c.failure != NO_CONVERTER))
    names = ("id", "url", "sha256", "warc_file", "warc_offset", "fetched_at")
    query = (
        select(*(_PAGE.c[name] for name in names), _DOCUMENT.c.url.label("offered"))
        .select_from(_PAGE.join(_DOCUMENT, _DOCUMENT.c.address == _PAGE.c.address))
        .where(_PAGE.c.kind == PAGE_KIND, _PAGE.c.status == _FOUND)
        .where(~select(_TEXT.c.url).where(same).exists())
        .distinct()
        .order_by(_PAGE.c.id, _DOCUMENT.c.url)
    )
    found: dict[tuple[str, str], tuple[Any, dict[str, None]]] = {}
    for row in conn.execute(query):
        found.setdefault((row.url, row.sha256), (row, {}))[1][row.offered] = None
    return [
        _File(row.id, row.url, row.sha256, row.warc_file, row.warc_offset, row.fetched_at, tuple(offered))
        for row, offered in found.values()
    ]


def _read(archive: Archive, file: _File, worker: DocumentWorker) -> DocumentReading:
    try:
        body = archive.read(file.warc_file, file.warc_offset).body
    except StorageError as error:
        return DocumentReading(media=Media.UNKNOWN.value, failure=str(error))
    return read_document(body, PurePosixPath(unquote(urlsplit(file.url).path)).name, worker)


def _tell_tracker(conn: Connection, file: _File) -> None:
    """The records that offer the file are looked at again: their checks read its text."""
    for row in rows_where(conn, Document, "url", file.offered):
        mark_pending(conn, row["record_type"], [row["record_key"]])


def _rows(file: _File, reading: DocumentReading, version: str, now: datetime) -> Sequence[dict[str, Any]]:
    row = asdict(reading) | {
        "sha256": file.sha256,
        "page_id": file.page_id,
        "code_version": version,
        "first_seen": file.fetched_at,
        "read_at": now,
    }
    return [{"url": url} | row for url in file.offered]
