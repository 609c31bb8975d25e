"""Everything that we corrected or took back, for everybody: the newest first."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from publish.compose import page_url
from publish.wording import happening_more, happening_title
from web.paging import page_of
from web.parameters import ListQuery
from web.public.queries_remarks import all_corrections
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/corrections")


@router.get("")
def corrections(visit: VisitDep, wanted: Annotated[ListQuery, Query()]) -> Response:
    """The list: what editors corrected, findings that were withdrawn, press releases that were read anew."""
    listing = page_of(visit.conn, all_corrections(), wanted)
    feeds = visit.site.feed(visit.lang, "corrections")
    return visit.page(
        "corrections.html", listing=listing, told=[_told(visit, row) for row in listing.rows], feeds=feeds
    )


def _told(visit: Visit, row: Any) -> dict[str, Any]:
    """One line: its headline, what more there is to say, and the page that it is about."""
    lang, finding = visit.lang, row["facts"].get("finding")
    subject = ("finding", finding) if finding else (row["subject_kind"], row["subject_id"])
    return {
        "seen_at": row["seen_at"],
        "title": happening_title(row["kind"], row["title"], row["day"], row["facts"], lang),
        "more": happening_more(row["kind"], row["facts"], lang),
        "address": page_url("", lang, *subject),
    }
