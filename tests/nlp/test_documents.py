"""Documents of records: read apart from us, old Word files by other programs, texts kept by version."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from db.archive import Archive
from db.documents import Document, DocumentText
from db.pages import SourcePage
from db.pending import pending_keys
from db.runs import Run
from db.upsert import table_of
from nlp.documents import run as document_run
from nlp.documents.reading import DocumentReading, read_document
from nlp.documents.run import DocumentCounts, read_documents
from nlp.documents.worker import DocumentWorker
from tests.nlp.files import OLD_WORD, docx, paragraph, pdf, program

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
BILL = docx(paragraph("Кыргыз Республикасынын Мыйзамы"), paragraph("Бул мыйзам эмгек жөнүндө жана үй-бүлөлөр үчүн."))


def test_a_document_is_read_with_its_language(worker: DocumentWorker) -> None:
    read = read_document(BILL, "any.pdf", worker)
    assert read == DocumentReading(
        media="docx",
        method="python-docx",
        text="Кыргыз Республикасынын Мыйзамы\nБул мыйзам эмгек жөнүндө жана үй-бүлөлөр үчүн.",
        language="ky",
    )
    assert read_document(pdf(["Проект закона Кыргызской Республики о труде"]), "", worker).language == "ru"
    assert read_document(docx(paragraph("12 34")), "", worker).language is None


def test_a_document_is_read_without_a_worker_at_hand() -> None:
    assert read_document(BILL, "bill.docx").media == "docx"


def test_what_takes_too_long_is_given_up() -> None:
    with DocumentWorker(seconds=0.0) as hurried:
        read = hurried.read(docx(*(paragraph("слово " * 50) for _ in range(20_000))))
        assert read.failure == "reading took longer than 0 seconds"


def test_what_takes_too_much_memory_is_given_up_and_the_next_is_read() -> None:
    with DocumentWorker(megabytes=700) as small:
        heavy = small.read(docx("<w:p/>" * 8_000_000))
        assert heavy.failure is not None
        assert small.read(BILL).failure is None


def test_a_worker_that_cannot_start_is_told() -> None:
    with DocumentWorker(megabytes=1) as broken:
        read = broken.read(BILL)
        assert read.failure is not None
        assert "crashed" in read.failure or "memory" in read.failure


class Shelf:
    """A database with archived files."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.archive = Archive(folder)

    def offer(self, url: str, *, record: str = "kenesh:bill:6-1/26", address: str | None = None) -> None:
        row = {"url": url, "address": address or url, "record_type": "registry_entry", "record_key": record}
        with self.engine.begin() as conn:
            conn.execute(insert(table_of(Document)).values(**row, kind="bill_text", title="Текст", first_seen=NOW))

    def keep(self, address: str, body: bytes, *, sha256: str, status: int = 200, kind: str = "document") -> None:
        file, offset = self.archive.append(address, status, (), body, NOW)
        row = {"site": "kenesh", "kind": kind, "address": address, "url": address, "status": status, "sha256": sha256}
        times = {"shown_on": date(2026, 11, 20), "fetched_at": NOW, "last_seen": NOW}
        place = {"size": len(body), "warc_file": file, "warc_offset": offset}
        with self.engine.begin() as conn:
            conn.execute(insert(table_of(SourcePage)).values(**row, **times, **place))

    def read(self, *, days: int = 0, everything: bool = False) -> DocumentCounts:
        return read_documents(self.engine, self.archive, now=NOW + timedelta(days=days), everything=everything)

    def texts(self) -> list[dict[str, Any]]:
        texts = table_of(DocumentText)
        with self.engine.connect() as conn:
            return [dict(row) for row in conn.execute(select(texts).order_by(texts.c.url, texts.c.sha256)).mappings()]


@pytest.fixture
def shelf(engine: Engine, tmp_path: Path) -> Iterator[Shelf]:
    """An empty shelf."""
    own = Shelf(engine, tmp_path / "archive")
    yield own
    own.archive.close()


