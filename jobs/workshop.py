"""Where jobs are done: looks at the clock, queues what is due, runs commands, and writes down what became of them."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from subprocess import Popen, TimeoutExpired
from typing import IO

from db.settings import HomeSettings
from jobs.commands import PROGRAM, end, start
from jobs.deciding import Entry, Last, Outcome, State, on_asked, on_begin, on_busy, on_end, on_tick, outcome_of
from jobs.ledger import Ledger
from jobs.locks import held, is_free
from jobs.queue import Queue
from jobs.schedule import Job, Schedule

LOG = logging.getLogger("jobs")
_LOOK = 0.05  # seconds between two looks at a command
_GRACE = 5.0  # seconds that a worker may take from the queue to the lock
_KEPT = 2000  # letters of a run's output
STOP_PATIENCE = 30.0
"""Seconds that a command may go on for after its worker was asked to stop; then its job is handed back."""


@dataclass(kw_only=True)
class Workshop:
    """The jobs of a home. `program` is what commands are the words of; `clock` tells the time.

    `patience` and `grace` are seconds: for a command after its worker was asked to stop, and for a worker on its way
    from the queue to the lock.
    """

    settings: HomeSettings
    schedule: Schedule
    queue: Queue
    program: Sequence[str] = PROGRAM
    patience: float = STOP_PATIENCE
    grace: float = _GRACE
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    stopping: threading.Event = field(default_factory=threading.Event)
    _ours: set[str] = field(default_factory=set)
    _queued_since: dict[str, tuple[datetime, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the ledger; names from the queue are jobs of this workshop."""
        self.ledger = Ledger(self.settings.home)
        self.queue.worked_by(self.work)

    def tick(self) -> None:
        """Look at the clock: what is due is queued, what was lost is found."""
        self.ledger.pulse()
        for job in self.schedule.values():
            if job.missing(self.settings.home, os.environ):
                continue
            before, after = self.ledger.change(job.name, partial(self._looked_at, job))
            if after.state is State.QUEUED and (self._is_new(before) or self._left_the_queue(job, after)):
                self.queue.put(job.name)

    def ask(self, name: str) -> None:
        """The job is to run: now, or once more after the run that is under way."""
        before, after = self.ledger.change(name, partial(self._asked, name))
        if after.state is State.QUEUED and self._is_new(before):
            self.queue.put(name)

    def work(self, name: str) -> None:
        """Do a job that came from the queue, unless its lock is taken: then it comes back."""
        job = self.schedule.get(name)
        if job is None:
            LOG.warning("%s: no job of the schedule any more", name)
            return
        with held(self.ledger.lock(job)) as lock:
            if lock is None:
                self.ledger.change(name, partial(self._if_queued, name, on_busy))
                return
            before, _ = self.ledger.change(name, partial(self._if_queued, name, on_begin))
            if before is not None and before.state is State.QUEUED:
                self._do(job, lock)

    def once(self, name: str) -> Last | None:
        """Do a job now and here, its output on ours, without what follows it; None where its lock is taken."""
        job = self.schedule[name]
        with held(self.ledger.lock(job)) as lock:
            if lock is None:
                return None
            self.ledger.change(name, lambda entry: on_begin(self._known(name, entry), self.clock()))
            return self._do(job, lock, here=True)

    def _do(self, job: Job, lock: int, *, here: bool = False) -> Last:
        self._ours.add(job.name)
        try:
            last = self._run(job, lock, here=here)
            if job.then and last.outcome is not Outcome.HANDED_BACK and not here:
                self.ask(job.then)
            _, after = self.ledger.change(job.name, lambda entry: on_end(job, self._known(job.name, entry), last))
        finally:
            self._ours.discard(job.name)
        LOG.info("%s: %s, exit code %s", job.name, last.outcome.value, last.code)
        if after.state is State.QUEUED:
            self.queue.put(job.name)
        return last

    def _run(self, job: Job, lock: int, *, here: bool) -> Last:
        """All commands of a job, also after one that failed, as the stages of `baikoo run` always were."""
        LOG.info("%s begins", job.name)
        started, until, path = self.clock(), time.monotonic() + 60 * job.minutes, self.ledger.output(job.name)
        worst, cut = 0, None
        with path.open("wb") as output:
            for command in job.run:
                output.write(f"$ baikoo {' '.join(command)}\n".encode())
                output.flush()
                code, cut = self._watched(self._started(command, None if here else output, lock), until)
                worst = max(worst, code if code >= 0 else 128 - code)
                if cut is not None:
                    break
        outcome = cut or outcome_of(job, worst)
        said = path.read_text("utf-8", "replace")[-_KEPT:]
        return Last(started=started, ended=self.clock(), outcome=outcome, code=None if cut else worst, output=said)

    def _started(self, command: Sequence[str], output: IO[bytes] | None, lock: int) -> Popen[bytes]:
        words = [word.replace("{home}", str(self.settings.home.absolute())) for word in command]
        return start(words, self.settings, output=output, lock=lock, program=self.program)

    def _watched(self, process: Popen[bytes], until: float) -> tuple[int, Outcome | None]:
        """The exit code, and why the command did not come to its own end (None: it did)."""
        stop_at = None
        while True:
            try:
                return process.wait(_LOOK), None
            except TimeoutExpired:
                now = time.monotonic()
            except KeyboardInterrupt:
                end(process)
                raise
            if stop_at is None and self.stopping.is_set():
                stop_at = now + self.patience
            cut = Outcome.TOO_LONG if now > until else Outcome.HANDED_BACK if stop_at and now > stop_at else None
            if cut is not None:
                end(process)
                return 0, cut

    def _looked_at(self, job: Job, entry: Entry | None) -> Entry:
        now = self.clock()
        if entry and entry.state is State.RUNNING and job.name not in self._ours and is_free(self.ledger.lock(job)):
            LOG.warning("%s: its worker was killed", job.name)
            output = self.ledger.output(job.name)
            said = output.read_text("utf-8", "replace")[-_KEPT:] if output.is_file() else ""
            entry = on_end(
                job, entry, Last(started=entry.since, ended=now, outcome=Outcome.LOST, code=None, output=said)
            )
        return on_tick(job, entry, now)

    def _left_the_queue(self, job: Job, entry: Entry) -> bool:
        """True where a worker took the job from the queue and was killed before it could write that down."""
        since, first = self._queued_since.get(job.name, (None, 0.0))
        if since != entry.since:
            self._queued_since[job.name] = (entry.since, time.monotonic())
            return False
        if (
            time.monotonic() - first < self.grace
            or job.name in self.queue.names()
            or not is_free(self.ledger.lock(job))
        ):
            return False
        del self._queued_since[job.name]
        return True

    def _if_queued(self, name: str, how: Callable[[Entry, datetime], Entry], entry: Entry | None) -> Entry:
        known = self._known(name, entry)
        return how(known, self.clock()) if known.state is State.QUEUED else known

    def _asked(self, name: str, entry: Entry | None) -> Entry:
        return on_asked(self._known(name, entry), self.clock())

    def _known(self, name: str, entry: Entry | None) -> Entry:
        return entry or Entry(name=name, since=self.clock())

    @staticmethod
    def _is_new(before: Entry | None) -> bool:
        return before is None or before.state is not State.QUEUED
