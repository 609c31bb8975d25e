"""Who decides on the command line: an account that is named, else simply somebody at the machine."""

from typing import Annotated

import typer
from sqlalchemy import Engine

from db.accounts import account_by_login, fold_login
from db.audit import COMMAND_LINE
from db.engine import reader
from vocab.errors import UsageError

WhoOption = Annotated[
    str | None, typer.Option("--who", help="the login of the account that decides; default: only «cli» is kept")
]


def decider(engine: Engine, login: str | None) -> str:
    """What a decision keeps of who made it: never a name. Raises UsageError for a login that nobody has."""
    if login is None:
        return COMMAND_LINE
    with reader(engine) as conn:
        account = account_by_login(conn, fold_login(login))
    if account is None:
        raise UsageError(f"no account {login!r}: leave --who out, or make one with `baikoo users invite`")
    return account.reference
