"""Days and moments as the sources write them, and the counting of terms by article 43 of the Rules.

A day is read within the years that are plausible for its page. Only one kind of slip is repaired, two digits
of the year that changed places («24.10.2108»), only when one plausible year comes out, and it is said so.
"""

import re
from bisect import bisect
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from vocab.errors import ReadError
from vocab.text import fold_space

BISHKEK: Final = ZoneInfo("Asia/Bishkek")

_FIRST_YEAR = 1991  # the Kyrgyz Republic is independent since 31.08.1991
_FIRST_YEAR_CITED = 1900  # treaties and acts that a running text cites are older
_LAST_YEAR = 2099
_LAST_SHORT_YEAR = 90  # «90» is 2090, «91» is 1991

_MONTH_STEMS = (
    "январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр",
)  # fmt: skip
# Both languages share the stems: Russian «мая», Kyrgyz «майда», «октябрында», «29-августундагы».
_MONTH = (
    r"(?P<name>(?:январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-яёөү]*"
    r"|ма(?:[яею]|ем|й(?:д[а-яёөү]*|ын[а-яёөү]*|га)?)(?![а-яёөү]))"
)
_DASH = r"\s*[-‐‑–—]\s*"
_SPAN = rf"(?:(?<!\d)(?P<first>\d{{1,2}}){_DASH})?"  # «29-30.11.2012», «10–12 мая»
_NUMERIC = r"(?P<day>\d{1,2})\s?\.\s?(?P<month>\d{1,2})\s?\.\s?(?P<year>\d{2,5})(?!\d)"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])",
        rf"(?<![\d.])(?P<first>\d{{1,2}})\.(?P<first_month>\d{{1,2}})\.?{_DASH}{_NUMERIC}",
        rf"{_SPAN}(?<![\d.]){_NUMERIC}",
        r"(?<![\d.])(?P<day>\d{1,2})(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?!\d)",
        rf"(?<!\d)(?P<year>\d{{4}})\s*-?\s*ж[а-яөү]*\.?\s*{_SPAN}(?<!\d)(?P<day>\d{{1,2}})\s*-?\s*{_MONTH}",
        rf"{_SPAN}(?<!\d)«?(?P<day>\d{{1,2}})»?(?:-?го)?\s*-?\s*{_MONTH}(?:,?\s*(?P<year>\d{{4}})(?!\d))?",
    )
)
# What every shape has in it: looked for first, for most texts name no day.
_HINT = re.compile(
    r"\d\s?[.\-/‐‑–—]\s?\d{1,2}\s?[.\-/]\s?\d"
    r"|\d\D{1,8}(?:январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр)",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?<![\d.:-])([01]?\d|2[0-3])[:.-]([0-5]\d)(?::[0-5]\d)?(?![\d.:-])")


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day read from a source; `note` says what was repaired, None when nothing was."""

    day: date
    note: str | None = None


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A piece `text[start:end]` in the shape of a date. `day` is None when it is none; `note` says why."""

    start: int
    end: int
    day: date | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Years:
    """The plausible years, and the day near which a date without a year lies."""

    first: int
    last: int
    near: date | None


def read_day(text: str, *, near: date | None = None, latest: date | None = None) -> ReadDay:
    """The one day that a text names.

    `near` completes a date without a year («10-майда») by the nearest such day; `latest`, else `near`, bounds
    the plausible years (1991 up to the year after it). Raises ReadError for no day, two or an impossible one.
    """
    bound = latest or near
    years = _Years(_FIRST_YEAR, bound.year + 1 if bound else _LAST_YEAR, near)
    notes: dict[date, str | None] = {}
    for found in _scan(fold_space(text), years):
        if found.day is None:
            raise ReadError("date", f"{found.note} in «{text}»")
        notes[found.day] = notes.get(found.day) or found.note
    if len(notes) != 1:
        raise ReadError("date", f"{'more than one date' if notes else 'no date'} in «{text}»")
    return ReadDay(*notes.popitem())


def find_days(text: str, near: date | None = None) -> tuple[FoundDay, ...]:
    """All dates of a running text in order, both ends of «29-30.11.2012»; the years 1900–2099 are plausible.

    A piece that looks like a date and is none («31.02.2014») comes with `day` None: the caller decides.
    """
    return tuple(_scan(text, _Years(_FIRST_YEAR_CITED, _LAST_YEAR, near)))


def read_moment(text: str) -> datetime:
    """The moment that a text names by a date and a time, in Bishkek: `26-05-2023 10:48`, ISO 8601.

    An ISO time with a zone is converted; any other is Bishkek time. Raises ReadError.
    """
    text = fold_space(text)
    try:
        exact = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        raise ReadError("time", f"not an ISO 8601 time: «{text}»") from None
    if exact:
        return exact.astimezone(BISHKEK) if exact.tzinfo else exact.replace(tzinfo=BISHKEK)
    day = read_day(text).day
    rest = text
    for found in reversed(find_days(text)):
        rest = f"{rest[: found.start]} {rest[found.end :]}"
    times = {(int(hour), int(minute)) for hour, minute in _TIME.findall(rest)}
    if len(times) != 1:
        raise ReadError("time", f"not one time of day in «{text}»")
    hour, minute = times.pop()
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BISHKEK)


