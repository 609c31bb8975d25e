"""The outbox with every real channel at once, while each service fails in the same way: nothing is ever said twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.engine import take_turn
from publish.channels.abilities import ABILITIES
from publish.channels.registry import open_accounts
from publish.outbox.delivering import deliver
from publish.outbox.drafting import keep_draft
from publish.outbox.outside import Outside
from tests.fakes.server import Fault
from tests.fakes.world import World, start_world
from tests.publish.outbox.posting import FACTS, at, draft, message, rows
from vocab.posts import ChannelName

_SURELY_NOT_THERE = {Fault.RATE_LIMIT, Fault.RATE_LIMIT_BARE, Fault.REVOKED}
_NOT_IN_MAIL = {Fault.SERVER_ERROR, Fault.UNAVAILABLE, Fault.REVOKED}
"""A mail server that says no has not taken the letter (RFC 5321, 4.2.1); the tests of e-mail have these."""
_LATER = [timedelta(minutes=minutes) for minutes in (2, 20, 50, 90)] + [timedelta(days=365 * 6)]
"""Rounds after the first; in the last, every limit is over."""


@pytest.mark.parametrize(
    ("fault", "stored"),
    [
        (Fault.TIME_OUT, False),
        (Fault.TIME_OUT, True),
        (Fault.BROKEN, True),
        (Fault.MALFORMED, True),
        (Fault.SERVER_ERROR, False),
        (Fault.SERVER_ERROR, True),
        (Fault.UNAVAILABLE, True),
        (Fault.RATE_LIMIT, False),
        (Fault.RATE_LIMIT_BARE, False),
        (Fault.REVOKED, False),
        (Fault.REFUSED, False),
    ],
)
def test_each_post_is_there_once_or_waits_for_a_person(sqlite_engine: Engine, fault: Fault, stored: bool) -> None:
    now = datetime.now(UTC)
    with start_world() as world:
        for name, fake in world.fakes.items():
            if name is not ChannelName.EMAIL or fault not in _NOT_IN_MAIL:
                fake.fail_next(fault, stored=stored)
        keep_for_all(sqlite_engine, world, now)
        settings = {**world.settings, "BAIKOO_CHANNEL_PATIENCE": "0.4"}
        there = Outside(accounts=open_accounts(settings).on, abilities=ABILITIES, cards=Path("nowhere"))
        for after in (timedelta(), *_LATER):
            deliver(sqlite_engine, there, now=at(now + after))
        ended = {ChannelName(row["channel"]): row["state"] for row in rows(sqlite_engine)}
        times = {name: len(fake.posts) for name, fake in world.fakes.items()}
    assert ended == {name: expected(name, fault, stored) for name in world.fakes}
    assert times == {name: int(stored or state == "sent") for name, state in ended.items()}


def expected(name: ChannelName, fault: Fault, stored: bool) -> str:
    if name is ChannelName.EMAIL and fault in _NOT_IN_MAIL:
        return "sent"
    if fault is Fault.REFUSED:
        return "dead"
    can = ABILITIES[name]
    known = fault in _SURELY_NOT_THERE or can.repeat_is_safe_for or (can.can_ask and stored)
    return "sent" if known else "unknown"


def keep_for_all(engine: Engine, world: World, now: datetime) -> None:
    with engine.begin() as conn:
        take_turn(conn)
        composed = {(name, "ru"): message() for name in world.fakes}
        assert keep_draft(conn, draft(), composed, now, approved_kinds=FACTS)
