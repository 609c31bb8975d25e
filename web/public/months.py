"""The calendar: a month of sittings, and days that bills have to keep or are talked about on."""

from calendar import Calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any

from babel.dates import get_day_names
from fastapi import APIRouter, Query
from fastapi.responses import Response

from vocab.bodies import Body
from web.parameters import FIRST_YEAR, LAST_YEAR, MonthQuery
from web.public import queries_months, queries_sittings
from web.visit import VisitDep

router = APIRouter(prefix="/calendar")
_WEEK = range(7)  # Monday is the first day in all three languages


@router.get("")
def month(visit: VisitDep, wanted: Annotated[MonthQuery, Query()]) -> Response:
    """A month as a table of weeks, on a phone as a list; without a year and month, the present one."""
    year, number = wanted.year or visit.today.year, wanted.month or visit.today.month
    weeks = Calendar().monthdatescalendar(year, number)
    first = date(year, number, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    there = queries_months.sittings_between(visit.conn, first, after, wanted.body, wanted.committee)
    days = queries_months.days_of_bills(visit.conn, first, after) if not (wanted.body or wanted.committee) else []
    before = first - timedelta(days=1)
    choices = queries_sittings.choices(visit.conn)
    return visit.page(
        "month.html",
        wanted=wanted,
        first=first,
        today=visit.today,
        weeks=weeks,
        weekdays=[get_day_names("abbreviated", "stand-alone", locale=visit.lang)[day] for day in _WEEK],
        by_day=_by_day([*there, *days]),
        sittings=there,
        marks=queries_months.marks_of(visit.conn, [row["id"] for row in there]),
        before=before if before.year >= FIRST_YEAR else None,
        after=after if after.year <= LAST_YEAR else None,
        nearest=() if there or days else queries_months.nearest(visit.conn, first, after),
        years=sorted({year, visit.today.year, *choices["years"]}, reverse=True),
        committees=choices["committees"],
        bodies=list(Body),
        calendar=visit.site.calendar(visit.lang, wanted.committee),
    )


def _by_day(rows: Iterable[Any]) -> dict[date, list[Any]]:
    found: dict[date, list[Any]] = {}
    for row in rows:
        found.setdefault(row["day"], []).append(row)
    return found
