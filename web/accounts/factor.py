"""Setting up the second factor: a secret for the app on the phone, and codes on paper for the day it is lost."""

from datetime import UTC, datetime
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import Response
from itsdangerous import BadData, URLSafeTimedSerializer

from db.accounts import set_recovery_codes, set_second_factor, use_totp_step
from db.audit import Act
from db.sealing import seal
from db.sessions import Session, end_sessions, pass_second_factor
from web.access import SET_UP, known_as, staff_page
from web.accounts.account import Fault, UnfinishedDep, password_fault
from web.accounts.second_factor import hashes_of, in_groups, matching_step, new_recovery_codes, new_secret, picture
from web.accounts.sign_in import Typed
from web.i18n import N_
from web.navigation import landing
from web.visit import Visit, VisitDep

router = APIRouter(prefix=SET_UP)

_OFFER_SECONDS = 20 * 60
_TOO_OLD = N_("This page is too old. Scan the picture anew.")
_WRONG_CODE = N_("The code is not right. Is the phone's clock set automatically?")


@router.get("")
def factor(visit: VisitDep, session: UnfinishedDep) -> Response:
    """A secret to scan; where there is one already, what can be done with it."""
    return _state(visit, session) if session.account.totp_secret else _offer(visit, session, new_secret())


@router.post("")
def set_up(visit: VisitDep, session: UnfinishedDep, offer: Typed = "", code: Typed = "") -> Response:
    """Take the secret for good once the app has shown a right code; show the recovery codes this one time."""
    secret = _offered(visit, session, offer)
    if secret is None:
        return _offer(visit, session, new_secret(), fault=_TOO_OLD) if _is_free(session) else _state(visit, session)
    now = datetime.now(UTC)
    step = matching_step(secret, code, now)
    if step is None:
        return _offer(visit, session, secret, fault=_WRONG_CODE)
    codes, act = new_recovery_codes(), _act(session)
    sealed = seal(visit.site.keys.second_factors, secret, f"account:{session.account.id}")
    with visit.site.engine.begin() as conn:
        set_second_factor(conn, session.account.id, sealed, hashes_of(codes), act=act)
        use_totp_step(conn, session.account.id, step)
        pass_second_factor(conn, session.id, now)
        end_sessions(conn, session.account, act=act, but=session.id)
    return _codes(visit, session, codes)


@router.post("/replace")
def replace(visit: VisitDep, session: UnfinishedDep, present: Typed = "") -> Response:
    """Another phone: a new secret, for somebody who knows the password too."""
    fault = password_fault(visit, session, present)
    return _state(visit, session, fault) if fault else _offer(visit, session, new_secret())


@router.post("/recovery-codes")
def renew_codes(visit: VisitDep, session: UnfinishedDep, present: Typed = "") -> Response:
    """New recovery codes; the earlier ones count no more."""
    fault = password_fault(visit, session, present)
    if fault or not session.account.totp_secret:
        return _state(visit, session, fault)
    codes = new_recovery_codes()
    with visit.site.engine.begin() as conn:
        set_recovery_codes(conn, session.account.id, hashes_of(codes), act=_act(session))
    return _codes(visit, session, codes)


def _is_free(session: Session) -> bool:
    """A secret that stands is replaced only by an offer that the password was given for."""
    return session.account.totp_secret is None


def _offer(visit: Visit, session: Session, secret: str, fault: str | None = None) -> Response:
    account = session.account
    return staff_page(
        visit,
        known_as(visit.request, session),
        "accounts/factor_offer.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        needed=account.needs_second_factor and _is_free(session),
        picture=picture(secret, account.login),
        secret=in_groups(secret),
        offer=_offers(visit).dumps([session.id, secret, account.totp_secret is None]),
        fault=fault,
    )


def _state(visit: Visit, session: Session, fault: Fault | None = None) -> Response:
    return staff_page(
        visit,
        known_as(visit.request, session),
        "accounts/factor.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        left=len(session.account.recovery_codes),
        fault=fault and fault.words,
        until=fault and fault.until,
    )


def _codes(visit: Visit, session: Session, codes: tuple[str, ...]) -> Response:
    goes_on = landing(visit.request, session.account.roles)
    who = known_as(visit.request, session)
    return staff_page(visit, who, "accounts/recovery_codes.html", codes=codes, goes_on=goes_on)


def _offered(visit: Visit, session: Session, offer: str) -> str | None:
    """The secret of an offer that was made to this session; one made before a second factor stood is void after it."""
    try:
        session_id, secret, was_free = _offers(visit).loads(offer, max_age=_OFFER_SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    return str(secret) if session_id == session.id and was_free == _is_free(session) else None


def _offers(visit: Visit) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(visit.site.keys.forms, salt="second-factor")


def _act(session: Session) -> Act:
    return Act(who=session.account.reference, at=datetime.now(UTC))
