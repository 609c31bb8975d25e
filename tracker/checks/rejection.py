"""R38: the time before a rejected bill may come back (art. 53 p. 15; months end by art. 43 p. 2)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from tracker.checks.steps import Course, Step, in_plenary
from tracker.judgement import Judgement, Matter, Surroundings
from vocab.dates import add_months
from vocab.timeline import Event, EventKind

_HANDLED = frozenset(
    {EventKind.CONSIDERED, EventKind.PUT_TO_VOTE, EventKind.VOTE, EventKind.ADOPTED, EventKind.REJECTED}
)


class Cooldown(StrEnum):
    """What R38 can say."""

    WAITED = "waited"
    TOO_EARLY = "too_early"
    OUTCOME_UNKNOWN = "outcome_unknown"
    NO_REJECTION_KNOWN = "no_rejection_known"
    NOT_TAKEN_AGAIN = "not_taken_again"
    DAY_UNKNOWN = "day_unknown"


def cooldown_after_rejection(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R38, once for each rejection; once a bill that was never rejected, as far as we know."""
    rejections = _rejections(course.timeline.events)
    if not rejections:
        return course.ask_of_all(lambda matter: _without_rejection(matter, course.steps))
    return tuple(judgement for rejection in rejections for judgement in _after(course, rejection))


def _rejections(events: Iterable[Event]) -> tuple[Event, ...]:
    """The first event of each day on which the parliament rejected the bill."""
    by_day: dict[date, Event] = {}
    for event in events:
        if event.kind is EventKind.REJECTED and in_plenary(event):
            by_day.setdefault(event.day, event)
    return tuple(by_day.values())


def _without_rejection(matter: Matter, steps: tuple[Step, ...]) -> Judgement:
    """A bill that came back after a day whose outcome is not told may have been rejected on it."""
    silent = [step for step in steps[:-1] if not step.outcomes]
    if silent:
        return matter.cannot_tell(Cooldown.OUTCOME_UNKNOWN, silent[-1].figures())
    return matter.not_applicable(Cooldown.NO_REJECTION_KNOWN, {})


def _after(course: Course, rejection: Event) -> tuple[Judgement, ...]:
    case = rejection.day.isoformat()
    again = next((event for event in course.timeline.events if _is_return(event, rejection)), None)
    if again is None:
        figures = {"rejected": case}
        return course.ask(
            rejection.day,
            (rejection,),
            lambda matter: matter.not_applicable(Cooldown.NOT_TAKEN_AGAIN, figures),
            case=case,
        )
    return course.ask(again.day, (rejection, again), lambda matter: _waited(matter, rejection, again), case=case)


def _is_return(event: Event, rejection: Event) -> bool:
    """A press release that does not tell the day may speak of the rejection itself."""
    return event.day > rejection.day and event.day_told and event.kind in _HANDLED and in_plenary(event)


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
    if not rejection.day_told:  # it was rejected by then: the wait is longer
        return matter.cannot_tell(Cooldown.DAY_UNKNOWN, figures)
    return matter.broken(Cooldown.TOO_EARLY, figures)
