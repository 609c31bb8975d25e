"""What the checks would ask of somebody who is in the room: *cannot tell* becomes a question on the form. Pure.

For an item of an agenda the bill is taken as if it were put to the vote and adopted that day in its readings: what the
checks could not tell then is what has to be seen there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.asks import ASKS
from tracker.checks import judge_all
from tracker.editions import RuleBook
from tracker.judgement import Judgement, Surroundings
from vocab.bodies import Body
from vocab.observation import ObservationKind
from vocab.timeline import Event, EventKind, Evidence, Timeline, Votes
from vocab.verdicts import Verdict

_ORDER = {kind: place for place, kind in enumerate(ObservationKind)}
_ON_PAPER = frozenset({ObservationKind.DOCUMENT, ObservationKind.MATERIALS})
"""What can still be seen after its day: the others are asked of the day itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: the kind of note that answers it, and the checks that ask, by id and reason."""

    kind: ObservationKind
    asked_by: tuple[tuple[str, str], ...]


def questions_on_bill(
    timeline: Timeline, day: date, readings: frozenset[int], book: RuleBook, around: Surroundings
) -> tuple[Question, ...]:
    """What has to be seen when this bill is taken up on a day; `readings` as the agenda has them."""
    taken = readings or _next_reading(timeline, day, book.parliament.last_reading)
    supposed = Event(
        kind=EventKind.PUT_TO_VOTE,
        day=day,
        evidence=Evidence(record="question:the bill is taken up"),
        body=Body.PLENARY,
        bill_id=timeline.subject.id,
        readings=taken,
        votes=Votes(),
    )
    known = [event for event in timeline.events if event.day <= day]
    events = (*known, supposed, replace(supposed, kind=EventKind.ADOPTED))
    return _questions(judge_all(replace(timeline, events=events), book, around), day)


def questions_on_sitting(timeline: Timeline, book: RuleBook, around: Surroundings) -> tuple[Question, ...]:
    """What has to be seen of a sitting as a whole; nothing of one whose day is unknown."""
    day = timeline.subject.day
    return _questions(judge_all(timeline, book, around), day) if day else ()


def _next_reading(timeline: Timeline, day: date, last: int) -> frozenset[int]:
    """The reading after the latest that was adopted before the day."""
    adopted = [event.readings for event in timeline.of(EventKind.ADOPTED) if event.day < day]
    latest = max((reading for readings in adopted for reading in readings), default=0)
    return frozenset({min(latest + 1, last)})


def _questions(judgements: Iterable[Judgement], day: date) -> tuple[Question, ...]:
    """A question a kind of note, in the order of the form."""
    asked: dict[ObservationKind, list[tuple[str, str]]] = {}
    for one in judgements:
        if one.verdict is not Verdict.CANNOT_TELL:
            continue
        for kind in ASKS.get((one.check_id, one.reason), ()):
            if one.day >= day or kind in _ON_PAPER:
                asked.setdefault(kind, []).append((one.check_id, one.reason))
    return tuple(
        Question(kind=kind, asked_by=tuple(dict.fromkeys(asked[kind])))
        for kind in sorted(asked, key=_ORDER.__getitem__)
    )
