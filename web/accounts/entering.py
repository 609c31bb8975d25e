"""Letting people in: the password, the second factor, and the brake on those who guess."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address

from sqlalchemy import Engine

from db import brakes
from db.accounts import Account, account_by_login, fold_login, note, renew_password_hash
from db.audit import NOBODY, Act
from db.brakes import Limit
from db.engine import reader
from db.sessions import Session, open_session, pass_second_factor
from vocab.errors import UsageError
from web.accounts.passwords import passwords
from web.accounts.second_factor import show_code

_FREE_TRIES, _FREE_FROM_ADDRESS = 5, 30
_NEIGHBOURHOOD = 64
"""The bits of an IPv6 address that its owner cannot choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nobody was let in; `until` where the next try has to wait."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Somebody was let in: `token` is for the cookie of the new session."""

    account: Account
    token: str


def login_key(login: str) -> str:
    """Under which failed passwords of a login are counted; the login may be anything that was typed."""
    return f"login:{sha256(login.encode(errors='replace')).hexdigest()}"


def code_key(account: Account) -> str:
    """Under which failed codes of an account are counted."""
    return f"code:{account.id}"


def address_key(address: str | None) -> str:
    """Under which tries from an address are counted; all addresses of one IPv6 neighbourhood are one."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return f"address:{(address or 'unknown')[:100]}"
    if isinstance(known, IPv6Address):
        return f"address:{IPv6Network((known, _NEIGHBOURHOOD), strict=False)}"
    return f"address:{known}"


def enter(
    engine: Engine, login: str, password: str, *, address: str | None, device: str, now: datetime
) -> Entered | Refused:
    """Sign in with a password.

    An unknown login, a wrong password and an account that is not active are refused alike, after the same work.
    """
    folded = _folded(login)
    by_login, by_address = login_key(folded), address_key(address)
    limits = (Limit(key=by_login, free=_FREE_TRIES), Limit(key=by_address, free=_FREE_FROM_ADDRESS))
    with engine.begin() as conn:
        until = brakes.take(conn, *limits, now=now)
    if until:
        return Refused(until=until)
    with reader(engine) as conn:
        account = account_by_login(conn, folded)
    kept = account.password_hash if account and account.active else None
    right, newer = passwords().verify(password, kept)
    if account is None or not right:
        return _failed(engine, account, by_login, now)
    with engine.begin() as conn:
        brakes.give_back(conn, by_address)
        brakes.release(conn, by_login)
        if newer and kept:
            renew_password_hash(conn, account.id, kept, newer)
        token = open_session(conn, account, device, act=Act(who=account.reference, at=now))
    return Entered(account=account, token=token)


def show_second_factor(
    engine: Engine, key_of_secrets: bytes, session: Session, code: str, now: datetime
) -> Refused | None:
    """Pass the second factor of a session with a code of the app or a recovery code; None where it is passed."""
    account, act = session.account, Act(who=session.account.reference, at=now)
    key = code_key(account)
    with engine.begin() as conn:
        until = brakes.take(conn, Limit(key=key, free=_FREE_TRIES), now=now)
    if until:
        return Refused(until=until)
    with engine.begin() as conn:
        if show_code(conn, key_of_secrets, account, code, act=act):
            brakes.release(conn, key)
            pass_second_factor(conn, session.id, now)
            note(conn, account, "second factor shown", {"device": session.device}, act=act)
            return None
    return _failed(engine, account, key, now)


def is_password(engine: Engine, account: Account, password: str, now: datetime) -> bool | Refused:
    """Whether somebody who is signed in knows the password too: before what a stranger at their phone must not do."""
    key = login_key(account.login)
    with engine.begin() as conn:
        until = brakes.take(conn, Limit(key=key, free=_FREE_TRIES), now=now)
    if until:
        return Refused(until=until)
    right, _ = passwords().verify(password, account.password_hash)
    if right:
        with engine.begin() as conn:
            brakes.release(conn, key)
    return right


def _failed(engine: Engine, account: Account | None, key: str, now: datetime) -> Refused:
    """Say until when to wait; that an account has to wait stands in the audit log."""
    with engine.begin() as conn:
        until = brakes.waiting(conn, key, now)
        if until and account:
            detail = {"until": until.isoformat()}
            note(conn, account, "locked after failed tries", detail, act=Act(who=NOBODY, at=now))
    return Refused(until=until)


def _folded(login: str) -> str:
    try:
        return fold_login(login)
    except UsageError:
        return login[:1000].replace("\0", "")
