"""What people do with deliveries. Each act says what the person saw (`queue.mark_of`), and stands in the audit log.

An act is done in the caller's transaction, whole or not at all. `seen` "" is whatever stands there now.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from db.audit import Act, append, take_audit_turn
from publish.message import Message
from publish.message import as_json as message_json
from publish.outbox.answers import Answer, Changed, Done, Fault, Impossible
from publish.outbox.queue import delivery, mark_of
from publish.outbox.steps import Note, move
from vocab.posts import DeliveryState, may_move

State = DeliveryState

_EDITABLE = frozenset({State.DRAFT, State.REFUSED, State.APPROVED, State.DEAD})
_UNCLAIMED = tuple(state for state in State if state is not State.CLAIMED)
_FREED: Mapping[str, Any] = {"started_at": None, "claim": "", "lease_until": None}


def approve(conn: Connection, number: int, seen: str, act: Act, due_at: datetime | None = None) -> Answer:
    """Let a draft go out at a time, by default at once; never before the time of its post."""
    row = looked_at(conn, number, seen, {State.DRAFT})
    if not isinstance(row, dict):
        return row
    if row["expires_at"] and max(due_at or act.at, act.at) >= row["expires_at"]:
        return Impossible(fault=Fault.EXPIRED)
    due = max(due_at or act.at, row["not_before"] or act.at)
    return write_act(conn, row, State.APPROVED, act, "approve", due_at=due, **_decided(act))


def schedule(conn: Connection, number: int, seen: str, act: Act, due_at: datetime) -> Answer:
    """Choose another time for what is approved."""
    row = looked_at(conn, number, seen, {State.APPROVED})
    if not isinstance(row, dict):
        return row
    if row["started_at"]:
        return Impossible(fault=Fault.LOOK_FIRST)
    if row["expires_at"] and due_at >= row["expires_at"]:
        return Impossible(fault=Fault.EXPIRED)
    due = max(due_at, row["not_before"] or due_at)
    return write_act(conn, row, State.APPROVED, act, "schedule", due_at=due, **_decided(act))


def edit(conn: Connection, number: int, seen: str, act: Act, message: Message) -> Answer:
    """Put other words, composed and fitted already, in place of a delivery's; it waits to be approved then."""
    row = looked_at(conn, number, seen, _EDITABLE)
    if not isinstance(row, dict):
        return row
    if row["sent"] or row["started_at"]:
        return Impossible(fault=Fault.PARTLY)
    values: dict[str, Any] = {"message": message_json(message), "edited_by": act.who, "cause": "", "due_at": None}
    return write_act(conn, row, State.DRAFT, act, "edit", **values)


def put_back(conn: Connection, number: int, seen: str, act: Act) -> Answer:
    """Make a draft again of what was approved, rejected or lapsed."""
    row = looked_at(conn, number, seen, {State.APPROVED, State.REJECTED, State.LAPSED})
    if not isinstance(row, dict):
        return row
    if row["started_at"]:
        return Impossible(fault=Fault.LOOK_FIRST)
    if not row["message"]:
        return Impossible(fault=Fault.STATE)
    return write_act(conn, row, State.DRAFT, act, "put back", cause="", due_at=None, **_decided(act))


def reject(conn: Connection, number: int, seen: str, act: Act, reason: str) -> Answer:
    """Do not send it; a reason is required."""
    return _take_out(conn, number, seen, act, (State.REJECTED, "reject", reason))


def withdraw(conn: Connection, number: int, seen: str, act: Act, reason: str) -> Answer:
    """Take it out for ever, because what it tells is no longer said; a reason is required."""
    return _take_out(conn, number, seen, act, (State.WITHDRAWN, "withdraw", reason))


