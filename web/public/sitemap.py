"""The map of the site for search engines: an index, and parts with pages in every language (sitemaps.org).

It names the lists, and what they lead to by thousands; committees, factions and rules are found by their lists.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response
from sqlalchemy import func, select
from sqlmodel import SQLModel

from db.bills import Bill
from db.happenings import Happening
from db.people import Person
from db.sittings import Sitting
from db.upsert import table_of
from tracker.judging import Rules
from vocab.languages import LANGUAGES
from web.answers import cached
from web.pictures.kinds import KINDS
from web.public.committees import known_committees
from web.public.factions import known_factions
from web.public.queries_findings import shown_findings
from web.visit import Visit, VisitDep

router = APIRouter()
PART = 5_000
"""Dossiers of one part: in three languages a third of the 50,000 addresses that a part may have."""

_SECONDS = 3_600
_DOSSIERS: Mapping[str, tuple[str, type[SQLModel]]] = {
    "bills": ("bill", Bill),
    "sittings": ("sitting", Sitting),
    "persons": ("person", Person),
}
_FINDINGS = "findings"
_LISTS = (
    *("", "week", "bills", "sittings", "calendar", "persons", "committees", "factions", "transfers"),
    *("findings", "rules", "pictures", "corrections", "follow", "data", "data/api", "data/downloads", "privacy"),
)
_TELLING = {"bills": "bill", "sittings": "sitting", "persons": "person"}
"""Lists that change when something happens to one of their kind; the first page changes with anything."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

Page = tuple[str, datetime | None]


@router.get("/sitemap.xml")
def index(visit: VisitDep) -> Response:
    """All parts."""
    names = ["lists-1"]
    for kind in (*_DOSSIERS, _FINDINGS):
        names += [f"{kind}-{number}" for number in range(1, -(-_number(visit, kind) // PART) + 1)]
    home = visit.site.public_url
    parts = "".join(f"<sitemap><loc>{escape(home)}/sitemap/{name}.xml</loc></sitemap>\n" for name in names)
    return _xml(visit, f"<sitemapindex {_SPACE}>\n{parts}</sitemapindex>\n")


@router.get("/sitemap/{kind}-{number:int}.xml")
def part(visit: VisitDep, kind: str, number: int) -> Response:
    """Some pages; 404 for a part that there is not."""
    first = (number - 1) * PART
    if number < 1 or first > 1_000 * PART:
        raise HTTPException(404)
    pages = list(_pages(visit, kind, first))
    if not pages:
        raise HTTPException(404)
    lines = "".join(line for page in pages for line in _entries(visit.site.public_url, page))
    return _xml(visit, f'<urlset {_SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{lines}</urlset>\n')


def _xml(visit: Visit, text: str) -> Response:
    return cached(visit.request, f"{_HEAD}{text}".encode(), "application/xml; charset=utf-8", seconds=_SECONDS)


def _number(visit: Visit, kind: str) -> int:
    query = shown_findings().order_by(None) if kind == _FINDINGS else select(table_of(_DOSSIERS[kind][1]))
    return visit.conn.execute(query.with_only_columns(func.count())).scalar_one()


def _pages(visit: Visit, kind: str, first: int) -> Iterator[Page]:
    """Permanent addresses, each with the moment at which we last knew something new."""
    if kind == "lists":
        yield from _lists(visit) if first == 0 else ()
    elif kind == _FINDINGS:
        found = shown_findings().subquery().c
        query = select(found.id, found.computed_at).order_by(found.id).offset(first).limit(PART)
        yield from ((f"/{kind}/{quote(key)}", moment) for key, moment in visit.conn.execute(query))
    elif kind in _DOSSIERS:
        subject, model = _DOSSIERS[kind]
        happening, column = table_of(Happening).c, table_of(model).c.id
        some = select(column).order_by(column).offset(first).limit(PART).subquery().c
        last = select(func.max(happening.seen_at)).where(
            happening.subject_kind == subject, happening.subject_id == some.id
        )
        query = select(some.id, last.scalar_subquery()).order_by(some.id)
        yield from ((f"/{kind}/{quote(key)}", moment) for key, moment in visit.conn.execute(query))


def _lists(visit: Visit) -> Iterator[Page]:
    """The lists, and the pages of which there are a few dozen; of some it is known when they changed."""
    told = table_of(Happening).c
    rows = visit.conn.execute(
        select(told.subject_kind, func.max(told.seen_at).label("seen")).group_by(told.subject_kind)
    )
    newest: dict[str, datetime] = {row.subject_kind: row.seen for row in rows}
    yield "/", max(newest.values(), default=None)
    yield from ((f"/{name}", newest.get(_TELLING.get(name, ""))) for name in _LISTS if name)
    few: dict[str, Iterable[str]] = {
        "committees": known_committees(visit),
        "factions": known_factions(visit),
        "rules": dict.fromkeys(rule.id for rule in Rules.load().book.rules),
        "pictures": KINDS,
    }
    yield from ((f"/{name}/{quote(key)}", None) for name, keys in few.items() for key in keys)


def _entries(home: str, page: Page) -> Iterator[str]:
    """A page in each language, each naming all of them."""
    place, moment = page
    addresses = {lang: escape(f"{home}/{lang}{place}", {'"': "&quot;"}) for lang in LANGUAGES}
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{address}"/>' for lang, address in addresses.items()
    )
    changed = f"<lastmod>{moment:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if moment else ""
    for address in addresses.values():
        yield f"<url><loc>{address}</loc>{changed}{others}</url>\n"
