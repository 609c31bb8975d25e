"""`baikoo crawl`."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from sqlalchemy import Engine, select
from sqlmodel import col

from cli.home import Format, FormatOption, opened, print_json
from db.archive import Archive
from db.engine import reader
from db.runs import Origin
from db.settings import load_settings
from scrapers.crawl import CrawlReport
from scrapers.crawl import crawl as run_crawl
from vocab.errors import UsageError


def crawl(
    site: Annotated[str, typer.Argument(help="the code of the site: kenesh or cbd")],
    replay: Annotated[
        Path | None, typer.Option("--replay", help="serve a recorded folder (index.csv) instead of the network")
    ] = None,
    from_archive: Annotated[
        bool, typer.Option("--from-archive", help="read the archived pages again, without any network")
    ] = False,
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="cbd: the first day to ask for")
    ] = None,
    demonstration: Annotated[bool, typer.Option("--demonstration", hidden=True)] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Collect a site: archive every page, store what it says, quarantine what cannot be read.

    A crawl that was killed goes on where it was; pages that did not change are not read again.
    Exit code 1: the run is red, the reasons are printed.

    Examples: `baikoo crawl kenesh` · `baikoo crawl cbd --since 2026-09-01` · `baikoo crawl kenesh --replay recorded/`
    """
    if replay is not None and from_archive:
        raise UsageError(
            "--replay and --from-archive exclude each other: one serves recorded pages, the other reads ours"
        )
    if replay is not None and not (replay / "index.csv").is_file():
        raise UsageError(f"{replay}: a recording is a folder with an index.csv (file,url,status,recorded_at,lang,kind)")
    settings = load_settings()
    with opened(settings) as engine, Console(stderr=True).status(f"crawling {site}") as status:
        report = run_crawl(
            site,
            engine=engine,
            archive=Archive(settings.archive_dir),
            origin=_stored_origin(engine) if from_archive else _origin(replay, demonstration),
            replay=replay,
            from_archive=from_archive,
            since=_day(since),
            progress=lambda figures: status.update(f"crawling {site}: {_line(figures)}"),
        )
    show_report(site, report, form)


def show_report(site: str, report: CrawlReport, form: Format) -> None:
    """Print what a crawl did; exit code 1 where it is red."""
    if form is Format.JSON:
        print_json({"site": site, "outcome": report.outcome, "figures": report.figures, "reasons": report.reasons})
    else:
        typer.echo(f"{site}: {report.outcome}. {_line(report.figures)}")
        if missing := report.figures.get("not_in_this_recording"):
            typer.echo(f"  not in this recording: {', '.join(missing)}")
        for reason in report.reasons:
            typer.echo(f"  {reason}")
    if report.outcome != "clean":
        raise typer.Exit(1)


def _origin(replay: Path | None, demonstration: bool) -> str:
    if demonstration:
        return "demonstration"
    return "live" if replay is None else "replay"


def _stored_origin(engine: Engine) -> str:
    """Where the archive's pages come from."""
    with reader(engine) as conn:
        return conn.execute(select(col(Origin.kind))).scalar() or "live"


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _line(figures: dict[str, Any]) -> str:
    """The flat figures in one line."""
    return ", ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in figures.items() if isinstance(value, int | float)
    )
