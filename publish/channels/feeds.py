"""RSS and Atom. The only module that knows feedgen, which has no types of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from feedgen.feed import FeedGenerator

from publish.compose import Entry

# XML 1.0 knows no control characters but tab, line feed and carriage return; scraped text may carry them.
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FeedFormat(StrEnum):
    """The two forms in which every feed is written; also the ending of its file."""

    RSS = "rss"
    ATOM = "atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """What a feed says of itself. `page` is the page it belongs to, `address` the feed's own without its ending."""

    title: str
    about: str
    page: str
    address: str
    language: str
    updated: datetime


def feed_bytes(head: FeedHead, entries: Sequence[Entry], form: FeedFormat) -> bytes:
    """The feed as a file. The same head and entries give the same bytes, whenever they are asked for."""
    feed = FeedGenerator()
    address = f"{head.address}.{form.value}"
    feed.id(address)
    feed.title(_clean(head.title))
    feed.description(_clean(head.about))
    feed.subtitle(_clean(head.about))
    feed.link(href=head.page, rel="alternate")
    feed.link(href=address, rel="self", type=f"application/{form.value}+xml")
    feed.language(head.language)
    feed.author(name="Baikoo")
    feed.updated(head.updated)
    feed.lastBuildDate(head.updated)
    for entry in entries:
        _add(feed, entry)
    made: bytes = feed.atom_str(pretty=True) if form is FeedFormat.ATOM else feed.rss_str(pretty=True)
    return made


def _add(feed: FeedGenerator, entry: Entry) -> None:
    one = feed.add_entry(order="append")
    one.id(entry.guid)
    one.guid(entry.guid, permalink=False)
    one.title(_clean(entry.title))
    one.link(href=entry.link)
    one.summary(_clean(entry.text) or _clean(entry.title))
    one.description(_clean(entry.text) or _clean(entry.title))
    one.published(entry.updated)
    one.updated(entry.updated)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
