"""What the checks would ask of somebody who is in the room: *cannot tell* becomes a question on the form. Pure.

For an item of an agenda the bill is taken as if it were put to the vote and adopted that day in its readings, in a
committee as if it decided: what the checks could not tell then is what has to be seen there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.asks import ASKS
from tracker.checks import judge_all
from tracker.checks.veto import VETOED_LAW
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """A bill on an agenda: the day, the body that takes it up, and the readings as the agenda has them."""

    day: date
    body: Body = Body.PLENARY
    readings: frozenset[int] = frozenset()


def questions_on_bill(timeline: Timeline, taken: TakenUp, book: RuleBook, around: Surroundings) -> tuple[Question, ...]:
    """What has to be seen when this bill is taken up."""
    known = tuple(event for event in timeline.events if event.day <= taken.day)
    supposed = _supposed(replace(timeline, events=known), taken, book.parliament.last_reading)
    events = (*known, *supposed)
    return _questions(judge_all(replace(timeline, events=events), book, around), taken.day)


def _supposed(timeline: Timeline, taken: TakenUp, last: int) -> tuple[Event, ...]:
    """A committee decides; the plenary adopts, or votes again on a law that came back with objections."""
    event = Event(
        kind=EventKind.COMMITTEE_DECISION,
        day=taken.day,
        evidence=Evidence(record="question:the bill is taken up"),
        body=taken.body,
        bill_id=timeline.subject.id,
        readings=taken.readings or _next_reading(timeline, taken.day, last),
    )
    if taken.body is Body.COMMITTEE:
        return (event,)
    if _came_back(timeline):
        return (replace(event, kind=EventKind.OVERRIDE, readings=frozenset(), votes=Votes()),)
    return (
        replace(event, kind=EventKind.PUT_TO_VOTE, votes=Votes()),
        replace(event, kind=EventKind.ADOPTED, votes=Votes()),
    )


def _came_back(timeline: Timeline) -> bool:
    """True where the newest of adoption, objections and the vote on these are the objections."""
    told = timeline.of(EventKind.ADOPTED, EventKind.VETOED, EventKind.RECEIVED, EventKind.OVERRIDE)
    told = tuple(one for one in told if one.kind is not EventKind.RECEIVED or one.what == VETOED_LAW)
    return bool(told) and told[-1].kind in (EventKind.VETOED, EventKind.RECEIVED)


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
