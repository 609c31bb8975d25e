"""What goes wrong on our side: a full disk, a locked database, a clock set back, a worker that comes back late."""

import resource
import sqlite3
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db import engine as db_engine
from db.engine import durable_writer, reader
from publish.channels.protocol import Found, Later, NotFound, Remote, Sending, Sent
from publish.outbox import acts
from publish.outbox.answers import Done, Fault, Impossible
from publish.outbox.at_channel import delete_there
from publish.outbox.claiming import LEASE, claim
from publish.outbox.delivering import DeliverCounts, deliver
from publish.outbox.outside import Outside
from publish.outbox.queue import steps_of
from publish.outbox.recording import Begun, Wave
from publish.outbox.recovering import recover
from publish.outbox.steps import Note, move
from tests.publish.outbox.abilities import ASKABLE, KEYED
from tests.publish.outbox.fake_channel import NOW, Answer, Store, Trick, hangs_up
from tests.publish.outbox.posting import ACT, TELEGRAM, OpenOutside, at, keep, rows, states
from tests.publish.outbox.test_acts import ABLE
from vocab.posts import DeliveryState as State

LATER = NOW + LEASE + timedelta(minutes=1)
THERE = Sent(remote=Remote(id="9", url="https://fake.example/9"))


def path_of(engine: Engine) -> Path:
    return Path(engine.url.database or "")


def test_a_locked_database_ends_the_worker_and_nothing_is_said_twice(
    sqlite_engine: Engine, store: Store, opened: OpenOutside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db_engine, "_BUSY_SECONDS", 0)
    keep(sqlite_engine, "a", "b")
    other = sqlite3.connect(path_of(sqlite_engine), isolation_level=None, check_same_thread=False)

    def locks(kept: Store, post: Mapping[str, Any]) -> Answer:
        other.execute("BEGIN IMMEDIATE")
        return kept.keep(post)

    store.tricks = [locks]
    counts = deliver(sqlite_engine, opened(), now=at())
    assert counts == DeliverCounts(states={}, stopped="database is locked")
    other.close()
    goes_on_after_a_worker_gave_up(sqlite_engine, store, opened())


def test_a_full_disk_ends_the_worker_and_nothing_is_said_twice(
    sqlite_engine: Engine, store: Store, opened: OpenOutside
) -> None:
    keep(sqlite_engine, "a", "b")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fills(kept: Store, post: Mapping[str, Any]) -> Answer:
        size = path_of(sqlite_engine).with_suffix(".sqlite-wal").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        return kept.keep(post)

    store.tricks = [fills]
    try:
        counts = deliver(sqlite_engine, opened(), now=at())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert counts.stopped
    goes_on_after_a_worker_gave_up(sqlite_engine, store, opened())


def goes_on_after_a_worker_gave_up(engine: Engine, store: Store, there: Outside) -> None:
    assert len(store.posts) == 1
    assert states(engine) == {"claimed": 2}
    deliver(engine, there, now=at(NOW + timedelta(minutes=1)))
    assert states(engine) == {"claimed": 2}, "the lease is not over"
    deliver(engine, there, now=at(LATER))
    assert states(engine) == {"unknown": 1, "sent": 1}
    assert list(store.times().values()) == [1, 1]


def test_a_clock_that_was_set_back_makes_us_wait_and_never_repeat(
    sqlite_engine: Engine, store: Store, opened: OpenOutside
) -> None:
    store.tricks = [hangs_up(stored=False)]
    keep(sqlite_engine, "a")
    there = opened(KEYED)
    deliver(sqlite_engine, there, now=at())
    deliver(sqlite_engine, there, now=at(NOW - timedelta(days=1)))
    assert (states(sqlite_engine), store.asked) == ({"unknown": 1}, 0)
    with sqlite_engine.begin() as conn:  # something that was written down two hours later
        other = {**rows(sqlite_engine)[0], "state": State.UNKNOWN.value}
        move(conn, other, State.UNKNOWN, Note(at=NOW + timedelta(hours=2)))
    for minutes in (2, 5, 30, 90):
        deliver(sqlite_engine, there, now=at(NOW + timedelta(minutes=minutes)))
    assert (states(sqlite_engine), store.posts) == ({"unknown": 1}, [])
    assert store.asked > 0


def test_a_worker_whose_clock_is_behind_takes_nobodys_lease(sqlite_engine: Engine, opened: OpenOutside) -> None:
    keep(sqlite_engine, "a")
    began(sqlite_engine, opened())
    deliver(sqlite_engine, opened(), now=at(NOW - timedelta(hours=1)))
    assert states(sqlite_engine) == {"claimed": 1}


