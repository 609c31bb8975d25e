"""How long an export of 22,430 bills with eleven events each takes, by table, and how much memory: 60 s and 300 MB.

The database is that of benchmarks/whole_database.py, made once and kept; with BAIKOO_HOME the export is of that home,
which stays as it is. A core's seconds count, for other work on the machine does not change them. pandas, a tool of
developers that pyarrow would load, is kept out. Prints figures, judges nothing.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from cli.home import opened
from web.bulk.run import Wish, export

KEPT = Path(tempfile.gettempdir()) / "baikoo-bench-whole"


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
                print(f"{self._table:<20} {self._rows:>10,} rows {took:>7.1f} s, {core:.1f} s of a core, {peak()} MB")
            self._table, self._began = table, (time.perf_counter(), time.process_time())
        self._rows = rows


class WithoutPandas:
    """An importer that finds no pandas."""

    def find_spec(self, name: str, *_: object) -> None:
        """Raises ModuleNotFoundError for pandas."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def peak() -> int:
    """The most memory that this process had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print the figures."""
    whole_database = str(Path(__file__).with_name("whole_database.py"))
    if "BAIKOO_HOME" not in os.environ:
        subprocess.run([sys.executable, whole_database, str(KEPT)], check=True)  # noqa: S603 - a file of this folder
        os.environ["BAIKOO_HOME"] = str(KEPT)
    sys.meta_path.insert(0, WithoutPandas())
    began, core, clock = time.perf_counter(), time.process_time(), Clock()
    print(f"before the first table {peak()} MB")
    with opened() as engine, tempfile.TemporaryDirectory() as folder:
        done = export(engine, Path(folder), Wish(day=datetime.now(UTC).date()), clock.tell)
        clock.tell("", 0)
        took, core = time.perf_counter() - began, time.process_time() - core
        said = f"{sum(done.rows.values()):,} rows, {done.size // 1_000_000} MB of files"
        print(f"{said}, {took:.1f} s, {core:.1f} s of a core, peak {peak()} MB")


if __name__ == "__main__":
    main()
