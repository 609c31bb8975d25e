"""What the checks of plenary sittings share: which they look at, and who is who in them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from tracker.editions import RuleBook
from tracker.judgement import Judgement, Surroundings
from vocab.bodies import Body
from vocab.text import fold
from vocab.timeline import Event, SubjectKind, Timeline, Who


@dataclass(frozen=True, slots=True)
class PlenaryCheck:
    """A check of plenary sittings: it has nothing to say of committees and of sittings that were called off.

    `reasons` are all that `judge_sitting` can give.
    """

    id: str
    judge_sitting: Callable[[Timeline, date, RuleBook, Surroundings], tuple[Judgement, ...]]
    reasons: type[StrEnum]
    subject: ClassVar[SubjectKind] = SubjectKind.SITTING

    def judge(self, timeline: Timeline, rules: RuleBook, around: Surroundings) -> tuple[Judgement, ...]:
        """The judgements on a sitting; none where there is nothing to judge."""
        subject = timeline.subject
        if subject.body is not Body.PLENARY or subject.cancelled or subject.day is None:
            return ()
        return self.judge_sitting(timeline, subject.day, rules, around)


def one_per_record(events: Iterable[Event]) -> tuple[Event, ...]:
    """The first event of each record: enough to show where a sitting is told of."""
    first: dict[str, Event] = {}
    for event in events:
        first.setdefault(event.evidence.record, event)
    return tuple(first.values())


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
