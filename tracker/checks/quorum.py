"""R23: the quorum of a plenary sitting (art. 81 p. 2–4; in 2011 art. 82)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from tracker.checks.head_counts import Moment, moments, source
from tracker.checks.shares import is_enough_with_vacancies, least
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings
from vocab.timeline import Event, EventKind, Timeline

DECIDING = frozenset(
    {
        EventKind.VOTE,
        EventKind.PUT_TO_VOTE,
        EventKind.BALLOT,
        EventKind.ADOPTED,
        EventKind.REJECTED,
        EventKind.OBSERVED_VOTE,
    }
)
"""What shows that a sitting decided."""

REGISTRATIONS = (EventKind.REGISTRATION, EventKind.OBSERVED_REGISTRATION)


class Quorum(StrEnum):
    """What R23 can say."""

    QUORUM_PRESENT = "quorum_present"
    QUORUM_RESTORED = "quorum_restored"
    VOTE_WITHOUT_QUORUM = "vote_without_quorum"
    COUNTED_BELOW = "counted_below"
    LAST_REGISTRATION_BELOW = "last_registration_below"
    NEVER_REACHED = "never_reached"
    NO_REGISTRATION = "no_registration"
    ONLY_COUNTED = "only_counted"


def plenary_quorum(timeline: Timeline, day: date, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R23, once a plenary sitting.

    A registration below the quorum is lawful when a registration with a quorum follows before anything is decided:
    the chair announces a break (p. 3). A last registration below it makes the sitting void from then on (p. 4); that
    is broken only where a vote after it is known. Observers who counted fewer than the quorum while enough had
    registered are a discrepancy, for a person to judge. Until a protocol tells the registrations, those count that
    observers heard announced.
    """
    seats = rules.parliament.seats_on(day)
    if seats is None:
        return ()
    marks = registrations(timeline)
    events = (*marks, *timeline.of(EventKind.HEAD_COUNT))
    question = Question(check_id="R23", day=day, events=events)
    return question.ask(rules, lambda matter: _judge(matter, _Hall(timeline, marks), seats))


def registrations(timeline: Timeline) -> tuple[Event, ...]:
    """The registrations of the record; where it gives no number, those that observers heard announced."""
    recorded = timeline.of(EventKind.REGISTRATION)
    if any(event.count is not None for event in recorded):
        return recorded
    return (*recorded, *timeline.of(EventKind.OBSERVED_REGISTRATION))


def registered_by(timeline: Timeline, at: time | None) -> int | None:
    """The number that had registered at a time: the last registration before it whose time is told.

    Where no time is told, the highest of the day: a doubt speaks for the parliament. None: none is known.
    """
    told = [event for event in timeline.of(*REGISTRATIONS) if event.count is not None]
    timed = sorted((event.at, event.count or 0) for event in told if event.at and at and event.at <= at)
    if timed:
        return timed[-1][1]
    return max((event.count or 0 for event in told), default=None)


@dataclass(frozen=True, slots=True)
class _Hall:
    """A sitting's timeline and its registrations."""

    timeline: Timeline
    marks: tuple[Event, ...]

    def registered(self) -> list[int]:
        return [event.count for event in self.marks if event.count is not None]

    def is_heard(self) -> bool:
        """True where only observers tell the numbers."""
        return all(event.kind is EventKind.OBSERVED_REGISTRATION for event in self.marks if event.count is not None)


def _judge(matter: Matter, hall: _Hall, seats: int) -> Judgement:
    parameters = matter.rule.parameters
    quorum = least(parameters["quorum"], seats)
    counted = moments(hall.timeline.of(EventKind.HEAD_COUNT), parameters["counts"])
    registered = hall.registered()
    figures: dict[str, Any] = {"seats": seats, "quorum": quorum}
    if counted:
        figures |= {"counted": min(one.counted for one in counted), "head_counts": _table(matter, hall, counted)}
    if not registered:
        return matter.cannot_tell(Quorum.ONLY_COUNTED if counted else Quorum.NO_REGISTRATION, figures)
    figures |= {"registered": registered, "lowest": min(registered), "highest": max(registered)}
    return _with_registrations(matter, hall, figures, _below(hall.timeline, counted, quorum))


