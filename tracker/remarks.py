"""What people outside write about a page: kept as it was typed, decided by a person, shown only after that.

A reply never changes a verdict: whoever agrees with it reviews the finding (`tracker.review`) or corrects a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from db.audit import Act, append, take_audit_turn
from db.remarks import Remark, RemarkContact, RemarkDecision
from db.upsert import table_of
from vocab.errors import UsageError
from vocab.remarks import CLOSED, TOLD, RemarkKind, RemarkState, decisions

MOST_WAITING = 5000
"""So many may wait for a person; whoever floods us fills no disk."""


class QueueFull(UsageError):
    """So many remarks wait that no more are taken."""


class RemarkDecidedMeanwhile(UsageError):
    """Somebody decided while another person was looking; `row` is that decision."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        super().__init__(f"{row['decided_by']} decided {row['decision']} meanwhile")
        self.row = row


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A remark as it came in: see `db.remarks.Remark`; `sealed` is the sealed contact, "" for none."""

    receipt_hash: str
    kind: RemarkKind
    about: tuple[str, str]
    page: str
    text: str
    name: str
    post: str
    sealed: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A person's word about a remark. `seen` is the number of the last decision that the person saw (0: none)."""

    decision: RemarkState
    reason: str
    answer: str = ""
    shown_as: str = ""
    seen: int = 0


def keep_remark(conn: Connection, typed: Typed, now: datetime) -> int:
    """Keep what was sent; gives its number. Raises QueueFull."""
    table = table_of(Remark)
    waiting = select(func.count()).select_from(table).where(table.c.state == RemarkState.WAITING)
    if conn.execute(waiting).scalar_one() >= MOST_WAITING:
        raise QueueFull(f"{MOST_WAITING} remarks wait already")
    kept = ("receipt_hash", "page", "text", "name", "post", "language")
    row: dict[str, Any] = {name: getattr(typed, name) for name in kept}
    row |= {"kind": typed.kind.value, "about_kind": typed.about[0], "about_id": typed.about[1]}
    row |= {"state": RemarkState.WAITING.value, "created_at": now}
    number: int = conn.execute(insert(table).values(**row).returning(table.c.id)).scalar_one()
    if typed.sealed:
        conn.execute(insert(table_of(RemarkContact)).values(remark_id=number, sealed=typed.sealed))
    return number


def decide_remark(conn: Connection, number: int, ruling: Ruling, act: Act) -> None:
    """Decide about a remark, in the log; a decision that closes the matter erases how to reach the sender.

    Raises UsageError for an unknown remark, a decision that its kind does not know, and missing words;
    RemarkDecidedMeanwhile where a decision is newer than the one that the person saw.
    """
    take_audit_turn(conn)
    table = table_of(Remark)
    kind = conn.execute(select(table.c.kind).where(table.c.id == number)).scalar()
    if kind is None:
        raise UsageError(f"no remark {number}")
    last = _last(conn, number)
    if last and last["id"] > ruling.seen:
        raise RemarkDecidedMeanwhile(last)
    fault = fault_of(RemarkKind(kind), ruling)
    if fault:
        raise UsageError(fault)
    row: dict[str, Any] = {"remark_id": number, "decision": ruling.decision.value, "reason": ruling.reason}
    row |= {"answer": ruling.answer, "shown_as": ruling.shown_as, "decided_by": act.who, "decided_at": act.at}
    conn.execute(insert(table_of(RemarkDecision)).values(**row))
    conn.execute(update(table).where(table.c.id == number).values(state=ruling.decision.value))
    if ruling.decision in CLOSED:
        _erase_contact(conn, number)
    typed = {"reason": ruling.reason} | ({"answer": ruling.answer} if ruling.answer else {})
    append(conn, act, action=f"remark {ruling.decision}", target=f"remark:{number}", typed=typed)


def fault_of(kind: RemarkKind, ruling: Ruling) -> str | None:
    """What a decision lacks, as a code: "decision", "reason", "answer" or "shown_as"."""
    if ruling.decision not in decisions(kind):
        return "decision"
    if not ruling.reason:
        return "reason"
    if ruling.decision in TOLD and not ruling.answer:
        return "answer"
    return "shown_as" if ruling.decision is RemarkState.SHOWN and not ruling.shown_as else None


def forget_contacts(conn: Connection, now: datetime, term: timedelta) -> int:
    """Erase how to reach senders whose matter is closed, or waits longer than the term; gives how many."""
    remark, contact = table_of(Remark), table_of(RemarkContact)
    closed = [state.value for state in sorted(CLOSED)]
    over = select(remark.c.id).where(remark.c.state.in_(closed) | (remark.c.created_at < now - term))
    return conn.execute(delete(contact).where(contact.c.remark_id.in_(over))).rowcount


def forget_refused(conn: Connection, now: datetime, term: timedelta) -> int:
    """Empty the texts and names of remarks that came longer ago than the term and are refused; gives how many."""
    table = table_of(Remark)
    old = (table.c.state == RemarkState.REFUSED.value, table.c.created_at < now - term, table.c.text != "")
    return conn.execute(update(table).where(*old).values(text="", name="", post="")).rowcount


def _erase_contact(conn: Connection, number: int) -> None:
    contact = table_of(RemarkContact)
    conn.execute(delete(contact).where(contact.c.remark_id == number))


def _last(conn: Connection, number: int) -> Mapping[str, Any] | None:
    """The newest decision about a remark."""
    table = table_of(RemarkDecision)
    query = select(table).where(table.c.remark_id == number).order_by(table.c.id.desc()).limit(1)
    row = conn.execute(query).mappings().first()
    return dict(row) if row else None
