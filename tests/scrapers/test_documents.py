"""Files that bills offer: fetched once and politely, archived, read into texts; and what is no file."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from db.archive import Archive
from db.documents import Document, DocumentText
from db.pages import SourcePage
from db.records import RegistryEntry
from db.runs import Quarantine
from db.upsert import table_of
from nlp.documents.run import DocumentCounts, read_documents
from scrapers import source as sources
from scrapers.page import Page
from scrapers.sites.kenesh import bills_api
from scrapers.source import PageKind, Source, load_source
from tests.nlp.files import docx, paragraph, pdf
from tests.scrapers.conftest import Home
from tests.scrapers.recording import Served, html, write_recording

BILLS = "https://kenesh.kg/sed/docs?page=0&limit=100"
UPLOADS = "https://kenesh.kg/uploads"
TEXT = docx(paragraph("Долбоор"), paragraph("Ушул Мыйзам эмгек мамилелерин жөнгө салат."))
NOTE = pdf(["Справка-обоснование", "Проект закона разработан для улучшения условий труда."])
FILES = [
    {"name": "Законопроект на государственном языке", "url": "/uploads/bill_1.docx"},
    {"name": "Справка-обоснование", "url": "/uploads/note_1.pdf"},
    {"name": "Фотография", "url": "/uploads/photo.jpg"},
]


def register(files: Sequence[dict[str, str]] = FILES) -> Served:
    """The register with one bill."""
    bill = {"vh_nom": "6-1/26", "vh_dat": "2026-09-01T00:00:00.000Z", "zpNameRus": "О труде", "documents": list(files)}
    body = json.dumps({"content": [bill], "totalElements": 1}, ensure_ascii=False).encode()
    return Served(url=BILLS, body=body, suffix="json", recorded_at="2026-09-25")


def file(name: str, body: bytes, **options: Any) -> Served:
    return Served(url=f"{UPLOADS}/{name}", body=body, suffix=name.rpartition(".")[2], **options)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return write_recording(tmp_path / "recording", [register(), file("bill_1.docx", TEXT), file("note_1.pdf", NOTE)])


def kept(home: Home) -> dict[str, tuple[int, int]]:
    """The archived files: status and size by name."""
    return {
        row["url"].rpartition("/")[2]: (row["status"], row["size"])
        for row in home.rows(SourcePage)
        if row["kind"] == "document"
    }


def read(home: Home) -> DocumentCounts:
    return read_documents(home.engine, Archive(home.folder / "archive"), now=datetime(2026, 9, 25, tzinfo=UTC))


def test_files_are_fetched_archived_and_read(home: Home, recording: Path) -> None:
    report = home.crawl(recording)
    assert (report.outcome, report.reasons) == ("clean", ())
    assert report.figures["kinds"]["document"] == {"fetched": 2}
    assert kept(home) == {"bill_1.docx": (200, len(TEXT)), "note_1.pdf": (200, len(NOTE))}
    offered = {(row["url"], row["address"], row["kind"], row["language"]) for row in home.rows(Document)}
    assert offered == {
        (f"{UPLOADS}/bill_1.docx", f"{UPLOADS}/bill_1.docx", "bill_text", "ky"),
        (f"{UPLOADS}/note_1.pdf", f"{UPLOADS}/note_1.pdf", "note", None),
        (f"{UPLOADS}/photo.jpg", f"{UPLOADS}/photo.jpg", "other", None),
    }
    assert read(home) == DocumentCounts(looked_at=2, read=2)
    texts = {row["url"].rpartition("/")[2]: row for row in home.rows(DocumentText)}
    assert texts["bill_1.docx"]["text"] == "Долбоор\nУшул Мыйзам эмгек мамилелерин жөнгө салат."
    assert (texts["bill_1.docx"]["language"], texts["note_1.pdf"]["language"]) == ("ky", "ru")
    assert {row["id"] for row in home.rows(SourcePage) if row["kind"] == "document"} == {
        row["page_id"] for row in texts.values()
    }


def test_a_second_crawl_asks_for_no_file_again(home: Home, recording: Path) -> None:
    home.crawl(recording)
    read(home)
    before = home.rows(SourcePage)
    report = home.crawl(recording)
    assert report.outcome == "clean"
    assert "document" not in report.figures["kinds"]
    assert [row["id"] for row in home.rows(SourcePage)] == [row["id"] for row in before]
    assert read(home) == DocumentCounts()


def rested(home: Home) -> None:
    """Let the files' days of rest pass."""
    page = table_of(SourcePage)
    with home.engine.begin() as conn:
        long_ago = datetime.now(UTC) - timedelta(days=31)
        conn.execute(update(page).where(page.c.kind == "document").values(last_seen=long_ago))


def test_after_a_rest_a_file_is_asked_for_with_its_mark(home: Home, recording: Path) -> None:
    home.crawl(recording)
    rested(home)
    report = home.crawl(recording)
    assert report.figures["kinds"]["document"] == {"unchanged": 2}
    assert len(kept(home)) == 2
    assert all(row["last_seen"] > datetime.now(UTC) - timedelta(days=1) for row in home.rows(SourcePage))


