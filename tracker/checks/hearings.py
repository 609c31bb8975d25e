"""R39 and R49: parliamentary hearings on a bill: held where they must be, announced in time, their record online."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise

from tracker.checks.cases import distinct
from tracker.checks.posting import Duty, ask_posting, duty_after
from tracker.checks.steps import Course, Step
from tracker.checks.terms import Term, is_by, when
from tracker.editions import Rule
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings
from vocab.papers import Posted
from vocab.timeline import Event, EventKind, Timeline


class Hearings(StrEnum):
    """What R39 can say."""

    HELD = "held"
    NOT_HELD = "not_held"
    NOT_IN_RECORD = "not_in_record"
    TOPIC_UNKNOWN = "topic_unknown"
    TOPIC_NEAR = "topic_near"
    OTHER_TOPIC = "other_topic"
    NOT_ADOPTED = "not_adopted"
    ANNOUNCED_IN_TIME = "announced_in_time"
    ANNOUNCED_LATE = "announced_late"
    ANNOUNCEMENT_DAY_UNKNOWN = "announcement_day_unknown"
    ANNOUNCEMENT_UNKNOWN = "announcement_unknown"


def mandatory_hearings(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R39: "held" once a bill that has a reading or a hearing, "notice:<day>" once a hearing."""
    hearings = course.timeline.of(EventKind.HEARING)
    return (*_held(course, hearings), *_notices(course, hearings, around))


def hearing_records(course: Course, around: Surroundings) -> tuple[Judgement, ...]:
    """R49, once a hearing: its record stands on the site within the term."""
    hearings = course.timeline.of(EventKind.HEARING)
    found: list[Judgement] = []
    for case, hearing, timeline in zip(
        distinct(hearing.day.isoformat() for hearing in hearings),
        hearings,
        _each_until_the_next(course.timeline, hearings),
        strict=True,
    ):
        question = Question(check_id=course.check_id, day=hearing.day, case=case, events=(hearing,))
        found += _record(course, question, timeline, around)
    return tuple(found)


def _held(course: Course, hearings: Sequence[Event]) -> tuple[Judgement, ...]:
    adopted = next((step for step in course.steps if course.last_reading in step.adopted), None)
    before = [one for one in hearings if adopted is None or one.day <= adopted.day]
    if before:
        figures = {"hearing": before[0].day.isoformat()}
        return course.ask(before[0].day, before[:1], lambda matter: matter.kept(Hearings.HELD, figures), case="held")
    if not course.steps:
        return ()
    step = adopted or course.steps[-1]
    return course.ask(step.day, step.events, lambda matter: _without(matter, course, adopted), case="held")


def _without(matter: Matter, course: Course, adopted: Step | None) -> Judgement:
    """No hearing before the adoption is on record: whether one was due."""
    if adopted is None:
        return matter.not_applicable(Hearings.NOT_ADOPTED, {})
    topics, parameters = course.timeline.subject.topics, matter.rule.parameters
    figures = {"adopted": adopted.day.isoformat()}
    if not topics:
        return matter.cannot_tell(Hearings.TOPIC_UNKNOWN, figures)
    if not topics & set(parameters["topics"]):
        if topics & set(parameters["near_topics"]):
            return matter.cannot_tell(Hearings.TOPIC_NEAR, figures)
        return matter.not_applicable(Hearings.OTHER_TOPIC, figures)
    if course.timeline.of(EventKind.DOCUMENTS_COMPLETE):
        return matter.broken(Hearings.NOT_HELD, figures, ReviewNote.TOPIC_BY_MACHINE, ReviewNote.COMPLETE_BY_PERSON)
    return matter.cannot_tell(Hearings.NOT_IN_RECORD, figures)


def _notices(course: Course, hearings: Sequence[Event], around: Surroundings) -> tuple[Judgement, ...]:
    cases = distinct(f"notice:{hearing.day.isoformat()}" for hearing in hearings)
    announced = course.timeline.of(EventKind.HEARING_ANNOUNCED)
    found: list[Judgement] = []
    since = None
    for case, hearing in zip(cases, hearings, strict=True):
        own = [one for one in announced if one.day <= hearing.day and (since is None or one.day > since)]
        found += _notice(course, hearing, own, case, around)
        since = hearing.day
    return tuple(found)


def _notice(
    course: Course, hearing: Event, announced: Sequence[Event], case: str, around: Surroundings
) -> tuple[Judgement, ...]:
    """A hearing's announcement is the first one after the hearing before it."""
    first = next(iter(announced), None)
    events = (hearing,) if first is None else (first, hearing)

    def decide(matter: Matter) -> Judgement:
        term = Term.of(hearing.day, matter.rule.parameters["notice"], around.calendar)
        deadline = term.before(hearing.day)
        figures = {"hearing": hearing.day.isoformat(), "needed": term.days, "deadline": deadline.isoformat()}
        if first is None:
            return matter.cannot_tell(Hearings.ANNOUNCEMENT_UNKNOWN, figures)
        figures |= {"announced": first.day.isoformat(), "days": (hearing.day - first.day).days}
        in_time = is_by(when(first), deadline if hearing.day_told else None, deadline)
        if in_time is None:
            return matter.cannot_tell(Hearings.ANNOUNCEMENT_DAY_UNKNOWN, figures)
        if in_time:
            return matter.kept(Hearings.ANNOUNCED_IN_TIME, figures)
        return matter.broken(Hearings.ANNOUNCED_LATE, figures)

    return course.ask(hearing.day, events, decide, case=case)


def _each_until_the_next(timeline: Timeline, hearings: Sequence[Event]) -> list[Timeline]:
    """The timeline from each hearing to the next: what is published then is of that hearing."""
    borders = [hearing.day for hearing in hearings]
    spans = [*pairwise(borders), *((last, None) for last in borders[-1:])]
    return [
        replace(
            timeline,
            events=tuple(one for one in timeline.events if since <= one.day and (until is None or one.day < until)),
        )
        for since, until in spans
    ]


def _record(course: Course, question: Question, timeline: Timeline, around: Surroundings) -> tuple[Judgement, ...]:
    hearing = question.events[0]

    def duty(rule: Rule, seen: Event | None) -> Duty:
        own = duty_after(Term.of(hearing.day, rule.parameters["publication"], around.calendar), seen)
        return replace(own, is_dated=hearing.day_told, notes=(ReviewNote.WITH_CIVIL_SOCIETY,))

    return ask_posting(question, timeline, course.rules, Posted.HEARING_RECORD, duty)
