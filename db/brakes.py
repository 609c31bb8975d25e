"""Tries that failed, and how long the next one has to wait.

A try is counted before it is looked at, in a transaction of its own: a hundred tries at once are a hundred tries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select, update

from db.audit import take_audit_turn
from db.upsert import table_of, upsert
from db.users import SignInBrake

FORGET = timedelta(days=1)
"""A day without a failure, and nothing is remembered."""

_FIRST = timedelta(minutes=1)
_LONGEST = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a try is counted under, and how many may fail before the next has to wait."""

    key: str
    free: int


def take(conn: Connection, *limits: Limit, now: datetime) -> datetime | None:
    """Count a try under each key; the moment to wait for, and nothing counted, where one of them has to wait.

    The wait is a minute after the last free try, then twice as long each time, at most a quarter of an hour: a stranger
    who guesses keeps the owner out no longer than that.
    """
    take_audit_turn(conn)
    forget(conn, now)
    found = {row["key"]: row for row in _rows(conn, limits)}
    waits: list[datetime] = [row["until"] for row in found.values() if row["until"] and row["until"] > now]
    if waits:
        return max(waits)
    for limit in limits:
        failures = found[limit.key]["failures"] + 1 if limit.key in found else 1
        row = {"key": limit.key, "failures": failures, "last_at": now, "until": _until(failures - limit.free, now)}
        upsert(conn, SignInBrake, [row], key=("key",))
    return None


def forget(conn: Connection, now: datetime) -> int:
    """Delete the counters that nothing was counted under for a day; gives how many."""
    table = table_of(SignInBrake)
    return conn.execute(delete(table).where(table.c.last_at < now - FORGET)).rowcount


def release(conn: Connection, key: str) -> bool:
    """Forget the failures under a key: the right person came, or an admin unlocked it. False where there were none."""
    table = table_of(SignInBrake)
    return conn.execute(delete(table).where(table.c.key == key)).rowcount > 0


def give_back(conn: Connection, key: str) -> None:
    """A try under this key did not fail; the failures before it still count."""
    table = table_of(SignInBrake)
    values = {"failures": table.c.failures - 1, "until": None}
    conn.execute(update(table).where(table.c.key == key, table.c.failures > 0).values(**values))


def waiting(conn: Connection, key: str, now: datetime) -> datetime | None:
    """Until when the next try under a key has to wait, if it has to."""
    table = table_of(SignInBrake)
    until: datetime | None = conn.execute(select(table.c.until).where(table.c.key == key)).scalar()
    return until if until and until > now else None


def _until(beyond: int, now: datetime) -> datetime | None:
    return now + min(_FIRST * 2 ** min(beyond, 10), _LONGEST) if beyond >= 0 else None


def _rows(conn: Connection, limits: tuple[Limit, ...]) -> list[Mapping[str, Any]]:
    table = table_of(SignInBrake)
    query = select(table).where(table.c.key.in_([limit.key for limit in limits]))
    return [dict(row) for row in conn.execute(query).mappings()]
