"""`baikoo export`."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from cli.home import opened, print_rows
from cli.show import AsOf
from db.settings import HomeSettings, load_settings
from publish.settings import load_public_settings
from vocab.dates import BISHKEK
from vocab.errors import UsageError
from web.bulk.forms import Form
from web.bulk.run import Exported, Wish
from web.bulk.run import export as write_version
from web.bulk.versions import FOLDER, keep_newest

_MEGABYTE = 1_000_000


def export(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="the folder below which the version is written")
    ] = None,
    as_of: AsOf = None,
    forms: Annotated[
        list[Form] | None, typer.Option("--format", help="a form of the files; all where none is named")
    ] = None,
    tables: Annotated[list[str] | None, typer.Option("--table", help="a table; all where none is named")] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="write below BAIKOO_HOME/public, where the site offers it")
    ] = False,
    keep: Annotated[int, typer.Option(help="with --publish: how many versions stay", min=1)] = 30,
) -> None:
    """Write the public data as CSV, JSON Lines, Parquet and SQLite, in a folder of its own for each version.

    Nothing private is in it. The same data of one day are not written twice; other data get another number.

    Examples: `baikoo export out` · `baikoo export --publish` · `baikoo export out --as-of 2026-10-01 --format csv`
    """
    settings = load_settings()
    if (folder is None) is not publish:
        raise UsageError("name a folder, or --publish: one of the two")
    target = folder or settings.public_dir / FOLDER
    done = _write(settings, target, _wish(as_of, forms, tables))
    _say(done, keep_newest(target, keep) if publish else [])


def _wish(as_of: datetime | None, forms: Collection[Form] | None, tables: Collection[str] | None) -> Wish:
    today, day = datetime.now(BISHKEK).date(), as_of.date() if as_of else None
    if day and day > today:
        raise UsageError(f"--as-of {day}: that day has not come")
    return Wish(
        day=today,
        as_of=day,
        forms=tuple(forms or Form),
        tables=tuple(tables or ()),
        public_url=load_public_settings().public_url,
    )


def _write(settings: HomeSettings, target: Path, wish: Wish) -> Exported:
    """Write the version while a person sees how far it is."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with (
        opened(settings) as engine,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress,
    ):
        task = progress.add_task("")
        return write_version(
            engine, target, wish, lambda name, rows: progress.update(task, description=f"{name}: {rows:,} rows")
        )


def _say(done: Exported, gone: list[str]) -> None:
    rows = [{"table": name, "rows": number} for name, number in done.rows.items()]
    print_rows(rows, ("rows", "table"), title="Tables", empty="No table was asked for.")
    what = "Version" if done.is_new else "Nothing changed: version"
    typer.echo(f"{what} {done.version} in {done.path}, {done.size / _MEGABYTE:,.1f} MB.")
    typer.echo(f"Checksum of the whole: {done.checksum}")
    if gone:
        typer.echo(f"Taken away: {', '.join(gone)}")
