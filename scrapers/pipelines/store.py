"""The last pipeline: archive the bytes, then write everything a page states in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Self

from scrapy.crawler import Crawler
from sqlalchemy import Connection, select, update

from db.archive import Asked
from db.records import RECORD_TABLES, PressRecord
from db.runs import Run
from db.upsert import table_of
from db.versions import Statement, StoreCounts, mark_gone, store_statements, touch_records_of_pages
from scrapers.items import Item, PressItem, SittingItem, VoteListItem
from scrapers.job import Job
from scrapers.page import Problem, Reading
from scrapers.pipelines.projections import project
from scrapers.pipelines.quarantine import Spot, quarantine, refuse, seen_again
from scrapers.pipelines.statements import Origin, record_key, statements
from scrapers.shelf import insert_page, records_of_page, replace_page_records, update_page
from scrapers.visit import Outcome, Visit

Records = set[tuple[str, str]]

_LINES = ("agenda_entry", "ballot_record")


@dataclass(frozen=True, slots=True)
class Stored:
    """The records that items state, and by record type how many items there were and what storing them changed."""

    records: Records
    counts: Mapping[str, tuple[int, StoreCounts]]


def store_items(conn: Connection, items: Sequence[Item], origin: Origin, *, now: datetime, seen: bool = True) -> Stored:
    """Write items of one page or file: records with their versions, their lines and files.

    `seen` False: the page was read again from the archive, nothing was seen on the site.
    """
    stated = [with_title(conn, one) for item in items for one in statements(item, origin)]
    counts = {}
    for record_type, group in _by_type(stated):
        counts[record_type] = len(group), store_statements(conn, group, now=now, seen=seen)
    records = {(one.record_type, one.key) for one in stated}
    for item in items:
        if isinstance(item, SittingItem | VoteListItem):
            drop_lines(conn, record_key(origin.site, item), records, now)
    project(conn, origin.site, items, now)
    return Stored(records, counts)


class Store:
    """Keeps visits of one crawl. `seen` False: archived pages are read again, nothing was seen on the site."""

    def __init__(self, job: Job, *, seen: bool = True) -> None:
        self._job = job
        self._seen = seen

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the job from the spider."""
        return cls(crawler.spider.job)  # type: ignore[union-attr]

    def process_item(self, item: Visit) -> Visit:
        """Keep a visit, all of it or nothing; what was kept before an interruption is only taken note of."""
        place = self._archive(item)
        with self._job.engine.begin() as conn:
            records = self._keep(conn, item, place)
            if not item.resumed and item.refusal is None:
                self._count(conn, item)
        self._note(item, records)
        self._job.show_progress()
        return item

    def _archive(self, visit: Visit) -> tuple[str, int] | None:
        """The bytes are on the disk before a row points at them."""
        if visit.content is None:
            return None
        answer, ask, archive = visit.answer, visit.ask, self._job.archive
        headers = tuple(answer.headers.items())
        asked = None if ask.method == "GET" else Asked(method=ask.method, body=ask.body.encode())
        place = archive.append(answer.url, answer.status, headers, visit.content.body, answer.at, asked=asked)
        archive.sync()
        return place

    def _keep(self, conn: Connection, visit: Visit, place: tuple[str, int] | None) -> Records:
        """Write the visit; give the records that the page states."""
        page_id = self._page(conn, visit, place)
        spot = Spot(site=self._job.source.site, kind=visit.ask.kind, address=visit.ask.address, page_id=page_id)
        now = self._moment(visit)
        if visit.refusal is not None:
            refuse(conn, spot, visit.refusal, now)
        elif visit.error is not None:
            broken = Problem(place=visit.error.place, reason=visit.error.reason, record_lost=True)
            quarantine(conn, spot, (broken,), now)
        elif visit.reading is not None:
            quarantine(conn, spot, visit.reading.problems, now)
            return self._store(conn, visit, visit.reading, page_id)
        elif visit.outcome is Outcome.UNCHANGED:
            return self._again(conn, visit, spot)
        return set()

    def _page(self, conn: Connection, visit: Visit, place: tuple[str, int] | None) -> int | None:
        if visit.content is not None and place is not None:
            site, run_id = self._job.source.site, self._job.run_id
            return insert_page(conn, visit, visit.content, site=site, run_id=run_id, place=place)
        if visit.known is None:
            return None
        update_page(conn, visit, visit.known.id, seen=self._seen)
        return visit.known.id

    def _moment(self, visit: Visit) -> datetime:
        return visit.answer.at if self._seen else self._job.now()

    def _store(self, conn: Connection, visit: Visit, reading: Reading, page_id: int | None) -> Records:
        """Write what the parser read: records with their versions, their lines, which page states them."""
        origin = Origin(site=self._job.source.site, url=visit.answer.url, page_id=page_id)
        stored = store_items(conn, reading.items, origin, now=self._moment(visit), seen=self._seen)
        for record_type, (items, counts) in stored.counts.items():
            self._job.figures.count_records(record_type, items, counts)
        replace_page_records(conn, visit.ask.address, stored.records)
        return stored.records

    def _again(self, conn: Connection, visit: Visit, spot: Spot) -> Records:
        """The same bytes: their records were seen again, their problems stay."""
        if not visit.resumed:
            touch_records_of_pages(conn, (visit.ask.address,), visit.answer.at)
        if seen_again(conn, spot, visit.answer.at):
            self._job.walk.spoiled.add(visit.ask.kind)
        return records_of_page(conn, visit.ask.address)

    def _count(self, conn: Connection, visit: Visit) -> None:
        """Count the page, in the transaction that keeps it."""
        figures = self._job.figures
        figures.count_page(visit.ask.kind, *_counted(visit))
        if visit.content is not None:
            figures.totals["bytes"] += len(visit.content.body)
        run = table_of(Run)
        conn.execute(update(run).where(run.c.id == self._job.run_id).values(figures=figures.as_json()))

    def _note(self, visit: Visit, records: Records) -> None:
        """What the judgement at the end of the walk needs to know."""
        walk, ask = self._job.walk, visit.ask
        kind = walk.of(ask.kind)
        kind.records |= records
        leads_to = {link.kind for link in visit.links}
        walk.leads.setdefault(ask.kind, set()).update(leads_to)
        if not visit.is_last and ask.kind not in leads_to:
            kind.open_ended.add(ask.address)
        if visit.refusal is not None:
            kind.refused[ask.address] = visit.refusal
        elif visit.error is not None:
            kind.unreadable[ask.address] = str(visit.error)
        elif visit.outcome is Outcome.MISSING:
            kind.missing.add(ask.address)
        else:
            kind.answered.add(ask.address)
        if visit.reading is not None and visit.reading.problems:
            walk.spoiled.add(ask.kind)
        if ask.start and ask.address not in kind.answered:
            kind.start_lost.add(ask.address)


