"""The gold labels and the texts that they label, read from their folders.

A gold folder holds `news.jsonl` and `agenda_items.jsonl`; a replay folder the recorded pages with an `index.csv`.
The text of a press release is taken from the page by the text layer's own plain reading, since the scrapers are a
sibling: blocks become lines, tags go.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lxml import html

from vocab.errors import UsageError
from vocab.text import fold_space

NEWS, ITEMS = "news.jsonl", "agenda_items.jsonl"
_BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "td", "table", "h1", "h2", "h3", "h4", "blockquote"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelease:
    """A labelled press release with its text; `label` is the line of the gold file."""

    url: str
    title: str
    published: date
    body: str
    label: Mapping[str, Any]


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file. Raises UsageError where it is missing or a line is no object."""
    if not path.is_file():
        raise UsageError(f"no file {path}: a gold folder has {NEWS} and {ITEMS}")
    rows = []
    for number, line in enumerate(_text_of(path).splitlines(), 1):
        try:
            row = json.loads(line) if line.strip() else None
        except ValueError as error:
            raise UsageError(f"{path}, line {number}: not JSON ({error})") from error
        if row is not None and not isinstance(row, dict):
            raise UsageError(f"{path}, line {number}: not an object")
        if row is not None:
            rows.append(row)
    return rows


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not text in UTF-8: {error}") from error


def beside(gold: Path, replay: Path, name: str) -> Path:
    """A file or folder of `kenesh/` beside the gold folder, else beside the replay folder; it may be in neither."""
    places = [folder.parent / "kenesh" / name for folder in (gold, replay)]
    return next((place for place in places if place.exists()), places[0])


def releases(gold: Path, replay: Path) -> list[GoldRelease]:
    """The labelled press releases. Raises UsageError for a label whose page the replay folder lacks."""
    pages = _pages(replay)
    return [_release(row, pages) for row in lines_of(gold / NEWS)]


def _pages(replay: Path) -> Mapping[str, Path]:
    index = replay / "index.csv"
    if not index.is_file():
        raise UsageError(f"no file {index}: a replay folder has one")
    with index.open(encoding="utf-8", newline="") as rows:
        return {row["url"]: replay / row["file"] for row in csv.DictReader(rows) if row["file"]}


def _release(row: Mapping[str, Any], pages: Mapping[str, Path]) -> GoldRelease:
    missing = [name for name in ("url", "title", "published") if name not in row]
    if missing:
        raise UsageError(f"{NEWS}: a line lacks {', '.join(missing)}: {str(dict(row))[:80]}")
    page = pages.get(row["url"])
    if page is None or not page.is_file():
        raise UsageError(f"the replay folder has no page {row['url']}")
    return GoldRelease(
        url=row["url"],
        title=row["title"],
        published=date.fromisoformat(row["published"]),
        body=_body(page.read_text("utf-8")),
        label=row,
    )


def _body(page: str) -> str:
    bodies = html.document_fromstring(page).xpath('//div[contains(@class, "ck-editor")]')
    pieces = [piece for body in bodies for piece in _pieces(body)]
    return "\n".join(line for one in "".join(pieces).split("\n") if (line := fold_space(one)))


def _pieces(node: html.HtmlElement) -> Iterator[str]:
    """The text of a node, a line feed around every block."""
    edge = "\n" if node.tag in _BLOCKS else ""
    yield edge + (node.text or "").replace("\n", " ")
    for child in node:
        if isinstance(child.tag, str):
            yield from _pieces(child)
        yield (child.tail or "").replace("\n", " ")
    yield edge
