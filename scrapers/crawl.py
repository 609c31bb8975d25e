"""A crawl from beginning to end."""

import fcntl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine

from db.archive import Archive
from scrapers.figures import Figures
from scrapers.finish import CrawlReport, report
from scrapers.job import Job, Progress, load_parsers
from scrapers.reparse import reparse
from scrapers.replay import Recording, ReplayServer
from scrapers.runs import claim_origin, open_run
from scrapers.source import Source, load_source
from scrapers.walking import walk
from vocab.dates import BISHKEK
from vocab.errors import UsageError

__all__ = ["CrawlReport", "crawl"]


def crawl(  # noqa: PLR0913 (the one entry: each option is a person's)
    site: str,
    *,
    engine: Engine,
    archive: Archive,
    origin: str,
    replay: Path | None = None,
    from_archive: bool = False,
    since: date | None = None,
    only_kinds: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> CrawlReport:
    """Collect a site.

    `origin` is live, replay or demonstration; `replay` a recorded folder that is served in place of the network;
    `from_archive` reads the archived pages again, without any network; `since` is the first day to ask a site that
    is asked day by day; `only_kinds` limits the crawl to these page types; `progress` gets the figures after each
    page. A crawl that was stopped less than a day ago goes on where it was.

    Raises UsageError for an unknown site or page type, a folder that is no recording, or a site that is being
    crawled already; OriginMismatch for a database of another origin; ConfigError for a broken source.yml.
    """
    source = load_source(site)
    kinds = None if only_kinds is None else frozenset(only_kinds)
    if kinds is not None and (unknown := kinds - source.pages.keys()):
        raise UsageError(f"{site} has no page type {', '.join(sorted(unknown))}; it has {', '.join(source.pages)}.")
    with ExitStack() as stack:
        stack.enter_context(_alone(archive.folder, site))
        stack.callback(archive.close)
        server = stack.enter_context(ReplayServer(Recording(replay, source))) if replay else None
        if not from_archive:
            claim_origin(engine, origin, str(replay or ""), datetime.now(UTC))
        asked = {"replay": replay and str(replay.resolve()), "since": since, "kinds": kinds and sorted(kinds)}
        begun = _begin(source, engine, archive, origin, asked | {"from_archive": from_archive})
        today = (server and server.recording.last_day) or begun.today
        job = replace(begun, server=server, today=today, since=since, only_kinds=kinds, progress=progress)
        (reparse if from_archive else walk)(job)
    return report(job)


def _begin(source: Source, engine: Engine, archive: Archive, origin: str, asked: Mapping[str, object]) -> Job:
    """The job of a new run, or of the one that was interrupted and was asked for the same."""
    parsers = load_parsers(source)
    now = datetime.now(UTC)
    stage = "reparse" if asked["from_archive"] else "crawl"
    wish = ", ".join(f"{name} {value}" for name, value in asked.items() if value)
    run = open_run(engine, stage=stage, site=source.site, origin=origin, asked=wish, now=now)
    return Job(
        source=source,
        parsers=parsers,
        engine=engine,
        archive=archive,
        run_id=run.id,
        started_at=run.started_at,
        origin=origin,
        today=now.astimezone(BISHKEK).date(),
        figures=Figures.from_json(run.figures),
    )


@contextmanager
def _alone(folder: Path, site: str) -> Iterator[None]:
    """One crawl a site: the system gives the lock free when a process ends, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{site}.lock"
    with path.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"{site} is being crawled already (lock {path}). Wait for that crawl, or end it, and try again."
            ) from None
        yield
