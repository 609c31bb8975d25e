"""A press release's own page. Its body is ragged: BeautifulSoup reads it as a browser would."""

from bs4 import BeautifulSoup, Tag

from scrapers.items import PressItem
from scrapers.page import Page, Reading
from scrapers.sites.kenesh.article import article_id
from scrapers.strict import at_most_one, one
from vocab.dates import read_moment
from vocab.errors import ReadError
from vocab.text import fold_space

VERSION = "1"


def read(page: Page) -> Reading:
    """The release. Raises ReadError where it has no body."""
    soup = BeautifulSoup(page.text, "lxml")
    number = article_id(page.url)
    if number is None:
        raise ReadError("address", f"no number of the release in {page.url}")
    body = one(soup.select("div.ck-editor"), "div.ck-editor")
    text = "\n".join(_lines(body))
    if not text:
        raise ReadError("div.ck-editor", "empty")
    title = at_most_one(soup.select("h1.news__title"), "h1.news__title")
    moment = at_most_one(soup.select("div.news__item__date"), "div.news__item__date")
    item = PressItem(
        key=f"press:{number}",
        url=page.url,
        body=text,
        title=None if title is None else fold_space(title.get_text()) or None,
        published_at=None if moment is None else read_moment(fold_space(moment.get_text())),
    )
    return Reading(items=(item,))


def _lines(body: Tag) -> list[str]:
    """The paragraphs; a body without any is one."""
    found = [fold_space(paragraph.get_text(" ")) for paragraph in body.select("p, li, h2, h3, h4")]
    return [line for line in found if line] or [line for line in [fold_space(body.get_text(" "))] if line]
