"""The files that the register offers for a bill, under keys that source.yml names: nobody has seen them yet."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapers.items import DocumentLink
from scrapers.page import Link, Problem
from scrapers.strict import Fields
from vocab.errors import ReadError
from vocab.text import fold, fold_space

PAGE_KIND = "document"
"""The page type of files that are fetched."""
FETCHED = frozenset(("bill_text", "note", "comparative_table", "conclusion"))


class BillFiles:
    """Reads the files of bills. `unknown` are keys that nobody read, with the key of the list before them.

    The options: `list` names the key of a bill under which its files are, `url` and `title` those of a file; `kinds`
    and `languages` say by which words of a title, or of the file's name, a file is of a kind or in a language.
    """

    def __init__(self, options: Mapping[str, Any], base: str) -> None:
        self._list = str(options.get("list") or "")
        self._url, self._title = str(options.get("url", "url")), str(options.get("title", "title"))
        self._kinds = _words(options.get("kinds"))
        self._languages = _words(options.get("languages"))
        self._base = base
        self.unknown: set[str] = set()

    def take(self, bill: Fields, problems: list[Problem]) -> tuple[DocumentLink, ...]:
        """The files of one bill; one that cannot be read is a problem, the others are kept."""
        try:
            rows = bill.pop_or_none(self._list, list) or [] if self._list else []
        except ReadError as error:
            problems.append(Problem(place=error.place, reason=error.reason))
            return ()
        return tuple({one.url: one for one in self._read(rows, bill.place, problems)}.values())

    def _read(self, rows: list[Any], place: str, problems: list[Problem]) -> Iterator[DocumentLink]:
        for number, row in enumerate(rows, 1):
            try:
                yield self._file(Fields(row, f"{place}.{self._list}[{number}]"))
            except ReadError as error:
                problems.append(Problem(place=error.place, reason=error.reason, excerpt=str(row)[:200]))

    def _file(self, fields: Fields) -> DocumentLink:
        href = fold_space(fields.pop(self._url, str))
        title = fold_space(fields.pop_or_none(self._title, str) or "")
        self.unknown.update(f"{self._list}.{key}" for key in fields.leftovers())
        url = _absolute(self._base, href)
        if url is None:
            raise ReadError(f"{fields.place}.{self._url}", "no address of a file")
        words = fold(f"{title} {urlsplit(url).path}")
        return DocumentLink(
            url=url,
            title=title or urlsplit(url).path.rpartition("/")[2],
            kind=_named(self._kinds, words) or "other",
            language=_named(self._languages, words),
        )


def file_links(files: tuple[DocumentLink, ...], key: str) -> Iterator[Link]:
    """The files of a bill that are fetched."""
    yield from (Link(url=one.url, kind=PAGE_KIND, key=key) for one in files if one.kind in FETCHED)


def _absolute(base: str, href: str) -> str | None:
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname and parts.path not in ("", "/") else None


def _words(value: Any) -> dict[str, tuple[str, ...]]:
    return {str(name): tuple(fold(str(word)) for word in words) for name, words in (value or {}).items()}


def _named(words: Mapping[str, tuple[str, ...]], text: str) -> str | None:
    """The first name of which a word stands in the text."""
    return next((name for name, wordings in words.items() if any(word in text for word in wordings)), None)
