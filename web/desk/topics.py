"""Topics of bills: what the texts say, and a person's choice above it."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query
from fastapi.responses import Response
from sqlalchemy import Connection, select

from db.annotations import TopicDecision
from db.bills import Bill
from db.engine import reader
from db.list_conditions import has_words
from db.upsert import table_of
from nlp.topics.choices import BILL, decide_topics, topics_of
from vocab.errors import UsageError
from vocab.topics import TOPICS
from web.access import SignedIn, go, staff_page
from web.desk.link_words import LINK_FAULTS
from web.desk.links import WRITERS, ReaderDep, WriterDep
from web.desk.parameters import TopicForm, TopicQuery
from web.desk.people import Staff
from web.i18n import N_
from web.paging import page_of
from web.parameters import Id
from web.public.queries_bills import bill_by_id, present_id
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/desk/topics")
_NONE_CHOSEN = N_("Choose at least the main topic; the second one is another.")


@router.get("")
def topics(visit: VisitDep, who: ReaderDep, wanted: Annotated[TopicQuery, Query()]) -> Response:
    """Bills by their titles, each with its topics."""
    bill = table_of(Bill)
    query = select(bill).order_by(bill.c.first_day.desc().nulls_last(), bill.c.id)
    query = query.where(has_words((bill.c.title, bill.c.number), wanted.text)) if wanted.text else query
    listing = page_of(visit.conn, query, wanted)
    found = topics_of(visit.conn, BILL, [row["id"] for row in listing.rows])
    values = {"wanted": wanted, "listing": listing, "topics": found, "names": _names(who)}
    return staff_page(visit, who, "desk/topics.html", **values)  # type: ignore[arg-type]


@router.get("/{key}")
def one(visit: VisitDep, who: ReaderDep, key: Id) -> Response:
    """The topics of one bill, who chose them, and the form to choose others."""
    return _page(visit, who, key)


@router.post("/{key}")
def chosen(visit: VisitDep, who: WriterDep, key: Id, form: Annotated[TopicForm, Form()]) -> Response:
    """Choose; the page again where a reason or a topic is missing, or somebody was quicker."""
    wanted = [number for number in (form.main, form.second) if number is not None]
    if not form.reason or form.main is None:
        fault = LINK_FAULTS["reason"] if form.main else _NONE_CHOSEN
        return _page(visit, who, key, HTTPStatus.UNPROCESSABLE_ENTITY, form=form, fault=fault)
    if _newest(_history(visit.conn, key)) > form.seen:
        return _page(visit, who, key, HTTPStatus.CONFLICT, form=form, was_quicker=True)
    reason, now = form.reason, datetime.now(UTC)
    try:
        decide_topics(visit.site.engine, f"{BILL}:{key}", wanted, who=who.reference, reason=reason, now=now)
    except UsageError:
        return _page(visit, who, key, HTTPStatus.UNPROCESSABLE_ENTITY, form=form, fault=_NONE_CHOSEN)
    return go(f"/desk/topics/{key}?done=1")


def _page(visit: Visit, who: SignedIn, key: str, status: int = HTTPStatus.OK, **more: Any) -> Response:
    with reader(visit.site.engine) as conn:
        bill = bill_by_id(conn, present_id(conn, key) or key)
        if bill is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        history = _history(conn, bill["id"])
        values: dict[str, Any] = {
            "bill": bill,
            "topics": topics_of(conn, BILL, [bill["id"]]).get(bill["id"]),
            "history": history,
            "seen": _newest(history),
            "staff": Staff.of(conn),
        }
    values |= {"form": None, "fault": None, "was_quicker": False, "done": visit.request.query_params.get("done")} | more
    may_write = who.may(*WRITERS)
    return staff_page(visit, who, "desk/topic.html", status=status, names=_names(who), may_write=may_write, **values)


def _history(conn: Connection, key: str) -> list[dict[str, Any]]:
    """What people chose for a bill, the newest first."""
    table = table_of(TopicDecision)
    query = select(table).where(table.c.subject_type == BILL, table.c.subject_id == key).order_by(table.c.id.desc())
    return [dict(row) for row in conn.execute(query).mappings()]


def _newest(history: list[dict[str, Any]]) -> int:
    return int(history[0]["id"]) if history else 0


def _names(who: SignedIn) -> dict[int, str]:
    return {number: getattr(name, who.language) for number, name in TOPICS.items()}
