"""Who did what to what, when: a log whose rows are chained by hashes, so that a row changed by hand is found."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Connection, insert, select
from sqlmodel import Field, SQLModel

from db.engine import AUDIT_TURN, take_turn
from db.upsert import table_of

START = "0" * 64
"""What stands before the first row."""

_BATCH = 1000


class Audit(SQLModel, table=True):
    """One act. `id` counts without a gap; `hash` covers the row and `prev_hash`, the hash of the row before."""

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    who: str
    action: str
    target: str
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does something, and when."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first row that does not fit: its id, and in words what is wrong with it."""

    id: int
    reason: str


def append(
    conn: Connection,
    *,
    at: datetime,
    who: str,
    action: str,
    target: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add an act to the log, in the transaction of what was done.

    One transaction at a time extends the chain. A transaction that changes rows which others change with an act of
    their own takes this turn first (`take_audit_turn`), or the two may wait for each other for ever.
    """
    take_audit_turn(conn)
    table = table_of(Audit)
    last = conn.execute(select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1)).first()
    number, before = (last.id + 1, last.hash) if last else (1, START)
    row: dict[str, Any] = {"id": number, "at": at, "who": who, "action": action, "target": target}
    row |= {"detail": json.loads(json.dumps(dict(detail or {})))}
    conn.execute(insert(table).values(**row, prev_hash=before, hash=row_hash(before, row)))


def take_audit_turn(conn: Connection) -> None:
    """Wait for the other transactions that extend the chain; the turn lasts to the end of this one."""
    take_turn(conn, AUDIT_TURN)


def row_hash(before: str, row: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the hash before and the row in its one canonical form."""
    said = [row["id"], row["at"].astimezone(UTC).isoformat(), row["who"], row["action"], row["target"], row["detail"]]
    canonical = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{canonical}".encode()).hexdigest()


def verify(conn: Connection) -> Break | None:
    """The first row that was changed, put in or taken out; None where the chain is whole.

    Rows cut off at the end leave a whole chain: compare `head` with one that was written down elsewhere.
    """
    before = START
    for number, row in enumerate(_rows(conn), start=1):
        if row["id"] != number:
            return Break(id=row["id"], reason=f"row {number} is missing")
        if row["prev_hash"] != before:
            return Break(id=number, reason="it does not continue the row before it")
        if row["hash"] != row_hash(before, row):
            return Break(id=number, reason="it was changed after it was written")
        before = row["hash"]
    return None


def head(conn: Connection) -> tuple[int, str]:
    """How many rows there are, and the hash of the last one."""
    table = table_of(Audit)
    last = conn.execute(select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1)).first()
    return (last.id, last.hash) if last else (0, START)


def newest(conn: Connection, limit: int) -> list[Mapping[str, Any]]:
    """The latest acts, the newest first."""
    table = table_of(Audit)
    return [dict(row) for row in conn.execute(select(table).order_by(table.c.id.desc()).limit(limit)).mappings()]


def _rows(conn: Connection) -> Iterator[Mapping[str, Any]]:
    table = table_of(Audit)
    query = select(table).order_by(table.c.id).limit(_BATCH)
    last = 0
    while rows := conn.execute(query.where(table.c.id > last)).mappings().all():
        yield from map(dict, rows)
        last = rows[-1]["id"]
