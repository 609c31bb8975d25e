"""10,000 posts through the outbox: two worker processes, SQLite, a channel that is a real HTTP server, three languages.

Prints the seconds from the first claim to the last record, and what they are made of. Target: at most 60 s. The figure
hangs on how fast the disk takes a transaction for good, which is printed too. ARGS: another number of posts.
"""

import sqlite3
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sqlalchemy import Engine

from db.engine import open_engine, take_turn
from db.migrate import upgrade
from publish.outbox.drafting import keep_draft
from tests.publish.outbox.fake_channel import NOW, Store, serving
from tests.publish.outbox.posting import FACTS, TELEGRAM, draft, message, states
from tests.publish.outbox.worker import workers

POSTS, MOST_SECONDS, WORKERS = 10_000, 60, 2
LANGS = ("ky", "ru", "en")
_AT_ONCE, _SYNCS = 1000, 200


def fill(engine: Engine, number: int) -> float:
    """Keep so many deliveries, approved; gives the seconds."""
    began = time.perf_counter()
    for start in range(0, number, _AT_ONCE):
        with engine.begin() as conn:
            take_turn(conn)
            for place in range(start, min(start + _AT_ONCE, number)):
                one = draft(f"post:{place // len(LANGS)}:{place % len(LANGS)}")
                keep_draft(conn, one, {(TELEGRAM, LANGS[place % len(LANGS)]): message()}, NOW, approved_kinds=FACTS)
    return time.perf_counter() - began


def sync_milliseconds(folder: Path) -> float:
    """One transaction that is on the disk for good."""
    with sqlite3.connect(folder / "sync.sqlite", isolation_level=None) as conn:
        for line in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "CREATE TABLE t (a)"):
            conn.execute(line)
        began = time.perf_counter()
        for _ in range(_SYNCS):
            conn.execute("INSERT INTO t VALUES (1)")
        return (time.perf_counter() - began) / _SYNCS * 1000


def main() -> None:
    """Print the figures beside the bar."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else POSTS
    store = Store()
    with tempfile.TemporaryDirectory(prefix="baikoo-") as folder, workers() as started, serving(store) as address:
        url = f"sqlite:///{folder}/baikoo.sqlite"
        engine = open_engine(url)
        upgrade(engine)
        print(f"{'kept':<28} {number:6} posts in {fill(engine, number):5.1f} s")
        print(f"{'a transaction on the disk':<28} {sync_milliseconds(Path(folder)):6.1f} ms")
        began = time.perf_counter()
        for _ in range(WORKERS):
            started.start(url=url, address=address, able="keyless", langs=LANGS, now=NOW.isoformat())
        codes = started.wait()
        took = time.perf_counter() - began
        ended, times = states(engine), store.times()
        engine.dispose()
    print(f"{'sent by two workers':<28} {ended.get('sent', 0):6} posts in {took:5.1f} s (at most {MOST_SECONDS})")
    by = [sum(post["pid"] == pid for post in store.posts) for pid in {post["pid"] for post in store.posts}]
    print(f"{'by each worker':<28} {' '.join(map(str, by)):>6}")
    if codes != [0] * WORKERS or ended != {"sent": number} or set(times.values()) != {1}:
        sys.exit(f"not every post is there exactly once: {ended}, workers ended with {codes}")


if __name__ == "__main__":
    main()
