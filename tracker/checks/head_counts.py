"""The hall as observers counted it: counts of one moment side by side, and how far they agree.

Where two observers counted differently, the higher figure counts: a doubt speaks for the parliament.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from fractions import Fraction
from typing import Any

from vocab.timeline import Event

_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Moment:
    """Counts that belong together, one an observer; each event has a count."""

    events: tuple[Event, ...]

    @property
    def at(self) -> time | None:
        """The time of the first of them, None where none is told."""
        return next((event.at for event in self.events if event.at), None)

    @property
    def told(self) -> tuple[int, ...]:
        """What each observer counted."""
        return tuple(event.count or 0 for event in self.events)

    @property
    def counted(self) -> int:
        """The figure to judge by: the higher one."""
        return max(self.told)

    def agrees(self, within: str) -> bool:
        """True where the counts lie within a share of the higher one ("1/20"), or one observer counted alone."""
        return self.counted - min(self.told) <= Fraction(within) * self.counted

    def figures(self, within: str) -> dict[str, Any]:
        """The moment for a table: time, figures of all observers, the one that counts, and whether they agree."""
        shown = {"told": list(self.told), "counted": self.counted, "agree": self.agrees(within)}
        return ({"at": clock(self.at)} if self.at else {}) | shown


def moments(events: Iterable[Event], counts: Mapping[str, Any]) -> tuple[Moment, ...]:
    """The counts by moments, in order: two observers within so many minutes counted the same hall.

    `counts` are a rule's parameters {together_minutes, agreement}. Counts without a time go together by their order.
    """
    groups: list[list[Event]] = []
    for event in sorted((one for one in events if one.count is not None), key=_in_order):
        fitting = [group for group in groups if _fits(group, event, counts["together_minutes"])]
        if fitting:
            fitting[0].append(event)
        else:
            groups.append([event])
    return tuple(Moment(tuple(group)) for group in groups)


def last_before(found: Iterable[Moment], at: time, within_minutes: int) -> Moment | None:
    """The last moment before a time of day, None where none lies within so many minutes before it."""
    near = [(one.at, one) for one in found if one.at and 0 <= minute(at) - minute(one.at) <= within_minutes]
    return max(near, key=lambda pair: pair[0])[1] if near else None


def last_in_order(found: Iterable[Moment], told: Collection[Event]) -> Moment | None:
    """The last moment that a source of one of these events tells before it, None where none does."""
    before = [
        (event.seq, one)
        for one in found
        for event in one.events
        if any(source(event) == source(later) and event.seq < later.seq for later in told)
    ]
    return max(before, key=lambda pair: pair[0])[1] if before else None


def source(event: Event) -> str:
    """Whose order an event stands in: that of its observer, or of its record."""
    return f"observer:{event.observer}" if event.observer else event.evidence.record


def minutes_between(one: time, other: time) -> int:
    """Minutes from one time of day to another, without a sign."""
    return abs(minute(one) - minute(other))


def minute(at: time) -> int:
    """The minute of the day."""
    return at.hour * _MINUTES + at.minute


def clock(at: time) -> str:
    """«10:05»."""
    return f"{at:%H:%M}"


def _in_order(event: Event) -> tuple[bool, int, int]:
    return event.at is None, minute(event.at) if event.at else 0, event.seq


def _fits(group: Sequence[Event], event: Event, together: int) -> bool:
    first = group[0]
    if any(source(one) == source(event) for one in group):
        return False
    if first.at is None or event.at is None:
        return first.at is event.at
    return minutes_between(first.at, event.at) <= together
