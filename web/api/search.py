"""Search over everything that the site shows, by words in any form."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from db.search import Hit, SearchQuery
from db.search import search as find
from db.search_documents import DocumentKind
from nlp.search.query import read_query
from web.api.answering import listing
from web.api.cursors import encode
from web.api.keyset import position
from web.api.links import Links
from web.api.mistakes import MISTAKES, TABLE
from web.api.parameters import SearchWanted, misread
from web.api.schema import Api, ListOut, Told, Url
from web.public.search import Shown, shown_hits
from web.visit import VisitDep

router = APIRouter(prefix="/search", tags=["search"], responses=MISTAKES)
_FARTHEST = 2000
_RESOURCES = {DocumentKind.BILL: "bills", DocumentKind.FINDING: "findings"}
_RECORDS = {
    DocumentKind.PRESS: "press_record",
    DocumentKind.PROTOCOL: "sitting_record",
    DocumentKind.ACT: "act_record",
}


class HitOut(Told):
    """A document that was found, the best first. The order is by likeness: rows that come in between may move it."""

    id: str
    url: Url
    api: Api
    kind: DocumentKind
    title: str
    snippet: Annotated[str, Field(description="Where the words stand, in plain text.")]
    day: date | None
    language: str
    verdict: str | None


@router.get("", response_model=ListOut[HitOut], responses=TABLE)
def search(visit: VisitDep, wanted: Annotated[SearchWanted, Query()]) -> Response:
    """Find documents; the first 2,000 can be had."""
    after = position(wanted, "search", (int,))
    offset = after[0] if after else 0
    if not 0 <= offset <= _FARTHEST:
        raise misread("cursor", "There is nothing so far behind.")
    found = find(visit.conn, _asked(wanted, offset))
    behind = offset + wanted.rows
    more = encode(wanted.scope("search"), [behind]) if behind < min(found.total, _FARTHEST) else None
    links = Links(visit.site.public_url)
    items = [_told(one, links) for one in shown_hits(visit.conn, found)]
    return listing(visit, wanted, HitOut, items, more)


def _asked(wanted: SearchWanted, offset: int) -> SearchQuery:
    return SearchQuery(
        words=read_query(wanted.q),
        kinds=[wanted.kind] if wanted.kind else (),
        body=wanted.body,
        topic=wanted.topic,
        person=wanted.person,
        verdict=wanted.verdict,
        since=wanted.since,
        until=wanted.until,
        limit=wanted.rows,
        offset=offset,
    )


def _told(one: Shown, links: Links) -> dict[str, Any]:
    hit = one.hit
    return {
        "id": f"{hit.kind.value}:{hit.key}",
        "url": f"{links.public_url}{hit.url}",
        "api": _address(hit, links),
        "kind": hit.kind.value,
        "title": "".join(piece.text for piece in one.title),
        "snippet": "".join(piece.text for piece in one.snippet),
        **{name: getattr(hit, name) for name in ("day", "language", "verdict")},
    }


def _address(hit: Hit, links: Links) -> str:
    """Where the API tells of a document; of an item of an agenda, all of its agenda."""
    if hit.kind is DocumentKind.ITEM:
        return links.api("sittings", hit.url.rpartition("/")[2], "agenda")
    if hit.kind in _RESOURCES:
        return links.api(_RESOURCES[hit.kind], hit.key)
    return links.api("records", _RECORDS[hit.kind], hit.key)
