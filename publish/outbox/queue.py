"""What is in the outbox: lists, one delivery with its history, and how many there are of each kind."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, select

from db.outbox import Delivery, DeliveryStep, Post
from db.upsert import table_of
from vocab.posts import WAITING, ChannelName, DeliveryState

_DELIVERY, _POST, _STEP = table_of(Delivery), table_of(Post), table_of(DeliveryStep)

FOR_A_PERSON = (DeliveryState.UNKNOWN, DeliveryState.DEAD)
"""What went wrong and waits until a person does something."""

_SEEN = ("state", "due_at", "message", "cause", "sent", "claim")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which deliveries; empty or None where it does not matter. `before` is a number: those that came before it."""

    states: Sequence[DeliveryState] = ()
    channel: ChannelName | None = None
    lang: str = ""
    event: str = ""
    before: int | None = None
    most: int = 100


def deliveries(conn: Connection, wish: Wish) -> list[dict[str, Any]]:
    """Deliveries with the kind and the times of their posts: unknown and dead ones first, then the newest."""
    first = case({state.value: place for place, state in enumerate(FOR_A_PERSON)}, value=_DELIVERY.c.state, else_=9)
    query = _with_post()
    if wish.states:
        query = query.where(_DELIVERY.c.state.in_([state.value for state in wish.states]))
    if wish.channel:
        query = query.where(_DELIVERY.c.channel == wish.channel.value)
    if wish.lang:
        query = query.where(_DELIVERY.c.lang == wish.lang)
    if wish.event:
        query = query.where(_DELIVERY.c.event == wish.event)
    if wish.before is not None:
        query = query.where(_DELIVERY.c.id < wish.before)
    query = query.order_by(first, _DELIVERY.c.id.desc()).limit(wish.most)
    return [dict(row) for row in conn.execute(query).mappings()]


def delivery(conn: Connection, number: int, *, to_change: bool = False) -> dict[str, Any] | None:
    """One delivery with the kind and the times of its post; `to_change`: nobody else changes it meanwhile."""
    query = _with_post().where(_DELIVERY.c.id == number)
    row = conn.execute(query.with_for_update(of=_DELIVERY) if to_change else query).mappings().first()
    return dict(row) if row else None


def steps_of(conn: Connection, number: int) -> list[dict[str, Any]]:
    """What happened to a delivery, from the first on."""
    query = select(_STEP).where(_STEP.c.delivery_id == number).order_by(_STEP.c.id)
    return [dict(row) for row in conn.execute(query).mappings()]


def mark_of(row: Mapping[str, Any]) -> str:
    """What a person saw of a delivery, as a short word: it is another one when anything of it changed."""
    seen = json.dumps([row["changed_at"].isoformat(), *(row[name] for name in _SEEN)], default=str, sort_keys=True)
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the outbox stands: {(channel, state): number}, and since when the oldest that is due waits."""

    counts: Mapping[tuple[str, str], int]
    oldest_due: datetime | None

    def number(self, *states: DeliveryState) -> int:
        """How many are in one of these states, on all channels."""
        return sum(number for (_, state), number in self.counts.items() if state in states)


def standing(conn: Connection, now: datetime) -> Standing:
    """How many deliveries are in which state, by channel, and the oldest that should have gone out."""
    counted = select(_DELIVERY.c.channel, _DELIVERY.c.state, func.count().label("number"))
    rows = conn.execute(counted.group_by(_DELIVERY.c.channel, _DELIVERY.c.state))
    due = _DELIVERY.c.state.in_([state.value for state in WAITING])
    oldest = conn.execute(select(func.min(_DELIVERY.c.due_at)).where(due, _DELIVERY.c.due_at <= now)).scalar()
    return Standing(counts={(row.channel, row.state): row.number for row in rows}, oldest_due=oldest)


def _with_post() -> Any:
    told = (_POST.c.kind, _POST.c.not_before, _POST.c.expires_at, _POST.c.revision, _POST.c.day)
    return select(_DELIVERY, *told).join(_POST, _POST.c.event == _DELIVERY.c.event)
