"""A protocol of a plenary sitting: registrations, breaks, absent deputies, in the page's own order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from scrapers.items import Absence, Break, ProtocolItem, Registration
from scrapers.page import Page, Problem, Reading
from scrapers.sites.kenesh.absent import read_absences
from scrapers.sites.kenesh.article import Article, bounded, read_article, read_title_days
from vocab.bodies import convocation_on
from vocab.dates import ReadDay
from vocab.errors import ReadError

VERSION = "1"

_TITLE = re.compile(r"протокол\w*\s*№\s*(?P<number>\d+(?:[-/]\w+)?)\b(?P<rest>.*)", re.IGNORECASE)
_EXTRAORDINARY = re.compile(r"внеочередн|кезексиз", re.IGNORECASE)
_REGISTERED = re.compile(
    r"(?:на\s+заседании\s+)?зарегистрирова\w+\s+(?P<count>\d+)\s*депутат\w*(?:\s+из\s+\d+)?\W*", re.IGNORECASE
)
_ABSENT = re.compile(
    r"(?:на\s+заседании\s+)?отсутству\w+(?:\s+на\s+заседании)?(?:\s+депутат\w*)?[\s:–—-]*", re.IGNORECASE
)
_LENGTH = re.compile(r"(?P<number>\d{1,3})\s*(?P<unit>час|мин)", re.IGNORECASE)
_MINUTES = {"час": 60, "мин": 1}
_LONGEST_BREAK = 24 * 60
_GOES_ON = (",", ":", ";", "(")
_EXCERPT = 200


@dataclass(slots=True)
class _Lines:
    """What the paragraphs said so far; one count orders them all."""

    seats: int
    seq: int = 0
    registrations: list[Registration] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def next(self) -> int:
        self.seq += 1
        return self.seq

    def problem(self, reason: str, text: str) -> None:
        """A paragraph that cannot be kept."""
        self.problems.append(Problem(place="paragraph", reason=reason, excerpt=text, record_lost=True))


def read(page: Page) -> Reading:
    """The protocol. Raises ReadError where title, number or day cannot be read: then it is no record at all."""
    article = read_article(page.text, page.url)
    number, day = read_title(article.title, page.shown_on)
    convocation = convocation_on(day.day)
    if convocation is None:
        raise ReadError("div.title", f"no parliament is known on {day.day.isoformat()}")
    lines = _Lines(seats=convocation.seats)
    for text in _paragraphs(article):
        _read_line(text, lines)
    if not article.blocks:
        lines.notes.append("the protocol has no text")
    item = ProtocolItem(
        key=f"protocol:{article.id}",
        title=article.title,
        number=number,
        day=day.day,
        day_note=day.note,
        extraordinary=_is_extraordinary(article),
        registrations=tuple(lines.registrations),
        breaks=tuple(lines.breaks),
        absences=tuple(lines.absences),
    )
    notes = [*lines.notes, *([f"day: {day.note}"] if day.note else [])]
    return Reading(items=(item,), problems=bounded(lines.problems), notes=tuple(notes))


def read_title(title: str, latest: date) -> tuple[str, ReadDay]:
    """Number and (first) day of «Протокол № 68 от 11.06.2020 г. (внеочередное)»."""
    found = _TITLE.fullmatch(title)
    if found is None:
        raise ReadError("div.title", f"not a protocol's title: {title}")
    return found["number"], read_title_days(found["rest"], latest)[0]


def _is_extraordinary(article: Article) -> bool:
    """The title says so, or a heading that repeats it."""
    headings = [block.text for block in article.blocks if _HEADING.match(block.text)]
    return any(_EXTRAORDINARY.search(text) for text in (article.title, *headings))


def _paragraphs(article: Article) -> list[str]:
    """The texts of the blocks; a list of absent deputies that breaks off goes on in the next block."""
    texts: list[str] = []
    for block in article.blocks:
        if texts and texts[-1].endswith(_GOES_ON) and _ABSENT.match(texts[-1]) and not _reader(block.text):
            texts[-1] = f"{texts[-1]} {block.text}"
        else:
            texts.append(block.text)
    return texts


def _reader(text: str) -> Callable[[str, _Lines], None] | None:
    """What reads a paragraph: the first row that knows how it starts."""
    return next((reader for starts, reader in _LINES if starts.match(text)), None)


def _read_line(text: str, lines: _Lines) -> None:
    """One paragraph: handled, ignored on purpose, or a problem."""
    reader = _reader(text)
    if reader is None:
        lines.problem("of no known form", text)
    else:
        reader(text, lines)


def _read_registration(text: str, lines: _Lines) -> None:
    found = _REGISTERED.fullmatch(text)
    if found is None:
        lines.problem("not «Зарегистрировались N депутатов»", text)
    elif int(found["count"]) > lines.seats:
        lines.problem(f"more deputies than the {lines.seats} seats", text)
    else:
        lines.registrations.append(Registration(seq=lines.next(), count=int(found["count"])))


def _read_break(text: str, lines: _Lines) -> None:
    """A break; «на 00 часов» and «до 14:00» give no length that can be."""
    minutes = sum(int(one["number"]) * _MINUTES[one["unit"].lower()] for one in _LENGTH.finditer(text))
    known = 0 < minutes < _LONGEST_BREAK
    lines.breaks.append(Break(seq=lines.next(), minutes=minutes if known else None))
    if not known:
        lines.notes.append(f"a break of unknown length: {text[:_EXCERPT]}")


def _read_absences(text: str, lines: _Lines) -> None:
    found = read_absences(_ABSENT.sub("", text, count=1), lines.seq + 1)
    lines.seq += len(found.absences)
    lines.absences += found.absences
    lines.problems += found.problems
    lines.notes += found.notes


def _ignore(_text: str, _lines: _Lines) -> None:
    """Nothing of it is kept."""


_HEADING = re.compile(
    r"протокол\b|стенограмм|(?:\w+\s+){0,3}заседани\w+\s+Жогорку|Жогорку\s+Кенеш\w*\s+Кыргызской"
    r"|(?:г\.|город)\s*Бишкек|председательству|заседание\s+(?:вед|откры|закры|объявл)",
    re.IGNORECASE,
)
# A row a wording: how a paragraph starts, and what reads it.
_LINES: tuple[tuple[re.Pattern[str], Callable[[str, _Lines], None]], ...] = (
    (re.compile(r"(?:на\s+заседании\s+)?зарегистрирова", re.IGNORECASE), _read_registration),
    (re.compile(r"(?:объявл\w+\s+)?перерыв", re.IGNORECASE), _read_break),
    (re.compile(r"(?:на\s+заседании\s+)?отсутству", re.IGNORECASE), _read_absences),
    (_HEADING, _ignore),
)
