"""A page as it came, and what a parser says of it. No I/O: parsers are pure functions `Page -> Reading`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrapers.items import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of a site, after decoding.

    `url` is the real address, `address` its canonical form (scheme and host aliases folded, see `scrapers.source`),
    `kind` the page type that source.yml gives it. `text` is the decoded body. `fetched_at` is aware UTC. `shown_on`
    is the day whose state the page shows: the day of fetching, in a replay the day of the recording. `asked` is the
    body of the request, where it had one; `options` is what source.yml tells the parser of this page type.
    """

    url: str
    address: str
    kind: str
    text: str
    fetched_at: datetime
    shown_on: date
    status: int = 200
    asked: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A value that could not be read: quarantined with its place and reason while the rest goes on.

    `record_lost`: not one value but a whole record (a row, a line) could not be kept; that makes a run red.
    """

    place: str
    reason: str
    excerpt: str = ""
    record_lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that a page names and the crawl should follow as a page of this kind.

    `key` orders nothing and identifies nothing; it is the record's key where the list already tells it, so that a
    page that answers 404 can be counted against its record. `body`: ask by POST with this JSON.
    """

    url: str
    kind: str
    key: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a parser read: items, links to follow, values it could not read, and values it ignored on purpose.

    `last` says that a list page has no successor: the whole list was walked. A page type that is broken as a whole
    (its anchor is missing) raises `vocab.errors.ReadError` instead.
    """

    items: "tuple[Item, ...]" = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = field(default=())
    last: bool = False
