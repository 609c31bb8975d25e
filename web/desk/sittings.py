"""One sitting on the desk: its observers, its marks, its application, and what was seen side by side."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from fastapi.responses import Response
from sqlalchemy import Connection

from db.audit import Act
from tracker.week import duties
from tracker.week.sittings import call_off, drop_plan, move, unmark
from web.access import go, safe_next, staff_page
from web.desk.parameters import AccessForm, MarkForm, ObserverForm
from web.desk.people import Staff
from web.desk.side_by_side import compared
from web.desk.unplaced import NEAR
from web.desk.week import CoordinatorDep
from web.desk.week_query import monday_of, planned, sittings_between
from web.desk.writing import STALE, written
from web.i18n import N_
from web.parameters import Id
from web.public.queries_sittings import sitting_by_id
from web.visit import Visit, VisitDep

router = APIRouter(prefix="/desk/sittings")

_FULL = N_("There are two observers already, or this person is no observer any more. Load the page again.")
_HAS_NOTES = N_("Observers wrote notes of it, so it cannot be dropped: mark it as called off or moved.")
_WHERE_TO = N_("Choose the sitting that it became; two sittings cannot become each other.")
Work = Callable[[Connection, Act], None]


@router.post("/{key}/observers")
def observers(visit: VisitDep, who: CoordinatorDep, key: Id, form: Annotated[ObserverForm, Form()]) -> Response:
    """Put an observer on a sitting, or take one off."""
    change = duties.assign if form.step == "add" else duties.relieve
    written(visit.site, who, lambda conn, act: change(conn, key, form.user_id, act), _FULL)
    return _back(visit, key, form.back)


@router.post("/{key}/mark")
def mark(visit: VisitDep, who: CoordinatorDep, key: Id, form: Annotated[MarkForm, Form()]) -> Response:
    """It was called off, it is another sitting now, it takes place after all, or it was entered by mistake."""
    works: dict[str, tuple[Work, str]] = {
        "cancelled": (lambda conn, act: call_off(conn, key, form.reason, act), STALE),
        "moved": (lambda conn, act: move(conn, key, form.to or "", form.reason, act), _WHERE_TO),
        "unmark": (lambda conn, act: unmark(conn, key, act), STALE),
        "drop": (lambda conn, act: drop_plan(conn, key, act), _HAS_NOTES),
    }
    work, refusal = works[form.step]
    written(visit.site, who, work, refusal)
    return _back(visit, key, form.back)


@router.post("/{key}/access")
def access(visit: VisitDep, who: CoordinatorDep, key: Id, form: Annotated[AccessForm, Form()]) -> Response:
    """The application for access was sent or answered today, or it was not sent after all."""
    today = visit.today
    works: dict[str, Work] = {
        "sent": lambda conn, act: duties.request_sent(conn, key, today, act),
        "back": lambda conn, act: duties.request_taken_back(conn, key, act),
    }

    def answered(conn: Connection, act: Act) -> None:
        duties.request_answered(conn, key, form.step, today, form.note, act)

    written(visit.site, who, works.get(form.step, answered))
    return _back(visit, key, form.back)


@router.get("/{key}")
def sitting(visit: VisitDep, who: CoordinatorDep, key: Id) -> Response:
    """What the official record and each observer say, side by side."""
    row = sitting_by_id(visit.conn, key)
    if row is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    staff = Staff.of(visit.conn)
    around = sittings_between(visit.conn, row["day"] - NEAR, row["day"] + NEAR)
    [one] = planned(visit.conn, [dict(row)], visit.today, staff)
    return staff_page(
        visit,
        who,
        "desk/sitting.html",
        planned=one,
        staff=staff,
        most=duties.MOST,
        today=visit.today,
        back=f"/desk/sittings/{key}",
        monday=monday_of(row["day"]),
        tables=compared(visit.conn, [key]),
        near=[other for other in around if other["id"] != key],
    )


def _back(visit: Visit, key: str, back: str) -> Response:
    """Where the form stood; at the sitting's own line of the week."""
    row = sitting_by_id(visit.conn, key)
    week = f"/desk/week?from={monday_of(row['day'])}" if row else "/desk/week"
    return go(f"{safe_next(back, week)}#{key}")
