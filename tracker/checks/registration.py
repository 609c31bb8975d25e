"""R12: a bill is registered, sent to its committee and put on the site within the terms of art. 47 p. 1–3."""

from dataclasses import replace
from enum import StrEnum

from tracker.checks.posting import Duty, ask_posting, duty_after
from tracker.checks.steps import Course
from tracker.checks.terms import Term, is_within, when
from tracker.editions import Rule
from tracker.judgement import Judgement, Matter, Question, ReviewNote, SittingCalendar, Surroundings
from vocab.papers import Posted
from vocab.timeline import Event, EventKind


class Registration(StrEnum):
    """What R12 can say."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT_THERE = "not_there"
    DAY_UNKNOWN = "day_unknown"
    NOT_SEEN = "not_seen"
    REGISTERED_IN_TIME = "registered_in_time"
    REGISTERED_LATE = "registered_late"
    REGISTRATION_DAY_UNKNOWN = "registration_day_unknown"
    NOT_REGISTERED = "not_registered"


def registration(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R12: "registration" of a bill that was handed in, and "publication" of one that is registered."""
    submitted = next(iter(course.timeline.of(EventKind.SUBMITTED)), None)
    registered = next(iter(course.timeline.of(EventKind.REGISTERED)), None)
    return (*_registered(course, submitted, registered, around), *_published(course, registered, around))


def _registered(
    course: Course, submitted: Event | None, registered: Event | None, around: Surroundings
) -> tuple[Judgement, ...]:
    if submitted is None:
        return ()
    known = tuple(event for event in (submitted, registered) if event is not None)

    def decide(matter: Matter) -> Judgement:
        return _within(matter, submitted, registered, around.calendar)

    return course.ask(submitted.day, known, decide, case="registration")


def _within(matter: Matter, submitted: Event, registered: Event | None, calendar: SittingCalendar) -> Judgement:
    limit = matter.rule.parameters["registration"]
    term = Term.of(submitted.day, limit, calendar)
    if registered is None:
        figures = {"submitted": submitted.day.isoformat(), "deadline": term.last.isoformat()}
        return matter.cannot_tell(Registration.NOT_REGISTERED, figures)
    figures = term.figures(registered.day)
    in_time = is_within(when(submitted), when(registered), limit, calendar)
    if in_time is None:
        return matter.cannot_tell(Registration.REGISTRATION_DAY_UNKNOWN, figures)
    if in_time:
        return matter.kept(Registration.REGISTERED_IN_TIME, figures)
    return matter.broken(Registration.REGISTERED_LATE, figures, *term.late_notes(registered.day))


def _published(course: Course, registered: Event | None, around: Surroundings) -> tuple[Judgement, ...]:
    """The site's term is the sum of those of the legal service, of the speaker and of the office."""
    if registered is None:
        return ()
    question = Question(check_id=course.check_id, day=registered.day, case="publication", events=(registered,))

    def duty(rule: Rule, seen: Event | None) -> Duty:
        own = duty_after(Term.of(registered.day, rule.parameters["publication"], around.calendar), seen)
        notes = (ReviewNote.SUM_OF_TERMS, *own.notes)
        return replace(own, is_dated=registered.day_told, notes=notes, reasons=Registration)

    return ask_posting(question, course.timeline, course.rules, Posted.BILL, duty)
