"""R44: amendments of the Constitution: two months between readings, six in all, the court's opinion (art. 63)."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from tracker.checks.cases import distinct
from tracker.checks.steps import Course, Step
from tracker.checks.terms import arithmetic
from tracker.judgement import Judgement, Matter, ReviewNote, Surroundings, about
from vocab.dates import add_months, calendar_days
from vocab.papers import Paper
from vocab.timeline import Event, EventKind


class Amendment(StrEnum):
    """What R44 can say."""

    LONG_ENOUGH = "long_enough"
    TOO_SHORT = "too_short"
    GAP_UNKNOWN = "gap_unknown"
    WITHIN_TERM = "within_term"
    TOO_LATE = "too_late"
    BEGINNING_UNKNOWN = "beginning_unknown"
    NOT_ADOPTED = "not_adopted"
    OPINION_GIVEN = "opinion_given"
    OPINION_AGAINST = "opinion_against"
    OPINION_UNCLEAR = "opinion_unclear"
    OPINION_MISSING = "opinion_missing"
    OPINION_UNKNOWN = "opinion_unknown"


def constitution_amendment(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R44 for a bill that amends the Constitution: each gap between readings, the whole term, and the court's opinion.

    The two thirds that it needs are asked for by R25.
    """
    rule = course.rules.on("R44", course.steps[-1].day)
    if rule is None or not course.is_titled(rule.parameters["titles"]):
        return ()
    return (*_gaps(course), *_whole(course), *_opinion(course))


def _gaps(course: Course) -> tuple[Judgement, ...]:
    pairs = [(one, other) for one, other in pairwise(course.steps) if min(other.readings) > max(one.readings)]
    together = [step for step in course.steps if len(step.readings) > 1]
    named = [f"{max(one.readings)}-{min(other.readings)}" for one, other in pairs]
    cases = distinct([*named, *(f"{step.label}:together" for step in together)])
    return tuple(
        judgement
        for case, (one, other) in zip(cases, [*pairs, *((step, step) for step in together)], strict=True)
        for judgement in course.ask(
            other.day, dict.fromkeys((*one.events, *other.events)), about(_gap, (one, other)), case=case
        )
    )


def _gap(matter: Matter, pair: tuple[Step, Step]) -> Judgement:
    """Readings taken together have no gap at all."""
    one, other = pair
    months: int = matter.rule.parameters["gap_months"]
    earliest = add_months(one.day, months)
    figures = arithmetic(calendar_days(one.day, other.day)) | {"months": months, "earliest": earliest.isoformat()}
    figures |= {"from_reading": min(one.readings), "to_reading": max(other.readings)}
    is_long = other.day >= earliest
    if not (other if is_long else one).is_dated or max(one.readings) + 1 < min(other.readings):
        return matter.cannot_tell(Amendment.GAP_UNKNOWN, figures)
    return matter.kept(Amendment.LONG_ENOUGH, figures) if is_long else matter.broken(Amendment.TOO_SHORT, figures)


def _whole(course: Course) -> tuple[Judgement, ...]:
    adopted = [step for step in course.steps if course.last_reading in step.adopted]
    brought = course.timeline.of(EventKind.SUBMITTED, EventKind.REGISTERED)[:1]
    last = adopted[0] if adopted else course.steps[-1]
    events = (*brought, *course.steps[0].events, *last.events)
    return course.ask(
        last.day, dict.fromkeys(events), lambda matter: _in_six_months(matter, course, brought, adopted), case="whole"
    )


def _in_six_months(matter: Matter, course: Course, brought: Sequence[Event], adopted: Sequence[Step]) -> Judgement:
    """«Со дня внесения на рассмотрение»: from the day it was handed in, or at the latest from its first reading on."""
    if not adopted:
        return matter.not_applicable(Amendment.NOT_ADOPTED, {})
    months: int = matter.rule.parameters["whole_months"]
    first, end = course.steps[0], adopted[0].day
    start = brought[0].day if brought else first.day
    figures = arithmetic(calendar_days(start, end)) | {"months": months, "adopted": end.isoformat()}
    figures |= {"deadline": add_months(start, months).isoformat()}
    if brought and brought[0].day_told and end <= add_months(start, months):
        return matter.kept(Amendment.WITHIN_TERM, figures)
    is_first = min(first.readings) == 1 and first.is_dated
    if is_first and adopted[0].is_dated and end > add_months(first.day, months):
        return matter.broken(Amendment.TOO_LATE, figures)
    return matter.cannot_tell(Amendment.BEGINNING_UNKNOWN, figures)


def _opinion(course: Course) -> tuple[Judgement, ...]:
    opinions = [one for one in course.timeline.of(EventKind.DOCUMENT) if one.what == Paper.COURT_OPINION]
    first = course.steps[0]
    return course.ask(
        first.day, (*opinions, *first.events), lambda matter: _by_court(matter, course, opinions), case="court"
    )


def _by_court(matter: Matter, course: Course, opinions: Sequence[Event]) -> Judgement:
    """Art. 63 p. 2; a document without a choice is an opinion whose conclusion our record does not tell.

    A bill may be considered until the court spoke against it; where another opinion is told too, nobody can tell.
    """
    figures = {"date": course.steps[0].day.isoformat()}
    against = [one for one in opinions if one.choice in matter.rule.parameters["against"]]
    after = [step for step in course.steps if any(one.day_told and one.day < step.day for one in against)]
    if after and len(against) == len(opinions):
        return matter.broken(Amendment.OPINION_AGAINST, figures | {"date": after[0].day.isoformat()})
    if opinions:
        is_there = not against and any(one.day <= course.steps[0].day for one in opinions)
        answer = matter.kept if is_there else matter.cannot_tell
        return answer(Amendment.OPINION_GIVEN if is_there else Amendment.OPINION_UNCLEAR, figures)
    if course.timeline.of(EventKind.DOCUMENTS_COMPLETE):
        return matter.broken(Amendment.OPINION_MISSING, figures, ReviewNote.COMPLETE_BY_PERSON)
    return matter.cannot_tell(Amendment.OPINION_UNKNOWN, figures)
