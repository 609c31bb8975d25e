"""Who asks, and whether they may.

`signed_in(Role.LAWYER)` in a route's signature lets lawyers and admins in; every write behind it carries the token of
`web.csrf`. A page sends the others to the sign-in; an address of a program (`is_for_programs`) answers 401 or 403.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from db.audit import user_reference
from db.engine import reader, try_write
from db.sessions import Session, is_stale, session_of, touch
from vocab.roles import Role, may
from web.cookies import remember_visit, session_token
from web.csrf import CsrfDep, csrf_token
from web.i18n import N_
from web.navigation import places
from web.visit import Visit, site_of

SIGN_IN, CODE, SET_UP = "/sign-in", "/sign-in/code", "/account/second-factor"
NO_STORE = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}

_NOT_SIGNED_IN = N_("Sign in first.")
_CODE_MISSING = N_("The second factor is missing: sign in with your code.")
_NOT_SET_UP = N_("Your role needs a second factor: set it up first.")
_NOT_YOURS = N_("Your roles do not allow this. Ask an admin where they should.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody who is signed in, all factors shown that their roles ask for."""

    user_id: int
    login: str
    name: str
    roles: frozenset[Role]
    language: str
    session_id: int
    csrf_token: str

    @property
    def reference(self) -> str:
        """How the audit log and decisions name the person."""
        return user_reference(self.user_id)

    def may(self, *wanted: Role) -> bool:
        """True for an admin and for one of the roles."""
        return may(self.roles, wanted)


class Elsewhere(HTTPException):
    """A page that is not for this visitor yet; `address` is where to go first."""

    def __init__(self, status: HTTPStatus, detail: str, address: str) -> None:
        super().__init__(status, detail)
        self.address = address


def signed_in(*roles: Role) -> Callable[..., SignedIn]:
    """A dependency: somebody with one of the roles, or anybody signed in where none is named; an admin always.

    Raises Elsewhere (401) without a session or a factor of it, HTTPException 403 without the role.
    """

    def dependency(request: Request, _written_by_us: CsrfDep) -> SignedIn:
        session = proven_session(request)
        account = session.account
        if account.needs_second_factor and not account.totp_secret:
            raise Elsewhere(HTTPStatus.UNAUTHORIZED, _NOT_SET_UP, SET_UP)
        if not may(account.roles, roles):
            raise HTTPException(HTTPStatus.FORBIDDEN, _NOT_YOURS)
        return known_as(request, session)

    return dependency


SomebodyDep = Annotated[SignedIn, Depends(signed_in())]
"""Anybody who is signed in."""


def needed_session(request: Request) -> Session:
    """The session, whatever factors it lacks. Raises Elsewhere (401) where there is none."""
    session = session_by_cookie(request)
    if session is None:
        raise Elsewhere(HTTPStatus.UNAUTHORIZED, _NOT_SIGNED_IN, _with_way_back(request, SIGN_IN))
    return session


def proven_session(request: Request) -> Session:
    """The session, with the second factor shown where one is set up. Raises Elsewhere (401) where that is missing."""
    session = needed_session(request)
    if session.account.totp_secret and session.second_factor_at is None:
        raise Elsewhere(HTTPStatus.UNAUTHORIZED, _CODE_MISSING, _with_way_back(request, CODE))
    return session


def session_by_cookie(request: Request) -> Session | None:
    """The session that the cookie leads to, while its row stands; looked up anew by every request."""
    token = session_token(request)
    if token is None:
        return None
    engine, now = site_of(request).engine, datetime.now(UTC)
    with reader(engine) as conn:
        session = session_of(conn, token, now)
    if session and is_stale(session, now):
        try_write(engine, lambda conn: touch(conn, session.id, now))
    return session


def known_as(request: Request, session: Session) -> SignedIn:
    """The person of a session, as pages know them."""
    account = session.account
    return SignedIn(
        user_id=account.id,
        login=account.login,
        name=account.name,
        roles=account.roles,
        language=account.language,
        session_id=session.id,
        csrf_token=csrf_token(request),
    )


def staff_page(visit: Visit, who: SignedIn, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page for one person, in their language; no cache keeps it. `who` is known in the template."""
    known: dict[str, Any] = {"who": who, "csrf_token": who.csrf_token, "places": places(visit.request, who.roles)}
    return no_store(visit.text(template, lang=who.language, **known, **values), status)


def guest_page(visit: Visit, template: str, *, lang: str, status: int = 200, **values: Any) -> Response:
    """A page with a form for somebody who is not signed in; call `web.cookies.begin_visit` before.

    Gives the browser the cookie that the form's token belongs to.
    """
    text = visit.text(template, lang=lang, who=None, places=[], csrf_token=csrf_token(visit.request), **values)
    response = no_store(text, status)
    remember_visit(visit.request, response)
    return response


def no_store(text: str, status: int = 200) -> Response:
    """A page that no cache keeps and whose address no other site learns."""
    return Response(text, status_code=status, media_type="text/html; charset=utf-8", headers=NO_STORE)


def go(address: str) -> Response:
    """After a write: to a page that can be loaded again without writing again."""
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER, headers=NO_STORE)


def safe_next(wanted: str | None, otherwise: str) -> str:
    """An address of this site to go to; anything that a browser could take for another site is `otherwise`."""
    plain = wanted and wanted.isprintable() and wanted.startswith("/") and not wanted.startswith("//")
    return wanted if wanted and plain and "\\" not in wanted else otherwise


def _with_way_back(request: Request, address: str) -> str:
    """The address, and what was asked for to come back to: only what can be asked for again."""
    if request.method != "GET":
        return address
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{address}?next={quote(request.url.path + query, safe='/')}"
