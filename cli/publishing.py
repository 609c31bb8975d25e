"""`baikoo publish`."""

from datetime import UTC, datetime

import typer

from cli.home import Format, FormatOption, opened, print_json
from db.settings import load_settings
from publish.run import as_figures
from publish.run import publish as write_files
from publish.settings import load_public_settings


def publish(form: FormatOption = Format.TABLE) -> None:
    """Write the feeds and calendars of what changed into BAIKOO_HOME/public.

    Addresses in them begin with BAIKOO_PUBLIC_URL. Nothing new writes nothing.

    Example: `BAIKOO_PUBLIC_URL=https://baikoo.example baikoo publish`
    """
    settings = load_settings()
    with opened(settings) as engine:
        counts = write_files(
            engine, settings.public_dir, public_url=load_public_settings().public_url, now=datetime.now(UTC)
        )
    if form is Format.JSON:
        print_json(as_figures(counts))
        return
    typer.echo(f"Published into {settings.public_dir}: {counts.written} files written, {counts.unchanged} unchanged.")
