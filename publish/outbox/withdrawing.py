"""The program takes out what is no longer said, wherever nobody has it yet."""

from datetime import datetime

from sqlalchemy import Connection

from db.batches import rows_where
from db.outbox import Delivery
from publish.outbox.steps import Note, move
from vocab.posts import DeliveryState, may_move


def withdraw_event(conn: Connection, event: str, now: datetime, *, cause: str) -> int:
    """Take the deliveries of a post out that no channel has, or may have; gives how many.

    In the caller's transaction. What a worker holds is looked at by the worker right before it sends.
    """
    rows = rows_where(conn, Delivery, "event", [event])
    return sum(
        move(conn, row, DeliveryState.WITHDRAWN, Note(at=now, cause=cause), {"cause": cause, "due_at": None})
        for row in rows
        if row["state"] != DeliveryState.CLAIMED
        and not (row["sent"] or row["started_at"])
        and may_move(DeliveryState(row["state"]), DeliveryState.WITHDRAWN)
    )
