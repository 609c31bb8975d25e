"""RSS and Atom. The only module that knows feedgen, which has no types of its own.

What feedgen leaves out of RSS is added by an extension of it: the link to the hub, and when an item was put right last.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from html import escape

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from publish.compose import Entry

FORM = "2"
"""Counted up when the same entries are written otherwise: then every feed is made again."""

_ATOM = "{http://www.w3.org/2005/Atom}"
# XML 1.0 knows no control characters but tab, line feed and carriage return; scraped text may carry them.
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FeedFormat(StrEnum):
    """The two forms in which every feed is written; also the ending of its file."""

    RSS = "rss"
    ATOM = "atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """What a feed says of itself. `page` is the page it belongs to, `address` the feed's own without its ending.

    `hub` is the WebSub hub that tells of changes; "" where there is none.
    """

    title: str
    about: str
    page: str
    address: str
    language: str
    updated: datetime
    hub: str = ""


class _Hub(BaseExtension):  # type: ignore[misc]
    """The hub in RSS: feedgen writes the link to the feed itself and no other."""

    address = ""

    def extend_rss(self, feed: etree._Element) -> etree._Element:
        """Add the link behind that to the feed itself."""
        own = feed.find(f"channel/{_ATOM}link")
        if own is not None:
            own.addnext(etree.Element(f"{_ATOM}link", {"href": self.address, "rel": "hub"}))
        return feed


class _Told(BaseEntryExtension):  # type: ignore[misc]
    """When an item was put right last: RSS knows only when it appeared."""

    updated = ""

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Add the moment in Atom's words, where it is another one."""
        if self.updated:
            etree.SubElement(item, f"{_ATOM}updated").text = self.updated
        return item


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
    if head.hub:
        feed.link(href=head.hub, rel="hub")
        feed.register_extension("hub", _Hub, atom=False)
        feed.hub.address = head.hub
    feed.language(head.language)
    feed.author(name="Baikoo")
    feed.updated(head.updated)
    feed.lastBuildDate(head.updated)
    for entry in entries:
        _add(feed, entry, form)
    made: bytes = feed.atom_str(pretty=True) if form is FeedFormat.ATOM else feed.rss_str(pretty=True)
    return made


def _add(feed: FeedGenerator, entry: Entry, form: FeedFormat) -> None:
    one = feed.add_entry(order="append")
    one.id(entry.guid)
    one.guid(entry.guid, permalink=False)
    title = _clean(entry.title) or entry.link  # a source may leave it empty: one entry must not stop all feeds
    one.title(title)
    one.link(href=entry.link)
    words = _clean(entry.text) or title
    one.summary(words if form is FeedFormat.ATOM else _as_html(words))
    one.published(entry.published)
    one.updated(entry.updated)
    if entry.updated != entry.published:
        one.register_extension("told", _Told, atom=False)
        one.told.updated = entry.updated.isoformat()


def _as_html(text: str) -> str:
    """Readers take the description of RSS for HTML: what a source wrote must stay text in it, too."""
    return "<br>".join(map(escape, text.splitlines()))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text).strip()