def _table(matter: Matter, hall: _Hall, counted: Sequence[Moment]) -> list[dict[str, Any]]:
    """Every count of the hall: when, by each observer, whether they agree, and how many had registered before."""
    within: str = matter.rule.parameters["counts"]["agreement"]
    return [one.figures(within) | {"registered": registered_by(hall.timeline, one.at)} for one in counted]


def _below(timeline: Timeline, counted: Sequence[Moment], quorum: int) -> list[Moment]:
    """The moments at which observers saw no quorum though enough had registered before."""
    return [one for one in counted if one.counted < quorum and quorum <= (registered_by(timeline, one.at) or 0)]


def _with_registrations(matter: Matter, hall: _Hall, figures: dict[str, Any], below: Sequence[Moment]) -> Judgement:
    quorum: int = figures["quorum"]
    heard = [ReviewNote.OBSERVER_ONLY] if hall.is_heard() else []
    gaps = _gaps(hall, quorum)
    voted = [gap.registered for gap in gaps if gap.has_vote()]
    if voted:
        notes = _vacancies(matter, min(voted), figures["seats"])
        return matter.broken(Quorum.VOTE_WITHOUT_QUORUM, figures | {"at_vote": min(voted)}, *notes, *heard)
    if below:
        lowest = figures | {"counted": min(one.counted for one in below)}
        notes = [ReviewNote.DISCREPANCY, *doubts_of_counts(matter, below), *heard]
        return matter.broken(Quorum.COUNTED_BELOW, lowest, *notes)
    if not gaps:
        return matter.kept(Quorum.QUORUM_PRESENT, figures)
    if figures["highest"] < quorum:
        return matter.cannot_tell(Quorum.NEVER_REACHED, figures, ReviewNote.VOTES_AFTER)
    if figures["registered"][-1] < quorum:
        last = figures | {"last": figures["registered"][-1]}
        return matter.cannot_tell(Quorum.LAST_REGISTRATION_BELOW, last, ReviewNote.VOTES_AFTER)
    return matter.kept(Quorum.QUORUM_RESTORED, figures, *_doubts_of_breaks(matter, gaps))


def doubts_of_counts(matter: Matter, counted: Sequence[Moment]) -> list[ReviewNote]:
    """A note where two observers counted one hall differently: the higher figure was taken."""
    within: str = matter.rule.parameters["counts"]["agreement"]
    return [] if all(one.agrees(within) for one in counted) else [ReviewNote.COUNTS_DISAGREE]


@dataclass(frozen=True, slots=True)
class _Gap:
    """A registration below the quorum, and what its source tells until the next registration."""

    registered: int
    between: tuple[Event, ...]

    def has_vote(self) -> bool:
        return any(event.kind in DECIDING for event in self.between)

    def breaks(self) -> list[Event]:
        return [event for event in self.between if event.kind in (EventKind.BREAK, EventKind.OBSERVED_BREAK)]


def _gaps(hall: _Hall, quorum: int) -> list[_Gap]:
    low = [mark for mark in hall.marks if mark.count is not None and mark.count < quorum]
    return [_gap(mark, mark.count or 0, hall.timeline.events) for mark in low]


def _gap(mark: Event, count: int, events: Sequence[Event]) -> _Gap:
    """Only events of one source have an order: a vote list of the same day has no place before or after a mark."""
    after = [event for event in events if source(event) == source(mark) and event.seq > mark.seq]
    until = next((event.seq for event in after if event.kind in REGISTRATIONS), None)
    return _Gap(count, tuple(event for event in after if until is None or event.seq < until))


def _doubts_of_breaks(matter: Matter, gaps: Sequence[_Gap]) -> list[ReviewNote]:
    """Art. 81 p. 3 and 4 have a break of so many minutes between the low registration and the next."""
    breaks = [gap.breaks() for gap in gaps]
    notes = [] if all(breaks) else [ReviewNote.BREAK_NOT_RECORDED]
    allowed: int | None = matter.rule.parameters.get("break_minutes")
    if allowed and any(event.minutes is None or event.minutes > allowed for gap in breaks for event in gap):
        notes.append(ReviewNote.BREAK_LENGTH)
    return notes


def _vacancies(matter: Matter, count: int, seats: int) -> list[ReviewNote]:
    parameters = matter.rule.parameters
    excusable = is_enough_with_vacancies(count, parameters["quorum"], seats, parameters["vacancies"])
    return [ReviewNote.VACANCIES] if excusable else []
