"""The protocol of a plenary sitting: registrations, breaks and absences in the order of the page."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from scrapers.items import Absence, Break, ProtocolItem, Registration
from scrapers.page import Page, Problem, Reading
from scrapers.sites.kenesh.absences import read_absences
from scrapers.sites.kenesh.article import Article, marked_day, read_article, read_days
from vocab.bodies import convocation_on
from vocab.errors import ReadError

VERSION = "1"

_TITLE = re.compile(r"протокол\w*\s*№\s*(?P<number>\d+(?:[-/]\w+)?)\b(?P<rest>.*)", re.IGNORECASE)
_EXTRAORDINARY = re.compile(r"внеочередн|кезексиз", re.IGNORECASE)
_REGISTERED = re.compile(r"зарегистрирова\w+\s+(?P<count>\d+)\s*депутат\w*(?:\s+из\s+\d+)?\W*", re.IGNORECASE)
_LENGTH = re.compile(r"(?P<number>\d{1,3})\s*(?P<unit>час|мин)", re.IGNORECASE)
_MINUTES = {"час": 60, "мин": 1}
_LONGEST_BREAK = 24 * 60
_MOST_PROBLEMS = 20


@dataclass(slots=True)
class _Protocol:
    """What was read so far; `seq` counts everything that happened, in the page's own order."""

    seats: int
    registrations: list[Registration] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seq: int = 0

    def next_seq(self) -> int:
        self.seq += 1
        return self.seq

    def read_paragraph(self, text: str, place: str) -> None:
        """Reads a paragraph by the first row that knows how it starts."""
        for starts, read_it in _PARAGRAPHS:
            if starts.match(text):
                read_it(self, text, place)
                return
        self.problem(place, "an unknown paragraph", text)

    def problem(self, place: str, reason: str, text: str) -> None:
        self.problems.append(Problem(place=place, reason=reason, excerpt=text))


def read(page: Page) -> Reading:
    """One ProtocolItem. Raises ReadError for a page whose title does not give number and day."""
    article = read_article(page)
    title = _TITLE.fullmatch(article.title)
    if title is None:
        raise ReadError("title", f"not «Протокол № … от …»: «{article.title}»")
    days = read_days(title["rest"], page)
    convocation = convocation_on(days[0].day)
    if convocation is None:
        raise ReadError("title", f"no parliament is known on {days[0].day.isoformat()}")
    protocol = _Protocol(seats=convocation.seats)
    for place, block in enumerate(article.blocks, start=1):
        protocol.read_paragraph(block.text, f"paragraph {place}")
    if not article.blocks:
        protocol.notes.append("the protocol has no text")
    day = marked_day(days, page)
    item = ProtocolItem(
        key=f"protocol:{article.key}",
        title=article.title,
        number=title["number"],
        day=day.day,
        day_note=day.note,
        extraordinary=_is_extraordinary(article),
        registrations=tuple(protocol.registrations),
        breaks=tuple(protocol.breaks),
        absences=tuple(protocol.absences),
    )
    notes = tuple(dict.fromkeys(protocol.notes))
    return Reading(items=(item,), problems=_bounded(protocol.problems), notes=notes)


def _is_extraordinary(article: Article) -> bool:
    """The title says so, or a heading that repeats it."""
    headings = [block.text for block in article.blocks if _HEADING.match(block.text)]
    return any(_EXTRAORDINARY.search(text) for text in (article.title, *headings))


def _read_registration(protocol: _Protocol, text: str, place: str) -> None:
    match = _REGISTERED.fullmatch(text)
    if match is None:
        protocol.problem(place, "not «Зарегистрировались N депутатов»", text)
    elif int(match["count"]) > protocol.seats:
        protocol.problem(place, f"more deputies than the {protocol.seats} seats", text)
    else:
        protocol.registrations.append(Registration(seq=protocol.next_seq(), count=int(match["count"])))


def _read_break(protocol: _Protocol, text: str, place: str) -> None:
    """A break; «на 00 часов» or «до 14:00» gives no length that can be."""
    minutes = sum(int(one["number"]) * _MINUTES[one["unit"].lower()] for one in _LENGTH.finditer(text))
    known = 0 < minutes < _LONGEST_BREAK
    protocol.breaks.append(Break(seq=protocol.next_seq(), minutes=minutes if known else None))
    if not known:
        protocol.notes.append(f"{place}: a break of unknown length: {text}")


def _read_absences(protocol: _Protocol, text: str, place: str) -> None:
    found = read_absences(text)
    for one in found.deputies:
        protocol.absences.append(
            Absence(
                seq=protocol.next_seq(),
                name=one.name,
                transfer_to=one.transfer_to,
                about=one.about,
                written_form=one.written_form,
            )
        )
    for reason, excerpt in found.faults:
        protocol.problem(f"{place}, absent deputies", reason, excerpt)
    protocol.notes.extend(f"{place}: {note}" for note in found.notes)


def _ignore(_protocol: _Protocol, _text: str, _place: str) -> None:
    """Says nothing that is kept."""


_HEADING = re.compile(
    r"протокол\b|стенограмм|(?:\w+\s+){0,3}заседани\w+\s+Жогорку|Жогорку\s+Кенеш\w*\s+Кыргызской"
    r"|(?:г\.|город)\s*Бишкек|председательству|заседание\s+(?:вед|откры|закры|объявл)",
    re.IGNORECASE,
)
# A row a wording; the first that fits how a paragraph starts reads it.
_PARAGRAPHS: tuple[tuple[re.Pattern[str], Callable[[_Protocol, str, str], None]], ...] = (
    (re.compile(r"(?:на\s+заседании\s+)?зарегистрирова", re.IGNORECASE), _read_registration),
    (re.compile(r"(?:объявл\w+\s+)?перерыв", re.IGNORECASE), _read_break),
    (re.compile(r"(?:на\s+заседании\s+)?отсутству", re.IGNORECASE), _read_absences),
    (_HEADING, _ignore),
)


def _bounded(problems: list[Problem]) -> tuple[Problem, ...]:
    """The problems; of a page that is wholly another text only the first ones and how many there are."""
    if len(problems) <= _MOST_PROBLEMS:
        return tuple(problems)
    rest = Problem(place="text", reason=f"{len(problems) - _MOST_PROBLEMS} more paragraphs could not be read")
    return (*problems[:_MOST_PROBLEMS], rest)
