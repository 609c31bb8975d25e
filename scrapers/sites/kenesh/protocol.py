"""A protocol of a plenary sitting: registrations, breaks, absent deputies, in the page's own order."""

import re
from dataclasses import dataclass, field
from datetime import date

from scrapers.items import Absence, Break, ProtocolItem, Registration
from scrapers.page import Page, Problem, Reading
from scrapers.sites.kenesh.absent import read_absences
from scrapers.sites.kenesh.article import paragraphs, read_article, texts
from vocab.dates import ReadDay, read_day
from vocab.errors import ReadError

VERSION = "1"

_TITLE = re.compile(
    r"Протокол\s*№\s*(?P<number>\d+\S*)\s+от\s+(?P<day>[\d.\s]+?)\s*г?\.?\s*(?P<rest>\D*)", re.IGNORECASE
)
_REGISTRATION = re.compile(r"Зарегистрировал\w+\s+(\d{1,3})\s+депутат\w*\.?", re.IGNORECASE)
_BREAK = re.compile(r"Объявляется перерыв на\s+(\d+)\s+(минут|час)\w*\.?", re.IGNORECASE)
_ABSENT = re.compile(r"На заседании отсутству\w+ депутат\w*\s*:?\s*(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class _Lines:
    """What the paragraphs said so far; one count orders them all."""

    seq: int = 0
    registrations: list[Registration] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def next(self) -> int:
        self.seq += 1
        return self.seq


def read(page: Page) -> Reading:
    """The protocol. Raises ReadError where title, number or day cannot be read: then it is no record at all."""
    article = read_article(page.text, page.url)
    number, day, extraordinary = read_title(article.title, page.shown_on)
    lines = _Lines()
    for text in texts(paragraphs(article.body)):
        _read_line(text, lines)
    item = ProtocolItem(
        key=f"protocol:{article.id}",
        title=article.title,
        number=number,
        day=day.day,
        day_note=day.note,
        extraordinary=extraordinary,
        registrations=tuple(lines.registrations),
        breaks=tuple(lines.breaks),
        absences=tuple(lines.absences),
    )
    notes = [*lines.notes, *([f"day: {day.note}"] if day.note else [])]
    return Reading(items=(item,), problems=tuple(lines.problems), notes=tuple(notes))


def read_title(title: str, latest: date) -> tuple[str, ReadDay, bool]:
    """Number, day and whether it is extraordinary, of «Протокол № 68 от 11.06.2020 г. (внеочередное)»."""
    found = _TITLE.fullmatch(title.strip())
    if found is None:
        raise ReadError("div.title", f"not a protocol's title: {title}")
    return found["number"], read_day(found["day"], latest=latest), "внеочередн" in found["rest"].lower()


def _read_line(text: str, lines: _Lines) -> None:
    """One paragraph: handled, or a problem."""
    if registration := _REGISTRATION.fullmatch(text):
        lines.registrations.append(Registration(seq=lines.next(), count=int(registration[1])))
    elif pause := _BREAK.fullmatch(text):
        _read_break(int(pause[1]), pause[2].lower(), lines)
    elif absent := _ABSENT.fullmatch(text):
        absences, problems = read_absences(absent[1], lines.seq + 1)
        lines.seq += len(absences)
        lines.absences += absences
        lines.problems += problems
    else:
        lines.problems.append(Problem(place="paragraph", reason="of no known form", excerpt=text[:200]))


def _read_break(length: int, unit: str, lines: _Lines) -> None:
    minutes = length * 60 if unit == "час" else length
    if not minutes:
        lines.notes.append("a break of no length: its length is unknown")
    lines.breaks.append(Break(seq=lines.next(), minutes=minutes or None))
