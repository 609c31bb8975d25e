"""Feeds and calendars: files that publishing wrote, and nothing else of the disk.

They stand below their language (`/feeds/ky/all.atom`); the address without one is the Russian, as it always was.
"""

from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from vocab.languages import DEFAULT_LANGUAGE, LANGUAGES
from web.answers import cached
from web.visit import site_of

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


@router.get("/calendar/{path:path}")
def calendar(request: Request, path: str) -> Response:
    """A calendar."""
    return _file(request, "calendar", path)


def _file(request: Request, folder: str, path: str) -> Response:
    lang, _, rest = path.partition("/")
    place = f"{folder}/{path}" if rest and lang in LANGUAGES else f"{folder}/{DEFAULT_LANGUAGE}/{path}"
    found = site_of(request).published(place)
    if found is None or found.suffix not in _TYPES:
        raise HTTPException(404)
    return cached(request, content_of(found), _TYPES[found.suffix], seconds=_SECONDS)


def content_of(path: Path) -> bytes:
    """The bytes of a published file; they stay in memory until the file is another one."""
    told = path.stat()
    return _content(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=512)
def _content(path: Path, _written: int, _size: int) -> bytes:
    return path.read_bytes()
