"""Terms of the Rules: the days on each side of a limit, across feasts, worked Saturdays and the recess."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.calendar import KyrgyzCalendar, Stretch
from tracker.checks.bills import BillCheck
from tracker.checks.readings import ThreeReadings
from tracker.checks.steps import Course
from tracker.checks.terms import Term, Unit, When, is_by, is_within, when
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Surroundings
from vocab.dates import calendar_days, working_days
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline

CALENDAR = KyrgyzCalendar()
WORKING, CALENDAR_DAYS = {"days": 5, "unit": "working"}, {"days": 5, "unit": "calendar"}


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("limit", "start", "last"),
    [
        (WORKING, "2023-03-01", "2023-03-09"),  # 8 March is a feast
        (CALENDAR_DAYS, "2023-03-01", "2023-03-06"),
        (WORKING, "2023-03-09", "2023-03-15"),  # Saturday 11 March is worked
        (WORKING, "2023-06-28", "2023-09-05"),  # 30 June is the last working day, 1 September the first
        (CALENDAR_DAYS, "2023-06-28", "2023-09-03"),
        ({"days": 0, "unit": "working"}, "2023-03-01", "2023-03-01"),
        (WORKING, "2022-12-28", "2023-01-11"),  # no day counts from 31 December to 8 January
    ],
)
def test_the_last_day_of_a_term(limit: dict[str, object], start: str, last: str) -> None:
    term = Term.of(day(start), limit, CALENDAR)
    assert term.last == day(last)
    assert term.count(day(last)).days == limit["days"]


@given(start=st.dates(date(2016, 1, 1), date(2024, 12, 31)), length=st.integers(0, 800))
def test_days_looked_up_are_those_counted_out(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    for unit, count in (
        (Unit.WORKING, working_days(start, end, CALENDAR)),
        (Unit.CALENDAR, calendar_days(start, end, CALENDAR)),
        (Unit.EVERY, calendar_days(start, end)),
    ):
        assert Term(start=start, days=0, unit=unit, calendar=CALENDAR).count(end) == count
        last = Term(start=start, days=count.days, unit=unit, calendar=CALENDAR).last
        skipped = {day for day, _ in count.skipped}
        term = [start + timedelta(days=after) for after in range(1, length + 1)]
        assert last == max((day for day in term if day not in skipped), default=start)


@pytest.mark.parametrize(
    ("limit", "end", "first"),
    [
        ({"days": 3, "unit": "calendar"}, "2023-03-10", "2023-03-07"),
        ({"days": 3, "unit": "working"}, "2023-03-10", "2023-03-06"),
        ({"days": 3, "unit": "calendar"}, "2023-09-03", "2023-08-31"),
    ],
)
def test_the_last_day_before_a_term(limit: dict[str, object], end: str, first: str) -> None:
    assert Term.of(day(end), limit, CALENDAR).before(day(end)) == day(first)


def test_figures_show_the_arithmetic() -> None:
    assert Term.of(day("2023-03-03"), WORKING, CALENDAR).figures(day("2023-03-09")) == {
        "start": "2023-03-03",
        "end": "2023-03-09",
        "days": 3,
        "unit": "working",
        "needed": 5,
        "deadline": "2023-03-11",  # Saturday 11 March is worked
        "skipped": [
            {"from": "2023-03-04", "to": "2023-03-05", "why": "not_working"},
            {"from": "2023-03-08", "to": "2023-03-08", "why": "not_working"},
        ],
    }


def test_what_came_before_the_start_has_no_days() -> None:
    figures = Term.of(day("2023-03-03"), WORKING, CALENDAR).figures(day("2023-03-01"))
    assert (figures["days"], figures["end"], figures["skipped"]) == (0, "2023-03-01", [])


def test_notes_on_what_is_late_and_what_is_early() -> None:
    known = KyrgyzCalendar(known=[Stretch(day("2023-01-01"), day("2023-06-30"))])
    start, end = day("2023-03-01"), day("2023-05-01")
    assert Term.of(start, WORKING, known).late_notes(end) == ()
    assert Term.of(start, WORKING, CALENDAR).late_notes(end) == ("weeks_unknown",)
    assert Term.of(day("2023-06-29"), WORKING, CALENDAR).early_notes(day("2023-09-01")) == ("recess",)
    assert Term.of(day("2023-06-29"), CALENDAR_DAYS, CALENDAR).early_notes(day("2023-09-01")) == ("recess",)
    assert Term.of(day("2023-03-01"), WORKING, CALENDAR).early_notes(day("2023-03-03")) == ()


def event(**fields: object) -> Event:
    values: dict[str, object] = {"kind": EventKind.RECEIVED, "day": day("2023-03-10"), "evidence": Evidence(record="r")}
    return Event(**(values | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "earliest"),
    [
        ({}, "2023-03-10"),
        ({"day_told": False}, None),
        ({"not_before": day("2023-03-08")}, "2023-03-09"),
        ({"not_before": day("2023-03-10")}, "2023-03-10"),
        ({"kind": EventKind.PUBLISHED}, None),
        ({"kind": EventKind.PUBLISHED, "not_before": day("2023-03-09")}, "2023-03-10"),
    ],
)
def test_when_something_may_have_happened(fields: dict[str, object], earliest: str | None) -> None:
    found = when(event(**fields))
    assert found == When(earliest and day(earliest), day("2023-03-10"))  # type: ignore[arg-type]
    assert found.is_known is (earliest == "2023-03-10")


@pytest.mark.parametrize(
    ("start", "end", "answer"),
    [
        (("2023-03-01", "2023-03-01"), ("2023-03-09", "2023-03-09"), True),
        (("2023-03-01", "2023-03-01"), ("2023-03-10", "2023-03-10"), False),
        (("2023-03-01", "2023-03-01"), (None, "2023-03-09"), True),
        (("2023-03-01", "2023-03-01"), (None, "2023-03-10"), None),
        ((None, "2023-03-01"), ("2023-03-09", "2023-03-09"), None),
        ((None, "2023-03-01"), ("2023-03-10", "2023-03-10"), False),
        (("2023-02-20", "2023-03-01"), ("2023-03-09", "2023-03-09"), None),
    ],
)
def test_whether_something_came_in_time(
    start: tuple[str | None, str], end: tuple[str | None, str], answer: bool | None
) -> None:
    def days(one: tuple[str | None, str]) -> When:
        return When(day(one[0]) if one[0] else None, day(one[1]))

    assert is_within(days(start), days(end), WORKING, CALENDAR) is answer


def test_by_a_deadline_that_is_known() -> None:
    one = day("2023-03-10")
    assert is_by(When(one, one), one, one) is True


def test_a_bill_is_looked_at_before_its_first_reading_and_a_resolution_never() -> None:
    seen: list[Course] = []

    def look(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
        seen.append(course)
        return ()

    check = BillCheck("R00", look, ThreeReadings)
    for kind in ("law", "resolution"):
        subject = Subject(kind=SubjectKind.BILL, id="b", title="О дорогах", bill_kind=kind)
        assert check.judge(Timeline(subject=subject), RuleBook.load(), Surroundings(calendar=CALENDAR)) == ()
    assert [course.steps for course in seen] == [()]
    assert Unit("working") is Unit.WORKING
