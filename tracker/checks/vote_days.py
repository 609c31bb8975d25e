"""R30: a bill is voted on when its consideration ends, on the same day (art. 84 p. 1, since November 2022)."""

from collections.abc import Callable
from enum import StrEnum

from tracker.checks.cases import distinct
from tracker.checks.steps import DECISIVE, Course, Step, in_plenary
from tracker.judgement import Judgement, Matter, Surroundings, about
from vocab.timeline import Event, EventKind


class VoteDay(StrEnum):
    """What R30 can say."""

    SAME_DAY = "same_day"
    LATER_DAY = "later_day"
    DAY_UNKNOWN = "day_unknown"
    NOT_REQUIRED = "not_required"


def vote_right_after(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R30, once each vote on readings whose discussion is told; a discussion of several days ends on its last one."""
    found = [step for step in course.steps if _talks(course, step) and _votes(step)]
    cases = distinct(f"{step.day.isoformat()}:{step.label}" for step in found)
    return tuple(
        judgement
        for case, step in zip(cases, found, strict=True)
        for judgement in course.ask(
            step.day, dict.fromkeys((*_talks(course, step), *step.events)), about(_judge(course), step), case=case
        )
    )


def _votes(step: Step) -> list[Event]:
    return [event for event in step.events if event.kind in DECISIVE]


def _talks(course: Course, step: Step) -> list[Event]:
    """Discussions of these readings since the step before, up to the vote."""
    before = [one.day for one in course.steps if one.day < step.day]
    return [
        event
        for event in course.timeline.of(EventKind.CONSIDERED)
        if in_plenary(event)
        and event.readings & step.readings
        and event.day <= step.day
        and not (before and event.day <= before[-1])
    ]


def _judge(course: Course) -> Callable[[Matter, Step], Judgement]:
    def judge(matter: Matter, step: Step) -> Judgement:
        last = _talks(course, step)[-1]
        lag = (step.day - last.day).days
        figures = step.figures() | {"discussed": last.day.isoformat(), "days": lag}
        if not matter.rule.parameters["same_day"]:
            return matter.not_applicable(VoteDay.NOT_REQUIRED, figures)
        if not step.is_dated or not last.day_told:
            return matter.cannot_tell(VoteDay.DAY_UNKNOWN, figures)
        if lag == 0:
            return matter.kept(VoteDay.SAME_DAY, figures)
        return matter.broken(VoteDay.LATER_DAY, figures)

    return judge
