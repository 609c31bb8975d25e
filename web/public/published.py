"""Feeds and calendars: files that publishing wrote, and nothing else of the disk; a bill's calendar is made at once.

They stand below their language (`/feeds/ky/all.atom`); the address without one is the Russian, as it always was.
"""

from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from db.engine import reader
from publish.lapsing import lapsed
from publish.making import bill_calendar
from vocab.languages import DEFAULT_LANGUAGE, LANGUAGES
from web.answers import cached
from web.parameters import Id
from web.public.following import lapsed_page
from web.visit import Visit, VisitDep, site_of

router = APIRouter()
_SECONDS = 300
_TYPES = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
}


@router.get("/feeds/{path:path}")
def feed(request: Request, path: str) -> Response:
    """A feed."""
    return _file(request, "feeds", path)


@router.get("/calendar/{lang}/bill/{key}.ics")
def calendar_of_bill(visit: VisitDep, lang: str, key: Id) -> Response:
    """The days on which a bill stands on an agenda."""
    made = bill_calendar(visit.conn, key, visit.site.public_url, lang) if lang in LANGUAGES else None
    if made is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return cached(visit.request, made, _TYPES[".ics"], seconds=_SECONDS)


@router.get("/calendar/{path:path}")
def calendar(request: Request, path: str) -> Response:
    """A calendar."""
    return _file(request, "calendar", path)


def _file(request: Request, folder: str, path: str) -> Response:
    lang, _, rest = path.partition("/")
    place = f"{folder}/{path}" if rest and lang in LANGUAGES else f"{folder}/{DEFAULT_LANGUAGE}/{path}"
    found = site_of(request).published(place)
    if found is None or found.suffix not in _TYPES:
        return _gone(request, place)
    answer = cached(request, content_of(found), _TYPES[found.suffix], seconds=_SECONDS)
    public = site_of(request).public
    if folder == "feeds" and public.hub:  # W3C WebSub, section 4: headers come before links in the feed
        answer.headers["Link"] = f'<{public.hub}>; rel="hub", <{public.public_url}/{place}>; rel="self"'
    if "/search/" in place:
        answer.background = site_of(request).asked.note(site_of(request).engine, found.stem)
    return answer


def _gone(request: Request, place: str) -> Response:
    """410 for what a list that lapsed had, with the way to follow it again. Raises HTTPException (404) for the rest."""
    _, lang, *rest = place.split("/")
    with reader(site_of(request).engine) as conn:
        one = lapsed(conn, rest[1].partition(".")[0]) if len(rest) > 1 and rest[0] == "search" else None
        if one is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        visit = Visit(request=request, site=site_of(request), conn=conn)
        return lapsed_page(visit, one, lang)


def content_of(path: Path) -> bytes:
    """The bytes of a published file; they stay in memory until the file is another one."""
    told = path.stat()
    return _content(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=512)
def _content(path: Path, _written: int, _size: int) -> bytes:
    return path.read_bytes()
