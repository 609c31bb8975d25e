"""Lists that go on: which page this is, and which comes next."""

from urllib.parse import parse_qs, urljoin, urlsplit

from lxml import html

from scrapers.sites.kenesh.article import text_of, with_class


def page_number(url: str) -> int:
    """The number in `?page=N`; a list without one is at its first page."""
    written = parse_qs(urlsplit(url).query).get("page", ["1"])[0]
    return int(written) if written.isdigit() else 1


def next_page(doc: html.HtmlElement, url: str) -> str | None:
    """The address of the page after this one, None at the end: the link «next», else the next number."""
    links = [*with_class(doc, "next", "a"), *(a for a in with_class(doc, "item", "a") if _is(a, page_number(url) + 1))]
    for link in links:
        address = urljoin(url, link.get("href", ""))
        if page_number(address) > page_number(url):
            return address
    return None


def _is(link: html.HtmlElement, number: int) -> bool:
    return text_of(link) == str(number)
