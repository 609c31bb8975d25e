"""A worker takes what is due under a token and a lease, looks at it once more, and begins.

On SQLite every transaction here belongs to `db.engine.durable_writer`: what was begun is on the disk before the
first byte goes out, and a loss of power cannot take it back.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, literal, select, tuple_, update

from db.finding_queries import may_be_told
from db.findings import Finding
from db.media_queries import keys_withdrawn
from db.outbox import Delivery, DeliveryStep, Post, PostFinding, PostNews
from db.upsert import table_of
from publish.channels.registry import Account
from publish.outbox.judging import FREE
from publish.outbox.steps import Note, keep_steps, move, step
from publish.outbox.switching import is_held
from vocab.posts import WAITING, DeliveryState

LEASE = timedelta(minutes=5)
"""Longer than any request: so long a worker is left alone with what it began."""

_LAST_STEPS = 10_000

_DELIVERY, _POST, _TOLD, _NEWS = (table_of(model) for model in (Delivery, Post, PostFinding, PostNews))


def of_accounts(accounts: Collection[Account]) -> ColumnElement[bool]:
    """The condition that a delivery goes to one of these accounts."""
    return tuple_(_DELIVERY.c.channel, _DELIVERY.c.lang).in_([(channel.value, lang) for channel, lang in accounts])


def claim(
    conn: Connection, accounts: Collection[Account], now: datetime, *, token: str, most: int
) -> list[dict[str, Any]]:
    """Take what is due and not held back, in one statement, so that no two workers take the same; the oldest first.

    Gives id, channel and language of each.
    """
    due = select(_DELIVERY.c.id).where(
        _DELIVERY.c.state.in_(sorted(state.value for state in WAITING)),
        _DELIVERY.c.due_at <= now,
        of_accounts(accounts),
        ~is_held(now),
    )
    due = due.order_by(_DELIVERY.c.due_at, _DELIVERY.c.id).limit(most).with_for_update(skip_locked=True)
    taken = (
        update(_DELIVERY)
        .where(_DELIVERY.c.id.in_(select(due.cte("due").c.id)))
        .values(state=DeliveryState.CLAIMED.value, claim=token, lease_until=now + LEASE, changed_at=now)
        .returning(*(_DELIVERY.c[name] for name in ("id", "channel", "lang", "cause", "due_at")))
    )
    rows = sorted(map(dict, conn.execute(taken).mappings()), key=lambda row: (row["due_at"], row["id"]))
    # Of what waits only the failed has a cause.
    before = [DeliveryState.FAILED if row["cause"] else DeliveryState.APPROVED for row in rows]
    note, after = Note(at=now), DeliveryState.CLAIMED.value
    keep_steps(conn, [step(row["id"], was.value, after, note) for row, was in zip(rows, before, strict=True)])
    return rows


def look_again(conn: Connection, numbers: Sequence[int], token: str) -> list[dict[str, Any]]:
    """The deliveries that are still the worker's own, with what the last look asks; nobody changes them meanwhile.

    `untold` is a finding, or a happening, that may no longer be told, None where all may.
    """
    finding = table_of(Finding)
    may_be = exists(select(finding.c.id).where(finding.c.id == _TOLD.c.finding_id, may_be_told()))
    untold = select(func.min(_TOLD.c.finding_id)).where(_TOLD.c.event == _DELIVERY.c.event, ~may_be)
    taken_back = _NEWS.c.happening_key.in_(keys_withdrawn())
    withdrawn = select(func.min(_NEWS.c.happening_key)).where(_NEWS.c.event == _DELIVERY.c.event, taken_back)
    no_longer = func.coalesce(literal("the finding ") + untold.scalar_subquery(), withdrawn.scalar_subquery())
    query = (
        select(_DELIVERY, _POST.c.expires_at, no_longer.label("untold"))
        .join(_POST, _POST.c.event == _DELIVERY.c.event)
        .where(_DELIVERY.c.id.in_(numbers), _DELIVERY.c.claim == token)
        .where(_DELIVERY.c.state == DeliveryState.CLAIMED.value)
        .with_for_update(of=_DELIVERY)
    )
    found = {row["id"]: row for row in conn.execute(query).mappings()}
    return [dict(found[number]) for number in numbers if number in found]


def begin(conn: Connection, row: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """Write down that from now on the channel may have the next part of what `look_again` gave; gives the row since.

    A try that is repeated keeps the moment of the first one.
    """
    values = {"started_at": row["started_at"] or now, "lease_until": now + LEASE, "attempts": row["attempts"] + 1}
    conn.execute(update(_DELIVERY).where(_DELIVERY.c.id == row["id"]).values(changed_at=now, **values))
    return {**row, **values}


def let_go(conn: Connection, token: str, now: datetime) -> None:
    """Give back what a worker claimed and did not begin; it is still due."""
    mine = (_DELIVERY.c.claim == token, _DELIVERY.c.state == DeliveryState.CLAIMED.value)
    rows = conn.execute(select(_DELIVERY).where(*mine).with_for_update()).mappings().all()
    for row in map(dict, rows):
        move(
            conn, row, DeliveryState.APPROVED, Note(at=now, cause="the worker was asked to stop"), {"cause": "", **FREE}
        )


def lapse(conn: Connection, now: datetime) -> int:
    """End what waits though its time is over, unless the channel has, or may have, a part of it; gives how many."""
    is_over = exists(select(_POST.c.event).where(_POST.c.event == _DELIVERY.c.event, _POST.c.expires_at <= now))
    waiting = (DeliveryState.DRAFT.value, *(state.value for state in sorted(WAITING)))
    query = select(_DELIVERY).where(_DELIVERY.c.state.in_(waiting), is_over)
    rows = conn.execute(query.where(_DELIVERY.c.started_at.is_(None)).with_for_update(skip_locked=True)).mappings()
    late = [dict(row) for row in rows if not row["sent"]]
    for row in late:
        move(conn, row, DeliveryState.LAPSED, Note(at=now), {"due_at": None})
    return len(late)


def latest_moment(conn: Connection) -> datetime | None:
    """The latest moment of the last steps that were written: where it lies ahead, the clock was set back."""
    table = table_of(DeliveryStep)
    last = select(func.max(table.c.id)).scalar_subquery()
    moment: datetime | None = conn.execute(select(func.max(table.c.at)).where(table.c.id > last - _LAST_STEPS)).scalar()
    return moment


def row_of(conn: Connection, number: int) -> dict[str, Any]:
    """A delivery that is there, as it stands now; nobody changes it meanwhile."""
    query = select(_DELIVERY).where(_DELIVERY.c.id == number).with_for_update()
    return dict(conn.execute(query).mappings().one())
