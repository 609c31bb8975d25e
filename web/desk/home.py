"""What needs somebody today, by role; an observer's own week, and its private calendar."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path
from fastapi.responses import Response
from sqlalchemy import Connection

from db.audit import Act
from tracker.health.signs import State
from tracker.stored_media import quotes_waiting
from tracker.week.access import AccessState
from tracker.week.calendar_links import new_link, owner
from vocab.remarks import RemarkState
from vocab.roles import Role
from web.access import NO_STORE, SignedIn, signed_in, staff_page
from web.desk import remark_query, review_query
from web.desk.duties import calendar_of, own_duties
from web.desk.links_query import waiting
from web.desk.people import Staff
from web.desk.posts_query import waiting as posts_waiting
from web.desk.runs_query import open_count
from web.desk.unplaced import unplaced
from web.desk.week_query import applications, coming, planned, sittings_between
from web.desk.writing import written
from web.i18n import N_, translations
from web.site_health import health_of
from web.visit import Visit, VisitDep

router = APIRouter()
_SOON = timedelta(days=14)
_READERS = (Role.EDITOR, Role.RESEARCHER)
_PLACES = (Role.RESEARCHER, Role.OBSERVER, Role.COORDINATOR, Role.LAWYER, Role.EDITOR)
StaffDep = Annotated[SignedIn, Depends(signed_in(*_PLACES))]
ObserverDep = Annotated[SignedIn, Depends(signed_in(Role.OBSERVER))]
Token = Annotated[str, Path(pattern=r"^[\w-]{20,80}$")]
_CALENDAR_NAME = N_("Baikoo: my sittings")


@router.get("/desk")
def home(visit: VisitDep, who: StaffDep) -> Response:
    """What needs this person today."""
    return _home(visit, who)


@router.post("/desk/calendar")
def calendar_link(visit: VisitDep, who: ObserverDep) -> Response:
    """A new private address of the own calendar, shown on the answer only."""

    def work(conn: Connection, act: Act) -> str:
        return new_link(conn, who.user_id, act.at)

    return _home(visit, who, address=f"{visit.site.public_url}/duties/{written(visit.site, who, work)}.ics")


@router.get("/duties/{token}.ics")
def calendar(visit: VisitDep, token: Token) -> Response:
    """The duties of one observer, for whoever knows the address."""
    user_id = owner(visit.conn, token)
    if user_id is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    name = translations().gettext(_CALENDAR_NAME)
    body = calendar_of(visit.conn, user_id, name, visit.site.public_url, visit.today)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=NO_STORE)


def _home(visit: Visit, who: SignedIn, address: str | None = None) -> Response:
    staff = Staff.of(visit.conn)
    is_observer = Role.OBSERVER in who.roles
    return staff_page(
        visit,
        who,
        "desk/home.html",
        today=visit.today,
        now=datetime.now(UTC),
        staff=staff,
        duties=own_duties(visit.conn, who.user_id, visit.today, staff) if is_observer else None,
        week=_of_coordinator(visit, staff) if who.may(Role.COORDINATOR) else None,
        reviews_waiting=review_query.counts(visit.conn) if who.may(Role.LAWYER) else None,
        remarks_waiting=_remarks(visit) if who.may(Role.EDITOR, Role.LAWYER) else None,
        desk_waits=_of_editor(visit, who) if who.may(*_READERS) else None,
        address=address,
    )


def _remarks(visit: Visit) -> int:
    """How many reports of errors and replies are not decided yet."""
    number = remark_query.counts(visit.conn)
    return number[RemarkState.WAITING] + number[RemarkState.CHECKING]


def _of_editor(visit: Visit, who: SignedIn) -> dict[str, Any]:
    """What waits for an editor: posts, links, the quarantine, quotes, and what is red among the sources."""
    signs = health_of(visit.conn, datetime.now(UTC))
    return {
        "links": sum(waiting(visit.conn).values()),
        "quarantined": open_count(visit.conn),
        "posts": posts_waiting(visit.conn) if who.may(Role.EDITOR) else {},
        "quotes": quotes_waiting(visit.conn) if who.may(Role.EDITOR) else 0,
        "red": sum(sign.state is State.RED for sign in signs),
    }


def _of_coordinator(visit: Visit, staff: Staff) -> dict[str, Any]:
    """What a coordinator has to do: sittings without an observer, applications, observers who sent nothing, notes."""
    ahead = coming(visit.conn, visit.today, staff)
    soon = [one for one in ahead if one.row["day"] <= visit.today + _SOON]
    past = planned(
        visit.conn,
        sittings_between(visit.conn, visit.today - _SOON, visit.today - timedelta(days=1)),
        visit.today,
        staff,
    )
    due = (AccessState.DUE, AccessState.LATE)
    return {
        "soon": soon,
        "unwatched": [one for one in soon if one.is_watched and one.takes_place and not one.observers],
        "applications": [one for one in applications(ahead, visit.today) if one.access and one.access.state in due],
        "silent": [
            (one, observer)
            for one in past
            if one.takes_place
            for observer in one.observers
            if str(observer["id"]) not in one.sent
        ],
        "unplaced": unplaced(visit.conn),
    }
