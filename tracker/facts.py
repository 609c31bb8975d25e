"""Facts are stated and withdrawn: append-only, each act in the audit log. The transaction is the caller's."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from db.audit import Act, append, take_audit_turn
from db.batches import rows_where
from db.bills import Bill
from db.facts import StatedFact
from db.pending import mark_pending
from db.sittings import Sitting
from db.upsert import table_of
from tracker.fact_reading import Fact
from tracker.stored_facts import RECORD_TYPE, present_id
from vocab.errors import UsageError
from vocab.text import fold_space
from vocab.timeline import SubjectKind

_MODELS: dict[SubjectKind, type[Bill] | type[Sitting]] = {SubjectKind.BILL: Bill, SubjectKind.SITTING: Sitting}


def state_fact(conn: Connection, fact: Fact, act: Act) -> int:
    """Keep a fact; gives its number. One that stands already with the same content is not kept twice.

    The next `track` looks at its dossier again. Raises UsageError where there is no such dossier.
    """
    take_audit_turn(conn)  # before looking: two people who state one thing at once state it one after the other
    if not rows_where(conn, _MODELS[fact.subject], "id", [present_id(conn, fact.subject, fact.subject_id)]):
        raise UsageError(f"there is no {fact.subject.value} {fact.subject_id}")
    table = table_of(StatedFact)
    same = select(table.c.id).where(table.c.digest == fact.digest, table.c.withdrawn_at.is_(None))
    standing: int | None = conn.execute(same).scalar()
    if standing is not None:
        return standing
    row: dict[str, Any] = {
        "subject_kind": fact.subject.value,
        "subject_id": fact.subject_id,
        "kind": fact.kind.value,
        "day": fact.day,
    }
    row |= {"day_told": fact.day_told, "value": dict(fact.value), "source": fact.source, "digest": fact.digest}
    row |= {"is_uncertain": fact.is_uncertain, "stated_by": act.who, "stated_at": act.at}
    number: int = conn.execute(insert(table).values(**row).returning(table.c.id)).scalar_one()
    _note(conn, act, "fact stated", number, {"about": f"{fact.subject}:{fact.subject_id}", "kind": fact.kind.value})
    return number


def withdraw_fact(conn: Connection, number: int, reason: str, act: Act) -> None:
    """Take a fact back; it stays in the table with who did so and why.

    Raises UsageError without a reason, and where it does not stand (any more).
    """
    take_audit_turn(conn)
    reason = fold_space(reason.replace("\0", ""))
    if not reason:
        raise UsageError("give a reason: it is kept with the fact")
    table = table_of(StatedFact)
    taken = {"withdrawn_by": act.who, "withdrawn_at": act.at, "withdrawn_reason": reason}
    standing = update(table).where(table.c.id == number, table.c.withdrawn_at.is_(None))
    if not conn.execute(standing.values(**taken)).rowcount:
        raise UsageError(f"no fact {number} stands")
    _note(conn, act, "fact withdrawn", number, {}, {"reason": reason})


def _note(
    conn: Connection,
    act: Act,
    action: str,
    number: int,
    detail: Mapping[str, str],
    typed: Mapping[str, str] | None = None,
) -> None:
    mark_pending(conn, RECORD_TYPE, [str(number)])
    append(conn, act, action=action, target=f"{RECORD_TYPE}:{number}", detail=detail, typed=typed)
