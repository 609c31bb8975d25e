"""Where people are signed in. The row decides, not the cookie: a session that was ended is over everywhere at once."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from db.accounts import Account, account_by_id, note
from db.audit import Act, take_audit_turn
from db.upsert import table_of
from db.users import UserSession

LONGEST = timedelta(days=90)
"""Then everybody signs in anew."""

IDLE = timedelta(days=30)
"""How long an observer's phone may stay in the drawer."""

IDLE_SECOND_FACTOR = timedelta(hours=12)
"""The same for roles that need a second factor: a day of work."""

_STALE = timedelta(minutes=15)
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A device that an account is signed in on."""

    id: int
    account: Account
    device: str
    created_at: datetime
    last_seen: datetime
    second_factor_at: datetime | None
    recovery_key: str


def hash_of(token: str) -> str:
    """What the database keeps of a token, a link or a code: each is long and random, so one round is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(conn: Connection, account: Account, device: str, *, act: Act) -> str:
    """Sign in on a device; gives the token for its cookie, which is stored nowhere."""
    take_audit_turn(conn)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row: dict[str, Any] = {"token_hash": hash_of(token), "user_id": account.id, "device": device}
    row |= {"created_at": act.at, "last_seen": act.at, "recovery_key": secrets.token_hex(32)}
    conn.execute(insert(table_of(UserSession)).values(**row))
    note(conn, account, "signed in", {"device": device}, act=act)
    return token


def session_of(conn: Connection, token: str, now: datetime) -> Session | None:
    """The session of a token and its account; None where it was ended or is too old, or the account is not active."""
    table = table_of(UserSession)
    row = conn.execute(select(table).where(table.c.token_hash == hash_of(token))).mappings().first()
    if row is None or row["revoked_at"] is not None:
        return None
    account = account_by_id(conn, row["user_id"])
    if account is None or not account.active:
        return None
    idle = IDLE_SECOND_FACTOR if account.needs_second_factor else IDLE
    if now - row["created_at"] > LONGEST or now - row["last_seen"] > idle:
        return None
    return _session(row, account)


def is_stale(session: Session, now: datetime) -> bool:
    """True when it is time to write down that the device is in use; not at every request."""
    return now - session.last_seen > _STALE


def touch(conn: Connection, session_id: int, now: datetime) -> None:
    """Write down that the device is in use."""
    table = table_of(UserSession)
    conn.execute(update(table).where(table.c.id == session_id).values(last_seen=now))


def pass_second_factor(conn: Connection, session_id: int, now: datetime) -> None:
    """The second factor was shown on this device."""
    table = table_of(UserSession)
    conn.execute(update(table).where(table.c.id == session_id).values(second_factor_at=now))


def sessions_of(conn: Connection, account: Account) -> list[Session]:
    """Where the account is signed in, the latest first; a device unused for long stands here until it is ended."""
    table = table_of(UserSession)
    query = select(table).where(table.c.user_id == account.id, table.c.revoked_at.is_(None))
    return [_session(row, account) for row in conn.execute(query.order_by(table.c.last_seen.desc())).mappings()]


def recovery_keys(conn: Connection, user_id: int) -> list[str]:
    """The keys of all sessions of an account, ended ones too, the newest first.

    Only for somebody who has just shown the password: notes that a phone locked under an earlier session open again.
    """
    table = table_of(UserSession)
    query = select(table.c.recovery_key).where(table.c.user_id == user_id).order_by(table.c.id.desc())
    return list(conn.execute(query).scalars())


def end_sessions(
    conn: Connection, account: Account, *, act: Act, only: Sequence[int] | None = None, but: int | None = None
) -> int:
    """End the sessions of an account: all, `only` some by their ids, or all `but` one. Gives how many were ended."""
    take_audit_turn(conn)
    table = table_of(UserSession)
    ended = update(table).where(table.c.user_id == account.id, table.c.revoked_at.is_(None))
    if only is not None:
        ended = ended.where(table.c.id.in_(only))
    if but is not None:
        ended = ended.where(table.c.id != but)
    count: int = conn.execute(ended.values(revoked_at=act.at)).rowcount
    if count:
        note(conn, account, "sessions ended", {"count": count}, act=act)
    return count


def forget_sessions(conn: Connection, before: datetime) -> int:
    """Delete the sessions that ended before a moment, with the keys that open notes of their phones; gives how many."""
    table = table_of(UserSession)
    over = or_(table.c.revoked_at < before, table.c.created_at < before - LONGEST)
    return conn.execute(delete(table).where(over)).rowcount


def _session(row: Any, account: Account) -> Session:
    names = ("id", "device", "created_at", "last_seen", "second_factor_at", "recovery_key")
    return Session(account=account, **{name: row[name] for name in names})
