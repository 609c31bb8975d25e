"""Letters to observers about tomorrow's sittings: each is claimed before it goes out, and goes out once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, update

from db.batches import rows_where
from db.engine import reader, take_turn
from db.planning import Reminder
from db.sittings import Sitting
from db.upsert import table_of, upsert
from db.users import User
from tracker.marks import marked
from tracker.week.duties import duties_of

SENDING, SENT, FAILED = "sending", "sent", "failed"
UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A letter that is due: the observer and the sitting, as their tables hold them."""

    user: dict[str, Any]
    sitting: dict[str, Any]


class NotSent(Exception):
    """The letter was certainly not sent, and why; the next run tries again."""


class Unsure(Exception):
    """Nobody knows whether the letter went out: the connection broke amid it. It is not sent again."""


Send = Callable[[Due], None]


def remind(engine: Engine, day: date, send: Send, *, now: datetime) -> dict[str, int]:
    """Send the letters about the sittings of a day that were not sent yet; gives how many were sent, failed, unsure.

    `send` raises NotSent or Unsure. A letter of which nobody knows, as one amid which the machine stopped, stays
    "sending" and is not sent again: two letters are worse than a question on the coordinator's page.
    """
    counts = {SENT: 0, FAILED: 0, UNSURE: 0}
    with reader(engine) as conn:
        waiting = list(due(conn, day))
    for one in waiting:
        if not _claim(engine, one, now):
            continue
        try:
            send(one)
        except NotSent as error:
            _end(engine, one, FAILED, str(error))
            counts[FAILED] += 1
        except Unsure as error:
            _end(engine, one, SENDING, str(error))
            counts[UNSURE] += 1
        else:
            _end(engine, one, SENT)
            counts[SENT] += 1
    return counts


def due(conn: Connection, day: date) -> Iterator[Due]:
    """The letters about sittings of a day that take place as far as known, to active observers, not sent yet."""
    sittings = {row["id"]: row for row in rows_where(conn, Sitting, "day", [day]) if not row["cancelled"]}
    off = marked(conn, sittings)
    duties = {sitting: users for sitting, users in duties_of(conn, sittings).items() if sitting not in off}
    wanted = {user for users in duties.values() for user in users}
    people = {row["id"]: row for row in rows_where(conn, User, "id", wanted) if row["active"]}
    claimed = {
        (row["sitting_id"], row["user_id"], row["day"])
        for row in rows_where(conn, Reminder, "sitting_id", duties)
        if row["state"] != FAILED
    }
    for sitting, users in sorted(duties.items()):
        for user in users:
            if user in people and (sitting, user, day) not in claimed:
                yield Due(user=people[user], sitting=sittings[sitting])


def forget_reasons(conn: Connection, before: datetime) -> int:
    """Empty why letters before a moment were not sent: a mail server's words name people. Gives how many."""
    table = table_of(Reminder)
    old = (table.c.at < before, table.c.reason != "")
    return conn.execute(update(table).where(*old).values(reason="")).rowcount


def _claim(engine: Engine, one: Due, now: datetime) -> bool:
    """True for the one process that sends this letter."""
    key = {"sitting_id": one.sitting["id"], "user_id": one.user["id"], "day": one.sitting["day"]}
    table = table_of(Reminder)
    same = [table.c[name] == value for name, value in key.items()]
    with engine.begin() as conn:
        take_turn(conn)
        conn.execute(delete(table).where(*same, table.c.state == FAILED))
        if conn.execute(table.select().where(*same)).first():
            return False
        row = key | {"state": SENDING, "reason": "", "at": now}
        upsert(conn, Reminder, [row], key=tuple(key))
    return True


def _end(engine: Engine, one: Due, state: str, reason: str = "") -> None:
    table = table_of(Reminder)
    same = (
        table.c.sitting_id == one.sitting["id"],
        table.c.user_id == one.user["id"],
        table.c.day == one.sitting["day"],
    )
    with engine.begin() as conn:
        conn.execute(update(table).where(*same).values(state=state, reason=reason))
