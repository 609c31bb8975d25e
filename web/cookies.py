"""The two cookies: of the session, and of a visit before it. Signed, out of reach of scripts and of other sites.

What a cookie says is never believed alone: a session's token leads to a row that decides (`db.sessions`).
"""

import secrets
from datetime import timedelta

from fastapi import Request
from fastapi.responses import Response
from itsdangerous import BadSignature, Signer

from db.sessions import LONGEST
from web.site import Site
from web.visit import site_of

_SESSION, _VISIT = "baikoo_session", "baikoo_visit"
_VISIT_LIFE = timedelta(days=1)


def session_token(request: Request) -> str | None:
    """The token of the session cookie, where its signature is ours."""
    return _read(request, _SESSION)


def cookie(request: Request) -> str | None:
    """What this browser is known by: its session, else its visit, else nothing.

    A visit that began with this very request is known to it too (`begin_visit`).
    """
    begun: str | None = getattr(request.state, "begun_visit", None)
    return session_token(request) or _read(request, _VISIT) or begun


def begin_visit(request: Request) -> None:
    """Make sure that a form shown to somebody who is not signed in can carry a token; see `remember_visit`."""
    if cookie(request) is None:
        request.state.begun_visit = secrets.token_urlsafe(16)


def remember_visit(request: Request, response: Response) -> None:
    """Give the browser the visit that began with this request."""
    begun: str | None = getattr(request.state, "begun_visit", None)
    if begun:
        _write(site_of(request), response, _VISIT, begun, _VISIT_LIFE)


def remember_session(request: Request, response: Response, token: str) -> None:
    """Give the browser its session."""
    _write(site_of(request), response, _SESSION, token, LONGEST)


def forget_session(request: Request, response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(_name(site_of(request), _SESSION), path="/")


def _write(site: Site, response: Response, name: str, value: str, life: timedelta) -> None:
    response.set_cookie(
        _name(site, name),
        _signer(site, name).sign(value).decode(),
        max_age=int(life.total_seconds()),
        path="/",
        secure=site.is_https,
        httponly=True,
        samesite="lax",
    )


def _read(request: Request, name: str) -> str | None:
    site = site_of(request)
    signed = request.cookies.get(_name(site, name))
    if not signed:
        return None
    try:
        return _signer(site, name).unsign(signed).decode()
    except (BadSignature, UnicodeError):
        return None


def _name(site: Site, name: str) -> str:
    """`__Host-` keeps a neighbouring host from planting a cookie of this name; browsers want https for it."""
    return f"__Host-{name}" if site.is_https else name


def _signer(site: Site, name: str) -> Signer:
    return Signer(site.keys.cookies, salt=name, key_derivation="hmac", digest_method=site.keys.digest)
