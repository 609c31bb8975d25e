"""A home with 22,430 bills, as many as those of Korea and Cyprus, tracked, for other benchmarks.

The bills stand on the pages of benchmarks/checking_whole.py: eleven events each. Made in half an hour in a folder that
is named; where it stands already it is brought to the shape of the code. Without a folder nothing is done.
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.checking_whole import pages
from db.engine import open_engine
from db.migrate import upgrade
from db.settings import home_settings
from scrapers.pipelines.statements import Origin
from scrapers.pipelines.store import store_items
from tracker.run import track

BILLS = 22_430
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def build(folder: Path) -> None:
    """Store what all pages say, and track it; the folder appears when it is whole."""
    print(f"building {folder}: half an hour, once")
    draft = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{folder.name}."))
    engine = open_engine(home_settings(draft).database_url)
    upgrade(engine)
    for items in pages(BILLS):
        with engine.begin() as conn:
            store_items(conn, items, Origin(site="kenesh", url=None, page_id=None), now=NOW)
    track(engine, now=NOW)
    engine.dispose()
    draft.rename(folder)


def main() -> None:
    """Make the home, or bring it up to date."""
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        if not folder.is_dir():
            build(folder)
        engine = open_engine(home_settings(folder).database_url)
        upgrade(engine)
        engine.dispose()


if __name__ == "__main__":
    main()
