"""`baikoo publish`: alone it writes feeds and calendars; its commands are those of the posts."""

from dataclasses import asdict
from datetime import UTC, datetime

import typer

from cli.home import Format, FormatOption, opened, print_json
from cli.listing import MARKUP, group_of
from db.settings import load_settings
from publish.run import as_figures, tell_hub
from publish.run import publish as write_files
from publish.settings import load_public_settings

COMMANDS = {
    "feeds": "publishing:feeds",
    "decide": "publish_decide:decide",
    "preview": "publish_preview:preview",
    "list": "publish_queue:list_deliveries",
    "show": "publish_queue:show",
    "status": "publish_queue:status",
    "approve": "publish_acts:approve",
    "reject": "publish_acts:reject",
    "retry": "publish_acts:retry",
    "settle": "publish_acts:settle",
    "deliver": "publish_deliver:deliver",
    "stop": "publish_switch:stop",
    "resume": "publish_switch:resume",
}


def build() -> typer.Typer:
    """Write the feeds and calendars of what changed; the commands approve posts and send them.

    Examples: `baikoo publish` · `baikoo publish status` · `baikoo publish approve 12` · `baikoo publish deliver --once`
    """
    app = typer.Typer(cls=group_of(COMMANDS), invoke_without_command=True, rich_markup_mode=MARKUP)
    app.callback(help=build.__doc__)(_alone)
    return app


def _alone(context: typer.Context, form: FormatOption = Format.TABLE) -> None:
    if context.invoked_subcommand is None:
        feeds(form)


def feeds(form: FormatOption = Format.TABLE) -> None:
    """Write the feeds and calendars of what changed into BAIKOO_HOME/public; the same as `baikoo publish` alone.

    Addresses in them begin with BAIKOO_PUBLIC_URL. Nothing new writes nothing. Where BAIKOO_WEBSUB_HUB names a hub, it
    is told of the feeds that changed; what it does not take is told at the next run.

    Example: `BAIKOO_PUBLIC_URL=https://baikoo.example baikoo publish feeds`
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
