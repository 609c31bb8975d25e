"""`baikoo privacy`: what is past its term goes, a person is erased, a person sees what is stored."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer
from sqlalchemy import Connection

from cli.home import Format, FormatOption, opened, print_json, print_rows
from cli.users import Login
from db.accounts import Account
from db.audit import COMMAND_LINE, Act
from db.engine import reader
from db.keys import load_keys
from db.personal import stored_about
from db.settings import load_settings
from publish.alerts.subscribing import of_contact
from publish.alerts.tokens import read_email
from vocab.errors import UsageError
from vocab.posts import ChannelName
from vocab.retention import TERMS
from web.accounts import administration
from web.accounts.administration import named
from web.privacy.sweep import sweep as swept
from web.privacy.words import WHAT


def build() -> typer.Typer:
    """What tells of people: kept for its term, shown to the person, erased for ever."""
    app = typer.Typer(help="Delete what is past its term, show or erase what tells of a person.", no_args_is_help=True)
    for command in (sweep, show, erase):
        app.command(command.__name__)(command)
    return app


def sweep(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only count, delete nothing")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Delete what is past its term; worth running every day, a second run finds nothing.

    Example: `baikoo privacy sweep --dry-run`
    """
    with opened() as engine:
        counts = swept(engine, datetime.now(UTC), dry_run=dry_run)
    rows = [{"kept": one.kept, "days": one.days, "rows": counts[one.kept], "what": WHAT[one.kept]} for one in TERMS]
    if form is Format.JSON:
        print_json(rows)
        return
    title = "Past their term, nothing deleted" if dry_run else "Deleted or emptied"
    print_rows(rows, ("kept", "days", "rows", "what"), title=title, empty="")


def show(login: Login) -> None:
    """Print everything that is stored about an account as JSON: the person may see it. Secrets and others are left out.

    Example: `baikoo privacy show asel`
    """
    settings = load_settings()
    with opened(settings) as engine, reader(engine) as conn:
        account = named(conn, login)
        print_json(stored_about(conn, account) | _followed(conn, account, load_keys(settings.home).contacts))


def _followed(conn: Connection, account: Account, key: bytes) -> dict[str, list[dict[str, str]]]:
    """The news by letter to the address that somebody signs in with."""
    address = read_email(account.login)
    mine = of_contact(conn, ChannelName.EMAIL, address, key) if address else []
    rows = [{**asdict(one.wish.thing), "lang": one.wish.lang, "rhythm": one.wish.rhythm.value} for one in mine]
    return {"subscription": rows} if rows else {}


def erase(
    login: Login,
    confirm: Annotated[str, typer.Option("--confirm", help="the login once more; asked for where it is missing")] = "",
) -> None:
    """Erase a person for ever: name, login, secrets, sessions. Notes and decisions stay under a number.

    Example: `baikoo privacy erase asel`
    """
    settings = load_settings()
    with opened(settings) as engine:
        with reader(engine) as conn:
            account = named(conn, login)
        typed = confirm or typer.prompt("This cannot be undone. Type the login once more")
        if typed.strip().casefold() != account.login:
            raise UsageError("this is not the same login: nothing was erased")
        key = load_keys(settings.home).contacts
        done = administration.erase(engine, account, key, act=Act(who=COMMAND_LINE, at=datetime.now(UTC)))
    told = ", ".join(f"{table} {count}" for table, count in sorted(done.items()) if count)
    typer.echo(f"Erased; the account is called erased-{account.id} from now on. Rows: {told}.")
