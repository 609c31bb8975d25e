"""Signing in and out."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from db.audit import Act
from db.sessions import end_sessions
from web.access import CODE, SIGN_IN, go, known_as, needed_session, safe_next, session_by_cookie, staff_page
from web.accounts.devices import device_of
from web.accounts.entering import Refused, enter, show_second_factor
from web.accounts.guests import address_of, guest_form
from web.cookies import forget_session, remember_session
from web.csrf import CsrfDep
from web.i18n import N_
from web.navigation import landing
from web.visit import Visit, VisitDep, site_of

router = APIRouter()
Typed = Annotated[str, Form(max_length=1000)]
WayBack = Annotated[str, Query(alias="next", max_length=2000)]

_WRONG = N_("The login or the password is not right.")
_WRONG_CODE = N_("The code is not right, or it was used already. Wait for the next one.")


@router.get(SIGN_IN)
def sign_in_form(visit: VisitDep, way_back: WayBack = "") -> Response:
    """The form; whoever is signed in goes on."""
    session = session_by_cookie(visit.request)
    if session:
        return go(safe_next(way_back, landing(visit.request, session.account.roles)))
    return guest_form(visit, "accounts/sign_in.html", login="", fault=None, until=None)


@router.post(SIGN_IN)
def sign_in(
    visit: VisitDep, _ours: CsrfDep, login: Typed = "", password: Typed = "", way_back: WayBack = ""
) -> Response:
    """Let in, or say what to do."""
    request = visit.request
    device = device_of(request.headers.get("user-agent"))
    now = datetime.now(UTC)
    found = enter(visit.site.engine, login, password, address=address_of(request), device=device, now=now)
    if isinstance(found, Refused):
        fault = {"fault": _WRONG, "until": found.until}
        return guest_form(visit, "accounts/sign_in.html", status=_status(found), login=login, **fault)
    response = go(safe_next(way_back, landing(request, found.account.roles)))
    remember_session(request, response, found.token)
    return response


@router.get(CODE)
def code_form(visit: VisitDep) -> Response:
    """Ask for the second factor."""
    return _code_form(visit, None)


@router.post(CODE)
def show_code(visit: VisitDep, _ours: CsrfDep, code: Typed = "", way_back: WayBack = "") -> Response:
    """Take the code."""
    session = needed_session(visit.request)
    site = visit.site
    refused = show_second_factor(site.engine, site.keys.second_factors, session, code, datetime.now(UTC))
    if refused:
        return _code_form(visit, refused)
    return go(safe_next(way_back, landing(visit.request, session.account.roles)))


@router.post("/sign-out")
def sign_out(request: Request, _ours: CsrfDep) -> Response:
    """End this session, here and on the server."""
    session = session_by_cookie(request)
    if session:
        act = Act(who=session.account.reference, at=datetime.now(UTC))
        with site_of(request).engine.begin() as conn:
            end_sessions(conn, session.account, act=act, only=[session.id])
    response = go(SIGN_IN)
    forget_session(request, response)
    return response


def _code_form(visit: Visit, refused: Refused | None) -> Response:
    who = known_as(visit.request, needed_session(visit.request))
    fault = _WRONG_CODE if refused else None
    until = refused.until if refused else None
    status = _status(refused) if refused else HTTPStatus.OK
    return staff_page(visit, who, "accounts/code.html", status=status, fault=fault, until=until)


def _status(refused: Refused) -> HTTPStatus:
    return HTTPStatus.TOO_MANY_REQUESTS if refused.until else HTTPStatus.FORBIDDEN
