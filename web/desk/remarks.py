"""What people outside wrote: the queue, one remark, and the decision about it."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Path, Query
from fastapi.responses import Response

from tracker.remarks import RemarkDecidedMeanwhile, Ruling, decide_remark, fault_of
from vocab.remarks import RemarkKind, RemarkState, decisions
from vocab.roles import Role
from web.access import SignedIn, go, signed_in, staff_page
from web.desk import remark_query
from web.desk.people import Staff
from web.desk.remark_parameters import RemarkForm, RemarkQuery
from web.desk.writing import written
from web.i18n import N_
from web.paging import page_of
from web.public.subjects import title_of
from web.remark_words import REMARK_KINDS, REMARK_STATES
from web.visit import Visit, VisitDep

ADDRESS = "/desk/remarks"
router = APIRouter(prefix=ADDRESS)
ReaderDep = Annotated[SignedIn, Depends(signed_in(Role.EDITOR, Role.LAWYER))]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]

_FAULTS = {
    "decision": N_("This cannot be decided of it."),
    "reason": N_("Give a reason: it is kept with the decision, and whoever looks later needs it."),
    "answer": N_("Write what the sender is told."),
    "shown_as": N_("Write whose words these are, as readers shall see it."),
    "verified": N_("Confirm that you verified who replies, and write into the reason how."),
}
_NOT_LAWYER = N_("A reply is decided by a lawyer.")


@router.get("")
def waiting(visit: VisitDep, who: ReaderDep, wanted: Annotated[RemarkQuery, Query()]) -> Response:
    """The queue."""
    return staff_page(
        visit,
        who,
        "desk/remarks.html",
        wanted=wanted,
        listing=page_of(visit.conn, remark_query.queue(wanted), wanted),
        counts=remark_query.counts(visit.conn),
        states=REMARK_STATES,
        kinds=REMARK_KINDS,
    )


@router.get("/{number}")
def remark(visit: VisitDep, who: ReaderDep, number: Number) -> Response:
    """One remark, its history, and what can be decided."""
    return _page(visit, who, number)


@router.post("/{number}")
def decided(visit: VisitDep, who: ReaderDep, number: Number, form: Annotated[RemarkForm, Form()]) -> Response:
    """Decide; the page again where somebody was quicker or words are missing."""
    found = remark_query.remark_by_id(visit.conn, number, visit.site.keys.contacts)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if found["kind"] == RemarkKind.REPLY and not who.may(Role.LAWYER):
        raise HTTPException(HTTPStatus.FORBIDDEN, _NOT_LAWYER)
    ruling = Ruling(**form.model_dump(exclude={"verified"}))
    fault = fault_of(RemarkKind(found["kind"]), ruling)
    if ruling.decision is RemarkState.SHOWN and not fault and not form.verified:
        fault = "verified"
    if fault:
        return _page(visit, who, number, HTTPStatus.UNPROCESSABLE_ENTITY, form=form, fault=_FAULTS[fault])
    try:
        written(visit.site, who, lambda conn, act: decide_remark(conn, number, ruling, act))
    except HTTPException as error:
        if not isinstance(error.__cause__, RemarkDecidedMeanwhile):
            raise
        return _page(visit, who, number, HTTPStatus.CONFLICT, form=form, was_quicker=True)
    return go(f"{ADDRESS}/{number}?done={ruling.decision}")


def _page(visit: Visit, who: SignedIn, number: int, status: int = HTTPStatus.OK, **more: Any) -> Response:
    """The page of a remark as it stands now, whatever the visit had read before."""
    with visit.site.engine.connect() as conn:
        found = remark_query.remark_by_id(conn, number, visit.site.keys.contacts)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        history = remark_query.decisions_of(conn, number)
        values: dict[str, Any] = {
            "title": title_of(conn, found["about_kind"], found["about_id"], who.language) or found["about_id"],
            "history": history,
            "next_waiting": remark_query.next_waiting(conn, number),
            "staff": Staff.of(conn),
        }
    may_decide = found["kind"] == RemarkKind.ERROR or who.may(Role.LAWYER)
    values |= {"form": None, "fault": None, "was_quicker": False, "may_decide": may_decide} | more
    values |= {"states": REMARK_STATES, "kinds": REMARK_KINDS, "allowed": decisions(RemarkKind(found["kind"]))}
    done = visit.request.query_params.get("done")
    return staff_page(
        visit,
        who,
        "desk/remark.html",
        status=status,
        remark=found,
        seen=history[0]["id"] if history else 0,
        done=done if done in REMARK_STATES else None,
        **values,
    )
