"""The end of a crawl: judged, vanished records marked, the run row written."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from db.runs import LOOKED_FOR, Run
from db.upsert import table_of
from db.versions import mark_vanished
from scrapers.job import Job
from scrapers.judgement import covered, looked_for, not_recorded, reasons
from scrapers.pipelines.quarantine import counts
from scrapers.runs import end_run


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """How a crawl ended: `clean`, or `red` with the reasons. `figures` as in the run row."""

    site: str
    outcome: str
    figures: dict[str, Any]
    reasons: tuple[str, ...]


def finish(job: Job, *, seen: bool = True) -> None:
    """Judge a walk that came to its end and write it down, in one transaction.

    `seen` False: the archive was read again; nobody saw what the site shows, so nothing is marked as vanished.
    """
    live = job.origin == "live"
    complete = seen and job.only_kinds is None
    for name, kind in job.walk.kinds.items():
        for what, pages in (("refused", kind.refused), ("unreadable", kind.unreadable)):
            if pages:
                job.figures.kinds.setdefault(name, Counter())[what] = len(pages)
    now = job.now()
    found = list(reasons(job.walk, job.source, live=live, complete=complete))
    with job.engine.begin() as conn:
        open_all, new, lost = counts(conn, job.source.site, job.started_at)
        job.figures.totals["quarantined"] = new
        job.figures.totals["quarantine_open"] = open_all
        if lost:
            found.append(f"{lost} records or pages could not be read: see the quarantine (baikoo stats)")
        vanished = _mark_vanished(conn, job, live=live) if complete and not found else 0
        job.figures.totals["vanished"] = vanished
        figures = job.figures.as_json() | {"seconds": round((now - job.started_at).total_seconds(), 3)}
        if not live and (lacking := not_recorded(job.walk)):
            figures["not_in_this_recording"] = list(lacking)
        if live and seen and not found:
            figures[LOOKED_FOR] = looked_for(job.walk, job.source)
        outcome = "red" if found else "clean"
        end_run(conn, job.run_id, now, outcome=outcome, figures=figures, reasons=found)


def _mark_vanished(conn: Connection, job: Job, *, live: bool) -> int:
    """A sitting whose page is gone takes its lines with it."""
    total = 0
    for record_type, scope in covered(job.walk, job.source, live=live):
        keys = mark_vanished(conn, record_type, scope, not_seen_since=job.started_at, now=job.now())
        total += len(keys)
        if record_type == "sitting_record":
            for line in ("agenda_entry", "ballot_record"):
                for key in keys:
                    mark_vanished(conn, line, key, not_seen_since=job.started_at, now=job.now())
    return total


def report(job: Job) -> CrawlReport:
    """What the run row says; a run that was stopped before its end is red and goes on with the next crawl."""
    run = table_of(Run)
    with job.engine.connect() as conn:
        row = conn.execute(select(run).where(run.c.id == job.run_id)).one()
    stopped = ("stopped before its end; the next crawl goes on where it was",)
    return CrawlReport(
        site=job.source.site,
        outcome=row.outcome or "red",
        figures=row.figures,
        reasons=tuple(row.reasons) if row.ended_at else stopped,
    )
