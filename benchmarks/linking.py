"""Linking at size: 17,353 Korean and 5,073 Cypriot bills against themselves, and edges kept in a database.

The database holds Greek titles, of which the lexicon knows no word: more pairs are compared than in Russian or Kyrgyz.

The aim is 120 seconds and 500 MB on one core. Prints figures, judges nothing.
"""

import csv
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine

from db.engine import open_engine
from db.migrate import upgrade
from db.versions import Statement, store_statements
from nlp.drafts.draft import Draft
from nlp.drafts.edges import Record, update_edges
from nlp.drafts.index import DraftIndex
from nlp.drafts.title_form import read_title

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BAIKOO_TESTDATA") or ROOT.parent / "shared" / "data")
NOW = datetime(2026, 9, 1, tzinfo=UTC)
STORED, BATCH, LATER = 5_000, 300, 10
KILO = 1024


def bills() -> Iterator[tuple[str, str, date | None]]:
    """Key, title and day of every bill."""
    with (DATA / "kr-assembly-bills" / "bills.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            day = date.fromisoformat(row["proposed_date"]) if row["proposed_date"] else None
            yield f"kr-{row['bill_id']}", row["title"], day
    for line in (DATA / "cy-openpatata" / "bills.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield f"cy-{row['_id']}", row["title"], None


def link_in_memory(said: Sequence[tuple[str, str, date | None]]) -> None:
    """Build the index, ask for each bill."""
    began = time.perf_counter()
    drafts = [Draft(key=key, title=read_title(title, day), day=day) for key, title, day in said]
    index = DraftIndex(drafts)
    built = time.perf_counter()
    linked = sum(index.match(draft) is not None for draft in drafts)
    ended = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILO
    print(f"{len(drafts):,} bills read and filed     {built - began:>8.1f} s")
    print(f"{len(drafts):,} asked, {linked:,} linked    {ended - built:>8.1f} s   peak {memory:,.0f} MB")


def store(engine: Engine, said: Sequence[tuple[str, str, date | None]]) -> list[Record]:
    """Keep bills as entries of a register."""
    statements = [
        Statement(
            record_type="registry_entry",
            key=key,
            site="bench",
            scope="bills",
            part="list",
            fields={"title": title},
            columns={"number": None, "registered_on": day, "title": title},
        )
        for key, title, day in said
    ]
    with engine.begin() as conn:
        store_statements(conn, statements, now=NOW)
    return [("registry_entry", key) for key, _, _ in said]


def link_in_database(said: Sequence[tuple[str, str, date | None]]) -> None:
    """Edges of everything in batches, then of a few records that came later."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/baikoo.sqlite")
        upgrade(engine)
        records = store(engine, said)
        for name, size in (("first", BATCH), ("later", LATER)):
            times = []
            for start in range(0, len(records) if name == "first" else LATER * LATER, size):
                began = time.perf_counter()
                with engine.begin() as conn:
                    update_edges(conn, records[start : start + size])
                times.append(time.perf_counter() - began)
            each = 1000 * sum(times) / len(times) / size
            print(f"edges in SQLite, {name}, {size} at a time  {each:>8.2f} ms a record, {sum(times):.1f} s in all")
        engine.dispose()


def main() -> None:
    """Print the figures."""
    if not (DATA / "kr-assembly-bills").is_dir():
        print(f"no real data at {DATA}")
        return
    said = list(bills())
    link_in_memory(said)
    link_in_database(said[-STORED:])


if __name__ == "__main__":
    main()
