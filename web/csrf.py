"""That a write comes from one of our own pages: they know a token, and the browser says where it was sent from."""

import hmac
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request

from web.cookies import cookie
from web.i18n import N_
from web.visit import PROGRAMS, site_of

FIELD, HEADER = "csrf_token", "X-CSRF-Token"
STRANGER = N_("This form is too old, or it was not sent from our page. Go back, load the page anew and send it again.")

_SAFE = {"GET", "HEAD", "OPTIONS"}
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_OWN = {"same-origin", "none"}


def csrf_token(request: Request) -> str:
    """The token of this browser, bound to its session or to its visit before that; "" for one without cookies."""
    known = cookie(request)
    return token_for(site_of(request).keys.csrf, known) if known else ""


def token_for(key: bytes, known: str) -> str:
    """The token that belongs to what a cookie holds."""
    return hmac.new(key, known.encode(), sha256).hexdigest()


async def checked(request: Request) -> None:
    """Let reading pass, and a write with the right token from our own origin.

    A form carries the token as `csrf_token`, everything else as the header X-CSRF-Token. Raises HTTPException 403.
    """
    if request.method in _SAFE:
        return
    wanted = csrf_token(request)
    if not (wanted and _is_own_origin(request) and hmac.compare_digest(wanted, await _given(request))):
        raise HTTPException(HTTPStatus.FORBIDDEN, STRANGER)


CsrfDep = Annotated[None, Depends(checked)]


async def _given(request: Request) -> str:
    given = request.headers.get(HEADER)
    if given is None and _is_form(request):
        field = (await request.form()).get(FIELD)
        given = field if isinstance(field, str) else None
    return given if given and given.isascii() else ""


def _is_form(request: Request) -> bool:
    """A page's form. A program's body is its own, whatever it says to be: who reads it here takes it from its route."""
    is_page = not request.url.path.startswith(PROGRAMS)
    return is_page and request.headers.get("content-type", "").startswith(_FORMS)


def _is_own_origin(request: Request) -> bool:
    """By what the browser says itself and a page cannot forge; old browsers and programs say nothing."""
    fetched = request.headers.get("sec-fetch-site")
    if fetched is not None:
        return fetched in _OWN
    origin = request.headers.get("origin")
    if origin is None:
        return True
    ours = {request.headers.get("host", ""), urlsplit(site_of(request).public_url).netloc}
    return urlsplit(origin).netloc in ours
