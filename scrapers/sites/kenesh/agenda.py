"""The agenda of a sitting, plenary or committee. No such page was seen yet: tolerant of its form, loud about the rest.

Items stand in paragraphs («1. О проекте …»), in lists or in tables; Russian or Kyrgyz.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from scrapers.blocks import Block
from scrapers.items import AgendaLine, SittingItem
from scrapers.page import Page, Problem, Reading
from scrapers.sites.kenesh.agenda_heading import Heading, read_heading
from scrapers.sites.kenesh.agenda_table import Columns, Row, read_row
from scrapers.sites.kenesh.article import Article, bounded, read_article
from vocab.agenda_item import read_agenda_item
from vocab.errors import ReadError

VERSION = "1"

_NUMBERED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)(?:[.)]\s*|\s+)(?P<text>(?=[^\W\d]|«|\().*)")
_LEAD = re.compile(r"(?:об?\s|проект\w*\s|законопроект|информаци|отч[её]т|разное|.*мыйзам\w*\s+долбоор)", re.IGNORECASE)
_HEADING = re.compile(r"(?:проект\s+)?повестк|.*күн\s+тартиби", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\(|(?:со)?докладчик|инициатор|(?:кошумча\s+)?баяндамачы|демилгечи|решени\w+\s+комитет|обсуждени", re.IGNORECASE
)
# Ignored on purpose: «I. Законопроекты», «ВТОРОЕ ЧТЕНИЕ», «Разное:», a break.
_SECTION = re.compile(r"[IVXІХ]+\s*[.)].*|[^а-яёөүң]+|.*:|перерыв\b.*|танапис\b.*", re.DOTALL)


@dataclass(slots=True)
class _Items:
    """The items read so far, as texts with their numbers; `columns` is what the head of a table says."""

    rows: list[Row] = field(default_factory=list)
    columns: Columns | None = None
    problems: list[Problem] = field(default_factory=list)

    def problem(self, reason: str, text: str) -> None:
        self.problems.append(Problem(place="agenda", reason=reason, excerpt=text, record_lost=True))


def read(page: Page) -> Reading:
    """One SittingItem, or two for an agenda of two days.

    Such a page does not tell which day an item is for, so the second has none. Raises ReadError where the page names
    no body or no day.
    """
    article = read_article(page.text, page.url)
    head = next((place for place, block in enumerate(article.blocks) if _is_item(block)), len(article.blocks))
    heading = read_heading([article.title, *(block.text for block in article.blocks[:head])], page.shown_on)
    items = _Items()
    for block in article.blocks[head:]:
        _read_block(block, items)
    lines = _lines(items)
    if not lines:
        items.problems.append(Problem(place="agenda", reason="no items"))
    sittings = [_sitting(article, heading, place, lines if place == 0 else ()) for place in range(len(heading.days))]
    notes = [f"day: {one.note}" for one in heading.days if one.note]
    return Reading(items=tuple(sittings), problems=bounded([*heading.problems, *items.problems]), notes=tuple(notes))


def _is_item(block: Block) -> bool:
    if block.number is not None or block.cells or _NUMBERED.fullmatch(block.text):
        return True
    return bool(_LEAD.match(block.text)) and not _HEADING.match(block.text)


def _read_block(block: Block, items: _Items) -> None:
    """A row, a new item, a clause of the item before, or a heading that is ignored; all else is a problem."""
    if block.cells:
        _read_cells(block.cells, items)
    elif numbered := _NUMBERED.fullmatch(block.text):
        items.rows.append(Row(numbered["number"], numbered["text"]))
    elif block.number is not None:
        items.rows.append(Row(block.number, block.text))
    elif _CLAUSE.match(block.text) and items.rows:
        items.rows[-1] = items.rows[-1].with_clause(block.text)
    elif _SECTION.fullmatch(block.text):
        return
    elif _LEAD.match(block.text):
        items.rows.append(Row(None, block.text))
    else:
        items.problem("neither an item nor a part of one", block.text)


def _read_cells(cells: Sequence[str], items: _Items) -> None:
    columns = Columns.of_head(cells)
    if columns is not None:
        items.columns = columns
    elif row := read_row(cells, items.columns):
        items.rows.append(row)
    elif not _SECTION.fullmatch(" ".join(cells).strip()):
        items.problem("a row of no known form", " | ".join(cells))


def _lines(items: _Items) -> tuple[AgendaLine, ...]:
    lines: list[AgendaLine] = []
    for row in items.rows:
        try:
            item = read_agenda_item(row.text)
        except ReadError as error:
            items.problem(error.reason, row.text)
            continue
        lines.append(AgendaLine(position=len(lines) + 1, number=row.number, item=item))
        items.problems += [
            Problem(place=f"item {len(lines)}", reason="a clause of no known form", excerpt=left)
            for left in item.leftovers
        ]
    return tuple(lines)


def _sitting(article: Article, heading: Heading, place: int, lines: tuple[AgendaLine, ...]) -> SittingItem:
    """The sitting of one day; that of a later day has the day in its key."""
    day = heading.days[place]
    key = f"agenda:{article.id}"
    return SittingItem(
        key=key if place == 0 else f"{key}:{day.day.isoformat()}",
        title=article.title,
        body=heading.body,
        committee=heading.committee,
        day=day.day,
        day_note=day.note,
        starts_at=heading.starts_at,
        place=heading.place,
        extraordinary=heading.extraordinary,
        lines=lines,
    )
