"""Links that are not certain: the queue, one with both its sides, the decision of a person, and what was changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Query
from fastapi.responses import Response
from sqlalchemy import Connection

from db.engine import reader
from tracker.identify.bill_keys import Spot
from tracker.identify.merging import BILL
from tracker.link_review import described
from tracker.linking import Decision, decide, release
from tracker.naming import PERSON, decide_person, name_at, release_person
from tracker.places import find_spot
from vocab.errors import UsageError
from vocab.roles import Role
from web.access import SignedIn, go, signed_in, staff_page
from web.desk import links_query
from web.desk.link_words import CHANGES, LINK_FAULTS, METHODS, PLACES, RECORD_TYPES
from web.desk.parameters import LinkForm, LinkLogQuery, LinkQuery, SpotQuery
from web.desk.people import Staff
from web.paging import page_of
from web.rendering import query_of
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/desk/links")
WRITERS = (Role.EDITOR, Role.LAWYER)
ReaderDep = Annotated[SignedIn, Depends(signed_in(*WRITERS, Role.RESEARCHER))]
WriterDep = Annotated[SignedIn, Depends(signed_in(*WRITERS))]
WORDS: dict[str, Any] = {"methods": METHODS, "record_types": RECORD_TYPES, "changes": CHANGES, "places_said": PLACES}
NONE, RELEASE, OTHER = "none", "release", "other"
"""What can be chosen beside a bill or a person: no one, take the decision back, one that is typed."""


@router.get("")
def waiting(visit: VisitDep, who: ReaderDep, wanted: Annotated[LinkQuery, Query()]) -> Response:
    """The queue of links to bills, or to persons."""
    listing = page_of(visit.conn, links_query.queue(wanted.of), wanted)
    is_bills = wanted.of == BILL
    candidates = {one for row in listing.rows for one in row["candidates"]}
    return staff_page(
        visit,
        who,
        "desk/links.html",
        wanted=wanted,
        listing=listing,
        bills=described(visit.conn, map(dict, listing.rows)) if is_bills else [],
        persons={} if is_bills else links_query.persons_named(visit.conn, candidates),
        said=links_query.said_by(visit.conn, ((row["record_type"], row["record_key"], "") for row in listing.rows)),
        counts=links_query.waiting(visit.conn),
        **WORDS,
    )


@router.get("/log")
def log(visit: VisitDep, who: ReaderDep, wanted: Annotated[LinkLogQuery, Query()]) -> Response:
    """What was moved, merged, split and taken back: by what, by whom, why."""
    listing = page_of(visit.conn, links_query.log_of(wanted.bill, wanted.of), wanted)
    counts, staff = links_query.waiting(visit.conn), Staff.of(visit.conn)
    values: dict[str, Any] = {"wanted": wanted, "listing": listing, "counts": counts, "staff": staff}
    return staff_page(visit, who, "desk/link_log.html", **values, **WORDS)


@router.get("/one")
def one(visit: VisitDep, who: ReaderDep, wanted: Annotated[SpotQuery, Query()]) -> Response:
    """One place of a record, and whom it may mean."""
    return _page(visit, who, wanted)


@router.post("/one")
def decided(visit: VisitDep, who: WriterDep, form: Annotated[LinkForm, Form()]) -> Response:
    """Decide; the page again where a reason or a choice is missing, or somebody was quicker."""
    wanted = SpotQuery(of=form.of, record=form.record, place=form.place)
    spot = _spot(visit.conn, wanted)
    chosen = form.typed if form.choice == OTHER else form.choice
    if not form.reason or not chosen:
        fault = LINK_FAULTS["reason" if chosen else "choice"]
        return _page(visit, who, wanted, HTTPStatus.UNPROCESSABLE_ENTITY, form=form, fault=fault)
    decision = Decision(who=who.reference, reason=form.reason, now=datetime.now(UTC), seen=form.seen)
    try:
        _work(visit, form.of, spot, chosen, decision)()
    except UsageError:
        return _page(visit, who, wanted, HTTPStatus.CONFLICT, form=form, was_quicker=True)
    return go(f"/desk/links/one{query_of(of=form.of, record=form.record, place=form.place, done=1)}")


def _work(visit: Visit, of: str, spot: Spot, chosen: str, decision: Decision) -> Callable[[], object]:
    """What the choice does."""
    engine, record, place = visit.site.engine, ":".join(spot[:2]), spot[2] or None
    wanted = None if chosen == NONE else chosen
    if of == PERSON:
        if chosen == RELEASE:
            return lambda: release_person(engine, spot, decision)
        return lambda: decide_person(engine, spot, wanted, decision)
    if chosen == RELEASE:
        return lambda: release(engine, record, decision, place=place)
    return lambda: decide(engine, record, wanted, decision, place=place)


def _spot(conn: Connection, wanted: SpotQuery) -> Spot:
    """The place that is meant; 404 where there is none."""
    try:
        if wanted.of == BILL:
            return find_spot(conn, wanted.record, wanted.place or None)
        record_type, _, key = wanted.record.partition(":")
        spot = (record_type, key, wanted.place)
        name_at(conn, spot)
    except UsageError as error:
        raise HTTPException(HTTPStatus.NOT_FOUND) from error
    return spot


def _page(visit: Visit, who: SignedIn, wanted: SpotQuery, status: int = HTTPStatus.OK, **more: Any) -> Response:
    """The page of a place as it stands now, whatever the visit had read before."""
    with reader(visit.site.engine) as conn:
        spot = _spot(conn, wanted)
        link = links_query.link_at(conn, spot, wanted.of)
        if link is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        said = links_query.said_by(conn, [spot]).get(spot[:2])
        values: dict[str, Any] = {
            "link": link,
            "said": said,
            "event": links_query.event_at(conn, spot),
            "staff": Staff.of(conn),
            "next_open": links_query.next_one(conn, wanted.of, spot),
        }
        values |= links_query.standing(conn, spot, wanted.of)
        values |= _bills(conn, spot, link) if wanted.of == BILL else _persons(conn, link, said)
    values |= {"form": None, "fault": None, "was_quicker": False, "done": visit.request.query_params.get("done")} | more
    may_write = who.may(*WRITERS)
    template = "desk/link.html" if wanted.of == BILL else "desk/link_person.html"
    return staff_page(visit, who, template, status=status, wanted=wanted, may_write=may_write, **values, **WORDS)


def _bills(conn: Connection, spot: Spot, link: Any) -> dict[str, Any]:
    possible = links_query.possible_bills(conn, link)
    return {
        "possible": possible,
        "records": links_query.records_of(conn, [bill["id"] for bill in possible]),
        "likeness": links_query.likeness(conn, spot),
    }


def _persons(conn: Connection, link: Any, said: links_query.Said | None) -> dict[str, Any]:
    ids = [one for one in (link["dossier_id"], *link["candidates"]) if one]
    members = links_query.persons_on(conn, said.day if said else None)
    return {"possible": links_query.persons_named(conn, ids), "members": members}
