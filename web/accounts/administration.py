"""What an admin does with accounts, on the pages and by `baikoo users`: each act with its consequences, in the log."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from db import brakes
from db.accounts import (
    Account,
    account_by_id,
    account_by_login,
    accounts,
    add_account,
    fold_login,
    note,
    set_active,
    set_roles,
    set_second_factor,
)
from db.audit import Act
from db.erasure import erase_person
from db.sessions import Session, end_sessions, sessions_of
from db.tickets import Purpose, issue, void
from publish.alerts.subscribing import BY_PERSON, end_all
from publish.alerts.tokens import read_email
from vocab.errors import UsageError
from vocab.posts import ChannelName
from vocab.roles import Role
from web.accounts.entering import code_key, login_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account as an admin sees it; `locked_until` where failed tries keep it waiting."""

    account: Account
    sessions: Sequence[Session]
    locked_until: datetime | None

    @property
    def last_seen(self) -> datetime | None:
        """When one of the devices was last in use."""
        return max((session.last_seen for session in self.sessions), default=None)


def people(conn: Connection, now: datetime) -> list[Person]:
    """Everybody, by login."""
    return [_person(conn, account, now) for account in accounts(conn)]


def person(conn: Connection, account_id: int, now: datetime) -> Person | None:
    """One of them."""
    account = account_by_id(conn, account_id)
    return _person(conn, account, now) if account else None


def named(conn: Connection, login: str) -> Account:
    """The account of a login as it was typed. Raises UsageError for an unknown one."""
    account = account_by_login(conn, fold_login(login))
    if account is None:
        raise UsageError(f"no account {login!r}; `baikoo users list` names them")
    return account


def invite(engine: Engine, login: str, name: str, roles: Collection[Role], language: str, *, act: Act) -> str:
    """A new account and the token of its invitation. Raises UsageError for a login that is taken."""
    with engine.begin() as conn:
        account = add_account(conn, login, name, roles, language, act=act)
        return issue(conn, account, Purpose.INVITATION, act=act)


def link_anew(engine: Engine, account: Account, *, without_second_factor: bool = False, act: Act) -> str:
    """The token of a link to set a password, or of a new invitation for who never came.

    `without_second_factor`: the phone is lost too; a role that needs one sets it up anew. Raises UsageError for an
    account that is not active.
    """
    if not account.active:
        raise UsageError(f"{account.login} is not active: activate the account first")
    purpose = Purpose.RESET if account.password_hash else Purpose.INVITATION
    with engine.begin() as conn:
        if without_second_factor and account.totp_secret:
            set_second_factor(conn, account.id, None, (), act=act)
        return issue(conn, account, purpose, act=act)


def give_roles(engine: Engine, account: Account, roles: Collection[Role], *, act: Act) -> None:
    """Exactly these roles, from the next request on. Raises UsageError where no admin would be left."""
    with engine.begin() as conn:
        set_roles(conn, account.id, roles, act=act)


def deactivate(engine: Engine, account: Account, *, act: Act) -> None:
    """Nobody signs in with the account any more; its sessions and links end. Raises UsageError for the last admin."""
    with engine.begin() as conn:
        set_active(conn, account.id, False, act=act)
        end_sessions(conn, account, act=act)
        void(conn, account, act.at)


def activate(engine: Engine, account: Account, *, act: Act) -> None:
    """The account may be used again."""
    with engine.begin() as conn:
        set_active(conn, account.id, True, act=act)


def erase(engine: Engine, account: Account, contacts: bytes, *, act: Act) -> Mapping[str, int]:
    """Erase a person for ever (`db.erasure.erase_person`); gives what was erased. Raises UsageError, see there.

    News by letter to the address that they signed in with end, too: `contacts` is the key of contacts.
    """
    address = read_email(account.login)
    with engine.begin() as conn:
        forgotten = [brakes.release(conn, key) for key in (login_key(account.login), code_key(account))]
        done = erase_person(conn, account, act=act) | {"sign_in_brake": sum(forgotten)}
        ended = end_all(conn, ChannelName.EMAIL, address, contacts, act.at, BY_PERSON) if address else 0
        return done | {"subscription": ended}


def sign_out_everywhere(engine: Engine, account: Account, *, act: Act) -> int:
    """End all sessions of an account; gives how many there were."""
    with engine.begin() as conn:
        return end_sessions(conn, account, act=act)


def unlock(engine: Engine, account: Account, *, act: Act) -> bool:
    """Forget the failed tries; False where there were none."""
    with engine.begin() as conn:
        keys = (login_key(account.login), code_key(account))
        forgotten = [brakes.release(conn, key) for key in keys]
        if any(forgotten):
            note(conn, account, "unlocked", act=act)
        return any(forgotten)


def _person(conn: Connection, account: Account, now: datetime) -> Person:
    waits = (brakes.waiting(conn, key, now) for key in (login_key(account.login), code_key(account)))
    locked = max((until for until in waits if until), default=None)
    return Person(account=account, sessions=sessions_of(conn, account), locked_until=locked)
