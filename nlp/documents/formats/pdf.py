"""The text layer of a PDF."""

import re
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from vocab.errors import ReadError
from vocab.text import fold_space

MOST_PAGES = 3000
"""The longest code of laws has a thousand."""

_SOFT_HYPHEN = re.compile("[\ufffe\x02\u00ad]\\s*\n\\s*")
_LETTER = re.compile(r"[^\W\d_]")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")
_LETTERS_A_PAGE = 3
"""With fewer letters a page on average, what stands there are numbers of pages over pictures."""
_UNREADABLE_SHARE = 0.2


def read_pdf(data: bytes) -> str:
    """Paragraphs as lines, page by page; tables come as lines of their cells, for a PDF knows no tables.

    Raises ReadError for a file that is broken or encrypted, has too many pages or no (readable) text layer.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ReadError("pdf", _why(error)) from error
    try:
        if len(document) > MOST_PAGES:
            raise ReadError("pdf", f"{len(document)} pages, more than {MOST_PAGES}")
        pages = list(_pages(document))
    except pdfium.PdfiumError as error:
        raise ReadError("pdf", _why(error)) from error
    finally:
        document.close()
    text = "\n".join(page for page in pages if page)
    _check(text, len(pages))
    return text


def _pages(document: pdfium.PdfDocument) -> Iterator[str]:
    for number in range(len(document)):
        page = document[number]
        layer = page.get_textpage()
        try:
            written: str = layer.get_text_range()
        finally:
            layer.close()
            page.close()
        yield "\n".join(_paragraphs(_SOFT_HYPHEN.sub("", written.replace("\r\n", "\n")).split("\n")))


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Lines with those joined that go on: a paragraph begins with no small letter."""
    open_lines: list[str] = []
    for line in filter(None, map(fold_space, lines)):
        if open_lines and not line[0].islower():
            yield " ".join(open_lines)
            open_lines.clear()
        open_lines.append(line)
    if open_lines:
        yield " ".join(open_lines)


def _check(text: str, pages: int) -> None:
    letters = len(_LETTER.findall(text))
    unreadable = len(_UNREADABLE.findall(text))
    if unreadable > _UNREADABLE_SHARE * (letters + unreadable):
        raise ReadError("pdf", "its text layer cannot be read: the fonts do not say which letters they show")
    if letters < _LETTERS_A_PAGE * pages:
        raise ReadError("pdf", "no text layer: the pages are pictures")


def _why(error: Exception) -> str:
    return "encrypted: a password is needed" if "password" in str(error).casefold() else f"broken: {error}"
