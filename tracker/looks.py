"""When we looked at the site and what we would have seen: the looks, and how far apart they are asked about. Pure.

A look is a crawl that ended clean and read a list wholly. Between two looks nobody knows what the site showed; a crawl
that failed or ended red is none.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from tracker.rows import RecordRow, local_day
from vocab.papers import Posted
from vocab.timeline import Evidence

BEFORE = (-7, -2, 0, 1)
AFTER = (3, 5, 8, 15, 31, 70, 100, 130)
"""Days from a sitting on: of all looks between two of these borders the first one is told, so that a thing that never
comes does not fill its timeline, and a verdict does not change with every crawl."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One whole look at a list. `page_id` is its first page as it was then, where we have it."""

    began: datetime
    ended: datetime
    site: str
    url: str | None = None
    page_id: int | None = None

    @property
    def day(self) -> date:
        """The day in Bishkek on which it began: what is missing was not there by then."""
        return local_day(self.began)

    def evidence(self, what: Posted) -> Evidence:
        """The list in which the thing was not."""
        return Evidence(record=f"look:{self.site}:{what}", page_id=self.page_id, url=self.url, seen_at=self.began)


class Looks:
    """The looks for one thing, in order."""

    def __init__(self, looks: Iterable[Look] = ()) -> None:
        self._looks = tuple(sorted(looks, key=lambda one: one.began))
        self._days = [one.day for one in self._looks]

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the looks in order; a day stands as often as it has looks."""
        return tuple(self._days)

    def last_before(self, moment: datetime) -> Look | None:
        """The last look that had ended before a moment."""
        return next((one for one in reversed(self._looks) if one.ended < moment), None)

    def first_between(self, first: date, end: date) -> Look | None:
        """The first look on a day from `first` on and before `end`."""
        place = bisect_left(self._days, first)
        return self._looks[place] if place < len(self._looks) and self._days[place] < end else None

    def around(self, day: date, borders: tuple[int, ...]) -> Iterator[Look]:
        """The first look between each two borders, in days from a day on."""
        for low, high in pairwise(borders):
            if look := self.first_between(day + timedelta(days=low), day + timedelta(days=high)):
                yield look

    def since(self, moment: datetime | None) -> "Looks":
        """The looks that began after a moment; none where there was no such moment."""
        return Looks(one for one in self._looks if moment is not None and one.began > moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What we know of the site in time; of a replay or a demonstration nothing (`is_live` False).

    `sighted` are moments earlier than a record's own first one, by "<record type>:<key>": its page was there before a
    newer parser read it. `sections` says since when the agendas of a committee's id ("": the plenary) are among what
    is looked at: before that, no look would have shown one.
    """

    is_live: bool = False
    looks: Mapping[Posted, Looks] = field(default_factory=dict)
    sighted: Mapping[str, datetime] = field(default_factory=dict)
    sections: Mapping[str, datetime] = field(default_factory=dict)

    def of(self, what: Posted) -> Looks:
        """The looks for a thing."""
        return self.looks.get(what, Looks())

    def first_seen(self, record: RecordRow) -> datetime:
        """When a record, or its page, was first seen."""
        earlier = self.sighted.get(f"{record.record_type}:{record.key}")
        return min(record.first_seen, earlier) if earlier else record.first_seen
