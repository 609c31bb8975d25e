"""Sending what is due. Any number of workers, in any number of processes, may do it at once.

A worker sends to all its accounts at the same time, to each account one part after the other. Between two such waves
one transaction writes down what came of the last one and what the next one begins: it is on the disk before the first
byte goes out. Where the database refuses it (a full disk, a lock that somebody keeps), the worker stops; what it had
begun is unknown when its lease is over, and is never sent twice.
"""

import secrets
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from db.engine import durable_writer
from publish.channels.protocol import Outcome
from publish.channels.registry import Account
from publish.outbox.claiming import claim, lapse, let_go
from publish.outbox.outside import Outside, account_of, send
from publish.outbox.recording import Begun, Wave
from publish.outbox.recovering import ask, recover
from vocab.posts import DeliveryState

MOST = 60
"""So many are claimed at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverCounts:
    """How many deliveries came into each state by a worker; `stopped` says why it had to give up, "" if it had not."""

    states: Mapping[DeliveryState, int]
    stopped: str = ""

    def __add__(self, other: "DeliverCounts") -> "DeliverCounts":
        """Of two workers together."""
        states = Counter(self.states) + Counter(other.states)
        return DeliverCounts(states=states, stopped=self.stopped or other.stopped)


def never() -> bool:
    """Nobody asks the worker to stop."""
    return False


def deliver(
    engine: Engine, outside: Outside, *, now: Callable[[], datetime], stopping: Callable[[], bool] = never
) -> DeliverCounts:
    """Send all that is due, settle what can be settled, and come back: nothing is waited for.

    `now` is the clock. `stopping` is asked between two waves: what is under way then comes to its end. A channel that
    named a time, or is stopped, is left alone, and everything else goes on.
    """
    worker = _Worker(engine=engine, outside=outside, now=now, stopping=stopping)
    try:
        worker.run()
    except DBAPIError as error:
        return DeliverCounts(states=+worker.counts, stopped=str(error.orig).strip().partition("\n")[0])
    return DeliverCounts(states=+worker.counts)


@dataclass(kw_only=True)
class _Worker:
    engine: Engine
    outside: Outside
    now: Callable[[], datetime]
    stopping: Callable[[], bool]
    token: str = field(default_factory=lambda: secrets.token_hex(16))
    counts: Counter[DeliveryState] = field(default_factory=Counter)

    def run(self) -> None:
        with durable_writer(self.engine) as conn, conn.begin():
            self.counts[DeliveryState.LAPSED] += lapse(conn, self.now())
        with ThreadPoolExecutor(max(1, len(self.outside.accounts))) as pool:
            while not self.stopping() and (queues := self._claimed()):
                self._send_all(queues, pool)

    def _claimed(self) -> dict[Account, deque[int]]:
        """What this worker is to send, by account; first what was left behind is put in order."""
        now, queues = self.now(), dict[Account, deque[int]]()
        with durable_writer(self.engine) as conn, conn.begin():
            self.counts[DeliveryState.UNKNOWN] += recover(conn, now)
        self.counts[DeliveryState.SENT] += ask(self.engine, self.outside, now)
        with durable_writer(self.engine) as conn, conn.begin():
            for row in claim(conn, self.outside.accounts, now, token=self.token, most=MOST):
                queues.setdefault(account_of(row), deque()).append(row["id"])
        return queues

    def _send_all(self, queues: Mapping[Account, deque[int]], pool: ThreadPoolExecutor) -> None:
        results: list[tuple[Begun, Outcome]] = []
        while True:
            with self._wave() as wave:
                going_on = [begun for begun, outcome in results if wave.record(begun, outcome)]
                ended = self.stopping()
                begun = [] if ended else wave.begin(_heads(queues, going_on))
                if ended:
                    let_go(wave.conn, self.token, wave.now)
            if not begun and (ended or not any(queues.values())):
                return
            results = list(zip(begun, pool.map(self._send, begun), strict=True))

    @contextmanager
    def _wave(self) -> Iterator[Wave]:
        with durable_writer(self.engine) as conn, conn.begin():
            wave = Wave(conn=conn, outside=self.outside, token=self.token, now=self.now())
            yield wave
        self.counts += wave.counts

    def _send(self, begun: Begun) -> Outcome:
        return send(self.outside, account_of(begun.row), begun.sending, self.now())


def _heads(queues: Mapping[Account, deque[int]], going_on: list[Begun]) -> list[int]:
    """What comes next on each account: the thread that is under way, else the oldest."""
    busy = {account_of(begun.row) for begun in going_on}
    free = [queue.popleft() for account, queue in queues.items() if queue and account not in busy]
    return [begun.row["id"] for begun in going_on] + free
