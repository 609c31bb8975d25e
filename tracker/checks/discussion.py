"""R18: a bill is discussed in public before its first reading (law on normative acts, art. 22–23)."""

from enum import StrEnum

from tracker.checks.steps import Course, Step
from tracker.judgement import Judgement, Matter, ReviewNote, Surroundings
from vocab.dates import add_months
from vocab.timeline import Event, EventKind


class PublicDiscussion(StrEnum):
    """What R18 can say."""

    LONG_ENOUGH = "long_enough"
    TOO_SHORT = "too_short"
    DAY_UNKNOWN = "day_unknown"
    NO_DISCUSSION = "no_discussion"
    DISCUSSION_UNKNOWN = "discussion_unknown"
    EMERGENCY = "emergency"


def public_discussion(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R18, once a bill that was read for the first time."""
    first = next((step for step in course.steps if min(step.readings) == 1), None)
    if first is None:
        return ()
    begun = [event for event in course.timeline.of(EventKind.PUBLIC_DISCUSSION) if event.day <= first.day]
    events = (*begun[:1], *first.events)
    return course.ask(first.day, events, lambda matter: _decide(matter, course, first, begun))


def _decide(matter: Matter, course: Course, first: Step, begun: list[Event]) -> Judgement:
    months: int = matter.rule.parameters["months"]
    figures = {"date": first.day.isoformat(), "months": months}
    if course.has_ground(matter.rule.parameters["exempt_grounds"]):
        return matter.not_applicable(PublicDiscussion.EMERGENCY, figures)
    if not begun:
        if course.timeline.of(EventKind.DOCUMENTS_COMPLETE):
            return matter.broken(PublicDiscussion.NO_DISCUSSION, figures, ReviewNote.COMPLETE_BY_PERSON)
        return matter.cannot_tell(PublicDiscussion.DISCUSSION_UNKNOWN, figures)
    return _long_enough(matter, first, begun[0], months)


def _long_enough(matter: Matter, first: Step, begun: Event, months: int) -> Judgement:
    earliest = add_months(begun.day, months)
    figures = {
        "start": begun.day.isoformat(),
        "date": first.day.isoformat(),
        "days": (first.day - begun.day).days,
        "earliest": earliest.isoformat(),
        "months": months,
    }
    is_long = first.day >= earliest
    # A day that is not told: it began, or the bill was read, by then, so it may have been earlier.
    if not (first.is_dated if is_long else begun.day_told):
        return matter.cannot_tell(PublicDiscussion.DAY_UNKNOWN, figures)
    if is_long:
        return matter.kept(PublicDiscussion.LONG_ENOUGH, figures)
    return matter.broken(PublicDiscussion.TOO_SHORT, figures)