def test_other_bytes_at_the_same_address_are_another_version(home: Home, recording: Path, tmp_path: Path) -> None:
    home.crawl(recording)
    read(home)
    rested(home)
    second = docx(paragraph("Второе чтение"))
    home.crawl(write_recording(tmp_path / "later", [register(), file("bill_1.docx", second), file("note_1.pdf", NOTE)]))
    assert read(home) == DocumentCounts(looked_at=1, read=1)
    versions = [row["text"].split("\n")[0] for row in home.rows(DocumentText, "page_id") if "bill_1" in row["url"]]
    assert versions == ["Долбоор", "Второе чтение"]


def test_a_missing_file_is_counted_and_leaves_the_crawl_clean(home: Home, tmp_path: Path) -> None:
    shell = html("Жогорку Кенеш: приложение этого сайта показывает себя под каждым адресом")
    pages = [register(), file("note_1.pdf", shell, headers={"Content-Type": "text/html"})]
    report = home.crawl(write_recording(tmp_path / "recording", pages))
    assert (report.outcome, report.reasons) == ("clean", ())
    assert report.figures["kinds"]["document"] == {"missing": 2}
    assert kept(home) == {"bill_1.docx": (404, len(b"not in this recording\n"))}
    assert read(home) == DocumentCounts()
    assert home.rows(Quarantine) == []


def test_a_challenge_in_place_of_a_file_is_refused(home: Home, tmp_path: Path) -> None:
    challenge = b"<!doctype html><html><title>Just a moment...</title>" + b" " * 100
    report = home.crawl(write_recording(tmp_path / "recording", [register(FILES[:1]), file("bill_1.docx", challenge)]))
    assert report.outcome == "red"
    assert "Just a moment" in report.reasons[0]


def changed(monkeypatch: pytest.MonkeyPatch, **values: Any) -> None:
    """The site's facts with another page type for files."""
    known = load_source("kenesh")
    kind: PageKind = replace(known.kind("document"), **values)
    other: Source = replace(known, pages={**known.pages, "document": kind})
    monkeypatch.setattr("scrapers.crawl.load_source", lambda _site: other)


def test_files_have_a_limit_of_their_own(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = TEXT + b"\0" * 5_000_000
    recording = write_recording(tmp_path / "recording", [register(FILES[:1]), file("bill_1.docx", large)])
    assert home.crawl(recording).outcome == "clean"
    assert kept(home) == {"bill_1.docx": (200, len(large))}
    rested(home)
    changed(monkeypatch, most_bytes=1000)
    (recording / "page-1.docx").write_bytes(large + b"\0")
    report = home.crawl(recording)
    assert report.outcome == "red"
    assert "larger than 1000 bytes" in report.reasons[0]


def test_files_elsewhere_are_told_and_do_not_end_the_crawl(home: Home, tmp_path: Path) -> None:
    files = [{"name": "Законопроект", "url": f"https://elsewhere.example/{number}.docx"} for number in range(5)]
    own = {"name": "Законопроект", "url": "/uploads/bill_1.docx"}
    pages = [register([*files, own]), file("bill_1.docx", TEXT)]
    home.crawl(write_recording(tmp_path / "recording", pages))
    assert kept(home) == {"bill_1.docx": (200, len(TEXT))}
    assert {row["reason"] for row in home.rows(Quarantine)} == {
        "IgnoreRequest: leads to elsewhere.example, which is no host of this site"
    }


def test_the_archive_is_read_again_without_its_files(home: Home, recording: Path) -> None:
    home.crawl(recording)
    report = home.crawl()
    assert report.outcome == "clean"
    assert "document" not in report.figures["kinds"]


def test_a_crawl_can_leave_files_out(home: Home, recording: Path) -> None:
    home.crawl(recording, only_kinds=["bills_api"])
    assert kept(home) == {}
    assert len(home.rows(RegistryEntry)) == 1


def test_a_register_whose_files_stand_under_no_known_key_is_read_as_before() -> None:
    page = Page(
        url=BILLS,
        address=BILLS,
        kind="bills_api",
        text=register().body.decode(),
        fetched_at=datetime(2026, 9, 25, tzinfo=UTC),
        shown_on=datetime(2026, 9, 25, tzinfo=UTC).date(),
    )
    reading = bills_api.read(page)
    assert (reading.links, reading.notes) == ((), ("unknown keys: documents",))


def test_the_demonstration_offers_a_bill_with_its_files(home: Home) -> None:
    folder = Path(sources.__file__).parent / "sites" / "kenesh" / "demonstration"
    home.crawl(folder, only_kinds=["bills_api", "document"], origin="demonstration")
    assert read(home) == DocumentCounts(looked_at=2, read=2)
    by_kind = {row["url"]: row["kind"] for row in home.rows(Document)}
    texts = {by_kind[row["url"]]: row for row in home.rows(DocumentText)}
    assert {kind: (row["media"], row["language"]) for kind, row in texts.items()} == {
        "bill_text": ("docx", "ky"),
        "note": ("pdf", "ru"),
    }
    assert "Колдонуудагы редакция\tСунушталган редакция" in texts["bill_text"]["text"]
