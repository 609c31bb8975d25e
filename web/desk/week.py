"""The coordinator's week: sittings, who observes them, what was sent, and what has to be applied for."""

from datetime import timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query
from fastapi.responses import Response
from sqlalchemy import Connection

from db.audit import Act
from tracker.week import duties
from tracker.week.sittings import Plan, move, plan_sitting
from vocab.bodies import Body
from vocab.roles import Role
from web.access import SignedIn, go, signed_in, staff_page
from web.desk.committees import committees
from web.desk.parameters import PlaceForm, PlanForm, WeekQuery
from web.desk.people import Staff
from web.desk.side_by_side import agreements
from web.desk.unplaced import unplaced
from web.desk.week_query import DAYS, applications, coming, monday_of, week
from web.desk.writing import written
from web.i18n import N_, translations
from web.visit import VisitDep

router = APIRouter(prefix="/desk/week")
CoordinatorDep = Annotated[SignedIn, Depends(signed_in(Role.COORDINATOR))]

_NO_COMMITTEE = N_("Choose which committee sits.")
_NO_SUCH_SITTING = N_("There is no such sitting any more. Load the page again.")
_TITLES = {Body.PLENARY: N_("Plenary sitting"), Body.COMMITTEE: N_("Sitting of the committee")}


@router.get("")
def this_week(visit: VisitDep, who: CoordinatorDep, wanted: Annotated[WeekQuery, Query()]) -> Response:
    """The week of a day, by default today's."""
    start = monday_of(wanted.start or visit.today)
    staff = Staff.of(visit.conn)
    sittings = week(visit.conn, start, visit.today, staff)
    return staff_page(
        visit,
        who,
        "desk/week.html",
        start=start,
        end=start + timedelta(days=DAYS - 1),
        before=start - timedelta(days=DAYS),
        after=start + timedelta(days=DAYS),
        today=visit.today,
        staff=staff,
        sittings=sittings,
        agreements=agreements(visit.conn, sittings),
        applications=applications(coming(visit.conn, visit.today, staff), visit.today),
        unplaced=unplaced(visit.conn),
        committees=committees(visit.conn),
        most=duties.MOST,
        back=f"/desk/week?from={start}",
    )


@router.post("/sittings")
def enter(visit: VisitDep, who: CoordinatorDep, form: Annotated[PlanForm, Form()]) -> Response:
    """Enter a sitting by hand."""
    committee = form.committee if form.body is Body.COMMITTEE else None
    if form.body is Body.COMMITTEE and not committee:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, _NO_COMMITTEE)
    plan = Plan(
        body=form.body,
        day=form.day,
        title=form.title or translations(who.language).gettext(_TITLES[form.body]),
        committee=committee,
        starts_at=form.starts_at,
        place=form.place,
        extraordinary=form.extraordinary,
    )
    key = written(visit.site, who, lambda conn, act: plan_sitting(conn, plan, act))
    return go(f"/desk/week?from={monday_of(form.day)}#{key}")


@router.post("/committees")
def choose(visit: VisitDep, who: CoordinatorDep, watched: Annotated[list[str] | None, Form()] = None) -> Response:
    """Choose the committees that are watched, out of those of record."""
    chosen = set(watched or ())
    wanted = {name: name in chosen for name, _, _ in committees(visit.conn)}
    written(visit.site, who, lambda conn, act: duties.watch(conn, wanted, act))
    return go("/desk/week#committees")


@router.post("/notes")
def place(visit: VisitDep, who: CoordinatorDep, form: Annotated[PlaceForm, Form()]) -> Response:
    """Put the notes of an unknown or cancelled sitting where they belong, those that are still to come too."""

    def work(conn: Connection, act: Act) -> None:
        move(conn, form.sitting, form.to, "notes placed", act)

    written(visit.site, who, work, _NO_SUCH_SITTING)
    return go("/desk/week#unplaced")
