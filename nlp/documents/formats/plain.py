"""The text of HTML and plain text files."""

import re
from collections.abc import Iterator

from lxml import etree, html

from nlp.documents.formats.media import plain_text
from vocab.errors import ReadError
from vocab.text import fold_space

_BLOCKS = frozenset(
    {
        "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
        "p", "pre", "section", "table", "ul",
    }
)  # fmt: skip
_ENDS = {"td": "\t", "th": "\t", "tr": "\n"}
_HEAD = 4096
_HIDDEN = frozenset(("script", "style", "head", "noscript", "template"))


def read_text(data: bytes) -> str:
    """The lines of a text file. Raises ReadError where its bytes are no text."""
    text = plain_text(data)
    if text is None:
        raise ReadError("txt", "in no known charset")
    return tidy(text.split("\n"))


def read_html(data: bytes) -> str:
    """The blocks of an HTML file as lines, cells of a table row separated by tabs. Raises ReadError for none."""
    try:
        root = html.document_fromstring(data.replace(b"\x00", b""), html.HTMLParser(encoding=_charset(data)))
    except (etree.ParserError, ValueError) as error:
        raise ReadError("html", f"broken: {error}") from error
    return tidy("".join(_html_pieces(root)).split("\n"))


def _charset(data: bytes) -> str | None:
    """UTF-8 where the bytes are; None: the one that the file names; else the Russian one-byte charset."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return None if b"charset" in data[:_HEAD] or data.startswith((b"\xff\xfe", b"\xfe\xff")) else "cp1251"
    return "utf-8"


def _html_pieces(root: html.HtmlElement) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if element.tag in _HIDDEN:
                walk.skip_subtree()
                continue
            yield "\n" if element.tag in _BLOCKS or element.tag == "tr" else ""
            yield _flat(element.text)
            continue
        if event == "end":
            yield _ENDS.get(str(element.tag), "\n" if element.tag in _BLOCKS else "")
        if element is not root:
            yield _flat(element.tail)


def _flat(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def tidy(lines: list[str]) -> str:
    """Lines without empty ones; cells are folded one by one."""
    tidied = ("\t".join(map(fold_space, line.split("\t"))).rstrip("\t") for line in lines)
    return "\n".join(line for line in tidied if line.strip())
