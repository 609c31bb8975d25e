"""`baikoo publish decide`."""

from dataclasses import asdict
from datetime import UTC, datetime

import typer

from cli.home import Format, FormatOption, opened, print_json
from db.settings import load_settings
from publish.channels.registry import open_accounts
from publish.deciding import decide_now, open_desk
from publish.settings import load_public_settings


def decide(form: FormatOption = Format.TABLE) -> None:
    """Decide what of all that is new becomes a post, and put it into the outbox as drafts for every channel that is on.

    Nothing is sent: drafts wait for `baikoo publish approve`, unless their kind is in `approved` of
    BAIKOO_HOME/newsdesk.yml. What was said is not said again; what was taken back is taken out, or put right.

    Example: `baikoo publish decide && baikoo publish list --state draft`
    """
    settings = load_settings()
    accounts = open_accounts().everybody
    desk = open_desk(settings, load_public_settings().public_url, accounts)
    with opened(settings) as engine:
        counts = decide_now(engine, desk, now=datetime.now(UTC))
    if form is Format.JSON:
        print_json(asdict(counts) | {"accounts": [f"{channel} {lang}" for channel, lang in accounts]})
        return
    typer.echo(
        f"{counts.looked_at} happenings looked at: {counts.posts} posts for {len(accounts)} accounts, "
        f"{counts.refused} deliveries refused, {counts.withdrawn} posts taken out."
    )
    if counts.refused:
        typer.echo("Why they were refused: baikoo publish list --state refused")
