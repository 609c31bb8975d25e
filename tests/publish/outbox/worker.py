"""Workers of the outbox as processes that can be killed: this one has everything loaded and forks as it is asked to.

Each line on standard input is an order: {"url", "address", "able", "langs", "now"} sends what is due; an empty one
waits for all of them and answers with their exit codes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from db.engine import open_engine
from publish.outbox.delivering import deliver
from tests.publish.outbox.abilities import ABLE
from tests.publish.outbox.posting import at, outside

ROOT = Path(__file__).resolve().parents[3]


class Workers:
    """Our end of the line to such a process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def start(self, **order: Any) -> int:
        """A worker that sends what is due; gives its number."""
        return int(self._ask(json.dumps(order)))

    def wait(self) -> list[int]:
        """Wait for all; gives how each ended, negative where a signal killed it."""
        codes: list[int] = json.loads(self._ask(""))
        return codes

    def _ask(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


@contextmanager
def workers() -> Iterator[Workers]:
    """Ready to start workers."""
    command, environ = [sys.executable, "-m", "tests.publish.outbox.worker"], os.environ | {"PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=environ, text=True, **pipes) as process:  # type: ignore[call-overload]
        yield Workers(process)
        process.stdin.close()


def work(order: Mapping[str, Any]) -> None:
    """One worker, from a new connection on."""
    there = outside(order["address"], ABLE[order["able"]], order["langs"])
    deliver(open_engine(order["url"]), there, now=at(datetime.fromisoformat(order["now"])))


def main() -> None:
    """Fork a worker an order."""
    running: list[int] = []
    for line in sys.stdin:
        if not line.strip():
            ended = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in running]
            running.clear()
            print(json.dumps(ended), flush=True)  # noqa: T201
            continue
        pid = os.fork()
        if not pid:
            work(json.loads(line))
            os._exit(0)
        running.append(pid)
        print(pid, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
