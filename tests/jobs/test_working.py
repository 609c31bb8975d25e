"""Real workers on a real queue: killed, asked to stop, two at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from db.settings import home_settings
from jobs.deciding import Entry, Outcome, State
from jobs.ledger import Ledger, last_pulse
from jobs.locks import is_free
from jobs.queue import open_queue
from jobs.schedule import load_schedule
from jobs.settings import load_queue_settings
from jobs.workshop import Workshop
from tests.test_architecture import ROOT

OTHERS = ("crawl-cbd", "decide", "deliver", "remind", "alerts", "health", "privacy", "backup", "export")
OFF = "".join(f"{name}: {{disabled: true}}\n" for name in OTHERS)
SCHEDULE = """
crawl-kenesh: {{run: [crawl {crawl}], when: [], then: chain}}
chain: {{run: [annotate 0, publish 0]}}
fails: {{run: [fails 0 1], retries: 1, after: 1}}
"""


class Home:
    """A home with its workers."""

    def __init__(self, folder: Path, crawl: str = "0") -> None:
        self.folder = folder
        (folder / "schedule.yml").write_text(OFF + SCHEDULE.format(crawl=crawl))
        self.schedule, self.ledger = load_schedule(folder), Ledger(folder)
        self.workers: list[subprocess.Popen[bytes]] = []

    def worker(self) -> subprocess.Popen[bytes]:
        environ = os.environ | {"PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "tests.jobs.worker", str(self.folder)]
        with (self.folder / "worker.log").open("a") as log:
            self.workers.append(subprocess.Popen(command, cwd=ROOT, env=environ, stderr=log))
        return self.workers[-1]

    def ask(self, name: str) -> None:
        queue = open_queue(load_queue_settings(self.folder))
        Workshop(settings=home_settings(self.folder), schedule=self.schedule, queue=queue).ask(name)
        queue.close()

    def entry(self, name: str) -> Entry:
        entry = self.ledger.read(name)
        assert entry is not None
        return entry

    def log(self) -> list[str]:
        path = self.folder / "log"
        return path.read_text().splitlines() if path.is_file() else []

    def said(self, *words: str) -> int:
        return sum(line.split()[:2] == list(words) for line in self.log())

    def is_done(self, name: str) -> bool:
        entry = self.ledger.read(name)
        return entry is not None and entry.state is State.IDLE and entry.last is not None

    def end(self) -> None:
        for worker in self.workers:
            with suppress(ProcessLookupError):
                worker.terminate()
            worker.wait(20)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    one = Home(tmp_path)
    yield one
    one.end()


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Home]:
    one = Home(tmp_path, crawl="1.2")
    yield one
    one.end()


def wait_for(happened: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def test_a_crawl_is_followed_by_the_chain_and_a_failure_is_tried_again(home: Home) -> None:
    home.worker()
    home.ask("crawl-kenesh")
    home.ask("fails")
    wait_for(lambda: home.is_done("chain") and home.is_done("fails"))
    assert [line.split()[:2] for line in home.log() if "fails" not in line] == [
        [word, name] for name in ("crawl", "annotate", "publish") for word in ("begin", "end")
    ]
    last = home.entry("chain").last
    assert last is not None
    assert (last.outcome, last.code) == (Outcome.DONE, 0)
    assert "$ baikoo publish 0\npublish says something" in last.output
    failed = home.entry("fails")
    assert (home.said("begin", "fails"), failed.failures, failed.last and failed.last.code) == (2, 1, 1)
    pulse = last_pulse(home.folder)
    assert pulse is not None
    assert abs((pulse - datetime.now(pulse.tzinfo)).total_seconds()) < 5


def test_a_killed_worker_leaves_no_lock_and_its_job_is_begun_again(slow: Home) -> None:
    worker = slow.worker()
    slow.ask("crawl-kenesh")
    wait_for(lambda: slow.said("begin", "crawl") == 1)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    lock = slow.ledger.lock(slow.schedule["crawl-kenesh"])
    assert not is_free(lock), "the command goes on, and nobody may begin another one"
    assert slow.entry("crawl-kenesh").state is State.RUNNING
    slow.worker()
    wait_for(lambda: slow.is_done("crawl-kenesh"))
    lines = [line.split()[0] for line in slow.log() if "crawl" in line]
    assert lines == ["begin", "end"] * 2, "the second began when the first was over"
    assert slow.entry("crawl-kenesh").last.outcome is Outcome.DONE  # type: ignore[union-attr]
    slow.end()
    assert is_free(lock)


def test_two_workers_do_not_crawl_a_site_at_once(slow: Home) -> None:
    slow.worker()
    slow.worker()
    slow.ask("crawl-kenesh")
    wait_for(lambda: slow.said("begin", "crawl") == 1)
    slow.ask("crawl-kenesh")
    slow.ask("crawl-kenesh")
    wait_for(lambda: slow.said("end", "crawl") == 2 and slow.is_done("chain") and slow.is_done("crawl-kenesh"))
    assert [line.split()[0] for line in slow.log() if "crawl" in line] == ["begin", "end"] * 2


def test_a_worker_that_is_asked_to_end_hands_back_what_takes_long(slow: Home) -> None:
    worker = slow.worker()
    slow.ask("crawl-kenesh")
    wait_for(lambda: slow.said("begin", "crawl") == 1)
    worker.terminate()
    assert worker.wait(10) == 0
    entry = slow.entry("crawl-kenesh")
    assert (entry.state, entry.last and entry.last.outcome) == (State.QUEUED, Outcome.HANDED_BACK)
    assert (slow.said("end", "crawl"), is_free(slow.ledger.lock(slow.schedule["crawl-kenesh"]))) == (0, True)
    slow.worker()
    wait_for(lambda: slow.is_done("crawl-kenesh"))
    assert slow.said("end", "crawl") == 1


def test_a_job_that_left_the_queue_with_a_killed_worker_is_found(home: Home) -> None:
    home.ask("crawl-kenesh")
    queue = open_queue(load_queue_settings(home.folder))
    assert queue.huey.dequeue() is not None  # taken, and killed before anything was written down
    queue.close()
    home.worker()
    wait_for(lambda: home.is_done("crawl-kenesh"))
