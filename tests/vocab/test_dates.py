from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocab.dates import (
    BISHKEK,
    DayCount,
    FoundDay,
    ReadDay,
    Skipped,
    add_months,
    add_working_days,
    calendar_days,
    find_days,
    read_day,
    read_moment,
    working_days,
)
from vocab.errors import ReadError

NEAR = date(2018, 11, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26-05-2023 10:48", date(2023, 5, 26)),
        ("11.06.2020 г.", date(2020, 6, 11)),
        ("02.06. 2016", date(2016, 6, 2)),
        ("08.10.14", date(2014, 10, 8)),
        ("1.9.95", date(1995, 9, 1)),
        ("Протокол № 68 от 11.06.2020г.", date(2020, 6, 11)),
        ("2026-09-23", date(2026, 9, 23)),
        ("23/09/2026", date(2026, 9, 23)),
        ("15 марта 2024 года", date(2024, 3, 15)),
        ("«15» мая 2024 г.", date(2024, 5, 15)),
        ("8 февраля 2021-жылы", date(2021, 2, 8)),
        ("2022-жылдын 20-октябрында", date(2022, 10, 20)),
        ("2014-жылдын 29-августундагы", date(2014, 8, 29)),
        ("2022-ж. 1-июнь", date(2022, 6, 1)),
        ("20-октябрь, 2022-жыл", date(2022, 10, 20)),
        ("11.06.2020 (11 июня 2020 года)", date(2020, 6, 11)),
    ],
)
def test_a_day_is_read(text: str, expected: date) -> None:
    assert read_day(text) == ReadDay(expected)


@pytest.mark.parametrize(
    ("text", "near", "expected"),
    [
        ("10-майда", date(2023, 5, 26), date(2023, 5, 10)),
        ("25 декабря", date(2023, 1, 3), date(2022, 12, 25)),
        ("9-январда", date(2022, 12, 20), date(2023, 1, 9)),
        ("29 февраля", date(2024, 12, 1), date(2024, 2, 29)),
    ],
)
def test_a_missing_year_is_the_nearest(text: str, near: date, expected: date) -> None:
    assert read_day(text, near=near) == ReadDay(expected)


@pytest.mark.parametrize(
    ("text", "near", "latest", "expected", "note"),
    [
        ("24.10.2108", None, None, date(2018, 10, 24), "year 2108 read as 2018"),
        ("24.10.2108 г.", NEAR, None, date(2018, 10, 24), "year 2108 read as 2018"),
        ("24.10.2081", None, NEAR, date(2018, 10, 24), "year 2081 read as 2018"),
        ("24.10.0218 и 24.10.2018", NEAR, None, date(2018, 10, 24), "year 0218 read as 2018"),
    ],
)
def test_digits_of_a_year_that_changed_places_are_repaired(
    text: str, near: date | None, latest: date | None, expected: date, note: str
) -> None:
    assert read_day(text, near=near, latest=latest) == ReadDay(expected, note)


