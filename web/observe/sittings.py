"""Who is signed in on the form, and which sittings are to be observed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy import Connection, select

from db.batches import rows_where
from db.moves import follow, moves
from db.sessions import recovery_keys
from db.sittings import Sitting
from db.upsert import table_of
from db.users import User
from tracker.marks import marked
from tracker.week.duties import duties_of
from vocab.roles import Role
from web.access import SignedIn, needed_session, signed_in
from web.observe.agenda import package, seats_of
from web.observe.answers import refused, told
from web.parameters import Id
from web.visit import VisitDep

router = APIRouter(prefix="/observe/api")
AROUND = timedelta(days=7)
FRESH = timedelta(minutes=15)
ObserverDep = Annotated[SignedIn, Depends(signed_in(Role.OBSERVER, Role.COORDINATOR))]


@router.get("/me")
def me(request: Request, visit: VisitDep, who: ObserverDep) -> Response:
    """Who is signed in, the token for writing, and right after signing in the keys that open a locked phone."""
    session = needed_session(request)
    is_fresh = datetime.now(UTC) - session.created_at < FRESH
    user = {"id": str(who.user_id), "name": who.name, "login": who.login, "roles": sorted(who.roles)}
    keys = recovery_keys(visit.conn, who.user_id) if is_fresh else []
    return told({"user": user, "language": who.language, "csrf": who.csrf_token, "recovery_keys": keys})


@router.get("/sittings")
def sittings(visit: VisitDep, who: ObserverDep) -> Response:
    """Those assigned to me within a week, all of today, and where every sitting went that became another one."""
    table = table_of(Sitting)
    days = visit.today - AROUND, visit.today + AROUND
    query = select(table).where(table.c.day.between(*days)).order_by(table.c.day, table.c.starts_at, table.c.id)
    rows = [dict(row) for row in visit.conn.execute(query).mappings()]
    shown = _with_observers(visit.conn, rows, who.user_id)
    listed = [one for one, row in shown if one["assigned"] or row["day"] == visit.today]
    now_at = moves(visit.conn)
    return told({"sittings": listed, "moved": {one: follow(now_at, one) for one in now_at}})


@router.get("/sittings/{key}")
def sitting(visit: VisitDep, who: ObserverDep, key: Id) -> Response:
    """Everything that the form needs of it without a network."""
    rows = rows_where(visit.conn, Sitting, "id", [key])
    if not rows:
        return refused(HTTPStatus.NOT_FOUND, "unknown_sitting")
    [(about, row)] = _with_observers(visit.conn, rows, who.user_id)
    return told({"sitting": {**about, **seats_of(row)}, **package(visit.conn, row)})


def _with_observers(
    conn: Connection, rows: Sequence[Mapping[str, Any]], user_id: int
) -> list[tuple[dict[str, Any], Mapping[str, Any]]]:
    """Sittings as the form shows them, beside their rows."""
    ids = [row["id"] for row in rows]
    duties, off, now_at = duties_of(conn, ids), marked(conn, ids), moves(conn)
    on_any = {user for own in duties.values() for user in own}
    users = {user["id"]: user["name"] for user in rows_where(conn, User, "id", on_any)}
    shown = []
    for row in rows:
        on_duty = duties.get(row["id"], [])
        names = [users[one] for one in on_duty if one in users]
        is_off = row["cancelled"] or row["id"] in off
        moved_to = follow(now_at, row["id"]) if row["id"] in now_at else None
        of_people = {"assigned": user_id in on_duty, "observers": names}
        shown.append((_shown(row) | of_people | {"cancelled": is_off, "moved_to": moved_to}, row))
    return shown


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    plain = ("id", "title", "body", "committee", "place", "extraordinary")
    starts_at = row["starts_at"]
    return {
        **{name: row[name] for name in plain},
        "day": row["day"].isoformat(),
        "starts_at": starts_at.strftime("%H:%M") if starts_at else None,
    }
