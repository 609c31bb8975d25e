"""Bills that may be one, bills that may be several: proposals, two bills side by side, the records of one."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query
from fastapi.responses import Response
from sqlalchemy import Connection

from db.batches import rows_where
from db.bills import Bill, BillAlias, BillKey, BillsApart
from db.engine import reader
from tracker.identify.merging import BILL, aliases_of, current_ids, in_age
from tracker.link_review import changes
from tracker.link_turns import last_at, last_of
from tracker.linking import Decision, apart, join_again, merge, split
from vocab.errors import UsageError
from web.access import SignedIn, go, staff_page
from web.desk import links_query
from web.desk.link_proposals import Proposals
from web.desk.link_words import LINK_FAULTS
from web.desk.links import WORDS, WRITERS, ReaderDep, WriterDep
from web.desk.parameters import PairForm, PairQuery, SplitForm
from web.desk.people import Staff
from web.paging import PER_PAGE, Listing
from web.parameters import Id, ListQuery
from web.rendering import query_of
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/desk/links")
_PROPOSALS = Proposals()


@router.get("/bills")
def proposed(visit: VisitDep, who: ReaderDep, wanted: Annotated[ListQuery, Query()]) -> Response:
    """Bills that may be one, and bills that several numbers name."""
    found = _PROPOSALS.of(visit.conn)
    first = (wanted.page - 1) * PER_PAGE
    listing: Any = Listing(rows=found[first : first + PER_PAGE], total=len(found), number=wanted.page)  # type: ignore[arg-type]
    values = {"listing": listing, "counts": links_query.waiting(visit.conn)}
    return staff_page(visit, who, "desk/link_bills.html", **values, **WORDS)


@router.get("/pair")
def pair(visit: VisitDep, who: ReaderDep, wanted: Annotated[PairQuery, Query()]) -> Response:
    """Two bills side by side, and what a merge would do."""
    return _pair(visit, who, wanted)


@router.post("/pair")
def decided(visit: VisitDep, who: WriterDep, form: Annotated[PairForm, Form()]) -> Response:
    """Merge them, keep them apart, or take that back; the page again where a reason is missing or one was quicker."""
    wanted = PairQuery(one=form.one, other=form.other)
    if not form.reason:
        return _pair(visit, who, wanted, HTTPStatus.UNPROCESSABLE_ENTITY, form=form, fault=LINK_FAULTS["reason"])
    decision = Decision(who=who.reference, reason=form.reason, now=datetime.now(UTC), seen=form.seen)
    step = {"merge": merge, "apart": apart, "join": join_again}[form.step]
    try:
        kept = step(visit.site.engine, form.one, form.other, decision)
    except UsageError:
        return _pair(visit, who, wanted, HTTPStatus.CONFLICT, form=form, was_quicker=True)
    if form.step == "merge":
        return go(f"/desk/links/bills/{kept}?done=1")
    return go(f"/desk/links/pair{query_of(one=form.one, other=form.other, done=1)}")


@router.get("/bills/{key}")
def bill(visit: VisitDep, who: ReaderDep, key: Id) -> Response:
    """One bill: its records, its former ids, what was changed."""
    return _bill(visit, who, key)


@router.post("/bills/{key}")
def divided(visit: VisitDep, who: WriterDep, key: Id, form: Annotated[SplitForm, Form()]) -> Response:
    """A record leaves the bill for one of its own, or a merge is undone."""
    if not form.reason:
        return _bill(visit, who, key, HTTPStatus.UNPROCESSABLE_ENTITY, form=form, fault=LINK_FAULTS["reason"])
    decision = Decision(who=who.reference, reason=form.reason, now=datetime.now(UTC), seen=form.seen)
    try:
        new = split(visit.site.engine, form.what, decision, place=form.place or None)
    except UsageError:
        return _bill(visit, who, key, HTTPStatus.CONFLICT, form=form, was_quicker=True)
    return go(f"/desk/links/pair{query_of(one=key, other=new, done=1)}")


def _pair(visit: Visit, who: SignedIn, wanted: PairQuery, status: int = HTTPStatus.OK, **more: Any) -> Response:
    with reader(visit.site.engine) as conn:
        bills = _two(conn, wanted)
        if len(bills) == 1:
            return go(f"/desk/links/bills/{next(iter(bills))}")
        ids = in_age(bills.values())
        left, right = sorted(ids)
        values: dict[str, Any] = {
            "bills": [bills[one] for one in ids],
            "keys": {one: rows_where(conn, BillKey, "bill_id", [one]) for one in ids},
            "records": links_query.records_of(conn, ids),
            "former": sorted(aliases_of(conn, [ids[1]])),
            "apart": next(iter(rows_where(conn, BillsApart, "left", [left], right=right)), None),
            "seen": last_of(conn, ids),
            "staff": Staff.of(conn),
        }
    return _answer(visit, who, "desk/link_pair.html", status, values | more)


def _two(conn: Connection, wanted: PairQuery) -> dict[str, dict[str, Any]]:
    """The bills by their ids of today; 404 where one is not there."""
    current = current_ids(conn, [wanted.one, wanted.other])
    ids = {current.get(one, one) for one in (wanted.one, wanted.other)}
    found = {row["id"]: row for row in rows_where(conn, Bill, "id", ids)}
    if found.keys() != ids:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


def _bill(visit: Visit, who: SignedIn, key: str, status: int = HTTPStatus.OK, **more: Any) -> Response:
    with reader(visit.site.engine) as conn:
        own = current_ids(conn, [key]).get(key, key)
        rows = rows_where(conn, Bill, "id", [own])
        if not rows:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        records = links_query.records_of(conn, [own]).get(own, [])
        values: dict[str, Any] = {
            "bill": rows[0],
            "keys": rows_where(conn, BillKey, "bill_id", [own]),
            "records": records,
            "last": {(one["record_key"], one["place"]): _last(conn, one) for one, _ in records},
            "former": rows_where(conn, BillAlias, "bill_id", [own]),
            "history": changes(conn, own),
            "seen": last_of(conn, [own]),
            "staff": Staff.of(conn),
        }
    return _answer(visit, who, "desk/link_bill.html", status, values | more)


def _last(conn: Connection, link: dict[str, Any]) -> int:
    return last_at(conn, (link["record_type"], link["record_key"], link["place"]), BILL)


def _answer(visit: Visit, who: SignedIn, template: str, status: int, values: dict[str, Any]) -> Response:
    blank = {"form": None, "fault": None, "was_quicker": False, "done": visit.request.query_params.get("done")}
    return staff_page(visit, who, template, status=status, may_write=who.may(*WRITERS), **(blank | values), **WORDS)