def send_again(conn: Connection, number: int, seen: str, act: Act, reason: str, *, looked: bool = False) -> Answer:
    """Send what failed or is dead. What is unknown only where the person `looked` and did not find it there."""
    row = looked_at(conn, number, seen, {State.DEAD, State.FAILED, State.UNKNOWN})
    if not isinstance(row, dict):
        return row
    if row["state"] == State.UNKNOWN and not looked:
        return Impossible(fault=Fault.LOOK_FIRST)
    if not reason.strip():
        return Impossible(fault=Fault.REASON)
    if row["expires_at"] and act.at >= row["expires_at"] and not row["sent"]:
        return Impossible(fault=Fault.EXPIRED)
    after = State.FAILED if row["state"] == State.FAILED else State.APPROVED
    kept = row["cause"] if after is State.FAILED else ""
    values = {"due_at": act.at, "cause": kept, **_FREED, **_decided(act)}
    return write_act(conn, row, after, act, "send again", reason=reason, **values)


def say_there(conn: Connection, number: int, seen: str, act: Act, url: str) -> Answer:
    """A person found at the channel what nobody knew of. Of a thread the rest is left: its number is not known."""
    row = looked_at(conn, number, seen, {State.UNKNOWN})
    if not isinstance(row, dict):
        return row
    if not url.startswith(("https://", "http://")):
        return Impossible(fault=Fault.NO_ADDRESS)
    sent = [*row["sent"], {"id": "", "url": url}]
    left = len(row["message"]["parts"]) - len(sent)
    cause = f"found by a person; {left} further parts were not sent" if left > 0 else ""
    values = {"sent": sent, "sent_at": row["started_at"] or act.at, "cause": cause, "due_at": None, **_FREED}
    return write_act(conn, row, State.SENT, act, "found", reason=url, **values)


def say_absent(conn: Connection, number: int, seen: str, act: Act, reason: str) -> Answer:
    """A person looked and the channel does not have it; it is dead then, and can be sent again."""
    row = looked_at(conn, number, seen, {State.UNKNOWN})
    if not isinstance(row, dict):
        return row
    if not reason.strip():
        return Impossible(fault=Fault.REASON)
    values = {"cause": reason, "due_at": None, **_FREED}
    return write_act(conn, row, State.DEAD, act, "not found", reason=reason, **values)


def looked_at(conn: Connection, number: int, seen: str, states: Collection[DeliveryState]) -> dict[str, Any] | Answer:
    """The delivery, which nobody changes until the end of the transaction, in one of these states and as it was seen.

    Takes the turn of the audit log.
    """
    take_audit_turn(conn)
    row = delivery(conn, number, to_change=True)
    if row is None:
        return Impossible(fault=Fault.NO_SUCH)
    if seen and seen != mark_of(row):
        return Changed(row=row)
    if row["state"] not in {state.value for state in states}:
        return Impossible(fault=Fault.STATE, detail=row["state"])
    return row


def write_act(
    conn: Connection, row: Mapping[str, Any], after: DeliveryState, act: Act, verb: str, reason: str = "", **values: Any
) -> Answer:
    """Change the row that was looked at, with its step and its entry in the log."""
    move(conn, row, after, Note(at=act.at, who=act.who, cause=reason or verb), values)
    due = values.get("due_at")
    detail = {"before": row["state"], "after": after.value} | ({"due_at": due.isoformat()} if due else {})
    typed = {"reason": reason} if reason else None
    append(conn, act, action=f"delivery {verb}", target=f"delivery:{row['id']}", detail=detail, typed=typed)
    return Done()


def _take_out(conn: Connection, number: int, seen: str, act: Act, what: tuple[DeliveryState, str, str]) -> Answer:
    after, verb, reason = what
    row = looked_at(conn, number, seen, [state for state in _UNCLAIMED if may_move(state, after)])
    if not isinstance(row, dict):
        return row
    if row["started_at"]:
        return Impossible(fault=Fault.LOOK_FIRST)
    if not reason.strip():
        return Impossible(fault=Fault.REASON)
    return write_act(conn, row, after, act, verb, reason=reason, cause=reason, due_at=None, **_decided(act))


def _decided(act: Act) -> dict[str, Any]:
    return {"decided_by": act.who, "decided_at": act.at}
