"""`baikoo backup`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

from db.backup.writing import BackedUp, back_up, keep_newest
from db.engine import open_engine
from db.settings import load_settings
from vocab.errors import UsageError

_SHOWN = 10


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE_OR_DIR", help="a new file, or a folder for one named by now")],
    every_page: Annotated[
        bool, typer.Option("--every-page", help="try to read every archived page, not a sample of 200")
    ] = False,
    keep: Annotated[int | None, typer.Option(help="with a folder: how many backups stay in it", min=1)] = None,
) -> None:
    """Keep database, archive of pages, pictures and key in one file, while everything goes on.

    The file is read again before it gets its name. It holds password hashes and the key: only its owner may read it.
    Exit code 1 where archived pages cannot be read; the backup is kept then, too.

    Examples: `baikoo backup /backups --keep 14` · `baikoo backup before-upgrade.tar --every-page`
    """
    if keep is not None and not target.is_dir():
        raise UsageError(f"--keep needs a folder that is there: mkdir {target}")
    settings = load_settings()
    console = Console(stderr=True)
    columns = (BarColumn(), DownloadColumn(), TextColumn("{task.description}"))
    engine = open_engine(settings.database_url)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("database")
        done = back_up(
            engine,
            settings,
            target,
            every_page=every_page,
            tell=lambda name, now, whole: progress.update(task, description=name, completed=now, total=whole),
        )
    engine.dispose()
    gone = keep_newest(target, keep) if keep else []
    _say(done, gone)


def _say(done: BackedUp, gone: list[str]) -> None:
    typer.echo(f"{done.path}: {done.size:,} bytes, {done.files} files, {done.rows:,} rows of {done.kind}. Checked.")
    typer.echo(f"Archived pages: {done.looked_at} looked at, {len(done.unreadable)} cannot be read.")
    if gone:
        typer.echo(f"Deleted: {', '.join(gone)}")
    for name in done.lost:
        typer.echo(f"Pages name the archive file {name}, which is not there.", err=True)
    if done.unreadable:
        some = ", ".join(map(str, done.unreadable[:_SHOWN]))
        typer.echo(f"Pages that cannot be read: {some}{' …' if len(done.unreadable) > _SHOWN else ''}", err=True)
        raise typer.Exit(1)
