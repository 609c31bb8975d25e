"""When the committees looked at a bill, and terms that run from one event of a bill to another."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from tracker.checks.steps import Course, Step
from tracker.checks.terms import Term, When, is_within, when
from tracker.judgement import Judgement, Matter, SittingCalendar, about
from vocab.bodies import Body
from vocab.timeline import Event, EventKind

_ENDED = (EventKind.WITHDRAWN, EventKind.RETURNED)


class Terms(StrEnum):
    """What is said of a term that runs from one event to another."""

    IN_TIME = "in_time"
    SURELY_IN_TIME = "surely_in_time"
    TOO_LATE = "too_late"
    DAY_UNKNOWN = "day_unknown"
    START_UNKNOWN = "start_unknown"
    END_UNKNOWN = "end_unknown"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What is known of the two ends of a term.

    `starts` and `ends` are what tells of them, the one that counts first; `earlier` tells of something that came before
    the start, which is enough where the start is not told; `gone` is what took the bill back.
    """

    starts: tuple[Event, ...] = ()
    ends: tuple[Event, ...] = ()
    earlier: tuple[Event, ...] = ()
    gone: tuple[Event, ...] = ()

    @property
    def events(self) -> tuple[Event, ...]:
        """What the answer rests on."""
        return (*(self.starts or self.earlier)[:1], *(self.ends or self.gone)[:1])

    def ask(
        self, course: Course, decide: Callable[[Matter, "Stretch"], Judgement], *, case: str = ""
    ) -> tuple[Judgement, ...]:
        """The judgement under the rule of the last of its days; none where neither end is told."""
        if not self.starts and not self.ends:
            return ()
        return course.ask(max(event.day for event in self.events), self.events, about(decide, self), case=case)


def judge_term(matter: Matter, stretch: Stretch, limit: Mapping[str, Any], calendar: SittingCalendar) -> Judgement:
    """Whether the end came within the limit that the start opened."""
    if not stretch.starts:
        return _from_an_earlier_day(matter, stretch, limit, calendar)
    start = when(stretch.starts[0])
    term = Term.of(start.latest, limit, calendar)
    if not stretch.ends:
        return _unended(matter, stretch, term)
    end = when(stretch.ends[0])
    figures = term.figures(end.latest)
    in_time = is_within(start, end, limit, calendar)
    if in_time is None:
        return matter.cannot_tell(Terms.DAY_UNKNOWN, figures)
    if in_time:
        return matter.kept(Terms.IN_TIME, figures)
    return matter.broken(Terms.TOO_LATE, figures, *term.late_notes(end.latest))


def _unended(matter: Matter, stretch: Stretch, term: Term) -> Judgement:
    """Nothing tells of the end: a bill that was taken back within the term needs none."""
    if stretch.gone and stretch.gone[0].day <= term.last:
        return matter.not_applicable(Terms.WITHDRAWN, {"date": stretch.gone[0].day.isoformat()})
    figures = {"start": term.start.isoformat(), "needed": term.days, "unit": term.unit.value}
    return matter.cannot_tell(Terms.END_UNKNOWN, figures | {"deadline": term.last.isoformat()})


def _from_an_earlier_day(
    matter: Matter, stretch: Stretch, limit: Mapping[str, Any], calendar: SittingCalendar
) -> Judgement:
    """The start is not told: what came in time from an earlier day on is in time, of the rest nobody can tell."""
    end = when(stretch.ends[0])
    first = when(stretch.earlier[0]).earliest if stretch.earlier else None
    if first is not None:
        term = Term.of(first, limit, calendar)
        if end.latest <= term.last:
            return matter.kept(Terms.SURELY_IN_TIME, term.figures(end.latest))
    return matter.cannot_tell(Terms.START_UNKNOWN, {"end": end.latest.isoformat(), "needed": limit["days"]})


def taken_back(course: Course) -> tuple[Event, ...]:
    """What tells that the bill was withdrawn, or given back to its authors."""
    return tuple(event for event in course.timeline.of(*_ENDED) if not event.readings)


def reviews(course: Course, reading: int) -> tuple[Event, ...]:
    """What tells that a committee looked at the bill for a reading, the earliest first.

    A decision that names no reading was for the first one, if the plenary had not read the bill before. Of what an
    observer heard of a committee it is only known that it was decided by then.
    """
    step = reading_step(course, reading)
    return tuple(
        replace(event, day_told=False) if event.observer else event
        for event in course.timeline.of(EventKind.COMMITTEE_DECISION, EventKind.CONSIDERED)
        if _in_committee(event) and (reading in event.readings or _is_before(event, step, reading))
    )


def reading_step(course: Course, reading: int) -> Step | None:
    """The first step in which the plenary took a reading."""
    return next((step for step in course.steps if reading in step.readings), None)


def taken_together(course: Course, readings: Iterable[int]) -> bool:
    """True where the plenary took these readings on one day."""
    return any(step.readings >= set(readings) for step in course.steps)


def held_by(step: Step | None) -> When | None:
    """When a reading was held; None where it is not known to have been."""
    return When(step.day if step.is_dated else None, step.day) if step else None


def _in_committee(event: Event) -> bool:
    return event.kind is EventKind.COMMITTEE_DECISION or event.body is Body.COMMITTEE


def _is_before(event: Event, step: Step | None, reading: int) -> bool:
    return reading == 1 and not event.readings and (step is None or event.day <= step.day)
