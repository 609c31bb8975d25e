"""The readings of a bill as steps in time, for the checks that count between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vocab.timeline import Event, EventKind, Evidence, Timeline

LAWS = frozenset({"law", "constitutional_law", "code", "ratification"})
OUTCOMES = (EventKind.ADOPTED, EventKind.REJECTED, EventKind.RETURNED)
HANDLED = (EventKind.CONSIDERED, EventKind.PUT_TO_VOTE, EventKind.VOTE, *OUTCOMES)


@dataclass(frozen=True, slots=True)
class Step:
    """A day on which the parliament took a bill in one or more readings.

    `adopted`: the readings that are known to have been adopted on that day; `ground` the lawful ground of taking
    readings together, where it is known.
    """

    day: date
    readings: frozenset[int]
    adopted: frozenset[int]
    ground: str | None
    evidence: tuple[Evidence, ...]


def steps(timeline: Timeline) -> tuple[Step, ...]:
    """The days of readings in order; what several sources tell of one day is one step."""
    by_day: dict[date, list[Event]] = {}
    for event in timeline.of(*HANDLED):
        if event.readings:
            by_day.setdefault(event.day, []).append(event)
    return tuple(_step(day, by_day[day]) for day in sorted(by_day))


def _step(day: date, events: Iterable[Event]) -> Step:
    events = tuple(events)
    return Step(
        day=day,
        readings=frozenset().union(*(event.readings for event in events)),
        adopted=frozenset().union(*(event.readings for event in events if event.kind is EventKind.ADOPTED)),
        ground=next((event.ground for event in events if event.ground), None),
        evidence=tuple(event.evidence for event in events),
    )


def is_law(timeline: Timeline) -> bool:
    """True for a draft that becomes a law: resolutions have no readings."""
    return timeline.subject.bill_kind in LAWS


def adoptions(timeline: Timeline) -> tuple[Step, ...]:
    """The steps at which readings are known to have been adopted."""
    return tuple(step for step in steps(timeline) if step.adopted)
