"""Working days of the Kyrgyz Republic, and the days on which terms stand still."""

from datetime import date
from pathlib import Path

import pytest

from tracker.calendar import KyrgyzCalendar, Stretch, first_workday, last_workday
from vocab.dates import working_days
from vocab.errors import ConfigError


@pytest.fixture(scope="module")
def calendar() -> KyrgyzCalendar:
    return KyrgyzCalendar.load()


@pytest.mark.parametrize(
    ("day", "working", "moved"),
    [
        (date(2017, 5, 17), True, False),  # a Wednesday
        (date(2017, 5, 20), False, False),  # a Saturday
        (date(2017, 3, 8), False, False),  # Women's Day
        (date(2018, 4, 28), True, True),  # a Saturday worked for 30 April
        (date(2018, 4, 30), False, False),
        (date(2017, 12, 30), True, True),  # a Saturday worked for 2 January of the next year
        (date(2018, 1, 2), False, False),
        (date(2017, 9, 1), False, False),  # Kurman Ait
    ],
)
def test_feasts_and_moved_days(calendar: KyrgyzCalendar, day: date, working: bool, moved: bool) -> None:
    assert calendar.is_working(day) is working
    assert calendar.is_moved_workday(day) is moved


def test_a_moved_day_is_known_whichever_year_was_asked_first() -> None:
    assert KyrgyzCalendar().is_moved_workday(date(2017, 12, 30))
    asked = KyrgyzCalendar()
    asked.is_working(date(2018, 1, 2))
    assert asked.is_moved_workday(date(2017, 12, 30))


@pytest.mark.parametrize(
    ("year", "closes", "opens"),
    [
        (2017, date(2017, 6, 30), date(2017, 9, 4)),
        (2018, date(2018, 6, 29), date(2018, 9, 4)),
        (2021, date(2021, 6, 30), date(2021, 9, 1)),
    ],
)
def test_terms_stand_still_between_sessions(calendar: KyrgyzCalendar, year: int, closes: date, opens: date) -> None:
    assert last_workday(year, 6, calendar) == closes
    assert first_workday(year, 9, calendar) == opens
    assert not calendar.is_suspended(closes)
    assert not calendar.is_suspended(opens)
    assert calendar.is_suspended(date(year, 7, 1))
    assert calendar.is_suspended(opens.replace(day=1)) is (opens.day > 1)


def test_the_last_working_day_of_december(calendar: KyrgyzCalendar) -> None:
    assert last_workday(2017, 12, calendar) == date(2017, 12, 30)


def test_weeks_in_the_constituencies_are_not_counted() -> None:
    week = Stretch(date(2023, 3, 6), date(2023, 3, 10))
    with_week = KyrgyzCalendar([week], [Stretch(date(2023, 1, 1), date(2023, 6, 30))])
    start, end = date(2023, 3, 1), date(2023, 3, 15)
    assert working_days(start, end, KyrgyzCalendar()).days == 10
    assert working_days(start, end, with_week).days == 6
    assert with_week.knows_constituency_weeks(start, end)
    assert not with_week.knows_constituency_weeks(start, date(2023, 9, 1))
    assert not KyrgyzCalendar.load().knows_constituency_weeks(start, end)


def test_weeks_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "calendar.yml"
    path.write_text(
        "constituency_weeks:\n  - {first: 2026-10-05, last: 2026-10-09, source: plan}\n"
        "complete:\n  - {first: 2026-09-01, last: 2026-12-31, source: plan}\n",
        encoding="utf-8",
    )
    calendar = KyrgyzCalendar.load(path)
    assert calendar.is_suspended(date(2026, 10, 7))
    assert not calendar.is_suspended(date(2026, 10, 12))


@pytest.mark.parametrize("row", ["{first: 2026-10-09, last: 2026-10-05, source: plan}", "{first: 2026-10-05}"])
def test_a_week_that_is_none_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "calendar.yml"
    path.write_text(f"constituency_weeks: [{row}]\ncomplete: []\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="first"):
        KyrgyzCalendar.load(path)
