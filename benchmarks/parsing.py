"""Pages and megabytes parsed per second, by page type: one core, warm, best of five rounds over all pages of a type.

Reads the real pages beside the checkout (or in BAIKOO_TESTDATA), and the recorded cases of the page types that no real
page exists of. Prints figures, judges nothing.
"""

import csv
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from scrapers.page import Page, Reading
from scrapers.plain import plain
from scrapers.recorded import recorded_page
from scrapers.sites.cbd import documents
from scrapers.sites.kenesh import (
    agenda,
    article_list,
    bills_api,
    deputies,
    deputies_api,
    press,
    press_list,
    protocol,
    vote_list,
)

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
SHORTEST_ROUND = 0.1  # seconds: few pages are read again until a round can be measured

Read = Callable[[Page], Reading]
REAL: tuple[tuple[str, str, Read], ...] = (
    ("protocol", "kenesh-reconstructed", protocol.read),
    ("protocol-list", "kenesh-reconstructed", article_list.read),
    ("vote-list", "kenesh-reconstructed", vote_list.read),
    ("vote-list-index", "kenesh-reconstructed", article_list.read),
    ("news-list", "kenesh-reconstructed", press_list.read),
    ("news", "kenesh-reconstructed", press.read),
    ("deputy-list", "kenesh/deputies-page-2016", deputies.read),
)
RECORDED: tuple[tuple[str, str, Read], ...] = (
    ("agenda", "kenesh/agenda", agenda.read),
    ("deputies_api", "kenesh/deputies_api", deputies_api.read),
    ("bills_api", "kenesh/bills_api", bills_api.read),
    ("documents", "cbd/documents", documents.read),
)


@dataclass(frozen=True)
class Speed:
    """How fast one page type is read."""

    pages: int
    pages_per_second: float
    megabytes_per_second: float


def real_pages(folder: Path, kind: str) -> Iterator[Page]:
    """The pages of one kind of a recording."""
    with (folder / "index.csv").open(encoding="utf-8", newline="") as index:
        rows = [row for row in csv.DictReader(index) if row["kind"] == kind]
    for row in rows:
        yield Page(
            url=row["url"],
            address=row["url"],
            kind=kind,
            text=(folder / row["file"]).read_text("utf-8"),
            fetched_at=datetime(2023, 4, 30, tzinfo=UTC),
            shown_on=date.fromisoformat(row["recorded_at"]),
        )


def recorded_pages(parser: str) -> list[Page]:
    """The recorded cases of a parser that it can read."""
    folders = sorted((ROOT / "tests" / "pages" / parser).glob("*/"))
    return [recorded_page(one) for one in folders if '"error"' not in (one / "expected.json").read_text("utf-8")]


def measure(read: Read, pages: list[Page]) -> Speed:
    """The best of the rounds; the first reading of all pages warms up and is not counted."""
    started = time.perf_counter()
    for page in pages:
        read(page)
    times = max(1, round(SHORTEST_ROUND / (time.perf_counter() - started)))
    best = min(_seconds(read, pages, times) for _ in range(ROUNDS)) / times
    size = sum(len(page.text.encode()) for page in pages)
    return Speed(len(pages), len(pages) / best, size / best / 1e6)


def _seconds(read: Read, pages: list[Page], times: int) -> float:
    started = time.perf_counter()
    for _ in range(times):
        for page in pages:
            read(page)
    return time.perf_counter() - started


def show(name: str, speed: Speed) -> None:
    """One line of the table."""
    rate = f"{speed.pages_per_second:10,.0f} pages/s {speed.megabytes_per_second:8.1f} MB/s"
    print(f"{name:<28}{speed.pages:6} pages {rate}")


def main() -> None:
    """Prints the table, and how fast items become JSON."""
    data = Path(os.environ.get("BAIKOO_TESTDATA") or ROOT.parent / "shared" / "data")
    for kind, folder, read in REAL:
        if not (data / folder).is_dir():
            print(f"{kind:<28}no real pages at {data / folder}")
            continue
        show(kind, measure(read, list(real_pages(data / folder, kind))))
    for kind, cases, read in RECORDED:
        show(f"{kind} (recorded cases)", measure(read, recorded_pages(cases)))
    show_plain(data / "kenesh-reconstructed")


def show_plain(folder: Path) -> None:
    """How many absences a second become JSON values, as a small object stands for all."""
    if not folder.is_dir():
        return
    items = [item for page in real_pages(folder, "protocol") for item in protocol.read(page).items]
    small = [one for item in items for one in getattr(item, "absences", ())]
    seconds = min(_plain_seconds(small) for _ in range(ROUNDS))
    print(f"{'values to JSON':<28}{len(small):6} objects {len(small) / seconds:8,.0f} objects/s")


def _plain_seconds(objects: list[object]) -> float:
    started = time.perf_counter()
    for one in objects:
        plain(one)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
