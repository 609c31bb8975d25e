"""A whole crawl over the replay server: the first, a second over the same pages, the archive read again.

Over the reconstructed pages beside the checkout (or in BAIKOO_TESTDATA). Best of five; prints figures, judges nothing.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from db.archive import Archive
from db.engine import open_engine
from db.migrate import upgrade
from scrapers.crawl import CrawlReport, crawl

ROUNDS = 5
ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BAIKOO_TESTDATA") or ROOT.parent / "shared" / "data") / "kenesh-reconstructed"


def one_round(folder: Path) -> list[CrawlReport]:
    """Crawl into an empty home, crawl again, read the archive again."""
    engine = open_engine(f"sqlite:///{folder / 'baikoo.sqlite'}")
    upgrade(engine)

    def run(replay: Path | None) -> CrawlReport:
        archive = Archive(folder / "archive")
        return crawl(
            "kenesh", engine=engine, archive=archive, origin="replay", replay=replay, from_archive=replay is None
        )

    reports = [run(DATA), run(DATA), run(None)]
    engine.dispose()
    return reports


def line(name: str, reports: list[CrawlReport], pages: Callable[[CrawlReport], int]) -> str:
    """The best of several rounds."""
    best = min(reports, key=lambda report: report.figures["seconds"])
    seconds = best.figures["seconds"]
    return f"{name:<28} {seconds:6.2f} s   {pages(best):5d} answers   {pages(best) / seconds:6.0f} answers/s"


def main() -> None:
    """Print a line a kind of crawl."""
    if not DATA.is_dir():
        sys.exit(f"no real data at {DATA}; set BAIKOO_TESTDATA")
    rounds = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(one_round(Path(folder)))
    names = ("first crawl", "second crawl, all unchanged", "archive read again")
    for name, reports in zip(names, zip(*rounds, strict=True), strict=True):
        print(line(name, list(reports), answers))


def answers(report: CrawlReport) -> int:
    """Pages that were answered, also by 404 and 304."""
    return sum(report.figures[f"pages_{name}"] for name in ("fetched", "unchanged", "missing"))


if __name__ == "__main__":
    main()
