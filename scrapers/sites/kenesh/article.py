"""An article page of the old site: a title and paragraphs. Protocols, vote lists and agendas share this layout."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import html

from scrapers.strict import one
from vocab.errors import ReadError
from vocab.text import fold_space

_ID = re.compile(r"/(?:article|news)/show/(\d+)")


@dataclass(frozen=True, slots=True)
class Article:
    """The site's own number of the article, its title, and the element that holds its text."""

    id: str
    title: str
    body: html.HtmlElement


def document(text: str) -> html.HtmlElement:
    """The parsed page. Raises ReadError for a page with no element at all."""
    if not text.strip():
        raise ReadError("page", "empty")
    return html.document_fromstring(text)


def article_id(url: str) -> str | None:
    """The number in `/ru/article/show/4443/…` or `/ru/news/show/83648/…`; the slug is ignored."""
    found = _ID.search(url)
    return found[1] if found else None


def read_article(text: str, url: str) -> Article:
    """Read the common layout. Raises ReadError where the title or the text is missing or stands twice."""
    doc = document(text)
    number = article_id(url)
    if number is None:
        raise ReadError("address", f"no article number in {url}")
    title = fold_space(one(doc.xpath(_by_class("title")), "div.title").text_content())
    if not title:
        raise ReadError("div.title", "empty")
    return Article(id=number, title=title, body=one(doc.xpath(_by_class("text")), "div.text"))


def paragraphs(body: html.HtmlElement) -> list[html.HtmlElement]:
    """The paragraphs that say something, in order."""
    return [found for found in body.iter("p") if text_of(found)]


def text_of(element: html.HtmlElement) -> str:
    """The element's text in one line."""
    return fold_space(element.text_content())


def texts(elements: Iterable[html.HtmlElement]) -> list[str]:
    """The texts of elements."""
    return [text_of(element) for element in elements]


def _by_class(name: str, tag: str = "div") -> str:
    return f"//{tag}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


def with_class(root: html.HtmlElement, name: str, tag: str = "*") -> list[html.HtmlElement]:
    """The elements below `root` that carry this class."""
    found: list[html.HtmlElement] = root.xpath("." + _by_class(name, tag))
    return found
