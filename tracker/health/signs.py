"""The arithmetic of source health: each sign with its figures. Pure; where history is too short it is *unknown*.

«Usual» is always a figure of the site's own history and never a number of ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from math import ceil
from statistics import median
from typing import Any

from vocab.dates import WorkingCalendar, working_days

FEW_RUNS, FEW_LAGS, FEW_DAYS, FEW_WEEKS = 3, 5, 10, 4
"""So much history is needed before anything is usual: clean runs, lags, days with a release, weeks with sittings."""

LAST_RUNS, LATE, LEAST_LATE = 8, 3, timedelta(days=2)
"""How many clean runs are compared; a crawl is late after `LATE` usual gaps, and never before `LEAST_LATE`."""

LITTLE, SMALL = 0.5, 4
"""Fewer pages than this share of the usual is red, unless the usual are so few that chance does it."""

MANY_VANISHED = 5
OFTEN = 0.5  # a weekday on which sittings were in this share of the weeks is a usual one
OF_TEN = 0.9  # nine of ten lags, or silences, are not longer than the usual one


class State(StrEnum):
    """Good, red, or unknown: history does not tell what is usual, or nothing is live."""

    GOOD = "good"
    RED = "red"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing looked at: `code` names it, `about` the page type, thing or sitting; `figures` are the arithmetic."""

    site: str
    code: str
    state: State
    about: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """One key for the same thing looked at again."""
        return ":".join((self.code, self.site, self.about)).rstrip(":")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """A crawl that came to its end: pages seen by page type, those that were refused or unreadable, records gone."""

    started_at: datetime
    ended_at: datetime
    is_clean: bool
    pages: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    vanished: int = 0


def last_crawl(site: str, crawls: Sequence[Crawl], now: datetime) -> Sign:
    """Is the last clean crawl younger than three usual gaps? `crawls` are in order of time."""
    clean = [one for one in crawls if one.is_clean][-LAST_RUNS:]
    if not clean:
        return Sign(site=site, code="last_crawl", state=State.RED, figures={"last": None})
    gaps = [(later.started_at - one.started_at) / timedelta(days=1) for one, later in pairwise(clean)]
    usual = median(gaps) if gaps else None
    bound = max(LATE * usual if usual is not None else 0, LEAST_LATE / timedelta(days=1))
    age = (now - clean[-1].ended_at) / timedelta(days=1)
    figures = {"last": clean[-1].ended_at, "days": round(age, 1), "bound": round(bound, 1), "runs": len(clean)}
    figures["usual"] = None if usual is None else round(usual, 1)
    return Sign(site=site, code="last_crawl", state=_red_if(age > bound), figures=figures)


def counts(site: str, kinds: Iterable[str], crawls: Sequence[Crawl]) -> list[Sign]:
    """For each page type: the pages of the last crawl against the median of the clean ones before it."""
    if not crawls:
        return []
    last = crawls[-1]
    clean = [one for one in crawls[:-1] if one.is_clean][-LAST_RUNS:]
    return [_count(site, kind, last.pages.get(kind, 0), [one.pages.get(kind, 0) for one in clean]) for kind in kinds]


def _count(site: str, kind: str, seen: int, before: Sequence[int]) -> Sign:
    figures: dict[str, Any] = {"seen": seen, "runs": len(before)}
    if len(before) < FEW_RUNS:
        return Sign(site=site, code="counts", about=kind, state=State.UNKNOWN, figures=figures)
    usual = median(before)
    figures |= {"usual": usual, "change": round((seen - usual) / usual, 3) if usual else None}
    state = _red_if(usual >= SMALL and seen < LITTLE * usual)
    return Sign(site=site, code="counts", about=kind, state=state, figures=figures)


def losses(site: str, crawls: Sequence[Crawl]) -> list[Sign]:
    """The page types of which the last crawl had pages that were refused (block pages too) or could not be read."""
    lost = crawls[-1].lost if crawls else {}
    return [
        Sign(site=site, code="losses", about=kind, state=State.RED, figures={"lost": number})
        for kind, number in sorted(lost.items())
        if number
    ]


def vanished(site: str, crawls: Sequence[Crawl]) -> Sign:
    """Did the last clean crawl miss more than a few records, and more than three times the usual? By the median."""
    clean = [one.vanished for one in crawls if one.is_clean][-LAST_RUNS:]
    if len(clean) <= FEW_RUNS:
        return Sign(site=site, code="vanished", state=State.UNKNOWN, figures={"runs": len(clean)})
    *before, last = clean
    usual = median(before)
    bound = max(MANY_VANISHED, LATE * usual)
    figures = {"vanished": last, "usual": usual, "bound": bound, "runs": len(before)}
    return Sign(site=site, code="vanished", state=_red_if(last > bound), figures=figures)


