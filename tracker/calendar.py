"""The calendar of a parliament: feasts and moved days by the package `holidays`, recesses as our own data."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import holidays
import yaml

from tracker.editions import RuleBook
from tracker.parliament import Parliament, Recess
from vocab.dates import WorkingCalendar
from vocab.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """True for a day of the stretch."""
        return self.first <= day <= self.last


class SessionCalendar:
    """Working days, and the days on which the terms of the Rules stand still. What was asked once is remembered."""

    def __init__(
        self, parliament: Parliament, constituency_weeks: Iterable[Stretch] = (), known: Iterable[Stretch] = ()
    ) -> None:
        country = parliament.country
        self._days = holidays.country_holidays(country) if country else holidays.HolidayBase()
        self._recess = parliament.recess
        self._weeks = tuple(constituency_weeks)
        self._known = tuple(known)
        self._recesses: dict[int, Stretch] = {}
        self._working: dict[date, bool] = {}
        self._suspended: dict[date, bool] = {}

    def is_working(self, day: date) -> bool:
        """True for a working day, a worked Saturday included."""
        known = self._working.get(day)
        if known is None:
            known = self.is_moved_workday(day) or (day.weekday() not in self._days.weekend and day not in self._days)
            self._working[day] = known
        return known

    def is_moved_workday(self, day: date) -> bool:
        """True for a day of rest that is worked in place of another day."""
        self._days.get(day)  # the package reckons a year when it is first asked for
        return day in self._days.weekend_workdays

    def is_suspended(self, day: date) -> bool:
        """True between sessions (in Kyrgyzstan art. 32 p. 1, art. 43 p. 3) and during work in the constituencies."""
        known = self._suspended.get(day)
        if known is None:
            between = self._recess is not None and self._between_sessions(day.year, self._recess).holds(day)
            known = between or any(week.holds(day) for week in self._weeks)
            self._suspended[day] = known
        return known

    def knows_constituency_weeks(self, start: date, end: date) -> bool:
        """True when all weeks in the constituencies between two days are in the data."""
        return any(stretch.holds(start) and stretch.holds(end) for stretch in self._known)

    def _between_sessions(self, year: int, recess: Recess) -> Stretch:
        """From the last working day of a session to the first one of the next, both left out."""
        if year not in self._recesses:
            last = last_workday(year, recess.closing_month, self)
            first = first_workday(year, recess.opening_month, self)
            self._recesses[year] = Stretch(last + timedelta(days=1), first - timedelta(days=1))
        return self._recesses[year]


class KyrgyzCalendar(SessionCalendar):
    """The calendar by the rule file of Kyrgyzstan."""

    def __init__(self, constituency_weeks: Iterable[Stretch] = (), known: Iterable[Stretch] = ()) -> None:
        super().__init__(_kyrgyz(), constituency_weeks, known)

    @staticmethod
    def load(path: Path | None = None) -> "KyrgyzCalendar":
        """With the weeks of a file, else of `reglament/kg_calendar.yml`. Raises ConfigError for a week that is none."""
        source = path or files("tracker").joinpath("reglament", "kg_calendar.yml")
        data = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return KyrgyzCalendar(map(_stretch, data["constituency_weeks"]), map(_stretch, data["complete"]))


@lru_cache(maxsize=1)
def _kyrgyz() -> Parliament:
    return RuleBook.load().parliament


def first_workday(year: int, month: int, calendar: WorkingCalendar) -> date:
    """The first working day of a month."""
    day = date(year, month, 1)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def last_workday(year: int, month: int, calendar: WorkingCalendar) -> date:
    """The last working day of a month."""
    day = date(year, month, monthrange(year, month)[1])
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def _stretch(row: Mapping[str, Any]) -> Stretch:
    if set(row) != {"first", "last", "source"} or row["last"] < row["first"]:
        raise ConfigError(f"calendar: {dict(row)} is not {{first, last, source}} with the first day before the last")
    return Stretch(row["first"], row["last"])
