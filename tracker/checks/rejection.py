"""The time before a rejected bill may come back (R38)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from tracker.checks.cases import distinct
from tracker.checks.course import Course, Step, in_plenary
from tracker.judgement import Judgement, Matter, Surroundings
from vocab.dates import add_months
from vocab.timeline import Event, EventKind

_BEFORE_PARLIAMENT = frozenset(
    {EventKind.CONSIDERED, EventKind.PUT_TO_VOTE, EventKind.VOTE, EventKind.ADOPTED, EventKind.REJECTED}
)


class Cooldown(StrEnum):
    """What R38 can say."""

    WAITED = "waited"
    TOO_EARLY = "too_early"
    OUTCOME_UNKNOWN = "outcome_unknown"
    NOT_REJECTED = "not_rejected"
    NOT_TAKEN_UP_AGAIN = "not_taken_up_again"


def cooldown_after_rejection(course: Course, _around: Surroundings) -> tuple[Judgement, ...]:
    """R38: art. 53 p. 15 (law 223: art. 55 p. 12); months end by art. 43 p. 2. One judgement a rejection."""
    rejections = _rejections(course.timeline.events)
    if not rejections:
        return course.ask_once(lambda matter: _without_rejection(matter, course.steps))
    cases = distinct(rejection.day.isoformat() for rejection in rejections)
    return tuple(_after(course, rejection, case) for case, rejection in zip(cases, rejections, strict=True))


def _rejections(events: Iterable[Event]) -> tuple[Event, ...]:
    """The first event of each day on which the parliament rejected the bill."""
    by_day: dict[date, Event] = {}
    for event in events:
        if event.kind is EventKind.REJECTED and in_plenary(event):
            by_day.setdefault(event.day, event)
    return tuple(by_day.values())


def _without_rejection(matter: Matter, steps: tuple[Step, ...]) -> Judgement:
    if any(not step.outcomes for step in steps[:-1]):
        return matter.cannot_tell(Cooldown.OUTCOME_UNKNOWN)
    return matter.not_applicable(Cooldown.NOT_REJECTED)


def _after(course: Course, rejection: Event, case: str) -> Judgement:
    again = next((event for event in course.timeline.events if _is_return(event, rejection)), None)
    if again is None:
        return course.ask(
            rejection.day, (rejection,), lambda matter: matter.not_applicable(Cooldown.NOT_TAKEN_UP_AGAIN), case=case
        )
    return course.ask(again.day, (rejection, again), lambda matter: _waited(matter, rejection, again), case=case)


def _is_return(event: Event, rejection: Event) -> bool:
    return event.day > rejection.day and event.kind in _BEFORE_PARLIAMENT and in_plenary(event)


def _waited(matter: Matter, rejection: Event, again: Event) -> Judgement:
    months: int = matter.rule.parameters["months"]
    earliest = add_months(rejection.day, months)
    figures = {
        "rejected": rejection.day.isoformat(),
        "again": again.day.isoformat(),
        "earliest": earliest.isoformat(),
        "months": months,
        "days": (again.day - rejection.day).days,
    }
    if again.day >= earliest:
        return matter.kept(Cooldown.WAITED, figures)
    return matter.broken(Cooldown.TOO_EARLY, figures)