def coverage(site: str, what: str, looks: Iterable[date], today: date) -> Sign:
    """On how many of the last thirty days a list was looked at wholly, and the longest gap between two looks."""
    days = sorted({day for day in looks if today - timedelta(days=30) <= day <= today})
    if len(days) < FEW_RUNS:
        return Sign(site=site, code="coverage", about=what, state=State.UNKNOWN, figures={"days": len(days)})
    gaps = [(later - one).days for one, later in pairwise(days)]
    open_gap, usual = (today - days[-1]).days, median(gaps)
    bound = max(LATE * usual, LEAST_LATE.days)
    figures = {"days": len(days), "longest": max(gaps), "now": open_gap, "usual": usual, "bound": bound}
    return Sign(site=site, code="coverage", about=what, state=_red_if(open_gap > bound), figures=figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A plenary sitting of a day, and the day on which its protocol was first seen; None: not yet."""

    id: str
    day: date
    protocol_on: date | None = None


_OLDEST = 120
"""Protocols that came later than so many days were fetched from the archive of the site, and tell of no lag."""


def protocols(site: str, sittings: Iterable[Held], today: date) -> list[Sign]:
    """Sittings whose protocol is not there after the usual lag: the one that nine of ten were not longer than."""
    held = [one for one in sittings if one.day < today]
    lags = [(one.protocol_on - one.day).days for one in held if one.protocol_on]
    lags = [lag for lag in lags if lag <= _OLDEST]
    if len(lags) < FEW_LAGS:
        return [Sign(site=site, code="protocols", state=State.UNKNOWN, figures={"known": len(lags)})]
    usual = of_ten(lags)
    missing = [one for one in held if not one.protocol_on and usual < (today - one.day).days <= _OLDEST]
    figures = {"known": len(lags), "usual": usual}
    if not missing:
        return [Sign(site=site, code="protocols", state=State.GOOD, figures=figures)]
    return [
        Sign(
            site=site,
            code="protocols",
            about=one.id,
            state=State.RED,
            figures=figures | {"day": one.day, "days": (today - one.day).days},
        )
        for one in missing
    ]


def agenda(site: str, plenaries: Iterable[date], today: date, calendar: WorkingCalendar) -> Sign:
    """Is there a sitting today, on a weekday on which they usually are? `plenaries` are the days of known sittings."""
    days = set(plenaries)
    weeks: dict[tuple[int, int], set[int]] = {}
    for day in days:
        if today - timedelta(weeks=12) <= day < today:
            weeks.setdefault(day.isocalendar()[:2], set()).add(day.weekday())
    figures: dict[str, Any] = {"weeks": len(weeks), "day": today}
    if len(weeks) < FEW_WEEKS:
        return Sign(site=site, code="agenda", state=State.UNKNOWN, figures=figures)
    figures["held"] = sum(today.weekday() in one for one in weeks.values())
    is_usual = figures["held"] >= OFTEN * len(weeks)
    in_session = calendar.is_working(today) and not calendar.is_suspended(today)
    state = _red_if(is_usual and in_session and today not in days)
    return Sign(site=site, code="agenda", state=state, figures=figures)


def press(site: str, releases: Iterable[date], today: date, calendar: WorkingCalendar) -> Sign:
    """Is the silence since the last press release longer than nine of ten before it? Counted in working days."""
    days = sorted(day for day in set(releases) if today - timedelta(days=180) <= day <= today)
    if len(days) < FEW_DAYS:
        return Sign(site=site, code="press", state=State.UNKNOWN, figures={"known": len(days)})
    silences = [working_days(one, later, calendar).days for one, later in pairwise(days)]
    now, usual = working_days(days[-1], today, calendar).days, max(1, of_ten(silences))
    figures = {"last": days[-1], "silent": now, "usual": usual, "longest": max(silences), "known": len(days)}
    return Sign(site=site, code="press", state=_red_if(now > max(usual, max(silences))), figures=figures)


def of_ten(values: Sequence[int]) -> int:
    """The value that nine of ten are not larger than (nearest rank). Raises IndexError for none."""
    return sorted(values)[ceil(OF_TEN * len(values)) - 1]


def _red_if(wrong: bool) -> State:
    return State.RED if wrong else State.GOOD
