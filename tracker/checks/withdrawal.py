"""R48: until when a bill may be withdrawn by those who brought it in (art. 47 p. 5)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from tracker.checks.steps import Course, Step
from tracker.judgement import Judgement, Matter, Surroundings
from vocab.timeline import Event, EventKind


class Withdrawal(StrEnum):
    """What R48 can say."""

    BEFORE_READINGS = "before_readings"
    IN_TIME = "in_time"
    TOO_LATE = "too_late"
    INITIATOR_UNKNOWN = "initiator_unknown"
    DAY_UNKNOWN = "day_unknown"
    REJECTED_BEFORE = "rejected_before"


def withdrawal_window(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R48, once a bill that was withdrawn; sources that tell it later tell the same withdrawal."""
    told = course.timeline.of(EventKind.WITHDRAWN)
    if not told:
        return ()
    first = min(told, key=lambda event: (not event.day_told, event.day))
    before = [step for step in course.steps if step.day <= first.day]
    events = (*told, *(event for step in before for event in step.events))
    return course.ask(first.day, events, lambda matter: _judge(matter, course, first, before))


def _judge(matter: Matter, course: Course, withdrawn: Event, before: Sequence[Step]) -> Judgement:
    """The steps of the day itself come first or last, nobody knows: they are «cannot tell»."""
    if not before:
        return matter.kept(Withdrawal.BEFORE_READINGS, {"withdrawn": withdrawn.day.isoformat()})
    if any(EventKind.REJECTED in step.outcomes for step in before):
        return matter.not_applicable(Withdrawal.REJECTED_BEFORE, {"withdrawn": withdrawn.day.isoformat()})
    parameters = matter.rule.parameters
    initiator = course.timeline.subject.initiator
    known: dict[str, int] = parameters["before_reading"]
    limits = {known.get(initiator, parameters["others"])} if initiator else {*known.values(), parameters["others"]}
    answers = {_is_too_late(withdrawn, before, limit) for limit in limits}
    figures: dict[str, Any] = {"withdrawn": withdrawn.day.isoformat(), "readings": _adopted(before)}
    figures |= {"before_reading": min(limits)}
    if len(answers) > 1:
        return matter.cannot_tell(Withdrawal.INITIATOR_UNKNOWN, figures)
    if answers == {None}:
        return matter.cannot_tell(Withdrawal.DAY_UNKNOWN, figures)
    if True in answers:
        return matter.broken(Withdrawal.TOO_LATE, figures)
    return matter.kept(Withdrawal.IN_TIME, figures)


def _is_too_late(withdrawn: Event, before: Sequence[Step], limit: int) -> bool | None:
    """True where the reading had been adopted before, False where it had not, None where the days do not tell.

    A withdrawal whose day is not told happened by then: it may have come before the reading.
    """
    adopted = [step for step in before if any(reading >= limit for reading in step.adopted)]
    if not adopted:
        return False
    is_certain = withdrawn.day_told and any(step.day < withdrawn.day for step in adopted)
    return True if is_certain else None


def _adopted(before: Sequence[Step]) -> list[int]:
    return sorted({reading for step in before for reading in step.adopted})
