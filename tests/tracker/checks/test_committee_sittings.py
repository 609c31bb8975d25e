"""R34: what no record tells, and what only data that a person adds can tell."""

from datetime import date

import pytest

from tracker.calendar import KyrgyzCalendar, SessionCalendar, Stretch
from tracker.checks.committee_days import committee_days
from tracker.editions import RuleBook, read_rules
from tracker.judgement import Judgement, Surroundings
from tracker.parliament import Parliament
from vocab.bodies import Body
from vocab.timeline import Event, EventKind, Evidence, Subject, SubjectKind, Timeline

WEEK = Stretch(date(2023, 4, 10), date(2023, 4, 14))
NO_RECESS = """
editions: {one: {name: One, from: 2020-01-01, to: null}}
rules:
  - {id: R34, name: days, severity: low, wordings: [{editions: [one], article: art. 1, verified: true, source: text,
     parameters: {weekdays: [monday], plenary_weekdays: [], faction_weekdays: []}}]}
"""


def sitting(day: date) -> Timeline:
    subject = Subject(kind=SubjectKind.SITTING, id="s", title="s", body=Body.COMMITTEE, day=day)
    return Timeline(
        subject=subject, events=(Event(kind=EventKind.ANNOUNCED, day=day, evidence=Evidence(record="agenda")),)
    )


def judged(day: date, calendar: SessionCalendar, rules: RuleBook) -> list[str]:
    answers: tuple[Judgement, ...] = committee_days(sitting(day), day, rules, Surroundings(calendar=calendar))
    return [" ".join((one.verdict.value, one.reason, one.figures.get("why", ""))).strip() for one in answers]


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 4, 4), "kept named_day"),
        (date(2023, 4, 10), "broken excluded_day constituency_week"),
        (date(2023, 4, 14), "broken excluded_day constituency_week"),
        (date(2023, 4, 17), "kept named_day"),
        (date(2023, 7, 3), "kept named_day"),  # between sessions
    ],
)
def test_no_committee_in_a_week_with_the_voters(day: date, said: str) -> None:
    assert judged(day, KyrgyzCalendar([WEEK]), RuleBook.load()) == [said]


def test_a_parliament_without_a_recess_has_weeks_with_the_voters_in_summer() -> None:
    week = Stretch(date(2023, 7, 3), date(2023, 7, 7))
    calendar, rules = SessionCalendar(Parliament(), [week]), read_rules(NO_RECESS)
    assert judged(date(2023, 7, 3), calendar, rules) == ["broken excluded_day constituency_week"]
    assert judged(date(2023, 7, 10), calendar, rules) == ["kept named_day"]
