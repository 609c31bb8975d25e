"""A workshop without a consumer: what it queues at which hour, and what it does with a command that does not end."""

import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.settings import home_settings
from jobs.deciding import Entry, Outcome, State
from jobs.locks import held, is_free
from jobs.queue import open_queue
from jobs.schedule import Job
from jobs.settings import load_queue_settings
from jobs.workshop import Workshop
from tests.test_architecture import ROOT
from vocab.dates import BISHKEK

NOON = datetime(2026, 9, 1, 12, 0, tzinfo=BISHKEK)
STUB = ROOT / "tests/jobs/stub.py"
OFTEN = Job(name="often", run=(("often", "0"),), when=("*/10 * * * *",), lock="often")
ENDLESS = Job(name="endless", run=(("endless", "60"), ("after", "0")), lock="endless", minutes=0)
NEEDY = Job(name="needy", run=(("needy", "0"),), when=("*/10 * * * *",), lock="needy", needs=("nothing/",))


class Wall:
    """A clock that can be set."""

    now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def shop(tmp_path: Path, wall: Wall) -> Iterator[Workshop]:
    queue = open_queue(load_queue_settings(tmp_path, {}))
    yield Workshop(
        settings=home_settings(tmp_path),
        schedule={job.name: job for job in (OFTEN, ENDLESS, NEEDY)},
        queue=queue,
        program=(sys.executable, str(STUB)),
        clock=wall,
    )
    queue.close()


def entry_of(shop: Workshop, job: Job) -> Entry:
    entry = shop.ledger.read(job.name)
    assert entry is not None
    return entry


def test_a_clock_set_back_does_not_stop_the_schedule(shop: Workshop, wall: Wall) -> None:
    shop.tick()
    wall.now = NOON - timedelta(hours=2, minutes=5)
    shop.tick()
    assert shop.queue.names() == []
    wall.now += timedelta(minutes=6)
    shop.tick()
    shop.tick()
    assert shop.queue.names() == ["often"]


def test_a_job_that_lacks_something_is_not_looked_at(shop: Workshop, wall: Wall) -> None:
    shop.tick()
    wall.now += timedelta(minutes=10)
    shop.tick()
    assert (shop.ledger.read("needy"), shop.queue.names()) == (None, ["often"])


def test_a_command_that_does_not_end_is_ended_and_told(shop: Workshop) -> None:
    shop.ask("endless")
    started = time.monotonic()
    shop.work("endless")
    assert time.monotonic() - started < 10
    entry = entry_of(shop, ENDLESS)
    assert entry.last is not None
    assert (entry.state, entry.last.outcome, entry.last.code) == (State.IDLE, Outcome.TOO_LONG, None)
    assert "after" not in entry.last.output
    assert is_free(shop.ledger.lock(ENDLESS))


def test_a_job_whose_lock_is_taken_comes_back_and_holds_no_worker(shop: Workshop, wall: Wall) -> None:
    shop.ask("often")
    with held(shop.ledger.lock(OFTEN)):
        shop.work("often")
    assert entry_of(shop, OFTEN).state is State.WAITING
    wall.now += timedelta(seconds=5)
    shop.tick()
    assert entry_of(shop, OFTEN).state is State.QUEUED
    shop.work("often")
    shop.work("often")  # a name that came out of the queue twice
    assert (shop.settings.home / "log").read_text().count("begin often") == 1


def test_what_a_crash_of_the_machine_left_of_an_entry_is_nothing(shop: Workshop) -> None:
    shop.tick()
    (shop.ledger.folder / "often.json").write_text('{"name": "oft')
    shop.tick()
    assert entry_of(shop, OFTEN).state is State.IDLE


def test_a_name_that_the_schedule_no_longer_has_is_passed_over(shop: Workshop) -> None:
    shop.work("gone")
    assert shop.ledger.read("gone") is None
