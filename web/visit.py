"""One request: a connection that only reads, and the page made with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import Response
from sqlalchemy import Connection, select
from sqlmodel import col

from db.engine import reader
from db.runs import Origin
from vocab.dates import BISHKEK
from web.answers import cached
from web.languages import language_of, place_of
from web.public import subjects
from web.public.queries_remarks import corrections_of
from web.site import Site

PAGE_SECONDS = 60
_VISITS = 10
"""So many read at once. The database gives fifteen connections: the rest is for what a visit looks up and writes."""

PROGRAMS = ("/api/", "/observe/api/")
"""Addresses that programs ask, and people never open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a route works with."""

    request: Request
    site: Site
    conn: Connection

    @property
    def today(self) -> date:
        """The day in Bishkek."""
        return datetime.now(BISHKEK).date()

    @property
    def lang(self) -> str:
        """The language of the address."""
        return language_of(self.request)

    def text(self, template: str, *, lang: str | None = None, **values: Any) -> str:
        """The words of a page, with the banner that the database's origin asks for."""
        return render(
            self.site, self.request, template, lang=lang or self.lang, origin=origin_kind(self.conn), **values
        )

    def page(self, template: str, **values: Any) -> Response:
        """A page for everybody, which caches may keep."""
        named = subjects.named(place_of(self.request.url.path))
        corrected = corrections_of(self.conn, *named) if named else ()
        text = self.text(template, corrected=corrected, can_be_wrong=named is not None, **values)
        return cached(self.request, text.encode(), "text/html; charset=utf-8", seconds=PAGE_SECONDS)


def render(site: Site, request: Request, template: str, *, lang: str, **values: Any) -> str:
    """The text of a page.

    Every template knows `site`, `path`, `place` (the path without its language), `url_query` (what stands behind it),
    `can_be_wrong` (true of a page about one dossier, finding or rule) and `corrected`, what was corrected of it.
    """
    url = request.url
    nothing = {"corrected": (), "can_be_wrong": False}
    known = {"path": url.path, "place": place_of(url.path), "url_query": f"?{url.query}" if url.query else ""}
    return site.templates(lang).get_template(template).render(**{"site": site, **nothing, **known, **values})


def origin_kind(conn: Connection) -> str | None:
    """live, replay or demonstration; None before the first crawl."""
    return conn.execute(select(col(Origin.kind))).scalar()


def site_of(request: Request) -> Site:
    """The one site of this application."""
    site: Site = request.app.state.site
    return site


def _visit(request: Request) -> Iterator[Visit]:
    site = site_of(request)
    with reader(site.engine) as conn:
        yield Visit(request=request, site=site, conn=conn)


VisitDep = Annotated[Visit, Depends(_visit, scope="function", max_concurrency=_VISITS)]
"""Whoever finds all places taken waits without a thread: with all threads waiting for connections, those who have one
would find no thread to go on. It is given back when the page is made: a slow reader keeps no connection.
"""
