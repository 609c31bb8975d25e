"""A writer as a process of its own: `python writing.py URL NAME BATCHES [KILLED_IN]`; prints what it stored.

A batch states the same ten records as those of every other writer, in the words of this one. In the batch
KILLED_IN the process kills itself between writing and committing.
"""

import os
import signal
import sys
from datetime import UTC, datetime

from db.engine import open_engine
from db.versions import Statement, StoreCounts, store_statements


def batch(number: int, name: str) -> list[Statement]:
    return [
        Statement(
            record_type="press_record",
            key=f"press:{number}-{n}",
            site="s",
            scope="s:press",
            part="list",
            fields={"title": f"{name} {n}"},
            columns={"title": f"{name} {n}", "has_body": False},
        )
        for n in range(10)
    ]


def main(url: str, name: str, batches: str, killed_in: str = "-1") -> None:
    engine = open_engine(url)
    counts = StoreCounts()
    for number in range(int(batches)):
        with engine.begin() as conn:
            counts.add(store_statements(conn, batch(number, name), now=datetime.now(UTC)))
            if number == int(killed_in):
                os.kill(os.getpid(), signal.SIGKILL)
    print(counts.new, counts.changed, counts.unchanged)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
