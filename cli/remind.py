"""`baikoo remind`: for a timer, every evening; a letter goes out once, however often it runs."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from cli.home import opened
from publish.channels.mail import load_mail_settings
from publish.settings import load_public_settings
from tracker.week import reminders
from vocab.dates import BISHKEK
from vocab.errors import UsageError
from web.desk.letters import sender


def remind(
    day: Annotated[datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], help="default: tomorrow")] = None,
) -> None:
    """Send observers a letter about the sittings of tomorrow that they were asked to be at.

    A letter that was sent, or of which nobody knows, is never sent again; one that the server refused is tried anew.

    Example: `baikoo remind`, by cron: `0 18 * * * baikoo remind`
    """
    mail = load_mail_settings()
    if mail is None:
        raise UsageError("no mail server: set BAIKOO_SMTP_URL and BAIKOO_MAIL_FROM, see docs/coordinators.md")
    wanted = day.date() if day else datetime.now(BISHKEK).date() + timedelta(days=1)
    with opened() as engine:
        send = sender(mail, load_public_settings().public_url)
        counts = reminders.remind(engine, wanted, send, now=datetime.now(UTC))
    typer.echo(f"{wanted}: {', '.join(f'{name} {number}' for name, number in counts.items())}")
    if counts[reminders.FAILED] or counts[reminders.UNSURE]:
        raise typer.Exit(1)
