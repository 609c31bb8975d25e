"""Bytes: blanked, hashed, decoded, told from block pages."""

import json

import pytest

from scrapers.content import block_reason, content_of, decode, header
from scrapers.source import read_source
from tests.scrapers.test_source import TEXT
from vocab.errors import ReadError

WORDS = "Жогорку Кеңеш: 87 депутат № 1 «өзгөчө»"
RUSSIAN = "Протокол № 6 от 11.05.2016 г. «О пробах»"


@pytest.mark.parametrize(
    ("body", "content_type", "text", "note"),
    [
        (WORDS.encode(), "text/html; charset=UTF-8", WORDS, None),
        (WORDS.encode(), None, WORDS, None),
        (b"\xef\xbb\xbf" + WORDS.encode(), None, WORDS, None),
        (WORDS.encode(), "text/html; charset=windows-1251", WORDS, "declared cp1251, is utf-8"),
        (b"plain", "text/html; charset=windows-1251", "plain", None),
        (RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", RUSSIAN, None),
        (RUSSIAN.encode("cp1251"), "text/html; charset=utf-8", RUSSIAN, "declared utf-8, is cp1251"),
        (RUSSIAN.encode("cp1251"), "text/html; charset=iso-8859-1", RUSSIAN, "declared iso8859-1, is cp1251"),
        (RUSSIAN.encode("cp1251"), "text/html; charset=hex", RUSSIAN, "declared hex, is cp1251"),
        (RUSSIAN.encode("cp1251"), "text/html; charset=martian", RUSSIAN, "declared none, is cp1251"),
        ("Протокол".encode("koi8-r"), "text/html; charset=koi8-r", "Протокол", None),
        (b'<meta charset="cp1251">' + RUSSIAN.encode("cp1251"), None, '<meta charset="cp1251">' + RUSSIAN, None),
    ],
)
def test_decode(body: bytes, content_type: str | None, text: str, note: str | None) -> None:
    assert decode(body, content_type) == (text, note)


@pytest.mark.parametrize("body", [WORDS.encode()[:-1], WORDS.encode() + b"\xff", bytes(range(128, 256))])
def test_what_is_no_text_is_refused(body: bytes) -> None:
    with pytest.raises(ReadError, match="neither utf-8 nor cp1251"):
        decode(body, "text/html; charset=utf-8")


def test_contacts_are_blanked_and_nothing_else() -> None:
    body = json.dumps({"content": [{"id": 1, "phone": "0555", "more": {"email": "a@b"}}, {"phone": None}]}).encode()

    content = content_of(body, frozenset({"phone", "email"}))

    assert json.loads(content.body) == {"content": [{"id": 1, "phone": None, "more": {"email": None}}, {"phone": None}]}
    assert content.redacted
    assert content.original_sha256 != content.sha256


@pytest.mark.parametrize(
    ("body", "redact"), [(b'{"a": 1}', ["phone"]), (b"no json", []), (b'{"phone": ""}', ["phone"])]
)
def test_bytes_without_contacts_stay_as_they_are(body: bytes, redact: list[str]) -> None:
    content = content_of(body, frozenset(redact))
    assert (content.body, content.redacted) == (body, False)


def test_what_cannot_be_blanked_is_not_kept() -> None:
    with pytest.raises(ReadError, match="contacts cannot be blanked"):
        content_of(b"<html>", frozenset({"phone"}))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a page with its mark", None),
        ("tiny", "only 4 bytes"),
        ("please wait a moment", "it says «wait»"),
        ("a page without", "none of its marks"),
    ],
)
def test_block_pages(text: str, reason: str | None) -> None:
    source = read_source(TEXT)
    found = block_reason(source, source.kind("card"), text, len(text))
    assert found is None if reason is None else reason in (found or "")


def test_a_header_has_no_case() -> None:
    assert header({"content-TYPE": "x"}, "Content-Type") == "x"
    assert header({}, "Content-Type") is None
