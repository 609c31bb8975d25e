"""R25: enough votes for a law (art. 53 p. 19, art. 84 p. 8; before 2022 the Constitution)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.checks.shares import is_enough_with_vacancies, least
from tracker.checks.steps import OUTCOMES, Course, Step, decided, step
from tracker.judgement import Judgement, Matter, ReviewNote, Surroundings
from vocab.timeline import Event, EventKind


class Majority(StrEnum):
    """What R25 can say."""

    ENOUGH_VOTES = "enough_votes"
    NOT_ADOPTED = "not_adopted"
    TOO_FEW_VOTES = "too_few_votes"
    NO_FIGURES = "no_figures"
    FIGURES_DISAGREE = "figures_disagree"
    OUTCOME_UNKNOWN = "outcome_unknown"
    OUTCOMES_DISAGREE = "outcomes_disagree"
    ENOUGH_BUT_REJECTED = "enough_but_rejected"
    THRESHOLD_UNCLEAR = "threshold_unclear"
    SEATS_UNKNOWN = "seats_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Needed:
    """Votes that are certainly needed (`low`, by `share` of the seats), and that certainly suffice (`high`)."""

    seats: int
    low: int
    high: int
    share: Mapping[str, Any]


def law_majority(course: Course, _: Surroundings) -> tuple[Judgement, ...]:
    """R25, once a vote on a law; a vote whose result no source gives is «cannot tell»."""
    return course.ask_each(_ballots(course), lambda matter, ballot: _judge(matter, ballot, course))


def _ballots(course: Course) -> tuple[Step, ...]:
    """The votes of each day by the readings they were on, each with what came of these readings on that day.

    An outcome that no vote is told for is a vote whose figures are unknown.
    """
    told = decided(course.timeline)
    cast = [event for event in told if event.kind not in OUTCOMES or _in_favour(event) is not None]
    alone = [event for event in told if not any(_is_same_vote(event, vote) for vote in cast)]
    keys = sorted({(event.day, tuple(sorted(event.readings))) for event in (*cast, *alone)})
    return tuple(step(day, readings, _of_vote(day, frozenset(readings), told)) for day, readings in keys)


def _in_favour(event: Event) -> int | None:
    return event.votes.in_favour if event.votes else None


def _is_same_vote(event: Event, other: Event) -> bool:
    return event.day == other.day and bool(event.readings & other.readings)


def _of_vote(day: date, readings: frozenset[int], told: Iterable[Event]) -> list[Event]:
    same_day = [event for event in told if event.day == day]
    return [
        event
        for event in same_day
        if event.readings == readings or (event.kind in OUTCOMES and event.readings & readings)
    ]


def _judge(matter: Matter, ballot: Step, course: Course) -> Judgement:
    told = {_in_favour(event) for event in ballot.events if event.readings == ballot.readings}
    numbers = sorted(number for number in told if number is not None)
    if not numbers:
        return matter.cannot_tell(Majority.NO_FIGURES, ballot.figures())
    seats = course.rules.parliament.seats_on(ballot.day)
    if seats is None:
        return matter.cannot_tell(Majority.SEATS_UNKNOWN, ballot.figures())
    needed = _needed(matter, ballot, course, seats)
    answers = [_with_number(matter, ballot, needed, number) for number in numbers]
    if len({(answer.verdict, answer.reason) for answer in answers}) > 1:
        return matter.cannot_tell(Majority.FIGURES_DISAGREE, ballot.figures() | {"told": numbers})
    return answers[0]


def _with_number(matter: Matter, ballot: Step, needed: _Needed, number: int) -> Judgement:
    figures = ballot.figures() | {"in_favour": number, "seats": needed.seats, "needed": needed.low}
    if len(ballot.outcomes) != 1:
        reason = Majority.OUTCOMES_DISAGREE if ballot.outcomes else Majority.OUTCOME_UNKNOWN
        return matter.cannot_tell(reason, figures)
    if needed.low <= number < needed.high:
        return matter.cannot_tell(Majority.THRESHOLD_UNCLEAR, figures | {"needed_at_most": needed.high})
    if EventKind.ADOPTED in ballot.outcomes:
        return _adopted(matter, needed, number, figures)
    if number >= needed.high:
        return matter.cannot_tell(Majority.ENOUGH_BUT_REJECTED, figures | {"needed": needed.high})
    return matter.kept(Majority.NOT_ADOPTED, figures)


def _adopted(matter: Matter, needed: _Needed, number: int, figures: dict[str, Any]) -> Judgement:
    if number >= needed.high:
        return matter.kept(Majority.ENOUGH_VOTES, figures | {"needed": needed.high})
    vacancies: int = matter.rule.parameters["vacancies"]
    excusable = is_enough_with_vacancies(number, needed.share, needed.seats, vacancies)
    return matter.broken(Majority.TOO_FEW_VOTES, figures, *((ReviewNote.VACANCIES,) if excusable else ()))


def _needed(matter: Matter, ballot: Step, course: Course, seats: int) -> _Needed:
    """Two thirds are certain for the last reading of a constitutional law; where they may be asked, `high` has them."""
    parameters, subject = matter.rule.parameters, course.timeline.subject
    ordinary, special = parameters["majority"], parameters["special"]
    low, high = _ordinary(ordinary, ballot.events, seats)
    if not _may_need_special(course, parameters):
        return _Needed(seats=seats, low=low, high=high, share=ordinary)
    high = least(special, seats)
    if subject.bill_kind in parameters["special_kinds"] and course.last_reading in ballot.readings:
        return _Needed(seats=seats, low=high, high=high, share=special)
    return _Needed(seats=seats, low=low, high=high, share=ordinary)


def _ordinary(share: Mapping[str, Any], events: Sequence[Event], seats: int) -> tuple[int, int]:
    """A majority of those present lies between its floor and that of all seats where their number is not told."""
    if share.get("of") != "present":
        return least(share, seats), least(share, seats)
    present = max((event.count or 0 for event in events), default=0)
    if present:
        return least(share, present), least(share, present)
    return share["never_below"], least(share, seats)


def _may_need_special(course: Course, parameters: Mapping[str, Any]) -> bool:
    """True for a constitutional law, a bill of unknown kind, and titles that name the border or the Constitution."""
    kind = course.timeline.subject.bill_kind
    if kind is None or kind in parameters["special_kinds"]:
        return True
    return course.is_titled(parameters["special_titles"])
