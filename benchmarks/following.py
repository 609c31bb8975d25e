"""How long a changed bill takes with 1,000 followed lists and 20,000 bills.

Run: `.venv/bin/python -m benchmarks.following`. Seconds of CPU of `publish.saved_searches.look`, without writing files.
"""

import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from db.bills import Bill
from db.engine import open_engine
from db.migrate import upgrade
from db.pending import mark_for_followers
from db.upsert import upsert
from publish.saved_searches import asked, look, save
from vocab.lists import ListKind, canonical

BILLS, LISTS = 20_000, 1_000
NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
WORDS = [f"слово{number:03}" for number in range(400)]
KINDS = ("law", "code", "ratification", "resolution", "other")


def bill(number: int, chance: random.Random) -> dict[str, object]:
    """A bill with a title of eight words."""
    return {
        "id": f"n-6-{number}-26",
        "title": " ".join(chance.choices(WORDS, k=8)),
        "kind": chance.choice(KINDS),
        "convocation": chance.choice(["VI", "VII", "VIII"]),
        "initiator": chance.choice(["government", "deputies"]),
        "made_at": NOW,
    }


def fill(engine: Engine, chance: random.Random) -> None:
    """Bills, and lists of one word with up to two filters more."""
    with engine.begin() as conn:
        upsert(conn, Bill, [bill(number, chance) for number in range(BILLS)], key=("id",))
    made = 0
    while made < LISTS:
        said = {"text": chance.choice(WORDS), "kind": chance.choice([None, *KINDS])}
        said |= {"convocation": chance.choice([None, "VI", "VII", "VIII"])}
        made += save(engine, asked(ListKind.BILLS, canonical(ListKind.BILLS, said), (), NOW))


def took(engine: Engine, number: int, chance: random.Random, day: int) -> float:
    """The CPU seconds of a look after this many bills changed."""
    with engine.begin() as conn:
        rows = [bill(chance.randrange(BILLS), chance) for _ in range(number)]
        upsert(conn, Bill, rows, key=("id",))
        mark_for_followers(conn, "bill", [str(row["id"]) for row in rows])
    started = time.process_time()
    look(engine, now=NOW + timedelta(days=day))
    return time.process_time() - started


def main() -> int:
    """Print the milliseconds of CPU for one changed bill, and a bill of a hundred."""
    chance = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder, 'follow.sqlite')}")
        upgrade(engine)
        fill(engine, chance)
        took(engine, 1, chance, 1)
        single = sorted(took(engine, 1, chance, 2 + day) for day in range(9))[4]
        hundred = took(engine, 100, chance, 20)
        engine.dispose()
    print(f"{LISTS} lists, {BILLS} bills: one changed {single * 1000:.0f} ms, of 100 each {hundred * 10:.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
