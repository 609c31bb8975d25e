"""R33 and R35: on which days the plenary sits, and from when to when (art. 32 p. 1, art. 33 p. 2, 5)."""

from datetime import date
from enum import StrEnum
from typing import Final

from tracker.calendar import first_workday, last_workday
from tracker.checks.sittings import one_per_record, was_held
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, SittingCalendar, Surroundings
from vocab.timeline import Timeline

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class PlenaryDay(StrEnum):
    """What R33 can say."""

    ORDINARY_DAY = "ordinary_day"
    OPENS_SESSION = "opens_session"
    MOVED_WORKDAY = "moved_workday"
    EXTRAORDINARY = "extraordinary"
    OTHER_DAY = "other_day"
    EXTRAORDINARY_ON_ORDINARY_DAY = "extraordinary_on_ordinary_day"
    EXTRAORDINARY_DAYS_NOT_SEEN = "extraordinary_days_not_seen"


class SessionBounds(StrEnum):
    """What R35 can say."""

    IN_SESSION = "in_session"
    OUT_OF_SESSION = "out_of_session"
    EXTRAORDINARY = "extraordinary"


def plenary_days(timeline: Timeline, day: date, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R33, once a plenary sitting that was held."""
    if not was_held(timeline):
        return ()
    question = Question(check_id="R33", day=day, events=one_per_record(timeline.events))
    if timeline.subject.extraordinary:
        return question.ask(rules, _extraordinary)
    return question.ask(rules, lambda matter: _ordinary(matter, around.calendar))


def session_bounds(timeline: Timeline, day: date, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
    """R35, once a plenary sitting that was held: ordinary sittings stay within the session."""
    if not was_held(timeline):
        return ()
    question = Question(check_id="R35", day=day, events=one_per_record(timeline.events))
    return question.ask(rules, lambda matter: _bounds(matter, timeline.subject.extraordinary, around.calendar))


def is_between_sessions(day: date, rules: RuleBook, calendar: SittingCalendar) -> bool:
    """True between the last working day of one session and the first one of the next."""
    recess = rules.parliament.recess
    if recess is None:
        return False
    last = last_workday(day.year, recess.closing_month, calendar)
    return last < day < first_workday(day.year, recess.opening_month, calendar)


def _ordinary(matter: Matter, calendar: SittingCalendar) -> Judgement:
    day, parameters = matter.question.day, matter.rule.parameters
    weekday = WEEKDAYS[day.weekday()]
    figures = {"date": day.isoformat(), "weekday": weekday}
    if weekday in parameters["weekdays"]:
        return matter.kept(PlenaryDay.ORDINARY_DAY, figures)
    if day == first_workday(day.year, parameters["opening_month"], calendar):
        return matter.kept(PlenaryDay.OPENS_SESSION, figures)
    if calendar.is_moved_workday(day):
        return matter.kept(PlenaryDay.MOVED_WORKDAY, figures)
    return matter.broken(PlenaryDay.OTHER_DAY, figures, ReviewNote.EXCEPTION_OF_LAW)


def _extraordinary(matter: Matter) -> Judgement:
    """Art. 33 p. 5: any day but those of ordinary sittings; whether law 223 had that was not seen."""
    weekday = WEEKDAYS[matter.question.day.weekday()]
    figures = {"date": matter.question.day.isoformat(), "weekday": weekday}
    if weekday not in matter.rule.parameters["weekdays"]:
        return matter.kept(PlenaryDay.EXTRAORDINARY, figures)
    if weekday in matter.rule.parameters["extraordinary_never_on"]:
        return matter.broken(PlenaryDay.EXTRAORDINARY_ON_ORDINARY_DAY, figures)
    return matter.cannot_tell(PlenaryDay.EXTRAORDINARY_DAYS_NOT_SEEN, figures)


def _bounds(matter: Matter, extraordinary: bool, calendar: SittingCalendar) -> Judgement:
    day, parameters = matter.question.day, matter.rule.parameters
    opening = first_workday(day.year, parameters["opening_month"], calendar)
    closing = last_workday(day.year, parameters["closing_month"], calendar)
    figures = {"date": day.isoformat(), "opening": opening.isoformat(), "closing": closing.isoformat()}
    if extraordinary:
        return matter.not_applicable(SessionBounds.EXTRAORDINARY, figures)
    if day >= opening or day <= closing:
        return matter.kept(SessionBounds.IN_SESSION, figures)
    return matter.broken(SessionBounds.OUT_OF_SESSION, figures)