def test_each_version_of_a_file_is_read_once(shelf: Shelf) -> None:
    shelf.offer("https://a/bill.docx", address="https://a/bill")
    shelf.offer("http://a/bill.docx", address="https://a/bill", record="kenesh:bill:6-2/26")
    shelf.offer("https://a/not-fetched.docx")
    shelf.keep("https://a/bill", BILL, sha256="1")
    assert shelf.read() == DocumentCounts(looked_at=1, read=1)
    assert [(row["url"], row["sha256"], row["media"], row["language"]) for row in shelf.texts()] == [
        ("http://a/bill.docx", "1", "docx", "ky"),
        ("https://a/bill.docx", "1", "docx", "ky"),
    ]
    with shelf.engine.connect() as conn:  # the tracker looks at both records again
        assert pending_keys(conn) == {"registry_entry": ["kenesh:bill:6-1/26", "kenesh:bill:6-2/26"]}
    assert shelf.read() == DocumentCounts()
    shelf.keep("https://a/bill", docx(paragraph("Второе чтение")), sha256="2")
    assert shelf.read(days=1) == DocumentCounts(looked_at=1, read=1)
    texts = [row for row in shelf.texts() if row["url"].startswith("https")]
    assert [row["text"].split("\n")[0] for row in texts] == ["Кыргыз Республикасынын Мыйзамы", "Второе чтение"]
    assert [row["page_id"] for row in texts] == [1, 2]
    assert shelf.read(everything=True) == DocumentCounts(looked_at=2, read=2)
    with shelf.engine.connect() as conn:
        assert len(conn.execute(select(table_of(Run)).where(table_of(Run).c.stage == "documents")).all()) == 3


def test_what_cannot_be_read_is_marked_and_not_tried_again(shelf: Shelf, tmp_path: Path) -> None:
    for name, body in (("scan", pdf([])), ("lost", BILL), ("old", OLD_WORD)):
        shelf.offer(f"https://a/{name}")
        shelf.keep(f"https://a/{name}", body, sha256=name)
    shelf.offer("https://a/gone")
    shelf.keep("https://a/gone", b"no", sha256="gone", status=404)
    shelf.keep("https://a/press", BILL, sha256="press", kind="press")
    with shelf.engine.begin() as conn:
        page = table_of(SourcePage)
        conn.execute(update(page).where(page.c.sha256 == "lost").values(warc_file="nothing.warc.gz"))
    assert shelf.read() == DocumentCounts(looked_at=3, failed=3)
    failures = {row["sha256"]: row["failure"] for row in shelf.texts()}
    assert failures["scan"] == "no text layer: the pages are pictures"
    assert "nothing.warc.gz" in failures["lost"]
    assert shelf.read() == DocumentCounts()


def test_old_word_files_wait_for_a_program(shelf: Shelf, programs: Path) -> None:
    shelf.offer("https://a/old")
    shelf.keep("https://a/old", OLD_WORD, sha256="old")
    assert shelf.read() == DocumentCounts(looked_at=1, failed=1)
    program(programs, "antiword", "printf Долбоор")
    assert shelf.read() == DocumentCounts(looked_at=1, read=1)
    assert shelf.read() == DocumentCounts()


def test_other_code_reads_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.offer("https://a/bill")
    shelf.keep("https://a/bill", BILL, sha256="1")
    told: list[tuple[int, int]] = []
    shelf.read()
    monkeypatch.setattr(document_run, "code_digest", lambda _packages: "newer")
    read_documents(shelf.engine, shelf.archive, now=NOW, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 1)]
    [row] = shelf.texts()
    assert row["code_version"] == "newer"


def test_all_code_that_a_text_depends_on_counts() -> None:
    waiting, seen = ["nlp.documents.reading"], set[str]()
    while waiting:
        module = waiting.pop()
        path = ROOT.joinpath(*module.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if module in seen or not path.is_file():
            continue
        seen.add(module)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ("nlp", "vocab", "db"):
                waiting += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    seen -= {"nlp.documents", "nlp"}
    assert {"nlp.documents.converters", "nlp.documents.confined", "nlp.words.language", "nlp.lexicon"} <= seen
    digested = tuple(f"{package}." for package in document_run.CODE)
    assert [module for module in sorted(seen) if not f"{module}.".startswith(digested)] == []


def test_the_code_of_converters_and_languages_reads_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.offer("https://a/bill")
    shelf.keep("https://a/bill", BILL, sha256="1")
    shelf.read()
    read_bytes = Path.read_bytes
    for changed in ("documents/reading.py", "documents/converters.py", "words/language.py", "lexicon/language.yml"):

        def other(path: Path, changed: str = changed) -> bytes:
            return read_bytes(path) + (b" " if path.as_posix().endswith(f"nlp/{changed}") else b"")

        monkeypatch.setattr(Path, "read_bytes", other)
        assert shelf.read() == DocumentCounts(looked_at=1, read=1), changed
        assert shelf.read() == DocumentCounts()
