"""Facts from letters and papers on the desk: choose a dossier, choose what happened, state it; what was stated."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Path, Query
from fastapi.responses import Response
from sqlalchemy import Connection

from tracker.fact_reading import FactRefused, read_fact, shape_of
from tracker.facts import state_fact, withdraw_fact
from tracker.observations import known_grounds
from tracker.stored_facts import all_facts, present_id
from vocab.facts import SHAPES
from vocab.roles import Role
from vocab.timeline import SubjectKind
from web.access import SignedIn, go, signed_in, staff_page
from web.desk.fact_words import FAULTS, FIELD_NAMES, VALUES
from web.desk.parameters import FactForm, FactQuery, WithdrawForm
from web.desk.people import Staff
from web.desk.week_query import sittings_between
from web.desk.writing import written
from web.i18n import N_
from web.parameters import BillQuery
from web.public.queries_bills import bill_by_id, matching
from web.public.queries_sittings import sitting_by_id
from web.rule_book import rule_book
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/desk/facts")
WRITERS = (Role.COORDINATOR, Role.LAWYER)
ReaderDep = Annotated[SignedIn, Depends(signed_in(*WRITERS, Role.RESEARCHER))]
WriterDep = Annotated[SignedIn, Depends(signed_in(*WRITERS))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
_FOUND = 20

_NO_REASON = N_("Give a reason; or somebody withdrew it meanwhile: load the page again.")


@router.get("")
def facts(visit: VisitDep, who: ReaderDep, wanted: Annotated[FactQuery, Query()]) -> Response:
    """The search of a dossier; of a chosen one its facts, and the form for a kind of fact."""
    if not wanted.subject:
        return staff_page(visit, who, "desk/facts.html", wanted=wanted, **_found(visit.conn, wanted.text))
    return _page(visit, who, wanted.subject, FactForm(subject=wanted.subject, kind=wanted.kind or ""))


@router.post("")
def state(visit: VisitDep, who: WriterDep, form: Annotated[FactForm, Form()]) -> Response:
    """State a fact; the page again with what is wrong with it."""
    kind, key, _ = _dossier(visit.conn, form.subject)
    said = form.model_dump(by_alias=True, exclude={"subject"})
    try:
        fact = read_fact((kind, key), said, known_grounds(rule_book()), visit.today)
    except FactRefused as refused:
        return _page(visit, who, form.subject, form, HTTPStatus.UNPROCESSABLE_ENTITY, refused)
    number = written(visit.site, who, lambda conn, act: state_fact(conn, fact, act))
    return go(f"/desk/facts?subject={kind}:{key}#fact-{number}")


@router.post("/{number}/withdraw")
def withdraw(visit: VisitDep, who: WriterDep, number: Number, form: Annotated[WithdrawForm, Form()]) -> Response:
    """Take a fact back."""
    written(visit.site, who, lambda conn, act: withdraw_fact(conn, number, form.reason, act), _NO_REASON)
    return go(f"/desk/facts?subject={form.subject}#fact-{number}")


def _page(
    visit: Visit, who: SignedIn, subject: str, form: FactForm, status: int = 200, refused: FactRefused | None = None
) -> Response:
    kind, key, title = _dossier(visit.conn, subject)
    values: dict[str, Any] = {"shape": None, "grounds": sorted(known_grounds(rule_book()))}
    if form.kind:
        try:
            values["shape"] = shape_of(kind, form.kind)[1]
        except FactRefused as unknown:
            refused = unknown
    return staff_page(
        visit,
        who,
        "desk/fact.html",
        status=status,
        subject=f"{kind}:{key}",
        address=f"/{kind}s/{key}",
        title=title,
        kinds=list(SHAPES[kind]),
        said=form.model_dump(by_alias=True),
        fault=FAULTS[refused.fault] if refused else None,
        fault_field=refused.name if refused else None,
        rows=all_facts(visit.conn, kind, key),
        may_write=who.may(*WRITERS),
        staff=Staff.of(visit.conn),
        field_names=FIELD_NAMES,
        value_names=VALUES,
        today=visit.today,
        **values,
    )


def _dossier(conn: Connection, subject: str) -> tuple[SubjectKind, str, str]:
    """Kind, id of today and title; 404 where there is none."""
    code, _, key = subject.partition(":")
    if code in {kind.value for kind in SHAPES}:
        kind = SubjectKind(code)
        key = present_id(conn, kind, key)
        row = bill_by_id(conn, key) if kind is SubjectKind.BILL else sitting_by_id(conn, key)
        if row is not None:
            return kind, key, str(row["title"])
    raise HTTPException(HTTPStatus.NOT_FOUND)


def _found(conn: Connection, text: str | None) -> dict[str, Any]:
    """Bills by words of the title, number or id; sittings by their day."""
    if not text:
        return {"bills": [], "sittings": []}
    exact = bill_by_id(conn, text)
    query = matching(conn, BillQuery(text=text)).limit(_FOUND)
    bills = [exact] if exact else list(conn.execute(query).mappings())
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return {"bills": bills, "sittings": []}
    return {"bills": bills, "sittings": sittings_between(conn, day, day)}
