"""The calendar of the Kyrgyz Republic: feasts and moved days by the package `holidays`, recesses as our own data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

import holidays
import yaml

_WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """True for a day of the stretch."""
        return self.first <= day <= self.last


class KyrgyzCalendar:
    """Working days, and the days on which the terms of the Rules stand still (art. 43 p. 3)."""

    def __init__(self, constituency_weeks: Iterable[Stretch] = (), known: Iterable[Stretch] = ()) -> None:
        self._days = holidays.country_holidays("KG")
        self._weeks = tuple(constituency_weeks)
        self._known = tuple(known)

    @staticmethod
    def load() -> "KyrgyzCalendar":
        """With the weeks in the constituencies of `reglament/kg_calendar.yml`."""
        data = yaml.safe_load(files("tracker").joinpath("reglament", "kg_calendar.yml").read_text(encoding="utf-8"))
        weeks, known = (
            [Stretch(row["first"], row["last"]) for row in data[name]] for name in ("constituency_weeks", "complete")
        )
        return KyrgyzCalendar(weeks, known)

    def is_working(self, day: date) -> bool:
        """True for a working day, a worked Saturday included."""
        return self.is_moved_workday(day) or (day.weekday() not in _WEEKEND and day not in self._days)

    def is_moved_workday(self, day: date) -> bool:
        """True for a day of rest that is worked in place of another day."""
        self._days.get(day)  # the package reckons a year when it is first asked for
        return day in self._days.weekend_workdays

    def is_suspended(self, day: date) -> bool:
        """True between sessions (art. 32 p. 1, art. 43 p. 3) and during work in the constituencies."""
        return not self.is_in_session(day) or any(week.holds(day) for week in self._weeks)

    def is_in_session(self, day: date) -> bool:
        """True from the first working day of September to the last working day of June (art. 32 p. 1)."""
        return day >= first_workday(day.year, 9, self) or day <= last_workday(day.year, 6, self)

    def knows_constituency_weeks(self, start: date, end: date) -> bool:
        """True when all weeks in the constituencies between two days are in the data."""
        return any(stretch.holds(start) and stretch.holds(end) for stretch in self._known)


@lru_cache(maxsize=256)
def first_workday(year: int, month: int, calendar: KyrgyzCalendar) -> date:
    """The first working day of a month."""
    day = date(year, month, 1)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=256)
def last_workday(year: int, month: int, calendar: KyrgyzCalendar) -> date:
    """The last working day of a month that is not December."""
    day = date(year, month + 1, 1) - timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day
