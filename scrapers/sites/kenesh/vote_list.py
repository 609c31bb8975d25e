"""«Законопроекты, внесенные на голосование DD.MM.YYYY»: a paragraph an item, with a link to its roll call."""

import re
from urllib.parse import urljoin

from lxml import html

from scrapers.items import AgendaLine, VoteListItem
from scrapers.page import Page, Problem, Reading
from scrapers.sites.kenesh.article import paragraphs, read_article, text_of
from vocab.agenda_item import read_agenda_item
from vocab.dates import read_day
from vocab.errors import ReadError

VERSION = "1"

_DAY = re.compile(r"голосование\s+(\d[\d.\s]*\d)", re.IGNORECASE)
_BALLOT = re.compile(r"Голосовани[ея]\s*№?\s*(\d+)", re.IGNORECASE)


def read(page: Page) -> Reading:
    """The list. Raises ReadError where title or day cannot be read."""
    article = read_article(page.text, page.url)
    written = _DAY.search(article.title)
    if written is None:
        raise ReadError("div.title", f"no day of a vote: {article.title}")
    day = read_day(written[1], latest=page.shown_on)
    lines: list[AgendaLine] = []
    problems: list[Problem] = []
    for paragraph in paragraphs(article.body):
        try:
            lines.append(_line(paragraph, len(lines) + 1, page.url))
        except ReadError as error:
            excerpt = text_of(paragraph)[:200]
            problems.append(Problem(place=error.place, reason=error.reason, excerpt=excerpt, record_lost=True))
    problems += [
        Problem(place=f"item {line.position}", reason="a clause of no known form", excerpt=left)
        for line in lines
        for left in line.item.leftovers
    ]
    key = f"vote_list:{article.id}"
    item = VoteListItem(key=key, title=article.title, day=day.day, day_note=day.note, lines=tuple(lines))
    return Reading(items=(item,), problems=tuple(problems))


def _line(paragraph: html.HtmlElement, position: int, url: str) -> AgendaLine:
    """One item: the roll call's number and file, then the text."""
    link = next((a for a in paragraph.iter("a") if _BALLOT.search(text_of(a))), None)
    ballot = None if link is None else _BALLOT.search(text_of(link))
    text = text_of(paragraph)
    if link is not None:
        text = text.replace(text_of(link), "", 1).strip()
    href = None if link is None else link.get("href")
    return AgendaLine(
        position=position,
        number=None,
        item=read_agenda_item(text),
        ballot=ballot[1] if ballot else None,
        ballot_url=urljoin(url, href) if href else None,
    )
