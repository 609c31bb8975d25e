"""The heading of an agenda: whose sitting it is, when, at what time and where. In Russian and Kyrgyz."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from scrapers.page import Problem
from scrapers.sites.kenesh.article import plain_span, read_title_days
from vocab.bodies import Body
from vocab.dates import ReadDay, find_days
from vocab.errors import ReadError
from vocab.text import fold_space

_COMMITTEE = re.compile(r"комитет", re.IGNORECASE)
_RUSSIAN_COMMITTEE = re.compile(
    r"комитет\w*\s+(?:Жогорку\s+Кенеша\s+)?(?:Кыргызской\s+Республики\s+)?по\s+(?P<about>[^\d(.;«»]+)", re.IGNORECASE
)
_COMMITTEE_END = re.compile(
    r"(?<!Регламенту)\s+Жогорку\s+Кенеша.*|\s+Кыргызской\s+Республики.*|[,\s]+(?:на|от|за|с|в|состо\w*|заседа\w*)\s*$",
    re.IGNORECASE,
)
_KYRGYZ_COMMITTEE = re.compile(r"(?P<about>[^\d(.;«»:]+?)\s+боюнча\s+комитет", re.IGNORECASE)
_KYRGYZ_START = re.compile(r"^.*(?:Ке[нң]еш(?:и(?:нин)?|тин)\s+(?!Регламент)|\bкүнү\s|дагы\s)", re.IGNORECASE)
_PLENARY = re.compile(
    r"пленарн|заседани\w+\s+Жогорку\s+Кенеш|Жогорку\s+Ке[нң]еш\w*.*(?:жыйын|отурум)|жалпы\s+жыйын", re.IGNORECASE
)
_EXTRAORDINARY = re.compile(r"внеочередн|кезексиз|кезектен\s+тышкары", re.IGNORECASE)
_HOUR = r"(?P<{0}hour>[01]?\d|2[0-3])"
_TIME = re.compile(
    rf"(?<![\d.:№])(?<!№\s){_HOUR.format('a')}[:.](?P<aminute>[0-5]\d)(?!\d)(?![.:]\d)"
    rf"|\b(?:в|с|саат|начало)\s+{_HOUR.format('b')}-(?P<bminute>[0-5]\d)(?!\d)"
    rf"|\b{_HOUR.format('c')}\s*(?:час\w*|ч\.)(?:\s*(?P<cminute>[0-5]\d)\s*мин\w*)?"
    rf"|\bсаат\s+{_HOUR.format('d')}(?![\d:.-])",
    re.IGNORECASE,
)
_TIME_END = re.compile(r"(?:\bдо|\d\s*[-–—])\s*$", re.IGNORECASE)  # «с 10:00 до 18:00»: when it ends is not kept
_PLACE_LABEL = re.compile(
    r"\b(?:место(?:\s+проведения)?|өткөрүл\w+\s+жер\w*|орду|жери)\s*[:–—-]\s*(?P<place>[^;]+)", re.IGNORECASE
)
_PLACE = re.compile(
    r"(?:[А-ЯЁӨҮҢ]\w+\s+|(?:кичи|чоң|жыйындар|мал\w+|больш\w+)\s+|конференц-\s?)?"
    r"(?:\b(?:зал\w*|кабинет\w*|каб\.)|\d+\s?-\s?бөлмө\w*)(?:\s+заседаний)?(?:\s*№?\s*\d+\w*)?"
)
_KNOWN = re.compile(
    r"повестк|күн\s+тартиби|проект|долбоор|утвержд|бекит|заседани|жыйын|жогорку|кыргыз|комитет|председател|төрага"
    r"|внеочередн|\b(?:дата|время|начало|күнү|саат|убактысы|бишкек|понедельник|вторник|сред[аы]|четверг|пятниц)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """`days` has two for an agenda of two days; `committee` is None for the plenary and where the page names none."""

    body: Body
    committee: str | None
    days: tuple[ReadDay, ...]
    starts_at: time | None
    place: str | None
    extraordinary: bool
    problems: tuple[Problem, ...]


def read_heading(lines: Sequence[str], shown_on: date) -> Heading:
    """Reads the title and the lines below it. Raises ReadError where they name no body or no day."""
    problems: list[Problem] = []
    committee = next(filter(None, map(_committee, lines)), None)
    body = _body(lines)
    if body is Body.COMMITTEE and committee is None:
        problems.append(Problem(place="committee", reason="the page does not name it", excerpt=lines[0]))
    starts = sorted({moment for line in lines for moment in _times(line)})
    if len(starts) > 1:
        problems.append(Problem(place="time", reason="more than one", excerpt=", ".join(map(str, starts))))
    places = [place for line in lines if (place := _place(line))]
    problems += [
        Problem(place="heading", reason="a line of no known form", excerpt=line)
        for line in lines
        if not _is_known(line)
    ]
    return Heading(
        body=body,
        committee=committee,
        days=_days(lines, shown_on),
        starts_at=starts[0] if len(starts) == 1 else None,
        place=places[0] if places else None,
        extraordinary=any(_EXTRAORDINARY.search(line) for line in lines),
        problems=tuple(problems),
    )


def _body(lines: Sequence[str]) -> Body:
    if any(_COMMITTEE.search(line) for line in lines):
        return Body.COMMITTEE
    if any(_PLENARY.search(line) for line in lines):
        return Body.PLENARY
    raise ReadError("title", f"neither the plenary nor a committee: {lines[0]}")


def _committee(line: str) -> str | None:
    """The committee in the nominative, without the parliament's own name behind it."""
    if found := _RUSSIAN_COMMITTEE.search(line):
        about = found["about"]
        while (shorter := _COMMITTEE_END.sub("", about)) != about:
            about = shorter
        return f"Комитет по {about.strip(' ,-–—')}"
    if found := _KYRGYZ_COMMITTEE.search(line):
        return f"{_KYRGYZ_START.sub('', found['about']).strip(' ,-–—')} боюнча комитети"
    return None


def _days(lines: Sequence[str], shown_on: date) -> tuple[ReadDay, ...]:
    """The day in the title, else in the first line that has one."""
    for line in lines:
        found = {one.day for one in find_days(plain_span(line), shown_on) if one.day}
        if not found:
            continue
        try:
            return read_title_days(line, shown_on)
        except ReadError:
            if len(found) > 1:
                raise
            return (ReadDay(found.pop(), f"the year is that of the page, which shows {shown_on.isoformat()}"),)
    raise ReadError("title", f"no day of a sitting: {lines[0]}")


def _without_days(line: str) -> str:
    for found in reversed(find_days(line, date.min.replace(year=2000))):
        line = f"{line[: found.start]} {line[found.end :]}"
    return line


def _times(line: str) -> Iterator[time]:
    text = _without_days(line)
    for found in _TIME.finditer(text):
        if _TIME_END.search(text, 0, found.start()):
            continue
        hour = found["ahour"] or found["bhour"] or found["chour"] or found["dhour"]
        yield time(int(hour), int(found["aminute"] or found["bminute"] or found["cminute"] or 0))


def _place(line: str) -> str | None:
    text = _TIME.sub(" ", _without_days(line))
    if labelled := _PLACE_LABEL.search(text):
        return fold_space(labelled["place"]).strip(" .,")
    found = _PLACE.search(text)
    return fold_space(found.group()) if found else None


def _is_known(line: str) -> bool:
    return bool(_KNOWN.search(line) or find_days(line) or _TIME.search(line) or _place(line))
