"""«Report an error» and «Reply»: the form, what becomes of it, and the receipt by which the sender follows it."""

import secrets
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Path, Query
from fastapi.responses import Response

from tracker.remarks import QueueFull
from vocab.remarks import CLOSED, RemarkKind
from web.access import go, guest_page, no_store
from web.accounts.guests import address_of
from web.cookies import begin_visit
from web.csrf import CsrfDep
from web.i18n import N_
from web.public.queries_remarks import by_receipt
from web.public.remark_form import FAULTS, LONGEST, RemarkForm, send
from web.public.subjects import About, about
from web.remark_words import REMARK_KINDS, REMARK_STATES
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/remarks")
_RECEIPT_BYTES = 16
Receipt = Annotated[str, Path(pattern=r"^[\w-]{22}$")]

_FULL = N_("So many messages wait for a person that no more can be taken today. Please try again tomorrow.")


@router.get("/new")
def new(
    visit: VisitDep, page: Annotated[str, Query(max_length=400)] = "", kind: RemarkKind = RemarkKind.ERROR
) -> Response:
    """The form, about one page."""
    return _form(visit, RemarkForm(page=page, kind=kind))


@router.post("/new")
def sent(visit: VisitDep, _ours: CsrfDep, form: Annotated[RemarkForm, Form()]) -> Response:
    """Keep it and show the receipt; the form again with what is missing."""
    target = _about(visit, form)
    fault = form.fault()
    if fault:
        return _form(visit, form, HTTPStatus.UNPROCESSABLE_ENTITY, fault=FAULTS[fault], at_field=fault)
    receipt = secrets.token_urlsafe(_RECEIPT_BYTES)
    known: dict[str, Any] = {"address": address_of(visit.request), "key": visit.site.keys.contacts}
    known |= {"lang": visit.lang, "now": datetime.now(UTC)}
    try:
        until = send(visit.site.engine, form, target, receipt, **known)
    except QueueFull:
        return _form(visit, form, HTTPStatus.SERVICE_UNAVAILABLE, fault=_FULL)
    if until:
        return _form(visit, form, HTTPStatus.TOO_MANY_REQUESTS, until=until)
    return go(f"/{visit.lang}/remarks/{receipt}?new=1")


@router.get("/{receipt}")
def state(visit: VisitDep, receipt: Receipt, is_new: Annotated[bool, Query(alias="new")] = False) -> Response:
    """What became of it, for whoever knows the number."""
    remark = by_receipt(visit.conn, receipt)
    if remark is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    words: dict[str, Any] = {"states": REMARK_STATES, "kinds": REMARK_KINDS, "closed": CLOSED}
    return no_store(visit.text("remark_state.html", remark=remark, receipt=receipt, is_new=is_new, **words))


def _about(visit: Visit, form: RemarkForm) -> About:
    """What the page is about. Raises HTTPException 404: nothing is kept about a page that nobody may see."""
    found = about(visit.conn, form.page, visit.lang)
    if found is None or (form.kind is RemarkKind.REPLY and found.kind != "finding"):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


def _form(visit: Visit, form: RemarkForm, status: int = HTTPStatus.OK, **told: Any) -> Response:
    begin_visit(visit.request)
    values: dict[str, Any] = {"fault": None, "at_field": None, "until": None} | told
    page = _about(visit, form)
    return guest_page(
        visit, "remark_new.html", lang=visit.lang, status=status, form=form, about=page, longest=LONGEST, **values
    )
