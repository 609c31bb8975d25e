"""R47: who presents a bill to the plenary (art. 53 p. 16, 17; art. 75)."""

from enum import StrEnum

from tracker.checks.cases import distinct
from tracker.checks.steps import Course, Step, in_plenary
from tracker.judgement import Judgement, Matter, ReviewNote, Surroundings
from vocab.timeline import Event, EventKind


class Presenter(StrEnum):
    """What R47 can say."""

    PRESENTED = "presented"
    OTHERS_PRESENTED = "others_presented"
    ROLE_UNKNOWN = "role_unknown"
    NOT_NOTED = "not_noted"
    NO_PRESENTER_NEEDED = "no_presenter_needed"


def presenter(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R47, once a reading: the official representative of the bill's initiator spoke to it."""
    cases = distinct(f"{step.day.isoformat()}:{step.label}" for step in course.steps)
    return tuple(
        judgement for case, step in zip(cases, course.steps, strict=True) for judgement in _judge(course, step, case)
    )


def _judge(course: Course, step: Step, case: str) -> tuple[Judgement, ...]:
    seen = tuple(event for event in course.timeline.of(EventKind.PRESENTER) if _is_of(event, step))
    return course.ask(step.day, (*step.events, *seen), lambda matter: _presented(matter, step, seen), case=case)


def _presented(matter: Matter, step: Step, seen: tuple[Event, ...]) -> Judgement:
    figures = step.figures()
    if not step.readings & set(matter.rule.parameters["readings"]):
        return matter.not_applicable(Presenter.NO_PRESENTER_NEEDED, figures)
    roles = sorted({event.what for event in seen if event.what})
    if set(roles) & set(matter.rule.parameters["roles"]):
        return matter.kept(Presenter.PRESENTED, figures | {"roles": roles})
    if not seen:
        return matter.cannot_tell(Presenter.NOT_NOTED, figures)
    if not all(event.what for event in seen):
        return matter.cannot_tell(Presenter.ROLE_UNKNOWN, figures)
    return matter.broken(Presenter.OTHERS_PRESENTED, figures | {"roles": roles}, ReviewNote.OBSERVER_ONLY)


def _is_of(event: Event, step: Step) -> bool:
    return event.day == step.day and in_plenary(event) and (not event.readings or bool(event.readings & step.readings))
