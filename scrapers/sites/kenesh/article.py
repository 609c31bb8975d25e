"""An article page of the old site: a title and paragraphs. Protocols, vote lists and agendas share this layout."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from scrapers.blocks import Block, read_blocks
from scrapers.page import Problem
from scrapers.strict import one
from vocab.dates import ReadDay, find_days, read_day
from vocab.errors import ReadError
from vocab.text import fold_space

_ID = re.compile(r"/(?P<language>ru|ky)/(?:article|news)/show/(?P<id>\d+)")
_ENUMERATED = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:,|и|жана)\s*(?=(?:\d{1,2}\s*(?:,|и|жана)\s*)*\d{1,2}\s*-?\s*[а-яёөү]{3})", re.IGNORECASE
)
_THREE_DAYS = re.compile(r"\d-\d{1,2}-\d{1,2}\s*-?\s*[а-яёөү]{3}", re.IGNORECASE)
_EXCERPT = 200
_MOST_PROBLEMS = 20
_SPAN_DAYS = 2
_LONGEST_SPAN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Article:
    """The key of the article (see `article_id`), its title, and the blocks of its text."""

    id: str
    title: str
    blocks: tuple[Block, ...]


def absolute(base: str, href: str | None) -> str:
    """The full address of a link on the page at `base`. Raises ReadError for what is no address of a page."""
    try:
        address = urljoin(base, (href or "").strip())
        parts = urlsplit(address)
    except ValueError as error:
        raise ReadError("link", f"not an address: {(href or '')[:_EXCERPT]}") from error
    if not href or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ReadError("link", f"not an address of a page: {(href or '')[:_EXCERPT]}")
    return address


def leads_to(base: str, link: html.HtmlElement) -> str | None:
    """The full address of a link, None where it leads to no page («javascript:», no address at all)."""
    try:
        return absolute(base, link.get("href"))
    except ReadError:
        return None


def document(text: str) -> html.HtmlElement:
    """The parsed page. Raises ReadError for a page with no element at all."""
    if not text.strip():
        raise ReadError("page", "empty")
    # As bytes, for a page may declare an encoding that is no longer its own; deep nesting must not hide text.
    return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))


def article_id(url: str) -> str | None:
    """The number in `/ru/article/show/4443/…` or `/ru/news/show/83648/…`; the slug is ignored.

    The two languages share numbers: a Kyrgyz page is another statement, «4443:ky».
    """
    found = _ID.search(url)
    if found is None:
        return None
    return found["id"] if found["language"] == "ru" else f"{found['id']}:{found['language']}"


def read_article(text: str, url: str) -> Article:
    """Read the common layout. Raises ReadError where the title or the text is missing or stands twice."""
    doc = document(text)
    number = article_id(url)
    if number is None:
        raise ReadError("address", f"no article number in {url}")
    title = fold_space(one(with_class(doc, "title", "div"), "div.title").text_content())
    if not title:
        raise ReadError("div.title", "empty")
    return Article(id=number, title=title, blocks=read_blocks(one(with_class(doc, "text", "div"), "div.text")))


def text_of(element: html.HtmlElement) -> str:
    """The element's text in one line."""
    return fold_space(element.text_content())


def bounded(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems of a page with short excerpts; of very many the first ones, and how many more there are."""
    kept = tuple(replace(one, excerpt=one.excerpt[:_EXCERPT]) for one in problems[:_MOST_PROBLEMS])
    more = len(problems) - len(kept)
    if not more:
        return kept
    return (*kept, Problem(place="text", reason=f"{more} more pieces could not be read", record_lost=True))


def plain_span(text: str) -> str:
    """«14 и 15 ноября» as «14-15 ноября». Raises ReadError for more days than two."""
    text = _ENUMERATED.sub(r"\1-", text)
    if _THREE_DAYS.search(text):
        raise ReadError("date", f"more than two days in «{text}»")
    return text


def read_title_days(text: str, latest: date) -> tuple[ReadDay, ...]:
    """The day that a title names, or the two days of a short span («14-15.11.2018»), with notes.

    Raises ReadError for none or for any others.
    """
    text = plain_span(text)
    try:
        day = read_day(text, latest=latest)
    except ReadError:
        days = sorted({found.day for found in find_days(text) if found.day})
        if len(days) != _SPAN_DAYS or days[1] - days[0] > _LONGEST_SPAN:
            raise
        return ReadDay(days[0], f"the first day of two, the other is {days[1].isoformat()}"), ReadDay(days[1])
    return (day,)


def with_class(root: html.HtmlElement, name: str, tag: str = "*") -> list[html.HtmlElement]:
    """The elements below `root` that carry this class."""
    found: list[html.HtmlElement] = _finder(name, tag)(root)
    return found


@cache
def _finder(name: str, tag: str) -> etree.XPath:
    return etree.XPath(f".//{tag}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")
