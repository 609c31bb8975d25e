"""Links that let somebody in: an invitation, a new password; and asking for one by mail."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Path
from fastapi.responses import Response
from sqlalchemy import Engine

from db import brakes
from db.accounts import Account, account_by_login, fold_login, note, rename, set_password_hash
from db.audit import Act
from db.brakes import Limit
from db.engine import reader
from db.sessions import end_sessions, open_session
from db.tickets import Purpose, holder, issue, redeem
from publish.channels.mail import MailError, MailSettings, send
from vocab.errors import UsageError
from vocab.languages import STAFF_LANGUAGES
from web.access import go
from web.accounts.devices import device_of
from web.accounts.entering import address_key, login_key
from web.accounts.guests import address_of, guest_form
from web.accounts.passwords import fault_of, passwords
from web.accounts.sign_in import Typed
from web.cookies import remember_session
from web.csrf import CsrfDep
from web.i18n import N_, translations
from web.navigation import landing
from web.site import Site
from web.visit import Visit, VisitDep

router = APIRouter()
Token = Annotated[str, Path(pattern=r"^[\w-]+$", max_length=100)]

FORGOTTEN, LINK = "/sign-in/forgotten", "/welcome"
_MAILS_FREE, _MAILS_FROM_ADDRESS = 2, 10
_DIFFERENT = N_("The two passwords differ.")
_SUBJECT = N_("Baikoo: a new password")
_TEXT = N_(
    "Somebody, hopefully you, asked for a new password for Baikoo. Choose it here within 24 hours; the link works "
    "once:\n\n%(link)s\n\nIf it was not you, nothing has to be done: the old password stays."
)


def link_address(site: Site, token: str) -> str:
    """The address that a person gets."""
    return f"{site.public_url}{LINK}/{token}"


@router.get(LINK + "/{token}")
def link_form(visit: VisitDep, token: Token) -> Response:
    """Ask for a password, and at the first time for name and language."""
    return _link_form(visit, token, None)


@router.post(LINK + "/{token}")
def use_link(
    visit: VisitDep,
    token: Token,
    _ours: CsrfDep,
    password: Typed = "",
    again: Typed = "",
    name: Typed = "",
) -> Response:
    """Set the password and sign in; the link is used up."""
    found = holder(visit.conn, token, datetime.now(UTC))
    fault = (fault_of(password, found[0].login) or (_DIFFERENT if password != again else None)) if found else None
    if found is None or fault:
        return _link_form(visit, token, fault, name)
    described = (name, _language(visit, found[0]))
    device = device_of(visit.request.headers.get("user-agent"))
    session = _let_in(visit.site.engine, token, passwords().hash(password), described, device)
    if session is None:
        return _link_form(visit, token, None)
    response = go(landing(visit.request, found[0].roles))
    remember_session(visit.request, response, session)
    return response


@router.get(FORGOTTEN)
def forgotten_form(visit: VisitDep) -> Response:
    """Ask for the address to send a link to; without a mail server, say whom to ask."""
    return guest_form(visit, "accounts/forgotten.html", asked=False, by_mail=visit.site.mail is not None)


@router.post(FORGOTTEN)
def send_link(visit: VisitDep, _ours: CsrfDep, tasks: BackgroundTasks, login: Typed = "") -> Response:
    """Promise a mail, whether there is such an account or not; everything else happens after the answer."""
    site = visit.site
    if site.mail is not None:
        address = address_key(address_of(visit.request))
        tasks.add_task(_send_link, site, site.mail, login, address, datetime.now(UTC))
    return guest_form(visit, "accounts/forgotten.html", asked=True, by_mail=site.mail is not None)


def _link_form(visit: Visit, token: str, fault: str | None, name: str = "") -> Response:
    found = holder(visit.conn, token, datetime.now(UTC))
    if found is None:
        return guest_form(visit, "accounts/link_gone.html", status=HTTPStatus.GONE, by_mail=visit.site.mail is not None)
    account, purpose = found
    return guest_form(
        visit,
        "accounts/link.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        lang=_language(visit, account),
        invited=purpose is Purpose.INVITATION,
        login=account.login,
        name=name or account.name,
        fault=fault,
    )


def _language(visit: Visit, account: Account) -> str:
    """The one that was chosen on the page, else the one that the admin gave."""
    asked = visit.request.query_params.get("lang")
    return asked if asked in STAFF_LANGUAGES else account.language


def _let_in(engine: Engine, token: str, password_hash: str, described: tuple[str, str], device: str) -> str | None:
    """Use the link up; None where somebody else did meanwhile. A new password ends all sessions of the old one."""
    now = datetime.now(UTC)
    with engine.begin() as conn:
        found = redeem(conn, token, now)
        if found is None:
            return None
        account, purpose = found
        act = Act(who=account.reference, at=now)
        set_password_hash(conn, account.id, password_hash, act=act)
        if purpose is Purpose.INVITATION:
            rename(conn, account.id, name=described[0], language=described[1], act=act)
        end_sessions(conn, account, act=act)
        brakes.release(conn, login_key(account.login))
        return open_session(conn, account, device, act=act)


def _send_link(site: Site, mail: MailSettings, login: str, by_address: str, now: datetime) -> None:
    """Mail a link where the login is the e-mail address of an account that has a password; not again and again."""
    try:
        folded = fold_login(login)
    except UsageError:
        return
    by_login = f"mail:{login_key(folded)}"
    limits = (Limit(key=by_login, free=_MAILS_FREE), Limit(key=f"mail:{by_address}", free=_MAILS_FROM_ADDRESS))
    with site.engine.begin() as conn:
        waits = brakes.take(conn, *limits, now=now)
    with reader(site.engine) as conn:
        account = account_by_login(conn, folded)
    if waits or account is None or not account.active or not account.password_hash or "@" not in account.login:
        return
    act = Act(who=account.reference, at=now)
    with site.engine.begin() as conn:
        token = issue(conn, account, Purpose.RESET, act=act)
    words = translations(account.language)
    try:
        text = words.gettext(_TEXT) % {"link": link_address(site, token)}
        send(mail, account.login, words.gettext(_SUBJECT), text)
    except MailError as error:
        with site.engine.begin() as conn:
            note(conn, account, "mail failed", typed={"error": str(error)}, act=act)
