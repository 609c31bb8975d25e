"""The list of deputies in its two HTML layouts: the table of 2016 and the cards of 2021–23."""

import re

from lxml import html

from scrapers.items import DeputyItem
from scrapers.page import Link, Page, Problem, Reading
from scrapers.sites.kenesh.article import absolute, document, text_of, with_class
from scrapers.sites.kenesh.paging import next_page
from scrapers.strict import one
from vocab.bodies import convocation_on
from vocab.errors import ReadError

VERSION = "1"

_CONVOCATION = re.compile(r"\b([IVX]+)\s+(?:созыва|чакырылыш)")
_ID = re.compile(r"/deputy/show/(\d+)")
_NUMBER, _NAME, _FACTION = range(3)
_COLUMNS = (("№", "Депутат", "Фракция"), ("№", "Депутат", "Фракциясы"))


def read(page: Page) -> Reading:
    """A deputy a row or card. Raises ReadError for a layout that is neither."""
    doc = document(page.text)
    rows = doc.xpath("//table[contains(@class, 'table')]/tbody/tr[td]")
    cards = [card for grid in with_class(doc, "grid-deputs", "div") for card in with_class(grid, "dep-item", "div")]
    if not rows and not cards:
        raise ReadError("list of deputies", "neither the table nor the cards")
    convocation, notes = _convocation(doc, page)
    items: list[DeputyItem] = []
    problems = list(_header(doc) if rows else ())
    for place, element in enumerate(rows or cards, 1):
        try:
            link, faction = _row(element) if rows else _card(element)
            items.append(_deputy(link, faction, convocation, page))
        except ReadError as error:
            excerpt = text_of(element)[:200]
            problems.append(
                Problem(place=f"row {place}: {error.place}", reason=error.reason, excerpt=excerpt, record_lost=True)
            )
    following = next_page(doc, page.url)
    links = () if following is None else (Link(url=following, kind=page.kind),)
    return Reading(items=tuple(items), links=links, problems=tuple(problems), notes=notes, last=following is None)


def _header(doc: html.HtmlElement) -> tuple[Problem, ...]:
    """A problem where the columns are not those that we read: then a column may have changed its meaning."""
    written = tuple(text_of(cell) for cell in doc.xpath("//table[contains(@class, 'table')]/thead/tr/th"))
    if written in _COLUMNS:
        return ()
    return (Problem(place="table head", reason="unknown columns", excerpt=" | ".join(written)),)


def _convocation(doc: html.HtmlElement, page: Page) -> tuple[str | None, tuple[str, ...]]:
    """As the heading says, else the one that sat on the day of the page, with a note."""
    for heading in doc.xpath("//h1 | //h2 | //h3 | //h4"):
        if found := _CONVOCATION.search(text_of(heading)):
            return found[1], ()
    sitting = convocation_on(page.shown_on)
    return sitting.numeral if sitting else None, ("the convocation is that of the day, the page names none",)


def _row(row: html.HtmlElement) -> tuple[html.HtmlElement, str]:
    cells = row.findall("td")
    if len(cells) != _FACTION + 1:
        raise ReadError("cells", f"expected 3, found {len(cells)}")
    return one(list(cells[_NAME].iter("a")), "name"), text_of(cells[_FACTION])


def _card(card: html.HtmlElement) -> tuple[html.HtmlElement, str]:
    return one(with_class(card, "name", "a"), "a.name"), text_of(one(with_class(card, "info", "div"), "div.info"))


def _deputy(link: html.HtmlElement, faction: str, convocation: str | None, page: Page) -> DeputyItem:
    address = absolute(page.url, link.get("href"))
    number, name = _ID.search(address), text_of(link)
    if number is None or not name:
        raise ReadError("name", "no name or no number of the deputy")
    return DeputyItem(
        key=f"deputy:{number[1]}",
        name=name,
        convocation=convocation,
        faction=faction or None,
        shown_on=page.shown_on,
        source_id=number[1],
        url=address,
    )
