"""The tracker's run: records that changed → dossiers → timelines → findings and happenings.

Each batch is one transaction: it is taken in wholly or it waits for the next run.
"""

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, func, select

from db.bills import Bill
from db.engine import reader, take_turn
from db.pending import mark_for_followers, mark_pending, take_pending
from db.records import DeputyRecord
from db.sittings import Sitting
from db.stage_runs import last_figures, remember_run
from db.upsert import chunks, table_of
from tracker.batch import Touched, check, identify
from tracker.bodies import body_ids, body_timelines
from tracker.coverage import due, last_look
from tracker.dirty import Batch, mark_everything, pending_batches
from tracker.identify.names import Roster
from tracker.judging import Rules
from tracker.newsroom import (
    news_of_bills,
    news_of_findings,
    news_of_others,
    news_of_press,
    news_of_sittings,
    store_news,
)
from tracker.press_corrections import corrected, last_told
from tracker.rows import local_day
from tracker.standings import outdated, store_standings
from tracker.timelines import bill_timelines, sitting_timelines
from vocab.timeline import SubjectKind

STAGE = "track"
_DOSSIERS = 1000  # looked at again in one transaction


@dataclass(slots=True)
class TrackCounts:
    """Records taken in, dossiers looked at again, findings that are new or superseded, happenings that are new."""

    records: int = 0
    sittings: int = 0
    bills: int = 0
    findings: int = 0
    superseded: int = 0
    happenings: int = 0


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the last finished run worked with."""

    code_version: str | None = None
    deputies_seen: datetime | None = None
    looked: datetime | None = None


def track(
    engine: Engine, *, now: datetime, only: Collection[str] | None = None, everything: bool = False
) -> TrackCounts:
    """Take in what changed since the last run.

    `only`: look at the dossiers with these public ids again, and at nothing else. `everything`: take in all records
    anew. Where rules or code changed since the last run, all dossiers are looked at again.
    """
    started = time.monotonic()
    rules, counts = Rules.load(), TrackCounts()
    if only is not None:
        Work(rules, counts, now).look_again(engine, only)
        return counts
    with engine.begin() as conn:
        take_turn(conn)
        memory = _last_run(conn)
        deputies_seen = _mark(conn, memory, everything=everything)
    with reader(engine) as conn:
        batches = pending_batches(conn)
    work = Work(rules, counts, now, memory.deputies_seen)
    for batch in batches:
        with engine.begin() as conn:
            take_turn(conn)
            work.take_in(conn, batch)
    with reader(engine) as conn:
        looked = last_look(conn)
        again = {*_again(conn, memory, rules, looked), *outdated(conn, local_day(now))}
    work.look_again(engine, again)
    marks = {"deputies_seen": deputies_seen, "looked": looked}
    _remember(engine, work, marks, timedelta(seconds=time.monotonic() - started))
    return counts


def _again(conn: Connection, memory: _Memory, rules: Rules, looked: datetime | None) -> Collection[str]:
    """The dossiers of which no record changed: all under other rules, else those that a new look may tell of."""
    if memory.code_version not in (None, rules.code_version):
        return all_dossiers(conn)
    return due(conn, memory.looked, looked)


def _mark(conn: Connection, memory: _Memory, *, everything: bool) -> datetime | None:
    """Put on the list what no change put there: everything, or lists of deputies that were seen again."""
    table = table_of(DeputyRecord)
    if everything:
        mark_everything(conn)
    elif memory.deputies_seen:
        again = select(table.c.key).where(table.c.last_seen > memory.deputies_seen)
        mark_pending(conn, "deputy_record", list(conn.execute(again).scalars()))
    return conn.execute(select(func.max(table.c.last_seen))).scalar()


@dataclass(frozen=True, slots=True)
class Work:
    """What every batch of a run, and every decision of a person, needs: the rules, counts to add to, the moment.

    `deputies_seen`: lists of deputies that were seen by then have been taken in; None: look at all.
    """

    rules: Rules
    counts: TrackCounts
    now: datetime
    deputies_seen: datetime | None = None

    def take_in(self, conn: Connection, batch: Batch, also: frozenset[str] = frozenset()) -> None:
        """Understand the records of a batch, judge what they touched, and these bills besides."""
        take_pending(conn, batch.keys)  # first: who changes one meanwhile waits, and puts it on again
        roster = Roster(conn)
        touched = identify(conn, batch, roster, self.now, self.deputies_seen)
        self._judge(conn, batch, replace(touched, bills=touched.bills | also), roster)
        self.counts.records += len(batch)

    def look_again(self, engine: Engine, ids: Iterable[str]) -> None:
        """Judge dossiers of which no record changed."""
        for chunk in chunks(sorted(ids), _DOSSIERS):
            with engine.begin() as conn:
                take_turn(conn)
                ids = frozenset(chunk)
                self._judge(conn, Batch(), Touched(sittings=ids, bills=ids, bodies=ids & body_ids(conn)), Roster(conn))

    def _judge(self, conn: Connection, batch: Batch, touched: Touched, roster: Roster) -> None:
        """Check the dossiers that were touched, and note what is new about them."""
        sittings = sitting_timelines(conn, touched.sittings, roster=roster)
        bills = bill_timelines(conn, touched.bills, roster=roster)
        store_standings(conn, touched.bills, bills, local_day(self.now))
        news = news_of_sittings(conn, touched.pages, sittings) + news_of_others(conn, batch)
        news += news_of_bills(conn, batch.of("registry_entry"), touched.lines, bills)
        releases = batch.of("press_record")
        told = last_told(conn, touched.bills, releases)
        news += corrected(news_of_press(conn, releases, bills), told, self.now)
        for kind, ids, timelines in (
            (SubjectKind.SITTING, touched.sittings, sittings),
            (SubjectKind.BILL, touched.bills, bills),
            (SubjectKind.BODY, touched.bodies, body_timelines(conn, touched.bodies)),
        ):
            outcome = check(conn, kind, ids, timelines, self.rules, self.now)
            news += news_of_findings(conn, outcome, timelines, self.now)
            self.counts.findings += len(outcome.new)
            self.counts.superseded += len(outcome.superseded)
            mark_for_followers(conn, "finding", {row["id"] for row in (*outcome.new, *outcome.superseded)})
        self.counts.sittings += len(sittings)
        self.counts.bills += len(bills)
        self.counts.happenings += store_news(conn, news)
        mark_for_followers(conn, "bill", touched.bills)
        mark_for_followers(conn, "sitting", touched.sittings)


def all_dossiers(conn: Connection) -> list[str]:
    """The public ids of all that is judged."""
    kept = [key for model in (Sitting, Bill) for key in conn.execute(select(table_of(model).c.id)).scalars()]
    return [*kept, *sorted(body_ids(conn))]


def _last_run(conn: Connection) -> _Memory:
    figures = last_figures(conn, STAGE)
    deputies_seen, looked = (
        datetime.fromisoformat(figures[name]) if figures.get(name) else None for name in ("deputies_seen", "looked")
    )
    return _Memory(figures.get("code_version"), deputies_seen, looked)


def _remember(engine: Engine, work: Work, marks: Mapping[str, datetime | None], took: timedelta) -> None:
    """The run's row, written when all is done: a run that was killed leaves the rest on the list, and no row."""
    figures = asdict(work.counts) | {
        "code_version": work.rules.code_version,
        **{name: moment.isoformat() if moment else None for name, moment in marks.items()},
    }
    with engine.begin() as conn:
        remember_run(conn, STAGE, figures, started_at=work.now, took=took)
