"""`baikoo publish`."""

from dataclasses import asdict
from datetime import UTC, datetime

import typer

from cli.home import Format, FormatOption, opened, print_json
from db.settings import load_settings
from publish.run import as_figures, tell_hub
from publish.run import publish as write_files
from publish.settings import load_public_settings


def publish(form: FormatOption = Format.TABLE) -> None:
    """Write the feeds and calendars of what changed into BAIKOO_HOME/public.

    Addresses in them begin with BAIKOO_PUBLIC_URL. Nothing new writes nothing. Where BAIKOO_WEBSUB_HUB names a hub, it
    is told of the feeds that changed; what it does not take is told at the next run.

    Example: `BAIKOO_PUBLIC_URL=https://baikoo.example baikoo publish`
    """
    settings, public = load_settings(), load_public_settings()
    with opened(settings) as engine:
        counts = write_files(engine, settings.public_dir, public=public, now=datetime.now(UTC))
    hub = tell_hub(settings.public_dir, public)
    if form is Format.JSON:
        print_json(as_figures(counts) | ({"hub": asdict(hub)} if public.hub else {}))
        return
    typer.echo(f"Published into {settings.public_dir}: {counts.written} files written, {counts.unchanged} unchanged.")
    if public.hub:
        failed = f" The last failure: {hub.failed}" if hub.failed else ""
        typer.echo(f"The hub was told of {hub.told} feeds; {hub.waiting} wait for the next run.{failed}")
