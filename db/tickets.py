"""Links that let a person in for the first time, or again: each works once and not for long."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from db.accounts import Account, account_by_id, note
from db.audit import Act, take_audit_turn
from db.sessions import hash_of
from db.upsert import table_of
from db.users import Ticket

_TOKEN_BYTES = 32


class Purpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"


LIFETIMES = {Purpose.INVITATION: timedelta(days=7), Purpose.RESET: timedelta(hours=24)}
"""How long a link works."""


def issue(conn: Connection, account: Account, purpose: Purpose, *, act: Act) -> str:
    """A new link's token; the account's earlier links stop working. The token is stored nowhere."""
    take_audit_turn(conn)
    void(conn, account, act.at)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row: dict[str, Any] = {"token_hash": hash_of(token), "user_id": account.id, "purpose": purpose.value}
    row |= {"created_at": act.at, "expires_at": act.at + LIFETIMES[purpose]}
    conn.execute(insert(table_of(Ticket)).values(**row))
    note(conn, account, f"{purpose} link made", act=act)
    return token


def holder(conn: Connection, token: str, now: datetime) -> tuple[Account, Purpose] | None:
    """Whom a link would let in, and what it is for; None where it does not work (any more)."""
    table = table_of(Ticket)
    works = (table.c.token_hash == hash_of(token), table.c.used_at.is_(None), table.c.expires_at > now)
    row = conn.execute(select(table.c.user_id, table.c.purpose).where(*works)).first()
    account = account_by_id(conn, row.user_id) if row else None
    return (account, Purpose(row.purpose)) if row and account and account.active else None


def redeem(conn: Connection, token: str, now: datetime) -> tuple[Account, Purpose] | None:
    """Use a link up: gives whom it lets in, once."""
    take_audit_turn(conn)
    found = holder(conn, token, now)
    if found:
        void(conn, found[0], now)
    return found


def forget_links(conn: Connection, before: datetime) -> int:
    """Delete the links that were used, or stopped working, before a moment; gives how many."""
    table = table_of(Ticket)
    return conn.execute(delete(table).where(or_(table.c.used_at < before, table.c.expires_at < before))).rowcount


def void(conn: Connection, account: Account, now: datetime) -> None:
    """The links of an account stop working."""
    table = table_of(Ticket)
    unused = (table.c.user_id == account.id, table.c.used_at.is_(None))
    conn.execute(update(table).where(*unused).values(used_at=now))
