"""The main job on real content: the reconstructed pages, the one raw page, the membership lists."""

import signal
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine

from db.engine import open_engine
from db.pages import SourcePage
from db.protocols import RegistrationMark, TransferMark
from db.records import AgendaEntry, DeputyRecord, PressRecord, RecordVersion, SittingRecord
from db.runs import Quarantine
from scrapers.crawl import CrawlReport
from scrapers.imports.membership import import_membership
from tests.scrapers.conftest import Home
from tests.scrapers.test_killed import kill, tables
from vocab.text import fold_space


@dataclass(frozen=True, slots=True)
class Crawled:
    """A home after a crawl, what the crawl told, and what stood in the tables then."""

    home: Home
    report: CrawlReport
    tables: Mapping[str, list[str]]


@pytest.fixture(scope="module")
def crawled(shared_data: Path, tmp_path_factory: pytest.TempPathFactory, empty_tables: Path) -> Iterator[Crawled]:
    """The reconstructed pages, crawled once for all tests: it takes long."""
    folder = tmp_path_factory.mktemp("calm")
    copyfile(empty_tables, folder / "baikoo.sqlite")
    home = Home(folder, open_engine(f"sqlite:///{folder / 'baikoo.sqlite'}"))
    report = home.crawl(shared_data / "kenesh-reconstructed")
    yield Crawled(home, report, tables(home))
    home.engine.dispose()


def test_the_reconstructed_pages(crawled: Crawled, shared_data: Path) -> None:
    home, report = crawled.home, crawled.report
    assert (report.outcome, report.reasons) == ("clean", ())
    kinds = report.figures["kinds"]
    assert {name: kinds[name]["parsed"] for name in ("protocol", "vote_list", "press", "press_list")} == {
        "protocol": 197,
        "vote_list": 11,
        "press": 157,
        "press_list": 30,
    }
    assert kinds["press"]["missing"] == 285
    assert Counter(one["source"] for one in home.rows(SittingRecord)) == {"protocol": 197, "vote_list": 11}
    press = home.rows(PressRecord)
    assert (len(press), sum(one["has_body"] for one in press)) == (442, 157)
    assert len(home.rows(AgendaEntry)) == 121
    assert len(home.rows(TransferMark)) == 1264
    assert home.rows(RegistrationMark)
    assert home.rows(Quarantine) == []
    versions = len(home.rows(RecordVersion))

    again = home.crawl(shared_data / "kenesh-reconstructed")

    assert (again.outcome, again.figures["pages_parsed"], again.figures["pages_unchanged"]) == ("clean", 0, 417)
    assert again.figures["records_new"] + again.figures["records_changed"] == 0
    assert len(home.rows(RecordVersion)) == versions

    reparsed = home.crawl(None)

    assert (reparsed.outcome, reparsed.figures["pages_parsed"]) == ("clean", 417)
    assert len(home.rows(RecordVersion)) == versions


def test_killed_twice_in_the_reconstructed_pages(home: Home, crawled: Crawled, shared_data: Path) -> None:
    recording = shared_data / "kenesh-reconstructed"
    assert kill(home.folder, recording, "in a page", 150) == -signal.SIGKILL
    assert kill(home.folder, recording, "after a page", 400) == -signal.SIGKILL
    home.crawl(recording)

    assert tables(home) == crawled.tables


def test_the_raw_page_of_2016(home: Home, shared_data: Path) -> None:
    report = home.crawl(shared_data / "kenesh" / "deputies-page-2016")

    assert report.outcome == "clean"
    deputies = home.rows(DeputyRecord)
    assert len(deputies) == 118
    assert {one["shown_on"] for one in deputies} == {date(2016, 11, 15)}
    assert [one["url"] for one in home.rows(SourcePage) if one["status"] == 200] == [
        "https://old.kenesh.kg/ru/deputy/list/35"
    ]


@pytest.mark.parametrize("prefix", ["", "export"])
def test_membership_lists(sqlite_engine: Engine, shared_data: Path, prefix: str, tmp_path: Path) -> None:
    folder = shared_data / "kenesh" / "membership-snapshots" / prefix
    report = import_membership(sqlite_engine, folder, now=datetime.now(UTC))

    assert (report.outcome, report.figures["lists"], report.figures["quarantined"]) == ("clean", 62, 6)
    deputies = Home(tmp_path, sqlite_engine).rows(DeputyRecord)
    november = [
        one for one in deputies if one["convocation"] == "VI" and one["shown_on"].strftime("%Y-%m") == "2016-11"
    ]
    assert len(november) == 118
    assert {one["shown_on"].day for one in november} == ({3} if prefix == "" else {1})
    assert all(one["name"] == fold_space(one["name"]) for one in deputies)
