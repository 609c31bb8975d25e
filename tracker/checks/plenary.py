"""What checks of plenary sittings share: which sittings they look at, and who is who in them."""

from collections.abc import Iterable
from datetime import date

from vocab.bodies import Body
from vocab.text import fold
from vocab.timeline import Event, Timeline, Who


def plenary_day(timeline: Timeline) -> date | None:
    """The day of a plenary sitting that was held; None for a committee, a cancelled sitting or an unknown day."""
    subject = timeline.subject
    return subject.day if subject.body is Body.PLENARY and not subject.cancelled else None


def one_per_record(events: Iterable[Event]) -> tuple[Event, ...]:
    """The first event of each record: enough to show where a sitting is told of."""
    first: dict[str, Event] = {}
    for event in events:
        first.setdefault(event.evidence.record, event)
    return tuple(first.values())


def same_person(one: Who | None, other: Who | None) -> bool | None:
    """True or False where both are resolved or written alike; None where it cannot be told."""
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
    """The name as its source writes it; "" where it names nobody."""
    return who.written if who else ""
