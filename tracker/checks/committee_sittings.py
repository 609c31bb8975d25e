"""R24: the quorum of a committee's sitting (art. 25 p. 3, art. 42 p. 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.checks.head_counts import Moment, moments, source
from tracker.checks.quorum import DECIDING, REGISTRATIONS, doubts_of_counts
from tracker.checks.shares import least
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Matter, Question, ReviewNote, Surroundings
from vocab.timeline import Event, EventKind, Timeline

NO_QUORUM = "no_quorum"
"""The choice of a registration at which the chair said that there was no quorum; its number may be unknown."""

_UNKNOWN = "—"
_DECIDED = DECIDING | {EventKind.CONSIDERED, EventKind.COMMITTEE_DECISION}
_PUT_OFF = (EventKind.POSTPONED, EventKind.CANCELLED)


class CommitteeQuorum(StrEnum):
    """What R24 can say."""

    QUORUM_PRESENT = "quorum_present"
    DECIDED_WITHOUT_QUORUM = "decided_without_quorum"
    BELOW = "below"
    NOT_HELD = "not_held"
    MEMBERS_UNKNOWN = "members_unknown"
    NOBODY_COUNTED = "nobody_counted"


def committee_quorum(timeline: Timeline, day: date, rules: RuleBook, _: Surroundings) -> tuple[Judgement, ...]:
    """R24, once a committee's sitting: more than half of its members take part.

    A sitting without a quorum that was put off decided nothing. *Broken* needs a decision after the count.
    """
    told = timeline.of(*REGISTRATIONS, EventKind.HEAD_COUNT, EventKind.MEMBER, *_PUT_OFF)
    question = Question(check_id="R24", day=day, events=told)
    return question.ask(rules, lambda matter: _judge(matter, timeline))


@dataclass(frozen=True, slots=True)
class _Count:
    """Who took part at one moment: a registration, or observers' counts; `present` None: too few, the number unknown.

    `decided` are the decisions that the same source tells until the next count.
    """

    present: int | None
    decided: tuple[Event, ...]
    is_observed: bool


def _judge(matter: Matter, timeline: Timeline) -> Judgement:
    members = {event.who.person_id or event.who.written for event in timeline.of(EventKind.MEMBER) if event.who}
    observed = moments(timeline.of(EventKind.HEAD_COUNT), matter.rule.parameters["counts"])
    counts = [*_registered(timeline), *(_counted(moment, timeline) for moment in observed)]
    if not counts:
        return matter.cannot_tell(CommitteeQuorum.NOBODY_COUNTED, {"members": len(members)} if members else {})
    present = [one.present for one in counts if one.present is not None]
    figures: dict[str, Any] = {"present": present or _UNKNOWN, "members": len(members) or _UNKNOWN}
    if not members and len(present) == len(counts):
        return matter.cannot_tell(CommitteeQuorum.MEMBERS_UNKNOWN, figures)
    quorum = least(matter.rule.parameters["quorum"], len(members))
    below = [one for one in counts if one.present is None or (members and one.present < quorum)]
    figures |= {"quorum": quorum if members else _UNKNOWN}
    if not below:
        return matter.kept(CommitteeQuorum.QUORUM_PRESENT, figures)
    return _without_quorum(matter, timeline, below, figures | {"doubts": doubts_of_counts(matter, observed)})


def _without_quorum(
    matter: Matter, timeline: Timeline, below: Sequence[_Count], figures: Mapping[str, Any]
) -> Judgement:
    notes: list[ReviewNote] = figures["doubts"]
    shown = {name: value for name, value in figures.items() if name != "doubts"}
    decided = [one for one in below if one.decided]
    if decided:
        seen = [ReviewNote.OBSERVER_ONLY] if all(one.is_observed for one in decided) else []
        seen += [ReviewNote.LIST_OF_SITE] if timeline.of(EventKind.MEMBER) else []
        return matter.broken(CommitteeQuorum.DECIDED_WITHOUT_QUORUM, shown, *seen, *notes)
    if timeline.of(*_PUT_OFF):
        return matter.not_applicable(CommitteeQuorum.NOT_HELD, shown)
    return matter.cannot_tell(CommitteeQuorum.BELOW, shown, ReviewNote.VOTES_AFTER)


def _registered(timeline: Timeline) -> list[_Count]:
    marks = timeline.of(*REGISTRATIONS)
    told = [mark for mark in marks if mark.count is not None or mark.choice == NO_QUORUM]
    return [
        _Count(mark.count, _until_next(mark, timeline), mark.kind is EventKind.OBSERVED_REGISTRATION) for mark in told
    ]


def _counted(moment: Moment, timeline: Timeline) -> _Count:
    decided = tuple(one for event in moment.events for one in _until_next(event, timeline))
    return _Count(moment.counted, decided, is_observed=True)


def _until_next(mark: Event, timeline: Timeline) -> tuple[Event, ...]:
    """The decisions that a source tells after a count and before its next one."""
    after = [event for event in timeline.events if source(event) == source(mark) and event.seq > mark.seq]
    counting = (*REGISTRATIONS, EventKind.HEAD_COUNT)
    until = next((event.seq for event in after if event.kind in counting), None)
    return tuple(event for event in after if event.kind in _DECIDED and (until is None or event.seq < until))
