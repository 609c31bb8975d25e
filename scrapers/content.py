"""The bytes of an answer: hashed, contacts blanked, decoded; block pages told from content. Pure."""

import codecs
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scrapers.source import PageKind, Source
from vocab.errors import ReadError

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_CYRILLIC = re.compile(r"[А-Яа-яЁёҢңӨөҮү]")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,1000}?-->\s*)?<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL
)
_HEAD = 4096
_CYRILLIC_SHARE = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A body as it is archived. `original_sha256` is of the bytes as they came, where contacts were blanked."""

    body: bytes
    sha256: str
    original_sha256: str | None = None

    @property
    def redacted(self) -> bool:
        """Contacts were blanked."""
        return self.original_sha256 is not None


def content_of(body: bytes, redact: frozenset[str]) -> Content:
    """Blank the values of these JSON keys, at any depth, and hash what is kept.

    Raises ReadError for a body that should be blanked and is no JSON: it must not be kept at all.
    """
    if not redact:
        return Content(body=body, sha256=_sha256(body))
    try:
        value = json.loads(body)
    except ValueError as error:
        raise ReadError("body", f"not JSON, its contacts cannot be blanked: {error}") from error
    blanked, count = _blank(value, redact)
    if not count:
        return Content(body=body, sha256=_sha256(body))
    kept = json.dumps(blanked, ensure_ascii=False).encode()
    return Content(body=kept, sha256=_sha256(kept), original_sha256=_sha256(body))


def _blank(value: Any, redact: frozenset[str]) -> tuple[Any, int]:
    """The value without what stands under these keys, and how many of them said anything."""
    if isinstance(value, list):
        parts = [_blank(one, redact) for one in value]
        return [part for part, _ in parts], sum(count for _, count in parts)
    if not isinstance(value, dict):
        return value, 0
    result, total = {}, 0
    for key, one in value.items():
        part, count = (None, int(bool(one))) if key in redact else _blank(one, redact)
        result[key] = part
        total += count
    return result, total


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def decode(body: bytes, content_type: str | None) -> tuple[str, str | None]:
    """The text of a body, and a note where the declared charset was wrong.

    Bytes that are UTF-8 are UTF-8 whatever is declared: Cyrillic in a one-byte charset never looks so. Raises
    ReadError when no charset gives readable text.
    """
    declared = _declared(body, content_type)
    utf8 = _decoded(body.removeprefix(codecs.BOM_UTF8), "utf-8")
    if utf8 is not None:
        wrong = declared not in (None, "utf-8") and not body.isascii()
        return utf8, f"declared {declared}, is utf-8" if wrong else None
    for charset in filter(None, (declared, "cp1251")):
        text = _decoded(body, charset)
        if text is not None and _reads_cyrillic(text, body):
            return text, None if charset == declared else f"declared {declared or 'none'}, is {charset}"
    raise ReadError("charset", f"declared {declared or 'none'}, neither utf-8 nor cp1251")


def _reads_cyrillic(text: str, body: bytes) -> bool:
    """Most bytes beyond ASCII are Cyrillic letters: UTF-8 taken for a one-byte charset gives only half of that."""
    return len(_CYRILLIC.findall(text)) > _CYRILLIC_SHARE * sum(byte > 127 for byte in body)


def _declared(body: bytes, content_type: str | None) -> str | None:
    header = _HEADER_CHARSET.search(content_type or "")
    meta = _CHARSET.search(body[:_HEAD])
    name = header.group(1) if header else meta.group(1).decode("ascii") if meta else ""
    try:
        return codecs.lookup(name).name if name else None
    except LookupError:
        return None


def _decoded(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return None


def is_page(body: bytes) -> bool:
    """The body is an HTML page, where a file was asked for."""
    return _PAGE.match(body[:_HEAD]) is not None


def block_reason(source: Source, kind: PageKind, text: str, size: int) -> str | None:
    """Why an answer with status 200 is no page of this type but a block or challenge page; None: it is one."""
    if size < source.min_bytes:
        return f"only {size} bytes, a page has at least {source.min_bytes}"
    if mark := next((one for one in source.challenges if one in text[: 4 * _HEAD]), None):
        return f"a challenge page: it says «{mark}»"
    if kind.anchors and not any(anchor in text for anchor in kind.anchors):
        return f"none of its marks is there: {', '.join(kind.anchors)}"
    return None


def header(headers: Mapping[str, str], name: str) -> str | None:
    """The value of a header, whatever the case of its name."""
    return next((value for key, value in headers.items() if key.lower() == name.lower()), None)
