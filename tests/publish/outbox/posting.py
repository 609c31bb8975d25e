"""Posts for the tests of the outbox, and how they stand."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from db.audit import Act
from db.engine import reader, take_turn
from db.outbox import Delivery
from db.upsert import table_of
from publish.channels.protocol import Abilities
from publish.drafts import Draft, Item
from publish.message import Message, Span
from publish.outbox.acts import approve
from publish.outbox.answers import Done
from publish.outbox.drafting import keep_draft
from publish.outbox.outside import Outside
from publish.outbox.queue import Wish, deliveries
from tests.publish.outbox.abilities import KEYLESS
from tests.publish.outbox.fake_channel import NOW, FakeChannel
from vocab.posts import ChannelName, DeliveryState, PostKind

TELEGRAM = ChannelName.TELEGRAM
ACT = Act(who="user:7", at=NOW)
FACTS = frozenset({PostKind.VOTE_RESULT, PostKind.FINDING_CONFIRMED})


OpenOutside = Callable[..., Outside]
"""As `outside` below, without the address."""


def draft(event: str = "vote:1", **more: Any) -> Draft:
    """A fact that was decided."""
    item = Item(kind="vote", title="О пенсиях", place=("bill", "n-6-1-26"), day=date(2026, 11, 27))
    known: dict[str, Any] = {"event": event, "kind": PostKind.VOTE_RESULT, "subject": item.place, "day": item.day}
    return Draft(**(known | {"items": (item,), "happenings": (f"told:{event}",)} | more))


def message(text: str = "Закон принят", parts: int = 1) -> Message:
    """What was composed of it."""
    told = tuple((Span(f"{text} {place}" if place else text),) for place in range(parts))
    return Message(title=text, parts=told, link="https://baikoo.example/ru/bills/n-6-1-26")


def keep(engine: Engine, *events: str, langs: Sequence[str] = ("ru",), parts: int = 1, **more: Any) -> None:
    """Posts that are approved at once: those that name a finding by a person."""
    with engine.begin() as conn:
        take_turn(conn)
        for event in events:
            composed = {(TELEGRAM, lang): message(event, parts) for lang in langs}
            assert keep_draft(conn, draft(event, **more), composed, NOW, approved_kinds=FACTS)
        if more.get("findings"):
            for row in deliveries(conn, Wish(states=[DeliveryState.DRAFT])):
                assert isinstance(approve(conn, row["id"], "", ACT), Done)


def outside(
    address: str, abilities: Abilities = KEYLESS, langs: Sequence[str] = ("ru",), patience: float = 5.0
) -> Outside:
    """The fake channel, in some languages."""
    accounts = {(TELEGRAM, lang): FakeChannel(address, patience) for lang in langs}
    return Outside(accounts=accounts, abilities={TELEGRAM: abilities}, cards=Path("nowhere"))


def rows(engine: Engine) -> list[dict[str, Any]]:
    """All deliveries."""
    with reader(engine) as conn:
        found = conn.execute(select(table_of(Delivery)).order_by(table_of(Delivery).c.id)).mappings()
        return [dict(row) for row in found]


def states(engine: Engine) -> dict[str, int]:
    """How many are in which state."""
    return dict(Counter(row["state"] for row in rows(engine)))


def at(moment: datetime = NOW) -> Callable[[], datetime]:
    """A clock that stands still."""
    return lambda: moment
