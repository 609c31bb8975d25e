"""How long an export takes, by table: of the database of BAIKOO_HOME, which stays as it is. Prints, judges nothing."""

import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from cli.home import opened
from web.bulk.run import Wish, export


class Clock:
    """Prints a line when a table is done."""

    def __init__(self) -> None:
        self._table, self._rows = "", 0
        self._began = time.perf_counter(), time.process_time()

    def tell(self, table: str, rows: int) -> None:
        """Take note of how far the export is."""
        if table != self._table:
            took, core = time.perf_counter() - self._began[0], time.process_time() - self._began[1]
            if self._table:
                print(f"{self._table:<20} {self._rows:>10,} rows {took:>7.1f} s, {core:.1f} s of a core")
            self._table, self._began = table, (time.perf_counter(), time.process_time())
        self._rows = rows


def main() -> None:
    """Print the figures."""
    began, clock = time.perf_counter(), Clock()
    with opened() as engine, tempfile.TemporaryDirectory() as folder:
        done = export(engine, Path(folder), Wish(day=datetime.now(UTC).date()), clock.tell)
        clock.tell("", 0)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        took = time.perf_counter() - began
        print(f"{sum(done.rows.values()):,} rows, {done.size // 1_000_000} MB of files, {took:.1f} s, peak {peak} MB")


if __name__ == "__main__":
    main()
