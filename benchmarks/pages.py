"""Milliseconds of the server for public pages over 22,426 bills of Korea and Cyprus, 2,000 sittings and their findings.

The application is asked in this process, without a network: 95 of 100 answers in 25 ms for bill, sitting and lists, in
40 ms for search, is the aim; a page weighs at most 100 kB. A feed is a file: its answers a second are those of one
core, its 304 is to take 2 ms. Every address is asked for the first time, so nothing comes from a cache of answers.
Prints figures, judges nothing.
"""

import asyncio
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import Connection, Engine, insert
from sqlmodel import SQLModel

from benchmarks.linking import DATA, bills, store
from benchmarks.searching import words_of
from db.bills import Bill, BillStanding
from db.engine import open_engine
from db.findings import Finding
from db.links import Link
from db.migrate import upgrade
from db.runs import Origin
from db.search_documents import DocumentKind, Facet, NewDocument
from db.search_store import store_documents
from db.settings import home_settings
from db.sittings import AgendaItem, Sitting
from db.upsert import chunks, table_of
from vocab.stages import Stage
from vocab.verdicts import Verdict
from web.app import create_app

SITTINGS, ITEMS, ASKED, FEEDS, BATCH = 2_000, 20, 150, 2_000, 2_000
FIRST = date(2010, 1, 5)
NOW = datetime(2026, 9, 1, tzinfo=UTC)
Said = Sequence[tuple[str, str, date | None]]


def fill(engine: Engine, said: Said, chance: random.Random) -> None:
    """Bills with a record each, where they stand, sittings with agendas, findings, and the search."""
    store(engine, said)
    with engine.begin() as conn:
        put(conn, Origin, [{"id": 1, "kind": "replay", "since": NOW}])
        put(conn, Bill, (bill_row(key, title, day) for key, title, day in said))
        put(conn, BillStanding, (standing(key, day, chance) for key, _, day in said))
        record = {"record_type": "registry_entry", "place": "", "dossier_type": "bill", "method": "number"}
        put(conn, Link, (record | {"record_key": key, "dossier_id": key, "candidates": []} for key, _, _ in said))
        put(conn, Sitting, (sitting(number) for number in range(SITTINGS)))
        put(conn, AgendaItem, (item(number, said, chance) for number in range(SITTINGS * ITEMS)))
        put(conn, Finding, (finding(number, key) for number, (key, _, _) in enumerate(said)))
    for some in chunks(said, BATCH):
        with engine.begin() as conn:
            store_documents(conn, [document(key, title, day, chance) for key, title, day in some])


