"""What a coordinator has to look at in a week: nobody assigned, booked twice, always the same two. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

LENGTH = timedelta(hours=4)
"""So long an observer is taken to be at one sitting."""

TOGETHER = 3
"""A pair that went together so many times in a row, each of the two with nobody else, goes always together."""


class Warned(StrEnum):
    """What is warned of."""

    NOBODY = "nobody"
    BOOKED_TWICE = "booked_twice"
    SAME_PAIR = "same_pair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A sitting that takes place, and the observers who were asked to be there. `needs_observer`: it is watched."""

    sitting: str
    day: date
    starts_at: time | None = None
    observers: tuple[int, ...] = ()
    needs_observer: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:
    """Something about one sitting: `who` it concerns, and the `other` sitting where there is one."""

    kind: Warned
    who: tuple[int, ...] = ()
    other: str | None = None


def warnings(shifts: Sequence[Shift], before: Iterable[Shift] = ()) -> dict[str, list[Warning]]:
    """Warnings by sitting. `before` are earlier sittings: who went with whom."""
    every = sorted([*before, *shifts], key=lambda one: (one.day, one.starts_at or time.min, one.sitting))
    found: dict[str, list[Warning]] = {}
    for shift in shifts:
        told = [*_nobody(shift), *_booked_twice(shift, every), *_same_pair(shift, every[: every.index(shift)])]
        if told:
            found[shift.sitting] = told
    return found


def _nobody(shift: Shift) -> list[Warning]:
    return [Warning(kind=Warned.NOBODY)] if shift.needs_observer and not shift.observers else []


def _booked_twice(shift: Shift, every: Iterable[Shift]) -> list[Warning]:
    return [
        Warning(kind=Warned.BOOKED_TWICE, who=both, other=other.sitting)
        for other in every
        if other is not shift and _overlap(shift, other)
        if (both := tuple(one for one in shift.observers if one in other.observers))
    ]


def _overlap(one: Shift, other: Shift) -> bool:
    """Two sittings of a day; where an hour is unknown, they may meet."""
    if one.day != other.day:
        return False
    if one.starts_at is None or other.starts_at is None:
        return True
    apart = datetime.combine(one.day, one.starts_at) - datetime.combine(other.day, other.starts_at)
    return abs(apart) < LENGTH


def _same_pair(shift: Shift, earlier: Sequence[Shift]) -> list[Warning]:
    if len(shift.observers) < 2:
        return []
    for one in shift.observers:
        last = [other.observers for other in earlier if one in other.observers][-TOGETHER:]
        if len(last) < TOGETHER or any(set(others) != set(shift.observers) for others in last):
            return []
    return [Warning(kind=Warned.SAME_PAIR, who=shift.observers)]
