"""Pages for what went wrong, with the way out."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from db.engine import reader
from web.access import NO_STORE, Elsewhere, go
from web.languages import language_of, place_of
from web.security import HEADERS
from web.site import Site
from web.visit import PROGRAMS, origin_kind, render, site_of

_LONGEST = 100
_NUMBER = re.compile(r"n-(\d+)-(\d+)-(\d+)")
_NO_WORD = re.compile(r"[^\w]|_")


def add_error_pages(app: FastAPI) -> None:
    """Every error is told by a page of the site."""

    @app.exception_handler(HTTPException)
    def told(request: Request, error: HTTPException) -> Response:
        if is_for_programs(request):
            return problem(error.status_code, str(error.detail), error.headers)
        if isinstance(error, Elsewhere):
            return go(error.address)
        return _page(request, error.status_code, error.headers, _reason(error))

    @app.exception_handler(RequestValidationError)
    def misread(request: Request, error: RequestValidationError) -> Response:
        in_path = any(one["loc"][0] == "path" for one in error.errors())
        if is_for_programs(request):
            status = HTTPStatus.NOT_FOUND if in_path else HTTPStatus.UNPROCESSABLE_ENTITY
            fields = [{"field": _field(one), "detail": one["msg"]} for one in error.errors()]
            return problem(status, "; ".join(_misread(one) for one in error.errors()), errors=fields)
        return _page(request, HTTPStatus.NOT_FOUND if in_path else HTTPStatus.UNPROCESSABLE_ENTITY)

    @app.exception_handler(Exception)
    def failed(request: Request, _error: Exception) -> Response:
        if is_for_programs(request):
            return problem(HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.INTERNAL_SERVER_ERROR.phrase, HEADERS)
        return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR, HEADERS)


def is_for_programs(request: Request) -> bool:
    """True for what a program asks, the observer's app before all: it is answered in JSON and never sent elsewhere."""
    return request.url.path.startswith(PROGRAMS) or "application/json" in request.headers.get("accept", "")


def problem(status: int, detail: str, headers: object = None, **more: Any) -> Response:
    """What went wrong, for programs (RFC 9457); `more` are members of our own: `errors` name fields."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status), "detail": detail, **more}
    extra = NO_STORE | (dict(headers) if isinstance(headers, dict) else {})
    return JSONResponse(told, status_code=status, headers=extra, media_type="application/problem+json")


def _field(error: Mapping[str, Any]) -> str:
    """The name of a parameter, without where it stood."""
    return ".".join(map(str, error["loc"][1:] or error["loc"]))


def _misread(error: Mapping[str, Any]) -> str:
    return f"{'.'.join(map(str, error['loc']))}: {error['msg']}"


def _reason(error: HTTPException) -> str | None:
    """What we said ourselves, not the name of the status."""
    return None if error.detail == HTTPStatus(error.status_code).phrase else error.detail


def _page(request: Request, status: int, headers: object = None, reason: str | None = None) -> HTMLResponse:
    site = site_of(request)
    told = {"status": int(status), "reason": reason, "guess": _guess(place_of(request.url.path))}
    text = render(site, request, "error.html", origin=_origin(site), lang=language_of(request), **told)
    extra = dict(headers) if isinstance(headers, dict) else None
    return HTMLResponse(text, status_code=status, headers=extra)


def _guess(place: str) -> str:
    """What may have been looked for: the words of an address's last part, or the number of a bill by its id."""
    last = place.rpartition("/")[2][:_LONGEST]
    number = _NUMBER.fullmatch(last)
    return "{}-{}/{}".format(*number.groups()) if number else " ".join(_NO_WORD.sub(" ", last).split())


def _origin(site: Site) -> str | None:
    """The banner must stand on error pages too, unless the database is what failed."""
    try:
        with reader(site.engine) as conn:
            return origin_kind(conn)
    except SQLAlchemyError:
        return None
