"""R03 and R04: the time between readings, not too short and not too long (art. 53 p. 10, 11; counted by art. 43)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from tracker.checks.cases import distinct
from tracker.checks.steps import Course, Step
from tracker.checks.terms import Term, Unit, arithmetic
from tracker.judgement import Judgement, Matter, SittingCalendar, Surroundings, about
from vocab.timeline import Event, EventKind


class ShortestInterval(StrEnum):
    """What R03 can say."""

    LONG_ENOUGH = "long_enough"
    TOO_SHORT = "too_short"
    OUTCOME_UNKNOWN = "outcome_unknown"
    READING_UNKNOWN = "reading_unknown"
    NO_INTERVAL = "no_interval"
    EMERGENCY = "emergency"
    OWN_INTERVAL = "own_interval"
    DAY_UNKNOWN = "day_unknown"


class LongestInterval(StrEnum):
    """What R04 can say."""

    IN_TIME = "in_time"
    EXTENDED = "extended"
    TOO_LATE = "too_late"
    EXTENSION_UNKNOWN = "extension_unknown"
    OUTCOME_UNKNOWN = "outcome_unknown"
    READING_UNKNOWN = "reading_unknown"
    NO_INTERVAL = "no_interval"
    EMERGENCY = "emergency"
    OWN_INTERVAL = "own_interval"
    DAY_UNKNOWN = "day_unknown"


@dataclass(frozen=True, slots=True)
class _Interval:
    """Two steps that follow each other, the later one in a higher reading."""

    earlier: Step
    later: Step
    calendar: SittingCalendar

    @property
    def left(self) -> int:
        return max(self.earlier.readings)

    @property
    def right(self) -> int:
        return min(self.later.readings)

    def term(self, days: int, unit: Unit = Unit.WORKING) -> Term:
        """A number of days from the earlier step on."""
        return Term(start=self.earlier.day, days=days, unit=unit, calendar=self.calendar)

    @property
    def events(self) -> tuple[Event, ...]:
        return (*self.earlier.events, *self.later.events)

    def figures(self, unit: Unit = Unit.WORKING) -> dict[str, Any]:
        """The arithmetic: both days, how many days between them count, which do not and why."""
        counted = self.term(0, unit).count(self.later.day)
        return {"from_reading": self.left, "to_reading": self.right} | arithmetic(counted)


_Decide = Callable[[Matter, _Interval], Judgement]


def shortest_interval(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R03, once for each two readings that follow one another on different days."""
    return _judge_intervals(course, around.calendar, _not_too_short)


def longest_interval(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R04, once for each two readings that follow one another on different days; one extension is taken in."""
    return _judge_intervals(course, around.calendar, lambda matter, one: _not_too_long(matter, one, course))


def _judge_intervals(course: Course, calendar: SittingCalendar, decide: _Decide) -> tuple[Judgement, ...]:
    """Readings taken together are one step (art. 53 p. 13); a reading held again (art. 57) starts no interval."""
    found = [_Interval(*pair, calendar) for pair in pairwise(course.steps)]
    found = [interval for interval in found if interval.right > interval.left]
    if not found:
        return course.ask_of_all(lambda matter: matter.not_applicable(ShortestInterval.NO_INTERVAL, {}))

    def answer(matter: Matter, interval: _Interval) -> Judgement:
        return _without_counting(matter, interval, course) or decide(matter, interval)

    cases = distinct(f"{interval.left}-{interval.right}" for interval in found)
    return tuple(
        judgement
        for case, interval in zip(cases, found, strict=True)
        for judgement in course.ask(interval.later.day, interval.events, about(answer, interval), case=case)
    )


def _without_counting(matter: Matter, interval: _Interval, course: Course) -> Judgement | None:
    """The answers that need no counting.

    Ground 9 lifts both limits (p. 10); the Constitution's amendments have an interval of their own (art. 63 p. 5).
    """
    parameters = matter.rule.parameters
    if course.has_ground(parameters["exempt_grounds"]):
        return matter.not_applicable(ShortestInterval.EMERGENCY, {})
    if course.is_titled(parameters["other_titles"]):
        return matter.not_applicable(ShortestInterval.OWN_INTERVAL, {})
    if interval.right > interval.left + 1:
        return matter.cannot_tell(ShortestInterval.READING_UNKNOWN, interval.figures())
    if interval.left not in interval.earlier.adopted:
        return matter.cannot_tell(ShortestInterval.OUTCOME_UNKNOWN, interval.figures())
    return None


def _not_too_short(matter: Matter, interval: _Interval) -> Judgement:
    needed: int = matter.rule.parameters["least"]
    unit = Unit(matter.rule.parameters.get("unit", Unit.WORKING))
    figures = interval.figures(unit) | {"needed": needed}
    is_long = figures["days"] >= needed
    # A reading whose day is not told was held by then: the interval may begin, or end, on an earlier day.
    if not (interval.later if is_long else interval.earlier).is_dated:
        return matter.cannot_tell(ShortestInterval.DAY_UNKNOWN, figures)
    if is_long:
        return matter.kept(ShortestInterval.LONG_ENOUGH, figures)
    return matter.broken(
        ShortestInterval.TOO_SHORT, figures, *interval.term(needed, unit).early_notes(interval.later.day)
    )


def _not_too_long(matter: Matter, interval: _Interval, course: Course) -> Judgement:
    most: int = matter.rule.parameters["most"]
    start, end = interval.earlier.day, interval.later.day
    figures = interval.figures() | {"most": most}
    if not (interval.earlier if figures["days"] <= most else interval.later).is_dated:
        return matter.cannot_tell(LongestInterval.DAY_UNKNOWN, figures)
    if figures["days"] <= most:
        return matter.kept(LongestInterval.IN_TIME, figures)
    term = interval.term(most)
    extended = term.extended(matter.rule.parameters["extension_months"])
    figures |= {"deadline": term.last.isoformat(), "extended_to": extended.isoformat()}
    if end > extended:
        return matter.broken(LongestInterval.TOO_LATE, figures, *term.late_notes(end))
    if any(start <= event.day <= end for event in course.timeline.of(EventKind.EXTENSION)):
        return matter.kept(LongestInterval.EXTENDED, figures)
    return matter.cannot_tell(LongestInterval.EXTENSION_UNKNOWN, figures)
