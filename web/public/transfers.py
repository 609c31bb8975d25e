"""Votes that deputies gave to one another: one list, which every number of given and held votes leads to."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from web.answers import csv_file
from web.paging import PER_PAGE, Listing
from web.parameters import TransferQuery
from web.public.attendance import Given, Register
from web.public.factions import known_factions
from web.public.queries_register import register
from web.visit import VisitDep

router = APIRouter(prefix="/transfers")
_COLUMNS = ("day", "sitting_id", "giver", "giver_id", "holder", "holder_id", "about", "page_id")


@router.get("")
def transfers(visit: VisitDep, wanted: Annotated[TransferQuery, Query()]) -> Response:
    """The list, as a page or a file."""
    book = register(visit)
    rows = list(_matching(book, wanted))
    if wanted.format == "csv":
        return csv_file("transfers", _COLUMNS, [{name: getattr(one, name) for name in _COLUMNS} for one in rows])
    begin = (wanted.page - 1) * PER_PAGE
    shown: Any = rows[begin : begin + PER_PAGE]
    factions = known_factions(visit)
    return visit.page(
        "transfers.html",
        wanted=wanted,
        listing=Listing(rows=shown, total=len(rows), number=wanted.page),
        people=_names(rows, wanted),
        years=sorted({one.day.year for one in book.given}, reverse=True),
        factions=[(one.id, f"{one.convocation}: {one.name}") for one in factions.values()],
        known=factions,
    )


def _matching(book: Register, wanted: TransferQuery) -> Iterator[Given]:
    for one in book.given:
        fits = (
            wanted.giver in (None, one.giver_id),
            wanted.holder in (None, one.holder_id),
            wanted.year in (None, one.day.year),
            wanted.giver_faction in (None, one.giver_faction),
            wanted.holder_faction in (None, one.holder_faction),
        )
        if all(fits):
            yield one


def _names(rows: Iterable[Given], wanted: TransferQuery) -> dict[str, str]:
    """The persons that a reader asked for, by id, as the protocols write them."""
    found: dict[str, str] = {}
    for one in rows:
        for key, name in ((one.giver_id, one.giver), (one.holder_id, one.holder)):
            if key is not None and key in (wanted.giver, wanted.holder):
                found.setdefault(key, name)
    return found
