"""`baikoo jobs`: the schedule, the process that keeps it, and what became of each job."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from cli.home import Format, FormatOption, opened, print_json, print_rows
from cli.main import COMMANDS
from db.settings import load_settings
from jobs.consumer import consume
from jobs.deciding import Entry, is_red
from jobs.ledger import STANDS_STILL, Ledger, last_pulse
from jobs.locks import is_free
from jobs.queue import Queue, open_queue
from jobs.schedule import FILE, Job, Schedule, load_schedule
from jobs.settings import load_queue_settings
from jobs.times import next_time
from jobs.workshop import Workshop
from vocab.dates import BISHKEK
from vocab.errors import ConfigError, UsageError

_WORKERS = 3
_LISTED = ("job", "next", "lock", "then", "runs")
_STATUS = ("job", "state", "since", "last", "code", "seconds", "failed")


def build() -> typer.Typer:
    """What runs when: keep the schedule, look at it, do one job now."""
    app = typer.Typer(help="What runs when: keep the schedule, look at it, do one job now.", no_args_is_help=True)
    for name, command in (("run", run), ("list", list_jobs), ("status", status), ("once", once)):
        app.command(name)(command)
    return app


def run(
    workers: Annotated[int, typer.Option(help="how many jobs at once", min=1, max=32)] = _WORKERS,
) -> None:
    """Keep the schedule: look at the clock, do what is due, until the process is asked to end.

    SIGTERM: what runs gets half a minute, or is handed back and begun again by the next start. After a kill it is begun
    again, too. A second process of the same home shares the work.

    Example: `baikoo jobs run --workers 3`
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    logging.getLogger("huey").setLevel(logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    schedule = _schedule()
    with opened():  # made, or refused, here and now: not by several jobs at once
        pass
    with _queue() as queue:
        consume(Workshop(settings=load_settings(), schedule=schedule, queue=queue), workers)


def list_jobs(form: FormatOption = Format.TABLE) -> None:
    """The schedule, with the next time of each job in the time of Bishkek.

    Example: `baikoo jobs list`
    """
    now = datetime.now(BISHKEK)
    rows = [_listed(job, now) for job in _schedule().values()]
    if form is Format.JSON:
        print_json(rows)
    else:
        print_rows([row | {"runs": "; ".join(row["runs"])} for row in rows], _LISTED, title="Jobs", empty="No job.")


def _listed(job: Job, now: datetime) -> dict[str, Any]:
    missing = job.missing(load_settings().home, os.environ)
    moment = next_time(job.when, now)
    when = f"off: {', '.join(missing)} is missing" if missing else moment and f"{moment:%Y-%m-%d %H:%M}"
    runs = [" ".join(words) for words in job.run]
    return {"job": job.name, "next": when, "lock": job.lock, "then": job.then, "runs": runs}


def status(
    name: Annotated[str, typer.Argument(metavar="[JOB]", help="also show what its last run said")] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Where each job is, how its last run ended, which locks are held, and how long the queue is.

    Exit code 1 where the last run of a job failed, or where the scheduler stands still.

    Examples: `baikoo jobs status` · `baikoo jobs status chain` · `baikoo jobs status --format json`
    """
    schedule, home = _schedule(), load_settings().home
    ledger, pulse = Ledger(home), last_pulse(home)
    with _queue() as queue:
        waiting = queue.names()
    wanted = {name: _named(schedule, name)} if name else schedule
    entries = {job.name: entry for job in wanted.values() if (entry := ledger.read(job.name))}
    locks = sorted({job.lock for job in schedule.values() if not is_free(ledger.lock(job))})
    if form is Format.JSON:
        jobs = [asdict(entry) for entry in entries.values()]
        print_json({"scheduler": pulse, "queue": waiting, "locks": locks, "jobs": jobs})
    else:
        typer.echo(f"The scheduler looked at the clock last: {_moment(pulse)}. Queue: {', '.join(waiting) or 'empty'}.")
        typer.echo(f"Locks held: {', '.join(locks) or 'none'}.")
        print_rows([_row(one) for one in entries.values()], _STATUS, title="Jobs", empty="No job ran or was due yet.")
        if name and name in entries and (last := entries[name].last):
            typer.echo(last.output)
    stands = pulse is not None and datetime.now(BISHKEK) - pulse > STANDS_STILL
    if stands or any(is_red(entry) for entry in entries.values()):
        raise typer.Exit(1)


def _row(entry: Entry) -> dict[str, Any]:
    last = entry.last
    told = {"job": entry.name, "state": entry.state, "since": _moment(entry.since), "failed": entry.failures or None}
    if last is None:
        return told
    seconds = round((last.ended - last.started).total_seconds(), 1)
    return told | {"last": last.outcome, "code": last.code, "seconds": seconds}


def _moment(moment: datetime | None) -> str:
    return f"{moment.astimezone(BISHKEK):%Y-%m-%d %H:%M:%S}" if moment else "never"


def once(name: Annotated[str, typer.Argument(metavar="JOB", help="see `baikoo jobs list`")]) -> None:
    """Do one job now and here, with its lock, and then what follows it; its exit code is the worst of its commands.

    Example: `baikoo jobs once chain`
    """
    schedule, settings = _schedule(), load_settings()
    job: Job | None = _named(schedule, name)
    worst = 0
    with _queue() as queue:
        shop = Workshop(settings=settings, schedule=schedule, queue=queue)
        while job is not None:
            if missing := job.missing(settings.home, os.environ):
                raise UsageError(f"{job.name} is off: {', '.join(missing)} is missing")
            last = shop.once(job.name)
            if last is None:
                raise UsageError(f"{job.name}: lock {job.lock} is held; `baikoo jobs status` says what runs")
            worst = max(worst, 1 if last.code is None else last.code)
            job = schedule.get(job.then)
    if worst:
        raise typer.Exit(worst)


def _named(schedule: Schedule, name: str) -> Job:
    if name not in schedule:
        raise UsageError(f"there is no job {name!r}; there are {', '.join(schedule)}")
    return schedule[name]


def _schedule() -> Schedule:
    home = load_settings().home
    schedule = load_schedule(home)
    for job in schedule.values():
        for words in job.run:
            if words[0] not in COMMANDS:
                raise ConfigError(
                    f"{home / FILE}: {job.name}: run: there is no command {words[0]!r}; see `baikoo --help`"
                )
    return schedule


@contextmanager
def _queue() -> Iterator[Queue]:
    queue = open_queue(load_queue_settings(load_settings().home))
    try:
        yield queue
    finally:
        queue.close()