@pytest.mark.parametrize(
    ("text", "near", "reason"),
    [
        ("без даты", None, "no date"),
        ("11.06.2020 и 12.06.2020", None, "more than one date"),
        ("29-30.11.2012г.", None, "more than one date"),
        ("31.02.2016", None, "no such day"),
        ("45.10.2014", None, "no such day"),
        ("10 мая", None, "without a year"),
        ("30 февраля", NEAR, "no such day"),
        ("29 февраля", date(2018, 1, 1), "no such day"),
        ("24.10.2199", None, "not within 1991–2099"),
        ("24.10.2055", NEAR, "not within 1991–2019"),
        ("24.10.201", NEAR, "not within"),
        ("24.10.1202", NEAR, "not within"),
        ("24.10.50", NEAR, "not within"),
    ],
)
def test_what_is_no_certain_day_is_refused(text: str, near: date | None, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_day(text, near=near)


def test_dates_of_a_running_text() -> None:
    text = "Конвенция от 20 июня 1956 года, заседания 29-30.11.2012г. и 31.10.-01.11.2012г., 31.02.14, № 5.1.2"
    assert [(text[one.start : one.end], one.day) for one in find_days(text)] == [
        ("20 июня 1956", date(1956, 6, 20)),
        ("29-30.11.2012", date(2012, 11, 29)),
        ("29-30.11.2012", date(2012, 11, 30)),
        ("31.10.-01.11.2012", date(2012, 10, 31)),
        ("31.10.-01.11.2012", date(2012, 11, 1)),
        ("31.02.14", None),
    ]


def test_many_dates_are_found_in_time_that_grows_with_the_text() -> None:
    assert len(find_days("01.02.2020 и 3 мая 2021 года; " * 20_000)) == 40_000


def test_dates_without_a_year_in_a_running_text() -> None:
    assert find_days("10–12 мая", date(2023, 5, 1)) == (
        FoundDay(0, 9, date(2023, 5, 10)),
        FoundDay(0, 9, date(2023, 5, 12)),
    )
    assert find_days("12 марта") == (FoundDay(0, 8, None, "a day without a year (12.03.)"),)


@pytest.mark.parametrize("text", ["6-16490/26", "0550-12-13-14", "№ 4145-V", "10 мандатов", "5 маятников", ""])
def test_numbers_are_not_dates(text: str) -> None:
    assert find_days(text) == ()


@given(st.dates(min_value=date(1991, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_from_each_numeric_form(day: date) -> None:
    for form in ("%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y"):
        assert read_day(day.strftime(form)).day == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26-05-2023 10:48", datetime(2023, 5, 26, 10, 48, tzinfo=BISHKEK)),
        ("15 марта 2024 года, 14-00", datetime(2024, 3, 15, 14, 0, tzinfo=BISHKEK)),
        ("2022-жылдын 20-октябрында саат 9.30да", datetime(2022, 10, 20, 9, 30, tzinfo=BISHKEK)),
        ("2024-03-15T10:00:00", datetime(2024, 3, 15, 10, 0, tzinfo=BISHKEK)),
        ("2026-09-23T00:00:00.000Z", datetime(2026, 9, 23, 0, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_bishkek(text: str, expected: datetime) -> None:
    moment = read_moment(text)
    assert moment == expected
    assert moment.utcoffset() == timedelta(hours=6)


@pytest.mark.parametrize("text", ["26-05-2023", "26-05-2023 10:48 и 11:00", "10:48", "2026-09-23T99:00"])
def test_a_moment_needs_one_day_and_one_time(text: str) -> None:
    with pytest.raises(ReadError):
        read_moment(text)


@dataclass(frozen=True)
class SmallCalendar:
    """Monday to Friday, 1 May 2024 off, Saturday 27 April worked, 13–17 May with the voters."""

    def is_working(self, day: date) -> bool:
        return (day.weekday() < 5 and day != date(2024, 5, 1)) or day == date(2024, 4, 27)

    def is_suspended(self, day: date) -> bool:
        return date(2024, 5, 13) <= day <= date(2024, 5, 17)


def test_working_days_start_on_the_next_day_and_show_what_was_left_out() -> None:
    count = working_days(date(2024, 4, 26), date(2024, 5, 3), SmallCalendar())
    assert count == DayCount(
        date(2024, 4, 26),
        date(2024, 5, 3),
        5,
        ((date(2024, 4, 28), Skipped.NOT_WORKING), (date(2024, 5, 1), Skipped.NOT_WORKING)),
    )


def test_the_clock_stands_while_deputies_are_with_the_voters() -> None:
    count = working_days(date(2024, 5, 10), date(2024, 5, 20), SmallCalendar())
    assert count.days == 1
    assert [reason for _, reason in count.skipped].count(Skipped.SUSPENDED) == 5


def test_calendar_days() -> None:
    start, end = date(2024, 5, 10), date(2024, 5, 20)
    assert calendar_days(start, end).days == 10
    assert calendar_days(start, end, SmallCalendar()).days == 5
    assert calendar_days(start, start).days == 0
    with pytest.raises(ValueError, match="before it starts"):
        calendar_days(end, start)


@pytest.mark.parametrize("days", [0, 1, 5, 10, 30])
def test_adding_working_days_is_the_inverse_of_counting_them(days: int) -> None:
    start = date(2024, 4, 26)
    end = add_working_days(start, days, SmallCalendar())
    assert working_days(start, end, SmallCalendar()).days == days


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2024, 1, 15), 1, date(2024, 2, 15)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 12, 31), 6, date(2025, 6, 30)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
    ],
)
def test_terms_in_months(start: date, months: int, expected: date) -> None:
    assert add_months(start, months) == expected
