"""`baikoo subscriptions`: how many follow by letter, their due letters, and leaving for those who ask a person."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.home import Format, FormatOption, opened, print_json, print_rows
from db.engine import reader
from db.keys import load_keys
from db.settings import load_settings
from publish.alerts.preparing import prepare as prepare_letters
from publish.alerts.subscribing import BY_PERSON, counted, end_all
from publish.alerts.tokens import read_email
from publish.settings import load_public_settings
from vocab.errors import UsageError
from vocab.posts import ChannelName

_COLUMNS = ("channel", "follows", "rhythm", "lang", "state", "subscriptions", "letters")


def build() -> typer.Typer:
    """Who follows by e-mail or in Telegram: in numbers, never by address."""
    app = typer.Typer(help="Count those who follow by letter, make their letters, end for them.", no_args_is_help=True)
    app.command("list")(list_counts)
    app.command("end")(end)
    app.command("prepare")(prepare)
    return app


def list_counts(form: FormatOption = Format.TABLE) -> None:
    """Count subscriptions and their letters by channel, what is followed, rhythm, language and state.

    Example: `baikoo subscriptions list`
    """
    with opened() as engine, reader(engine) as conn:
        rows = counted(conn)
    if form is Format.JSON:
        print_json(rows)
        return
    print_rows(rows, _COLUMNS, title="Subscriptions", empty="Nobody follows by letter yet.")


def end(
    address: Annotated[str, typer.Option("--address", prompt="E-mail address", hide_input=True, help="asked for")] = "",
) -> None:
    """End all subscriptions of an e-mail address, for somebody who asks you to; the address is erased.

    It is asked for and not shown, so that it stays in no history of the shell.

    Example: `baikoo subscriptions end`
    """
    contact = read_email(address)
    if contact is None:
        raise UsageError("this is no e-mail address")
    settings = load_settings()
    key = load_keys(settings.home).contacts
    with opened(settings) as engine, engine.begin() as conn:
        number = end_all(conn, ChannelName.EMAIL, contact, key, datetime.now(UTC), BY_PERSON)
    typer.echo(f"Ended: {number}.")


def prepare(form: FormatOption = Format.TABLE) -> None:
    """Put the letters that are due into the outbox; `baikoo jobs` does so every minute. Nothing new writes nothing.

    At once is told what is new, daily at 18:00 and weekly on Monday at 9:00 (Bishkek), later where this ran later.
    Exit code 1 where a subscription failed; it is tried again at the next run.

    Example: `baikoo subscriptions prepare`
    """
    with opened() as engine:
        done = prepare_letters(engine, public_url=load_public_settings().public_url, now=datetime.now(UTC))
    if form is Format.JSON:
        print_json({"letters": done.letters, "entries": done.entries, "ended": done.ended, "failed": len(done.failed)})
    else:
        typer.echo(f"Letters: {done.letters}, entries in them: {done.entries}, ended: {done.ended}.")
    for number, why in done.failed.items():
        typer.echo(f"subscription {number}: {why}", err=True)
    if done.failed:
        raise typer.Exit(1)
