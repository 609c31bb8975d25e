"""Crawl coverage as evidence of time: the looks at the site out of the runs, and what a new look makes due."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from db.batches import rows_in
from db.pages import SourcePage
from db.records import RecordVersion, SittingRecord
from db.runs import LOOKED_FOR, Origin, Run
from db.sittings import AgendaItem, Sitting
from db.upsert import table_of
from tracker.looks import AFTER, BEFORE, Look, Looks, Watch
from tracker.rows import RecordRow, local_day
from tracker.stored import end_of
from vocab.ids import committee_id
from vocab.papers import Posted

_LIVE = "live"


def watch_of(conn: Connection, as_of: date | None = None) -> Watch:
    """What is known of the site in time, by the end of a day where one is named; nothing but for live data."""
    if conn.execute(select(table_of(Origin).c.kind)).scalar() != _LIVE:
        return Watch()
    looks: dict[Posted, list[Look]] = {}
    runs = _runs(conn, as_of)
    shown = _first_pages(conn, {url for run in runs for url in run.looked.values() if url})
    for run in runs:
        for what, url in run.looked.items():
            page = _page_by(shown.get(url, []), run.ended_at)
            look = Look(began=run.started_at, ended=run.ended_at, site=run.site, url=url or None, page_id=page)
            looks.setdefault(Posted(what), []).append(look)
    return Watch(is_live=True, looks={what: Looks(ones) for what, ones in looks.items()}, sections=_sections(conn))


def _runs(conn: Connection, as_of: date | None) -> list[Any]:
    """Clean live crawls that say what they looked for."""
    run = table_of(Run).c
    looked = run.figures[LOOKED_FOR].label("looked")
    query = select(run.started_at, run.ended_at, run.site, looked).where(
        run.origin == _LIVE, run.outcome == "clean", run.ended_at.is_not(None)
    )
    if as_of is not None:
        query = query.where(run.ended_at < end_of(as_of))
    return [row for row in conn.execute(query.order_by(run.started_at)) if row.looked]


def _first_pages(conn: Connection, urls: Iterable[str]) -> dict[str, list[tuple[datetime, int]]]:
    """The archived answers of these addresses, in order."""
    page = table_of(SourcePage).c
    found: dict[str, list[tuple[datetime, int]]] = {}
    for url, moment, key in rows_in(conn, select(page.url, page.fetched_at, page.id), page.url, urls):
        found.setdefault(url, []).append((moment, key))
    return {url: sorted(rows) for url, rows in found.items()}


def _page_by(pages: list[tuple[datetime, int]], moment: datetime) -> int | None:
    """The answer that stood at a moment."""
    place = bisect_right(pages, moment, key=lambda one: one[0])
    return pages[place - 1][1] if place else None


def _sections(conn: Connection) -> dict[str, datetime]:
    """Since when agendas of each committee, and of the plenary, are found."""
    record = table_of(SittingRecord).c
    query = (
        select(record.committee, func.min(record.first_seen).label("since"))
        .where(record.source == "agenda")
        .group_by(record.committee)
    )
    found: dict[str, datetime] = {}
    for committee, since in conn.execute(query):
        key = committee_id(committee) if committee else ""
        found[key] = min(since, found.get(key, since))
    return found


def sightings(conn: Connection, records: Iterable[RecordRow]) -> dict[str, datetime]:
    """For records that a newer parser read out of an older page: when that page came."""
    keys: dict[str, set[str]] = {}
    for record in records:
        keys.setdefault(record.record_type, set()).add(record.key)
    version, page = table_of(RecordVersion), table_of(SourcePage)
    found: dict[str, datetime] = {}
    for record_type, own in keys.items():
        query = (
            select(version.c.record_key, page.c.fetched_at)
            .join(page, page.c.id == version.c.page_id)
            .where(version.c.record_type == record_type, version.c.version == 1)
            .where(page.c.fetched_at < version.c.first_seen)
        )
        for key, moment in rows_in(conn, query, version.c.record_key, own):
            found[f"{record_type}:{key}"] = moment
    return found


def last_look(conn: Connection) -> datetime | None:
    """When the newest look began."""
    return max((run.started_at for run in _runs(conn, None)), default=None)


def due(conn: Connection, since: datetime | None, until: datetime | None) -> set[str]:
    """The dossiers about which looks after `since` (None: all) up to `until` may say something new.

    Those are sittings at one of the borders of `tracker.looks`, and bills that were on their table.
    """
    if until is None or since == until:
        return set()
    newest = local_day(until)
    oldest = local_day(since) if since else newest - timedelta(days=AFTER[-1])
    sitting, item = table_of(Sitting).c, table_of(AgendaItem).c
    spans = [(oldest - timedelta(days=one), newest - timedelta(days=one)) for one in (*BEFORE[:-1], *AFTER[:-1])]
    near = or_(*(and_(sitting.day >= first, sitting.day <= last) for first, last in spans))
    sittings = set(conn.execute(select(sitting.id).where(near)).scalars())
    before = or_(*(and_(sitting.day >= first, sitting.day <= last) for first, last in spans[: len(BEFORE) - 1]))
    bills = select(item.bill_id).join(table_of(Sitting), sitting.id == item.sitting_id).where(before)
    return sittings | set(conn.execute(bills.where(item.bill_id.is_not(None)).distinct()).scalars())
