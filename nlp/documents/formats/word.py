"""The text of a Word document (Office Open XML): paragraphs, and tables with a line a row."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.opc.exceptions import OpcError
from lxml import etree

from vocab.errors import ReadError
from vocab.text import fold_space

MOST_BYTES = 150_000_000
"""Bytes to which a document may unpack: the longest real one, the Rules of Procedure, has 2 million."""
MOST_PARTS = 5000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_TEXT, _HYPHEN = f"{_W}t", f"{_W}noBreakHyphen"
_BREAKS = frozenset((f"{_W}tab", f"{_W}br", f"{_W}cr"))
# What is not shown in the text: removed and moved away pieces, properties, the old-style copy of a text box.
_HIDDEN = ("del", "moveFrom", "pPr", "rPr", "tcPr", "trPr", "tblPr", "sectPr")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset((_FALLBACK, *(f"{_W}{name}" for name in _HIDDEN)))


def read_docx(data: bytes) -> str:
    """A line a paragraph, a line a table row with its cells separated by tabs; tracked changes are taken as made.

    Raises ReadError for a file that is broken, encrypted, or unpacks to more than a document can be.
    """
    try:
        _check(data)
        body = Document(BytesIO(data)).element.body
    except (zipfile.BadZipFile, zlib.error, OpcError, KeyError, ValueError, EOFError, etree.XMLSyntaxError) as error:
        raise ReadError("docx", f"broken: {type(error).__name__}: {error}") from error
    if body is None:
        raise ReadError("docx", "broken: no body")
    return "\n".join(_lines(body))


def _check(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise ReadError("docx", "encrypted: a password is needed")
    size = sum(part.file_size for part in parts)
    if size > MOST_BYTES or len(parts) > MOST_PARTS:
        raise ReadError("docx", f"unpacks to {size} bytes in {len(parts)} parts: more than a document can have")


def _lines(body: etree._Element) -> Iterator[str]:
    """The paragraphs and rows in the order of reading, without recursion: nesting may be deep."""
    parts: list[str] = []
    cells: list[str] = []
    depth = 0  # of tables: what is inside of an inner table belongs to the cell of the outermost one
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            depth += tag == _TABLE
            if tag in _SKIPPED:
                walk.skip_subtree()
            else:
                parts.append(_written(element))
            continue
        if tag == _TABLE:
            depth -= 1
        elif depth and tag == _P:
            parts.append(" ")
        elif depth == 1 and tag == _CELL:
            cells.append(_taken(parts))
        elif depth == 1 and tag == _ROW:
            if any(cells):
                yield "\t".join(cells)
            cells.clear()
        elif not depth and tag == _P and (line := _taken(parts)):
            yield line


def _written(element: etree._Element) -> str:
    if element.tag == _TEXT:
        return element.text or ""
    if element.tag == _HYPHEN:
        return "-"
    return " " if element.tag in _BREAKS else ""


def _taken(parts: list[str]) -> str:
    line = fold_space("".join(parts))
    parts.clear()
    return line
