"""Who did what to what, when: a log whose rows are chained by hashes, so that a row changed by hand is found."""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Connection, insert, null, select
from sqlmodel import Field, SQLModel

from db.engine import AUDIT_TURN, take_turn
from db.upsert import table_of

START = "0" * 64
"""What stands before the first row."""

COMMAND_LINE, NOBODY = "cli", "nobody"
"""Who acts, where it is no account: somebody at the machine itself who named no login, and a stranger."""

_BATCH, _SALT_BYTES = 1000, 16


class Audit(SQLModel, table=True):
    """One act. `id` counts without a gap; `hash` covers the row and `prev_hash`, the hash of the row before.

    Nothing that tells of a person stands under `hash`, so that a person can be erased and the chain stays whole: `who`
    and `target` are ids ("user:7", "account:7"), `detail` holds values of the program. What people typed is `typed`:
    the chain covers only `typed_hash`, which cannot be guessed from without `salt`; both can be emptied.
    """

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    who: str
    action: str
    target: str
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    typed: dict[str, str] | None = Field(default=None, sa_type=JSON)
    salt: str | None = None
    typed_hash: str | None = None
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does something (`user_reference`, COMMAND_LINE, NOBODY), and when."""

    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first row that does not fit: its id, and in words what is wrong with it."""

    id: int
    reason: str


def user_reference(user_id: int) -> str:
    """How the log, and every decision, names a person; pages show the name that belongs to it."""
    return f"user:{user_id}"


def append(
    conn: Connection,
    act: Act,
    *,
    action: str,
    target: str,
    detail: Mapping[str, Any] | None = None,
    typed: Mapping[str, str] | None = None,
) -> None:
    """Add an act to the log, in the transaction of what was done.

    `detail` never holds a name, an address or free text: what somebody typed is `typed`.

    One transaction at a time extends the chain. A transaction that changes rows which others change with an act of
    their own takes this turn first (`take_audit_turn`), or the two may wait for each other for ever.
    """
    take_audit_turn(conn)
    table = table_of(Audit)
    last = conn.execute(select(table.c.id, table.c.hash).order_by(table.c.id.desc()).limit(1)).first()
    number, before = (last.id + 1, last.hash) if last else (1, START)
    row: dict[str, Any] = {"id": number, "at": act.at, "who": act.who, "action": action, "target": target}
    row |= {"detail": json.loads(json.dumps(dict(detail or {})))} | _apart(typed)
    conn.execute(insert(table).values(**row, prev_hash=before, hash=row_hash(before, row)))


def take_audit_turn(conn: Connection) -> None:
    """Wait for the other transactions that extend the chain; the turn lasts to the end of this one."""
    take_turn(conn, AUDIT_TURN)


def row_hash(before: str, row: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the hash before and the row in its one canonical form."""
    said = [row["id"], row["at"].astimezone(UTC).isoformat(), row["who"], row["action"], row["target"], row["detail"]]
    said.append(row["typed_hash"])
    canonical = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{canonical}".encode()).hexdigest()


def words_hash(salt: str | None, typed: Mapping[str, str]) -> str:
    """SHA-256 of what was typed, of which nobody can tell a word who does not have the salt."""
    canonical = json.dumps(typed, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{salt}\n{canonical}".encode()).hexdigest()


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
        if row["typed"] is not None and row["typed_hash"] != words_hash(row["salt"], row["typed"]):
            return Break(id=number, reason="what was typed was changed after it was written")
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


def _apart(typed: Mapping[str, str] | None) -> dict[str, Any]:
    if not typed:
        return {"typed": null(), "salt": None, "typed_hash": None}
    salt, words = secrets.token_hex(_SALT_BYTES), dict(typed)
    return {"typed": words, "salt": salt, "typed_hash": words_hash(salt, words)}


def _rows(conn: Connection) -> Iterator[Mapping[str, Any]]:
    table = table_of(Audit)
    query = select(table).order_by(table.c.id).limit(_BATCH)
    last = 0
    while rows := conn.execute(query.where(table.c.id > last)).mappings().all():
        yield from map(dict, rows)
        last = rows[-1]["id"]
