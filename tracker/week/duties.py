"""Who observes what: duties, watched committees, applications for access. The transaction is the caller's."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from db.audit import Act, append, take_audit_turn
from db.batches import delete_where, rows_where
from db.moves import former, moves
from db.planning import AccessRequest, Duty, WatchedCommittee
from db.upsert import table_of, upsert
from db.users import User
from tracker.places import refuse_unknown_sitting
from vocab.errors import UsageError
from vocab.ids import committee_id
from vocab.roles import Role

MOST = 2
"""Observers at one sitting: two see more than one, a third is missing elsewhere."""

GRANTED, REFUSED = "granted", "refused"


def assign(conn: Connection, sitting: str, user_id: int, act: Act) -> None:
    """Ask an observer to be at a sitting. Raises UsageError for no sitting, no observer, and for a third one."""
    take_audit_turn(conn)
    refuse_unknown_sitting(conn, sitting)
    users = rows_where(conn, User, "id", [user_id])
    if not any(user["active"] and Role.OBSERVER in user["roles"] for user in users):
        raise UsageError(f"account {user_id} is not an active observer")
    there = duties_of(conn, [sitting]).get(sitting, [])
    if user_id in there:
        return
    if len(there) >= MOST:
        raise UsageError(f"{sitting} has {MOST} observers already: take one off first")
    row = {"sitting_id": sitting, "user_id": user_id, "assigned_by": act.who, "assigned_at": act.at}
    upsert(conn, Duty, [row], key=("sitting_id", "user_id"))
    append(conn, act, action="observer assigned", target=f"sitting:{sitting}", detail={"observer": user_id})


def relieve(conn: Connection, sitting: str, user_id: int, act: Act) -> None:
    """Take an observer off a sitting; one who is not on it changes nothing."""
    take_audit_turn(conn)
    if user_id not in duties_of(conn, [sitting]).get(sitting, ()):
        return
    delete_where(conn, Duty, "sitting_id", former(moves(conn), [sitting]), user_id=user_id)
    append(conn, act, action="observer taken off", target=f"sitting:{sitting}", detail={"observer": user_id})


def duties_of(conn: Connection, sittings: Collection[str]) -> dict[str, list[int]]:
    """The observers of these sittings, those included who were asked when it had another day."""
    now_at = former(moves(conn), sittings)
    found: dict[str, set[int]] = {}
    for row in rows_where(conn, Duty, "sitting_id", now_at):
        found.setdefault(now_at[row["sitting_id"]], set()).add(row["user_id"])
    return {sitting: sorted(users) for sitting, users in found.items()}


def watch(conn: Connection, names: Mapping[str, bool], act: Act) -> None:
    """Choose the committees, by their names, that are watched (True) and are not (False)."""
    take_audit_turn(conn)
    before = {row["committee_id"] for row in watched(conn)}
    chosen = {committee_id(name): name for name, wanted in names.items() if wanted}
    dropped = {committee_id(name) for name, wanted in names.items() if not wanted} & before
    rows: list[dict[str, Any]] = [
        {"committee_id": key, "name": name, "chosen_by": act.who, "chosen_at": act.at}
        for key, name in chosen.items()
        if key not in before
    ]
    upsert(conn, WatchedCommittee, rows, key=("committee_id",))
    delete_where(conn, WatchedCommittee, "committee_id", dropped)
    if rows or dropped:
        detail = {"watched": sorted(row["committee_id"] for row in rows), "dropped": sorted(dropped)}
        append(conn, act, action="watched committees chosen", target="committees", detail=detail)


def watched(conn: Connection) -> list[dict[str, Any]]:
    """The watched committees, by name."""
    table = table_of(WatchedCommittee)
    return [dict(row) for row in conn.execute(table.select().order_by(table.c.name)).mappings()]


def request_sent(conn: Connection, sitting: str, day: date, act: Act) -> None:
    """The application for access was sent on this day. Raises UsageError for no sitting."""
    take_audit_turn(conn)
    refuse_unknown_sitting(conn, sitting)
    row = {"sitting_id": sitting, "sent_on": day, "sent_by": act.who}
    upsert(conn, AccessRequest, [row], key=("sitting_id",))
    append(conn, act, action="access applied for", target=f"sitting:{sitting}", detail={"day": day.isoformat()})


def request_answered(conn: Connection, sitting: str, answer: str, day: date, note: str, act: Act) -> None:
    """What was answered: granted or refused. Raises UsageError for another word, and where nothing was sent."""
    take_audit_turn(conn)
    if answer not in (GRANTED, REFUSED):
        raise UsageError(f"{answer!r} is neither {GRANTED} nor {REFUSED}")
    sent = rows_where(conn, AccessRequest, "sitting_id", [sitting])
    if not sent:
        raise UsageError(f"no application was sent for {sitting}")
    row = sent[0] | {"answer": answer, "answered_on": day, "note": note}
    upsert(conn, AccessRequest, [row], key=("sitting_id",))
    detail, typed = {"day": day.isoformat()}, {"note": note} if note else {}
    append(conn, act, action=f"access {answer}", target=f"sitting:{sitting}", detail=detail, typed=typed)


def request_taken_back(conn: Connection, sitting: str, act: Act) -> None:
    """It was not sent after all: the application is due again."""
    take_audit_turn(conn)
    delete_where(conn, AccessRequest, "sitting_id", [sitting])
    append(conn, act, action="access application taken back", target=f"sitting:{sitting}")
