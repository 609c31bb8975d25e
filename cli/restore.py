"""`baikoo restore`."""

from pathlib import Path
from typing import Annotated

import typer

from db.backup.reading import check as read_whole
from db.backup.restoring import restore as put_back
from db.engine import open_engine
from db.settings import load_settings


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="what `baikoo backup` wrote")],
    force: Annotated[bool, typer.Option("--force", help="replace what stands in the home; it is kept aside")] = False,
    check: Annotated[bool, typer.Option("--check", help="only read the file: is it whole and undamaged?")] = False,
) -> None:
    """Make BAIKOO_HOME and its database what they were when the backup was made.

    The whole file is checked first, an older database is brought up to date, and nothing is changed where something is
    wrong. Stop the server and the timers before.

    Examples: `baikoo restore /backups/baikoo-2026-11-27T020000Z.tar` · `baikoo restore FILE --check`
    """
    if check:
        manifest = read_whole(file)
        typer.echo(
            f"{file} is whole: {manifest.kind}, {sum(manifest.rows.values()):,} rows, {manifest.made_at:%F %T} UTC."
        )
        return
    settings = load_settings()
    engine = open_engine(settings.database_url)
    try:
        manifest, aside = put_back(engine, settings, file, force=force)
    finally:
        engine.dispose()
    typer.echo(f"Restored into {settings.home}: {sum(manifest.rows.values()):,} rows of {manifest.made_at:%F %T} UTC.")
    if aside:
        typer.echo(f"What stood there before is in {aside}: delete it when all is well.")
    typer.echo("Published feeds and exports are made again: `baikoo publish`, `baikoo export --publish`.")
