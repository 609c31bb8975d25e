"""A list of articles: protocols, vote lists, agendas. The title beside a link decides what stands behind it."""

import re

from lxml import html

from scrapers.page import Link, Page, Problem, Reading
from scrapers.sites.kenesh.article import article_id, document, leads_to, text_of, with_class
from scrapers.sites.kenesh.paging import empty_list, next_page

VERSION = "1"

KINDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^\s*(?:Протокол|.*протоколу)\b", re.IGNORECASE), "protocol"),
    (re.compile(r"внесенн\w+ на голосование|добушка коюлган", re.IGNORECASE), "vote_list"),
    (re.compile(r"повестк\w+ дня|күн тартиби", re.IGNORECASE), "agenda"),
)
_MIXED = "agenda_list"  # a committee's section holds other news as well
_LINKS = (("news-read-more", "div"), ("more-link", "a"), ("news__item__title__link", "a"))


def kind_of(title: str) -> str | None:
    """What an article of this title is, None for one that we do not read."""
    return next((kind for pattern, kind in KINDS if pattern.search(title)), None)


def read(page: Page) -> Reading:
    """Links to the articles of known kinds and to the next page.

    A list of protocols or votes holds nothing else: another title there is a problem; on a list of agendas other
    articles are named in the notes. Raises ReadError for a page that is no list of this site.
    """
    doc = document(page.text)
    links: list[Link] = []
    problems: list[Problem] = []
    notes: list[str] = []
    entries = [(link, _title(link)) for link in _entries(doc)]
    if not entries:
        return empty_list(doc, page, "/article/show/")
    for link, title in entries:
        kind = kind_of(title)
        address = leads_to(page.url, link) or ""
        number = article_id(address)
        if number is None or not title:
            problems.append(
                Problem(
                    place="list entry",
                    reason="no title or no article",
                    excerpt=address or str(link.get("href")),
                    record_lost=True,
                )
            )
        elif kind is not None:
            links.append(Link(url=address, kind=kind, key=f"{kind}:{number}"))
        elif page.kind == _MIXED:
            notes.append(f"not read: {title}")
        else:
            problems.append(Problem(place="list entry", reason="an unknown title", excerpt=title, record_lost=True))
    following = next_page(doc, page.url)
    if following is not None:
        links.append(Link(url=following, kind=page.kind))
    return Reading(links=tuple(links), problems=tuple(problems), notes=tuple(notes), last=following is None)


def _entries(doc: html.HtmlElement) -> list[html.HtmlElement]:
    """The links to articles, in one of the three layouts the list has had."""
    for name, tag in _LINKS:
        found = with_class(doc, name, tag)
        if found:
            return [link for one in found for link in ([one] if tag == "a" else one.iter("a"))]
    return []


def _title(link: html.HtmlElement) -> str:
    """The title of an entry: the heading before «Подробнее», else the link's own text."""
    block = link.getparent()
    if block is not None and "news-read-more" in (block.get("class") or ""):
        heading = next(iter(block.xpath("preceding-sibling::*[self::h1 or self::h2 or self::h3 or self::h4][1]")), None)
        return "" if heading is None else text_of(heading)
    return text_of(link)
