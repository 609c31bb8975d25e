"""For machines: health, robots, the icon."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse
from sqlalchemy.exc import SQLAlchemyError

from db.engine import reader
from db.migrate import is_current
from web.public.queries_site import last_crawls
from web.rendering import STATIC
from web.site import Site
from web.visit import site_of

router = APIRouter()
_ROBOTS = "User-agent: *\nDisallow: /evidence/\nAllow: /\n"


@router.get("/healthz")
def health(request: Request) -> JSONResponse:
    """200 where the database answers and has the shape that the code needs, else 503."""
    told = _health(site_of(request))
    well = told["database"] == "ok" and told["schema"] == "current"
    return JSONResponse(told, status_code=200 if well else 503, headers={"Cache-Control": "no-store"})


def _health(site: Site) -> dict[str, Any]:
    try:
        current = is_current(site.engine.execution_options(readonly=True))
        if not current:
            return {"database": "ok", "schema": "outdated", "crawls": []}
        with reader(site.engine) as conn:
            crawls = [_as_json(one) for one in last_crawls(conn)]
    except SQLAlchemyError:
        return {"database": "unreachable", "schema": "unknown", "crawls": []}
    return {"database": "ok", "schema": "current", "crawls": crawls}


def _as_json(crawl: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in crawl.items()}


@router.get("/robots.txt")
def robots(request: Request) -> PlainTextResponse:
    """Everything may be read; archived pages belong to their sources and are not to be indexed here."""
    return PlainTextResponse(f"{_ROBOTS}Sitemap: {site_of(request).public_url}/sitemap.xml\n")


@router.get("/favicon.ico")
def icon() -> FileResponse:
    """The icon, for those who ask for it by its old name."""
    return FileResponse(STATIC / "favicon.svg", media_type="image/svg+xml")
