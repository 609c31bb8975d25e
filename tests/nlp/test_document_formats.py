"""The text of files, each kind by a file made for the test; and files that hurt."""

import random
import time
import tracemalloc
from pathlib import Path

import pytest

from nlp.documents.formats import pdf as pdf_reader
from nlp.documents.formats import readers, word
from nlp.documents.formats.media import Media, media_of
from nlp.documents.formats.readers import Plain, plain_of
from tests.nlp.files import docx, paragraph, pdf, table, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100
KYRGYZ = "Мыйзам долбоору: өкмөт, үй-бүлө, жаңы ҢӨҮ"


def text_of(data: bytes) -> str:
    read = plain_of(data)
    assert read.failure is None
    return read.text


def failure_of(data: bytes) -> str:
    read = plain_of(data)
    assert read.text == ""
    assert read.failure is not None
    return read.failure


def test_a_word_document_is_read_in_order_with_its_tables() -> None:
    inner = table([paragraph("а"), paragraph("б")])
    rows = table([paragraph("Было", ":"), paragraph("Стало") + paragraph("вот")], [inner, paragraph(KYRGYZ)])
    data = docx(paragraph("  Долбоор "), rows, paragraph(), paragraph("Конец"))
    assert media_of(data) is Media.DOCX
    assert text_of(data).split("\n") == ["Долбоор", "Было:\tСтало вот", f"а б\t{KYRGYZ}", "Конец"]


def test_what_is_wrapped_counts_and_what_tracked_changes_removed_does_not() -> None:
    data = docx(
        "<w:sdt><w:sdtContent>" + paragraph("в поле") + "</w:sdtContent></w:sdt>",
        "<w:p><w:ins><w:r><w:t>новое</w:t></w:r></w:ins><w:del><w:r><w:delText>старое</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>ушло</w:t></w:r></w:moveFrom><w:r><w:tab/><w:t>2019</w:t><w:noBreakHyphen/>"
        "<w:t>жылдын</w:t><w:br/><w:t>строка</w:t></w:r></w:p>",
    )
    assert text_of(data).split("\n") == ["в поле", "новое 2019-жылдын строка"]


def test_pdf_lines_become_paragraphs_and_kyrgyz_letters_stay() -> None:
    data = pdf(["Статья 1. Настоящий закон", "действует.", KYRGYZ], ["Вторая страница"])
    assert media_of(data) is Media.PDF
    assert text_of(data).split("\n") == ["Статья 1. Настоящий закон действует.", KYRGYZ, "Вторая страница"]


def test_a_pdf_of_pictures_has_no_text_layer() -> None:
    assert failure_of(pdf([])) == "no text layer: the pages are pictures"
    assert "no text layer" in failure_of(pdf(["1"], ["2"], ["3"]))


def test_a_pdf_that_is_broken_or_locked_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert failure_of(b"%PDF-1.7 cut off").startswith("broken")
    whole = pdf(["Текст"])
    assert "broken" in failure_of(whole[:200])
    locked = whole.replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >> /ID [(a) (a)]"
        % (b"a" * 32, b"b" * 32),
    )
    assert failure_of(locked) == "encrypted: a password is needed"
    monkeypatch.setattr(pdf_reader, "MOST_PAGES", 1)
    assert failure_of(pdf(["а"], ["б"])) == "2 pages, more than 1"


def test_a_pdf_whose_letters_nobody_can_know_is_refused() -> None:
    assert "cannot be read" in failure_of(pdf(["\ue001\ue002\ue003 \ufffd\ufffd аб"]))


