"""`baikoo doctor`."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import typer
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col

from cli.health import words_of
from cli.home import Format, FormatOption, print_json
from db.archive import Archive
from db.engine import open_engine, reader
from db.migrate import check
from db.pages import SourcePage
from db.runs import Origin, Quarantine, Run
from db.settings import HomeSettings, load_settings
from jobs.ledger import STANDS_STILL, last_pulse
from tracker.health.signs import State
from vocab.errors import BaikooError
from web.site_health import health_of

_LITTLE_ROOM = 1 << 30


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at: `fine`, and what was seen or what to do."""

    what: str
    fine: bool
    seen: str


def doctor(form: FormatOption = Format.TABLE) -> None:
    """Look whether everything is in order: Python, disk, database, archive, last crawl, quarantine.

    Exit code 1 where something is not. Example: `baikoo doctor`
    """
    signs = list(examine(load_settings()))
    if form is Format.JSON:
        print_json([{"what": sign.what, "fine": sign.fine, "seen": sign.seen} for sign in signs])
    else:
        for sign in signs:
            typer.echo(f"{'ok ' if sign.fine else 'NO '} {sign.what}: {sign.seen}")
    if not all(sign.fine for sign in signs):
        raise typer.Exit(1)


def examine(settings: HomeSettings) -> Iterator[Sign]:
    """Every sign, cheapest first; the database is not touched where it does not exist."""
    yield Sign("Python", sys.version_info >= (3, 11), sys.version.split()[0])
    yield Sign("SQLite", sqlite3.sqlite_version_info >= (3, 35), sqlite3.sqlite_version)
    yield _home(settings)
    if (pulse := last_pulse(settings.home)) is not None:
        is_fine = datetime.now(UTC) - pulse < STANDS_STILL
        yield Sign("scheduler", is_fine, f"looked at the clock last on {pulse:%Y-%m-%d %H:%M:%S}; `baikoo jobs status`")
    if settings.database_url.startswith("sqlite") and not (settings.home / "baikoo.sqlite").exists():
        yield Sign("database", True, "none yet; `baikoo run` or `baikoo crawl kenesh` makes it")
        return
    try:
        engine = open_engine(settings.database_url)
        yield from _database(engine, settings)
        engine.dispose()
    except (SQLAlchemyError, BaikooError) as error:
        yield Sign("database", False, f"cannot be read: {error}")


def _home(settings: HomeSettings) -> Sign:
    folder = settings.home if settings.home.exists() else settings.home.absolute().parent
    free = shutil.disk_usage(folder).free
    writable = os.access(folder, os.W_OK)
    return Sign("home", writable and free > _LITTLE_ROOM, f"{settings.home.absolute()}, {free >> 30} GiB free")


def _database(engine: Engine, settings: HomeSettings) -> Iterator[Sign]:
    wrong = check(engine)
    yield Sign("database", not wrong, wrong[0] if wrong else "up to date")
    if wrong:
        return
    with reader(engine) as conn:
        origin = conn.execute(select(col(Origin.kind))).scalar()
        last = conn.execute(select(func.max(col(Run.ended_at))).where(col(Run.stage) == "crawl")).scalar()
        red = [one for one in health_of(conn, datetime.now(UTC)) if one.code == "last_crawl" and one.state is State.RED]
        quarantined = conn.execute(
            select(func.count()).select_from(Quarantine).where(col(Quarantine.settled_at).is_(None))
        ).scalar_one()
        page = conn.execute(
            select(col(SourcePage.warc_file), col(SourcePage.warc_offset)).order_by(col(SourcePage.id).desc()).limit(1)
        ).first()
    yield Sign("origin", True, origin or "not set: nothing was crawled yet")
    yield Sign("last crawl", not red, "; ".join(map(words_of, red)) or str(last or "never"))
    yield Sign("quarantine", True, f"{quarantined} open; `baikoo stats` lists them")
    if page is not None:
        yield _archive(settings, page[0], page[1])


def _archive(settings: HomeSettings, file: str, offset: int) -> Sign:
    try:
        answer = Archive(settings.archive_dir).read(file, offset)
    except BaikooError as error:
        return Sign("archive", False, str(error))
    return Sign("archive", True, f"the newest page can be read ({answer.url})")
