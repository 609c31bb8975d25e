"""What was left behind: leases that ended, and deliveries of which nobody knows, for which the channel is asked."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from db.engine import durable_writer
from db.outbox import Delivery
from db.upsert import table_of
from publish.channels.protocol import Found
from publish.outbox.claiming import latest_moment, of_accounts, row_of
from publish.outbox.judging import FREE, after_question
from publish.outbox.outside import Outside, account_of, find, sending_of
from publish.outbox.steps import Note, move
from publish.outbox.waiting import may_repeat
from vocab.posts import DeliveryState

State = DeliveryState
KILLED = "the worker ended after it had begun; nobody knows whether the channel has it"
UNBEGUN = "the worker ended before it began"

_DELIVERY = table_of(Delivery)
_AT_ONCE = 20
_PATIENCE = timedelta(minutes=5)
"""So long nobody else asks for what is being asked for."""


def recover(conn: Connection, now: datetime) -> int:
    """End the leases that ran out; gives how many deliveries became unknown by that."""
    ended = (_DELIVERY.c.state == State.CLAIMED.value, _DELIVERY.c.lease_until <= now)
    rows = conn.execute(select(_DELIVERY).where(*ended).with_for_update(skip_locked=True)).mappings().all()
    for row in map(dict, rows):
        if row["started_at"]:
            move(conn, row, State.UNKNOWN, Note(at=now, cause=KILLED), {"cause": KILLED, "due_at": now, **FREE})
        else:
            move(conn, row, State.APPROVED, Note(at=now, cause=UNBEGUN), {"cause": "", **FREE})
    return sum(row["started_at"] is not None for row in rows)


def ask(engine: Engine, outside: Outside, now: datetime) -> int:
    """Ask the channels for what nobody knows of and whose time to be asked for has come; gives how many were found."""
    with durable_writer(engine) as conn, conn.begin():
        rows = _taken(conn, outside, now)
        subscribers = {row["id"]: outside.subscriber_of(conn, row["recipient"]) for row in rows if row["recipient"]}
    found = 0
    for row in rows:
        sending = sending_of(row, None, subscribers.get(row["id"]))
        abilities = outside.abilities[account_of(row)[0]]
        asked = find(outside, account_of(row), sending, row["started_at"]) if abilities.can_ask else None
        with durable_writer(engine) as conn, conn.begin():
            found += _settle(conn, outside, row, asked, now)
    return found


def _taken(conn: Connection, outside: Outside, now: datetime) -> list[dict[str, Any]]:
    """What to ask for; nobody else asks for it meanwhile."""
    unknown = (_DELIVERY.c.state == State.UNKNOWN.value, _DELIVERY.c.due_at <= now, of_accounts(outside.accounts))
    query = select(_DELIVERY.c.id).where(*unknown).order_by(_DELIVERY.c.due_at, _DELIVERY.c.id).limit(_AT_ONCE)
    taken = query.with_for_update(skip_locked=True).cte("taken")
    later = update(_DELIVERY).where(_DELIVERY.c.id.in_(select(taken.c.id))).values(due_at=now + _PATIENCE)
    return [dict(row) for row in conn.execute(later.returning(_DELIVERY)).mappings()]


def _settle(conn: Connection, outside: Outside, asked: Mapping[str, Any], answer: Found | None, now: datetime) -> bool:
    """Write down what the channel said, unless a person, or a worker that came back, settled it meanwhile."""
    row = row_of(conn, asked["id"])
    if row["state"] != State.UNKNOWN or row["sent"] != asked["sent"] or row["started_at"] != asked["started_at"]:
        return False
    abilities = outside.abilities[account_of(row)[0]]
    repeatable = may_repeat(abilities, row["started_at"], now, latest_moment(conn))
    ruling = after_question(answer, row, now, repeatable=repeatable)
    move(conn, row, ruling.after, Note(at=now, cause=ruling.cause), ruling.values)
    return len(ruling.values.get("sent", ())) > len(row["sent"])
