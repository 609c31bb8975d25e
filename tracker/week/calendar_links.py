"""Private addresses of observers' calendars: whoever knows one reads the duties of one person, and nothing else."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import Connection, select

from db.planning import CalendarLink
from db.upsert import table_of, upsert
from db.users import User

_BYTES = 24


def new_link(conn: Connection, user_id: int, now: datetime) -> str:
    """A new token, shown once; the address that was given before leads nowhere from now on."""
    token = secrets.token_urlsafe(_BYTES)
    row = {"user_id": user_id, "token_hash": _hash(token), "made_at": now}
    upsert(conn, CalendarLink, [row], key=("user_id",))
    return token


def owner(conn: Connection, token: str) -> int | None:
    """Whose calendar a token leads to, None for an unknown one and for an account that is not active."""
    link, user = table_of(CalendarLink).c, table_of(User).c
    query = select(link.user_id).join(table_of(User), user.id == link.user_id)
    found: int | None = conn.execute(query.where(link.token_hash == _hash(token), user.active.is_(True))).scalar()
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
