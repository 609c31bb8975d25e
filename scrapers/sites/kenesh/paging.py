"""Lists: which page this is, which comes next, and how an empty list is told from an unknown layout."""

from urllib.parse import parse_qs, urlsplit

from lxml import html

from scrapers.page import Link, Page, Reading
from scrapers.sites.kenesh.article import leads_to, text_of, with_class
from vocab.errors import ReadError

_FRAME = ("left-side-menu", "change-language", "pagination")


def page_number(url: str) -> int:
    """The number in `?page=N`; a list without one is at its first page."""
    written = parse_qs(urlsplit(url).query).get("page", ["1"])[0]
    return int(written) if written.isdigit() else 1


def next_page(doc: html.HtmlElement, url: str) -> str | None:
    """The address of the page after this one, None at the end: the link «next», else the next number."""
    links = [*with_class(doc, "next", "a"), *(a for a in with_class(doc, "item", "a") if _is(a, page_number(url) + 1))]
    for link in links:
        address = leads_to(url, link)
        if address is not None and page_number(address) > page_number(url):
            return address
    return None


def empty_list(doc: html.HtmlElement, page: Page, entries: str) -> Reading:
    """The reading of a list page without entries, whose addresses would hold `entries`.

    Only a later page can say that the list has ended: an empty first one may be the fault of the site. Raises
    ReadError for a page that has entries in an unknown layout, or nothing of the site's frame.
    """
    content = [link for link in doc.iter("a") if entries in (link.get("href") or "")]
    if content:
        raise ReadError("list", f"{len(content)} links to {entries} in an unknown layout")
    if not any(with_class(doc, name) for name in _FRAME):
        raise ReadError("list", "no entries and nothing of the site's frame")
    following = next_page(doc, page.url)
    links = () if following is None else (Link(url=following, kind=page.kind),)
    return Reading(links=links, notes=("an empty list",), last=not links and page_number(page.url) > 1)


def _is(link: html.HtmlElement, number: int) -> bool:
    return text_of(link) == str(number)
