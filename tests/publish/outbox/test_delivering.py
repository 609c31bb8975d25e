"""What is due goes out, and what comes of it, over real HTTP: a channel that misbehaves in every way."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from publish.channels.protocol import Abilities
from publish.outbox.delivering import deliver
from publish.outbox.lines import Lines
from tests.publish.outbox.abilities import ASKABLE, DEAF, KEYED, KEYLESS
from tests.publish.outbox.fake_channel import (
    NOW,
    Store,
    Trick,
    garbles,
    hangs_up,
    says,
    too_late,
)
from tests.publish.outbox.posting import OpenOutside, at, keep, rows, states


def test_what_is_due_goes_out_once_whatever_the_database(engine: Engine, store: Store, opened: OpenOutside) -> None:
    keep(engine, "a", "b", langs=("ky", "ru", "en"))
    keep(engine, "later", not_before=NOW + timedelta(hours=1))
    there = opened(langs=("ky", "ru"))
    assert deliver(engine, there, now=at()).states == {"sent": 4}
    assert deliver(engine, there, now=at()).states == {}
    assert store.times() == {f"{row['key']}-0": 1 for row in rows(engine) if row["state"] == "sent"}
    assert states(engine) == {"sent": 4, "approved": 3}
    sent = rows(engine)[0]
    assert (sent["sent_at"], sent["started_at"], sent["claim"]) == (NOW, None, "")
    assert sent["sent"][0]["url"].startswith("https://fake.example/")


@pytest.mark.parametrize(
    ("trick", "state", "there"),
    [
        (hangs_up(stored=False), "unknown", 0),
        (hangs_up(stored=True), "unknown", 1),
        (too_late(0.5, stored=False), "unknown", 0),
        (too_late(0.5, stored=True), "unknown", 1),
        (garbles, "unknown", 1),
        (says(500), "unknown", 0),
        (says(201, b"<html>"), "unknown", 0),
        (says(503), "failed", 0),
        (says(429), "failed", 0),
        (says(429, retry_after="900"), "failed", 0),
        (says(400), "dead", 0),
        (says(401), "failed", 0),
    ],
)
@pytest.mark.parametrize("abilities", [KEYLESS, ASKABLE, KEYED, DEAF], ids=["keyless", "askable", "keyed", "deaf"])
def test_whatever_a_channel_does_nothing_is_said_twice(
    sqlite_engine: Engine, store: Store, opened: OpenOutside, trick: Trick, state: str, there: int, abilities: Abilities
) -> None:
    store.tricks, store.knows_keys = [trick], abilities.repeat_is_safe_for is not None
    keep(sqlite_engine, "a")
    faraway = opened(abilities, patience=0.2)
    deliver(sqlite_engine, faraway, now=at())
    assert (states(sqlite_engine), len(store.posts)) == ({state: 1}, there)
    for minutes in (2, 4, 8, 20, 45, 90, 200):
        deliver(sqlite_engine, faraway, now=at(NOW + timedelta(minutes=minutes)))
    settled = "sent" if state == "failed" or (state == "unknown" and may_settle(abilities, there)) else state
    assert states(sqlite_engine) == {settled: 1}
    assert len(store.posts) == (1 if settled == "sent" else there)


def test_who_answers_letter_by_letter_keeps_no_worker_and_gets_nothing_more(
    sqlite_engine: Engine, store: Store, opened: OpenOutside
) -> None:
    keep(sqlite_engine, "a", "b")
    store.at_once, store.pause = 1, 0.1
    slow = replace(opened(patience=0.3), lines=Lines(0.3))
    began = time.perf_counter()
    deliver(sqlite_engine, slow, now=at())
    assert time.perf_counter() - began < 2
    assert [(row["state"], "come to" in row["cause"]) for row in rows(sqlite_engine)] == [
        ("unknown", True),
        ("failed", True),
    ]
    assert len(store.posts) == 1


def may_settle(abilities: Abilities, there: int) -> bool:
    return abilities.repeat_is_safe_for is not None or (abilities.can_ask and there == 1)
