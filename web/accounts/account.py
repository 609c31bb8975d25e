"""«My account»: what people change of themselves, and the devices that they are signed in on."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import Response

from db.accounts import rename, set_password_hash
from db.audit import Act
from db.sessions import Session, end_sessions, sessions_of
from vocab.languages import STAFF_LANGUAGES
from web.access import SIGN_IN, SignedIn, SomebodyDep, go, proven_session, staff_page
from web.accounts.entering import Refused, is_password
from web.accounts.passwords import fault_of, passwords
from web.accounts.sign_in import Typed
from web.csrf import CsrfDep
from web.i18n import N_
from web.navigation import ACCOUNT
from web.visit import Visit, VisitDep
from web.words import ROLES

router = APIRouter(prefix=ACCOUNT.address)

WRONG_PASSWORD = N_("The present password is not right.")
_DIFFERENT = N_("The two passwords differ.")
_DONE = {
    "described": N_("Name and language are changed."),
    "password": N_("The password is changed. Other devices are signed out."),
    "ended": N_("The sessions are ended."),
}


class Fault(NamedTuple):
    """What is wrong with what was filled in, and until when the next try has to wait, if it has to."""

    words: str
    until: datetime | None = None


def _session(request: Request, _who: SomebodyDep) -> Session:
    return proven_session(request)


def _unfinished(request: Request, _ours: CsrfDep) -> Session:
    return proven_session(request)


SessionDep = Annotated[Session, Depends(_session)]
"""The session of somebody who is wholly signed in."""

UnfinishedDep = Annotated[Session, Depends(_unfinished)]
"""The session of somebody who may still have to set up the second factor."""


@router.get("")
def account(visit: VisitDep, who: SomebodyDep, session: SessionDep, done: Annotated[str, Query()] = "") -> Response:
    """Where one is signed in, and everything that can be changed."""
    return _page(visit, who, session, done=_DONE.get(done))


@router.post("/description")
def describe(visit: VisitDep, session: SessionDep, language: Typed, name: Typed = "") -> Response:
    """Another name and language."""
    if language not in STAFF_LANGUAGES:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
    with visit.site.engine.begin() as conn:
        rename(conn, session.account.id, name=name, language=language, act=_act(session))
    return go(f"{ACCOUNT.address}?done=described")


@router.post("/password")
def change_password(
    visit: VisitDep, who: SomebodyDep, session: SessionDep, present: Typed = "", password: Typed = "", again: Typed = ""
) -> Response:
    """Another password; whoever was signed in with the old one is signed out, but for this device."""
    words = fault_of(password, session.account.login) or (_DIFFERENT if password != again else None)
    fault = Fault(words) if words else password_fault(visit, session, present)
    if fault:
        return _page(visit, who, session, fault=fault)
    password_hash = passwords().hash(password)
    with visit.site.engine.begin() as conn:
        set_password_hash(conn, session.account.id, password_hash, act=_act(session))
        end_sessions(conn, session.account, act=_act(session), but=session.id)
    return go(f"{ACCOUNT.address}?done=password")


@router.post("/sessions/end")
def end(visit: VisitDep, session: SessionDep, key: Annotated[int | None, Form(ge=1, le=2**31 - 1)] = None) -> Response:
    """End one session by its number, or without one all but this."""
    with visit.site.engine.begin() as conn:
        if key is None:
            end_sessions(conn, session.account, act=_act(session), but=session.id)
        else:
            end_sessions(conn, session.account, act=_act(session), only=[key])
    return go(SIGN_IN if key == session.id else f"{ACCOUNT.address}?done=ended")


def password_fault(visit: Visit, session: Session, present: str) -> Fault | None:
    """What is wrong with the present password; None where it is right."""
    found = is_password(visit.site.engine, session.account, present, datetime.now(UTC))
    if isinstance(found, Refused):
        return Fault(WRONG_PASSWORD, found.until)
    return None if found else Fault(WRONG_PASSWORD)


def _page(
    visit: Visit, who: SignedIn, session: Session, *, done: str | None = None, fault: Fault | None = None
) -> Response:
    return staff_page(
        visit,
        who,
        "accounts/account.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        account=session.account,
        sessions=sessions_of(visit.conn, session.account),
        roles=ROLES,
        done=done,
        fault=fault and fault.words,
        until=fault and fault.until,
    )


def _act(session: Session) -> Act:
    return Act(who=session.account.reference, at=datetime.now(UTC))
