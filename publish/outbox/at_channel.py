"""What people do with posts that are out: change them where they stand, or take them off, where the channel allows it.

The channel is asked between two transactions. Both acts may be done again: what stands there already stays, and what is
gone already counts as done.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine

from db.audit import Act
from publish.channels.protocol import Remote, Sent
from publish.message import Message
from publish.message import as_json as message_json
from publish.outbox.acts import looked_at, write_act
from publish.outbox.answers import Answer, Fault, Impossible
from publish.outbox.judging import Ruling
from publish.outbox.outside import Outside, account_of, change, sending_of, take_off
from vocab.posts import DeliveryState

State = DeliveryState


def delete_there(engine: Engine, outside: Outside, number: int, seen: str, act: Act) -> Answer:
    """Take a post off its channel, the last part first; what could not be taken off still stands as sent."""
    row = _sent(engine, outside, number, seen)
    if not isinstance(row, dict):
        return row
    if not outside.abilities[account_of(row)[0]].can_delete:
        return Impossible(fault=Fault.NOT_ALLOWED)
    left = list(row["sent"])
    while left:
        outcome = take_off(outside, account_of(row), Remote(**left[-1]))
        if not isinstance(outcome, Sent):
            return _failed(engine, row, act, outcome.cause, {"sent": left})
        left.pop()
    return _write(engine, row, act, "delete there", Ruling(after=State.DELETED))


def edit_there(engine: Engine, outside: Outside, number: int, seen: str, act: Act, message: Message) -> Answer:
    """Put other words in place of a post's on its channel, part by part; as many parts as it has."""
    row = _sent(engine, outside, number, seen)
    if not isinstance(row, dict):
        return row
    if not outside.abilities[account_of(row)[0]].can_edit:
        return Impossible(fault=Fault.NOT_ALLOWED)
    if len(message.parts) != len(row["sent"]):
        return Impossible(fault=Fault.OTHER_PARTS)
    kept = message_json(message)
    for place, one in enumerate(row["sent"]):
        sending = sending_of({**row, "message": kept, "sent": row["sent"][:place]}, None, None)
        outcome = change(outside, account_of(row), Remote(**one), sending)
        if not isinstance(outcome, Sent):
            return _failed(engine, row, act, f"part {place + 1}: {outcome.cause}", {})
    edited = {"message": kept, "edited_by": act.who}
    return _write(engine, row, act, "edit there", Ruling(after=State.SENT, values=edited))


def _sent(engine: Engine, outside: Outside, number: int, seen: str) -> dict[str, Any] | Answer:
    """What is out, and for everybody; the channel's own number of each part is known."""
    with engine.begin() as conn:
        row = looked_at(conn, number, seen, {State.SENT})
    if not isinstance(row, dict):
        return row
    if account_of(row) not in outside.accounts or row["recipient"]:
        return Impossible(fault=Fault.NOT_ALLOWED)
    return row if all(one["id"] for one in row["sent"]) else Impossible(fault=Fault.NO_ID)


def _failed(engine: Engine, row: Mapping[str, Any], act: Act, cause: str, values: Mapping[str, Any]) -> Answer:
    _write(engine, row, act, "failed there", Ruling(after=State.SENT, cause=cause, values=values))
    return Impossible(fault=Fault.CHANNEL, detail=cause)


def _write(engine: Engine, row: Mapping[str, Any], act: Act, verb: str, ruling: Ruling) -> Answer:
    """The channel answered: that is kept, whatever else happened to the row meanwhile."""
    with engine.begin() as conn:
        now = looked_at(conn, row["id"], "", {State.SENT})
        if not isinstance(now, dict):
            return now
        return write_act(conn, now, ruling.after, act, verb, ruling.cause, **ruling.values)
