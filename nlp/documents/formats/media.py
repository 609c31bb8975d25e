"""What a file is, by its content: names and declared types of attached files are often wrong."""

import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum
from io import BytesIO

_HEAD = 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of a compound file are named in UTF-16.
_WORD_STREAM = b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"
_ENCRYPTED_STREAM = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_READABLE = re.compile(r"[\w\s.,;:!?()\"'«»№%/–—-]")
_READABLE_SHARE = 0.9
_SAMPLE = 20_000


class Media(StrEnum):
    """What a file is; those of `UNREADABLE` have no text that could be read."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    RTF = "rtf"
    HTML = "html"
    TEXT = "txt"
    ENCRYPTED = "encrypted"
    PICTURE = "picture"
    OFFICE = "office"
    ARCHIVE = "archive"
    EMPTY = "empty"
    UNKNOWN = "unknown"


_MARKS = (
    (b"{\\rtf", Media.RTF),
    (b"\xff\xd8\xff", Media.PICTURE),
    (b"\x89PNG", Media.PICTURE),
    (b"GIF8", Media.PICTURE),
    (b"II*\0", Media.PICTURE),
    (b"MM\0*", Media.PICTURE),
    (b"Rar!", Media.ARCHIVE),
    (b"7z\xbc\xaf", Media.ARCHIVE),
    (b"\x1f\x8b", Media.ARCHIVE),
)

UNREADABLE: Mapping[Media, str] = {
    Media.ENCRYPTED: "encrypted: a password is needed",
    Media.PICTURE: "a picture: no text layer",
    Media.OFFICE: "an office file, but no text document (a sheet, slides)",
    Media.ARCHIVE: "an archive of files, or a broken one",
    Media.EMPTY: "the file is empty",
    Media.UNKNOWN: "of no known kind",
}


def media_of(data: bytes) -> Media:
    """What these bytes are. Never raises."""
    head = data[:_HEAD].lstrip()
    if not head.strip(b"\x00") and not data.strip(b"\x00 \t\r\n"):
        return Media.EMPTY
    if b"%PDF-" in head:
        return Media.PDF
    if head.startswith(_ZIP):
        return _zipped(data)
    if head.startswith(_OLE):
        return _compound(data)
    return next((media for mark, media in _MARKS if head.startswith(mark)), None) or _written(data)


def plain_text(data: bytes) -> str | None:
    """The text of bytes that are text in UTF-8, UTF-16 with a mark, or the Russian one-byte charset; else None."""
    charset = next((name for mark, name in _BOMS.items() if data.startswith(mark)), None)
    for name in (charset,) if charset else ("utf-8", "cp1251"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if "\x00" not in text and len(_READABLE.findall(sample)) >= _READABLE_SHARE * len(sample):
            return text
    return None


def _zipped(data: bytes) -> Media:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.NameToInfo
    except (zipfile.BadZipFile, ValueError, OSError, EOFError):
        return Media.DOCX if b"word/" in data else Media.ARCHIVE  # a broken one: its reader says how
    if "word/document.xml" in names or any(name.startswith("word/document") for name in names):
        return Media.DOCX
    return Media.OFFICE if names.keys() & {"[Content_Types].xml", "mimetype"} else Media.ARCHIVE


def _compound(data: bytes) -> Media:
    if _ENCRYPTED_STREAM in data:
        return Media.ENCRYPTED
    return Media.DOC if _WORD_STREAM in data else Media.OFFICE


def _written(data: bytes) -> Media:
    if _HTML.match(data[:_HEAD]):
        return Media.HTML
    return Media.UNKNOWN if plain_text(data) is None else Media.TEXT