@pytest.mark.parametrize(
    ("data", "media", "reason"),
    [
        (b"", Media.EMPTY, "empty"),
        (b"\0" * 5000, Media.EMPTY, "empty"),
        (b" \n\t", Media.EMPTY, "empty"),
        (OLE, Media.OFFICE, "no text document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Media.ENCRYPTED, "password"),
        (zipped({"a.txt": "a"}), Media.ARCHIVE, "archive"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), Media.OFFICE, "no text document"),
        (b"PK\x03\x04 and nothing", Media.ARCHIVE, "broken"),
        (b"PK\x03\x04 word/ cut off", Media.DOCX, "broken"),
        (b"Rar!\x1a", Media.ARCHIVE, "archive"),
        (b"\x89PNG\r\n\x1a\n", Media.PICTURE, "no text layer"),
        (b"\xff\xd8\xff\xe0 jpeg", Media.PICTURE, "no text layer"),
        (random.Random(3).randbytes(1_000_000), Media.UNKNOWN, "no known kind"),
        (zipped({"word/document.xml": "<a/>"}), Media.DOCX, "broken"),
        (docx().replace(b"PK\x01\x02", b"PK\x01\x03"), Media.DOCX, "broken"),
        (docx(head="<!DOCTYPE"), Media.DOCX, "broken"),
        (docx(), Media.DOCX, "no text in it"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_cannot_be_read_is_marked_with_the_reason(data: bytes, media: Media, reason: str) -> None:
    read = plain_of(data)
    assert read.media is media
    assert read.text.strip() == ""
    assert read.failure is not None
    assert reason in read.failure


def test_a_document_without_a_body_is_broken() -> None:
    parts = docx().replace(b"w:body", b"w:bady")
    assert plain_of(parts).failure is not None


def test_bombs_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    started = time.perf_counter()
    bomb = zipped({"word/document.xml": b"\0" * 160_000_000})
    read = plain_of(bomb)
    assert read.failure is not None
    assert "more than a document can have" in read.failure
    assert time.perf_counter() - started < 10
    entities = "<!DOCTYPE a [<!ENTITY a 'ха'>" + "".join(
        f"<!ENTITY a{n} '{f'&a{n - 1};' * 20 if n else '&a;' * 20}'>" for n in range(9)
    )
    laughs = docx(paragraph("&a8;"), head=f"{entities}]>")
    assert len(plain_of(laughs).text) < 1000
    monkeypatch.setattr(readers, "LONGEST", 3)
    assert "more than 3" in failure_of(docx(paragraph("много")))
    monkeypatch.setattr(word, "MOST_PARTS", 2)
    assert "in 3 parts" in failure_of(docx())


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    honest = zipped({"[Content_Types].xml": "", "word/document.xml": b"\0" * 160_000_000})
    size = (160_000_000).to_bytes(4, "little")
    assert size in honest
    started = time.perf_counter()
    tracemalloc.start()
    read = plain_of(honest.replace(size, (1000).to_bytes(4, "little")))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read.failure is not None
    assert read.failure.startswith("broken")
    assert most < 20_000_000
    assert time.perf_counter() - started < 5


def test_encrypted_parts_are_told() -> None:
    data = bytearray(docx(paragraph("а")))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            data[start + place] |= 1
            start += 4
    assert failure_of(bytes(data)) == "encrypted: a password is needed"


def test_deep_nesting_is_read_or_refused() -> None:
    deep = docx("<w:sdt>" * 3000 + paragraph("глубоко") + "</w:sdt>" * 3000)
    assert plain_of(deep).failure is not None
    nested = paragraph("дно")
    for _ in range(60):
        nested = table([nested])
    assert text_of(docx(nested)) == "дно"


def test_rtf_under_any_name() -> None:
    data = (
        b"{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0 Times;}}{\\*\\generator Word}{\\info{\\title no}}\\uc1 "
        + b"".join(b"\\'%02x" % code for code in "Долбоор".encode("cp1251"))
        + b" \\u1257?\\u1199?\\u1187?\\par\r\n\\ldblquote a\\rdblquote\\~b\\{c\\}\\line d\\par "
        + "прямо".encode("cp1251")
        + b"\\cell x\\cell\\row\\uc2\\u1257\\'3f?z}}}"
    )
    assert media_of(data) is Media.RTF
    assert text_of(data).split("\n") == ["Долбоор өүң", "“a” b{c} d", "прямо\tx", "өz"]
    assert plain_of(b"{\\rtf1\\ansicpg9999 \\'c4\\u55357?\\u56832?}").text == "Д😀"


def test_html_blocks_and_rows() -> None:
    data = (
        "<!doctype html><html><head><title>no</title></head><body><script>no</script><h1>Долбоор</h1>а <b>б</b>"
        "<p>в<br>г</p><!-- no --><table><tr><th>1</th><td>2 <p>3</p></td></tr></table></body></html>"
    ).encode("cp1251")
    assert media_of(data) is Media.HTML
    assert text_of(data).split("\n")[:4] == ["Долбоор", "а б", "в", "г"]
    assert "1\t2" in text_of(data)
    assert plain_of(b"<html></html>").failure is not None
    assert plain_of(b"<html>" + b"\xff\x00" * 100).media is Media.HTML


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_plain_text(charset: str) -> None:
    data = f"Долбоор\n\n{KYRGYZ}\tb \n".encode(charset)
    assert media_of(data) is Media.TEXT
    assert text_of(data) == f"Долбоор\n{KYRGYZ}\tb"


def test_plain_text_in_the_russian_charset() -> None:
    assert text_of("Проект закона".encode("cp1251")) == "Проект закона"


@pytest.mark.parametrize(
    "data",
    [
        b"{\\rtf1" + b"{" * 1_000_000,
        b"{\\rtf1" + b"\\'c4" * 250_000,
        b"{\\rtf1 " + b"\\u1257 " * 150_000,
        b"<html>" + b"<div>" * 200_000,
        b"<html>" + b"<td>a" * 200_000,
        b"a " * 500_000,
        b"%PDF-" + b"1 0 obj <<" * 100_000,
    ],
    ids=["groups", "bytes", "characters", "divs", "cells", "words", "objects"],
)
def test_a_megabyte_is_read_or_refused_soon(data: bytes) -> None:
    started = time.perf_counter()
    assert isinstance(plain_of(data), Plain)
    assert time.perf_counter() - started < 5


def test_real_files_in_kyrgyz_and_russian(shared_data: Path) -> None:
    law = shared_data / "kenesh" / "law"
    bill = text_of((law / "Zakonoproekt_na_gosudarstvennom_yazyke_1_32da5bad99.docx").read_bytes())
    assert bill.split("\n")[:2] == ["Долбоор", "КЫРГЫЗ РЕСПУБЛИКАСЫНЫН МЫЙЗАМЫ"]
    note = text_of((law / "Spravka_obosnovanie_na_gosudarstvennom_yazyke_1_111e971820.docx").read_bytes())
    assert "МААЛЫМКАТ-НЕГИЗДЕМЕ" in note
    rules = text_of((law / "Reglament_Zh_K_KR_59f85ae27a.docx").read_bytes())
    for docx_text, name in (
        (bill, "Zakonoproekt_na_gosudarstvennom_yazyke_1_32da5bad99.txt"),
        (note, "Spravka_obosnovanie_na_gosudarstvennom_yazyke_1_111e971820.txt"),
        (rules, "reglament_2022-10-20_ru.txt"),
    ):
        known = (law / name).read_text("utf-8")
        assert "".join(docx_text.split()) == "".join(known.split())
