"""A writer as a process of its own: `python writing.py URL NAME ROUNDS [KILLED_IN]`; prints what it stored.

A round states the same ten records as all rounds of all writers, in words of its own. In the round KILLED_IN the
process kills itself between writing and committing. It says when it is ready, and begins when its standard input
ends, so that several begin together.
"""

import os
import signal
import sys
from datetime import UTC, datetime

from db.engine import open_engine
from db.versions import Statement, StoreCounts, store_statements

RECORDS = 10


def statements(words: str) -> list[Statement]:
    return [
        Statement(
            record_type="press_record",
            key=f"press:{n}",
            site="s",
            scope="s:press",
            part="list",
            fields={"title": words},
            columns={"title": words, "has_body": False},
        )
        for n in range(RECORDS)
    ]


def main(url: str, name: str, rounds: str, killed_in: str = "-1") -> None:
    engine = open_engine(url)
    engine.connect().close()
    print("ready", flush=True)  # noqa: T201
    sys.stdin.read()
    counts = StoreCounts()
    for number in range(int(rounds)):
        with engine.begin() as conn:
            counts.add(store_statements(conn, statements(f"{name} {number}"), now=datetime.now(UTC)))
            if number == int(killed_in):
                os.kill(os.getpid(), signal.SIGKILL)
    print(counts.new, counts.changed, counts.unchanged)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
