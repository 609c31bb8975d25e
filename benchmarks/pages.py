"""Milliseconds of the server for public pages over 22,426 bills of Korea and Cyprus, 2,000 sittings and their findings.

The application is asked in this process, without a network: 95 of 100 answers in 25 ms for bill, sitting and lists, in
40 ms for search, is the aim; a page weighs at most 100 kB. A feed is a file: its answers a second are those of one
core, its 304 is to take 2 ms. Every address is asked for the first time, so nothing comes from a cache of answers; the
first answer of each kind of page, with templates and totals that nobody asked for before, stands by itself. Judge by
the time of the processor: the clock counts what the machine does beside. Prints figures, judges nothing.
"""

import asyncio
import os
import random
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime

import httpx
from fastapi import FastAPI

from benchmarks.linking import DATA
from benchmarks.page_data import ITEMS, SITTINGS, Said, prepared, sitting
from vocab.dates import BISHKEK
from vocab.stages import Stage
from web.app import create_app

ASKED, FEEDS, KILO = 150, 2_000, 1000


def addresses(said: Said, chance: random.Random) -> dict[str, list[str]]:
    """What is asked, by the name of the page."""
    some = chance.sample(list(said), ASKED)
    words = [word for _, title, _ in some for word in title.split()[:1]]
    stages = [stage.value for stage in Stage]
    orders = ("title", "-title", "-items", "kind", "-last_day", "")
    days = chance.sample(range(SITTINGS), ASKED)
    persons = ["name", "-absences", "held", ""] * 10
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
        "findings by month": [f"/ru/findings?by=month&page={number}" for number in range(1, 60)],
        "findings, as known": [f"/ru/findings?as_of=2026-09-02&page={number}" for number in range(1, 30)],
        "findings, filtered": [f"/ru/findings?verdict=kept&year={year}" for year in range(2010, 2024)] * 2,
        "finding": [f"/ru/findings/f{number}" for number in range(0, 1500, 10)],
        "persons": [f"/ru/persons?page={number % 12 + 1}&sort={one}" for number, one in enumerate(persons)],
        "rules": ["/ru/rules", "/ky/rules", "/en/rules"] * 10,
        "committees": ["/ru/committees", "/ky/committees", "/en/committees"] * 10,
        "committee": [f"/{lang}/committees/c{number}" for number in range(14) for lang in ("ru", "en")],
        "calendar": [f"/ru/calendar?year={2010 + n // 12}&month={n % 12 + 1}" for n in range(60)],
        "search": [f"/ru/search?q={one}" for one in dict.fromkeys(words)],
        "home": ["/ru/", "/ky/", "/en/"] * 10,
    }


async def measure(app: FastAPI, asked: Mapping[str, Sequence[str]]) -> None:
    """Print milliseconds and weight of every kind of page, then what a feed takes."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
        print(f"{'':<20} {'processor p50':>13} {'p95':>7} {'wall p50':>9} {'p95':>7} {'first':>7} {'heaviest':>9}")
        for name, paths in asked.items():
            await client.get("/ru/privacy")
            print(f"{name:<20} {await figures(client, paths)}")
        await feeds(client)


async def figures(client: httpx.AsyncClient, paths: Sequence[str]) -> str:
    """Milliseconds of the processor (of this whole process) and of the clock; the first answer stands by itself."""
    busy, taken, heaviest = [], [], 0
    for path in paths:
        began, worked = time.perf_counter(), time.process_time()
        answer = await client.get(path)
        busy.append(1000 * (time.process_time() - worked))
        taken.append(1000 * (time.perf_counter() - began))
        answer.raise_for_status()
        heaviest = max(heaviest, len(answer.content))
    said = [*middle_and_95(busy[1:]), *middle_and_95(taken[1:])]
    widths = (13, 7, 9, 7)
    cells = " ".join(f"{value:>{width}.1f}" for value, width in zip(said, widths, strict=True))
    return f"{cells} {taken[0]:>7.1f} {heaviest / KILO:>6.0f} kB"


def middle_and_95(values: Sequence[float]) -> tuple[float, float]:
    """What half of them, and 95 of 100, do not exceed."""
    return statistics.median(values), sorted(values)[int(len(values) * 0.95)]


async def feeds(client: httpx.AsyncClient) -> None:
    """The answers of a feed a second, and those that say that nothing changed."""
    tag = (await client.get("/feeds/ru/all.atom")).headers["etag"]
    for name, headers in (("feed", {}), ("feed, 304", {"If-None-Match": tag})):
        began = time.perf_counter()
        for _ in range(FEEDS):
            await client.get("/feeds/ru/all.atom", headers=headers)
        took = time.perf_counter() - began
        print(f"{name:<20} {FEEDS / took:,.0f} answers/s, {1000 * took / FEEDS:.2f} ms each, the asking included")


def main() -> None:
    """Print the figures; arguments are the names of pages, all without."""
    if not (DATA / "kr-assembly-bills").is_dir():
        print(f"no real data at {DATA}")
        return
    settings, said = prepared(anew="--anew" in sys.argv)
    os.environ["BAIKOO_HOME"] = str(settings.home)
    app = create_app(settings)
    today, found = datetime.now(BISHKEK).date(), f"{len(said):,}"
    print(f"{today}: {found} bills, {SITTINGS:,} sittings, {SITTINGS * ITEMS:,} items, {found} findings")
    asked = addresses(said, random.Random(2))
    chosen = [name for name in asked if name in sys.argv] or list(asked)
    asyncio.run(measure(app, {name: asked[name] for name in chosen}))
    app.state.site.engine.dispose()


if __name__ == "__main__":
    main()
