"""The files that sources offer with a bill, and the texts that were read out of them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import RowMapping, Subquery, func, select

from db.documents import Document, DocumentText
from db.links import Link
from db.upsert import table_of
from web.api.answering import listing, one
from web.api.bills import BillId, moved_bill
from web.api.keyset import Order, page_of
from web.api.links import Links
from web.api.mistakes import MISTAKES, MOVED, TABLE
from web.api.parameters import ListWanted, Wanted
from web.api.schema import Api, FirstSeen, Key, ListOut, SourceUrl, Told
from web.contacts import without_contacts
from web.public import queries_bills
from web.visit import VisitDep

router = APIRouter(prefix="/bills", tags=["bills"], responses=MISTAKES)


class FileOut(Told):
    """A file that a source offers with a bill."""

    id: Annotated[str, Field(description="The address of the file.")]
    url: Annotated[str, Field(description="The address of the file at its source.")]
    api: Api
    kind: str
    title: str
    language: str | None
    first_seen: FirstSeen


class TextOut(Told):
    """A version of a file, and how its text was read."""

    id: Annotated[str, Field(description="The SHA-256 of the file's bytes.")]
    url: SourceUrl
    api: Api
    page_id: int | None
    page_url: str | None
    kind: str
    title: str
    media: str
    method: Annotated[str, Field(description="What read it.")]
    language: str | None
    letters: Annotated[int, Field(description="How long the text is.")]
    failure: Annotated[str | None, Field(description="Why there is no text.")]
    first_seen: FirstSeen
    read_at: datetime


class TextDetail(TextOut):
    """A version of a file with its text."""

    text: Annotated[str, Field(description="A line a paragraph; phones and e-mail addresses are blanked.")]


@router.get("/{key}/documents", response_model=ListOut[FileOut], responses=MOVED | TABLE)
def documents(visit: VisitDep, key: BillId, wanted: Annotated[ListWanted, Query()]) -> Response:
    """Files that sources offer with a bill."""
    if queries_bills.bill_by_id(visit.conn, key) is None:
        return moved_bill(visit, key, "documents")
    file, link = table_of(Document).c, table_of(Link).c
    linked = select(link.record_type, link.record_key).where(link.dossier_type == "bill", link.dossier_id == key)
    stated = linked.where(link.record_type == file.record_type, link.record_key == file.record_key).exists()
    columns = (file.url, file.kind, file.title, file.language, func.min(file.first_seen).label("first_seen"))
    offered = select(*columns).where(stated).group_by(file.url, file.kind, file.title, file.language).subquery()
    order = Order(columns=(offered.c.url, offered.c.kind, offered.c.title), kinds=(str, str, str))
    page = page_of(visit.conn, select(offered), order, wanted, f"documents of {key}")
    here = Links(visit.site.public_url).api("bills", key, "documents")
    names = ("url", "kind", "title", "language", "first_seen")
    items = [{"id": row["url"], "api": here, **{name: row[name] for name in names}} for row in page.rows]
    return listing(visit, wanted, FileOut, items, page.next_cursor)


@router.get("/{key}/texts", response_model=ListOut[TextOut], responses=MOVED | TABLE)
def texts(visit: VisitDep, key: BillId, wanted: Annotated[ListWanted, Query()]) -> Response:
    """Versions of a bill's files whose text was read; another content at one address is another version."""
    if queries_bills.bill_by_id(visit.conn, key) is None:
        return moved_bill(visit, key, "texts")
    text = _texts(key)
    order = Order(columns=(text.c.url, text.c.sha256), kinds=(str, str))
    page = page_of(visit.conn, select(text), order, wanted, f"texts of {key}")
    links = Links(visit.site.public_url)
    return listing(visit, wanted, TextOut, [_text(row, key, links) for row in page.rows], page.next_cursor)


@router.get("/{key}/texts/{sha256}", response_model=TextDetail, responses=MOVED)
def text(visit: VisitDep, key: BillId, sha256: Key, wanted: Annotated[Wanted, Query()]) -> Response:
    """One version of a file with its text."""
    if queries_bills.bill_by_id(visit.conn, key) is None:
        return moved_bill(visit, key, "texts", sha256)
    asked = _texts(key)
    row = visit.conn.execute(select(asked).where(asked.c.sha256 == sha256).limit(1)).mappings().first()
    if row is None:
        raise HTTPException(404)
    told = _text(row, key, Links(visit.site.public_url)) | {"text": without_contacts(row["text"])}
    return one(visit, wanted, TextDetail, told, changed=row["read_at"])


def _texts(key: str) -> Subquery:
    """The versions of the files of a bill; the text of one that several records offer is one."""
    file, link, text = table_of(Document).c, table_of(Link).c, table_of(DocumentText)
    linked = select(link.record_type, link.record_key).where(link.dossier_type == "bill", link.dossier_id == key)
    stated = linked.where(link.record_type == file.record_type, link.record_key == file.record_key).exists()
    offered = (
        select(file.url, func.min(file.kind).label("kind"), func.min(file.title).label("title"))
        .where(stated)
        .group_by(file.url)
        .subquery()
    )
    return select(text, offered.c.kind, offered.c.title).join(offered, offered.c.url == text.c.url).subquery()


def _text(row: RowMapping, key: str, links: Links) -> dict[str, Any]:
    names = ("url", "page_id", "kind", "title", "media", "method", "language", "failure", "first_seen", "read_at")
    return {
        "id": row["sha256"],
        "api": links.api("bills", key, "texts", row["sha256"]),
        "page_url": links.archived(row["page_id"]),
        "letters": len(row["text"]),
        **{name: row[name] for name in names},
    }