def _scan(text: str, years: _Years) -> list[FoundDay]:
    if not _HINT.search(text):
        return []
    found: list[FoundDay] = []
    taken: list[tuple[int, int]] = []  # sorted, apart from each other
    for shape in _SHAPES:
        for match in shape.finditer(text):
            span = match.span()
            place = bisect(taken, span)
            # only the neighbours can overlap
            if all(one[1] <= span[0] or one[0] >= span[1] for one in taken[max(place - 1, 0) : place + 1]):
                taken.insert(place, span)
                found.extend(_days_of(match, years))
    return sorted(found, key=lambda one: one.start)


def _days_of(match: re.Match[str], years: _Years) -> Iterator[FoundDay]:
    part = match.groupdict()
    month = int(part["month"]) if part.get("month") else _month_number(part["name"])
    pairs = [(int(part["day"]), month)]
    if part.get("first"):
        pairs.insert(0, (int(part["first"]), int(part.get("first_month") or month)))
    for day_number, month_number in pairs:
        try:
            read = _resolve(day_number, month_number, part["year"], years)
        except ReadError as error:
            yield FoundDay(match.start(), match.end(), None, error.reason)
        else:
            yield FoundDay(match.start(), match.end(), read.day, read.note)


def _month_number(name: str) -> int:
    # «март» starts with the stem of May, so the longest stem that fits wins
    fitting = [stem for stem in _MONTH_STEMS if name.casefold().startswith(stem)]
    return _MONTH_STEMS.index(max(fitting, key=len)) + 1


def _resolve(day: int, month: int, written: str | None, years: _Years) -> ReadDay:
    if written is None:
        return ReadDay(_nearest(day, month, years.near))
    year = int(written)
    if len(written) == 2:
        year += 2000 if year <= _LAST_SHORT_YEAR else 1900
    if years.first <= year <= years.last:
        return ReadDay(_valid(day, month, year))
    repaired = _swapped_year(written, years)
    return ReadDay(_valid(day, month, repaired), f"year {written} read as {repaired}")


def _swapped_year(written: str, years: _Years) -> int:
    """The one plausible year that two digits of the written one give when they change places."""
    plausible = set()
    if len(written) == 4:
        for left, right in combinations(range(4), 2):
            digits = list(written)
            digits[left], digits[right] = digits[right], digits[left]
            plausible.add(int("".join(digits)))
    plausible = {year for year in plausible if years.first <= year <= years.last}
    if len(plausible) != 1:
        raise ReadError("date", f"year {written} is not within {years.first}–{years.last}")
    return plausible.pop()


def _nearest(day: int, month: int, near: date | None) -> date:
    if near is None:
        raise ReadError("date", f"a day without a year ({day:02d}.{month:02d}.)")
    around = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            around.append(_valid(day, month, year))
        except ReadError:
            continue  # 29 February
    if not around:
        raise ReadError("date", f"no such day ({day:02d}.{month:02d}.)")
    return min(around, key=lambda one: abs(one - near))


def _valid(day: int, month: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ReadError("date", f"no such day ({day:02d}.{month:02d}.{year})") from None


class WorkingCalendar(Protocol):
    """What the counting of terms asks of a calendar; the calendar itself is data of the tracker."""

    def is_working(self, day: date) -> bool:
        """True for a working day, a worked Saturday included."""
        ...

    def is_suspended(self, day: date) -> bool:
        """True while terms stand still (art. 43): between sessions or convocations, in constituency weeks."""
        ...


class Skipped(StrEnum):
    """Why a day was not counted."""

    NOT_WORKING = "not_working"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class DayCount:
    """The arithmetic of a term: days counted after `start` up to and with `end`, and the days left out."""

    start: date
    end: date
    days: int
    skipped: tuple[tuple[date, Skipped], ...]


def working_days(start: date, end: date, calendar: WorkingCalendar) -> DayCount:
    """Working days from the day after `start` to `end`, without those on which terms stand still.

    Art. 43 p. 1: counting starts on the next day; p. 3 and 4: suspension.
    Raises ValueError for an earlier `end`.
    """
    return _count(start, end, lambda day: _why_skipped(day, calendar))


def calendar_days(start: date, end: date, calendar: WorkingCalendar | None = None) -> DayCount:
    """Days from the day after `start` to `end`; given a calendar, without suspended ones (art. 43 p. 1, 3).

    Raises ValueError for an earlier `end`.
    """

    def why(day: date) -> Skipped | None:
        return Skipped.SUSPENDED if calendar and calendar.is_suspended(day) else None

    return _count(start, end, why)


def add_working_days(start: date, days: int, calendar: WorkingCalendar) -> date:
    """The last day of a term of `days` working days that starts after `start` (art. 43 p. 1 and 2)."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= _why_skipped(day, calendar) is None
    return day


def add_months(start: date, months: int) -> date:
    """The last day of a term in months: the same number of the last month (art. 43 p. 2), or its last day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _why_skipped(day: date, calendar: WorkingCalendar) -> Skipped | None:
    if calendar.is_suspended(day):
        return Skipped.SUSPENDED
    return None if calendar.is_working(day) else Skipped.NOT_WORKING


def _count(start: date, end: date, why: Callable[[date], Skipped | None]) -> DayCount:
    if end < start:
        raise ValueError(f"the term ends on {end}, before it starts on {start}")
    first = start.toordinal() + 1
    term = map(date.fromordinal, range(first, end.toordinal() + 1))
    skipped = tuple((day, reason) for day in term if (reason := why(day)))
    return DayCount(start, end, end.toordinal() + 1 - first - len(skipped), skipped)
