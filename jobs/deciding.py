"""What becomes of a job next. Pure: an entry and a moment in, an entry out; `jobs.workshop` does what it says.

A job is idle, queued (a worker will take it), running, or waiting (for a retry, or for a lock). At most one run of a
job is under way, whoever asked for it. Clocks are not trusted: a moment that lies ahead is a clock that was set back.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from jobs.schedule import Job
from jobs.times import latest

_RED, _WRONG_USAGE = 1, 2  # exit codes, as the README says
_GROWTH = 3  # each retry waits so many times as long as the one before
_LOCK_WAIT = 3  # seconds until a job looks again whether its lock is free


class State(StrEnum):
    """Where a job is."""

    IDLE = "idle"
    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"


class Outcome(StrEnum):
    """How a run came to its end. `lost`: its worker was killed; `handed_back`: its worker was asked to stop."""

    DONE = "done"
    FAILED = "failed"
    TOO_LONG = "too_long"
    LOST = "lost"
    HANDED_BACK = "handed_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The last run: its moments, the worst exit code of its commands, and the end of what they said.

    `code` is None where nobody saw one.
    """

    started: datetime
    ended: datetime
    outcome: Outcome
    code: int | None
    output: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of a job. `slot` is the newest of its times that was seen, `since` when its state began.

    `attempt` counts the tries of this run from 1, `wait` are the seconds of a wait, `failures` the runs that failed in
    a row; `again`: somebody asked for it while it ran.
    """

    name: str
    state: State = State.IDLE
    slot: datetime | None = None
    since: datetime
    attempt: int = 1
    wait: int = 0
    again: bool = False
    failures: int = 0
    last: Last | None = None


def on_tick(job: Job, entry: Entry | None, now: datetime) -> Entry:
    """The entry after a look at the clock; `state` QUEUED where it was not before: put it into the queue.

    What was missed while nobody looked is made up once. What falls into a run that is under way is left out.
    """
    slot = latest(job.when, now)
    if entry is None:
        return Entry(name=job.name, slot=slot, since=now)
    is_due = slot is not None and entry.slot is not None and entry.slot < slot
    entry = replace(entry, slot=slot if slot is not None else entry.slot)
    if entry.state is State.WAITING:
        return _after_wait(entry, now)
    if entry.state is State.IDLE and is_due:
        return replace(entry, state=State.QUEUED, since=now, attempt=1)
    return entry


def _after_wait(entry: Entry, now: datetime) -> Entry:
    if now < entry.since:  # the clock was set back: the wait begins anew
        return replace(entry, since=now)
    if now - entry.since >= timedelta(seconds=entry.wait):
        return replace(entry, state=State.QUEUED, since=now)
    return entry


def on_asked(entry: Entry, now: datetime) -> Entry:
    """Somebody wants the job to run: at once, or once more after the run that is under way."""
    if entry.state is State.RUNNING:
        return replace(entry, again=True)
    if entry.state is State.IDLE:
        return replace(entry, state=State.QUEUED, since=now, attempt=1)
    return entry


def on_begin(entry: Entry, now: datetime) -> Entry:
    """A worker has the lock and begins."""
    return replace(entry, state=State.RUNNING, since=now, again=False)


def on_busy(entry: Entry, now: datetime) -> Entry:
    """Another job holds the lock: no worker waits for it, the job comes back."""
    return replace(entry, state=State.WAITING, since=now, wait=_LOCK_WAIT)


def on_end(job: Job, entry: Entry, last: Last) -> Entry:
    """The run is over: idle, queued once more, or waiting for the next try.

    Wrong usage is not tried again: the same words are as wrong the next time. What was lost is tried once more.
    """
    ended = replace(entry, last=last, since=last.ended)
    if last.outcome is Outcome.HANDED_BACK:
        return replace(ended, state=State.QUEUED)
    is_lost, is_done = last.outcome is Outcome.LOST, last.outcome is Outcome.DONE
    tries = 0 if last.code == _WRONG_USAGE else max(job.retries, int(is_lost))
    if not is_done and entry.attempt <= tries:
        wait = 0 if is_lost else job.after * _GROWTH ** (entry.attempt - 1)
        return replace(ended, state=State.WAITING, wait=wait, attempt=entry.attempt + 1)
    state = State.QUEUED if entry.again else State.IDLE
    failures = 0 if is_done else entry.failures + 1
    return replace(ended, state=state, attempt=1, again=False, failures=failures)


def is_red(entry: Entry) -> bool:
    """True where the last run did not end well, whatever is done about it."""
    return entry.last is not None and entry.last.outcome not in (Outcome.DONE, Outcome.HANDED_BACK)


def outcome_of(job: Job, code: int) -> Outcome:
    """What the worst exit code of a job's commands means."""
    return Outcome.DONE if code == 0 or (code == _RED and job.red_is_fine) else Outcome.FAILED
