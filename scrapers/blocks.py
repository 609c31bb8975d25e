"""A ragged article as blocks: paragraphs, list items and table rows in the order of reading, as plain text."""

from dataclasses import dataclass, field

from lxml import etree

from vocab.text import fold_space

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "caption", "center", "dd", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
        "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
    }
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
_SKIPPED = frozenset(("script", "style", "noscript", "template", "iframe", "object", "head"))


@dataclass(frozen=True, slots=True)
class BlockLink:
    """A link inside a block: the address as written, the text that it covers."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item or table row.

    `number` is what a browser prints before the item of an ordered list («3», inside of a list «3.1»). `cells` are
    the texts of a table row, empty for all else; `text` then joins them by blanks.
    """

    text: str
    number: str | None = None
    cells: tuple[str, ...] = ()
    links: tuple[BlockLink, ...] = ()


@dataclass(slots=True)
class _Reader:
    """What the walk has read and not yet written. `row` is None outside of tables."""

    written: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    links: list[BlockLink] = field(default_factory=list)
    open_link: tuple[str, int] | None = None
    counters: list[int | None] = field(default_factory=list)
    number: str | None = None
    row: list[str] | None = None
    depth: int = 0

    def flush(self) -> None:
        """Ends a block; inside of a table cell it is only a blank."""
        if self.depth:
            self.parts.append(" ")
            return
        text = self._take()
        if text:
            self.written.append(Block(text, self.number, (), tuple(self.links)))
            self.number = None
        self.links.clear()

    def start(self, element: etree._Element, tag: str) -> None:
        if tag == "a":
            self.open_link = (element.get("href") or "", len(self.parts))
        elif tag in _CELLS:
            self._start_cell()
        elif tag in _BLOCKS:
            self.flush()
            if tag in ("ol", "ul"):
                self.counters.append(_first_number(element) if tag == "ol" else None)
            elif tag == "li":
                self._count(element)

    def end(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
        elif tag in _CELLS:
            self._end_cell()
        elif tag in _BLOCKS:
            if tag in ("tr", "table"):
                self.end_row()
            self.flush()
            if tag in ("ol", "ul"):
                self.counters.pop()

    def _take(self) -> str:
        text = fold_space("".join(self.parts))
        self.parts.clear()
        self.open_link = None
        return text

    def _end_link(self) -> None:
        if self.open_link is None:  # the block ended inside of the link
            return
        href, start = self.open_link
        self.links.append(BlockLink(href, fold_space("".join(self.parts[start:]))))
        self.open_link = None

    def _count(self, item: etree._Element) -> None:
        """Gives the next block its number, where the list has numbers."""
        if self.depth or not self.counters or self.counters[-1] is None:
            return
        value = item.get("value") or ""
        self.counters[-1] = int(value) if value.isdecimal() else self.counters[-1] + 1
        self.number = ".".join(str(number) for number in self.counters if number is not None)

    def _start_cell(self) -> None:
        if not self.depth:
            self.flush()
            self.row = [] if self.row is None else self.row
        self.depth += 1

    def _end_cell(self) -> None:
        self.depth -= 1
        if not self.depth and self.row is not None:
            self.row.append(self._take())

    def end_row(self) -> None:
        """Writes the cells read so far, outside of a nested table."""
        if self.depth or self.row is None:
            return
        if any(self.row):
            text = " ".join(filter(None, self.row))
            self.written.append(Block(text, None, tuple(self.row), tuple(self.links)))
        self.row = None
        self.links.clear()


def _first_number(element: etree._Element) -> int:
    """One less than the first number of an ordered list."""
    start = element.get("start") or ""
    return int(start) - 1 if start.isdecimal() else 0


def read_blocks(root: etree._Element) -> tuple[Block, ...]:
    """The blocks inside of an element, without empty ones, scripts and comments.

    A line break ends a block. Text that stands in no paragraph is a block of its own.
    """
    reader = _Reader()
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            tag = str(element.tag)
            if tag in _SKIPPED:
                walk.skip_subtree()
                continue
            reader.start(element, tag)
            reader.parts.append(element.text or "")
        else:
            if event == "end":
                reader.end(str(element.tag))
            if element is not root:
                reader.parts.append(element.tail or "")
    reader.end_row()
    reader.flush()
    return tuple(reader.written)
