"""The home page, and a week in full."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlalchemy import Connection, RowMapping

from db.media_queries import videos_of
from publish.compose import PAGE_OF
from publish.wording import happening_title
from tracker.marks import marked
from vocab.media import PLATFORM_NAMES
from web.parameters import BillQuery, WeekQuery
from web.public import queries_bills, queries_findings, queries_site, queries_sittings, queries_week
from web.visit import Visit, VisitDep

router = APIRouter()
LATEST = 6


@router.get("/week")
def week(visit: VisitDep, wanted: Annotated[WeekQuery, Query()]) -> Response:
    """All that is known of one week, the present one where no day is given."""
    told = queries_week.week_with(visit.conn, wanted.day or visit.today, visit.today, queries_week.WHOLE)
    return visit.page(
        "week.html",
        week=told,
        titles=queries_findings.subject_titles(visit.conn, told.broken),
        videos=_videos(visit.conn, told.scheduled),
        **_words(visit),
    )


@router.get("/")
def home(visit: VisitDep) -> Response:
    """This week, the newest of everything, and how much there is."""
    told = visit.site.memory.recall(visit.conn, ("home", visit.today), lambda: _told(visit.conn, visit.today))
    return visit.page(
        "home.html",
        **told,
        **_words(visit),
        crawls=queries_site.last_crawls(visit.conn),
    )


def _words(visit: Visit) -> dict[str, Any]:
    """How happenings are told, and where they lead."""
    return {
        "headline": lambda one: happening_title(one.kind, one.title, one.day, one.facts, visit.lang),
        "page_of": PAGE_OF,
        "platform_names": PLATFORM_NAMES,
    }


def _told(conn: Connection, today: date) -> dict[str, Any]:
    """What the page tells of the data; the same until a stage ran, somebody decided or told something, or tomorrow."""
    findings, week = queries_findings.telling(conn, LATEST), queries_week.week_of(conn, today)
    around = queries_sittings.around(conn, today, LATEST)
    return {
        "totals": queries_site.totals(conn),
        "verdict_counts": queries_findings.counts(conn),
        **around,
        "videos": _videos(conn, [*around["coming"], *(week.scheduled if week else ())]),
        "bills": conn.execute(queries_bills.matching(conn, BillQuery()).limit(LATEST)).mappings().all(),
        "findings": findings,
        "titles": queries_findings.subject_titles(conn, [*findings, *(week.broken if week else ())]),
        "week": week,
    }


def _videos(conn: Connection, sittings: Iterable[RowMapping]) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The videos of coming sittings, by sitting; none of a sitting that was called off."""
    ids = {row["id"] for row in sittings}
    return videos_of(conn, ids - marked(conn, ids).keys())
