"""Corrections: an editor says what had stood on a page and what is right; nothing of it is taken back."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Query
from fastapi.responses import Response

from tracker.corrections import Corrected, correct
from vocab.roles import Role
from web.access import SignedIn, go, signed_in, staff_page
from web.desk.remark_parameters import CorrectionForm, CorrectionQuery
from web.desk.writing import written
from web.i18n import N_
from web.public.queries_remarks import corrections_of
from web.public.subjects import About, about
from web.visit import Visit, VisitDep

ADDRESS = "/desk/corrections"
router = APIRouter(prefix=ADDRESS)
EditorDep = Annotated[SignedIn, Depends(signed_in(Role.EDITOR))]

_WORDS_MISSING = N_("Write what had stood there, what is right, and why it is corrected.")
_IN_FUTURE = N_("The day since when it stood there is in the future.")
_UNKNOWN = N_("There is no such page with facts. Its address begins with /bills/, /sittings/, /persons/ or /findings/.")


@router.get("")
def corrections(visit: VisitDep, who: EditorDep, wanted: Annotated[CorrectionQuery, Query()]) -> Response:
    """The form for one page; without a page, how to come to one."""
    page = wanted.page.strip()
    fault = _UNKNOWN if page and _page_of(visit, who, page) is None else None
    status = HTTPStatus.NOT_FOUND if fault else HTTPStatus.OK
    return _form(visit, who, CorrectionForm(page=page), status, fault=fault)


@router.post("")
def corrected(visit: VisitDep, who: EditorDep, form: Annotated[CorrectionForm, Form()]) -> Response:
    """Keep it, and show the page with it."""
    target = _page_of(visit, who, form.page)
    if target is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    fault = None if form.said and form.correct and form.reason else _WORDS_MISSING
    if form.since and form.since > visit.today:
        fault = _IN_FUTURE
    if fault:
        return _form(visit, who, form, HTTPStatus.UNPROCESSABLE_ENTITY, fault=fault)
    words = form.model_dump(exclude={"page"})
    correction = Corrected(
        about=(target.kind, target.id), page=target.place, title=target.title, role=Role.EDITOR.value, **words
    )
    written(visit.site, who, lambda conn, act: correct(conn, correction, act))
    return go(f"{ADDRESS}?page={target.place}&done=1")


def _page_of(visit: Visit, who: SignedIn, place: str) -> About | None:
    return about(visit.conn, place, who.language)


def _form(visit: Visit, who: SignedIn, form: CorrectionForm, status: int, *, fault: str | None) -> Response:
    target = _page_of(visit, who, form.page)
    values: dict[str, Any] = {"about": target, "form": form, "fault": fault, "today": visit.today}
    values["made"] = corrections_of(visit.conn, target.kind, target.id) if target else ()
    values["done"] = "done" in visit.request.query_params
    return staff_page(visit, who, "desk/corrections.html", status=status, **values)
