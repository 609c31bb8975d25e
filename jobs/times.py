"""When a job is due: lines of minute, hour, day, month and weekday, in the time of Bishkek (without summer time)."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from huey import crontab

from vocab.dates import BISHKEK

_PARTS = 5
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_BACK, _AHEAD = 8, 366  # days


@dataclass(frozen=True, slots=True)
class _Line:
    """The minutes of a day, in order, and whether a day has them."""

    minutes: tuple[time, ...]
    has: Callable[[datetime], bool]

    def on(self, day: date) -> Sequence[time]:
        """The times of a day."""
        return self.minutes if self.has(datetime.combine(day, time(), BISHKEK)) else ()


def checked_time(line: str) -> str:
    """The line itself. Raises ValueError with what is wrong with it."""
    _read(line)
    return line


@lru_cache(maxsize=256)
def _read(line: str) -> _Line:
    """A line as huey understands it, the times of a day worked out once: a scheduler asks every second."""
    parts = line.split()
    if len(parts) != _PARTS:
        raise ValueError(f"{line!r} is no time: minute hour day month weekday, for example '*/10 8-19 * * 1-5'")
    minute, hour, *day = parts
    try:
        fits, has = crontab(minute, hour, strict=True), crontab("*", "*", *day, strict=True)
    except ValueError as error:
        raise ValueError(f"{line!r} is no time: {error}") from error
    midnight = datetime.combine(date(2000, 1, 1), time(), BISHKEK)
    moments = (midnight + _MINUTE * number for number in range(_DAY // _MINUTE))
    return _Line(tuple(moment.time() for moment in moments if fits(moment)), has)


def latest(when: Sequence[str], now: datetime) -> datetime | None:
    """The newest moment of these times that is not after `now`; None where there was none in eight days."""
    here = now.astimezone(BISHKEK)
    for number in range(_BACK + 1):
        day = here.date() - _DAY * number
        times = [times[at - 1] for times, at in _until(when, day, here) if at > 0]
        if times:
            return datetime.combine(day, max(times), BISHKEK)
    return None


def next_time(when: Sequence[str], now: datetime) -> datetime | None:
    """The first moment of these times after `now`; None where there is none within a year."""
    here = now.astimezone(BISHKEK)
    for number in range(_AHEAD + 1):
        day = here.date() + _DAY * number
        times = [times[at] for times, at in _until(when, day, here) if at < len(times)]
        if times:
            return datetime.combine(day, min(times), BISHKEK)
    return None


def _until(when: Sequence[str], day: date, here: datetime) -> Iterator[tuple[Sequence[time], int]]:
    """The times of a day by each line, and how many of them are not after `here`."""
    for line in when:
        times = _read(line).on(day)
        yield times, len(times) if day < here.date() else 0 if day > here.date() else bisect_right(times, here.time())
