"""R19: the time for amendments that the resolution on the first reading gives (art. 54 p. 5)."""

from enum import StrEnum

from tracker.checks.reviews import taken_together
from tracker.checks.steps import Course, Step
from tracker.checks.terms import Term
from tracker.judgement import Judgement, Matter, Surroundings
from vocab.timeline import Event, EventKind


class AmendmentTime(StrEnum):
    """What R19 can say."""

    WITHIN_LIMIT = "within_limit"
    TOO_LONG = "too_long"
    NO_TIME_GIVEN = "no_time_given"
    LAST_DAY_UNKNOWN = "last_day_unknown"
    READING_UNKNOWN = "reading_unknown"
    DAY_UNKNOWN = "day_unknown"
    TAKEN_TOGETHER = "taken_together"


def amendment_time(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R19, once a bill that was adopted in the first reading, or for which a last day for amendments is told."""
    step = next((step for step in course.steps if 1 in step.adopted), None)
    until = course.timeline.of(EventKind.AMENDMENTS_UNTIL)[:1]
    if step is None and not until:
        return ()
    events = (*(step.events if step else ()), *until)

    def decide(matter: Matter) -> Judgement:
        if taken_together(course, (1, 2)):
            return matter.not_applicable(AmendmentTime.TAKEN_TOGETHER, {})
        if not until:
            return matter.cannot_tell(AmendmentTime.LAST_DAY_UNKNOWN, {"date": events[0].day.isoformat()})
        if step is None:
            return matter.cannot_tell(AmendmentTime.READING_UNKNOWN, {"end": until[0].day.isoformat()})
        return _limited(matter, step, until[0], around)

    # The resolution is of the day of the reading: its edition counts, not that of the last day for amendments.
    return course.ask(step.day if step else until[0].day, events, decide)


def _limited(matter: Matter, step: Step, until: Event, around: Surroundings) -> Judgement:
    term = Term.of(step.day, matter.rule.parameters["term"], around.calendar)
    figures = term.figures(until.day)
    if not (step.is_dated and until.day_told):
        return matter.cannot_tell(AmendmentTime.DAY_UNKNOWN, figures)
    if until.day <= step.day:
        return matter.broken(AmendmentTime.NO_TIME_GIVEN, figures)
    if until.day <= term.last:
        return matter.kept(AmendmentTime.WITHIN_LIMIT, figures)
    return matter.broken(AmendmentTime.TOO_LONG, figures, *term.late_notes(until.day))
