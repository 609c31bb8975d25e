"""A crawl that is killed by SIGKILL and started again ends in the same tables as one that nobody disturbed."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.engine import open_engine
from db.metadata import METADATA
from scrapers.crawl import CrawlReport
from tests.scrapers.conftest import Home
from tests.scrapers.recording import html, protocols, write_recording

ROOT = Path(__file__).resolve().parents[2]
# Times of the run, numbers that a database hands out, and places in the archive.
_INCIDENTAL = {
    *("id", "seq", "page_id", "run_id", "warc_file", "warc_offset"),
    *("started_at", "ended_at", "fetched_at", "first_seen", "last_seen", "since"),
}
_KILLED = """
import os, signal, sys
from pathlib import Path
import scrapers.pipelines.store as store
from tests.scrapers.test_killed import crawl_into

where, count, calls = sys.argv[3], int(sys.argv[4]), 0

def die_at(function):
    def call(*args, **kwargs):
        global calls
        calls += 1
        if calls == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)
    return call

if where == "in a page":
    store.project = die_at(store.project)
elif where == "after the bytes":
    store.insert_page = die_at(store.insert_page)
else:
    store.Store._note = die_at(store.Store._note)
crawl_into(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def crawl_into(folder: Path, recording: Path) -> CrawlReport:
    """What the killed process does: crawl into a home that is there already."""
    return Home(folder, open_engine(f"sqlite:///{folder / 'baikoo.sqlite'}")).crawl(recording)


def tables(home: Home) -> Mapping[str, list[str]]:
    """The rows of every table without what may differ, in an order of their own."""
    found = {}
    with home.engine.connect() as conn:
        for table in METADATA.sorted_tables:
            rows = [_plain(dict(row)) for row in conn.execute(select(table)).mappings()]
            found[table.name] = sorted(json.dumps(row, ensure_ascii=False, sort_keys=True, default=str) for row in rows)
    return found


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in _INCIDENTAL}
    if "figures" in kept:
        kept["figures"] = {name: value for name, value in kept["figures"].items() if name != "seconds"}
    return kept


def kill(folder: Path, recording: Path, where: str, count: int) -> int:
    """Run a crawl that dies; gives its exit status."""
    command = [sys.executable, "-c", _KILLED, str(folder), str(recording), where, str(count)]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=120).returncode


@pytest.mark.parametrize(
    ("where", "count"), [("after a page", 1), ("after a page", 9), ("in a page", 4), ("after the bytes", 7)]
)
def test_killed_and_started_again(make_home: Callable[[str], Home], tmp_path: Path, where: str, count: int) -> None:
    pages = protocols(*(f"{day:02}.12.2018" for day in range(10, 20)))
    pages[3] = pages[3].__class__(url=pages[3].url, body=html("no title"))  # one page cannot be read
    del pages[5]  # one page is missing
    recording = write_recording(tmp_path / "recording", pages)
    calm, killed = make_home("calm"), make_home("killed")
    expected = calm.crawl(recording)

    assert kill(killed.folder, recording, where, count) == -signal.SIGKILL
    report = killed.crawl(recording)

    assert (report.outcome, report.reasons) == (expected.outcome, expected.reasons)
    assert tables(killed) == tables(calm)
