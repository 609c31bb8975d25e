"""Source health of a database: its runs, sittings and releases, given to `tracker.health.signs`."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from db.links import Link
from db.records import PressRecord, SittingRecord
from db.runs import OPEN, Origin, Quarantine, Run
from db.sittings import Sitting
from db.upsert import table_of
from tracker.calendar import KyrgyzCalendar
from tracker.coverage import watch_of
from tracker.health.signs import (
    Crawl,
    Held,
    Sign,
    State,
    agenda,
    counts,
    coverage,
    last_crawl,
    losses,
    press,
    protocols,
    vanished,
)
from tracker.rows import local_day
from vocab.dates import BISHKEK

LIVE = "live"
_RUNS = 40
_BACK = timedelta(days=400)
PARLIAMENT = "kenesh"
"""The site whose sittings and press releases are expected."""


def health(conn: Connection, pages: Mapping[str, Iterable[str]], now: datetime) -> list[Sign]:
    """Every sign, site by site; `pages` are the page types of each site that a walk visits.

    Of a replay or a demonstration only what its runs counted is looked at: nothing is expected of it.
    """
    origin = conn.execute(select(table_of(Origin).c.kind)).scalar()
    signs = [sign for site, kinds in sorted(pages.items()) for sign in _of_runs(conn, site, kinds, origin, now)]
    if origin != LIVE:
        return [Sign(site=PARLIAMENT, code="not_live", state=State.UNKNOWN, figures={"origin": origin}), *signs]
    return [*signs, *_coverage(conn, now), *_expected(conn, local_day(now))]


def _of_runs(conn: Connection, site: str, kinds: Iterable[str], origin: str | None, now: datetime) -> list[Sign]:
    crawls = _crawls(conn, site)
    found = [*counts(site, kinds, crawls), *losses(site, crawls), _quarantine(conn, site)]
    return [last_crawl(site, crawls, now), *found, vanished(site, crawls)] if origin == LIVE else found


def _crawls(conn: Connection, site: str) -> list[Crawl]:
    """The last crawls of a site that came to an end, those that were asked for the same as the newest, in order."""
    run = table_of(Run)
    ended = (run.c.stage == "crawl", run.c.site == site, run.c.ended_at.is_not(None))
    rows = conn.execute(select(run).where(*ended).order_by(run.c.id.desc()).limit(_RUNS)).mappings().all()
    return [_crawl(row) for row in reversed(rows) if row["asked"] == rows[0]["asked"]]


def _crawl(row: RowMapping) -> Crawl:
    kinds: Mapping[str, Mapping[str, int]] = row["figures"].get("kinds", {})
    return Crawl(
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        is_clean=row["outcome"] == "clean",
        pages={kind: own.get("fetched", 0) + own.get("unchanged", 0) for kind, own in kinds.items()},
        lost={kind: own.get("refused", 0) + own.get("unreadable", 0) for kind, own in kinds.items()},
        vanished=row["figures"].get("vanished", 0),
    )


def _quarantine(conn: Connection, site: str) -> Sign:
    """Red where a whole record or page is lost; a value that could not be read leaves the rest of its record."""
    own = table_of(Quarantine).c
    query = select(func.count(), func.count().filter(own.record_lost)).where(OPEN, own.site == site)
    number, lost = conn.execute(query).one()
    state = State.RED if lost else State.GOOD
    return Sign(site=site, code="quarantine", state=state, figures={"open": number, "lost": lost})


def _coverage(conn: Connection, now: datetime) -> list[Sign]:
    looks = watch_of(conn).looks
    return [coverage(PARLIAMENT, what.value, own.days, local_day(now)) for what, own in sorted(looks.items())]


def _expected(conn: Connection, today: date) -> list[Sign]:
    """What should be there today by what was usual."""
    calendar = _calendar()
    sitting, release = table_of(Sitting).c, table_of(PressRecord).c
    plenary = (sitting.body == "plenary", sitting.cancelled.is_(False), sitting.day >= today - _BACK)
    days = conn.execute(select(sitting.day).where(*plenary)).scalars().all()
    since = release.published_at >= datetime.combine(today - _BACK, datetime.min.time(), BISHKEK)
    releases = map(local_day, conn.execute(select(release.published_at).where(since)).scalars())
    return [
        *protocols(PARLIAMENT, _held(conn, plenary), today),
        agenda(PARLIAMENT, days, today, calendar),
        press(PARLIAMENT, releases, today, calendar),
    ]


@lru_cache(maxsize=1)
def _calendar() -> KyrgyzCalendar:
    """Read once: its file and its feasts do not change while a program runs."""
    return KyrgyzCalendar.load()


def _held(conn: Connection, plenary: tuple[Any, ...]) -> list[Held]:
    """Plenary sittings with the day on which a protocol of them was first seen."""
    sitting, link, record = table_of(Sitting), table_of(Link), table_of(SittingRecord)
    joined = (link.c.dossier_id == sitting.c.id) & (link.c.dossier_type == "sitting")
    told = (record.c.key == link.c.record_key) & (record.c.source == "protocol")
    seen = func.min(record.c.first_seen)
    tables = sitting.outerjoin(link, joined).outerjoin(record, told)
    query = select(sitting.c.id, sitting.c.day, seen.label("seen")).select_from(tables).where(*plenary)
    rows = conn.execute(query.group_by(sitting.c.id, sitting.c.day).order_by(sitting.c.day))
    return [Held(id=row.id, day=row.day, protocol_on=local_day(row.seen) if row.seen else None) for row in rows]
