"""`baikoo users`: who may sign in. The first admin is made here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from sqlalchemy import Engine

from cli.home import Format, FormatOption, opened, print_json, print_rows
from db.accounts import Account, add_account, set_password_hash
from db.audit import COMMAND_LINE, Act
from db.engine import reader
from publish.settings import load_public_settings
from vocab.errors import UsageError
from vocab.languages import STAFF_LANGUAGES
from vocab.roles import Role
from web.accounts import administration
from web.accounts.administration import Person, named
from web.accounts.links import LINK
from web.accounts.passwords import fault_of, passwords

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="an e-mail address or a name")]
Name = Annotated[str, typer.Option("--name", help="how the person is called; default: the login")]
Roles = Annotated[list[Role], typer.Option("--role", help="a role; repeat it for several")]
Language = Annotated[str, typer.Option("--language", help=" or ".join(STAFF_LANGUAGES))]


def build() -> typer.Typer:
    """Let people in and out; each act stands in the audit log as one of «cli»."""
    app = typer.Typer(help="Let people in, give them roles, end their sessions.", no_args_is_help=True)
    for command in (invite, add, reset, roles, deactivate, activate, sessions, unlock):
        app.command(command.__name__)(command)
    app.command("list")(list_people)
    app.command("end-sessions")(end_sessions)
    return app


def invite(login: Login, roles: Roles, name: Name = "", language: Language = "ru") -> None:
    """Make an account and print the link by which the person chooses a password; it works once, for 7 days.

    Example: `baikoo users invite aigul@example.kg --role observer --language ky`
    """
    with opened() as engine:
        token = administration.invite(engine, login, name, roles, language, act=_act())
    typer.echo(_link(token))


def add(login: Login, roles: Roles, name: Name = "", language: Language = "ru") -> None:
    """Make an account with a password that is asked for here.

    Example: `baikoo users add asel --role coordinator`
    """
    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    if fault := fault_of(password, login):
        raise UsageError(fault)
    with opened() as engine, engine.begin() as conn:
        account = add_account(conn, login, name, roles, language, act=_act())
        set_password_hash(conn, account.id, passwords().hash(password), act=_act())
    typer.echo(f"{account.login} may sign in.")


def list_people(form: FormatOption = Format.TABLE) -> None:
    """List everybody with roles and state.

    Example: `baikoo users list --format json`
    """
    with opened() as engine, reader(engine) as conn:
        rows = [_row(one) for one in administration.people(conn, datetime.now(UTC))]
    if form is Format.JSON:
        print_json(rows)
        return
    columns = ("login", "state", "sessions", "last_seen", "roles")
    shown = [row | {"roles": ", ".join(row["roles"])} for row in rows]
    print_rows(shown, columns, title="Users", empty="Nobody yet: `baikoo users invite LOGIN --role admin`.")


def roles(login: Login, roles: Roles) -> None:
    """Give exactly these roles.

    Example: `baikoo users roles asel --role coordinator --role lawyer`
    """
    with _account(login) as (engine, account):
        administration.give_roles(engine, account, roles, act=_act())
    typer.echo(f"{account.login}: {', '.join(sorted(roles))}.")


def reset(
    login: Login,
    phone_lost: Annotated[bool, typer.Option("--phone-lost", help="take the second factor away too")] = False,
) -> None:
    """Print a link to choose a new password; it works once, for 24 hours (an invitation again: 7 days).

    Example: `baikoo users reset asel --phone-lost`
    """
    with _account(login) as (engine, account):
        token = administration.link_anew(engine, account, without_second_factor=phone_lost, act=_act())
    typer.echo(_link(token))


def deactivate(login: Login) -> None:
    """Nobody signs in with the account any more; its sessions end at once.

    Example: `baikoo users deactivate asel`
    """
    with _account(login) as (engine, account):
        administration.deactivate(engine, account, act=_act())
    typer.echo(f"{account.login} is not active any more.")


def activate(login: Login) -> None:
    """The account may be used again.

    Example: `baikoo users activate asel`
    """
    with _account(login) as (engine, account):
        administration.activate(engine, account, act=_act())
    typer.echo(f"{account.login} may sign in again.")


def sessions(login: Login, form: FormatOption = Format.TABLE) -> None:
    """List the devices that somebody is signed in on.

    Example: `baikoo users sessions asel`
    """
    with opened() as engine, reader(engine) as conn:
        person = administration.person(conn, named(conn, login).id, datetime.now(UTC))
    names = ("id", "created_at", "last_seen", "device")
    rows = [{name: getattr(one, name) for name in names} for one in (person.sessions if person else ())]
    if form is Format.JSON:
        print_json(rows)
        return
    print_rows(rows, names, title="Sessions", empty=f"{login} is signed in nowhere.")


def end_sessions(login: Login) -> None:
    """Sign somebody out everywhere: a lost phone.

    Example: `baikoo users end-sessions asel`
    """
    with _account(login) as (engine, account):
        count = administration.sign_out_everywhere(engine, account, act=_act())
    typer.echo(f"{account.login}: {count} sessions ended.")


def unlock(login: Login) -> None:
    """Forget the failed tries of an account.

    Example: `baikoo users unlock asel`
    """
    with _account(login) as (engine, account):
        forgotten = administration.unlock(engine, account, act=_act())
    typer.echo(f"{account.login}: {'unlocked' if forgotten else 'nothing to unlock'}.")


@contextmanager
def _account(login: str) -> Iterator[tuple[Engine, Account]]:
    """The database, and the account of a login. Raises UsageError for an unknown one."""
    with opened() as engine:
        with reader(engine) as conn:
            account = named(conn, login)
        yield engine, account


def _row(person: Person) -> dict[str, Any]:
    account = person.account
    state = "active" if account.password_hash else "invited"
    state = f"locked until {person.locked_until:%H:%M} UTC" if person.locked_until else state
    return {
        "login": account.login,
        "name": account.name,
        "roles": sorted(account.roles),
        "language": account.language,
        "state": state if account.active else "not active",
        "second_factor": "set up" if account.totp_secret else "missing" if account.needs_second_factor else "",
        "sessions": len(person.sessions),
        "last_seen": person.last_seen,
    }


def _link(token: str) -> str:
    return f"{load_public_settings().public_url}{LINK}/{token}"


def _act() -> Act:
    return Act(who=COMMAND_LINE, at=datetime.now(UTC))
