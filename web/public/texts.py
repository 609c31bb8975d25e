"""The texts of a bill by reading and version, one of them, and two beside each other."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from sqlalchemy import RowMapping

from web.contacts import without_contacts
from web.parameters import Id, Words
from web.public import queries_bills, queries_texts
from web.public.comparing import Comparison, compare
from web.public.queries_texts import Version
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/bills/{key}/texts")
MOST_SHOWN = 60_000
"""Letters of one text on a page; the whole stands in the archived file."""


class TextQuery(BaseModel):
    """Which text is shown."""

    text: Words = None


class PairQuery(BaseModel):
    """Which two texts are compared; without them the newest and the one before it."""

    a: Words = None
    b: Words = None


@router.get("")
def texts(visit: VisitDep, key: Id, wanted: Annotated[TextQuery, Query()]) -> Response:
    """All of them, and one in full."""
    bill, found = _bill(visit, key), queries_texts.versions(visit.conn, key)
    if bill is None:
        return _moved(visit, key, "texts")
    chosen = _chosen(found, wanted.text) if wanted.text else None
    whole = without_contacts(queries_texts.text_of(visit.conn, chosen)) if chosen else ""
    return visit.page(
        "texts.html",
        bill=bill,
        versions=found,
        pair=queries_texts.pair_to_compare(found),
        chosen=chosen,
        paragraphs=[line for line in whole[:MOST_SHOWN].splitlines() if line.strip()],
        cut=len(whole) > MOST_SHOWN,
    )


@router.get("/compare")
def comparison(visit: VisitDep, key: Id, wanted: Annotated[PairQuery, Query()]) -> Response:
    """What was taken out of one text and put into the other."""
    bill, found = _bill(visit, key), queries_texts.versions(visit.conn, key)
    if bill is None:
        return _moved(visit, key, "texts/compare")
    if not wanted.a or not wanted.b:
        pair = queries_texts.pair_to_compare(found)
    else:
        pair = _chosen(found, wanted.a), _chosen(found, wanted.b)
    if pair is None:
        raise HTTPException(404)
    before, after = pair

    def compute() -> Comparison:
        old, new = (without_contacts(queries_texts.text_of(visit.conn, one)) for one in (before, after))
        return compare(old, new)

    name = ("texts", before.url, before.id, after.url, after.id)
    told = visit.site.memory.recall(visit.conn, name, compute)
    return visit.page("compare.html", bill=bill, versions=found, before=before, after=after, told=told)


def _bill(visit: Visit, key: str) -> RowMapping | None:
    return queries_bills.bill_by_id(visit.conn, key)


def _chosen(found: list[Version], wanted: str) -> Version:
    """The version of this id; 404 where the bill has none."""
    for one in found:
        if one.id == wanted:
            return one
    raise HTTPException(404)


def _moved(visit: Visit, key: str, page: str) -> Response:
    """The texts of a bill that turned out to be another one are that one's."""
    present = queries_bills.present_id(visit.conn, key)
    if present is None:
        raise HTTPException(404)
    address = visit.request.url.replace(path=f"/{visit.lang}/bills/{present}/{page}")
    return RedirectResponse(str(address), status_code=301)
