"""What the checks of sittings share: which they look at, and who is who in them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from tracker.editions import RuleBook
from tracker.judgement import Judgement, Surroundings
from vocab.bodies import Body
from vocab.text import fold
from vocab.timeline import Event, EventKind, SubjectKind, Timeline, Who

_ON_THE_SITE = frozenset({EventKind.PUBLISHED, EventKind.NOT_PUBLISHED})
_ONLY_PLANNED = _ON_THE_SITE | {
    *(EventKind.INITIATIVE, EventKind.ANNOUNCED, EventKind.SCHEDULED, EventKind.CANCELLED, EventKind.PRESS)
}


@dataclass(frozen=True, slots=True)
class SittingCheck:
    """A check of sittings of these bodies: it has nothing to say of others, and of sittings that were called off.

    `reasons` are all that `judge_sitting` can give.
    """

    id: str
    judge_sitting: Callable[[Timeline, date, RuleBook, Surroundings], tuple[Judgement, ...]]
    reasons: type[StrEnum]
    bodies: frozenset[Body] = frozenset(Body)
    subject: ClassVar[SubjectKind] = SubjectKind.SITTING

    def judge(self, timeline: Timeline, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
        """The judgements on a sitting; none where there is nothing to judge."""
        subject = timeline.subject
        if subject.body not in self.bodies or subject.cancelled or subject.day is None:
            return ()
        return self.judge_sitting(timeline, subject.day, rules, around)


@dataclass(frozen=True, slots=True)
class PlenaryCheck(SittingCheck):
    """A check of plenary sittings."""

    bodies: frozenset[Body] = frozenset({Body.PLENARY})


@dataclass(frozen=True, slots=True)
class CommitteeCheck(SittingCheck):
    """A check of sittings of committees."""

    bodies: frozenset[Body] = frozenset({Body.COMMITTEE})


def one_per_record(events: Iterable[Event]) -> tuple[Event, ...]:
    """The first event of each record: enough to show where a sitting is told of. What the site showed is left out."""
    first: dict[str, Event] = {}
    for event in events:
        if event.kind not in _ON_THE_SITE:
            first.setdefault(event.evidence.record, event)
    return tuple(first.values())


def own_events(timeline: Timeline) -> tuple[Event, ...]:
    """The events of the sitting itself: without the members of a committee, and without the plenaries of its day."""
    others = Body.PLENARY if timeline.subject.body is Body.COMMITTEE else None
    own = (event for event in timeline.events if event.kind is not EventKind.MEMBER)
    return tuple(event for event in own if event.body is None or event.body is not others)


def was_held(timeline: Timeline) -> bool:
    """True when a sitting is known to have been held, not only announced; a protocol may tell nothing but its day."""
    return "protocol" in timeline.sources or shows_sitting(own_events(timeline))


def shows_sitting(events: Iterable[Event]) -> bool:
    """True where one of the events is more than an announcement."""
    return any(event.kind not in _ONLY_PLANNED for event in events)


def was_closed(timeline: Timeline) -> bool:
    """True when the whole sitting was held without the public, not only an item of it."""
    return any(event.bill_id is None and event.about is None for event in timeline.of(EventKind.CLOSED))


def same_person(one: Who | None, other: Who | None) -> bool | None:
    """True or False where both are resolved, True where they are written alike; None where it cannot be told."""
    if one is None or other is None:
        return None
    if one.person_id and other.person_id:
        return one.person_id == other.person_id
    return True if fold(one.written) == fold(other.written) else None


def is_among(who: Who | None, others: Iterable[Who | None]) -> bool | None:
    """True when a person is among others, False when certainly not, None where it cannot be told."""
    answers = {same_person(who, other) for other in others}
    if True in answers:
        return True
    return None if None in answers else False


def written(who: Who | None) -> str:
    """The name as its source writes it, a dash where it names nobody."""
    return who.written if who else "—"
