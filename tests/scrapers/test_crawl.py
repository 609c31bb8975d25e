"""A whole crawl over the replay server: what is stored, what a second one does, what ends it red."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from db.archive import Archive
from db.pages import PageRecord, SourcePage
from db.protocols import AbsenceMark, BreakMark, RegistrationMark, TransferMark
from db.records import PendingRecord, RecordVersion, SittingRecord
from db.runs import Origin, Quarantine, Run
from scrapers.items import ProtocolItem
from scrapers.page import Page, Reading
from scrapers.sites.kenesh import protocol as protocol_parser
from tests.scrapers.conftest import Home
from tests.scrapers.recording import HOST, Served, article, article_list, html, protocols, write_recording
from vocab.errors import OriginMismatch, UsageError

DAYS = ("26.12.2018", "27.12.2018", "20.12.2018")


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return write_recording(tmp_path / "recording", protocols(*DAYS))


def test_protocols_are_stored_line_by_line(home: Home, recording: Path) -> None:
    report = home.crawl(recording)

    assert (report.outcome, report.reasons) == ("clean", ())
    records = home.rows(SittingRecord)
    assert [(one["key"], one["day"], one["number"]) for one in records] == [
        ("kenesh:protocol:1", date(2018, 12, 26), "1"),
        ("kenesh:protocol:2", date(2018, 12, 27), "2"),
        ("kenesh:protocol:3", date(2018, 12, 20), "3"),
    ]
    assert [one["count"] for one in home.rows(RegistrationMark)] == [87, 87, 87]
    assert [one["minutes"] for one in home.rows(BreakMark)] == [15, 15, 15]
    assert [one["name"] for one in home.rows(AbsenceMark)] == ["Мисалов М.М.", "Сынакова С.С."] * 3
    assert {(one["from_name"], one["to_name"], one["written_form"]) for one in home.rows(TransferMark)} == {
        ("Мисалов М.М.", "Пробову П.П.", True)
    }
    assert len(home.rows(PendingRecord)) == 3


def test_a_page_keeps_where_it_came_from(home: Home, recording: Path) -> None:
    home.crawl(recording)

    page = next(one for one in home.rows(SourcePage) if one["kind"] == "protocol")
    assert page["url"] == "https://old.kenesh.kg/ru/article/show/1/slug"
    assert page["address"] == "https://kenesh.kg/ru/article/show/1"
    assert page["shown_on"] == date(2018, 12, 30)
    assert page["fetched_at"].date() > page["shown_on"]
    archived = Archive(home.folder / "archive").read(page["warc_file"], page["warc_offset"])
    assert archived.body == (recording / "page-1.html").read_bytes()
    assert {(one["address"], one["record_key"]) for one in home.rows(PageRecord)} >= {
        (page["address"], "kenesh:protocol:1")
    }


def test_a_second_crawl_parses_nothing_and_writes_no_version(home: Home, recording: Path) -> None:
    home.crawl(recording)
    before = home.rows(RecordVersion)
    first = {one["key"]: one["last_seen"] for one in home.rows(SittingRecord)}

    report = home.crawl(recording)

    assert report.outcome == "clean"
    assert report.figures["pages_parsed"] == 0
    assert report.figures["pages_unchanged"] == 4
    assert home.rows(RecordVersion) == before
    assert len(home.rows(SourcePage)) == 4 + len(report.figures["not_in_this_recording"])
    assert all(one["last_seen"] > first[one["key"]] for one in home.rows(SittingRecord))


def test_a_newer_parser_reads_the_same_bytes_again(
    home: Home, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.crawl(recording)
    monkeypatch.setattr(protocol_parser, "VERSION", "next")

    report = home.crawl(recording)

    assert report.figures["kinds"]["protocol"] == {"parsed": 3, "unchanged": 3}
    assert report.figures["records_unchanged"] == 3
    assert len(home.rows(RecordVersion)) == 3


def test_a_changed_page_is_a_new_version_with_its_page(home: Home, recording: Path, tmp_path: Path) -> None:
    home.crawl(recording)
    pages = protocols(*DAYS)
    pages[1] = replace(pages[1], body=pages[1].body.replace(b" 87 ", b" 88 "))

    report = home.crawl(write_recording(tmp_path / "changed", pages))

    assert (report.figures["records_changed"], report.figures["pages_parsed"]) == (1, 1)
    versions = [one for one in home.rows(RecordVersion) if one["record_key"] == "kenesh:protocol:1"]
    assert [one["version"] for one in versions] == [1, 2]
    assert versions[1]["changes"]
    assert versions[0]["page_id"] != versions[1]["page_id"]
    assert home.rows(RegistrationMark)[0]["count"] == 88


def test_the_archive_is_read_again_without_a_network(home: Home, recording: Path) -> None:
    home.crawl(recording)
    records = home.rows(SittingRecord)

    report = home.crawl(None)

    assert (report.outcome, report.figures["pages_parsed"]) == ("clean", 4)
    assert report.figures["records_new"] + report.figures["records_changed"] == 0
    assert home.rows(SittingRecord) == records
    assert [one["stage"] for one in home.rows(Run)] == ["crawl", "reparse"]


def test_the_archive_teaches_a_parser_that_learned(
    home: Home, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.crawl(recording)
    read = protocol_parser.read

    def read_more(page: Page) -> Reading:
        reading = read(page)
        items = [replace(one, extraordinary=True) for one in reading.items if isinstance(one, ProtocolItem)]
        return replace(reading, items=tuple(items))

    monkeypatch.setattr(protocol_parser, "read", read_more)
    before = home.rows(SittingRecord)

    report = home.crawl(None)

    assert report.figures["records_changed"] == 3
    after = home.rows(SittingRecord)
    assert [one["extraordinary"] for one in after] == [True] * 3
    assert [one["last_seen"] for one in after] == [one["last_seen"] for one in before]


def test_missing_pages_of_a_recording_are_counted(home: Home, tmp_path: Path) -> None:
    report = home.crawl(write_recording(tmp_path / "recording", protocols(*DAYS)[:2]))

    assert report.outcome == "clean"
    assert report.figures["kinds"]["protocol"]["missing"] == 2
    assert "press_list" in report.figures["not_in_this_recording"]


def test_another_origin_is_refused(home: Home, recording: Path) -> None:
    home.crawl(recording)

    with pytest.raises(OriginMismatch, match="BAIKOO_HOME"):
        home.crawl(recording, origin="demonstration")
    assert [one["kind"] for one in home.rows(Origin)] == ["replay"]


@pytest.mark.parametrize(
    ("options", "message"),
    [({"site": "nowhere"}, "cbd, kenesh"), ({"only_kinds": ["poems"]}, "no page type poems")],
)
def test_what_cannot_be_done_is_said(home: Home, recording: Path, options: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        home.crawl(recording, **options)


def test_two_crawls_of_one_site_at_once_are_refused(home: Home, recording: Path) -> None:
    refused: list[UsageError] = []

    def crawl_too(_: object) -> None:
        if not refused:
            with pytest.raises(UsageError, match="being crawled already") as error:
                home.crawl(recording)
            refused.append(error.value)

    home.crawl(recording, progress=crawl_too)
    assert len(refused) == 1


def test_only_some_page_types(home: Home, recording: Path) -> None:
    report = home.crawl(recording, only_kinds=["protocol_list"])

    assert report.figures["kinds"] == {"protocol_list": {"fetched": 1, "parsed": 1}}


def test_a_redirect_is_followed_and_the_page_keeps_its_identity(home: Home, tmp_path: Path) -> None:
    listing, page = protocols("26.12.2018")
    moved = replace(page, status=301, body=b"", headers={"Location": "http://www.kenesh.kg/ru/article/show/900"})
    target = replace(page, url=f"{HOST}/ru/article/show/900")

    report = home.crawl(write_recording(tmp_path / "recording", [listing, moved, target]))

    assert report.outcome == "clean"
    stored = next(one for one in home.rows(SourcePage) if one["kind"] == "protocol")
    assert stored["address"] == "https://kenesh.kg/ru/article/show/1"
    assert stored["url"] == "http://www.kenesh.kg/ru/article/show/900"


def test_a_redirect_to_another_host_is_refused(home: Home, tmp_path: Path) -> None:
    listing, page = protocols("26.12.2018")
    moved = replace(page, status=302, body=b"", headers={"Location": "https://login.example.org/"})

    report = home.crawl(write_recording(tmp_path / "recording", [listing, moved]))

    assert report.outcome == "red"
    assert ["login.example.org" in one["reason"] for one in home.rows(Quarantine)] == [True]


def test_a_broken_page_type_ends_the_run_red(home: Home, tmp_path: Path) -> None:
    listing = article_list(21, [(1, "Протокол № 1 от 26.12.2018 г."), (2, "Протокол № 2 от 27.12.2018 г.")])
    without_titles = [article(1, ""), article(2, "")]

    report = home.crawl(write_recording(tmp_path / "recording", [listing, *without_titles]))

    assert report.outcome == "red"
    assert any("no page of this type can be read" in reason for reason in report.reasons)
    assert len([one for one in home.rows(Quarantine) if one["record_lost"]]) == 2


def test_a_problem_is_settled_by_a_later_reading(home: Home, tmp_path: Path) -> None:
    pages = protocols("26.12.2018", "27.12.2018")
    broken = [*pages[:2], replace(pages[2], body=html('<div class="text"><p>…</p></div>'))]
    assert home.crawl(write_recording(tmp_path / "broken", broken)).outcome == "red"

    report = home.crawl(write_recording(tmp_path / "mended", pages))

    assert report.outcome == "clean"
    assert [one["settled_at"] is not None for one in home.rows(Quarantine)] == [True]
    assert (report.figures["quarantined"], report.figures["quarantine_open"]) == (0, 0)


def test_an_unexpected_error_of_a_parser_is_a_reason(
    home: Home, recording: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(page: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(protocol_parser, "read", fail)

    report = home.crawl(recording)

    assert report.outcome == "red"
    assert any("RuntimeError: a fault of ours" in reason for reason in report.reasons)
    assert home.rows(SittingRecord) == []
    monkeypatch.undo()
    assert home.crawl(recording).outcome == "clean"
    assert len(home.rows(SittingRecord)) == 3


def test_pages_are_asked_for_once_whatever_they_are_called(make_home: Callable[[str], Home], tmp_path: Path) -> None:
    pages = protocols("26.12.2018")
    twice = replace(
        pages[0],
        body=pages[0].body.replace(
            b"</div></body>",
            b"<h4>\xd0\x9f\xd1\x80\xd0\xbe\xd1\x82\xd0\xbe\xd0\xba\xd0\xbe\xd0\xbb \xe2\x84\x96 1</h4>"
            b'<div class="news-read-more"><a href="http://www.kenesh.kg/ru/article/show/1/other">x</a></div></div></body>',
        ),
    )
    report = make_home("one").crawl(write_recording(tmp_path / "recording", [twice, pages[1]]))
    assert report.figures["kinds"]["protocol"]["fetched"] == 1


def test_on_both_databases(engine: Engine, recording: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "home", engine)
    first, second, again = home.crawl(recording), home.crawl(recording), home.crawl(None)

    assert [one.outcome for one in (first, second, again)] == ["clean"] * 3
    assert [one.figures["pages_parsed"] for one in (first, second, again)] == [4, 0, 4]
    assert len(home.rows(RecordVersion)) == 3


def test_contacts_are_blanked_before_they_are_kept(home: Home, tmp_path: Path) -> None:
    deputy = {"id": 1, "firstName": "Проба", "lastName": "Мисалов", "phone": "0555", "email": "a@b"}
    body = json.dumps({"content": [deputy], "page": {"totalElements": 1}}, ensure_ascii=False).encode()
    page = Served(url="https://kenesh.kg/api/deputies", body=body, suffix="json")

    home.crawl(write_recording(tmp_path / "recording", [page]))

    stored = next(one for one in home.rows(SourcePage) if one["status"] == 200)
    archived = Archive(home.folder / "archive").read(stored["warc_file"], stored["warc_offset"])
    assert b"0555" not in archived.body
    assert stored["redacted"]
    assert stored["original_sha256"] == hashlib.sha256(body).hexdigest()
    assert stored["sha256"] == hashlib.sha256(archived.body).hexdigest()
    other_mark = replace(page, headers={"ETag": '"another"'})
    again = home.crawl(write_recording(tmp_path / "again", [other_mark]))
    assert again.figures["kinds"]["deputies_api"] == {"unchanged": 1}