def began(engine: Engine, there: Outside, token: str = "first") -> Begun:
    """A worker that has begun, and then nothing is heard of it."""
    with durable_writer(engine) as conn, conn.begin():
        (row,) = claim(conn, there.accounts, NOW, token=token, most=1)
        (begun,) = Wave(conn=conn, outside=there, token=token, now=NOW).begin([row["id"]])
    return begun


def comes_back(engine: Engine, there: Outside, begun: Begun, outcome: Sent | Later) -> None:
    with durable_writer(engine) as conn, conn.begin():
        Wave(conn=conn, outside=there, token="first", now=LATER).record(begun, outcome)


@pytest.mark.parametrize(("parts", "state"), [(1, "sent"), (2, "approved")])
@pytest.mark.parametrize("said", ["nothing", "not there", "again"])
def test_what_a_late_worker_knows_for_sure_is_kept(
    engine: Engine, store: Store, opened: OpenOutside, parts: int, state: str, said: str
) -> None:
    keep(engine, "a", parts=parts)
    there = opened()
    begun = began(engine, there)
    with engine.begin() as conn:
        assert recover(conn, LATER) == 1
        if said != "nothing":
            assert acts.say_absent(conn, 1, "", ACT, "looked") == Done()
        if said == "again":
            assert acts.send_again(conn, 1, "", ACT, "looked") == Done()
    before = rows(engine)
    comes_back(engine, there, begun, Later(cause="no connection"))
    assert rows(engine) == before, "that it is not there is no news"
    comes_back(engine, there, begun, THERE)
    (row,) = rows(engine)
    assert (row["state"], row["sent"]) == (
        "dead" if (said, parts) == ("not there", 2) else state,
        [{"id": "9", "url": THERE.remote.url}],
    )
    deliver(engine, there, now=at(LATER))
    assert len(store.posts) == (parts - 1 if row["state"] != "dead" else 0), "the rest of the thread, and no more"


def test_a_late_word_about_what_is_under_way_again_is_kept_as_a_step(
    sqlite_engine: Engine, opened: OpenOutside
) -> None:
    keep(sqlite_engine, "a")
    there = opened()
    begun = began(sqlite_engine, there)
    with sqlite_engine.begin() as conn:
        recover(conn, LATER)
        assert acts.send_again(conn, 1, "", ACT, "looked", looked=True) == Done()
    began(sqlite_engine, there, "second")
    comes_back(sqlite_engine, there, begun, THERE)
    with reader(sqlite_engine) as conn:
        last = steps_of(conn, 1)[-1]
    assert (last["before"], last["after"]) == ("claimed", "claimed")
    assert THERE.remote.url in last["cause"]


def test_what_a_person_settled_while_the_channel_was_asked_stays(
    sqlite_engine: Engine, store: Store, opened: OpenOutside, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.tricks = [hangs_up(stored=False)]
    keep(sqlite_engine, "a")
    there = opened(ASKABLE)
    deliver(sqlite_engine, there, now=at())

    def find(_sending: Sending, _since: object) -> Found:
        with sqlite_engine.begin() as conn:
            assert acts.say_absent(conn, 1, "", ACT, "looked") == Done()
        return NotFound(surely=True)

    monkeypatch.setattr(there.accounts[TELEGRAM, "ru"], "find", find)
    deliver(sqlite_engine, there, now=at(LATER))
    assert states(sqlite_engine) == {"dead": 1}


def test_of_two_who_delete_at_once_the_second_is_told(
    sqlite_engine: Engine, opened: OpenOutside, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(sqlite_engine, "a")
    first, second = opened(ABLE), opened(ABLE)
    deliver(sqlite_engine, first, now=at())

    def delete(_remote: Remote) -> Sent:
        assert delete_there(sqlite_engine, first, 1, "", ACT) == Done()
        return THERE

    monkeypatch.setattr(second.accounts[TELEGRAM, "ru"], "delete", delete)
    answer = delete_there(sqlite_engine, second, 1, "", ACT)
    assert answer == Impossible(fault=Fault.STATE, detail="deleted")


def test_a_way_that_nobody_knows_is_a_mistake_of_the_program(sqlite_engine: Engine) -> None:
    keep(sqlite_engine, "a")
    with sqlite_engine.begin() as conn, pytest.raises(ValueError, match="no way leads from approved to unknown"):
        move(conn, rows(sqlite_engine)[0], State.UNKNOWN, Note(at=NOW))


def test_tricks_are_used_up(store: Store) -> None:
    tricks: list[Trick] = [hangs_up(stored=True)]
    assert tricks.pop()(store, {"key": "a"}) is None
    assert store.times() == {"a": 1}
