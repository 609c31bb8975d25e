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

_BLOCKS = ["blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "table", "td", "tr", "ul"]


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
    """The text, a line a block, whatever tags its writer used: nothing stands twice and nothing is left out."""
    for text in body.find_all(string=True):
        text.replace_with(type(text)(text.replace("\n", " ")))
    for block in body.find_all(_BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    return [folded for line in body.get_text().split("\n") if (folded := fold_space(line))]
