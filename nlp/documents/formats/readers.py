"""The text of a file by its kind: each reader is pure, `bytes -> str`, and says by ReadError what it cannot read."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from nlp.documents.formats.media import UNREADABLE, Media, media_of
from nlp.documents.formats.pdf import read_pdf
from nlp.documents.formats.plain import read_html, read_text
from nlp.documents.formats.rtf import read_rtf
from nlp.documents.formats.word import read_docx
from vocab.errors import ReadError

LONGEST = 20_000_000
"""Characters of a text that is kept: ten times the longest code of laws."""


class Plain(NamedTuple):
    """What a file is and the text in it; `text` "" with a `failure`. `method` names the reader, "" where none read."""

    media: Media
    method: str = ""
    text: str = ""
    failure: str | None = None


_READERS: Mapping[Media, tuple[str, Callable[[bytes], str]]] = {
    Media.PDF: ("pypdfium2", read_pdf),
    Media.DOCX: ("python-docx", read_docx),
    Media.RTF: ("rtf", read_rtf),
    Media.HTML: ("lxml", read_html),
    Media.TEXT: ("text", read_text),
}


def plain_of(data: bytes) -> Plain:
    """The text of a file; of a `Media.DOC` neither text nor failure, for that needs another program."""
    media = media_of(data)
    if media in UNREADABLE:
        return Plain(media, failure=UNREADABLE[media])
    if media is Media.DOC:
        return Plain(media)
    method, read = _READERS[media]
    try:
        text = read(data).encode("utf-8", "replace").decode()
    except ReadError as error:
        return Plain(media, method, failure=error.reason)
    if len(text) > LONGEST:
        return Plain(media, method, failure=f"{len(text)} characters, more than {LONGEST}")
    return Plain(media, method, text, None if text.strip() else "no text in it")
