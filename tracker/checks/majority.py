"""The majority by which a law is adopted (R25)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.checks.course import DECISIVE, LAST_READING, OUTCOMES, Course, Step, in_plenary, named
from tracker.checks.shares import enough_with_vacancies, least
from tracker.judgement import Figures, Judgement, Matter, ReviewNote, Surroundings
from vocab.bodies import convocation_on
from vocab.text import fold
from vocab.timeline import Event, EventKind, Subject


class Majority(StrEnum):
    """What R25 can say."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    TOO_FEW = "too_few"
    FIGURES_UNKNOWN = "figures_unknown"
    FIGURES_DISAGREE = "figures_disagree"
    OUTCOME_UNKNOWN = "outcome_unknown"
    OUTCOMES_DISAGREE = "outcomes_disagree"
    REJECTED_BY_MAJORITY = "rejected_by_majority"
    THRESHOLD_UNCLEAR = "threshold_unclear"
    SEATS_UNKNOWN = "seats_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Threshold:
    """Votes that are certainly needed (`low`, by `share` of the seats), and that certainly suffice (`high`)."""

    seats: int
    low: int
    high: int
    share: Figures


def law_majority(course: Course, _around: Surroundings) -> tuple[Judgement, ...]:
    """R25: one judgement a vote. Art. 53 p. 19 and art. 84 p. 8; before 2022 the Constitution."""
    return tuple(
        course.ask(ballot.day, ballot.events, lambda matter, ballot=ballot: _judge(matter, ballot, course), case=case)
        for case, ballot in named(_ballots(course.timeline.events))
    )


def _ballots(events: Iterable[Event]) -> tuple[Step, ...]:
    """The votes of each day by the readings they were on, each with what came out of the day for these readings.

    An outcome that no vote is told for is a vote whose figures are unknown.
    """
    decided = [event for event in events if event.kind in DECISIVE and event.readings and in_plenary(event)]
    cast = [event for event in decided if _is_cast(event)]
    alone = [event for event in decided if not any(_same_vote(event, vote) for vote in cast)]
    keys = {(event.day, tuple(sorted(event.readings))) for event in (*cast, *alone)}
    return tuple(_ballot(day, frozenset(readings), decided) for day, readings in sorted(keys))


def _is_cast(event: Event) -> bool:
    return event.kind not in OUTCOMES or _in_favour(event) is not None


def _same_vote(event: Event, other: Event) -> bool:
    return event.day == other.day and bool(event.readings & other.readings)


def _ballot(day: date, readings: frozenset[int], decided: Iterable[Event]) -> Step:
    about = [
        event
        for event in decided
        if event.day == day and (event.readings == readings or (event.kind in OUTCOMES and event.readings & readings))
    ]
    return Step(day=day, readings=readings, events=tuple(about))


def _in_favour(event: Event) -> int | None:
    return event.votes.in_favour if event.votes else None


def _judge(matter: Matter, ballot: Step, course: Course) -> Judgement:
    told = {_in_favour(event) for event in ballot.events if event.readings == ballot.readings}
    votes = sorted(number for number in told if number is not None)
    base = {"readings": sorted(ballot.readings), "date": ballot.day.isoformat()}
    if not votes:
        return matter.cannot_tell(Majority.FIGURES_UNKNOWN, base)
    convocation = convocation_on(ballot.day)
    if convocation is None:
        return matter.cannot_tell(Majority.SEATS_UNKNOWN, base)
    threshold = _threshold(matter, ballot, course.timeline.subject, convocation.seats)
    answers = [_with_figures(matter, ballot, threshold, number) for number in votes]
    if len({(answer.verdict, answer.reason) for answer in answers}) > 1:
        return matter.cannot_tell(Majority.FIGURES_DISAGREE, base | {"told": votes})
    return answers[0]


def _with_figures(matter: Matter, ballot: Step, threshold: _Threshold, number: int) -> Judgement:
    figures = {
        "readings": sorted(ballot.readings),
        "date": ballot.day.isoformat(),
        "in_favour": number,
        "seats": threshold.seats,
        "needed": threshold.low,
    }
    if len(ballot.outcomes) != 1:
        reason = Majority.OUTCOMES_DISAGREE if ballot.outcomes else Majority.OUTCOME_UNKNOWN
        return matter.cannot_tell(reason, figures)
    if threshold.low <= number < threshold.high:
        return matter.cannot_tell(Majority.THRESHOLD_UNCLEAR, {**figures, "needed_at_most": threshold.high})
    if EventKind.ADOPTED in ballot.outcomes:
        return _adopted(matter, threshold, number, figures)
    if number >= threshold.high:
        return matter.cannot_tell(Majority.REJECTED_BY_MAJORITY, figures)
    return matter.kept(Majority.NOT_ADOPTED, figures)


def _adopted(matter: Matter, threshold: _Threshold, number: int, figures: Figures) -> Judgement:
    if number >= threshold.high:
        return matter.kept(Majority.ADOPTED, {**figures, "needed": threshold.high})
    vacancies = matter.rule.parameters["vacancies"]
    excusable = enough_with_vacancies(number, threshold.share, threshold.seats, vacancies)
    return matter.broken(Majority.TOO_FEW, figures, *((ReviewNote.VACANCIES,) if excusable else ()))


def _threshold(matter: Matter, ballot: Step, subject: Subject, seats: int) -> _Threshold:
    parameters = matter.rule.parameters
    ordinary, special = parameters["majority"], parameters["special"]
    low = high = least(ordinary, seats)
    share = ordinary
    if ordinary.get("of") == "present":
        low, high = _of_present(ordinary, ballot.events, seats)
    if _may_need_special(subject, parameters):
        high = least(special, seats)
        if subject.bill_kind in parameters["special_kinds"] and LAST_READING in ballot.readings:
            low, share = high, special
    return _Threshold(seats=seats, low=low, high=high, share=share)


def _of_present(share: Figures, events: Sequence[Event], seats: int) -> tuple[int, int]:
    """A majority of those present: between its floor and that of all seats where their number is not told."""
    present = max((event.count or 0 for event in events), default=0)
    if present:
        return least(share, present), least(share, present)
    return share["never_below"], least(share, seats)


def _may_need_special(subject: Subject, parameters: Figures) -> bool:
    """True for a constitutional law, a bill of unknown kind, and titles that name the border or the Constitution."""
    if subject.bill_kind is None or subject.bill_kind in parameters["special_kinds"]:
        return True
    return any(words in fold(subject.title) for words in parameters["special_titles"])
