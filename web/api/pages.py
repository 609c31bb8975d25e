"""Archived pages: address, hashes, times; and the text as it was archived, contacts blanked."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy import RowMapping, select

from db.pages import SourcePage
from db.upsert import table_of
from web.api.answering import listing, one
from web.api.keyset import Order, page_of
from web.api.links import Links
from web.api.mistakes import MISTAKES, TABLE
from web.api.parameters import PagesWanted, Wanted
from web.api.schema import Api, ListOut, Told, Url
from web.api.told import cleaned
from web.inert import is_textual
from web.parameters import PageId
from web.public import evidence, queries_site
from web.visit import VisitDep

router = APIRouter(prefix="/pages", tags=["records"], responses=MISTAKES)
_PLAIN = (
    *("id", "site", "kind", "method", "status", "content_type", "sha256", "original_sha256", "redacted", "size"),
    *("shown_on", "fetched_at", "last_seen"),
)
_TEXT = {"text/plain": {"schema": {"type": "string"}}}


class PageOut(Told):
    """One archived answer of a site. A page whose bytes stayed the same has one row, and moves `last_seen`."""

    id: int
    url: Url
    api: Api
    raw: Annotated[str | None, Field(description="The text as archived; null for pictures and office files.")]
    site: str
    kind: str
    source_url: Annotated[str, Field(description="The address that was asked.")]
    address: Annotated[str, Field(description="The canonical address: other hosts and schemes of it folded.")]
    method: str
    status: int
    content_type: str | None
    sha256: Annotated[str, Field(description="Of the archived bytes.")]
    original_sha256: Annotated[str | None, Field(description="Of the bytes as they came, where contacts were blanked.")]
    redacted: bool
    size: Annotated[int, Field(description="Bytes.")]
    shown_on: Annotated[date, Field(description="The day that the page is of.")]
    fetched_at: datetime
    last_seen: datetime


@router.get("", response_model=ListOut[PageOut], responses=TABLE)
def pages(visit: VisitDep, wanted: Annotated[PagesWanted, Query()]) -> Response:
    """Archived pages in the order in which they were archived."""
    page = table_of(SourcePage)
    query = select(*(column for column in page.c if column.name != "links"))
    for name in ("site", "kind", "address", "sha256"):
        value = getattr(wanted, name)
        query = query.where(page.c[name] == value) if value else query
    found = page_of(visit.conn, query, Order(columns=(page.c.id,), kinds=(int,)), wanted, "pages")
    links = Links(visit.site.public_url)
    return listing(visit, wanted, PageOut, [_told(row, links) for row in found.rows], found.next_cursor)


@router.get("/{key}", response_model=PageOut)
def page(visit: VisitDep, key: PageId, wanted: Annotated[Wanted, Query()]) -> Response:
    """One archived page."""
    row = queries_site.page_by_id(visit.conn, key)
    if row is None:
        raise HTTPException(404)
    told = _told(row, Links(visit.site.public_url))
    return one(visit, wanted, PageOut, told, changed=row["fetched_at"])


@router.get("/{key}/raw", response_class=Response, responses={200: {"content": _TEXT, "description": "The text."}})
def raw(visit: VisitDep, key: PageId) -> Response:
    """The archived bytes as plain text, contacts blanked; 404 for what is no text."""
    return evidence.raw(visit, key)


def _told(row: RowMapping, links: Links) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _PLAIN},
        "url": links.archived(row["id"]),
        "api": links.api("pages", row["id"]),
        "raw": links.api("pages", row["id"], "raw") if is_textual(row["content_type"]) else None,
        "source_url": cleaned(row["url"]),
        "address": cleaned(row["address"]),
    }