def _counted(visit: Visit) -> tuple[str, ...]:
    """As what a page is counted: one of fetched, unchanged, missing; parsed where a parser read it."""
    if visit.outcome is Outcome.MISSING:
        return ("missing",)
    how = "fetched" if visit.outcome is Outcome.NEW else "unchanged"
    return (how, "parsed") if visit.reading is not None else (how,)


def _by_type(stated: Sequence[Statement]) -> Iterator[tuple[str, list[Statement]]]:
    ordered = sorted(stated, key=lambda one: one.record_type)
    for record_type, group in groupby(ordered, key=lambda one: one.record_type):
        yield record_type, list(group)


def with_title(conn: Connection, statement: Statement) -> Statement:
    """A press release whose page says no title and that no list told before has an empty one."""
    if statement.record_type != PressItem.record or "title" in statement.columns:
        return statement
    table = table_of(PressRecord)
    if conn.execute(select(table.c.key).where(table.c.key == statement.key)).first():
        return statement
    return replace(statement, columns={**statement.columns, "title": ""})


def drop_lines(conn: Connection, sitting: str, stated: Records, now: datetime) -> None:
    """Mark the lines that a sitting's page no longer states as vanished."""
    for record_type in _LINES:
        table = table_of(RECORD_TABLES[record_type])
        here = conn.execute(
            select(table.c.key).where(table.c.sitting_key == sitting, table.c.vanished_at.is_(None))
        ).scalars()
        gone = [key for key in here if (record_type, key) not in stated]
        mark_gone(conn, record_type, gone, now)
