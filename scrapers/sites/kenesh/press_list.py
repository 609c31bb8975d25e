"""The list of press releases, fifteen a page."""

from lxml import html

from scrapers.items import PressListItem
from scrapers.page import Link, Page, Problem, Reading
from scrapers.sites.kenesh.article import absolute, article_id, document, text_of, with_class
from scrapers.sites.kenesh.paging import empty_list, next_page
from scrapers.strict import at_most_one, one
from vocab.dates import read_moment
from vocab.errors import ReadError

VERSION = "1"


def read(page: Page) -> Reading:
    """A release an entry, with a link to its own page; one that cannot be read leaves the others alone.

    Raises ReadError for a page that is no list of this site.
    """
    doc = document(page.text)
    items: list[PressListItem] = []
    problems: list[Problem] = []
    entries = with_class(doc, "news__item", "div")
    if not entries:
        return empty_list(doc, page, "/news/show/")
    for place, entry in enumerate(entries, 1):
        try:
            items.append(_entry(entry, page.url))
        except ReadError as error:
            excerpt = text_of(entry)[:200]
            problems.append(
                Problem(place=f"entry {place}: {error.place}", reason=error.reason, excerpt=excerpt, record_lost=True)
            )
    following = next_page(doc, page.url)
    links = [Link(url=item.url, kind="press", key=item.key) for item in items]
    if following is not None:
        links.append(Link(url=following, kind=page.kind))
    return Reading(items=tuple(items), links=tuple(links), problems=tuple(problems), last=following is None)


def _entry(entry: html.HtmlElement, url: str) -> PressListItem:
    link = one(with_class(entry, "news__item__title__link", "a"), "a.news__item__title__link")
    address = absolute(url, link.get("href"))
    number = article_id(address)
    title = text_of(link)
    if number is None or not title:
        raise ReadError("a.news__item__title__link", "no title or no number of the release")
    moment = one(with_class(entry, "news__item__date"), "div.news__item__date")
    summary = at_most_one(with_class(entry, "news__item__desc"), "p.news__item__desc")
    image = at_most_one(with_class(entry, "news__item__image__img", "img"), "img.news__item__image__img")
    source = None if image is None else image.get("src")
    return PressListItem(
        key=f"press:{number}",
        url=address,
        title=title,
        published_at=read_moment(text_of(moment)),
        summary="" if summary is None else text_of(summary),
        image_url=absolute(url, source) if source else None,
    )
