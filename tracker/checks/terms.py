"""Terms of the Rules, counted with their arithmetic: "not later than N days after", "not earlier", "N days before".

Counting starts on the next day and stands still between sessions and in the weeks of work with voters (art. 43). A
rule's parameters hold a term as `{days: 30, unit: working}`; here no number of days is known.
"""

from bisect import bisect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from tracker.judgement import ReviewNote, SittingCalendar
from vocab.dates import DayCount, Skipped, add_months, calendar_days, working_days
from vocab.timeline import Event, EventKind

_DAY = timedelta(days=1)
_WITH_UNKNOWN_BEGINNING = frozenset({EventKind.PUBLISHED})  # it may have stood on the site before we looked


class Unit(StrEnum):
    """What a term counts."""

    WORKING = "working"
    CALENDAR = "calendar"
    EVERY = "every"  # for notices: what stands still is the considering of questions (art. 43 p. 3), not the telling


_COUNTED: Mapping[Unit, Callable[[date, date, SittingCalendar], DayCount]] = {
    Unit.WORKING: working_days,
    Unit.CALENDAR: calendar_days,
    Unit.EVERY: lambda start, end, _: calendar_days(start, end),
}


@dataclass(frozen=True, slots=True)
class When:
    """The days on which something may have happened: from `earliest` (None: nobody knows) to `latest`."""

    earliest: date | None
    latest: date

    @property
    def is_known(self) -> bool:
        """True where there is one such day."""
        return self.earliest == self.latest


