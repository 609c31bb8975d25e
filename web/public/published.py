"""Feeds and calendars: files that publishing wrote, and nothing else of the disk."""

from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

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
    found = _inside(site_of(request).settings.public_dir / folder, path)
    if found is None:
        raise HTTPException(404)
    return cached(request, found.read_bytes(), _TYPES[found.suffix], seconds=_SECONDS)


def _inside(folder: Path, path: str) -> Path | None:
    """The published file of this name; None for what is hidden, of another kind, or outside of the folder."""
    if "\0" in path or any(part.startswith(".") for part in path.split("/")):
        return None
    found = (folder / path).resolve()
    is_ours = found.is_relative_to(folder.resolve()) and found.suffix in _TYPES
    return found if is_ours and found.is_file() else None
