"""R23: the quorum of a plenary sitting (art. 81 p. 2–4; in 2011 art. 82)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.checks.shares import is_enough_with_vacancies, least
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings
from vocab.timeline import Event, EventKind, Timeline

_VOTES = frozenset({EventKind.VOTE, EventKind.PUT_TO_VOTE, EventKind.BALLOT, EventKind.ADOPTED, EventKind.REJECTED})


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
    registered are a discrepancy, for a person to judge.
    """
    seats = rules.parliament.seats_on(day)
    if seats is None:
        return ()
    events = timeline.of(EventKind.REGISTRATION, EventKind.HEAD_COUNT)
    question = Question(check_id="R23", day=day, events=events)
    return question.ask(rules, lambda matter: _judge(matter, timeline, seats))


def _judge(matter: Matter, timeline: Timeline, seats: int) -> Judgement:
    quorum = least(matter.rule.parameters["quorum"], seats)
    registered = _counts(timeline.of(EventKind.REGISTRATION))
    counted = _counts(timeline.of(EventKind.HEAD_COUNT))
    figures: dict[str, Any] = {"seats": seats, "quorum": quorum}
    if counted:
        figures["counted"] = min(counted)
    if not registered:
        return matter.cannot_tell(Quorum.ONLY_COUNTED if counted else Quorum.NO_REGISTRATION, figures)
    figures |= {"registered": registered, "lowest": min(registered), "highest": max(registered)}
    return _with_registrations(matter, timeline.events, figures)


def _counts(events: Sequence[Event]) -> list[int]:
    return [event.count for event in events if event.count is not None]


def _with_registrations(matter: Matter, events: Sequence[Event], figures: dict[str, Any]) -> Judgement:
    quorum: int = figures["quorum"]
    gaps = _gaps(events, quorum)
    voted = [gap.registered for gap in gaps if gap.has_vote()]
    if voted:
        notes = _vacancies(matter, min(voted), figures["seats"])
        return matter.broken(Quorum.VOTE_WITHOUT_QUORUM, figures | {"at_vote": min(voted)}, *notes)
    if figures.get("counted", quorum) < quorum <= figures["highest"]:
        return matter.broken(Quorum.COUNTED_BELOW, figures, ReviewNote.DISCREPANCY)
    if not gaps:
        return matter.kept(Quorum.QUORUM_PRESENT, figures)
    if figures["highest"] < quorum:
        return matter.cannot_tell(Quorum.NEVER_REACHED, figures, ReviewNote.VOTES_AFTER)
    if figures["registered"][-1] < quorum:
        last = figures | {"last": figures["registered"][-1]}
        return matter.cannot_tell(Quorum.LAST_REGISTRATION_BELOW, last, ReviewNote.VOTES_AFTER)
    return matter.kept(Quorum.QUORUM_RESTORED, figures, *_doubts_of_breaks(matter, gaps))


@dataclass(frozen=True, slots=True)
class _Gap:
    """A registration below the quorum, and what its record tells until the next registration."""

    registered: int
    between: tuple[Event, ...]

    def has_vote(self) -> bool:
        return any(event.kind in _VOTES for event in self.between)

    def breaks(self) -> list[Event]:
        return [event for event in self.between if event.kind is EventKind.BREAK]


def _gaps(events: Sequence[Event], quorum: int) -> list[_Gap]:
    marks = [event for event in events if event.kind is EventKind.REGISTRATION]
    return [_gap(mark, mark.count, events) for mark in marks if mark.count is not None and mark.count < quorum]


def _gap(mark: Event, count: int, events: Sequence[Event]) -> _Gap:
    """Only events of one record have an order: a vote list of the same day has no place before or after a mark."""
    after = [event for event in events if event.evidence.record == mark.evidence.record and event.seq > mark.seq]
    until = next((event.seq for event in after if event.kind is EventKind.REGISTRATION), None)
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