def when(event: Event) -> When:
    """When an event happened: on its day, by its day, or after the last day on which we looked in vain."""
    if event.not_before is not None:
        return When(min(event.not_before + _DAY, event.day), event.day)
    is_told = event.day_told and event.kind not in _WITH_UNKNOWN_BEGINNING
    return When(event.day if is_told else None, event.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A number of days from the day after `start` on, counted in `unit`."""

    start: date
    days: int
    unit: Unit
    calendar: SittingCalendar

    @staticmethod
    def of(start: date, limit: Mapping[str, Any], calendar: SittingCalendar) -> "Term":
        """The term of a rule's parameter `{days, unit}` that starts after a day."""
        return Term(start=start, days=limit["days"], unit=Unit(limit["unit"]), calendar=calendar)

    @property
    def last(self) -> date:
        """The last day of the term (art. 43 p. 2)."""
        return _last(self)

    def before(self, end: date) -> date:
        """The last day from which the whole term fits in until `end`: "not later than N days before" it."""
        day, left = end, self.days
        while left > 0:
            left -= self.counts(day)
            day -= _DAY
        return day

    def extended(self, months: int) -> date:
        """The last day of the term where it was extended once by so many months: they stand still as the term does."""
        days = (add_months(self.last, months) - self.last).days
        return Term(start=self.last, days=days, unit=Unit.CALENDAR, calendar=self.calendar).last

    def count(self, end: date) -> DayCount:
        """The days counted up to and with `end`; none for a day before the start."""
        return _count(self.unit, self.start, max(self.start, end), self.calendar)

    def figures(self, end: date) -> dict[str, Any]:
        """The arithmetic up to a day: start, end, days and unit, days skipped and why, the limit and its last day."""
        counted = arithmetic(self.count(end)) | {"end": end.isoformat()}
        return counted | {"unit": self.unit.value, "needed": self.days, "deadline": self.last.isoformat()}

    def late_notes(self, end: date) -> tuple[ReviewNote, ...]:
        """Why a person has to look before `end` is called too late: weeks with voters may be missing in the data."""
        known = self.calendar.knows_constituency_weeks(self.start, end)
        return () if known else (ReviewNote.WEEKS_UNKNOWN,)

    def early_notes(self, end: date) -> tuple[ReviewNote, ...]:
        """Why a person has to look before `end` is called too early: only because terms stood still."""
        count = self.count(end)
        still = [day for day, why in count.skipped if why is Skipped.SUSPENDED]
        counted = sum(self.unit is not Unit.WORKING or self.calendar.is_working(day) for day in still)
        return (ReviewNote.RECESS,) if count.days + counted >= self.days else ()

    def counts(self, day: date) -> int:
        """1 for a day that counts, else 0."""
        if self.unit is Unit.EVERY:
            return 1
        return not self.calendar.is_suspended(day) and (self.unit is Unit.CALENDAR or self.calendar.is_working(day))


@dataclass(frozen=True, slots=True)
class _Year:
    """The days of a year that count, and those that do not: terms are looked up in it, not counted out."""

    counted: tuple[date, ...]
    skipped: tuple[tuple[date, Skipped], ...]


@lru_cache(maxsize=256)
def _year(number: int, unit: Unit, calendar: SittingCalendar) -> _Year:
    before, last = date(number - 1, 12, 31), date(number, 12, 31)
    skipped = _COUNTED[unit](before, last, calendar).skipped
    days = (before + _DAY * place for place in range(1, (last - before).days + 1))
    return _Year(tuple(sorted(set(days) - {day for day, _ in skipped})), skipped)


@lru_cache(maxsize=1024)
def _last(term: Term) -> date:
    """The last day of a term, which several checks of one bill ask for."""
    if term.days <= 0:
        return term.start
    number = term.start.year
    counted = _year(number, term.unit, term.calendar).counted
    place = bisect(counted, term.start) + term.days - 1
    while place >= len(counted):
        place -= len(counted)
        number += 1
        counted = _year(number, term.unit, term.calendar).counted
    return counted[place]


@lru_cache(maxsize=1024)
def _count(unit: Unit, start: date, end: date, calendar: SittingCalendar) -> DayCount:
    """The count of a span, which several checks of one bill ask for."""
    days = 0
    skipped: list[tuple[date, Skipped]] = []
    for number in range(start.year, end.year + 1):
        year = _year(number, unit, calendar)
        days += bisect(year.counted, end) - bisect(year.counted, start)
        first, behind = (bisect(year.skipped, day, key=_day_of) for day in (start, end))
        skipped += year.skipped[first:behind]
    return DayCount(start, end, days, tuple(skipped))


def _day_of(skipped: tuple[date, Skipped]) -> date:
    return skipped[0]


def is_by(end: When, first_deadline: date | None, last_deadline: date) -> bool | None:
    """True where something happened by its deadline, False where after it, None where the days do not tell.

    The deadline lies between its first day (None: unknown) and its last one, as the start of the term does.
    """
    if first_deadline is not None and end.latest <= first_deadline:
        return True
    return False if end.earliest is not None and end.earliest > last_deadline else None


def is_within(start: When, end: When, limit: Mapping[str, Any], calendar: SittingCalendar) -> bool | None:
    """True where `end` lies within the term that `start` opened, False where after it, None where nobody can tell."""
    first = Term.of(start.earliest, limit, calendar).last if start.earliest is not None else None
    return is_by(end, first, Term.of(start.latest, limit, calendar).last)


def arithmetic(count: DayCount) -> dict[str, Any]:
    """A count for a wording: both days, how many days between them count, which do not and why."""
    return {
        "start": count.start.isoformat(),
        "end": count.end.isoformat(),
        "days": count.days,
        "skipped": runs(count.skipped),
    }


def runs(skipped: Iterable[tuple[date, Skipped]]) -> list[dict[str, str]]:
    """Days that were not counted, neighbours of one reason together: [{from, to, why}]."""
    found: list[tuple[date, date, Skipped]] = []
    for day, why in skipped:
        if found and found[-1][1] == day - _DAY and found[-1][2] is why:
            found[-1] = (found[-1][0], day, why)
        else:
            found.append((day, day, why))
    return [{"from": first.isoformat(), "to": last.isoformat(), "why": why.value} for first, last, why in found]
