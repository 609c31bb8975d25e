"""R05: a bill whose interval is over goes to the next sitting with a conclusion to reject it (art. 53 p. 12)."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from tracker.checks.cases import distinct
from tracker.checks.steps import Course, Step
from tracker.checks.terms import Term, Unit
from tracker.judgement import Judgement, Matter, ReviewNote, Surroundings, about
from vocab.bodies import Body
from vocab.timeline import Event, EventKind


class Overdue(StrEnum):
    """What R05 can say."""

    TABLED_FOR_REJECTION = "tabled_for_rejection"
    OTHER_CONCLUSION = "other_conclusion"
    NO_CONCLUSION = "no_conclusion"
    CONCLUSION_UNKNOWN = "conclusion_unknown"
    EXTENSION_UNKNOWN = "extension_unknown"
    EXTENDED = "extended"
    DAY_UNKNOWN = "day_unknown"


@dataclass(frozen=True, slots=True)
class _Wait:
    """Two steps that follow each other, the earlier one adopted, and the term between them."""

    earlier: Step
    later: Step
    term: Term

    @property
    def case(self) -> str:
        return f"{max(self.earlier.readings)}-{min(self.later.readings)}"

    @property
    def is_over(self) -> bool:
        return self.later.day > self.term.last

    def figures(self, months: int) -> dict[str, Any]:
        return self.term.figures(self.later.day) | {"extended_to": self.term.extended(months).isoformat()}


def overdue_for_rejection(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R05, once for each interval between readings that lasted longer than the Rules allow without an extension."""
    rule = course.rules.on("R05", course.steps[-1].day)
    if rule is None or _is_exempt(course, rule.parameters):
        return ()
    found = [
        _Wait(earlier, later, Term(start=earlier.day, days=rule.parameters["most"], unit=Unit.WORKING,
                                   calendar=around.calendar))
        for earlier, later in pairwise(course.steps)
        if max(earlier.readings) in earlier.adopted and min(later.readings) > max(earlier.readings)
    ]  # fmt: skip
    over = [wait for wait in found if wait.is_over]
    return tuple(
        judgement
        for case, wait in zip(distinct(wait.case for wait in over), over, strict=True)
        for judgement in course.ask(
            wait.later.day, _told(course, wait), about(lambda matter, one: _judge(matter, one, course), wait), case=case
        )
    )


def _is_exempt(course: Course, parameters: Any) -> bool:
    """Ground 9 lifts the limit (p. 10); amendments of the Constitution have their own (art. 63)."""
    return course.has_ground(parameters["exempt_grounds"]) or course.is_titled(parameters["other_titles"])


def _told(course: Course, wait: _Wait) -> tuple[Event, ...]:
    return (*wait.earlier.events, *_conclusions(course, wait), *wait.later.events)


def _conclusions(course: Course, wait: _Wait) -> tuple[Event, ...]:
    """What committees concluded for the later step: told on its day, or since the term was over."""
    return tuple(
        event
        for event in course.timeline.of(EventKind.COMMITTEE_DECISION)
        if event.body is Body.COMMITTEE
        and wait.term.last < event.day <= wait.later.day
        and (not event.readings or event.readings & wait.later.readings)
    )


def _judge(matter: Matter, wait: _Wait, course: Course) -> Judgement:
    parameters = matter.rule.parameters
    figures = wait.figures(parameters["extension_months"])
    if not wait.later.is_dated:
        return matter.cannot_tell(Overdue.DAY_UNKNOWN, figures)
    concluded = {event.choice for event in _conclusions(course, wait) if event.choice}
    if concluded & set(parameters["rejecting"]) or EventKind.REJECTED in wait.later.outcomes:
        return matter.kept(Overdue.TABLED_FOR_REJECTION, figures)
    if wait.later.day.isoformat() <= figures["extended_to"]:
        return _within_extension(matter, wait, course, figures)
    if concluded:
        return matter.broken(Overdue.OTHER_CONCLUSION, figures, *wait.term.late_notes(wait.later.day))
    if course.timeline.of(EventKind.DOCUMENTS_COMPLETE):
        return matter.broken(Overdue.NO_CONCLUSION, figures, ReviewNote.COMPLETE_BY_PERSON)
    return matter.cannot_tell(Overdue.CONCLUSION_UNKNOWN, figures)


def _within_extension(matter: Matter, wait: _Wait, course: Course, figures: dict[str, Any]) -> Judgement:
    extensions = course.timeline.of(EventKind.EXTENSION)
    if any(wait.earlier.day <= event.day <= wait.later.day for event in extensions):
        return matter.not_applicable(Overdue.EXTENDED, figures)
    return matter.cannot_tell(Overdue.EXTENSION_UNKNOWN, figures)
