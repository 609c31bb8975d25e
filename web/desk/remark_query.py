"""The desk's view of what people outside wrote: the queue, and one remark with all that is known of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from db.batches import rows_where
from db.remarks import Remark, RemarkContact, RemarkDecision
from db.sealing import opened
from db.upsert import table_of
from vocab.remarks import RemarkState
from web.desk.remark_parameters import RemarkQuery


def queue(wanted: RemarkQuery) -> Select[*tuple[Any, ...]]:
    """The remarks in a state: what waits longest first, of what is decided the newest first."""
    table = table_of(Remark)
    query = select(table).where(table.c.state == wanted.state)
    query = query.where(table.c.kind == wanted.kind) if wanted.kind else query
    waits = wanted.state in (RemarkState.WAITING, RemarkState.CHECKING)
    return query.order_by(table.c.id if waits else table.c.id.desc())


def counts(conn: Connection) -> dict[str, int]:
    """How many there are in each state."""
    state = table_of(Remark).c.state
    found = {str(name): int(number) for name, number in conn.execute(select(state, func.count()).group_by(state))}
    return {one.value: found.get(one.value, 0) for one in RemarkState}


def remark_by_id(conn: Connection, number: int, key: bytes) -> dict[str, Any] | None:
    """One remark; `contact` is how to reach the sender, "" where nothing is known (any more)."""
    rows = rows_where(conn, Remark, "id", [number])
    if not rows:
        return None
    kept = rows_where(conn, RemarkContact, "remark_id", [number])
    contact = opened(key, kept[0]["sealed"], f"remark:{rows[0]['receipt_hash']}") if kept else None
    return rows[0] | {"contact": contact or "", "is_sealed": bool(kept)}


def decisions_of(conn: Connection, number: int) -> Sequence[Mapping[str, Any]]:
    """What people decided of it, the newest first."""
    return sorted(rows_where(conn, RemarkDecision, "remark_id", [number]), key=lambda row: -row["id"])


def next_waiting(conn: Connection, but: int) -> int | None:
    """The remark that waits longest and is another one."""
    table = table_of(Remark)
    query = select(func.min(table.c.id)).where(table.c.state == RemarkState.WAITING.value, table.c.id != but)
    found: int | None = conn.execute(query).scalar()
    return found
