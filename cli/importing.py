"""`baikoo import`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.home import Format, FormatOption, opened, print_json
from cli.import_notes import notes
from scrapers.imports.membership import import_membership
from vocab.errors import UsageError


def build() -> typer.Typer:
    """Take in lists that were collected elsewhere."""
    app = typer.Typer(no_args_is_help=True)
    app.command("membership")(membership)
    app.command("notes")(notes)
    app.callback()(_group)
    return app


def _group() -> None:
    """Take in lists that were collected elsewhere."""


def membership(
    folder: Annotated[Path, typer.Argument(help="a folder with CONVOCATION/YYYY-MM.csv of index,name,party")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Import dated lists of deputies and their factions; rows that cannot be read are quarantined.

    Example: `baikoo import membership ~/membership-snapshots`
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; lists stand in CONVOCATION/YYYY-MM.csv below it")
    with opened() as engine:
        report = import_membership(engine, folder, now=datetime.now(UTC))
    if form is Format.JSON:
        print_json(report.figures)
    else:
        typer.echo("Imported: " + ", ".join(f"{name} {count}" for name, count in report.figures.items()) + ".")
    if report.outcome != "clean":
        raise typer.Exit(1)
