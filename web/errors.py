"""Pages for what went wrong, with the way out."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from db.engine import reader
from web.security import HEADERS
from web.site import Site
from web.visit import origin_kind, render, site_of


def add_error_pages(app: FastAPI) -> None:
    """Every error is told by a page of the site."""

    @app.exception_handler(HTTPException)
    def told(request: Request, error: HTTPException) -> HTMLResponse:
        return _page(request, error.status_code, error.headers)

    @app.exception_handler(RequestValidationError)
    def misread(request: Request, error: RequestValidationError) -> HTMLResponse:
        in_path = any(one["loc"][0] == "path" for one in error.errors())
        return _page(request, HTTPStatus.NOT_FOUND if in_path else HTTPStatus.UNPROCESSABLE_ENTITY)

    @app.exception_handler(Exception)
    def failed(request: Request, _error: Exception) -> HTMLResponse:
        return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR, HEADERS)


def _page(request: Request, status: int, headers: object = None) -> HTMLResponse:
    site = site_of(request)
    text = render(site, request, "error.html", origin=_origin(site), status=int(status))
    extra = dict(headers) if isinstance(headers, dict) else None
    return HTMLResponse(text, status_code=status, headers=extra)


def _origin(site: Site) -> str | None:
    """The banner must stand on error pages too, unless the database is what failed."""
    try:
        with reader(site.engine) as conn:
            return origin_kind(conn)
    except SQLAlchemyError:
        return None
