"""What becomes of a job: nothing twice, nothing lost, and no clock can stop it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from jobs.deciding import (
    Entry,
    Last,
    Outcome,
    State,
    on_asked,
    on_begin,
    on_busy,
    on_end,
    on_tick,
    outcome_of,
)
from jobs.schedule import Job
from vocab.dates import BISHKEK

NOON = datetime(2026, 9, 1, 12, 0, tzinfo=BISHKEK)
DAILY = Job(name="daily", run=(("crawl", "cbd"),), when=("40 5 * * *",), retries=2, after=60)
HOUR = timedelta(hours=1)


def seen(now: datetime, job: Job = DAILY) -> Entry:
    """The entry after the first look at the clock: nothing was missed before it."""
    entry = on_tick(job, None, now)
    assert entry.state is State.IDLE
    return entry


def ended(outcome: Outcome, code: int | None, at: datetime = NOON) -> Last:
    return Last(started=at, ended=at, outcome=outcome, code=code)


def runs(job: Job, entry: Entry, now: datetime, *looks: timedelta) -> int:
    """How often the job is queued when somebody looks at these times after `now`, each run ending at once."""
    count = 0
    for look in looks:
        entry = on_tick(job, entry, now + look)
        if entry.state is State.QUEUED:
            count += 1
            entry = on_end(job, on_begin(entry, now + look), ended(Outcome.DONE, 0, now + look))
    return count


def test_a_job_runs_at_its_time_once() -> None:
    looks = [timedelta(minutes=number) for number in range(3 * 24 * 60)]
    assert runs(DAILY, seen(NOON), NOON, *looks) == 3


def test_what_was_missed_is_made_up_once() -> None:
    assert runs(DAILY, seen(NOON), NOON, timedelta(days=5), timedelta(days=5, seconds=1)) == 1


@pytest.mark.parametrize("back", [timedelta(minutes=1), HOUR, timedelta(days=400)])
def test_a_clock_set_back_neither_stops_nor_repeats(back: timedelta) -> None:
    often = replace(DAILY, when=("*/10 * * * *",))
    entry = on_tick(often, seen(NOON, often), NOON - back)
    assert entry.state is State.IDLE
    after = [timedelta(minutes=number) for number in range(31)]
    assert runs(often, entry, NOON - back, *after) == 3


def test_a_wait_goes_on_after_the_clock_was_set_back() -> None:
    waits = replace(seen(NOON), state=State.WAITING, since=NOON, wait=60)
    back = on_tick(DAILY, waits, NOON - HOUR)
    assert (back.state, back.since) == (State.WAITING, NOON - HOUR)
    assert on_tick(DAILY, back, NOON - HOUR + timedelta(seconds=60)).state is State.QUEUED


def test_times_that_fall_into_a_run_are_left_out() -> None:
    often = replace(DAILY, when=("*/10 * * * *",))
    running = on_begin(on_asked(seen(NOON, often), NOON), NOON)
    running = on_tick(often, running, NOON + timedelta(minutes=25))
    idle = on_end(often, running, ended(Outcome.DONE, 0))
    assert on_tick(often, idle, NOON + timedelta(minutes=26)).state is State.IDLE
    assert on_tick(often, idle, NOON + timedelta(minutes=30)).state is State.QUEUED


def test_a_failed_job_is_tried_again_later_and_later_and_then_at_its_next_time() -> None:
    entry, waits = on_asked(seen(NOON), NOON), []
    for _ in range(2):
        entry = on_end(DAILY, on_begin(entry, NOON), ended(Outcome.FAILED, 1))
        assert entry.state is State.WAITING
        waits.append(entry.wait)
        entry = on_tick(DAILY, entry, NOON + timedelta(seconds=entry.wait))
        assert entry.state is State.QUEUED
    entry = on_end(DAILY, on_begin(entry, NOON), ended(Outcome.FAILED, 1))
    assert (waits, entry.state, entry.failures, entry.attempt) == ([60, 180], State.IDLE, 1, 1)
    assert on_end(DAILY, on_begin(entry, NOON), ended(Outcome.DONE, 0)).failures == 0


def test_wrong_usage_is_not_tried_again() -> None:
    entry = on_end(DAILY, on_begin(seen(NOON), NOON), ended(Outcome.FAILED, 2))
    assert (entry.state, entry.failures) == (State.IDLE, 1)


def test_a_lost_job_is_begun_again_once_even_without_retries() -> None:
    job = replace(DAILY, retries=0)
    entry = on_end(job, on_begin(seen(NOON, job), NOON), ended(Outcome.LOST, None))
    assert on_tick(job, entry, NOON).state is State.QUEUED
    entry = on_end(job, on_begin(entry, NOON), ended(Outcome.LOST, None))
    assert (entry.state, entry.failures) == (State.IDLE, 1)


def test_who_asks_while_a_job_runs_gets_another_run_and_only_one() -> None:
    running = on_begin(seen(NOON), NOON)
    asked = on_asked(on_asked(running, NOON), NOON)
    queued = on_end(DAILY, asked, ended(Outcome.DONE, 0))
    assert queued.state is State.QUEUED
    assert on_asked(queued, NOON) == queued
    assert on_end(DAILY, on_begin(queued, NOON), ended(Outcome.DONE, 0)).state is State.IDLE


def test_a_job_that_meets_a_lock_comes_back_and_one_handed_back_is_queued() -> None:
    queued = on_asked(seen(NOON), NOON)
    busy = on_busy(queued, NOON)
    assert (busy.state, on_tick(DAILY, busy, NOON + timedelta(seconds=9)).state) == (State.WAITING, State.QUEUED)
    handed = on_end(DAILY, on_begin(queued, NOON), ended(Outcome.HANDED_BACK, None))
    assert (handed.state, handed.attempt, handed.failures) == (State.QUEUED, 1, 0)


def test_red_is_no_failure_where_the_schedule_says_so() -> None:
    assert outcome_of(DAILY, 1) is Outcome.FAILED
    assert outcome_of(replace(DAILY, red_is_fine=True), 1) is Outcome.DONE
    assert outcome_of(replace(DAILY, red_is_fine=True), 2) is Outcome.FAILED
