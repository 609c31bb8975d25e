"""Tables that show a record line by line: rewritten with the record they belong to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlmodel import SQLModel

from db.documents import Document
from db.protocols import AbsenceMark, BreakMark, RegistrationMark, TransferMark
from db.upsert import table_of, upsert
from scrapers.items import BillItem, DocumentLink, Item, ProtocolItem, SittingItem, VoteListItem
from scrapers.pipelines.statements import record_key
from scrapers.source import Source, load_source

_MARKS: tuple[type[SQLModel], ...] = (RegistrationMark, BreakMark, AbsenceMark, TransferMark)


def project(conn: Connection, site: str, items: Sequence[Item], now: datetime) -> None:
    """Write the lines of protocols and the files that records offer."""
    for item in items:
        if isinstance(item, ProtocolItem):
            _write_marks(conn, record_key(site, item), item)
    documents = [row for item in items for row in _documents(site, item, now)]
    told = ("address", "kind", "title", "language")
    upsert(conn, Document, documents, key=("url", "record_type", "record_key"), update=told)


def _write_marks(conn: Connection, key: str, item: ProtocolItem) -> None:
    for model in _MARKS:
        table = table_of(model)
        conn.execute(table.delete().where(table.c.sitting_key == key))
    for model, rows in _marks(key, item).items():
        upsert(conn, model, rows, key=("sitting_key", "seq"))


def _marks(key: str, item: ProtocolItem) -> Mapping[type[SQLModel], list[dict[str, Any]]]:
    return {
        RegistrationMark: [{"sitting_key": key, "seq": one.seq, "count": one.count} for one in item.registrations],
        BreakMark: [{"sitting_key": key, "seq": one.seq, "minutes": one.minutes} for one in item.breaks],
        AbsenceMark: [{"sitting_key": key, "seq": one.seq, "name": one.name} for one in item.absences],
        TransferMark: [
            {
                "sitting_key": key,
                "seq": one.seq,
                "from_name": one.name,
                "to_name": one.transfer_to,
                "about": one.about,
                "written_form": one.written_form,
            }
            for one in item.absences
            if one.transfer_to is not None
        ],
    }


def _documents(site: str, item: Item, now: datetime) -> Iterator[dict[str, Any]]:
    for one in _offered(item):
        yield {
            "url": one.url,
            "address": _source(site).address(one.url),
            "record_type": item.record,
            "record_key": record_key(site, item),
            "kind": one.kind,
            "title": one.title,
            "language": one.language,
            "first_seen": now,
        }


@cache
def _source(site: str) -> Source:
    return load_source(site)


def _offered(item: Item) -> tuple[DocumentLink, ...]:
    if isinstance(item, BillItem):
        return item.documents
    if not isinstance(item, SittingItem | VoteListItem):
        return ()
    return tuple(
        DocumentLink(url=line.ballot_url, title=f"Голосование {line.ballot}", kind="rollcall")
        for line in item.lines
        if line.ballot_url is not None
    )