def put(conn: Connection, model: type[SQLModel], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns."""
    conn.execute(insert(table_of(model)), [dict(row) for row in rows])


def bill_row(key: str, title: str, day: date | None) -> dict[str, Any]:
    """A bill."""
    return {"id": key, "title": title, "kind": "law", "convocation": key[:2], "first_day": day}


def standing(key: str, day: date | None, chance: random.Random) -> dict[str, Any]:
    """Where it stands."""
    return {"bill_id": key, "stage": chance.choice(list(Stage)), "readings": "1,2", "last_day": day, "entries": 2}


def sitting(number: int) -> dict[str, Any]:
    """A plenary sitting."""
    day = FIRST + timedelta(days=number)
    return {"id": f"plenary-{day}", "body": "plenary", "day": day, "title": f"Protocol {number}"}


def item(number: int, said: Said, chance: random.Random) -> dict[str, Any]:
    """A line of an agenda with some bill."""
    key, title, _ = chance.choice(said)
    place = {"sitting_id": sitting(number // ITEMS)["id"], "position": number % ITEMS, "kind": "law"}
    return {"id": f"i{number}", "bill_id": key, "title": title, "readings": "1"} | place


def finding(number: int, key: str) -> dict[str, Any]:
    """Something found about a bill; of ten one waits for a person."""
    verdict = (Verdict.KEPT, Verdict.CANNOT_TELL, Verdict.BROKEN)[number % 10 % 3]
    about = {"subject_kind": "bill", "subject_id": key, "check_id": "R23", "case_key": "", "reason": "interval"}
    rule = {"edition": "2022", "article": "53", "quote": "", "verified": False, "figures": {}, "evidence": []}
    return (
        about | rule | {"id": f"f{number}", "day": FIRST, "verdict": verdict, "code_version": "1", "computed_at": NOW}
    )


def document(key: str, title: str, day: date | None, chance: random.Random) -> NewDocument:
    """The bill as the search knows it."""
    return NewDocument(
        kind=DocumentKind.BILL,
        key=key,
        title=title,
        url=f"/bills/{key}",
        content_hash="1",
        code_version="1",
        title_words=words_of(title),
        day=day,
        facets={Facet.TOPIC: [str(chance.randrange(1, 24))], Facet.BODY: ["plenary"]},
    )


def addresses(said: Said, chance: random.Random) -> dict[str, list[str]]:
    """What is asked, by the name of the page."""
    some = chance.sample(list(said), ASKED)
    words = [word for _, title, _ in some for word in title.split()[:1]]
    stages = [stage.value for stage in Stage]
    orders = ("title", "-title", "-items", "kind", "-last_day", "")
    days = chance.sample(range(SITTINGS), ASKED)
    lists = [f"/ru/bills?page={chance.randrange(1, 400)}&sort={chance.choice(orders)}" for _ in some]
    narrowed = [f"stage={chance.choice(stages)}&topic={chance.randrange(1, 24)}&page=1" for _ in some]
    return {
        "bill": [f"/ru/bills/{key}" for key, _, _ in some],
        "bill, as known on": [f"/ru/bills/{key}?as_of=2026-08-30" for key, _, _ in some],
        "sitting": [f"/ru/sittings/{sitting(number)['id']}" for number in days],
        "bills": list(dict.fromkeys(lists)),
        "bills, two filters": [f"/ru/bills?{one}" for one in dict.fromkeys(narrowed)],
        "bills, a verdict": [f"/ru/bills?verdict={one}&page={n}" for one in ("kept", "broken") for n in range(1, 30)],
        "bills, a word": [f"/ru/bills?text={one}" for one in dict.fromkeys(words)],
        "sittings": [f"/ru/sittings?page={number}" for number in range(1, 40)],
        "findings": [f"/ru/findings?page={number}" for number in range(1, 60)],
        "search": [f"/ru/search?q={one}" for one in dict.fromkeys(words)],
        "home": ["/ru/", "/ky/", "/en/"] * 10,
    }


async def measure(app: FastAPI, asked: Mapping[str, Sequence[str]]) -> None:
    """Print milliseconds and weight of every kind of page, then what a feed takes."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
        await client.get("/ru/bills")
        for name, paths in asked.items():
            taken, heaviest = [], 0
            for path in paths:
                began = time.perf_counter()
                answer = await client.get(path)
                taken.append(1000 * (time.perf_counter() - began))
                answer.raise_for_status()
                heaviest = max(heaviest, len(answer.content))
            print(f"{name:<20} {line(sorted(taken))}   heaviest {heaviest / 1000:5.0f} kB")
        await feeds(client)


async def feeds(client: httpx.AsyncClient) -> None:
    """The answers of a feed a second, and those that say that nothing changed."""
    tag = (await client.get("/feeds/ru/all.atom")).headers["etag"]
    for name, headers in (("feed", {}), ("feed, 304", {"If-None-Match": tag})):
        began = time.perf_counter()
        for _ in range(FEEDS):
            await client.get("/feeds/ru/all.atom", headers=headers)
        took = time.perf_counter() - began
        print(f"{name:<20} {FEEDS / took:,.0f} answers/s, {1000 * took / FEEDS:.2f} ms each, the asking included")


def line(taken: Sequence[float]) -> str:
    """The figures of sorted milliseconds."""
    p95 = taken[int(len(taken) * 0.95)]
    return f"p50 {statistics.median(taken):6.1f} ms   p95 {p95:6.1f} ms   worst {taken[-1]:6.1f} ms"


def main() -> None:
    """Print the figures."""
    if not (DATA / "kr-assembly-bills").is_dir():
        print(f"no real data at {DATA}")
        return
    chance = random.Random(1)
    said = list({key: (key, title, day) for key, title, day in bills()}.values())
    with tempfile.TemporaryDirectory() as folder:
        os.environ["BAIKOO_HOME"] = folder
        settings = home_settings(Path(folder))
        engine = open_engine(settings.database_url)
        upgrade(engine)
        fill(engine, said, chance)
        engine.dispose()
        feed = settings.public_dir / "feeds" / "ru" / "all.atom"
        feed.parent.mkdir(parents=True)
        feed.write_bytes(b"<feed>" + b"x" * 40_000 + b"</feed>")
        app = create_app(settings)
        print(f"{len(said):,} bills, {SITTINGS:,} sittings, {SITTINGS * ITEMS:,} items, {len(said):,} findings")
        asyncio.run(measure(app, addresses(said, chance)))
        app.state.site.engine.dispose()


if __name__ == "__main__":
    main()
