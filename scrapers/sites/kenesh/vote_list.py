"""«Законопроекты, внесенные на голосование DD.MM.YYYY»: a paragraph an item, with a link to its roll call."""

import re

from scrapers.blocks import Block
from scrapers.items import AgendaLine, VoteListItem
from scrapers.page import Page, Problem, Reading
from scrapers.sites.kenesh.article import absolute, bounded, read_article, read_title_days
from scrapers.strict import one
from vocab.agenda_item import read_agenda_item
from vocab.errors import ReadError

VERSION = "1"

_DAY = re.compile(r"голосование(?P<day>.*\d.*)", re.IGNORECASE)
_BALLOT = re.compile(r"Голосовани[ея]\s*№?\s*(\d+)", re.IGNORECASE)


def read(page: Page) -> Reading:
    """The list. Raises ReadError where title or day cannot be read."""
    article = read_article(page.text, page.url)
    written = _DAY.search(article.title)
    if written is None:
        raise ReadError("div.title", f"no day of a vote: {article.title}")
    day = read_title_days(written["day"], page.shown_on)[0]
    lines: list[AgendaLine] = []
    problems: list[Problem] = []
    for block in article.blocks:
        try:
            line = _line(block, len(lines) + 1, page.url)
        except ReadError as error:
            problems.append(Problem(place=error.place, reason=error.reason, excerpt=block.text, record_lost=True))
            continue
        lines.append(line)
        problems += [
            Problem(place=f"item {line.position}", reason="a clause of no known form", excerpt=left)
            for left in line.item.leftovers
        ]
    key = f"vote_list:{article.id}"
    item = VoteListItem(key=key, title=article.title, day=day.day, day_note=day.note, lines=tuple(lines))
    notes = () if lines else ("no item was put to the vote",)
    return Reading(items=(item,), problems=bounded(problems), notes=notes)


def _line(block: Block, position: int, url: str) -> AgendaLine:
    """One item: the roll call's number and file, then the text. Raises ReadError for a text without a roll call."""
    link = one([link for link in block.links if _BALLOT.search(link.text)], "roll call")
    ballot = one(_BALLOT.findall(link.text), "roll call")
    return AgendaLine(
        position=position,
        number=block.number,
        item=read_agenda_item(block.text.replace(link.text, "", 1).strip()),
        ballot=ballot,
        ballot_url=absolute(url, link.href) if link.href else None,
    )
